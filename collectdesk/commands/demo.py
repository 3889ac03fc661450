"""``collectdesk demo``: open the practice desk and walk one guided call; without a terminal it plays itself."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands.frame import Verb
from collectdesk.commands.options import Json
from collectdesk.commands.session import Session, session_of
from collectdesk.errors import N_, Cancelled
from collectdesk.lang import _
from collectdesk.show.terminal import interactive, say

if TYPE_CHECKING:
    from collectdesk.desk.call.prompt import Prompt
    from collectdesk.desk.call.question import Question
    from collectdesk.desk.office import Office

app = Verb()
CASE = "A-1001"
STEPS = {
    "opening": N_("Opening a practice desk …"),
    "staff": N_("Adding its staff …"),
    "import": N_("Importing its cases …"),
}


@app.command()
def demo(
    ctx: typer.Context,
    directory: Annotated[
        str, typer.Argument(metavar=N_("DIR"), help=N_("Keep the practice desk here; else it is thrown away."))
    ] = "",
    case: Annotated[str, typer.Option("--case", metavar=N_("CASE"), help=N_("Which case to call."))] = CASE,
    play: Annotated[bool, typer.Option("--play", help=N_("Let it play itself, and print what was said."))] = False,
    json: Json = False,
) -> None:
    """Open, call, close."""
    session = session_of(ctx)
    walk = _recite if json else _play if play or not interactive() else _guide
    if directory:
        try:
            _run(session, Path(directory).expanduser().absolute(), case, walk)
        except Cancelled:
            say(_("The call stays open where it was; what was confirmed is kept."))
        say(_("The practice desk is in {directory}.").format(directory=directory))
        say(
            _("Go on with: collectdesk --desk {directory} login 8001   (passphrase: practice-desk)").format(
                directory=directory
            )
        )
        return
    kept = Path(tempfile.mkdtemp(prefix="collectdesk-demo-"))
    try:
        _run(session, kept / "desk", case, walk)
    except Cancelled as left:
        raise thrown_away(left) from None
    finally:
        shutil.rmtree(kept, ignore_errors=True)


def _run(session: Session, root: Path, case: str, walk: Callable[[Office, str], None]) -> None:
    from collectdesk.desk.demo import open_demo

    office = open_demo(root, session.clock, session.lang, tell=lambda step: say(_(STEPS[step])))
    try:
        walk(office, case)
    finally:
        office.close()


def thrown_away(left: Cancelled) -> Cancelled:
    """A practice call that was left: there is nothing to go on with."""
    return Cancelled(left.code, N_("Cancelled; the practice desk is thrown away."))


def _guide(office: Office, case: str) -> None:
    """A person at the terminal makes the call; what the made-up debtor would say is told beside it."""
    from collectdesk.commands.calling import walk
    from collectdesk.desk.call import beginning

    walk(office, beginning.start(office, case, language=office.lang, driver="terminal"))


def _play(office: Office, case: str) -> None:
    """The same steps with a collector's answers, printed as a transcript."""
    from collectdesk.show.transcript import Transcript

    turns = _turns(office, case)
    prompt, asked, raw = next(turns)
    transcript = Transcript(prompt)
    while asked is not None:
        transcript.turn(prompt, asked, raw)
        prompt, asked, raw = next(turns)
    transcript.foot(prompt)
    _require_end(prompt)


def _recite(office: Office, case: str) -> None:
    """The same as one document: every turn, and the call as it ended."""
    from collectdesk.show import callwire, jsonout
    from collectdesk.show.transcript import answered

    told = list(_turns(office, case))
    end = told[-1][0]
    turns = [
        {
            "field": f"{asked.step}.{asked.field}",
            "say": [line.text for line in asked.say],
            "answer": answered(asked, raw),
        }
        for _prompt, asked, raw in told
        if asked is not None
    ]
    jsonout.emit("collectdesk.demo/1", {"turns": turns, "call": callwire.wire(end)})
    _require_end(end)


def _turns(office: Office, case: str) -> Iterator[tuple[Prompt, Question | None, str]]:
    """Each prompt with its question and a cooperative debtor's answer; the last has no question."""
    from collectdesk.desk.call import beginning, engine
    from collectdesk.desk.call.simulated import PERSONAS, reply

    prompt = beginning.start(office, case, language=office.lang, driver="json")
    while not prompt.ended:
        asked = prompt.question
        assert asked is not None
        raw = reply(prompt.call, asked, PERSONAS["cooperative"])
        yield prompt, asked, raw
        prompt = engine.answer(office, prompt.call.id, raw, field=f"{asked.step}.{asked.field}")
    yield prompt, None, ""


def _require_end(prompt: Prompt) -> None:
    if prompt.call.ended_at is None:
        raise Cancelled("cancelled", N_("The call did not end."))
