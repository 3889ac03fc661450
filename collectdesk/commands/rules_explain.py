"""``collectdesk rules explain``: why a verdict is what it is: of a case now, of the record, of any question."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands import offers
from collectdesk.commands.options import At, Json, Number, Person, Purpose, refuse_beside
from collectdesk.commands.rules_app import app
from collectdesk.commands.session import Session, session_of
from collectdesk.errors import N_, BadData, UsageProblem
from collectdesk.lang import _

if TYPE_CHECKING:
    from collectdesk.gate import Dial

STDIN = "-"


@app.command("explain", help=N_("Explain a verdict step by step: what counted, what each rule said, what opens when."))
def explain(
    ctx: typer.Context,
    case: Annotated[
        str,
        typer.Argument(
            metavar=N_("CASE|-"),
            help=N_("The case, such as A-1007; - reads one question (collectdesk.dial/1) from stdin."),
            autocompletion=offers.cases,
        ),
    ] = "",
    number: Number = "",
    person: Person = "",
    purpose: Purpose = "collect",
    at: At = "",
    verdict: Annotated[
        str,
        typer.Option("--verdict", metavar=N_("VERDICT"), help=N_("A recorded verdict, as `case history` names it.")),
    ] = "",
    json: Json = False,
) -> None:
    """Account for it; ends with 0 whether the call is lawful or not."""
    del json
    session = session_of(ctx)
    if bool(case) == bool(verdict):
        raise UsageProblem(
            "explain_what",
            N_("Name a case, or - for stdin, or a verdict with --verdict."),
            hint=N_("Such as `collectdesk rules explain A-1007` or `collectdesk rules explain --verdict v12`."),
        )
    if verdict or case == STDIN:  # what was asked is in the record, or in the question
        other = "" if purpose == "collect" else purpose
        given = {"--number": number, "--person": person, "--purpose": other, "--at": at}
        refuse_beside("--verdict" if verdict else STDIN, given)
    if verdict:
        _recorded(session, verdict)
    elif case == STDIN:
        _asked(session)
    else:
        from collectdesk.commands.checking import Wanted

        _case(session, Wanted(case, number, person, purpose, at))


def _case(session: Session, wanted: object) -> None:
    from collectdesk.commands.checking import Wanted, ask_through
    from collectdesk.commands.subject import subject_of
    from collectdesk.desk.checking import gate_in_force
    from collectdesk.desk.explaining import of_question
    from collectdesk.desk.window import open_window
    from collectdesk.show.explaining import emit_explanation, explanation, print_explanation

    assert isinstance(wanted, Wanted)
    with open_window(session.home, clock=session.clock, lang=session.lang, scope="check") as window:
        found = ask_through(window, wanted)
        made = of_question(gate_in_force(window.ask, window.at), found.checked.dial)
    wire = explanation(made, session.lang)
    subject = subject_of(found.files, found.checked.contact, found.lawful)
    if session.json:
        emit_explanation(wire, case=subject.case, verdict=None, same=None)
    else:
        print_explanation(wire, subject)


def _recorded(session: Session, name: str) -> None:
    from collectdesk.desk.explaining import recorded
    from collectdesk.desk.window import open_window
    from collectdesk.show.explaining import emit_explanation, explanation, print_explanation
    from collectdesk.show.reasons import with_messages

    with open_window(session.home, clock=session.clock, lang=session.lang, scope="check") as window:
        found = recorded(window.ask, name, None if session.json else session.lang)  # programs get the record
    wire = explanation(found.account, session.lang) if found.account else {"rules": [], "steps": [], "ends": None}
    wire = {**wire, "decision": with_messages(found.shown, session.lang)}  # with what the desk itself had added
    if not found.reproduced:
        wire = {**wire, "steps": [], "ends": None}
    if session.json:
        emit_explanation(wire, case=found.case, verdict=found.id, same=found.reproduced)
        return
    said = (
        _("Asked again by the rules of that moment, the answer is the same to the byte.")
        if found.reproduced
        else _("Asked again it does not come out the same; what was recorded is shown.")
    )
    head = _("Verdict {verdict} on case {case}, as recorded.").format(verdict=found.id, case=found.case)
    print_explanation(wire, None, (head, said))


def _asked(session: Session) -> None:
    from collectdesk.commands.check_stream import gate_for
    from collectdesk.desk.explaining import of_question
    from collectdesk.gate import Unreadable
    from collectdesk.show.explaining import emit_explanation, explanation, print_explanation
    from collectdesk.show.unreadable import sentence

    try:
        dial = _question(session.lang)
        made = of_question(gate_for(session), dial)
    except Unreadable as error:
        raise BadData(
            error.code,
            N_("The question cannot be read: {problem} (at {where})."),
            hint=N_("`collectdesk schema dial` shows what a question holds."),
            problem=sentence(error.message, session.lang),
            where=error.where,
        ) from None
    wire = explanation(made, session.lang)
    if session.json:
        emit_explanation(wire, case=dial.id, verdict=None, same=None)
    else:
        print_explanation(wire, None)


def _question(lang: str) -> Dial:
    import msgspec

    from collectdesk.gate import parse_dial

    dial = parse_dial(sys.stdin.buffer.read())
    return dial if dial.lang else msgspec.structs.replace(dial, lang=lang)
