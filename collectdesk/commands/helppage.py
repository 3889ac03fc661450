"""Help pages: usage, what the command does, its arguments and options; in either language, at 80 columns.

Written here because typer words parts of its own pages in English only and counts Chinese characters as one
cell.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from typing import Any

from collectdesk.commands.table import SECTIONS
from collectdesk.errors import N_
from collectdesk.lang import _, worded
from collectdesk.show.width import cells, pad, wrap

WIDTH = 78
_NAME_CELLS = 26

_TYPE_WORDS = {
    "IntParamType": N_("N"),
    "IntRange": N_("N"),
    "FloatParamType": N_("N"),
    "DateTime": N_("TIME"),
    "TyperPath": N_("FILE"),
    "File": N_("FILE"),
}


def first_line(command: Any) -> str:  # noqa: ANN401 - typer's command class is private
    """The command's help in one line."""
    return worded(command.help).split("\n")[0]


def page(command: Any, ctx: Any) -> str:  # noqa: ANN401 - likewise
    """The help page of ``command``."""
    blocks = [
        _usage(command, ctx),
        *_prose(command.help),
        *_parameters(command, ctx),
        *_commands(command, ctx),
    ]
    return "\n\n".join(blocks) + "\n"


def name_of(param: Any) -> str:  # noqa: ANN401 - likewise
    """What the user types for ``param``: the option's name, or the argument's word."""
    if param.param_type_name == "option":
        return max(map(str, param.opts), key=len)
    return _(param.metavar) if param.metavar else str(param.name).upper()


def _usage(command: Any, ctx: Any) -> str:  # noqa: ANN401
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    words = [ctx.command_path, _("[OPTIONS]")]
    words += [name_of(param) if param.required else f"[{name_of(param)}]" for param in arguments]
    if hasattr(command, "commands"):
        words.append(_("COMMAND ..."))
    return _("Usage: {line}").format(line=" ".join(words))


def _prose(text: str | None) -> Iterator[str]:
    for paragraph in inspect.cleandoc(worded(text)).split("\n\n"):
        if paragraph:
            yield "\n".join(line for part in paragraph.split("\n") for line in wrap(part, WIDTH))


def _parameters(command: Any, ctx: Any) -> Iterator[str]:  # noqa: ANN401
    shown = [param for param in command.get_params(ctx) if not getattr(param, "hidden", False)]
    for kind, title in (("argument", _("Arguments")), ("option", _("Options"))):
        rows = [(_left(param), _right(param)) for param in shown if param.param_type_name == kind]
        if rows:
            yield f"{title}\n{_rows(rows)}"


def _left(param: Any) -> str:  # noqa: ANN401
    if param.param_type_name == "argument":
        return name_of(param)
    names = ", ".join(sorted(param.opts, key=len))
    if param.secondary_opts:
        names += " / " + ", ".join(param.secondary_opts)
    return names if param.is_flag or param.count else f"{names} {_value_word(param)}"


def _value_word(param: Any) -> str:  # noqa: ANN401
    if param.metavar:
        return _(param.metavar)
    choices = getattr(param.type, "choices", None)
    if choices:
        return "|".join(str(getattr(choice, "value", choice)) for choice in choices)
    return _(_TYPE_WORDS.get(type(param.type).__name__, N_("TEXT")))


def _right(param: Any) -> str:  # noqa: ANN401
    if "--help" in param.opts:
        return _("Show this page.")
    notes = []
    if param.required and param.param_type_name == "option":
        notes.append(_("required"))
    if _has_default(param):
        notes.append(_("default {value}").format(value=getattr(param.default, "value", param.default)))
    note = _("({notes})").format(notes=", ".join(notes)) if notes else ""
    return " ".join(part for part in (worded(param.help), note) if part)


def _has_default(param: Any) -> bool:  # noqa: ANN401
    flag = param.param_type_name == "option" and param.is_flag
    return bool(param.show_default) and not flag and isinstance(param.default, (str, int)) and param.default != ""


def _commands(command: Any, ctx: Any) -> Iterator[str]:  # noqa: ANN401
    if not hasattr(command, "commands"):
        return
    known = {name: command.get_command(ctx, name) for name in command.list_commands(ctx)}
    if ctx.parent is None:
        width = max(map(len, known))
        for section in SECTIONS:
            rows = [(entry.name, first_line(known[entry.name])) for entry in section.entries]
            yield f"{_(section.title)}\n{_rows(rows, width)}"
        return
    rows = [(name, first_line(found)) for name, found in known.items() if not found.hidden]
    title = _("Commands")
    yield f"{title}\n{_rows(rows)}"


def _rows(rows: Iterable[tuple[str, str]], width: int = 0) -> str:
    """Names on the left, sentences on the right; a name too long for its column gets a line of its own."""
    pairs = list(rows)
    left = width or min(_NAME_CELLS, max(cells(name) for name, _text in pairs))
    lines = []
    for name, text in pairs:
        words = wrap(text, WIDTH - left - 4)
        if cells(name) > left:
            lines.append(f"  {name}")
            name = ""
        lines.append(f"  {pad(name, left)}  {words[0]}".rstrip())
        lines += [" " * (left + 4) + word for word in words[1:]]
    return "\n".join(lines)
