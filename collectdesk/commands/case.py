"""``collectdesk case``: a case on one page, its whole history, and a search; masked unless a reason is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands.evidence import HELP, evidence
from collectdesk.commands.frame import Noun
from collectdesk.commands.handing_back import DESTROY, RETURN, destroy, return_
from collectdesk.commands.opened import at_desk, here, local
from collectdesk.commands.options import CaseCode, Csv, Json, NdJson
from collectdesk.errors import N_, InternalProblem, UsageProblem

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.lost.status import Lost
    from collectdesk.desk.office import Office
    from collectdesk.show.masking import Masks
    from collectdesk.store.tables import CaseFile

app = Noun(default="show")
Unmask = Annotated[
    bool, typer.Option("--unmask", help=N_("Show names and numbers in full; it is journalled with the reason."))
]
Reason = Annotated[str, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why they are needed in full."))]


@app.command("show", help=N_("Show a case on one page."))
def show(ctx: typer.Context, case: CaseCode, unmask: Unmask = False, reason: Reason = "", json: Json = False) -> None:
    """Show the debt, the people and what stands open."""
    from collectdesk.desk import casebook
    from collectdesk.desk.promises.catching_up import catch_up
    from collectdesk.show.casebook import case_text
    from collectdesk.show.casewire import case_json

    with at_desk(ctx) as office:
        catch_up(office)
        masks = _masks(office, case, reason, unmask=unmask)
        with office.reading() as session:
            view = casebook.read(session, case)
            if json:
                case_json(view, masks, here(), _known(office, session, view.case))
            else:
                case_text(view, masks, here(), local(office.now()).date(), _known(office, session, view.case))


@app.command("history", help=N_("Show every contact: verdict, script, what was said, outcome."))
def history(
    ctx: typer.Context,
    case: CaseCode,
    said: Annotated[bool, typer.Option("--said", help=N_("Every line that was said, with its time."))] = False,
    unmask: Unmask = False,
    reason: Reason = "",
    json: Json = False,
) -> None:
    """Show what happened, newest first."""
    from collectdesk.desk.history import history as read
    from collectdesk.show.history import history_json, history_text

    with at_desk(ctx) as office:
        masks = _masks(office, case, reason, unmask=unmask)
        with office.reading() as session:
            entries = read(session, case, office.staff)
            if json:
                history_json(case, entries, masks, here())
            else:
                history_text(entries, masks, here(), _label(office), said=said)


@app.command("lost", help=N_("Say whether contact is lost, what is missing until it is, and whom that lets you ask."))
def lost(ctx: typer.Context, case: CaseCode, json: Json = False) -> None:
    """Show the failed calls that count, number by number, and the contact persons."""
    from collectdesk.desk import casebook
    from collectdesk.show.lost import lost_json, lost_text
    from collectdesk.show.masking import Masks

    with at_desk(ctx) as office, office.reading() as session:
        row = casebook.find(session, case)
        found = _lost(office, session, row)
        if json:
            lost_json(row.code, found, Masks(), here())
        else:
            lost_text(found, Masks(), here())


@app.command("ways", help=N_("List every way tried to reach the debtor, with its date."))
def ways(ctx: typer.Context, case: CaseCode, json: Json = False) -> None:
    """Show them, oldest first."""
    from collectdesk.desk.lost.ways import ways as read
    from collectdesk.show.masking import Masks
    from collectdesk.show.ways import ways_json, ways_text

    with at_desk(ctx) as office, office.reading() as session:
        tried = read(session, case)
        if json:
            ways_json(case, tried, Masks(), here())
        else:
            ways_text(tried, Masks(), here())


app.command("evidence", help=HELP)(evidence)
app.command("return", help=RETURN)(return_)
app.command("destroy", help=DESTROY)(destroy)


@app.command("search", help=N_("Find cases by number, contract, name, document or telephone number."))
def search(
    ctx: typer.Context,
    words: Annotated[str, typer.Argument(metavar=N_("WORDS"), help=N_("What to look for."))],
    unmask: Unmask = False,
    reason: Reason = "",
    json: Json = False,
    csv: Csv = False,
    ndjson: NdJson = False,
) -> None:
    """Show the cases found, by number."""
    from collectdesk.desk import casebook
    from collectdesk.show import casesearch as face
    from collectdesk.show.masking import FULL, Masks

    if unmask and not reason.strip():
        raise UsageProblem(
            "unmask_reason", N_("Names and numbers are shown in full only for a reason."), hint=N_("Give --reason.")
        )
    with at_desk(ctx) as office:
        with office.reading() as session:
            found = casebook.search(session, words)
        masks = FULL if unmask else Masks()
        if unmask:
            for line in found:
                casebook.unmask(office, line.code, reason)
    if json or ndjson or csv:
        _emit(face.search_rows(found, masks), json=json, csv=csv)
    else:
        face.search_text(found, masks)


def _emit(rows: list[dict[str, object]], *, json: bool, csv: bool) -> None:
    from collectdesk.show.casesearch import SEARCH

    if json:
        from collectdesk.show.jsonout import emit

        emit("collectdesk.cases/1", {"cases": rows})
    elif csv:
        from collectdesk.show.csvout import emit_csv

        emit_csv(SEARCH, [list(row.values()) for row in rows])
    else:
        from collectdesk.show.jsonout import emit_lines

        emit_lines(rows)


def _lost(office: Office, session: Session, case: CaseFile) -> Lost:
    """How it stands with lost contact now, judged for whoever is signed in."""
    from collectdesk.desk.lost.status import status
    from collectdesk.desk.standing import standing_of
    from collectdesk.store.case_rows import driver_of

    assert case.id is not None
    ask, at = driver_of(session.connection()), office.now()
    return status(ask, case.id, at, standing_of(ask, office.staff.id, at), office.lang)


def _known(office: Office, session: Session, case: CaseFile) -> Lost | None:
    """The same for the page of a case, which is shown even where no rulebook is in force."""
    try:
        return _lost(office, session, case)
    except InternalProblem:
        return None


def _masks(office: Office, case: str, reason: str, *, unmask: bool) -> Masks:
    """Masked, or in full once that was written down."""
    from collectdesk.desk import casebook
    from collectdesk.show.masking import FULL, Masks

    if not unmask:
        return Masks()
    casebook.unmask(office, case, reason)
    return FULL


def _label(office: Office) -> Callable[[str, str], str]:
    """The words of the adopted codes and of the side doors; a code nobody knows any more stands for itself."""
    from collectdesk.desk import adoption
    from collectdesk.lang import current
    from collectdesk.show.callwords import DOORS, capital

    with office.reader.connect() as connection:
        found = adoption.in_force(connection, "codes", office.now())
    speak = "zh_CN" if current() == "zh_CN" else "en"
    known = {
        (field, code.code): code.label.in_(speak)
        for codes in found
        for field, listed in codes.value.fields.items()
        for code in listed.codes
    }
    return lambda field, code: known.get((field, code)) or capital(DOORS, code)
