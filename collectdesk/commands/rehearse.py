"""``collectdesk rehearse``: a whole call with a simulated partner, on a practice desk that is thrown away."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands import offers
from collectdesk.commands.frame import Verb
from collectdesk.commands.options import Json
from collectdesk.commands.session import Session, session_of
from collectdesk.errors import N_, Cancelled, UsageProblem
from collectdesk.lang import _
from collectdesk.show import debrief
from collectdesk.show.prompts import require_terminal
from collectdesk.show.terminal import marks, say

if TYPE_CHECKING:
    from collectdesk.desk.call.prompt import Prompt
    from collectdesk.desk.call.scoring import Score
    from collectdesk.desk.call.simulated import Persona
    from collectdesk.desk.office import Office

app = Verb()
CASE = "A-1001"
PERSONAS = {
    "cooperative": N_("a debtor who is willing"),
    "refuses_identity": N_("somebody who will not prove who they are"),
    "relative": N_("a relative of the debtor"),
    "refuses_to_pay": N_("a debtor who refuses to pay"),
    "no_answer": N_("nobody answers"),
    "complains": N_("a debtor who complains"),
    "in_danger": N_("a person in danger"),
    "disputes": N_("a debtor who disputes the amount"),
    "polite": N_("a polite debtor"),
    "talkative": N_("a talkative debtor who wanders off"),
    "angry": N_("an angry debtor"),
    "silent": N_("a debtor who hardly speaks"),
    "tearful": N_("a debtor who begins to cry"),
    "evasive": N_("an evasive debtor"),
}
MET = {
    "closed": N_("the call was closed with its record"),
    "no_step_missed": N_("no step was left out"),
    "clean_wording": N_("no wording was barred or marked"),
    "told_only_who_may_know": N_("nothing was told to anyone who may not know"),
    "told_everything": N_("amount, duration, duty, terms and consequences were told"),
    "door_complaint": N_("the complaint was taken at once"),
    "door_emergency": N_("the emergency was taken at once"),
    "door_objection": N_("the objection was taken"),
}


@app.command()
def rehearse(
    ctx: typer.Context,
    persona: Annotated[
        str,
        typer.Option(
            "--with",
            metavar=N_("WHOM"),
            help=N_("Whom you talk to: cooperative, relative …"),
            autocompletion=offers.words(*PERSONAS),
        ),
    ] = "cooperative",
    play: Annotated[bool, typer.Option("--play", help=N_("Let the desk answer as well."))] = False,
    say_: Annotated[
        list[str] | None,
        typer.Option("--say", metavar="STEP=TEXT", help=N_("Your own words at a step, checked for wording to avoid.")),
    ] = None,
    json: Json = False,
) -> None:
    """Open, rehearse, score; a signed-in collector's score is kept."""
    from collectdesk.commands.demo import thrown_away
    from collectdesk.desk.call.simulated import PERSONAS as KNOWN

    session = session_of(ctx)
    if persona not in KNOWN:
        raise UsageProblem("no_such_persona", N_("One can rehearse with: {personas}."), personas=", ".join(KNOWN))
    if not (play or json):
        require_terminal("--play")
    given = [_given(each) for each in say_ or ()]
    with tempfile.TemporaryDirectory(prefix="collectdesk-rehearsal-") as place:
        try:
            score = _rehearse(session, Path(place) / "desk", KNOWN[persona], given, play=play or json)
        except Cancelled as left:
            raise thrown_away(left) from None
    kept = _keep(session, persona, score)
    _tell(persona, score, kept=kept, json=json)


def _given(text: str) -> tuple[str, str]:
    step, equals, said = text.partition("=")
    if not equals or not said.strip():
        raise UsageProblem("step_words", N_("Write a step and your words as in discussion=I understand."), hint="")
    return step.strip(), said.strip()


def _rehearse(session: Session, root: Path, persona: Persona, given: list[tuple[str, str]], *, play: bool) -> Score:
    from collectdesk.commands.calling import walk
    from collectdesk.commands.own_words import OwnWords
    from collectdesk.desk.call import beginning, scoring
    from collectdesk.desk.demo import open_demo

    if not session.json:
        say(_("Opening a practice desk …"))
    office = open_demo(root, session.clock, session.lang)
    try:
        prompt = beginning.start(office, CASE, language=office.lang, driver="rehearsal")
        own = OwnWords(office, persona)
        for step, said in given:
            own.hear(step, said)
        prompt = _play(office, prompt, persona) if play else walk(office, prompt, persona, own)
        with office.reader.connect() as connection:
            return scoring.score(connection, prompt.call, persona, own.replies)
    finally:
        office.close()


def _play(office: Office, prompt: Prompt, persona: Persona) -> Prompt:
    """The desk plays both sides; the door the persona calls for is taken once the debt is on the table."""
    from collectdesk.desk.call import engine
    from collectdesk.desk.call.doorway import opened
    from collectdesk.desk.call.simulated import reply

    while not prompt.ended:
        asked = prompt.question
        assert asked is not None
        door = persona.door
        if door is not None and asked.step == "disclosure" and not opened(prompt.call, door):
            prompt = engine.door(office, prompt.call.id, door)
            continue
        field = f"{asked.step}.{asked.field}"
        prompt = engine.answer(office, prompt.call.id, reply(prompt.call, asked, persona), field=field)
    return prompt


def _keep(session: Session, persona: str, score: Score) -> bool:
    """Write the score, and nothing else, to the desk of whoever is signed in; whether somebody is."""
    from collectdesk.desk.office import open_office
    from collectdesk.desk.rehearsals import keep
    from collectdesk.errors import NotFound, NotPermitted

    try:
        office = open_office(session.home, clock=session.clock, lang=session.lang)
    except (NotFound, NotPermitted):
        return False
    try:
        if office.staff.role == "script":
            return False
        keep(office, persona, score)
    finally:
        office.close()
    return True


def _tell(persona: str, score: Score, *, kept: bool, json: bool) -> None:
    if json:
        from collectdesk.show.jsonout import emit

        emit("collectdesk.rehearsal/1", {"with": persona, **debrief.wire(score), "kept": kept})
        return
    say("")
    say(" " + _("Rehearsed with {whom}: {points} of 100").format(whom=_(PERSONAS[persona]), points=score.points))
    for code, met in score.met:
        say(f"   {marks().yes if met else marks().no} {_(MET[code])}")
    for line in debrief.lines(score):
        say(line)
    say(" " + (_("The score is kept.") if kept else _("Nobody is signed in; the score is not kept.")))
