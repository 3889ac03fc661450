"""Lost contact (失联): when the debtor counts as not to be reached, so that a contact person may be asked.

Read from the calls themselves, never from a label: every own mobile of the debtor must have failed, and the state
ends the moment the debtor is reached. Where a text leaves open whether a result is a failure (a rejected call, one
another person took, an unknown result), it is not counted as one and breaks the run; where nobody says who answered,
it was the debtor; a call to them of which nobody says to what number, and a notice by voice, may break a run and never
make one; a number of which nobody says whose it is must have failed too, and alone loses nobody; what may have come
from the debtor, and a visit of which nobody says that they were not met, reached them: the stricter side.
"""

from msgspec import Struct

from collectdesk.gate.clock import LocalClock
from collectdesk.gate.counting import NOBODY
from collectdesk.gate.dial import Event, Number
from collectdesk.gate.facts import FOREVER, Facts

FAILED = frozenset((
    "no_answer", "busy", "switched_off", "unreachable", "suspended", "void_number", "voicemail", "voicemail_full",
))  # fmt: skip
OURS = frozenset(("not_dialled", "carrier_blocked", "network_failed", "ringless"))
"""Results that say nothing about the debtor: the call never got to them through no doing of theirs."""

VOID = frozenset(("void_number", "suspended"))
DIALLING = VOID | OURS | {"switched_off", "unreachable"}
"""Results that only who dials can meet: a call of these was not the debtor's own, though nobody says whose it was."""


class LostContact(Struct, frozen=True, forbid_unknown_fields=True):
    """When contact counts as lost.

    ``failed_calls`` consecutive failed calls to a number: lost from the next local date. ``failed_days`` consecutive
    local dates with a failed call and none that succeeded: lost at once. ``invalid``: a dead number (空号, 停机) is
    lost at once. ``spacing_minutes``: calls nearer than this to the last counted one do not count.
    """

    failed_calls: int = 3
    failed_days: int = 3
    invalid: bool = True
    spacing_minutes: int = 0


class Trail(Struct, frozen=True):
    """One number's run of failures, for the evidence; ``number`` is its public id."""

    number_index: int
    lost_since: int | None
    failures: tuple[str, ...]
    number: str = ""


def lost_since(terms: LostContact, facts: Facts, clock: LocalClock) -> tuple[int | None, list[Trail]]:
    """From which instant contact with the debtor is lost (``None``: it is not), and each number's trail."""
    debtors = {person.id for person in facts.persons.values() if person.role == "debtor"}
    mobiles = [
        number
        for number in facts.dial.numbers or ()
        if (number.person is None or number.person in debtors)
        and number.class_ in ("mobile", "unknown", None)
        and number.status != "wrong"
    ]
    reached = last_reached(facts)
    trails = [
        _trail(index, number, _heard_of(number, facts, debtors), terms, clock, reached)
        for index, number in enumerate(mobiles)
    ]
    since = [trail.lost_since for trail in trails]
    known = [each for each in since if each is not None]
    theirs = any(number.person in debtors for number in mobiles)
    return (max(known) if theirs and known and len(known) == len(since) else None), trails


def last_reached(facts: Facts) -> int:
    """When the debtor was last spoken to or wrote, ``-FOREVER`` if never; a reached debtor is not lost."""
    debtors = {person.id for person in facts.persons.values() if person.role == "debtor"}
    return max((event.at for event in facts.events if _reaches(event, debtors)), default=-FOREVER)


def _reaches(event: Event, debtors: set[str]) -> bool:
    """Whether the debtor was on the line, or may have been: somebody answered a call to them and nobody says who."""
    theirs = event.person is None or event.person in debtors
    if not _placed(event):
        return theirs or event.answered_by in debtors
    if event.answered_by is not None:
        return event.line not in NOBODY and event.answered_by in debtors
    if "visit" in (event.kind, event.channel):
        return theirs and event.talk != "none"
    return theirs and event.line not in NOBODY and _spoken(event)


def _heard_of(number: Number, facts: Facts, debtors: set[str]) -> list[Event]:
    """The calls that tell something of the number, and those to the debtor of which nobody says to what number."""
    return [
        event
        for event in facts.events
        if reached_line(event)
        and (event.number == number.number or (event.number is None and event.person in (None, *debtors)))
    ]


def _trail(
    index: int, number: Number, calls: list[Event], terms: LostContact, clock: LocalClock, reached: int
) -> Trail:
    run = _failures(calls, reached, terms.spacing_minutes)
    names = tuple(event.id for event in run)
    instants = [_dead_since(number, calls, reached)] if terms.invalid else []
    instants += [_after_calls(run, terms, clock), _after_days(run, terms, clock)]
    return Trail(index, min((each for each in instants if each is not None), default=None), names, number.number)


def _shows(event: Event) -> bool:
    """Whether a failure of the call speaks against the number: it was dialled, and by somebody who would speak."""
    return event.number is not None and _placed(event) and event.channel != "voice_notice"


def _placed(event: Event) -> bool:
    """Whether it went out to them; where its direction is not told, as far as its result shows."""
    return event.direction == "out" or (event.direction is None and event.line in DIALLING)


def _spoken(event: Event) -> bool:
    return reached_line(event) and event.channel != "voice_notice"


def reached_line(event: Event) -> bool:
    """Whether the event is a call placed to a line that tells something of that line."""
    return (
        event.kind in ("call", None)
        and event.direction in ("out", None)
        and event.channel in ("voice", "voice_notice", None)
        and event.line not in OURS
    )


def _failures(calls: list[Event], reached: int, spacing: int) -> list[Event]:
    """The unbroken run of failed calls up to now, oldest first."""
    run: list[Event] = []
    for event in calls:
        if event.line not in FAILED:
            run.clear()
        elif _shows(event) and event.at > reached and (not run or event.at - run[-1].at >= 60 * spacing):
            run.append(event)
    return run


def _dead_since(number: Number, calls: list[Event], reached: int) -> int | None:
    if number.status == "invalid":
        found = number.status_at if number.status_at is not None else -FOREVER
        return found if reached == -FOREVER or found > reached else None
    for event in reversed(calls):
        if event.line not in VOID or event.at <= max(reached, _cleared(number)):
            return None
        if _shows(event):
            return event.at
    return None


def _cleared(number: Number) -> int:
    """When the number was last found to work: a dead tone before that says nothing any more."""
    return number.status_at if number.status == "ok" and number.status_at is not None else -FOREVER


def _after_calls(run: list[Event], terms: LostContact, clock: LocalClock) -> int | None:
    if len(run) < terms.failed_calls:
        return None
    return clock.start_of(clock.day(run[terms.failed_calls - 1].at) + 1)


def _after_days(run: list[Event], terms: LostContact, clock: LocalClock) -> int | None:
    """The call that completes the first stretch of so many consecutive dates."""
    streak, last = 0, None
    for event in run:
        day = clock.day(event.at)
        if day == last:
            continue
        streak = streak + 1 if last is not None and day == last + 1 else 1
        last = day
        if streak >= terms.failed_days:
            return event.at
    return None
