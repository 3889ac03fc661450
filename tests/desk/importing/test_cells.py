"""Single cells: worked examples from a data file, and properties that hold for all of them."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collectdesk.desk.currencies import CURRENCIES, minor_digits
from collectdesk.desk.importing.amounts import read_amount
from collectdesk.desk.importing.callfields import read_seconds
from collectdesk.desk.importing.cells import Cell, exact, hides, tidy
from collectdesk.desk.importing.dates import is_serial, midnight, read_date, read_instant, read_time
from collectdesk.desk.importing.finding import Refusal
from collectdesk.desk.importing.identity import as_eighteen, check_character, read_document
from collectdesk.desk.importing.phones import read_phone

EXAMPLES: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parent / "examples.toml").read_text(encoding="utf-8")
)
TODAY = date(2026, 11, 23)
relaxed = settings(deadline=None)  # a busy machine is no fault of a cell
ZONE = ZoneInfo("Asia/Shanghai")


def examples(kind: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("example", EXAMPLES[kind], ids=lambda example: ascii(example["given"]))


def refusal(reader: Any, cell: Cell, *more: object) -> str | None:
    try:
        reader(cell, *more)
    except Refusal as refused:
        return refused.code
    return None


@examples("phone")
def test_numbers(example: dict[str, str]) -> None:
    if "refused" in example:
        assert refusal(read_phone, example["given"]) == example["refused"]
    else:
        phone = read_phone(example["given"])
        assert (phone.number, phone.kind) == (example["number"], example["kind"])


@examples("amount")
def test_amounts(example: dict[str, Any]) -> None:
    currency = example.get("currency", "CNY")
    if "refused" in example:
        assert refusal(read_amount, example["given"], currency) == example["refused"]
    else:
        assert read_amount(example["given"], currency) == example["minor"]


@examples("date")
def test_dates(example: dict[str, str]) -> None:
    if "refused" in example:
        assert refusal(read_date, example["given"]) == example["refused"]
    else:
        assert read_date(example["given"]).isoformat() == example["date"]


@examples("document")
def test_identity_documents(example: dict[str, str]) -> None:
    stated = example.get("stated")
    if "refused" in example:
        assert refusal(read_document, example["given"], stated, TODAY) == example["refused"]
        return
    document = read_document(example["given"], stated, TODAY)
    assert document.kind == example["kind"]
    assert (document.born_on.isoformat() if document.born_on else None) == example.get("born_on")


SEVENTEEN = st.builds(
    lambda area, born, order: f"{area:06d}{born:%Y%m%d}{order:03d}",
    st.integers(110000, 999999), st.dates(date(1900, 1, 1), TODAY), st.integers(1, 999),
)  # fmt: skip


@relaxed
@given(SEVENTEEN)
def test_a_right_check_digit_is_accepted_and_every_other_refused(seventeen: str) -> None:
    right = check_character(seventeen)
    assert read_document(seventeen + right, "resident", TODAY).born_on == date(
        int(seventeen[6:10]), int(seventeen[10:12]), int(seventeen[12:14])
    )
    for wrong in set("0123456789X") - {right}:
        assert refusal(read_document, seventeen + wrong, "resident", TODAY) in ("check_digit", "precision_lost")


@relaxed
@given(SEVENTEEN, st.integers(0, 16), st.integers(1, 9))
def test_one_mistyped_digit_never_passes(seventeen: str, place: int, shift: int) -> None:
    number = seventeen + check_character(seventeen)
    digit = str((int(number[place]) + shift) % 10)
    assert refusal(read_document, number[:place] + digit + number[place + 1 :], "resident", TODAY) is not None


@relaxed
@given(SEVENTEEN)
def test_a_spreadsheets_rounding_never_passes_as_a_number(seventeen: str) -> None:
    number = float(int(seventeen + "0"))
    assert refusal(read_document, number, None, TODAY) == "precision_lost"


def test_an_old_number_and_its_new_form_are_one() -> None:
    assert as_eighteen("110105491231002") == "11010519491231002X"


@relaxed
@given(st.integers(0, 10**14), st.sampled_from(sorted(CURRENCIES)))
def test_an_amount_survives_every_spelling(minor: int, currency: str) -> None:
    amount = Decimal(minor).scaleb(-minor_digits(currency))
    for spelled in (str(amount), f"{amount:,f}", f" {amount:f} ", f"¥{amount:,f}"):
        assert read_amount(spelled, currency) == minor


@relaxed
@given(st.integers(0, 10**11))
def test_a_spreadsheets_number_is_the_amount_it_shows(minor: int) -> None:
    assert read_amount(minor / 100, "CNY") == minor


@relaxed
@given(st.dates(date(1930, 1, 1), date(2099, 1, 1)))
def test_a_date_survives_every_spelling(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    spelled: list[Cell] = [
        day.isoformat(), f"{day.year}/{day.month}/{day.day}", f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}",
        str(serial), float(serial), day, datetime.combine(day, time(13, 5)),
    ]  # fmt: skip
    assert {read_date(each) for each in spelled} == {day}
    assert is_serial(serial)


def test_instants_are_local_unless_they_name_their_offset() -> None:
    assert read_instant("2026-11-23 09:31", ZONE) == read_instant("2026-11-23T01:31:00Z", ZONE) == 1_795_397_460
    assert read_instant("2026年11月23日 9时31分", ZONE) == 1_795_397_460
    assert read_instant("2026-11-23", ZONE) == midnight(TODAY, ZONE)
    assert read_instant(datetime.combine(TODAY, time(9, 31)), ZONE) == 1_795_397_460
    assert refusal(read_time, "2026-11-23", ZONE) == "time_missing"


@pytest.mark.parametrize(
    ("spelled", "seconds"),
    [("75", 75), ("75秒", 75), ("1:15", 75), ("00:01:15", 75), ("1分15秒", 75), ("2分钟", 120), (75.0, 75)],
)
def test_durations(spelled: Cell, seconds: int) -> None:
    assert read_seconds(spelled) == seconds


@relaxed
@given(st.text())
def test_any_text_without_nul_is_kept_exactly_but_for_spaces_around(text: str) -> None:
    if "\x00" in text:
        assert refusal(exact, text) == "nul_character"
    else:
        kept = exact(text)
        assert kept in text
        assert not text.replace(kept, "", 1).strip(" \t\r\n\u00a0\u3000\ufeff")


@relaxed
@given(st.text())
def test_tidying_twice_changes_nothing_and_hides_nothing(text: str) -> None:
    once = tidy(text)
    assert not hides(once)
    assert tidy(once) == once or once.startswith(("=", "'"))


@relaxed
@given(st.text(max_size=40) | st.floats(allow_nan=False) | st.integers() | st.dates() | st.timedeltas())
def test_no_cell_breaks_a_reader(cell: str | float | date | timedelta) -> None:
    """Whatever a cell holds, a reader answers or refuses."""
    readers: list[Any] = [
        read_phone, read_date, read_seconds, exact, lambda each: read_amount(each, "CNY"),
        lambda each: read_document(each, None, TODAY), lambda each: read_instant(each, ZONE),
    ]  # fmt: skip
    for reader in readers:
        refusal(reader, cell)
