"""What a command module is made with: ``Noun`` for a word with further words, ``Verb`` for a single command.

Both give plain typer commands whose help speaks either language. Help sentences are marked with ``N_`` and
translated when shown. Options every command shares are in ``collectdesk.commands.options``.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from copy import copy
from difflib import get_close_matches
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup

from collectdesk.errors import N_, UsageProblem
from collectdesk.lang import worded

SETTINGS = {"help_option_names": ["--help", "-h"]}


class Command(TyperCommand):
    """A command with help in the language spoken."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - typer's own context class is private
        """The whole help page."""
        from collectdesk.commands import helppage

        return helppage.page(self, ctx)

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - typer's signature
        """The first line of the help."""
        return worded(self.help).split("\n")[0]


class Group(TyperGroup):
    """A word with further words; an unknown one is answered with what it may have meant."""

    default_verb: ClassVar[str | None] = None
    """The further word that is meant when none of them is typed."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - typer's own context class is private
        """The whole help page."""
        from collectdesk.commands import helppage

        return helppage.page(self, ctx)

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - typer's signature
        """The first line of the help."""
        return worded(self.help).split("\n")[0]

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:  # noqa: ANN401
        """The words that may follow; where none begins like that, what the verb that may be left out takes first."""
        found: list[Any] = super().shell_complete(ctx, incomplete)
        if found or self.default_verb is None:
            return found
        meant = self.get_command(ctx, self.default_verb)
        assert meant is not None
        inner = meant.make_context(self.default_verb, [], parent=ctx, resilient_parsing=True)
        return [item for param in meant.params[:2] for item in _first(param, inner, incomplete)]

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:  # noqa: ANN401
        """The command that ``args`` name, and the rest of them.

        Raises:
            UsageProblem: there is no such command.
        """
        name, found = args[0], self.get_command(ctx, args[0])
        if found is not None:
            return name, found, args[1:]
        if self.default_verb is not None:
            return self.default_verb, self.get_command(ctx, self.default_verb), args
        if ctx.resilient_parsing:
            return None, None, args[1:]
        raise no_such_command(name, list(self.commands), ctx.command_path)


class Lazy(Command):
    """A stand-in that imports its module when it is called and knows its help line before."""

    def __init__(self, name: str, target: str, help: str) -> None:  # noqa: A002 - typer's word
        super().__init__(name, help=help, add_help_option=False, rich_markup_mode=None)
        self.target = target

    def load(self, words: Sequence[str] = ()) -> Any:  # noqa: ANN401 - typer's own command class is private
        """The real command; where the first of the ``words`` typed is one of its verbs, with that verb alone."""
        module, attribute = self.target.split(":")
        app = getattr(importlib.import_module(module), attribute)
        command: Any = typer.main.get_command(_narrowed(app, words[:1]))
        command.name = self.name
        command.help = command.help or self.help
        return command

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:  # noqa: ANN401
        """Load, then let the real command parse."""
        return self.load(args).make_context(info_name, args, parent=parent, **extra)


def _narrowed(app: typer.Typer, meant: Sequence[str]) -> typer.Typer:
    """The app with the verb that is ``meant``, if it has it: to read the options of all takes longer than most run."""
    found = [each for each in app.registered_commands if each.name in meant]
    if not found:
        return app
    narrowed = copy(app)
    narrowed.registered_commands = found
    return narrowed


class Verb(typer.Typer):
    """A module with one command: decorate its function with ``@app.command()``."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - handed through to typer
        options.setdefault("cls", Group)
        super().__init__(
            add_completion=False,
            rich_markup_mode=None,
            pretty_exceptions_enable=False,
            context_settings=SETTINGS,
            **options,
        )

    def command(self, name: str | None = None, **options: Any) -> Callable[[Any], Any]:  # noqa: ANN401
        """Register the decorated function as typer does; its docstring is not its help."""
        options.setdefault("help", "")
        options.setdefault("cls", Command)
        return super().command(name, context_settings=SETTINGS, **options)


class Noun(Verb):
    """A module with several commands: ``@app.command("show", help=N_("…"))``.

    Args:
        help: the noun's own help, where it says more than the command table's line. default: the command
        meant when the next word is none of them (``call A-1007`` for ``call start A-1007``).
    """

    def __init__(self, help: str | None = None, *, default: str | None = None) -> None:  # noqa: A002
        cls = type("Group", (Group,), {"default_verb": default}) if default else Group
        super().__init__(help=help, cls=cls, no_args_is_help=True)
        self.callback()(_nothing)


def no_such_command(word: str, known: Sequence[str], path: str) -> UsageProblem:
    """The problem with ``word``; it is repeated only when it looks like a command at all."""
    like = get_close_matches(word, known, n=3)
    hint = N_("Did you mean {commands}?") if like else N_("{help} lists the commands.")
    params = {"commands": " / ".join(like), "help": f"{path} --help"}
    if not (word.isascii() and word.replace("-", "").isalpha() and len(word) <= 20):
        return UsageProblem("no_such_command", N_("That is not a command."), hint=hint, **params)
    return UsageProblem("no_such_command", N_("There is no command {word}."), hint=hint, word=word, **params)


def _first(param: Any, ctx: Any, incomplete: str) -> list[Any]:  # noqa: ANN401
    """What may stand in the place of an argument."""
    found: list[Any] = param.shell_complete(ctx, incomplete) if param.param_type_name == "argument" else []
    return found


def _nothing() -> None:
    pass
