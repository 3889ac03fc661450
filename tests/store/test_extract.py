"""A stretch of the journal as links and whole entries: it proves itself, and SHA-256 laid open is SHA-256."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectdesk.store import extract, journal, sha256
from collectdesk.store.extract import Extract
from collectdesk.store.journal import GENESIS

digests = st.text("0123456789abcdef", min_size=64, max_size=64)
words = st.text(max_size=40)
contents = st.lists(
    st.tuples(st.integers(0, 2**40), words, words, words, st.none() | digests, st.none() | digests),
    min_size=1,
    max_size=12,
)


def chained(rows: Sequence[tuple[object, ...]], first: int = 1, before: str = GENESIS) -> list[tuple[object, ...]]:
    """Entries as the journal would have them."""
    prev, found = before, []
    for seq, row in enumerate(rows, first):
        entry = [seq, *row, prev]
        prev = journal.entry_hash(entry)
        found.append((*entry, prev))
    return found


def cut(entries: Sequence[tuple[object, ...]], shown: set[int]) -> Extract:
    chain = tuple(row if at in shown else extract.link(row) for at, row in enumerate(entries))
    return Extract(int(str(entries[0][0])), str(entries[0][7]), len(entries), str(entries[-1][8]), chain)


@given(st.binary(max_size=400), st.integers(0, 6))
def test_a_digest_finished_from_a_state_is_the_digest(text: bytes, blocks: int) -> None:
    """FIPS 180-4, held against the standard library's."""
    blocks = min(blocks, len(text) // sha256.BLOCK)
    at = blocks * sha256.BLOCK
    state = sha256.read(sha256.spelled(sha256.state_after(text[:at])))
    assert sha256.finished(state, blocks, text[at:]) == hashlib.sha256(text).hexdigest()


@pytest.mark.parametrize("text", ["", "0" * 63, "0" * 65, "g" * 64])
def test_what_is_no_state_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        sha256.read(text)
    with pytest.raises(ValueError):
        sha256.state_after(b"x")


@given(contents, st.sets(st.integers(0, 11)))
def test_a_link_comes_to_the_hash_of_its_entry(rows: list[tuple[object, ...]], shown: set[int]) -> None:
    entries = chained(rows)
    for entry in entries:
        assert extract.linked_hash(extract.link(entry), str(entry[7])) == entry[8]
    assert extract.faults(cut(entries, shown)) == ()


@given(contents, st.sets(st.integers(0, 11)), st.data())
def test_whatever_is_changed_in_one_place_is_found(
    rows: list[tuple[object, ...]], shown: set[int], data: st.DataObject
) -> None:
    made = cut(chained(rows), shown)
    at = data.draw(st.integers(0, len(made.chain) - 1))
    item = list(made.chain[at])
    column = data.draw(st.integers(0, len(item) - 1))
    old = item[column]
    item[column] = old + 1 if isinstance(old, int) else ("0" * 64 if old != "0" * 64 else "1" * 64)
    changed = Extract(
        made.first, made.before, made.count, made.head, (*made.chain[:at], tuple(item), *made.chain[at + 1 :])
    )
    assert extract.faults(changed)


@given(contents, st.sets(st.integers(0, 11)), st.data())
def test_whatever_is_taken_out_or_put_in_is_found(
    rows: list[tuple[object, ...]], shown: set[int], data: st.DataObject
) -> None:
    made = cut(chained(rows), shown)
    at = data.draw(st.integers(0, len(made.chain) - 1))
    for chain in (
        (*made.chain[:at], *made.chain[at + 1 :]),
        (*made.chain[:at], made.chain[at], *made.chain[at:]),
        made.chain[:at],
    ):
        assert extract.faults(Extract(made.first, made.before, made.count, made.head, chain))


@given(contents)
def test_a_link_tells_nothing_of_an_entry_with_digests(rows: list[tuple[object, ...]]) -> None:
    """What follows the state is the end of the last digest, not who did what: entries of a life all have one."""
    for row in chained([(*each[:5], "f" * 64) for each in rows]):
        rest = str(extract.link(row)[3])
        assert set(rest[:-3]) <= set('f"')
        assert len(rest) < sha256.BLOCK


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"schema": "x"},
        {"schema": extract.SCHEMA, "first": 1, "before": "", "count": 1, "head": "", "chain": [[1, 2]]},
        {"schema": extract.SCHEMA, "first": 1, "before": "", "count": 1, "head": "", "chain": [[1, 0, "z", "", ""]]},
        {
            "schema": extract.SCHEMA,
            "first": 1,
            "before": "",
            "count": 1,
            "head": "",
            "chain": [[1, -1, "0" * 64, "", ""]],
        },
        {"schema": extract.SCHEMA, "first": "x", "before": "", "count": 1, "head": "", "chain": []},
    ],
)
def test_what_is_no_extract_is_refused(document: dict[str, object]) -> None:
    with pytest.raises(extract.Unreadable):
        extract.read(document)
