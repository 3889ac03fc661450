"""Tables and fact sheets: what must stay whole stays whole at 40 and 80 columns, in both scripts."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console, RenderableType

from collectdesk.show.tables import Column, facts, short, table
from collectdesk.show.width import cells

COLUMNS = [
    Column("案件", "id"),
    Column("债务人"),
    Column("到期日", "date"),
    Column("欠款金额", "money"),
    Column("上次结果"),
]
ROW = ("A-1007", "王*", "2026年10月7日", "¥12,480.00", "本人接听，承诺十一月三十日前经对公账户还款，未约定下次联系时间")


def printed(renderable: RenderableType, width: int) -> list[str]:
    """The lines a console of ``width`` shows."""
    console = Console(file=io.StringIO(), width=width, markup=False, highlight=False, emoji=False)
    console.print(renderable)
    assert isinstance(console.file, io.StringIO)
    return [line.rstrip() for line in console.file.getvalue().splitlines()]


def console_of(width: int) -> Console:
    """A console to measure by."""
    return Console(file=io.StringIO(), width=width)


@pytest.mark.parametrize("width", [24, 40, 60, 80, 120])
def test_amounts_dates_and_labels_stay_whole(width: int) -> None:
    lines = printed(table(console_of(width), COLUMNS, [ROW, ROW]), width)
    assert all(cells(line) <= width for line in lines)
    for whole in ("A-1007", "2026年10月7日", "¥12,480.00", *(column.title for column in COLUMNS)):
        assert any(whole in line for line in lines), whole


def test_at_80_columns_a_row_is_a_row() -> None:
    lines = printed(table(console_of(80), COLUMNS, [ROW]), 80)
    assert [part in lines[0] for part in ("案件", "债务人", "到期日", "欠款金额", "上次结果")] == [True] * 5
    assert [part in lines[2] for part in ("A-1007", "王*", "2026年10月7日", "¥12,480.00")] == [True] * 4


def test_too_narrow_for_a_row_it_becomes_facts() -> None:
    lines = printed(table(console_of(30), COLUMNS, [ROW]), 30)
    assert lines[0].split() == ["案件", "A-1007"]


def test_amounts_line_up_on_the_right() -> None:
    rows = [("A-1", "¥5.00"), ("A-2", "¥12,480.00")]
    lines = printed(table(console_of(60), [Column("Case", "id"), Column("Amount", "money")], rows), 60)
    assert len({cells(line) for line in lines[2:]}) == 1


@given(st.text(max_size=200), st.text(max_size=80), st.integers(30, 100))
def test_any_text_fits_its_screen(name: str, note: str, width: int) -> None:
    columns = [Column("案件", "id"), Column("姓名"), Column("Note")]
    for line in printed(table(console_of(width), columns, [("A-1", name, note)]), width):
        assert cells(line) <= width


def test_a_value_wraps_beside_its_label() -> None:
    lines = printed(facts(console_of(40), [("备注", "很长的一段话，" * 8), ("金额", "¥1.00")]), 40)
    assert lines[0].startswith(" 备注  很长")
    assert all(line.startswith("       ") for line in lines[1:-1])
    assert lines[-1] == " 金额  ¥1.00"


def test_a_long_name_is_cut_with_a_sign_that_it_was() -> None:
    assert short("很长的姓名", 8) == "很长的.."
    assert short("\x1b[31mx", 20) == "<1B>[31mx"


def test_no_line_of_facts_ends_in_blanks() -> None:
    shown = io.StringIO()
    Console(file=shown, width=80).print(facts(console_of(80), [("Name", "王*"), ("Nothing", ""), ("Note", "a\nb")]))
    assert shown.getvalue().split("\n") == [" Name     王*", " Nothing", " Note     a", "          b", ""]
