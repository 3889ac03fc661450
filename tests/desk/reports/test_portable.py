"""The macros of reports' SQL, on real engines and nested as relations nest them."""

from __future__ import annotations

import pytest

from collectdesk.desk.reports.portable import portable
from collectdesk.desk.reports.relations.refusals import LIFE
from tests.desk.reports.conftest import Shelf


def test_macros_nest(shelf: Shelf) -> None:
    on_server = shelf.reader.on_server
    days = "EPOCH_DAY(COALESCE(NULL, '1970-01-03')), EPOCH_DAY('2026-11-23') - EPOCH_DAY(x.day)"
    sql = f"SELECT {days}, JSON_FIRST('[7,8]') FROM (SELECT '2026-11-22' AS day) x"
    assert shelf.reader.ask(portable(sql, on_server=on_server)) == [(2, 1, 7)]
    blocks = '{"blocks": [{"rule": "a/b"}, {"rule": "c"}]}'
    sql = f"SELECT JSON_TEXT(b.value, rule) FROM (SELECT '{blocks}' AS t) v CROSS JOIN JSON_LIST(v.t, blocks) b"
    assert shelf.reader.ask(portable(sql, on_server=on_server)) == [("a/b",), ("c",)]


def test_a_macro_that_does_not_end_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="EPOCH_DAY"):
        portable("SELECT EPOCH_DAY(x", on_server=False)


def test_a_refusal_at_showing_lies_within_the_life_of_a_permit() -> None:
    """The bound by which an index finds refusals must not lose any."""
    from collectdesk.desk import permit

    assert LIFE == permit.LIFE
