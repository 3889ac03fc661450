"""The disclosure lock (告知锁): who is listening, as far as *this* call established it, and what they may hear.

Every line of every step is rendered here and nowhere else. The hearer follows from the recorded answers alone, so no
driver can ask for more; policy articles 5.1, 5.2 and 9.2.
"""

from __future__ import annotations

from collections.abc import Mapping

from collectdesk.desk.call import identity_result
from collectdesk.desk.call.casefile import AGENTS, OBLIGORS
from collectdesk.desk.call.question import Said
from collectdesk.desk.call.state import Call
from collectdesk.desk.call.variables import of_case
from collectdesk.desk.scripts import Hearer

KNOWING = ("debtor", "agent", "obligor")
"""Hearers with whom the debt itself may be talked over."""


def hearer(call: Call) -> Hearer:
    """Who is on the line: ``anyone`` until identity, or relation and basis, are recorded on this call.

    On a call for somebody's safety it stays ``anyone`` whoever speaks: no line about the debt is for them then.
    """
    if not call.connected or call.protects:
        return "anyone"
    party = call.party_kind
    if party == "third_party":
        return _stranger(call)
    if party is None or identity_result.identity(call) != "verified":
        return "anyone"
    return _role(call, party)


def _stranger(call: Call) -> Hearer:
    """Relation *and* basis are recorded before a third party hears how to pay; the debt itself they never hear."""
    basis = call.word("party", "basis")
    if call.given("party", "relation") is None or basis is None:
        return "anyone"
    if call.word("party", "message") == "offers_to_pay":
        return "payer"
    return "payer" if call.library.code("basis", basis).hearer == "payer" else "anyone"


def _role(call: Call, party: str) -> Hearer:
    if party == "debtor":
        return "debtor"
    person = identity_result.speaker(call)
    if person is None:
        return "anyone"
    if party == "agent" and person.role in AGENTS and person.authorised(call.now):
        return "agent"
    return "obligor" if party == "obligor" and person.role in OBLIGORS else "anyone"


class Voice:
    """The lines of a call as they are to be said to whoever is listening now."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._known = of_case(call)
        self.listening = hearer(call)

    def say(self, line: str, more: Mapping[str, str] | None = None) -> Said:
        """One line; raises as ``say`` does."""
        variables = {**self._known, **(more or {})}
        text = self._call.library.render(line, hearer=self.listening, variables=variables, call=self._call)
        return Said(line, text, self.listening)

    def lines(self, step: str) -> tuple[str, ...]:
        """The lines of a script step that they may hear, in the script's order."""
        return self._call.library.lines(step, self.listening, self._call.language)

    def knows(self, line: str, more: Mapping[str, str]) -> bool:
        """Whether all that a line needs is known."""
        return self._call.library.needs(line, self._call) <= self._known.keys() | more.keys()


def say(call: Call, line: str, more: Mapping[str, str] | None = None) -> Said:
    """A line as it is to be said to whoever is listening.

    Raises:
        NotPermitted: it is not for them.
        BadData: something it needs is not known.
        NotFound: there is no such line.
    """
    return Voice(call).say(line, more)


def say_all(
    call: Call, step: str, more: Mapping[str, str] | None = None, only: tuple[str, ...] = ()
) -> tuple[Said, ...]:
    """The lines of a script step that whoever listens may hear, in the script's order; ``only`` those named."""
    voice = Voice(call)
    return tuple(voice.say(line, more) for line in voice.lines(step) if not only or line in only)


def say_known(call: Call, step: str, more: Mapping[str, str] | None = None) -> tuple[Said, ...]:
    """Those lines of a step that can be said whole: a line with something unknown in it is left out."""
    voice, told = Voice(call), more or {}
    return tuple(voice.say(line, told) for line in voice.lines(step) if voice.knows(line, told))
