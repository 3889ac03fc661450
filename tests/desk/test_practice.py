"""The practice desk: no number on it reaches anybody, and nobody on it is real."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectdesk.desk.importing.casefile import read_file
from collectdesk.desk.importing.identity import check_character
from collectdesk.desk.practice import UNDIALABLE, refuse_real_people, undialable
from collectdesk.desk.shipped import directory
from collectdesk.errors import BadData

REAL = "11010119880412021"  # the first seventeen of a card of Beijing, of nobody
MOBILES = st.from_regex(r"\+861[3-9][0-9]{9}", fullmatch=True)
LANDLINES = st.from_regex(r"\+86(10|2[0-9]|[3-9][0-9]{2})[2-9][0-9]{6,7}(;ext=[0-9]{1,4})?", fullmatch=True)
FOREIGN = st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True)


@given(st.one_of(MOBILES, LANDLINES, FOREIGN))
def test_every_number_becomes_one_nobody_has(number: str) -> None:
    stand_in = undialable(number)
    assert UNDIALABLE.fullmatch(stand_in)
    assert undialable(stand_in) == stand_in
    assert undialable(number) == stand_in


def test_the_demos_people_are_invented_and_their_numbers_nobodys() -> None:
    file = read_file(directory() / "demo" / "cases.csv", today=date(2026, 11, 23))
    refuse_real_people(file)
    numbers = [each.number for batch in file.cases.batches() for record in batch for each in record.debtor.numbers]
    assert numbers
    assert all(undialable(number) == number for number in numbers)


def test_a_file_of_real_people_is_refused_without_their_names(tmp_path: Path) -> None:
    text = (directory() / "demo" / "cases.csv").read_text("utf-8")
    real = tmp_path / "cases.csv"
    real.write_text(text.replace("990101198804120217", REAL + check_character(REAL)), "utf-8")
    with pytest.raises(BadData, match="practice_real_people") as refused:
        refuse_real_people(read_file(real, today=date(2026, 11, 23)))
    assert refused.value.params == {"line": 2}
