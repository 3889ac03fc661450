"""The front door: global options, the lazy command table, the one error boundary, exit codes.

Exit codes, with and without ``--json``: 0 done, 1 our fault, 2 not understood, 3 blocked by the gate, 4 not
found, 5 not permitted or not signed in, 6 busy or in conflict, 7 bad data, 130 cancelled.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import Any

import typer

from collectdesk import __version__, lang
from collectdesk.commands.complete import VARIABLE, complete
from collectdesk.commands.frame import SETTINGS, Group, Lazy
from collectdesk.commands.interrupt import keep_interrupts
from collectdesk.commands.session import Session, desk_home, desk_language
from collectdesk.commands.table import SECTIONS
from collectdesk.errors import N_, UsageProblem

PROGRAM = "collectdesk"
_GLOBAL_VALUES = ("--desk", "--lang")
_FOR_PROGRAMS = frozenset(("--json", "--ndjson", "--stream"))


class Root(Group):
    """The root of all commands; it knows their names and help lines without importing them."""

    def __init__(self, **attrs: Any) -> None:  # noqa: ANN401 - handed through to typer
        super().__init__(**attrs)
        for section in SECTIONS:
            for entry in section.entries:
                self.add_command(Lazy(entry.name, entry.target, entry.help))


app = typer.Typer(
    cls=Root,
    help=N_("A debt collector's desk: no call without a permit, no permit against the rules."),
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings=SETTINGS,
)


@app.callback()
def _root(
    desk: str = typer.Option(None, "--desk", metavar=N_("DIR"), help=N_("The desk's directory."), show_default=False),
    language: str = typer.Option(
        None, "--lang", metavar="zh_CN|en", help=N_("The language to speak."), show_default=False
    ),
    version: bool = typer.Option(
        False,  # noqa: FBT003 - a flag of the command line
        "--version",
        help=N_("Show the version."),
        callback=lambda value: _version(wanted=value),
        is_eager=True,
    ),
) -> None:
    """Hold the global options; they are read before the commands are built."""


def main() -> None:
    """The program ``collectdesk``."""
    sys.exit(run(sys.argv[1:]))


def run(argv: Sequence[str]) -> int:
    """Do what ``argv`` asks; the exit code. Nothing is raised but what ends the interpreter."""
    keep_interrupts()
    _show_what_can_be_shown()
    words = _globals_first(argv)
    session = Session(desk_home(None, os.environ), json=_wants_json(argv))
    try:
        _prepare(session, words)
        shell = os.environ.get(VARIABLE)
        if shell:
            return _complete(session, shell, argv)
        return _invoke(session, words)
    except BaseException as error:
        if isinstance(error, (SystemExit, GeneratorExit)):
            raise
        from collectdesk.commands import failure

        return failure.end(error, session)


def _show_what_can_be_shown() -> None:
    """A sign the screen's encoding lacks becomes ``?``: no fault of ours, and the rest is not lost with it."""
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="replace")


def _prepare(session: Session, words: Sequence[str]) -> None:
    """Settle the desk and the language before any command module is imported."""
    session.desk_dir = desk_home(_value_of("--desk", words), os.environ)
    flag = _value_of("--lang", words)
    session.lang = lang.choose(flag, os.environ, desk_language(session.desk_dir))
    lang.use(session.lang)
    if flag is not None and lang.normalise(flag) is None and VARIABLE not in os.environ:  # else it is being typed
        raise UsageProblem("no_such_language", N_("The languages are {languages}."), languages="zh_CN, en")


def _invoke(session: Session, words: list[str]) -> int:
    command: Any = typer.main.get_command(app)
    try:
        with command.make_context(PROGRAM, words, obj=session) as context:
            command.invoke(context)
        sys.stdout.flush()
    except typer.Exit as end:
        sys.stdout.flush()
        return end.exit_code
    except (EOFError, typer.Abort):
        raise KeyboardInterrupt from None
    return 0


def _complete(session: Session, shell: str, words: Sequence[str]) -> int:
    """Answer the shell; completion never complains."""
    try:
        sys.stdout.write(complete(typer.main.get_command(app), session, shell, words))
        sys.stdout.flush()
    except Exception:  # noqa: BLE001 - a prompt is no place for errors
        return 1
    return 0


def _globals_first(argv: Sequence[str]) -> list[str]:
    """``--desk`` and ``--lang`` may stand anywhere before ``--``; the parser wants them first."""
    first: list[str] = []
    rest: list[str] = []
    words = list(argv)
    while words and words[0] != "--":
        word = words.pop(0)
        if word in _GLOBAL_VALUES and words:
            first += [word, words.pop(0)]
        elif word.startswith(tuple(f"{name}=" for name in _GLOBAL_VALUES)):
            first.append(word)
        else:
            rest.append(word)
    return [*first, *rest, *words]


def _value_of(option: str, words: Sequence[str]) -> str | None:
    for index, word in enumerate(_before_dashes(words)):
        if word == option and index + 1 < len(words):
            return words[index + 1]
        if word.startswith(f"{option}="):
            return word.partition("=")[2]
    return None


def _wants_json(argv: Sequence[str]) -> bool:
    """Whether a program reads the answer; asked before anything is parsed, for the parser's own refusals."""
    return not _FOR_PROGRAMS.isdisjoint(_before_dashes(argv))


def _before_dashes(words: Sequence[str]) -> Sequence[str]:
    return words[: words.index("--")] if "--" in words else words


def _version(*, wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"{PROGRAM} {__version__}\n")
        raise typer.Exit
