"""Parameters that mean the same in every command: use these, so that flags and help read alike everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from collectdesk.commands import offers
from collectdesk.commands.session import Session
from collectdesk.errors import N_, UsageProblem
from collectdesk.lang import _


def _answer_json(ctx: typer.Context, value: bool) -> bool:
    if value and isinstance(ctx.obj, Session):
        ctx.obj.json = True
    return value


def refuse_beside(option: str, others: Mapping[str, object]) -> None:
    """Nothing that was given is left unheard: refuse what says nothing beside ``option``.

    Raises:
        UsageProblem: one of ``others`` was given.
    """
    given = next((name for name, value in others.items() if value), None)
    if given is not None:
        message = N_("{option} does not go with {other}.")
        raise UsageProblem("options_exclude", message, option=option, other=_(given))


CaseCode = Annotated[
    str, typer.Argument(metavar=N_("CASE"), help=N_("The case, such as A-1007."), autocompletion=offers.cases)
]
Json = Annotated[
    bool,
    typer.Option("--json", help=N_("Answer as one JSON document."), callback=_answer_json, is_eager=True),
]
Csv = Annotated[bool, typer.Option("--csv", help=N_("Answer as CSV."))]
NdJson = Annotated[bool, typer.Option("--ndjson", help=N_("Answer as JSON, one row a line."))]
Yes = Annotated[bool, typer.Option("--yes", help=N_("Do it without asking."))]
DryRun = Annotated[bool, typer.Option("--dry-run", help=N_("Show what would happen; change nothing."))]
Rehearsal = Annotated[
    bool,
    typer.Option(
        "--dry-run",
        help=N_(
            "Show what would become of every line; change nothing. What is wrong with a line is its answer: with bad "
            "lines it ends with 7 and --json has its document all the same."
        ),
    ),
]
"""Of a file: its findings are what was asked for, so a document goes with them where an import that stops has none."""
At = Annotated[
    str,
    typer.Option("--at", metavar=N_("TIME"), help=N_("Ask about this instant: 2026-11-24T09:00, or with an offset.")),
]
Number = Annotated[
    str, typer.Option(metavar=N_("NUMBER"), help=N_("This number: its id, or at least its last four digits."))
]
Person = Annotated[
    str,
    typer.Option(
        metavar=N_("PERSON"), help=N_("This person: their id or role."), autocompletion=offers.among(offers.roles)
    ),
]
Purpose = Annotated[
    str,
    typer.Option(metavar=N_("PURPOSE"), help=N_("What the call is for."), autocompletion=offers.among(offers.purposes)),
]
