"""The store's CHECKed codes are the gate's: a value one of them knows the other takes."""

from __future__ import annotations

from typing import get_args

import pytest

from collectdesk.gate import vocabulary
from collectdesk.store import ids, words

PAIRS = [
    (words.CHANNELS, vocabulary.Channel),
    (words.PURPOSES, vocabulary.Purpose),
    (words.ORG_KINDS, vocabulary.OrgKind),
    (words.DEBT_TYPES, vocabulary.DebtType),
    (words.DEBT_STATUSES, vocabulary.DebtStatus),
    (words.ROLES, vocabulary.Role),
    (words.LINES, vocabulary.Line),
    (words.NUMBER_SOURCES, vocabulary.NumberSource),
    (words.HOLD_KINDS, vocabulary.HoldKind),
    (words.NOTICE_KINDS, vocabulary.NoticeKind),
]


@pytest.mark.parametrize(("stored", "asked"), PAIRS)
def test_codes_are_the_contracts(stored: tuple[str, ...], asked: object) -> None:
    assert stored == get_args(asked)


@pytest.mark.parametrize("table", list(ids.LETTERS))
def test_a_public_id_leads_back_to_its_row(table: str) -> None:
    assert ids.private(table, ids.public(table, 17)) == 17


@pytest.mark.parametrize("name", ["", "e", "e0", "e-1", "e1x", "x1", "e²", "e01", "17"])
def test_what_is_no_id_leads_nowhere(name: str) -> None:
    assert ids.private("contact_event", name) is None


def test_every_letter_is_one_tables() -> None:
    """But for a review, which is its call's and goes by the same id."""
    own = [letters for table, letters in ids.LETTERS.items() if table != "quality_review"]
    assert len(set(own)) == len(own)
    assert ids.LETTERS["quality_review"] == ids.LETTERS["call"]
