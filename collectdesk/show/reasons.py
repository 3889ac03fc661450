"""Why the gate refuses or warns, in a sentence: the ``message`` of the decision's JSON and the text of a
verdict.

Works on the decision as plain JSON (``Decision.to_wire()``, or one read back from the record), so an old
verdict reads as it did. Nothing here loads a table library.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Protocol

from collectdesk.errors import N_
from collectdesk.show import words
from collectdesk.show.dates import clock, dated_moment, span
from collectdesk.show.factwords import fact
from collectdesk.show.hourwords import calendar_missing, calendar_unconfirmed, day_closed, hours_closed, zone_unknown
from collectdesk.show.said import Said, Wire, instant, window_of
from collectdesk.show.said import tell as _t
from collectdesk.show.words import listed, word

NOT_AGREED_TO = N_("The debtor has not agreed that this person be contacted: {role}")


class Decided(Protocol):
    """A decision that can be written as JSON."""

    def to_wire(self) -> dict[str, Any]:
        """As plain JSON."""


def wire_of(decision: Decided | Wire) -> Wire:
    """The decision as plain JSON."""
    return decision if isinstance(decision, Mapping) else decision.to_wire()


def with_messages(decision: Decided | Wire, lang: str | None = None) -> dict[str, Any]:
    """The decision as plain JSON, each block and warning with its sentence."""
    wire = wire_of(decision)
    return {
        **wire,
        "blocks": [{**block, "message": message_for(block, lang)} for block in wire["blocks"]],
        "warnings": [{**block, "message": message_for(block, lang)} for block in wire["warnings"]],
    }


def message_for(block: Wire, lang: str | None = None) -> str:
    """One block or warning of a decision in one sentence."""
    said = say(block, lang)
    if said.figure:
        return _t(N_("{sentence} ({figure})."), lang, sentence=said.text, figure=said.figure)
    return _t(N_("{sentence}."), lang, sentence=said.text)


def say(block: Wire, lang: str | None = None) -> Said:
    """One block or warning in few words, and its figure."""
    teller = _TELLERS.get(str(block["code"]))
    if teller is None:
        return Said(_t(N_("The rule {rule} does not allow it"), lang, rule=block["rule"]))
    return teller(block, dict(block.get("evidence") or {}), lang)


def _cap(_block: Wire, evidence: Wire, lang: str | None) -> Said:
    measures = list(evidence.get("measures") or ["dial"])
    if "touch" in measures:  # contacts of any kind: the others are among them
        measures = ["touch"]
    what = listed([word(words.MEASURES, measure, lang) for measure in measures], lang)
    if "number" in (evidence.get("per") or ()):
        what = _t(N_("{what} to this number"), lang, what=what)
    used, limit = len(evidence.get("counted") or ()), evidence.get("limit")
    text = _t(N_("Limit reached: {what}, {window}"), lang, what=what, window=window_of(evidence, lang))
    if evidence.get("unknown_others_cost"):
        text += _t(N_("; one part kept back for calls nobody told us of"), lang)
    return Said(text, f"{used}/{limit}")


def _pause(after: str) -> Callable[[Wire, Wire, str | None], Said]:
    def said(_block: Wire, evidence: Wire, lang: str | None) -> Said:
        minutes, dates = evidence.get("minutes"), evidence.get("dates")
        length = span(timedelta(minutes=minutes), lang) if minutes else _t(N_("{days} dates"), lang, days=dates)
        left = evidence.get("left_s")
        figure = _t(N_("{span} left"), lang, span=span(timedelta(seconds=left), lang)) if left else ""
        return Said(_t(after, lang, span=length), figure)

    return said


def _permit(_block: Wire, evidence: Wire, lang: str | None) -> Said:
    ends = [instant(permit.get("until")) for permit in evidence.get("permits") or ()]
    known = [end for end in ends if end is not None]
    figure = _t(N_("until {time}"), lang, time=clock(max(known))) if known else ""
    return Said(_t(N_("Somebody holds a permit for this person now"), lang), figure)


def _hold(_block: Wire, evidence: Wire, lang: str | None) -> Said:
    holds = evidence.get("holds") or ()
    kinds = listed(dict.fromkeys(word(words.HOLDS, hold.get("kind") or "other", lang) for hold in holds), lang)
    ends = [instant(hold.get("until")) for hold in holds]
    figure = ""
    if ends and all(ends):
        figure = _t(N_("until {time}"), lang, time=dated_moment(max(end for end in ends if end), lang))
    said = {"kinds": kinds or word(words.HOLDS, "other", lang)}
    if not holds or not all(hold.get("on") for hold in holds):
        return Said(_t(N_("On hold: {kinds}"), lang, **said), figure)
    on = dict.fromkeys(word(words.ROLES, role or "other", lang) for hold in holds for role in hold["on"])
    return Said(_t(N_("On hold, entered for the {roles}: {kinds}"), lang, roles=listed(on, lang), **said), figure)


def _party(message: str) -> Callable[[Wire, Wire, str | None], Said]:
    def said(_block: Wire, evidence: Wire, lang: str | None) -> Said:
        role = word(words.ROLES, evidence.get("role") or "other", lang)
        purpose = word(words.PURPOSES, evidence.get("purpose") or "collect", lang)
        return Said(_t(message, lang, role=role, purpose=purpose))

    return said


def _plain(message: str) -> Callable[[Wire, Wire, str | None], Said]:
    def said(_block: Wire, _evidence: Wire, lang: str | None) -> Said:
        return Said(_t(message, lang))

    return said


def _designated(message: str, bare: str) -> Callable[[Wire, Wire, str | None], Said]:
    """A person's own wish; ``bare`` where nothing is known of what it names."""

    def said(_block: Wire, evidence: Wire, lang: str | None) -> Said:
        named = listed((word(words.NAMED, each, lang) for each in evidence.get("named") or ()), lang)
        return Said(_t(message, lang, named=named) if named else _t(bare, lang))

    return said


def _wait(_block: Wire, evidence: Wire, lang: str | None) -> Said:
    days = evidence.get("days")
    unit = (
        N_("Less than {days} working days since the notice")
        if evidence.get("business")
        else N_("Less than {days} days since the notice")
    )
    opened = [instant(part.get("opens")) for part in evidence.get("parts") or ()]
    latest = max((at for at in opened if at is not None), default=None)
    figure = _t(N_("until {time}"), lang, time=dated_moment(latest, lang)) if latest else ""
    return Said(_t(unit, lang, days=days if days is not None else "?"), figure)


def _notice_missing(_block: Wire, evidence: Wire, lang: str | None) -> Said:
    names = [word(words.FACTS, f"notice.{kind}", lang) for kind in evidence.get("notices") or ()]
    return Said(_t(N_("The notice before the first contact has not been sent"), lang), listed(names, lang))


def _room(_block: Wire, evidence: Wire, lang: str | None) -> Said:
    role = word(words.ROLES, evidence.get("role") or "other", lang)
    text = _t(N_("This person was contacted as often as is allowed, ever: {role}"), lang, role=role)
    if evidence.get("limit") is None:
        return Said(text)
    return Said(text, f"{len(evidence.get('counted') or ())}/{evidence['limit']}")


def _consent(block: Wire, evidence: Wire, lang: str | None) -> Said:
    """To what nobody agreed, or to whose being contacted."""
    if evidence.get("role") is not None:
        return _party(NOT_AGREED_TO)(block, evidence, lang)
    opens = word(words.OPENS, evidence.get("opens", "?"), lang)
    return Said(_t(N_("Nobody has agreed to this: {opens}"), lang, opens=opens))


def _closed_by_then(block: Wire, evidence: Wire, lang: str | None) -> Said:
    by = instant(evidence.get("by"))
    when = dated_moment(by, lang) if by else "?"
    then = say({**block, "code": evidence.get("because")}, lang).text
    return Said(_t(N_("By {time} another reason stands"), lang, time=when), then)


def _never(_block: Wire, evidence: Wire, lang: str | None) -> Said:
    channel = word(words.CHANNELS, evidence.get("channel") or "voice", lang)
    return Said(_t(N_("Contacts of this sort are not allowed at all: {channel}"), lang, channel=channel))


def _channel_other(_block: Wire, evidence: Wire, lang: str | None) -> Said:
    used = listed((word(words.CHANNELS, each, lang) for each in evidence.get("channels") or ()), lang)
    return Said(
        _t(N_("Another channel was used, {window}: {channels}"), lang, window=window_of(evidence, lang), channels=used)
    )


def _rebuttal(_block: Wire, evidence: Wire, lang: str | None) -> Said:
    purpose = word(words.PURPOSES, evidence.get("purpose") or "collect", lang)
    text = _t(
        N_("This purpose speaks against a violation, yet does not open the rule: {purpose}"), lang, purpose=purpose
    )
    return Said(text)


def _undetermined(_block: Wire, evidence: Wire, lang: str | None) -> Said:
    text = str(evidence.get("text") or "").rstrip(".。")
    if not text:
        return Said(_t(N_("The text leaves this open; the stricter reading is taken"), lang))
    return Said(_t(N_("The text leaves this open; the stricter reading is taken: {text}"), lang, text=text))


_TELLERS: dict[str, Callable[[Wire, Wire, str | None], Said]] = {
    "hours_closed": hours_closed,
    "day_closed": day_closed,
    "calendar_missing": calendar_missing,
    "calendar_unconfirmed": calendar_unconfirmed,
    "cap_full": _cap,
    "gap_short": _pause(N_("Less than {span} since the last dial")),
    "rest_short": _pause(N_("Less than {span} since the last talk")),
    "permit_live": _permit,
    "call_unresolved": _plain(N_("Your last call is not resolved yet")),
    "designation_barred": _designated(N_("They barred {named}"), N_("They asked not to be contacted")),
    "designation_only": _designated(
        N_("They asked for others than {named}"), N_("They asked to be contacted otherwise only")
    ),
    "designation_beyond": _plain(N_("They asked for more than they may bar; this part does not bind")),
    "hold": _hold,
    "hold_spent": _plain(N_("A pause was asked for again for the same cause; it does not bind a second time")),
    "notice_wait": _wait,
    "notice_missing": _notice_missing,
    "notice_stops": _plain(N_("They sent a notice that ends contact about this debt")),
    "party_unknown": _plain(N_("Nobody on file has this number")),
    "party_role": _party(N_("This party may not be called: {role}")),
    "party_purpose": _party(N_("This party may not be called for this purpose: {role}, {purpose}")),
    "party_not_lost": _party(N_("Contact with the debtor is not lost; the {role} may not be called yet")),
    "party_authority": _party(N_("No authority in force is recorded: {role}")),
    "party_reserved": _party(N_("The debtor did not name this person beforehand: {role}")),
    "party_agreed": _party(N_("They have not agreed to be contacted: {role}")),
    "party_debtor_minor": _party(N_("The debtor is of age; the {role} may not be contacted in their place")),
    "party_room": _room,
    "party_alive": _party(N_("The person is recorded as deceased: {role}")),
    "party_debtor_living": _party(
        N_("The debtor is dead; only who answers for the debt or the estate may be contacted: {role}")
    ),
    "party_debtor_able": _party(
        N_("The debtor is a minor, or without full capacity; nothing is collected from who acts for them: {role}")
    ),
    "party_consent": _party(NOT_AGREED_TO),
    "party_debtor_dead": _party(N_("No death of the debtor is on file; nobody acts for an estate: {role}")),
    "party_debtor_gone": _party(N_("The debtor is able to act; nobody stands in their place: {role}")),
    "fact_missing": fact(N_("Missing: {fact}")),
    "fact_unknown": fact(N_("Not known: {fact}")),
    "fact_stale": fact(N_("Too old: {fact}")),
    "fact_not_allowed": fact(N_("Does not pass: {fact}")),
    "history_incomplete": _plain(N_("The call history is not complete")),
    "zone_unknown": zone_unknown,
    "consent_missing": _consent,
    "closed_by_then": _closed_by_then,
    "undetermined": _undetermined,
    "never": _never,
    "channel_other": _channel_other,
    "rebuttal": _rebuttal,
}

CODES = tuple(_TELLERS)
"""The codes that have a sentence of their own; any other is told by its rule's name."""
