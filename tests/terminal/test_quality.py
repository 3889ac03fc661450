"""A review at a real terminal: item by item, left with Ctrl-C, gone on with where it was, finished (articles 9, 14)."""

from __future__ import annotations

import re

import pytest

from collectdesk import lang
from collectdesk.commands.session import system_clock
from collectdesk.desk.adoptable import prepare
from collectdesk.desk.office import open_office
from collectdesk.desk.quality import answers, claiming, sampling
from collectdesk.desk.quality.scorecards import Scorecard
from collectdesk.desk.shipped import shipped
from collectdesk.show.width import cells
from collectdesk.store.home import Home
from collectdesk.store.tables import Call, Staff
from tests.desks import add
from tests.terminal.practice import Practice
from tests.terminal.pty import Terminal

CARD: Scorecard = prepare("scorecard", shipped("scorecards/collection.toml"), "collection.toml")[0].value
AHEAD = 13
"""Items scored before the terminal is opened."""


def with_a_call(practice: Practice) -> str:
    """A collector's call and a lead outside their line, who has scored most of it; the call's id."""
    office = open_office(Home(practice.root), clock=system_clock, lang=practice.lang)
    at = office.now()
    with office.writer.begin() as connection:
        add(connection, Staff, number="9003", name="钱 组长", role="lead", joined_at=at)
        whose = add(connection, Staff, number="9002", name="李 催", role="collector", joined_at=at)
        case = connection.exec_driver_sql("SELECT min(id) FROM case_file").scalar_one()
        key = add(
            connection, Call, case_id=case, collector=whose, direction="out", driver="terminal", step="ended", state={},
            started_at=at - 300, connected_at=at - 290, ended_at=at - 100, ended_by="us",
        )  # fmt: skip
    office.close()
    practice.sign_in("9003")
    office = open_office(Home(practice.root), clock=system_clock, lang=practice.lang)
    name = sampling.ask(office, f"c{key}", "抽查")
    claiming.claim(office, name)
    for item in CARD.items[:AHEAD]:
        answers.give(office, name, item.name, "full")
    office.close()
    return name


def page(screen: Terminal, practice: Practice, item: str) -> None:
    """Wait for an item's page; every line of it fits."""
    title = CARD.by_name[item].title.in_("zh_CN" if practice.lang == "zh_CN" else "en")
    screen.until(re.escape(title))
    screen.until(re.escape(lang.translate("How is it?", practice.lang)))
    assert max(map(cells, screen.lines)) <= 80


@pytest.mark.parametrize("practice", ["zh_CN"], indirect=True)
def test_a_review_is_left_and_gone_on_with(practice: Practice) -> None:
    """What was scored is kept; the next item is asked, then what is never tolerated, then whether it is finished."""
    name = with_a_call(practice)
    first = practice.run("quality", "score", name).screen
    page(first, practice, "raised")
    first.press("3")
    first.press("enter")
    first.until(re.escape("敷衍推脱"))
    first.press("1", "enter")
    first.until(re.escape(lang.translate("Where in the recording? (Enter: leave it open)", practice.lang)))
    first.press("03:20", "enter")
    page(first, practice, "record")
    first.press("ctrl-c")
    assert first.end() == 130
    assert f"collectdesk quality score {name}" in first.text
    again = practice.run("quality", "score", name).screen
    page(again, practice, "record")
    again.press("1", "enter")
    again.until(re.escape(lang.translate("Was any of these found? None: press Enter", practice.lang)))
    again.press("enter")
    again.until(re.escape(lang.translate("Everything is scored. Finish the review?", practice.lang)))
    again.press("1", "enter")
    assert again.end() == 0
    kept = practice.row("SELECT level, reason, note FROM quality_answer WHERE item = 'raised'")
    assert kept == ("none", "brushed_off", "03:20")
    assert practice.row("SELECT first_score, fatal FROM quality_review") == (95, False)
