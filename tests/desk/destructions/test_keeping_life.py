"""A recording and its destruction at random, on a real database with a real file: nothing leaves before its time."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import text

from collectdesk.desk.destructions import book, carrying
from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.recordings import keeping, verifying
from collectdesk.errors import Problem
from collectdesk.store import audit
from tests.desk.call.phone import Phone
from tests.desk.conftest import Furniture
from tests.desk.emergencies.danger import Danger
from tests.desk.lives import OnADesk
from tests.desk.recordings.sounding import wav
from tests.desk.rooms import Hands

RECORDING, DESTRUCTION = lifecycle("recording"), lifecycle("destruction")
DECIDE = ("8000", "8001", "8003", "8004")
WHO = st.sampled_from(("8002", *DECIDE))
CALL = "c1"
FREE_FROM = 1_858_608_000  # 2028-11-24 00:00 in Beijing: called on 23 November 2026, two years and the day itself
DAY = 86_400
HELD = "INSERT INTO hold (debtor, kind, debts, persons, received_at, allows) VALUES (1, 'dispute', '[]', '[]', 0, '[]')"


class KeepingLife(OnADesk):
    """One call's recording; everybody of the desk tries everything with it."""

    @initialize(kept=st.sampled_from([True, True, True, False]), days=st.sampled_from([800, 800, 800, 0]))
    def recorded(self, days: int, *, kept: bool) -> None:
        """A desk of this run's own, of a lender that is a bank, and the file at the exchange, mostly kept and old."""
        hands = Hands(self.room.small.at)
        office = replace(self.room.office, clock=hands)
        self.desk = Danger(Phone(replace(self.room, office=office, hands=hands)), Path(self.place.name))
        self.run('UPDATE creditor SET settings = \'{"licence":"bank"}\'')
        self.file = wav(Path(self.place.name) / "exchange" / "c1.wav", 60)
        if kept:
            keeping.attach(self.desk.offices["8002"], CALL, self.file)
        hands.at += days * DAY
        self.state, self.waits, self.asked_by, self.held, self.altered = self.now(), "", "", False, False

    @precondition(lambda self: self.file.exists())
    @rule(who=WHO, replaces=st.sampled_from(["", "", "导出有误"]))
    def attach(self, who: str, replaces: str) -> None:
        """By the collector, or whoever decides; another in its place never by the collector."""
        if self.attempt(lambda: keeping.attach(self.desk.offices[who], CALL, self.file, replace=replaces)):
            assert not (replaces and who == "8002")
            self.altered = False

    @rule(who=WHO)
    def excuse(self, who: str) -> None:
        """Never by whoever called."""
        if self.attempt(lambda: keeping.excuse(self.desk.offices[who], CALL, "设备故障")):
            assert who in DECIDE

    @precondition(lambda self: self.file.exists())
    @rule(tone=st.sampled_from([0, 0, 3]))
    def write_to_it(self, tone: int) -> None:
        """Somebody changes the file, or puts it back."""
        wav(self.file, 60, tone=tone)

    @precondition(lambda self: not self.whole())
    @rule()
    def verify(self) -> None:
        """What is found is what lies there."""
        for each in verifying.verify(self.desk.offices["8003"]):
            self.altered = each.found == "altered"

    @rule(days=st.sampled_from([1, 400, 800]))
    def wait(self, days: int) -> None:
        """Time passes."""
        self.desk.hands.at += days * DAY

    @precondition(lambda self: self.held or self.waits)
    @rule()
    def dispute(self) -> None:
        """The debt is disputed, or that is settled."""
        self.run("UPDATE hold SET lifted_at = 1" if self.held else HELD)
        self.held = not self.held

    @rule(who=WHO)
    def ask(self, who: str) -> None:
        """Only for what may go."""
        may = self.may()

        def do() -> None:
            self.waits = book.ask_recordings(self.desk.offices[who], "保存期满")

        if self.attempt(do):
            assert who in DECIDE
            assert may
            self.asked_by = who

    @precondition(lambda self: bool(self.waits))
    @rule(who=st.sampled_from(("8003", "8004", "8000", "8001", "8002")), at_once=st.sampled_from([True, True, False]))
    def approve(self, who: str, *, at_once: bool) -> None:
        """Never by whoever asked; carried out at once, as the command does, or left for later."""
        if self.attempt(lambda: book.approve(self.desk.offices[who], self.waits)):
            assert who in DECIDE
            assert who != self.asked_by
            if at_once:
                self.carry_out(who)

    @precondition(lambda self: bool(self.waits))
    @rule(who=WHO, takes_back=st.booleans())
    def end(self, who: str, *, takes_back: bool) -> None:
        """Refused never by whoever asked; taken back by anybody who decides, also once it is approved."""
        act = book.withdraw if takes_back else book.refuse
        if self.attempt(lambda: act(self.desk.offices[who], self.waits, "审计未完")):
            assert who in DECIDE
            assert takes_back or who != self.asked_by

    @precondition(lambda self: bool(self.waits))
    @rule(who=WHO)
    def finish(self, who: str) -> None:
        """Only what was approved."""
        self.carry_out(who)

    def carry_out(self, who: str) -> None:
        """Only if it may go still and is what was kept."""
        self.state = self.now()
        may, whole = self.may(), self.whole()
        if self.attempt(lambda: carrying.carry_out(self.desk.offices[who], self.waits)):
            assert self.file.exists() == (not (may and whole))
            assert self.now() == ("purged" if may and whole else "kept")

    def may(self) -> bool:
        """Whether the file may go, told by hand."""
        waits = self.state in ("kept", "purge_asked")
        return waits and self.desk.hands.at >= FREE_FROM and not self.held and not self.altered

    def whole(self) -> bool:
        """Whether what lies there is what was kept."""
        (kept,) = self.rows("SELECT digest FROM recording")[0]
        return self.file.exists() and sha256(self.file.read_bytes()).hexdigest() == kept

    def attempt(self, do: Callable[[], object]) -> bool:
        """Whether it was done; what was refused wrote nothing and removed nothing."""
        before, there = self.desk.written(), self.file.exists()
        try:
            do()
        except Problem:
            assert (self.desk.written(), self.file.exists()) == (before, there)
            return False
        return True

    def now(self) -> str:
        """The state of the recording."""
        return str(self.rows("SELECT status FROM recording")[0][0])

    def run(self, sql: str) -> None:
        """Something that happens elsewhere on the desk."""
        with self.desk.room.office.writer.begin() as connection:
            connection.execute(text(sql))

    @invariant()
    def everything_agrees(self) -> None:
        """Only the tables' moves are made; a file that is gone has its certificate; the journal holds."""
        if not hasattr(self, "desk"):
            return
        for kind, life in (("recording", RECORDING), ("destruction", DESTRUCTION)):
            led = {(move.act, move.to) for move in life.moves} | {("owe", "owed"), ("ask", "asked")}
            assert set(self.rows(f"SELECT act, state FROM step WHERE kind = '{kind}'")) <= led
        self.state = self.now()
        done = self.rows("SELECT certificate FROM destruction WHERE status = 'done'")
        outcomes = [item["outcome"] for (each,) in done for item in json.loads(str(each))["recordings"]]
        assert (not self.file.exists()) == (self.state == "purged") == ("destroyed" in outcomes)
        assert self.rows("SELECT count(*) FROM destruction WHERE decided_by = asked_by") == [(0,)]
        with self.desk.room.office.reader.connect() as connection:
            assert audit.verify(connection).sound


def test_a_recording_lives_and_goes_by_its_tables(furniture: Furniture) -> None:
    """Article 14.1: whatever is tried, in whatever order."""
    KeepingLife.furniture = furniture
    run_state_machine_as_test(
        KeepingLife,
        settings=settings(
            max_examples=15, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
