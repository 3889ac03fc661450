"""``collectdesk case return`` and ``case destroy``: what becomes of a case that is recalled or settled."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands.opened import at_desk
from collectdesk.commands.options import CaseCode, DryRun, Json
from collectdesk.errors import N_
from collectdesk.lang import _
from collectdesk.show.prompts import Asker

if TYPE_CHECKING:
    from collectdesk.desk.destructions.cases import Kind

RETURN = N_("Ask that a case handed back to its creditor be erased here; somebody else approves.")
DESTROY = N_("Ask that what is personal of a case whose time is over be erased; somebody else approves.")
Reason = Annotated[str, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why, in words."))]


def return_(
    ctx: typer.Context,
    case: CaseCode,
    receipt: Annotated[
        str, typer.Option("--receipt", metavar=N_("TEXT"), help=N_("What the creditor's receipt is called."))
    ] = "",
    bundle: Annotated[
        Path | None,
        typer.Option("--bundle", metavar=N_("FILE"), help=N_("The bundle that was handed back: its digest is kept.")),
    ] = None,
    reason: Reason = "",
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Ask for it, or say with --dry-run whether it may go."""
    _asked(ctx, case, "case_returned", reason, receipt, bundle, dry_run=dry_run, json=json)


def destroy(
    ctx: typer.Context, case: CaseCode, reason: Reason = "", dry_run: DryRun = False, json: Json = False
) -> None:
    """Ask for it."""
    _asked(ctx, case, "case_destroyed", reason, "", None, dry_run=dry_run, json=json)


def _asked(
    ctx: typer.Context, case: str, kind: Kind, reason: str, receipt: str, bundle: Path | None, *, dry_run: bool,
    json: bool,
) -> None:  # fmt: skip
    from collectdesk.commands.complaining import digest
    from collectdesk.commands.destruction import shown
    from collectdesk.desk.destructions import cases
    from collectdesk.desk.four_eyes import DECIDING
    from collectdesk.show import retention as face

    with at_desk(ctx) as office:
        office.require_role(*DECIDING)
        if dry_run:
            with office.reading() as session:
                found = cases.look(session, case, kind, office.now())
            (face.standing_json if json else face.standing_text)(found)
            return
        asker, made = Asker(), ""
        if kind == "case_returned":
            receipt = receipt or asker.text(_("What the creditor's receipt is called"), flag="--receipt")
            bundle = bundle or Path(asker.text(_("The bundle that was handed back, a file"), flag="--bundle"))
            made = digest(bundle)
        reason = reason or asker.text(_("Why, in words"), flag="--reason")
        shown(office, cases.ask(office, case, kind, reason, receipt=receipt, digest=made), json=json)
