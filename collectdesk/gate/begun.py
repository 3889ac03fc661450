"""What the person called began: the contact of theirs that this one answers, or on which it goes on."""

from collectdesk.gate.dial import Event
from collectdesk.gate.facts import Facts
from collectdesk.gate.vocabulary import Channel


def begun_by_them(facts: Facts, *, same_medium: bool = True, same_number: bool = True) -> Event | None:
    """The contact the person called began and this one names: as answered, or else as the call it goes on in.

    ``same_medium`` and ``same_number``: only if this one goes through what they used, a call to the number they used.
    """
    named = facts.attempt.reply_to or facts.attempt.in_call
    event = facts.event_named(named)
    if event is None or event.direction != "in" or not with_us(event, facts):
        return None
    if event.person is None or event.person != facts.attempt.person:
        return None
    if same_medium and _medium(event) != facts.channel:
        return None
    called = facts.attempt.number if facts.channel in ("voice", "voice_notice") else None
    return None if same_number and called is not None and event.number != called else event


def with_us(event: Event, facts: Facts) -> bool:
    """Whether it was with the organisation that now calls: what they began with another is not ours to answer."""
    return with_org(event, facts.own_org)


def with_org(event: Event, org: str | None) -> bool:
    """Whether it was with ``org``; where nobody says with whom it was, whoever names it as answered is believed."""
    return None in (event.org, org) or event.org == org


def goes_on(facts: Facts) -> bool:
    """Whether the contact is no new one, but goes on in a call of theirs that still runs."""
    if facts.attempt.reply_to is not None or facts.attempt.in_call is None:
        return False
    event = begun_by_them(facts)
    return event is not None and still_running(event, facts)


def still_running(event: Event, facts: Facts) -> bool:
    """A call runs until something on file says that it is over: its length, its end, or a later contact."""
    if event.duration_s is not None or event.ended_by not in (None, "unknown"):
        return False
    return not any(each.at > event.at and each.person in (None, event.person) for each in facts.events)


def _medium(event: Event) -> Channel | None:
    """Through what it came; a call without more is a voice call."""
    return event.channel or ("voice" if event.kind == "call" else None)
