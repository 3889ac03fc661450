"""The tables of lives: each holds together, says what cannot be done, and refuses a table that does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectdesk.desk.lifecycle import compile_lifecycle, lifecycle, names
from collectdesk.errors import BadData, Busy, NotFound
from collectdesk.store.words import STAFF_ROLES

TABLE = """
name = "thing"
title = { zh_CN = "事项", en = "Thing" }
cite = { zh_CN = "测试", en = "test" }
start = ["open"]
[[state]]
name = "open"
title = { zh_CN = "打开", en = "open" }
[[state]]
name = "closed"
title = { zh_CN = "关闭", en = "closed" }
[[move]]
act = "close"
title = { zh_CN = "办结", en = "close" }
from = ["open"]
to = "closed"
by = ["lead"]
"""


@pytest.mark.parametrize("name", names())
def test_every_shipped_life_holds_together(name: str) -> None:
    life = lifecycle(name)
    assert life.name == name
    assert life.moves
    assert {role for move in life.moves for role in move.by} <= {*STAFF_ROLES, "desk"}


@pytest.mark.parametrize("name", names())
@given(data=st.data())
def test_an_act_is_done_where_the_table_has_it_and_nowhere_else(name: str, data: st.DataObject) -> None:
    life = lifecycle(name)
    state = data.draw(st.sampled_from([each.name for each in life.states]))
    act = data.draw(st.sampled_from([move.act for move in life.moves]))
    there = [move for move in life.moves if move.act == act and state in move.sources]
    if there:
        assert life.after(state, act) == there[0].to
        return
    with pytest.raises(Busy) as refused:
        life.after(state, act, "zh_CN")
    assert refused.value.params["state"] == life.titled(state, "zh_CN")


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('to = "closed"', 'to = "gone"', "$.move"),
        ('start = ["open"]', 'start = ["open"]\ncolour = "red"', "$"),
        ('name = "closed"', 'name = "open"', "$.state"),
        ('from = ["open"]', 'from = ["closed"]', "$.state"),
    ],
    ids=["no such state", "unknown field", "a state twice", "a state nothing leads to"],
)
def test_a_table_that_does_not_hold_together_is_refused(old: str, new: str, where: str) -> None:
    with pytest.raises(BadData) as refused:
        compile_lifecycle(TABLE.replace(old, new, 1).encode(), "thing")
    assert refused.value.params["where"] == where


def test_what_the_desk_does_by_itself_is_offered_to_nobody() -> None:
    """A complaint's handler steps aside by the desk's doing; whoever errs is told what a person can do instead."""
    with pytest.raises(Busy) as refused:
        lifecycle("complaint").after("in_hand", "close", "zh_CN")
    assert "回避" not in str(refused.value.params["acts"])
    assert str(refused.value.params["acts"]).startswith("交办；")


def test_where_a_life_ends_nothing_is_offered() -> None:
    life = compile_lifecycle(TABLE.encode(), "thing")
    assert life.ends == ("closed",)
    with pytest.raises(Busy) as refused:
        life.after("closed", "close")
    assert "Nothing" in refused.value.hint


def test_an_unknown_life_is_not_found() -> None:
    with pytest.raises(NotFound):
        lifecycle("nothing")
