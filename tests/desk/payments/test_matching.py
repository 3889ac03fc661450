"""Payments matched with cases and with what is on file: against a slow reading that looks at everything each time."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from collectdesk.desk.payments.matching import Entry, Outcome, Target, mark, match
from collectdesk.desk.payments.reading import Record

ONE = Target(1, "A-1", "C-1", "示例银行", "CNY")
TWO = Target(2, "A-2", "C-2", "示例银行", "CNY")
SAME = (Target(3, "A-3", "C-9", "甲银行", "CNY"), Target(4, "A-4", "C-9", "乙银行", "CNY"))
DAYS = ("2026-11-20", "2026-11-21", "2026-11-22")


def record(line: int = 2, minor: int = 100, **values: object) -> Record:
    """A payment of the first case."""
    usual = {
        "ref": "A-1", "creditor": None, "contract_no": None, "reference": f"S{line}", "paid_on": DAYS[1],
        "currency": "CNY", "channel": None, "reverses": None,
    }  # fmt: skip
    return Record(line=line, minor=minor, **{**usual, **values})  # type: ignore[arg-type]


def matched(*records: Record, on_file: tuple[Entry, ...] = (), marks: dict[int, set[str]] | None = None) -> Outcome:
    return match(records, (ONE, TWO, *SAME), on_file, marks or {})


def codes(outcome: Outcome) -> list[tuple[int, str]]:
    return [(finding.line, finding.code) for finding in outcome.findings]


def test_a_case_is_found_by_its_number_or_its_contract() -> None:
    found = matched(record(2), record(3, ref=None, contract_no="C-2"), record(4, contract_no="C-1"))
    assert [each.case.key for each in found.matches] == [1, 2, 1]
    creditors = matched(record(2, ref=None, contract_no="C-9", creditor="乙银行"))
    assert [each.case.key for each in creditors.matches] == [4]


def test_what_names_no_case_or_two_is_refused_by_name() -> None:
    unknown = matched(
        record(2, ref="A-9"),
        record(3, ref=None, contract_no="C-9"),
        record(4, ref="A-1", contract_no="C-2"),
        record(5, currency="USD"),
    )
    assert codes(unknown) == [
        (2, "case_unknown"), (3, "case_unknown"), (4, "case_differs"), (5, "currency_differs"),
    ]  # fmt: skip
    assert unknown.matches == []
    said = " ".join(str(finding) for finding in unknown.findings)
    assert "A-9" not in said


def test_a_payment_known_already_is_known_again() -> None:
    known = {1: {mark("S2", DAYS[1], 100)}}
    assert [each.action for each in matched(record(2), marks=known).matches] == ["same"]
    twice = matched(record(2, reference="S"), record(3, reference="S"))
    assert [each.action for each in twice.matches] == ["new", "same"]


def test_equal_lines_without_a_serial_number_are_not_told_apart() -> None:
    assert codes(matched(record(2, reference=None), record(3, reference=None))) == [(3, "payment_twice")]


def test_a_serial_number_is_one_payments() -> None:
    assert codes(matched(record(2, reference="S"), record(3, reference="S", minor=70))) == [(3, "reference_taken")]


def test_what_goes_back_finds_what_it_takes_back() -> None:
    """By the serial number it names, by one they share, by the sum; above or below it in the file."""
    paid = record(4, reference="S4", minor=500)
    named = matched(record(2, reference="B1", minor=-200, reverses="S4"), paid)
    shared = matched(paid, record(5, reference="S4", minor=-500))
    by_sum = matched(paid, record(5, reference=None, minor=-500))
    for outcome in (named, shared, by_sum):
        (back,) = [each for each in outcome.matches if each.record.minor < 0]
        assert back.back is not None
        assert back.back.reference == "S4"
    assert codes(matched(paid, record(5, minor=-501, reverses="S4"))) == [(5, "reversal_too_much")]
    assert codes(matched(paid, record(5, minor=-1, reverses="S9"))) == [(5, "reversal_unknown")]
    assert codes(matched(paid, record(5, minor=-30))) == [(5, "reversal_unknown")]


@st.composite
def files(draw: st.DrawFn) -> list[Record]:
    rows = []
    for line in range(2, 2 + draw(st.integers(0, 8))):
        case = draw(st.sampled_from(["A-1", "A-2", "A-7"]))
        minor = draw(st.sampled_from([100, 200, -100, -200]))
        reference = draw(st.sampled_from([None, "S1", "S2", "S3"]))
        reverses = draw(st.sampled_from([None, "S1", "S2"])) if minor < 0 else None
        values = {"ref": case, "reference": reference, "paid_on": draw(st.sampled_from(DAYS)), "reverses": reverses}
        rows.append(record(line, minor, **values))
    return rows


def slowly(rows: list[Record]) -> dict[str, list[int]]:
    """The lines that are new, same and refused, by looking through everything taken so far."""
    told: dict[str, list[int]] = {"new": [], "same": [], "refused": []}
    seen: list[Record] = []
    taken: list[Record] = []
    stands: dict[int, int] = {}

    def named(row: Record) -> bool:
        shared = [each for each in taken if each.ref == row.ref and each.reference == row.reference]
        return row.reverses is not None or (row.reference is not None and bool(shared))

    def in_turn() -> Iterator[Record]:
        yield from (each for each in rows if each.minor > 0)
        back = [each for each in rows if each.minor < 0]
        first = [each for each in back if named(each)]
        yield from first
        yield from (each for each in back if each not in first)

    for row in in_turn():
        if row.ref == "A-7":
            told["refused"].append(row.line)
            continue
        key = (row.ref, row.reference, row.paid_on, row.minor)
        before = [each for each in seen if (each.ref, each.reference, each.paid_on, each.minor) == key]
        seen.append(row)
        held = [each for each in taken if each.ref == row.ref]
        if before:
            told["same" if row.reference else "refused"].append(row.line)
        elif row.minor > 0:
            fits = row.reference is None or all(each.reference != row.reference for each in held)
            told["new" if fits else "refused"].append(row.line)
            if fits:
                taken.append(row)
                stands[row.line] = row.minor
        else:
            wanted = row.reverses or row.reference
            meant = [each for each in held if wanted is not None and each.reference == wanted]
            whole = [each for each in held if stands[each.line] == -row.minor and each.paid_on <= row.paid_on]
            last = sorted(whole, key=lambda each: (each.paid_on, each.line))[-1:]
            back = (meant or ([] if row.reverses else last))[:1]
            enough = bool(back) and stands[back[0].line] >= -row.minor
            told["new" if enough else "refused"].append(row.line)
            if enough:
                stands[back[0].line] += row.minor
    return {name: sorted(lines) for name, lines in told.items()}


@given(files())
def test_files_are_matched_as_a_slow_reading_matches_them(rows: list[Record]) -> None:
    outcome = matched(*rows)
    told = {
        "new": sorted(each.record.line for each in outcome.matches if each.action == "new"),
        "same": sorted(each.record.line for each in outcome.matches if each.action == "same"),
        "refused": sorted(finding.line for finding in outcome.findings),
    }
    assert told == slowly(rows)


@given(files())
def test_a_file_matched_again_brings_nothing_new(rows: list[Record]) -> None:
    first = matched(*rows)
    marks: dict[int, set[str]] = {}
    held: dict[int, Entry] = {}
    for each in first.matches:
        marks.setdefault(each.case.key, set()).add(mark(each.record.reference, each.record.paid_on, each.record.minor))
        if each.entry is not None:
            held[id(each.entry)] = each.entry
    assert all(entry.net >= 0 for entry in held.values())
    again = matched(*rows, on_file=tuple(held.values()), marks=marks)
    assert [each for each in again.matches if each.action == "new"] == []
