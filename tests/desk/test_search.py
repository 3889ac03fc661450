"""Looking for a case: a surname alone will do, the answer is bounded, and what was looked for is kept nowhere."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from collectdesk.desk.casebook import MOST_FOUND, search
from collectdesk.errors import UsageProblem
from collectdesk.store.engine import Store
from collectdesk.store.tables import CaseFile, Person
from tests import desks


def found(store: Store, words: str) -> list[str]:
    with Session(store.reader) as session:
        return [line.code for line in search(session, words)]


def test_one_chinese_character_is_a_surname_and_finds_no_more_than_a_page(store: Store) -> None:
    """Where the character stands inside a name, it is no surname."""
    small = desks.fill(store)
    with store.writer.begin() as connection:
        for number in range(MOST_FOUND + 10):
            person = desks.add(connection, Person, name="欧阳小明" if number else "小王")
            contract = {"contract_no": f"S{number}", "type": "credit_card", "creditor": small.creditor}
            desks.add(connection, CaseFile, code=f"S-{number:03}", debtor=person, **contract)
    assert found(store, "王") == ["A-1007"]
    assert found(store, " 欧 ") == [f"S-{number:03}" for number in range(1, MOST_FOUND + 1)]
    assert found(store, "明") == []


@pytest.mark.parametrize("words", ["", " ", "x", "7", "%", "_", "·"])
def test_a_single_letter_digit_or_sign_is_too_little(store: Store, words: str) -> None:
    desks.fill(store)
    with pytest.raises(UsageProblem, match="search_short"):
        found(store, words)


def test_a_search_leaves_no_trace_of_whom_it_looked_for(store: Store) -> None:
    desks.fill(store)
    with store.reader.connect() as connection:
        before = connection.execute(text("SELECT count(*) FROM journal")).scalar_one()
        found(store, "王")
        assert connection.execute(text("SELECT count(*) FROM journal")).scalar_one() == before
