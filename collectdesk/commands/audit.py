"""``collectdesk audit``: verify the journal, and seal it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands.frame import Noun
from collectdesk.commands.opened import at_desk, local
from collectdesk.commands.options import Json
from collectdesk.errors import N_
from collectdesk.lang import _
from collectdesk.show.progress import Advance, progress

if TYPE_CHECKING:
    from collectdesk.store.audit import Finding

app = Noun()
BAD = 7
LONG = 20_000  # entries; fewer are read before a bar would be seen


@app.command("verify", help=N_("Read the whole journal and say what was changed, removed, inserted or cut off."))
def verify(
    ctx: typer.Context,
    seal: Annotated[
        str,
        typer.Option(metavar=N_("FILE|HEAD:COUNT"), help=N_("Hold it against a seal kept outside the desk.")),
    ] = "",
    bundle: Annotated[
        Path | None,
        typer.Option(
            metavar=N_("FILE"), help=N_("Check a bundle of evidence instead; neither a desk nor a key is needed.")
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Show what was found; ends with 7 when something was."""
    if bundle is not None:
        _bundle(bundle, seal, json=json)
        return
    from collectdesk.desk import safekeeping

    def reading(entries: int) -> AbstractContextManager[Advance]:
        return progress(_("Reading the journal"), entries, quiet=json or entries < LONG)

    with at_desk(ctx, scope="report") as office:
        found = safekeeping.verify(office, seal, reading)
    _show(found, sealed=bool(seal), json=json)
    if not found.sound:
        raise typer.Exit(BAD)


@app.command("seal", help=N_("Print the journal's head and count, to be kept outside the desk."))
def seal(
    ctx: typer.Context,
    out: Annotated[Path | None, typer.Option(metavar=N_("FILE"), help=N_("Write the seal to FILE as well."))] = None,
    json: Json = False,
) -> None:
    """Print the seal, and leave it in a file."""
    from collectdesk.desk import safekeeping

    with at_desk(ctx, scope="report") as office:
        made = safekeeping.seal(office)
        document = safekeeping.seal_document(office, made)
    from collectdesk.show.jsonout import dumps, emit

    if out is not None:
        safekeeping.leave_seal(out, dumps(document, indent=2) + "\n")
    if json:
        emit(str(document.pop("schema")), document)
        return
    from collectdesk.show import audit

    audit.sealed(made.head, made.count, local(made.at), str(out) if out else None)


def _bundle(path: Path, seal: str, *, json: bool) -> None:
    from collectdesk.desk.evidence.checking import check
    from collectdesk.show import evidencemade

    found = check(path.expanduser(), seal)
    (evidencemade.checked_json if json else evidencemade.checked_text)(found, sealed=bool(seal))
    if not found.sound:
        raise typer.Exit(BAD)


def _show(found: Finding, *, sealed: bool, json: bool) -> None:
    from collectdesk.show import audit

    if json:
        audit.as_json(found, sealed=sealed)
    else:
        audit.as_text(found, sealed=sealed)
