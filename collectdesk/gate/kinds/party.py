"""Parties: who may be called, for what purpose, and under which conditions."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from collectdesk.gate.decision import Evidence, Releaser
from collectdesk.gate.dial import Person, Purpose, Role
from collectdesk.gate.facts import FOREVER, Facts
from collectdesk.gate.kinds.base import CLOSED, OPEN, Ground, Reason, Rule, State
from collectdesk.gate.lost_contact import LostContact, lost_since

Need: TypeAlias = Literal["authority", "reserved", "alive", "debtor_lost", "debtor_gone"]

RELEASED_BY: dict[str, Releaser | None] = {"authority": "lead", "reserved": "debtor", "alive": "lead", "role": "lead"}


class Admitted(Struct, frozen=True, forbid_unknown_fields=True):
    """One way in: these roles, for these purposes (empty: any), if every need is met.

    *authority* a recorded, running authority with its evidence; *reserved* the debtor left this contact beforehand;
    *alive* nobody has reported the death; *debtor_lost* contact with the debtor is lost; *debtor_gone* the debtor is
    dead or declared without or of limited capacity.
    """

    roles: tuple[Role, ...]
    purposes: tuple[Purpose, ...] = ()
    needs: tuple[Need, ...] = ()


class Parties(Rule, frozen=True, kw_only=True, tag="party"):
    """Only the admitted may be called; somebody unknown to the case may not.

    A person *treated as debtor* passes as one here (caps stay that person's own).
    """

    admit: tuple[Admitted, ...]
    lost: LostContact = LostContact()

    def needs_zone(self, facts: Facts) -> bool:
        """Only where the way in is that contact is lost: its failures are counted by dates."""
        return any("debtor_lost" in way.needs for way in self._ways(facts))

    def state(self, facts: Facts, ground: Ground, at: int) -> State:
        """Open as soon as one way in is."""
        if facts.person is None:
            return CLOSED
        waits = [self._opens(way, facts, ground, at) for way in self._ways(facts)]
        if any(wait == at for wait in waits):
            return self._open_until(facts, at)
        later = [wait for wait in waits if wait is not None]
        return State(open=False, change=min(later, default=None))

    def why(self, facts: Facts, ground: Ground, at: int) -> Reason:
        """The role, the purpose, and what is missing on the nearest way in."""
        if facts.person is None:
            return Reason("party_unknown", "lead", {"role": None, "purpose": facts.purpose})
        role = _role(facts.person)
        evidence: Evidence = {"role": role, "purpose": facts.purpose}
        ways = self._ways(facts)
        if not ways:
            purposes = sorted({each for way in self.admit if role in way.roles for each in way.purposes})
            evidence["purposes"] = purposes
            return Reason("party_purpose" if purposes else "party_role", None if purposes else "lead", evidence)
        lacks = min((self._lacks(way, facts, ground, at) for way in ways), key=len)
        evidence["lacks"] = lacks
        if "debtor_lost" in lacks:
            evidence["trails"] = [
                {"failures": list(trail.failures)} for trail in lost_since(self.lost, facts, ground.clock)[1]
            ]
        code = "party_not_lost" if "debtor_lost" in lacks else f"party_{lacks[0]}"
        return Reason(code, RELEASED_BY.get(lacks[0]), evidence)

    def _ways(self, facts: Facts) -> list[Admitted]:
        role = _role(facts.person)
        return [way for way in self.admit if role in way.roles and (not way.purposes or facts.purpose in way.purposes)]

    def _lacks(self, way: Admitted, facts: Facts, ground: Ground, at: int) -> list[Need]:
        return [need for need in way.needs if self._met_from(need, facts, ground, at) != at]

    def _opens(self, way: Admitted, facts: Facts, ground: Ground, at: int) -> int | None:
        """From when every need of this way is met: ``at`` if now, ``None`` if time alone will not do it."""
        opens = at
        for need in way.needs:
            met = self._met_from(need, facts, ground, at)
            if met is None:
                return None
            opens = max(opens, met)
        return opens

    def _met_from(self, need: Need, facts: Facts, ground: Ground, at: int) -> int | None:
        person = facts.person
        if need == "reserved":
            return at if person is not None and person.reserved else None
        if need == "alive":
            return at if person is not None and person.died_on is None else None
        if need == "authority":
            return _authority_from(person, at)
        if need == "debtor_gone":
            return at if any(_gone(each) for each in facts.persons.values()) else None
        since, _ = lost_since(self.lost, facts, ground.clock)
        return None if since is None else max(at, since)

    def _open_until(self, facts: Facts, at: int) -> State:
        """An agent's way in may end by itself: with the authority."""
        authority = facts.person.authority if facts.person else None
        if authority is None or authority.until is None or authority.until <= at:
            return OPEN
        return State(open=True, change=authority.until)


def _role(person: Person | None) -> str | None:
    if person is None:
        return None
    return "debtor" if person.treated_as_debtor else person.role


def _authority_from(person: Person | None, at: int) -> int | None:
    authority = person.authority if person else None
    if authority is None or not authority.evidence or at >= (authority.until or FOREVER):
        return None
    return max(at, authority.since or at)


def _gone(person: Person) -> bool:
    return person.role == "debtor" and (person.died_on is not None or person.capacity in ("none", "limited"))
