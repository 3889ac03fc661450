"""How a test makes a call: answers by field, what is not named is answered as a willing debtor would have it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any

import pytest
from sqlalchemy import text

from collectdesk.desk import adoptable, adoption
from collectdesk.desk.call import beginning, engine
from collectdesk.desk.call.prompt import Prompt
from collectdesk.desk.call.question import Question
from collectdesk.desk.call.simulated import PERSONAS, reply
from collectdesk.desk.office import Member, Office
from collectdesk.store.engine import Store
from tests.desk.rooms import Room, furnish

WILLING = PERSONAS["cooperative"]
both = pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
"""The same test on a file and on a server; the fixture ``phone`` is on either."""
SECONDS = 5
"""How long an answer takes on the test's clock."""


def furnished(store: Store) -> Room:
    """The small desk with everything adopted, not only the rules."""
    room = furnish(store)
    admin = Member(room.small.admin, "8000", "赵 管", "admin")
    at = room.hands.at
    with store.writer.begin() as connection:
        for kind, path, content in adoptable.shipped_texts():
            if kind not in ("rulebook", "calendar"):
                adoption.adopt(connection, kind, content, by=admin, at=at, effective_from=at, file=path)
    return room


class Phone:
    """One collector's telephone; ``prompt`` is where the call stands."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.office: Office = room.office
        self.prompt: Prompt

    def _do(self, what: tuple[Hashable, ...], really: Callable[[], Prompt]) -> Prompt:
        kept = "emergency" not in (*what, self.prompt.step if hasattr(self, "prompt") else "")
        # An alert leaves the desk: there it is not enough to put the desk's file in its place.
        self.prompt = self.room.do(what, really, by=self.office) if kept else really()
        return self.prompt

    def dial(self, **options: Any) -> Prompt:
        """Begin a call to the small desk's case."""
        code, clocks = self.room.small.code, self.room.hands.both
        what: tuple[Hashable, ...] = "dial", tuple(sorted(options.items()))
        return self._do(what, lambda: beginning.start(self.office, code, clocks=clocks, **options))

    def ring(self, **options: Any) -> Prompt:
        """The debtor calls."""
        code = self.room.small.code
        return self._do(
            ("ring", tuple(sorted(options.items()))), lambda: beginning.inbound(self.office, code, **options)
        )

    @property
    def asked(self) -> Question:
        """The question the call is at."""
        assert self.prompt.question is not None
        return self.prompt.question

    @property
    def at(self) -> str:
        """Its step and field."""
        return f"{self.asked.step}.{self.asked.field}" if self.prompt.question else "ended"

    def answer(self, raw: str, **options: Any) -> Prompt:
        """Answer it."""
        self.room.hands.at += SECONDS
        call, clocks = self.prompt.call.id, self.room.hands.both
        told = dict(options)
        if told.get("field") == self.at and "key" not in told:
            del told["field"]  # naming the field that is asked changes nothing, but where a key may be another's
        what = "answer", call, raw, tuple(sorted(told.items()))

        def really() -> Prompt:
            return engine.answer(self.office, call, raw, clocks=clocks, **options)

        return self._do(what, really)

    def door(self, name: str) -> Prompt:
        """Take a side door."""
        self.room.hands.at += SECONDS
        call = self.prompt.call.id
        return self._do(("door", call, name), lambda: engine.door(self.office, call, name))

    def go(self, until: str = "ended", given: Mapping[str, str] | None = None) -> Prompt:
        """Answer on until the call is at ``until`` (a step, or step and field); ``given`` answers differ."""
        answers = given or {}
        for _ in range(120):
            here = self.at
            if here == until or (self.prompt.question and self.asked.step == until):
                return self.prompt
            assert here != "ended", f"the call ended before {until}"
            self.answer(answers.get(here) or reply(self.prompt.call, self.asked, WILLING), field=here)
        raise AssertionError(f"the call never came to {until}")

    def go_one(self) -> Prompt:
        """Answer this one question as a willing debtor would have it."""
        return self.answer(reply(self.prompt.call, self.asked, WILLING))

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What is on the desk."""
        with self.office.reader.connect() as connection:
            return [tuple(row) for row in connection.execute(text(sql))]

    def one(self, sql: str) -> Any:
        """A single value."""
        return self.rows(sql)[0][0]
