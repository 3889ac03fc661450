"""Accounting for a verdict: of a question as it stands now, or of one that was recorded, by the rules of its time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from collectdesk.desk import adoption
from collectdesk.errors import N_, NotFound
from collectdesk.gate import Dial, Gate, UnknownRulebook, Unreadable, convert_dial
from collectdesk.gate.account import Account, account
from collectdesk.store.case_rows import Ask
from collectdesk.store.ids import private

VERDICT = (
    "SELECT v.at, v.dial, v.decision, c.code, c.id FROM verdict v JOIN case_file c ON c.id = v.case_id WHERE v.id = :id"
)
OF_THE_DESK = "desk/"
"""Reasons the desk itself adds to the gate's: they stand in the record and in no rulebook."""


class Recorded(msgspec.Struct, frozen=True):
    """A recorded verdict: its public id, its case's number and key, the decision as it was written down.

    ``account`` answers the same question again by the rulebooks and calendars in force at that instant; none when the
    question was destroyed. ``again``: that answer as the record would hold it; ``reproduced``: it is the recorded one
    to the byte. ``shown``: the decision to show, the recorded one, in the account's language where it came out again.
    """

    id: str
    case: str
    case_id: int
    decision: dict[str, Any]
    account: Account | None
    reproduced: bool
    again: bytes | None = None
    shown: dict[str, Any] = {}


def recorded(ask: Ask, name: str, lang: str | None = None) -> Recorded:
    """The verdict called ``name`` (``v12``, as ``case history`` names it), asked again.

    ``lang``: the language of its reader, in which the account quotes the rules; none for the one it was recorded in.

    Raises:
        NotFound: there is none of that name.
    """
    key = private("verdict", name)
    rows = ask(VERDICT, {"id": key}) if key is not None else ()
    if not rows:
        raise NotFound(
            "no_such_verdict",
            N_("There is no such verdict on this desk."),
            hint=N_("`collectdesk case history` names the verdicts of a case, such as v12."),
        )
    at, dial, decision, code, case = rows[0]
    wire: dict[str, Any] = msgspec.json.decode(_text(decision))
    made = _again(ask, int(at), _text(dial))
    again = None if made is None else msgspec.json.encode(_as_recorded(made, wire))
    told = made if made is None or lang in (None, made.dial.lang) else _again(ask, int(at), _text(dial), lang)
    same = again == _text(decision)
    shown = _as_recorded(told, wire) if told is not None and same else wire
    return Recorded(name, str(code), int(case), wire, told, same, again, shown)


def _again(ask: Ask, at: int, dial: bytes, lang: str | None = None) -> Account | None:
    """The question once more, by what was in force then; none when it can no longer be asked."""
    gate = Gate(adoption.rulebooks(ask, at), adoption.calendars(ask, at))
    try:
        question = convert_dial(msgspec.json.decode(dial))
        return account(gate, msgspec.structs.replace(question, lang=lang) if lang else question)
    except (Unreadable, UnknownRulebook):
        return None


def _as_recorded(made: Account, wire: Mapping[str, Any]) -> dict[str, Any]:
    """The new answer as the record would hold it, with what the desk had added to the old one."""
    again = made.decision.to_wire()
    added = [block for block in wire["blocks"] if str(block["rule"]).startswith(OF_THE_DESK)]
    if added:
        shut = {"allowed": False, "next_allowed_at": None, "allowed_until": None}
        again = {**again, **shut, "blocks": [*again["blocks"], *added]}
    return again


def _text(value: object) -> bytes:
    """A JSON column as both engines give it: its text, or what the server's driver has read it into."""
    return value.encode() if isinstance(value, str) else msgspec.json.encode(value)


def of_question(gate: Gate, dial: Dial) -> Account:
    """The account of a question as it stands.

    Raises:
        Unreadable: it names a rulebook that is not at hand.
    """
    try:
        return account(gate, dial)
    except UnknownRulebook as unknown:
        wanted = "Expected rulebooks at hand" if unknown.id else "Expected at least one rulebook"
        raise Unreadable("unknown_rulebook", "$.rulebooks", wanted, dial.id) from None
