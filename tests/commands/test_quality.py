"""Quality as commands: from the drawing to the last word, text and JSON, exit codes, both languages at 80 columns."""

from __future__ import annotations

import json

import pytest

from collectdesk.show.width import cells
from collectdesk.store.engine import open_engine
from collectdesk.store.tables import Call, Recording, RecordingKeeper, Staff
from tests.commands import keeping
from tests.commands.conftest import KEY, Desk, Done, Program
from tests.desks import add

ITEMS = (
    "courtesy", "listening", "closing", "times", "figures", "consequences", "promises", "identity", "others",
    "privacy", "prepared", "opening", "way_out", "raised", "record",
)  # fmt: skip


@pytest.fixture
def ready(desk: Desk, program: Program) -> Desk:
    """The small desk with the shipped texts in force, a second lead, and a call the collector made."""
    keeping.with_texts_by_command(desk, program)
    small = desk.small
    store = open_engine(f"sqlite:///{desk.home.database}", KEY)
    with store.writer.begin() as connection:
        add(connection, Staff, number="8003", name="钱 组长", role="lead", joined_at=small.at)
        add(
            connection, Call, case_id=small.case, collector=small.collector, direction="out", driver="terminal",
            step="ended", state={}, started_at=small.at, connected_at=small.at + 20, ended_at=small.at + 200,
            ended_by="us", outcome="promise", next_action="await_payment", party="self",
        )  # fmt: skip
    store.close()
    return desk


def told(done: Done) -> dict[str, object]:
    """The review of a JSON answer."""
    assert done.code == 0, done.err
    return dict(json.loads(done.out))


def test_from_the_drawing_to_the_last_word(ready: Desk, program: Program) -> None:
    """Articles 9 and 14, as scripts type it."""
    ready.sign_in("8003")
    drawn = json.loads(program("quality", "sample", "--month", "2026-11", "--json").out)
    assert [(each["call"], each["why"]) for each in drawn["months"][0]["added"]] == [("c1", ["share"])]
    claimed = told(program("quality", "claim", "--json"))
    assert (claimed["schema"], claimed["status"]) == ("collectdesk.quality_review/1", "claimed")
    lost = ("--item", "figures", "--level", "part")
    assert program("quality", "score", "c1", *lost).code == 2
    for item in ITEMS:
        level = (*lost, "--reason", "unclear") if item == "figures" else ("--item", item, "--level", "full")
        assert program("quality", "score", "c1", *level, "--json").code == 0
    open_still = program("quality", "finish", "c1", "--json")
    assert (open_still.code, json.loads(open_still.err)["code"]) == (6, "items_open")
    assert program("quality", "score", "c1", "--clear").code == 0
    done = told(program("quality", "finish", "c1", "--json"))
    assert done["status"] in ("told", "recheck")  # by chance another looks again; the seed is the desk's
    ready.sign_in("8002")
    shown = program("quality", "show", "c1", "--json")
    if done["status"] == "told":
        review = told(shown)
        assert (review["score"], review["can"]) == (97, ["second", "accept", "reply"])
        assert told(program("quality", "reply", "c1", "--accept", "--json"))["status"] == "final"
    else:
        assert shown.code == 5


def test_who_is_of_the_line_is_told_who_may(ready: Desk, program: Program) -> None:
    ready.sign_in("8001")
    program("quality", "sample")
    refused = program("quality", "claim", "c1", "--json")
    assert refused.code == 5
    assert json.loads(refused.err)["hint"] == "These may: 8003, 8000."
    ready.sign_in("8002")
    assert program("quality", "sample").code == 5
    assert json.loads(program("quality", "list", "--json").out)["reviews"] == []
    assert program("quality", "show", "c1").code == 5
    assert program("quality", "show", "c9").code == 4


def test_without_a_terminal_the_missing_option_is_named(ready: Desk, program: Program) -> None:
    ready.sign_in("8003")
    program("quality", "sample")
    for words, flag in (
        (("score", "c1"), "--item"),
        (("add", "c1"), "--reason"),
        (("reply", "c1"), "--accept"),
        (("close", "c1"), "--answer"),
        (("settle", "c1"), "--take"),
    ):
        refused = program("quality", *words)
        assert (refused.code, flag in refused.err) == (2, True), words
    assert told(program("quality", "show", "c1", "--json"))["status"] == "waiting"


def test_a_review_says_how_its_recording_is_heard(ready: Desk, program: Program) -> None:
    """Article 14: where the file is, is told for a reason alone, so the page names the command and no path."""
    ready.sign_in("8003")
    program("quality", "sample")
    assert told(program("quality", "show", "c1", "--json"))["recorded"] is False
    assert "recording open" not in program("quality", "show", "c1").out
    store = open_engine(f"sqlite:///{ready.home.database}", KEY)
    with store.writer.begin() as connection:
        keeper = add(connection, RecordingKeeper, name="exchange", folder="/x", added_at=1, added_by=1)
        add(connection, Recording, call=1, status="kept", keeper=keeper, file="c1.wav", digest="x", size=1, at=1)
    store.close()
    assert told(program("quality", "show", "c1", "--json"))["recorded"] is True
    assert "collectdesk recording open c1 --reason TEXT" in program("quality", "show", "c1").out


@pytest.mark.parametrize("speak", ["zh_CN", "en"])
def test_every_page_fits_eighty_columns(ready: Desk, program: Program, speak: str) -> None:
    """List, page, card and drawing; Chinese says nothing in English words."""
    ready.sign_in("8003")
    for words in (("sample",), ("list",), ("claim", "c1"), ("show", "c1"), ("card",)):
        done = program("--lang", speak, "quality", *words)
        assert done.code == 0, done.err
        assert max(map(cells, done.out.splitlines())) <= 80, words
    assert ("文明用语" in done.out) == (speak == "zh_CN")
