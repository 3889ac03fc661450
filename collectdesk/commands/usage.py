"""The parser's refusals in our words: one code, sentence and hint for each, in either language.

typer words them in English, so they are told apart by class and parameter and worded anew. What was typed is
not repeated, for it may be a name or a number; only options and words that look like commands are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from typer.exceptions import TyperException

from collectdesk.commands.helppage import name_of
from collectdesk.errors import N_, UsageProblem
from collectdesk.show.safe import safe

_SEE_HELP = N_("{help} shows what it takes.")


def explain(error: TyperException) -> UsageProblem:
    """The problem a user can act on."""
    worded = _BY_CLASS.get(type(error).__name__, _usage)
    return worded(error, _help_of(error))


def _help_of(error: Any) -> str:  # noqa: ANN401 - typer's exception classes are private
    ctx = getattr(error, "ctx", None)
    return f"{ctx.command_path if ctx else 'collectdesk'} --help"


def _no_such_option(error: Any, help_: str) -> UsageProblem:  # noqa: ANN401
    option = safe(error.option_name)[:30]
    if error.possibilities:
        like = " / ".join(sorted(error.possibilities)[:3])
        hint = N_("Did you mean {options}?")
        return UsageProblem(
            "no_such_option", N_("There is no option {option}."), hint=hint, option=option, options=like
        )
    message = N_("There is no option {option}.")
    return UsageProblem("no_such_option", message, hint=_SEE_HELP, option=option, help=help_)


def _missing(error: Any, help_: str) -> UsageProblem:  # noqa: ANN401
    name = name_of(error.param) if error.param is not None else "?"
    is_option = error.param is not None and error.param.param_type_name == "option"
    message = N_("The option {name} is missing.") if is_option else N_("{name} is missing.")
    return UsageProblem("missing_parameter", message, hint=_SEE_HELP, name=name, help=help_)


def _bad_option(error: Any, help_: str) -> UsageProblem:  # noqa: ANN401
    takes_none = "does not take a value" in error.message
    message = N_("{option} takes no value.") if takes_none else N_("{option} needs a value.")
    return UsageProblem("bad_option", message, hint=_SEE_HELP, option=safe(error.option_name)[:30], help=help_)


def _bad_value(error: Any, help_: str) -> UsageProblem:  # noqa: ANN401
    if error.param is None:
        return UsageProblem("bad_value", N_("A value cannot be read."), hint=_SEE_HELP, help=help_)
    kind, name = error.param.type, name_of(error.param)
    message, params = _wanted(kind, error.message)
    return UsageProblem("bad_value", message, hint=_SEE_HELP, name=name, help=help_, **params)


def _wanted(kind: Any, said: str) -> tuple[str, dict[str, str | int]]:  # noqa: ANN401
    """What a value of this type has to be."""
    match type(kind).__name__:
        case "IntParamType":
            return N_("{name} must be a whole number."), {}
        case "FloatParamType":
            return N_("{name} must be a number."), {}
        case "IntRange" | "FloatRange":
            return _range(kind)
        case "DateTime":
            return N_("{name} must be a date or time, such as 2026-11-24 or 2026-11-24T09:00."), {}
        case "TyperPath" | "File":
            return _path(said), {}
        case "BoolParamType":
            return N_("{name} must be true or false."), {}
    choices = getattr(kind, "choices", None)
    if choices:
        return N_("{name} must be one of: {choices}."), {"choices": _listed(choices)}
    return N_("{name} cannot be read."), {}


def _range(kind: Any) -> tuple[str, dict[str, str | int]]:  # noqa: ANN401
    if kind.max is None:
        return N_("{name} must be a number from {low} up."), {"low": kind.min}
    if kind.min is None:
        return N_("{name} must be a number up to {high}."), {"high": kind.max}
    return N_("{name} must be a number from {low} to {high}."), {"low": kind.min, "high": kind.max}


def _path(said: str) -> str:
    if said.endswith("is a directory."):
        return N_("{name}: that is a directory; a file is wanted.")
    if said.endswith("is a file."):
        return N_("{name}: that is a file; a directory is wanted.")
    if said.endswith(("is not readable.", "is not writable.")):
        return N_("{name}: that file may not be opened by you.")
    return N_("{name}: there is no such file.")


def _listed(choices: Any) -> str:  # noqa: ANN401
    return ", ".join(str(getattr(choice, "value", choice)) for choice in choices)


def _usage(error: Any, help_: str) -> UsageProblem:  # noqa: ANN401
    if error.message.startswith("Missing command"):
        return UsageProblem(
            "missing_command", N_("A command is missing."), hint=N_("{help} lists the commands."), help=help_
        )
    if error.message.startswith("Got unexpected extra argument"):
        return UsageProblem("too_many_words", N_("There are more words than it takes."), hint=_SEE_HELP, help=help_)
    return UsageProblem("usage", N_("The command was not understood."), hint=_SEE_HELP, help=help_)


_BY_CLASS: dict[str, Callable[[Any, str], UsageProblem]] = {
    "NoSuchOption": _no_such_option,
    "MissingParameter": _missing,
    "BadParameter": _bad_value,
    "BadOptionUsage": _bad_option,
}
