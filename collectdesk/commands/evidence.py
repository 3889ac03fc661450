"""``collectdesk case evidence``: a case or a complaint in one bundle that is read and checked without this desk."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands import offers
from collectdesk.commands.opened import at_desk, here
from collectdesk.commands.options import CaseCode, Json
from collectdesk.errors import N_, UsageProblem
from collectdesk.lang import _
from collectdesk.show.progress import Advance, progress

if TYPE_CHECKING:
    from collectdesk.desk.evidence.gathering import Gathered
    from collectdesk.desk.office import Office
    from collectdesk.show.masking import Masks

LONG = 20_000
"""Entries; fewer are read before a bar would be seen."""
HELP = N_(
    "Bundle a case or a complaint as evidence: verdicts, what was said, steps, recordings, the journal with its proof."
)
Out = Annotated[
    Path,
    typer.Option(
        "--out", metavar=N_("DIR|FILE"), help=N_("Where it goes: a directory, or one file that ends in .zip.")
    ),
]
Complaint = Annotated[
    str,
    typer.Option(
        "--complaint",
        metavar=N_("COMPLAINT"),
        help=N_("Only what this complaint is about, such as k3."),
        autocompletion=offers.complaints,
    ),
]
Unmask = Annotated[
    bool, typer.Option("--unmask", help=N_("Show names and numbers in full; it is journalled with the reason."))
]
Reason = Annotated[str, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why they are needed in full."))]


def evidence(
    ctx: typer.Context,
    case: CaseCode,
    out: Out,
    complaint: Complaint = "",
    unmask: Unmask = False,
    reason: Reason = "",
    json: Json = False,
) -> None:
    """Gather, journal, cut the journal to the case, write it all down."""
    from collectdesk.desk.evidence import bundle, gathering, making

    path = out.expanduser().absolute()
    bundle.require_free(path)
    with at_desk(ctx) as office:
        gathering.require_may(office, complaint=bool(complaint), unmask=unmask)
        masks = _masks(office, case, reason, unmask=unmask)
        with office.reading() as session:
            found = gathering.gather(office, session, case, complaint)
            parts = _parts(found, masks)
        at = making.write_down(office, found, parts, masked=not unmask)
        made = making.cut(office, found.subjects, lambda count: _bar(count, json=json))
        about = making.manifest(office, found, made, at, masked=not unmask)
    _finish(about, parts, made, path, json=json)


def _finish(about: dict[str, object], parts: dict[str, bytes], made: object, path: Path, *, json: bool) -> None:
    import json as reading

    from collectdesk.desk.evidence import bundle, making
    from collectdesk.show import evidencemade
    from collectdesk.show.evidencepage import page
    from collectdesk.show.jsonout import dumps
    from collectdesk.store.extract import Extract

    assert isinstance(made, Extract)
    read = {name: reading.loads(content) for name, content in parts.items()}
    whole = {
        bundle.PAGE: page(about, read, made.entries, f"{made.first}–{made.count}").encode("utf-8", "surrogatepass"),
        **parts,
        bundle.JOURNAL: (dumps(made.document()) + "\n").encode(),
    }
    sealed = making.sealed(about, whole)
    bundle.write(path, sealed)
    manifest = reading.loads(sealed[bundle.MANIFEST])
    (evidencemade.as_json if json else evidencemade.as_text)(manifest, str(path))


def _parts(found: Gathered, masks: Masks) -> dict[str, bytes]:
    from collectdesk.show.evidence import documents
    from collectdesk.show.jsonout import dumps

    return {name: (dumps(each, indent=2) + "\n").encode() for name, each in documents(found, masks, here()).items()}


def _masks(office: Office, case: str, reason: str, *, unmask: bool) -> Masks:
    """Masked, or in full once that was written down."""
    from collectdesk.desk import casebook
    from collectdesk.show.masking import FULL, Masks

    if not unmask:
        if reason:
            raise UsageProblem("reason_alone", N_("--reason goes with --unmask."))
        return Masks()
    casebook.unmask(office, case, reason)
    return FULL


def _bar(entries: int, *, json: bool) -> AbstractContextManager[Advance]:
    return progress(_("Reading the journal"), entries, quiet=json or entries < LONG)
