"""Step 4, the materials (policy article 4.3): statement, contract, payment channels, identity items; accurate and
complete, or named and refused."""

from __future__ import annotations

from collectdesk.desk.call import panes
from collectdesk.desk.call.brief import keep
from collectdesk.desk.call.identity_result import unknown_items
from collectdesk.desk.call.question import ACK, Pane, PaneRow, Plain, Question
from collectdesk.desk.call.state import Call
from collectdesk.desk.call.taken import Taken
from collectdesk.errors import N_, BadData

NAME = "materials"
WITHOUT_FIGURES = ("locate", "answer_complaint")
"""Purposes on which no figure is spoken of."""


def asks(call: Call) -> Question | None:
    """The checklist, once a day and again when anything on it changes."""
    if call.inbound or call.protects or call.given(NAME, NAME) == ACK:
        return None
    shown = checklist(call)
    lacking = missing(call)
    before = call.prepared.get(NAME)
    if not lacking and before == panes.kept(shown):
        return None
    return Question(step=NAME, field=NAME, kind="ack", pane=shown, missing=lacking)


def take(call: Call, question: Question, value: Plain) -> Taken:
    """The acknowledgement of a complete list.

    Raises:
        BadData: something is missing or stale; names what.
    """
    if question.missing:
        raise BadData(
            "materials_missing",
            N_("The materials are not complete: {missing}."),
            hint=N_("Import what is missing, or end this call; nothing has been dialled."),
            missing=", ".join(question.missing),
        )
    assert question.pane is not None
    return Taken(value=value, effects=(keep(call, NAME, panes.kept(question.pane)),))


def checklist(call: Call) -> Pane:
    """What is in hand."""
    case = call.case
    stated = case.statement
    rows = [
        PaneRow("statement", "date", stated.as_of if stated else None),
        PaneRow("contract", "document", case.contract_no),
        *(PaneRow("channel", "both", {"zh_CN": each.label_zh, "en": each.label_en}) for each in case.channels),
        *(PaneRow("identity_item", "code", item, "identity_item") for item in case.identity_items),
    ]
    return Pane(NAME, tuple(row for row in rows if row.value))


def missing(call: Call) -> tuple[str, ...]:
    """What the checklist lacks, as codes."""
    if call.purpose in WITHOUT_FIGURES:
        return ()
    case = call.case
    age = panes.statement_age(case, case.today(call.now))
    found = {
        "statement": age is None,
        "statement_stale": age is not None and age > call.library.statement_days,
        "contract": not case.contract_no,
        "channels": not case.channels,
        "identity_items": bool(unknown_items(call)) or len(case.identity_items) < 2,
    }
    return tuple(code for code, lacks in found.items() if lacks)
