"""Where a call stands: its row and its answers, from which everything else follows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from collectdesk.desk.call.casefile import CaseFile, Party
from collectdesk.desk.call.question import Plain

if TYPE_CHECKING:
    from collectdesk.desk.call.hooks import Hooks
    from collectdesk.desk.call.library import Library
    from collectdesk.desk.codes import Field


PROTECTING = ("safety", "prevent_harm")
"""Purposes for which the gate lets a call pass that no debt may be spoken of on."""


class Answer(Struct, frozen=True):
    """One committed answer; ``value`` is what was recorded, which for identity is never what was typed."""

    seq: int
    step: str
    field: str
    value: Plain
    at: int


class Collector(Struct, frozen=True):
    """Who is on the telephone for us."""

    id: int
    number: str
    name: str
    superior: int | None = None


class Granted(Struct, frozen=True):
    """The permit of this call as it stands."""

    id: int
    state: str
    expires_at: int
    allowed_until: int | None


class Call(Struct, frozen=True, kw_only=True):
    """A call as it stands at ``now``; answers up to ``floor`` are fixed."""

    id: int
    case: CaseFile
    library: Library
    collector: Collector
    direction: str
    driver: str
    language: str
    person: int
    number: int | None
    purpose: str
    started_at: int
    connected_at: int | None
    ended_at: int | None
    allowed_until: int | None
    now: int
    answers: tuple[Answer, ...] = ()
    prepared: Mapping[str, Plain] = {}
    permit: Granted | None = None
    permit_tries: int = 0
    floor: int = 0
    practice: bool = False
    hooks: Hooks

    @property
    def party_kind(self) -> str | None:
        """Who answered, by what their code does: debtor, agent, obligor, third_party, not_said or wrong_number."""
        code = self.word("party", "party")
        return None if code is None else self.library.party_kind(code)

    @property
    def said(self) -> dict[Field, str]:
        """The coded answers so far, by the field of the adopted codes."""
        fields: tuple[tuple[Field, str | None], ...] = (
            ("line", self.line),
            ("party", self.word("party", "party")),
            ("relation", self.word("party", "relation")),
            ("basis", self.word("party", "basis")),
            ("identity", identity_code(self)),
            ("result", result_code(self)),
            ("cause", self.word("discussion", "cause")),
            ("ability", self.word("discussion", "ability")),
        )
        return {field: code for field, code in fields if code is not None}

    def given(self, step: str, field: str) -> Plain:
        """The answer that counts, none when there is none or it was taken back."""
        return next((a.value for a in reversed(self.answers) if a.step == step and a.field == field), None)

    def word(self, step: str, field: str) -> str | None:
        """The same where it is a code or text."""
        value = self.given(step, field)
        return value if isinstance(value, str) else None

    def every(self, step: str, field: str) -> tuple[Plain, ...]:
        """Each answer ever given to a field, in order."""
        return tuple(a.value for a in self.answers if a.step == step and a.field == field)

    @property
    def inbound(self) -> bool:
        """Whether they called us."""
        return self.direction == "in"

    @property
    def protects(self) -> bool:
        """Whether the call is for somebody's safety (article 12): then nothing about the debt belongs on it."""
        return self.purpose in PROTECTING

    @property
    def called(self) -> Party:
        """Whom the call is meant for."""
        return self.case.party(self.person) or self.case.debtor

    @property
    def line(self) -> str | None:
        """How the line ended, ``answered`` while somebody is there."""
        return "answered" if self.inbound else self.word("line", "line")

    @property
    def connected(self) -> bool:
        """Whether somebody answered."""
        return self.line == "answered"


def result_code(call: Call) -> str | None:
    """The outcome as answered, or the one that a third person's answer stands for."""
    from collectdesk.desk.call import third_party

    return call.word("result", "outcome") or third_party.outcome(call)


def identity_code(call: Call) -> str | None:
    """The contract's word for identity, once somebody answered."""
    from collectdesk.desk.call.identity_result import ASKED_OF, identity

    if call.party_kind is None:
        return None
    return (identity(call) or "not_asked") if call.party_kind in ASKED_OF else "not_asked"
