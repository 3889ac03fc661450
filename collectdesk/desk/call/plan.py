"""Step 3, the plan (policy article 4.2): goal, points, likely reactions with a strategy each, and one's own."""

from __future__ import annotations

from collectdesk.desk.call import panes
from collectdesk.desk.call.brief import keep
from collectdesk.desk.call.pen import Effect, Pen
from collectdesk.desk.call.question import NONE, Plain, Question
from collectdesk.desk.call.state import Call
from collectdesk.desk.call.taken import Taken
from collectdesk.desk.call.wording import ours
from collectdesk.errors import N_, BadData
from collectdesk.store.tables import CallPlan

NAME = "plan"
FIELDS = ("goal", "points", "reactions", "own")
ARROW = "=>"


def asks(call: Call) -> Question | None:
    """The first part of the plan that is still open; none while today's plan fits what is known of the case."""
    if call.inbound or call.protects or _stands(call):
        return None
    field = next((field for field in FIELDS if call.given(NAME, field) is None), None)
    return None if field is None else _question(call, field)


def take(call: Call, question: Question, value: Plain) -> Taken:
    """The part; with the last one the plan is kept for the day."""
    if question.field != "own":
        return Taken(value=value)
    return Taken(value=_own(call, str(value)), effects=(_keep(call, str(value)),))


def basis(call: Call) -> Plain:
    """What a plan was made for: client, debt and terms. A new call in the history does not void it."""
    shown = [panes.kept(panes.pane(code, call.case, call.now)) for code in ("client", "debt", "terms")]
    return {"panes": panes.digest(shown), "library": call.library.reactions_digest}


def expected(call: Call) -> tuple[tuple[dict[str, str], dict[str, str]], ...]:
    """The reactions the plan of today expects, each with its strategy, in both languages."""
    picked, own = call.given(NAME, "reactions"), call.word(NAME, "own") or ""
    before = call.prepared.get(NAME)
    if picked is None and isinstance(before, dict):
        picked, own = before.get("reactions"), str(before.get("own") or "")
    chosen = [call.library.reaction(str(code)) for code in (picked if isinstance(picked, list) else [])]
    return (*chosen, *((_as_typed(reaction), _as_typed(strategy)) for reaction, strategy in _pairs(own)))


def _as_typed(text: str) -> dict[str, str]:
    return dict.fromkeys(("zh_CN", "en"), text)


def _pairs(own: str) -> list[tuple[str, str]]:
    """One's own reactions with their strategies; a line that lacks either gives none."""
    parted = (line.partition(ARROW) for line in own.splitlines())
    return [(reaction.strip(), strategy.strip()) for reaction, arrow, strategy in parted if arrow]


def _stands(call: Call) -> bool:
    before = call.prepared.get(NAME)
    return isinstance(before, dict) and before.get("basis") == basis(call)


def _question(call: Call, field: str) -> Question:
    library = call.library
    if field == "goal":
        return Question(step=NAME, field=field, kind="choice", options=library.goals())
    if field == "points":
        return Question(step=NAME, field=field, kind="choices", options=library.points(), least=1)
    if field == "reactions":
        return Question(step=NAME, field=field, kind="choices", options=library.reactions(), least=1)
    return Question(step=NAME, field=field, kind="text", required=False)


def _own(call: Call, text: str) -> str:
    """``reaction => strategy``, one a line; the strategy is ours to say and is checked.

    Raises:
        BadData: a line has no strategy, or its wording is barred.
    """
    for line in text.splitlines():
        reaction, arrow, strategy = (part.strip() for part in line.partition(ARROW))
        if not (reaction and arrow and strategy):
            raise BadData(
                "strategy_missing",
                N_("Each reaction of your own needs its strategy: reaction => strategy."),
            )
        ours(call, strategy, f"{NAME}.own")
    return text or NONE


def _keep(call: Call, own: str) -> Effect:
    goal, points = call.word(NAME, "goal") or NONE, call.given(NAME, "points")
    picked = call.given(NAME, "reactions")
    reactions = [call.library.strategy(str(code)) for code in (picked if isinstance(picked, list) else [])]
    reactions += [{"reaction": reaction, "strategy": strategy} for reaction, strategy in _pairs(own)]
    content: Plain = {"basis": basis(call), "goal": goal, "points": points, "reactions": picked, "own": own}

    def write(pen: Pen) -> None:
        keep(call, NAME, content)(pen)
        values = {"collector": call.collector.id, "case_id": call.case.id, "at": pen.at}
        pen.add(CallPlan, "call.plan", **values, goal=goal, points=points, reactions=reactions)

    return write
