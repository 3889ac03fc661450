"""The whole book on a terminal: a bar while it is asked, gone before the answer; rows that keep their lines."""

from __future__ import annotations

import re

from tests.terminal.practice import Practice

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def test_the_bar_is_gone_before_the_sum_is_printed(practice: Practice) -> None:
    screen = practice.run("check", "--all", rows=60).screen
    assert screen.end() == 0
    assert ESCAPES.sub("", screen.raw).count("23/23") == 1
    first = {"zh_CN": " 共查询 23 件案件", "en": " 23 cases asked about"}[practice.lang]
    assert screen.text.lstrip("\n").startswith(first)
    assert "---" not in screen.text  # nor does it leave the poorer signs of a terminal that is none


def test_rows_on_a_screen_stand_one_below_the_other(practice: Practice) -> None:
    screen = practice.run("check", "--all", "--csv", rows=60).screen
    assert screen.end() == 0
    rows = ESCAPES.sub("", screen.raw).split()
    assert rows[0] == "case,allowed,next_allowed_at,allowed_until,blocks,warnings,error"
    assert rows[1].startswith("A-1001,")
