"""What the desk follows up, in words: what a row is called, each step of its life, and the state it led to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from collectdesk.desk.adopted_text import Lang
from collectdesk.desk.lifecycle import Lifecycle, lifecycle, names
from collectdesk.desk.steps_seen import LIVES
from collectdesk.errors import N_
from collectdesk.lang import current, translate
from collectdesk.show import complaints, conduct
from collectdesk.show.callwords import CHOICES
from collectdesk.show.hardship import EVIDENCE, EVIDENCE_STATES
from collectdesk.show.words import DIAL_FINDINGS, FINDINGS, word

LETTERS = {
    "objection": "j", "complaint": "k", "emergency": "g", "plan": "f", "promise": "r", "hold": "h", "number": "n",
    "referral": "q", "violation": "i", "quality_review": "c", "request": "u", "outside_officer": "x",
    "destruction": "z", "dial_finding": "df", "letter": "lt",
}  # fmt: skip
"""The letter before a row's key, as commands take it."""
TITLES = {
    "case_file": N_("case"),
    "request": N_("request to an outside officer"),
    "outside_officer": N_("outside officer"),
}
"""What has no life of its own."""
ACTS = {
    "add": N_("recorded"),
    "ask": N_("asked"),
    "answer": N_("answered"),
    "attest": N_("vouched for"),
    "end": N_("ended"),
    "find": N_("found"),
    "evidence": N_("evidence listed"),
    "make": N_("made"),
    "propose": N_("proposed"),
    "raise": N_("raised"),
    "receive": N_("received"),
    "record": N_("recorded"),
    "refer": N_("referred"),
    "register": N_("registered"),
    "reopen": N_("opened again"),
    "sample": N_("put in for review"),
    "settle": N_("settled"),
    "suspend": N_("suspended"),
    "void": N_("no longer needed"),
}
"""How a life begins, and acts of what has none: these are no moves of a table."""
STATES = {
    "active": N_("in force"),
    "answered": N_("answered"),
    "ended": N_("ended"),
    "open": N_("open"),
    "settled": N_("settled"),
    "void": N_("void"),
}
SAID = (
    "content", "reason", "cause", "remedy", "answer", "reply", "finding", "found", "corrected", "evidence",
    "basis", "outcome", "reference", "difference", "text", "item", "state_of_item",
)  # fmt: skip
"""What of a step's content a person reads beside it; programs read the rest as well."""
CODED: Mapping[str, Mapping[str, str]] = {
    "cause": {
        "paid": N_("by its payments"),
        "stated": N_("as the creditor states"),
        "owed_again": N_("a payment was taken back"),
    },
    "difference": DIAL_FINDINGS,
    "finding": FINDINGS,
    "found": CHOICES,
    "item": EVIDENCE,
    "outcome": {**complaints.OUTCOMES, **conduct.OUTCOMES},
    "state_of_item": EVIDENCE_STATES,
}
"""What of it is a code, and the words for it."""
KEYS = (
    "about", "assigned_to", "by_staff", "call", "case_id", "claimed_by", "debtor", "hold", "is", "number", "numbers",
    "person", "persons", "statement", "to", "was",
)  # fmt: skip
"""What of it is never shown: keys of rows, and what is somebody's own."""


def life_of(kind: str) -> Lifecycle | None:
    """The life of the rows of a table, where they have one."""
    name = LIVES.get(kind, kind)
    return lifecycle(name) if name in names() else None


def title(kind: str, lang: str | None = None) -> str:
    """What a row of this table is called."""
    life, speak = life_of(kind), _lang(lang)
    if life is not None:
        return life.title.in_(speak)
    return translate(TITLES.get(kind, kind), speak)


def named(kind: str, subject: int, lang: str | None = None) -> str:
    """It, with the id commands take."""
    letter = LETTERS.get(kind)
    return f"{title(kind, lang)} {letter}{subject}" if letter else title(kind, lang)


def act(kind: str, name: str, led_to: str | None, lang: str | None = None) -> str:
    """What was done, as people call it; an act may be called otherwise by the state it ``led_to``."""
    life, speak = life_of(kind), _lang(lang)
    moves = [move for move in (life.moves if life is not None else ()) if move.act == name]
    meant = [move for move in moves if move.to == led_to] or moves
    return meant[0].title.in_(speak) if meant else translate(ACTS.get(name, name), speak)


def state(kind: str, name: str, lang: str | None = None) -> str:
    """The state it led to, as people call it."""
    life, speak = life_of(kind), _lang(lang)
    for each in life.states if life is not None else ():
        if each.name == name:
            return each.title.in_(speak)
    return translate(STATES.get(name, name), speak)


def told(step: Any, *, veiled: bool) -> Iterator[str]:  # noqa: ANN401 - a row of the table
    """A step in a line, and what was said with it in others."""
    if veiled:
        yield act(step.kind, step.act, None)
        return
    done, now = act(step.kind, step.act, step.state), state(step.kind, step.state)
    yield done if done == now else f"{done}{_colon()}{now}"
    yield from said(step.content or {})


def said(content: Mapping[str, Any]) -> Iterator[str]:
    """What people read of a step's content, each by itself."""
    for key in SAID:
        told = content.get(key)
        if isinstance(told, str) and told:
            yield word(CODED[key], told) if key in CODED else told


def wire(step: Any, *, veiled: bool) -> dict[str, object]:  # noqa: ANN401 - a row of the table
    """A step as JSON has it."""
    letter = LETTERS.get(step.kind)
    of_step: dict[str, object] = {
        "of": step.kind,
        "id": f"{letter}{step.subject}" if letter else None,
        "act": step.act,
        "state": None if veiled else step.state,
    }
    content = {} if veiled else {key: value for key, value in (step.content or {}).items() if key not in KEYS}
    return {**of_step, "content": content}


def _colon() -> str:
    return "：" if current() == "zh_CN" else ": "


def _lang(lang: str | None) -> Lang:
    return "zh_CN" if (lang or current()) == "zh_CN" else "en"
