"""A replay on the screen: its charts and tables hold their numbers and the screen's width in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec
import pytest

from collectdesk import lang
from collectdesk.desk.adoptable import prepare
from collectdesk.desk.replay import Flip, LeftOut, Replayed, Tally
from collectdesk.desk.replay_room import Capacity, Room
from collectdesk.desk.reports import period as periods
from collectdesk.desk.reports.figure import Scope
from collectdesk.desk.shipped import shipped
from collectdesk.desk.supposed import Proposal
from collectdesk.show.replay import MOST_LISTED, Answer, by_step, print_replay
from collectdesk.show.width import cells

BOOK = prepare("rulebook", shipped("rulebooks/house.toml"), "house.toml")[0].value
RULES = {
    "house/others-calls-known-of-every-lender": Tally(9_120, 9_120, 9_120, 0),
    "house/hours": Tally(310, 0, 0, 310),
}
TEAMS = {"信用卡逾期一组（华南）": Tally(100_000, 60_000, 9_120, 310), "": Tally(3, 3, 0, 0)}
DAYS = {"2026-09-01": Tally(5, 5, 2, 0), "2026-11-23": Tally(99_998, 59_998, 9_118, 310)}
SAID = {
    "en": (
        "100,003 calls",
        "now refused 9,120",
        "now let through 310",
        "2026-W36",
        "1,234",
        "by a file (40)",
        "none",
    ),
    "zh_CN": ("拨打 100,003", "改为拒绝 9,120", "改为放行 310", "2026-W36", "1,234", "以往拨打 40 次", "无"),
}


def answer(*, listed: int = 0, calls: bool = True) -> Answer:
    flip = Flip("t1234567", "v2345678", "A-10077", 1_795_399_200, "8001", "", allowed=False, rules=tuple(RULES))
    made = Replayed(
        scope=Scope(whose="desk", people=8),
        period=periods.a_range(date(2026, 9, 1), date(2026, 11, 23)),
        whole=Tally(100_003, 60_003, 9_120, 310) if calls else Tally(),
        rules=RULES, teams=TEAMS, days=DAYS, verdicts=160_000, left_out=LeftOut(40, 3, 1, 2),
    )  # fmt: skip
    room = Room(cases=9_000, now=1_234, now_with=800, today=2_000, today_with=2_100)
    return Answer(
        proposal=Proposal(msgspec.structs.replace(BOOK, preset=True), date(2027, 1, 1)), replaces=None, replayed=made,
        capacity=Capacity(1_795_399_200, room, {"信用卡逾期一组（华南）": room, "": Room()}),
        titles={name: {"zh_CN": "委托方的其他拨打须已知", "en": "The calls of others are known"} for name in RULES},
        practice=False, flips=[flip] * min(listed, MOST_LISTED) if listed else None, listed=listed,
    )  # fmt: skip


@pytest.fixture(params=lang.LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(autouse=True)
def spoken(language: str) -> Iterator[None]:
    before = lang.current()
    lang.use(language)
    yield
    lang.use(before)


@pytest.mark.parametrize("listed", [0, 1, 7_000])
def test_every_number_is_on_a_screen_of_80_columns(
    language: str, listed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    print_replay(answer(listed=listed))
    shown = capsys.readouterr().out
    assert all(cells(line.rstrip()) <= 80 for line in shown.splitlines())
    for words in SAID[language]:
        assert words in shown
    assert "+100" in shown, "what today gains"
    assert "2027-01-01" in shown
    assert (f"{7_000 - MOST_LISTED:,}" in shown) is (listed == 7_000)
    assert "\u2588" in shown, "a bar beside the rules"
    if language == "zh_CN":
        assert "refused" not in shown


def test_an_empty_period_draws_nothing(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    print_replay(answer(calls=False))
    shown = capsys.readouterr().out
    assert {"en": "about no call", "zh_CN": "没有就任何拨打"}[language] in shown
    assert "\u2588" not in shown


def test_longer_periods_are_told_week_by_week(language: str) -> None:
    steps = dict(by_step(answer().replayed))
    assert language in lang.LANGUAGES
    assert (steps["2026-W36"].calls, steps["2026-W48"].refused_now) == (5, 9_118)
    assert sum(each.calls for each in steps.values()) == 100_003
