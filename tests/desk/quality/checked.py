"""A desk with reviewers on it and calls to review, and the acts of a review as a test takes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from collectdesk.desk.adoptable import prepare
from collectdesk.desk.quality import answers, claiming, finishing, sampling
from collectdesk.desk.quality.scorecards import Item, Scorecard
from collectdesk.desk.quality.scoring import levels_of
from collectdesk.desk.shipped import shipped
from collectdesk.errors import Problem
from collectdesk.store.tables import Call, ContactEvent
from tests.desk.call.phone import Phone
from tests.desk.emergencies.danger import Danger
from tests.desk.quality.settings import adopt_quality
from tests.desks import add

CARD: Scorecard = prepare("scorecard", shipped("scorecards/collection.toml"), "collection.toml")[0].value


class Checked(Danger):
    """The desk of ``Danger``: 8000 admin, 8001 lead over 8002, 8003 lead, 8004 officer."""

    def __init__(self, phone: Phone, place: Path) -> None:
        super().__init__(phone, place)
        self.quiet()

    def quiet(self) -> None:
        """Nobody is new, and nothing is reviewed twice by chance: each test says what it needs."""
        self.room.do("quiet", lambda: adopt_quality(self.offices["8000"], second_percent=0))

    def call(self, given: Mapping[str, str] | None = None) -> str:
        """The collector makes a call from end to end; its id."""
        self.phone.dial()
        self.phone.go(given=given)
        return f"c{self.phone.one('SELECT max(id) FROM call')}"

    def called(self, at: int, **more: Any) -> int:
        """A call of the collector's as it stands on the desk, connected at ``at``; its key."""
        small = self.room.small
        facts: dict[str, Any] = {"direction": "out", "driver": "terminal", "step": "ended", "state": {}}
        facts |= {"collector": small.collector, "started_at": at - 20, "connected_at": at, "ended_at": at + 100, **more}
        with self.room.office.writer.begin() as connection:
            event = add(
                connection, ContactEvent, at=at, recorded_at=at, kind="call", direction="out", debtor=small.debtor,
                channel="voice", line="answered",
            )  # fmt: skip
            return add(connection, Call, case_id=small.case, event=event, **facts)

    def reviewed(self, name: str, who: str = "8003", **levels: str) -> str:
        """Somebody claims it, scores each item in full but for ``levels``, and finishes; the state it led to."""
        office = self.offices[who]
        claiming.claim(office, name)
        self.scored(name, who, **levels)
        return finishing.finish(office, name)

    def scored(self, name: str, who: str = "8003", **levels: str) -> None:
        """Score every item."""
        for item, asked in CARD.by_name.items():
            able = levels_of(CARD, item)
            level = levels.get(item, able[0])
            reason = asked.reasons[0].code if level in ("part", "none") and isinstance(asked, Item) else ""
            note = "02:15" if level == "found" else ""
            answers.give(self.offices[who], name, item, level, reason, note)

    def drawn(self) -> list[sampling.Drawn]:
        """The admin draws."""
        return sampling.draw(self.offices["8000"])


def refusal(do: Callable[[], object]) -> str | None:
    """Why it was refused, if it was."""
    try:
        do()
    except Problem as problem:
        return problem.code
    return None
