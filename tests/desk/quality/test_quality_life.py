"""The life of a review, at random, on a real database: everybody tries everything, against the shipped table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from collectdesk.desk.lifecycle import lifecycle
from collectdesk.desk.quality import claiming, clock, finishing, reading, replying, sampling
from tests.desk.call.phone import Phone
from tests.desk.conftest import Furniture
from tests.desk.lives import OnADesk
from tests.desk.quality.checked import Checked, refusal
from tests.desk.rooms import Hands

LIFE = lifecycle("quality")
ROLES = {"8000": "admin", "8001": "lead", "8002": "collector", "8003": "lead", "8004": "officer"}
WHO = st.sampled_from(sorted(ROLES))
FREE = ("8000", "8003", "8004")
"""Who is neither the collector nor their superior."""
REFUSED = ("role", "in_the_line", "not_concerned", "claimed_by_another", "claim_lapsed", "items_open", "no_such_item")
NAME = "c1"


class QualityLife(OnADesk):
    """One call of a collector's under review."""

    @initialize()
    def drawn(self) -> None:
        """The call is put in."""
        hands = Hands(self.room.small.at)
        office = replace(self.room.office, clock=hands)
        self.desk = Checked(Phone(replace(self.room, office=office, hands=hands)), Path(self.place.name))
        self.desk.called(hands.at - 3_600)
        sampling.draw(self.desk.offices["8000"])
        self.state, self.claimed, self.first, self.second = "waiting", "", "", ""

    @rule(who=WHO)
    def claim(self, who: str) -> None:
        """By somebody outside the line who did not review it before."""
        if self.state in ("claimed", "rechecking") and who == self.claimed:
            assert claiming.claim(self.desk.offices[who], NAME) == NAME
            return
        if self.attempt(("claim",), who, lambda: claiming.claim(self.desk.offices[who], NAME)):
            assert who in FREE
            assert who != self.first
            self.claimed = who

    @rule(who=WHO)
    def release(self, who: str) -> None:
        """By whoever has it."""
        if self.attempt(("release",), who, lambda: claiming.release(self.desk.offices[who], NAME, "没有时间")):
            assert who == self.claimed

    @rule(who=WHO, threat=st.sampled_from(["clear", "clear", "found"]), identity=st.sampled_from(["full", "none"]))
    def finish(self, who: str, threat: str, identity: str) -> None:
        """By whoever has it, once everything is scored."""

        def do() -> object:
            if self.state in ("claimed", "rechecking") and who == self.claimed:
                self.desk.scored(NAME, who, threat=threat, identity=identity)
            return finishing.finish(self.desk.offices[who], NAME)

        if self.attempt(("finish", "pass_on", "differ"), who, do):
            assert who == self.claimed
            self.second = who if self.first else ""
            self.first = self.first or who

    @rule(who=WHO)
    def ask_again(self, who: str) -> None:
        """Once, by the collector or whoever decides."""
        if self.attempt(("second",), who, lambda: finishing.second(self.desk.offices[who], NAME, "请复检")):
            assert not self.second

    @rule(who=WHO, take=st.sampled_from(finishing.TAKES), but=st.sampled_from([(), ("identity",)]))
    def settle(self, who: str, take: str, but: tuple[str, ...]) -> None:
        """By a third person."""
        do = lambda: finishing.settle(self.desk.offices[who], NAME, take, "听过录音", but=but)  # noqa: E731
        if self.attempt(("settle",), who, do):
            assert who not in (self.first, self.second, "8001", "8002")

    @rule(who=WHO)
    def accept(self, who: str) -> None:
        """By the collector alone."""
        if self.attempt(("accept",), who, lambda: replying.accept(self.desk.offices[who], NAME)):
            assert who == "8002"

    @rule(who=WHO)
    def reply(self, who: str) -> None:
        """By the collector alone."""
        if self.attempt(("reply",), who, lambda: replying.reply(self.desk.offices[who], NAME, "不同意")):
            assert who == "8002"

    @rule(who=WHO)
    def close(self, who: str) -> None:
        """By somebody outside the line."""
        if self.attempt(("close",), who, lambda: replying.close(self.desk.offices[who], NAME, "听过录音")):
            assert who in FREE

    @rule(days=st.sampled_from([1, 6]))
    def wait(self, days: int) -> None:
        """A claim lapses, the days for a reply pass."""
        self.desk.hands.at += days * 86_400
        before = self.state
        moved = clock.sweep(self.desk.offices["8002"])
        self.state = str(self.rows("SELECT status FROM quality_review")[0][0])
        assert moved == (before != self.state)
        if moved:
            (move,) = [each for each in LIFE.moves if before in each.sources and each.by == ("desk",)]
            assert self.state == move.to

    def attempt(self, acts: tuple[str, ...], who: str, do: Callable[[], object]) -> bool:
        """Whether it was done; what was refused moved nothing, and only what the table has is done."""
        moves = [move for move in LIFE.moves if move.act in acts and self.state in move.sources]
        before = self.rows("SELECT status, score, first_by, second_by FROM quality_review")
        steps = self.rows("SELECT count(*) FROM step")
        refused = refusal(do)
        if refused is not None:
            assert self.rows("SELECT status, score, first_by, second_by FROM quality_review") == before
            assert self.rows("SELECT count(*) FROM step") == steps
            if refused == "not_in_this_state":
                assert not moves
            else:
                assert refused in REFUSED
            return False
        state = str(self.rows("SELECT status FROM quality_review")[0][0])
        (move,) = [each for each in moves if each.to == state]
        assert ROLES[who] in move.by
        self.state = state
        return True

    @invariant()
    def what_stands_is_what_the_table_says(self) -> None:
        """Row, steps, violations and what is shown agree."""
        if not hasattr(self, "desk"):
            return
        view = reading.view(self.desk.offices["8000"], NAME)
        row = view.line.row
        assert row.status == self.state
        assert {move.act for move in view.moves} <= {move.act for move in LIFE.acts(self.state)}
        assert view.done[-1].state == self.state
        stands = self.state in ("told", "confirmed", "replied", "answered", "final")
        assert (row.score is not None) or not stands
        assert row.score == 0 or not row.fatal
        if self.state == "confirmed":
            assert bool(view.violations) or not row.fatal
        if self.state == "final":
            assert not view.moves


def test_a_review_lives_by_its_table(furniture: Furniture) -> None:
    """Articles 9 and 14: whatever is tried, in whatever order."""
    QualityLife.furniture = furniture
    run_state_machine_as_test(
        QualityLife,
        settings=settings(
            max_examples=12, stateful_step_count=16, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
