"""The conditions of a plan as options, the same on every command that draws a schedule up."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Annotated, Any

import typer

from collectdesk.commands import offers
from collectdesk.errors import N_

Given = Mapping[str, object]
"""The options that were given, by their parameters' names."""
OPTIONS: Mapping[str, tuple[Any, object]] = {
    "months": (
        Annotated[int | None, typer.Option(metavar=N_("COUNT"), help=N_("So many monthly instalments."), min=1)],
        None,
    ),
    "weeks": (
        Annotated[int | None, typer.Option(metavar=N_("COUNT"), help=N_("So many weekly instalments."), min=1)],
        None,
    ),
    "until": (
        Annotated[str, typer.Option(metavar=N_("DATE"), help=N_("All of it on one later date (an extension)."))],
        "",
    ),
    "first": (Annotated[str, typer.Option(metavar=N_("DATE"), help=N_("The first instalment's date."))], ""),
    "month_end": (
        Annotated[bool, typer.Option("--month-end", help=N_("Due on the last day of each month."))],
        False,
    ),
    "down": (
        Annotated[str, typer.Option(metavar=N_("AMOUNT"), help=N_("The down payment; the house's least if left out."))],
        "",
    ),
    "down_on": (Annotated[str, typer.Option(metavar=N_("DATE"), help=N_("When the down payment is due."))], ""),
    "remainder": (
        Annotated[
            str,
            typer.Option(
                metavar="first|last",
                help=N_("Which instalment takes the cents that do not divide."),
                autocompletion=offers.words("first", "last"),
            ),
        ],
        "last",
    ),
    "step": (
        Annotated[str, typer.Option(metavar=N_("AMOUNT"), help=N_("Rise by so much from group to group."))],
        "",
    ),
    "step_every": (
        Annotated[int, typer.Option(metavar=N_("COUNT"), help=N_("Instalments in a group that rises."), min=1)],
        1,
    ),
    "balloon": (
        Annotated[str, typer.Option(metavar=N_("AMOUNT"), help=N_("The last instalment is this much."))],
        "",
    ),
}
"""Each option's type, with its help, and what it is when left out."""


def conditioned(command: Callable[..., None]) -> Callable[..., None]:
    """Give ``command`` these options before its ``json``; it is handed what was given as ``given``."""

    @wraps(command)
    def wrapped(**values: object) -> None:
        given = {name: values.pop(name) for name in OPTIONS}
        command(given=given, **values)

    own = inspect.signature(command, eval_str=True).parameters
    kind = inspect.Parameter.KEYWORD_ONLY
    options = [
        inspect.Parameter(name, kind, default=default, annotation=type_) for name, (type_, default) in OPTIONS.items()
    ]
    kept = [each.replace(kind=kind) for name, each in own.items() if name not in ("given", "json")]
    made = [*kept, *options, own["json"].replace(kind=kind)]
    wrapped.__signature__ = inspect.Signature(made)  # type: ignore[attr-defined]
    wrapped.__annotations__ = {each.name: each.annotation for each in made}
    return wrapped
