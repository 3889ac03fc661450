"""Parties: who may be called, for what purpose, and under which conditions."""

from typing import Literal, TypeAlias

from msgspec import Struct

from collectdesk.gate.clock import LocalClock
from collectdesk.gate.consent import ConsentTerms, consent_at
from collectdesk.gate.counting import Count
from collectdesk.gate.decision import Evidence, Releaser
from collectdesk.gate.dial import Person
from collectdesk.gate.facts import FOREVER, Facts, role_in
from collectdesk.gate.kinds.base import CLOSED, EVER, NOTHING, OPEN, Ground, LooksBack, Natural, Reason, Rule, State
from collectdesk.gate.known import ADULT, birthday
from collectdesk.gate.lost_contact import LostContact, lost_since
from collectdesk.gate.requests import COMMUNICATIONS, Again, communications, opened_again, reached
from collectdesk.gate.vocabulary import Purpose, Role

Need: TypeAlias = Literal[
    "authority", "reserved", "agreed", "alive",
    "debtor_lost", "debtor_gone", "debtor_dead", "debtor_minor", "debtor_living", "debtor_able", "consent", "room",
]  # fmt: skip
Wanted: TypeAlias = Literal[
    "authority", "reserved", "agreed", "alive", "debtor_lost", "debtor_gone", "debtor_dead", "debtor_minor",
    "debtor_living", "debtor_able",
]  # fmt: skip

RELEASED_BY: dict[str, Releaser | None] = {
    "authority": "lead",
    "reserved": "debtor",
    "agreed": "third_party",
    "alive": "lead",
    "role": "lead",
    "debtor_dead": "lead",
    "debtor_living": "lead",
    "debtor_able": "lead",
    "consent": "debtor",
    "room": "third_party",
}


class Admitted(Struct, frozen=True, forbid_unknown_fields=True):
    """One way in: these roles, for these purposes (empty: any), if every need is met.

    *authority* a recorded, running authority with its evidence; *reserved* the debtor left this contact beforehand;
    *agreed* they have agreed to be contacted; *alive* nobody has reported the death; *debtor_lost* contact with the
    debtor is lost; *debtor_gone* the debtor is dead or declared without or of limited capacity; *debtor_dead* a
    debtor's death is on file; *debtor_minor* the debtor is not of age; *debtor_living* no debtor's death is on file;
    *debtor_able* no debtor is on file as a minor or as declared without or of limited capacity. ``consent``: one of
    these terms is in force (the debtor's own, to somebody else's being contacted). ``most``: so many communications
    with one person ever (``communications`` says what is one); beyond them one more for each thing named in ``again``:
    the person *asked* for it, their *answer* proved *wrong*.
    """

    roles: tuple[Role, ...]
    purposes: tuple[Purpose, ...] = ()
    needs: tuple[Wanted, ...] = ()
    consent: ConsentTerms | None = None
    most: Natural | None = None
    again: tuple[Again, ...] = ()
    communications: tuple[Count, ...] = COMMUNICATIONS


class Parties(Rule, frozen=True, kw_only=True, tag="party"):
    """Only the admitted may be called; somebody unknown to the case may not.

    A person *treated as debtor* passes as one here (caps stay that person's own), but where they are taken
    ``as_they_are``: by a rule that asks whether they are rightly treated so.
    """

    admit: tuple[Admitted, ...]
    as_they_are: bool = False
    lost: LostContact = LostContact()

    @property
    def looks_back(self) -> LooksBack:
        """Contacts matter only where a way to the debtors themselves asks about them."""
        to_debtors = [way for way in self.admit if "debtor" in way.roles]
        asked = any("debtor_lost" in way.needs or way.most is not None for way in to_debtors)
        return EVER if asked else NOTHING

    def needs_zone(self, facts: Facts) -> bool:
        """Only where the way in is one of dates: contact is lost, the debtor's age matters, hours were agreed to."""
        agreed = bool(facts.dial.consents)
        return any(
            bool({"debtor_lost", "debtor_minor", "debtor_able"} & set(way.needs))
            or (agreed and way.consent is not None)
            for way in self._ways(facts)
        )

    def state(self, facts: Facts, ground: Ground, at: int) -> State:
        """Open as soon as one way in is."""
        if facts.person is None:
            return CLOSED
        waits = [(way, self._opens(way, facts, ground, at)) for way in self._ways(facts)]
        using = [way for way, wait in waits if wait == at]
        if using:
            ends = max(self._ends(way, facts, ground.clock, at) for way in using)
            return State(open=True, change=ends) if ends < FOREVER else OPEN
        later = [wait for _, wait in waits if wait is not None]
        return State(open=False, change=min(later, default=None))

    def why(self, facts: Facts, ground: Ground, at: int) -> Reason:
        """The role, the purpose, and what is missing on the nearest way in."""
        if facts.person is None:
            return Reason("party_unknown", "lead", {"role": None, "purpose": facts.purpose})
        role = self._role(facts.person)
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
        if "room" in lacks:
            counted = {each.id: (each, why) for way in ways for each, why in reached(facts, way.communications)}
            evidence["limit"] = max(way.most or 0 for way in ways)
            evidence["counted"] = [{"event": each.id, "at": each.at, "why": why} for each, why in counted.values()]
        code = "party_not_lost" if "debtor_lost" in lacks else f"party_{lacks[0]}"
        return Reason(code, RELEASED_BY.get(lacks[0]), evidence)

    def _ways(self, facts: Facts) -> list[Admitted]:
        role = self._role(facts.person)
        return [way for way in self.admit if role in way.roles and (not way.purposes or facts.purpose in way.purposes)]

    def _role(self, person: Person | None) -> str | None:
        return person.role if person is not None and self.as_they_are else role_in(person)

    def _lacks(self, way: Admitted, facts: Facts, ground: Ground, at: int) -> list[Need]:
        lacks: list[Need] = [need for need in way.needs if self._met_from(need, facts, ground, at) != at]
        if _agreed_from(way, facts, ground.clock, at) != at:
            lacks.append("consent")
        return lacks if self._room_from(way, facts, at) == at else [*lacks, "room"]

    def _opens(self, way: Admitted, facts: Facts, ground: Ground, at: int) -> int | None:
        """From when every need of this way is met: ``at`` if now, ``None`` if time alone will not do it."""
        opens = at
        for met in (
            self._room_from(way, facts, at),
            _agreed_from(way, facts, ground.clock, at),
            *(self._met_from(need, facts, ground, at) for need in way.needs),
        ):
            if met is None:
                return None
            opens = max(opens, met)
        return opens

    def _room_from(self, way: Admitted, facts: Facts, at: int) -> int | None:
        """From when one more communication is open: ``at`` if now, ``None`` if only what somebody does opens it."""
        if way.most is None:
            return at
        past = communications(facts, way.communications)
        if len(past) < way.most:
            return at
        spans = [span for span in opened_again(way.again, facts, past) if at < span[1]]
        return max(at, min(start for start, _ in spans)) if spans else None

    def _met_from(self, need: Wanted, facts: Facts, ground: Ground, at: int) -> int | None:
        person = facts.person
        if need == "reserved":
            return at if person is not None and person.reserved else None
        if need == "agreed":
            return at if person is not None and person.agreed else None
        if need == "debtor_minor":
            return at if _comes_of_age(facts, ground.clock) > at else None
        if need == "alive":
            return at if person is not None and person.died_on is None else None
        if need in ("debtor_dead", "debtor_living"):
            return at if any(map(_dead, facts.persons.values())) is (need == "debtor_dead") else None
        if need == "debtor_able":
            return _able_from(facts, ground.clock, at)
        if need == "authority":
            return _authority_from(person, at)
        if need == "debtor_gone":
            return at if any(_gone(each) for each in facts.persons.values()) else None
        since, _ = lost_since(self.lost, facts, ground.clock)
        return None if since is None else max(at, since)

    def _ends(self, way: Admitted, facts: Facts, clock: LocalClock, at: int) -> int:
        """When this way, open now, ends by itself: with the authority, with the request, when the debtor is of age."""
        ends = [FOREVER]
        authority = facts.person.authority if facts.person else None
        if "authority" in way.needs and authority is not None and authority.until is not None:
            ends.append(authority.until)
        if "debtor_minor" in way.needs:
            ends.append(_comes_of_age(facts, clock))
        if way.consent is not None:
            ends.append(consent_at(way.consent, facts, clock, at)[1] or FOREVER)
        if way.most is not None:
            past = communications(facts, way.communications)
            if len(past) >= way.most:
                spans = opened_again(way.again, facts, past)
                ends.append(max((end for start, end in spans if start <= at < end), default=FOREVER))
        return min(ends)


def _authority_from(person: Person | None, at: int) -> int | None:
    authority = person.authority if person else None
    if authority is None or not authority.evidence or at >= (authority.until or FOREVER):
        return None
    return max(at, authority.since or at)


def _comes_of_age(facts: Facts, clock: LocalClock) -> int:
    """When the last of the debtors not of age will be; long ago where none is known to be a minor."""
    born = [person.born_on for person in facts.persons.values() if person.role == "debtor" and person.born_on]
    return max((clock.start_of(birthday(day, ADULT)) for day in born), default=-FOREVER)


def _able_from(facts: Facts, clock: LocalClock, at: int) -> int | None:
    """From when every debtor on file can act for themselves; time gives nobody their capacity back."""
    return None if any(map(_unable, facts.persons.values())) else max(at, _comes_of_age(facts, clock))


def _agreed_from(way: Admitted, facts: Facts, clock: LocalClock, at: int) -> int | None:
    if way.consent is None:
        return at
    agreed, change = consent_at(way.consent, facts, clock, at)
    return at if agreed else change


def _dead(person: Person) -> bool:
    return person.role == "debtor" and person.died_on is not None


def _unable(person: Person) -> bool:
    return person.role == "debtor" and person.capacity in ("none", "limited")


def _gone(person: Person) -> bool:
    return _dead(person) or _unable(person)
