"""Cells: our measure is the table library's, lines never exceed their width, nothing is lost in wrapping."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from collectdesk.show.width import cells, clip, pad, wrap

PRINTED = ("L", "N", "P", "S")
TEXT = st.text(
    st.one_of(
        st.sampled_from("逾期欠款，。（）案件承诺"),
        st.sampled_from("abcxyz 0123456789.,-¥"),
        st.characters(codec="utf-8"),
    ).filter(lambda char: unicodedata.category(char)[0] in "LNPZ" and char.isprintable()),
    max_size=60,
)


def test_every_printed_character_of_the_basic_plane_is_as_wide_as_the_table_library_says() -> None:
    plane = (chr(code) for code in range(0x20, 0x10000))
    shown = [char for char in plane if unicodedata.category(char)[0] in PRINTED]
    differing = [char for char in shown if cells(char) != cell_len(char)]
    # Unicode 16 widened the divination signs, and Python's tables may be older; fillers show nothing.
    assert [char for char in differing if unicodedata.category(char) != "So" and char not in "\u3164\uffa0"] == []


@given(TEXT, st.integers(2, 80))
def test_a_wrapped_line_fits(text: str, width: int) -> None:
    assert all(cells(line) <= width for line in wrap(text, width))


@given(TEXT, st.integers(2, 80))
def test_wrapping_drops_nothing_but_spaces(text: str, width: int) -> None:
    assert "".join(wrap(text, width)).replace(" ", "") == text.replace(" ", "")


@given(TEXT, st.integers(0, 80))
def test_clipped_text_fits(text: str, width: int) -> None:
    assert cells(clip(text, width)) <= width


def test_amounts_and_dates_are_never_broken() -> None:
    text = "截至2026年11月22日欠款人民币46,513.50元，请于2026-12-01前还款¥1,200.00"
    for width in range(16, 60):
        lines = wrap(text, width)
        for whole in ("2026年11月22日", "46,513.50", "2026-12-01", "¥1,200.00"):
            assert any(whole in line for line in lines), (width, lines)


def test_a_moment_a_length_and_a_command_stay_on_one_line() -> None:
    chinese = (
        "不允许，至 2026年3月11日 周三 00:00。距上次通话不足 3 小时，请运行 `pip install tzdata`，03-09 10:00 拨打"
    )
    english = (
        "It is closed until Wed 11 Mar 2026 00:00, 3 h 20 min left; run `pip install tzdata` on 2026-03-09 Mon 10:00"
    )
    kept = ("2026年3月11日 周三 00:00", "3 小时", "`pip install tzdata`", "03-09 10:00")
    told = ("Wed 11 Mar 2026 00:00", "20 min", "`pip install tzdata`", "2026-03-09 Mon 10:00")
    for text, wholes in ((chinese, kept), (english, told)):
        for width in range(26, 60):
            lines = wrap(text, width)
            assert [whole for whole in wholes if not any(whole in line for line in lines)] == [], (width, lines)


def test_no_line_begins_with_closing_punctuation() -> None:
    for width in range(6, 40):
        assert not any(line[:1] in "，。）、" for line in wrap("请逐条告知，每条说完按回车（共五条）。谢谢。", width))


def test_padding_counts_cells() -> None:
    assert pad("案件", 8) == "案件    "
    assert pad("案件", 8, right=True) == "    案件"
    assert pad("案件编号", 4) == "案件编号"


def test_line_breaks_are_kept() -> None:
    assert wrap("一\n\n二", 10) == ["一", "", "二"]
