"""What a rule engine must be told beforehand, counted from the raw facts by the plainest Python.

None of the engines counts calls, knows a local day or a calendar; they compare what is counted here. This is written
as anybody would write it for one country and these nine rules, and is no part of collectdesk: it gives no reasons, no
evidence and no next instant.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from benchmarks.dials import ZONE

Counted = dict[str, Any]
RULES = {
    "hours": "minute < 540 or minute >= 1190",
    "holidays": "holiday",
    "dials-per-day": "dials >= 4",
    "talks-per-day": "talks >= 2",
    "dials-per-number": "to_number >= 3",
    "gap-after-dial": "unanswered_ago < 1800",
    "rest-after-talk": "talk_ago < 14400",
    "holds": "held",
    "represented": "counsel",
}
"""The house's rules on when and how often, and its holds: when each objects, over what is counted below."""
LONG_AGO = 1 << 30  # durable_rules counts in 32 bits
VOICE = ("voice", "voice_notice")
NOBODY = frozenset((
    "no_answer", "rejected", "busy", "switched_off", "unreachable", "suspended", "void_number", "voicemail",
    "voicemail_full", "ringless", "carrier_blocked", "network_failed", "not_dialled",
))  # fmt: skip


class Counter:
    """Counts by the house's holds and a calendar's closed dates."""

    def __init__(self, holds: Mapping[str, Mapping[str, list[str]]], holidays: frozenset[str]) -> None:
        """``holds``: for the rules on holds, the kinds and the purposes each lets through; ``holidays``: ISO dates."""
        self.held = holds["holds"]
        self.represented = holds["represented"]
        self.holidays = holidays

    def count(self, facts: Mapping[str, Any]) -> Counted:
        """The figures the rules compare: the calls that may count once, then a line for each figure."""
        now = datetime.fromisoformat(facts["at"]).astimezone(ZONE)
        today = now.date()
        person, number, own = facts["dial"]["person"], facts["dial"]["number"], facts["own_org"]["id"]
        calls = [
            (event, at)
            for event in facts["events"]
            if event["direction"] == "out" and event["org"] == own and event["channel"] in VOICE
            if (at := datetime.fromisoformat(event["at"]).astimezone(ZONE)) <= now
        ]
        to_person = [(event, at) for event, at in calls if event["person"] == person]
        talks = [at for event, at in calls if self._talk(event, person)]
        unanswered = [at for event, at in to_person if event["line"] in NOBODY or event.get("answered_by") != person]
        holds = facts.get("holds", ())
        return {
            "minute": 60 * now.hour + now.minute,
            "holiday": today.isoformat() in self.holidays,
            "dials": sum(at.date() == today for _, at in to_person),
            "talks": sum(at.date() == today for at in talks),
            "to_number": sum(at.date() == today and event["number"] == number for event, at in calls),
            "unanswered_ago": int((now - max(unanswered)).total_seconds()) if unanswered else LONG_AGO,
            "talk_ago": int((now - max(talks)).total_seconds()) if talks else LONG_AGO,
            "held": any(self._stops(hold, self.held, facts, now) for hold in holds),
            "counsel": any(self._stops(hold, self.represented, facts, now) for hold in holds),
        }

    def _talk(self, event: Mapping[str, Any], person: str) -> bool:
        """Whether this person answered, as far as anybody knows who did."""
        by = event.get("answered_by")
        return event["line"] not in NOBODY and (by == person or (by is None and event["person"] == person))

    def _stops(
        self, hold: Mapping[str, Any], kinds: Mapping[str, list[str]], facts: Mapping[str, Any], now: datetime
    ) -> bool:
        kind, debts, ends = hold["kind"], hold["debts"], hold.get("until")
        return (
            kind in kinds
            and facts["dial"]["purpose"] not in kinds[kind]
            and (not debts or any(debt in debts for debt in facts["dial"]["debts"]))
            and datetime.fromisoformat(hold["received_at"]) <= now
            and (ends is None or now < datetime.fromisoformat(ends))
        )
