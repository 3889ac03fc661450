"""Reading ``collectdesk.dial/1``: every field of the contract, strict names and values, errors that betray nothing."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import product
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectdesk.gate import Instant, Unreadable, convert_dial, dial_schema, instant, parse_dial
from collectdesk.gate.instant import EARLIEST, LATEST
from tests.gate import shipped_rules as shipped

AT = "2026-03-10T10:00:00+08:00"
SECRET = "Zhang-San-13800138000"

FULL: dict[str, Any] = {
    "schema": "collectdesk.dial/1",
    "id": "q1",
    "at": AT,
    "lang": "zh_CN",
    "rulebooks": ["house"],
    "place": {"country": "CN", "region": "GD", "city": "Shenzhen"},
    "zones": [{"zone": "Asia/Shanghai", "from": "address"}],
    "dial": {
        "person": "p1",
        "number": "n1",
        "channel": "voice",
        "automated": False,
        "purpose": "collect",
        "debts": ["d1"],
        "reply_to": "e1",
        "in_call": "e2",
    },
    "own_org": {"id": "o1", "kind": "agency", "licensed": True, "placed_at": AT},
    "orgs": [{"id": "o2", "kind": "lender", "licensed": None, "placed_at": None}],
    "debts": [
        {
            "id": "d1",
            "creditor": "o2",
            "group": "g1",
            "type": "credit_card",
            "signed_on": "2024-02-29",
            "due_on": "2026-01-10",
            "days_past_due": 59,
            "as_of": "2026-03-09",
            "amount": "12480.00",
            "currency": "CNY",
            "statement_at": AT,
            "assigned_at": AT,
            "status": "open",
        }
    ],
    "persons": [
        {
            "id": "p1",
            "role": "debtor",
            "reserved": True,
            "agreed": True,
            "capacity": "full",
            "born_on": "1990-05-01",
            "died_on": None,
            "authority": {"from": AT, "until": AT, "evidence": "letter"},
            "treated_as_debtor": True,
        }
    ],
    "numbers": [
        {
            "number": "n1",
            "person": "p1",
            "class": "mobile",
            "place": "none",
            "source": "contract",
            "status": "ok",
            "status_at": AT,
            "confirmed_at": AT,
        }
    ],
    "events": [
        {
            "id": "e1",
            "at": AT,
            "recorded_at": AT,
            "kind": "call",
            "org": "o1",
            "direction": "out",
            "person": "p1",
            "answered_by": "p1",
            "number": "n1",
            "channel": "voice",
            "automated": False,
            "line": "answered",
            "talk": "conversation",
            "identity": "verified",
            "ended_by": "us",
            "duration_s": 61.5,
            "message": "none",
            "debts": ["d1"],
            "discussed": ["d1"],
            "purpose": "collect",
            "reply_to": "e0",
        }
    ],
    "consents": [
        {
            "id": "c1",
            "opens": ["hours", "cap"],
            "by": "p1",
            "to": "o1",
            "debts": ["d1"],
            "numbers": ["n1"],
            "channels": ["voice"],
            "given_at": AT,
            "from": AT,
            "until": AT,
            "only": [{"from": AT, "to": AT}],
            "weekly": [{"days": [1, 7], "from": "18:00", "to": "24:00"}],
            "via": "call",
            "in_event": "e1",
            "evidence": "recording",
            "revoked_at": AT,
        }
    ],
    "designations": [
        {
            "id": "g1",
            "by": "p1",
            "via": "debtor",
            "kind": "barred",
            "weekly": [{"days": [1], "from": "12:00", "to": "14:00"}],
            "dates": {"from": "2026-03-10", "until": "2026-03-10"},
            "place": "work",
            "number": "n1",
            "channel": "voice",
            "debts": ["d1"],
            "from": AT,
            "until": AT,
            "revoked_at": AT,
        }
    ],
    "holds": [
        {
            "id": "h1",
            "kind": "objection",
            "cause": "amount",
            "debts": ["d1"],
            "persons": ["p1"],
            "received_at": AT,
            "until": AT,
            "lifted_at": AT,
            "allows": ["answer_objection"],
            "counsel_known": True,
        }
    ],
    "notices": [
        {"kind": "outsourcing", "debts": ["d1"], "person": "p1", "sent_at": AT, "received_at": AT, "returned_at": AT}
    ],
    "permits": [{"id": "m1", "person": "p1", "number": "n1", "debts": ["d1"], "at": AT, "until": AT, "shown": True}],
    "standing": {
        "collector": "k1",
        "qualified_until": AT,
        "missing": ["exam"],
        "suspended": False,
        "recordings_overdue": 1,
    },
    "history": {"complete_from": AT, "complete_through": AT, "by_org": [{"org": "o2", "complete_through": AT}]},
}

VALUES = {
    "channel": "voice voice_notice text email letter app visit",
    "purpose": "collect remind callback answer_request answer_objection answer_complaint locate legal_notice "
    "litigation resume_dropped prevent_harm safety",
    "from": "address mobile_code landline_code told creditor fixed",
    "org_kind": "lender agency buyer law_firm",
    "type": "credit_card consumer_loan online_consumer_loan auto mortgage student medical business utility other",
    "debt_status": "open settled recalled assigned",
    "role": "debtor co_debtor guarantor spouse parent guardian heir agent attorney contact employer bureau creditor "
    "other",
    "capacity": "full limited none unknown",
    "class": "mobile landline voip unknown",
    "place": "home work other none unknown",
    "source": "contract application authorisation public told_by_contact bureau_authorised debtor unknown",
    "number_status": "ok invalid wrong unknown",
    "event_kind": "call message visit",
    "direction": "out in",
    "line": "answered dropped no_answer rejected busy switched_off unreachable suspended void_number voicemail "
    "voicemail_full ringless carrier_blocked network_failed not_dialled unknown",
    "talk": "none brief conversation unknown",
    "identity": "verified failed refused not_asked",
    "ended_by": "us them line unknown",
    "message": "none limited naming_debt",
    "opens": "hours cap rest place channel number contact workplace employer",
    "via": "call writing email app contract",
    "designation_via": "debtor agent creditor_note",
    "designation_kind": "barred only",
    "hold_kind": "cease attorney dispute objection complaint plan promise hardship moratorium disaster bereavement "
    "debt_adjustment bankruptcy litigation deceased incapacity minor settled recalled contact_refused emergency other",
    "notice_kind": "collection_start validation debt outsourcing assignment adverse_credit dispute_and_sue",
}
WHERE: dict[str, tuple[Any, ...]] = {
    "channel": ("dial", "channel"),
    "purpose": ("dial", "purpose"),
    "from": ("zones", 0, "from"),
    "org_kind": ("own_org", "kind"),
    "type": ("debts", 0, "type"),
    "debt_status": ("debts", 0, "status"),
    "role": ("persons", 0, "role"),
    "capacity": ("persons", 0, "capacity"),
    "class": ("numbers", 0, "class"),
    "place": ("numbers", 0, "place"),
    "source": ("numbers", 0, "source"),
    "number_status": ("numbers", 0, "status"),
    "event_kind": ("events", 0, "kind"),
    "direction": ("events", 0, "direction"),
    "line": ("events", 0, "line"),
    "talk": ("events", 0, "talk"),
    "identity": ("events", 0, "identity"),
    "ended_by": ("events", 0, "ended_by"),
    "message": ("events", 0, "message"),
    "opens": ("consents", 0, "opens", 0),
    "via": ("consents", 0, "via"),
    "designation_via": ("designations", 0, "via"),
    "designation_kind": ("designations", 0, "kind"),
    "hold_kind": ("holds", 0, "kind"),
    "notice_kind": ("notices", 0, "kind"),
}


def changed(path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """The full question with one value replaced."""
    document = json.loads(json.dumps(FULL))
    at_path(document, path[:-1])[path[-1]] = value
    return dict(document)


def at_path(document: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        document = document[key]
    return document


def scalars(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of every scalar below ``value``."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    return [path] if inner is None else [found for key, each in inner for found in scalars(each, (*path, key))]


def tables(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of every object below ``value``."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    own = [path] if isinstance(value, dict) else []
    return own + [found for key, each in inner for found in tables(each, (*path, key))]


def written(path: tuple[Any, ...]) -> str:
    return "$" + "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path)


def refused(document: Any) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        parse_dial(json.dumps(document))
    return caught.value


def test_every_field_of_the_contract_is_read() -> None:
    assert parse_dial(json.dumps(FULL)) == convert_dial(FULL)
    assert parse_dial(json.dumps(FULL)).designations[0].dates.end.isoformat() == "2026-03-10"  # type: ignore[index, union-attr]


def test_the_full_question_names_every_field_there_is() -> None:
    """Nothing the types know is missing from the question above."""
    schema = dial_schema()["$defs"]
    known = {name for each in schema.values() for name in each.get("properties", {})}
    named = {key for path in scalars(FULL) for key in path if isinstance(key, str)}
    assert known == named


@pytest.mark.parametrize(("name", "value"), [(name, each) for name, text in VALUES.items() for each in text.split()])
def test_every_value_of_the_contract_is_read(name: str, value: str) -> None:
    convert_dial(changed(WHERE[name], value))


@pytest.mark.parametrize("name", WHERE)
@pytest.mark.parametrize("more", ["", f" - at `$.{SECRET}`"], ids=["value", "like-a-path"])
def test_another_value_is_refused_where_it_stands_and_not_repeated(name: str, more: str) -> None:
    error = refused(changed(WHERE[name], SECRET + more))
    assert (error.code, error.id) == ("bad_value", "q1")
    assert error.where.startswith(written(WHERE[name]).removesuffix("[0]"))
    assert SECRET not in str(error.to_wire())


REQUIRED = [
    ("at",), ("dial",), ("zones", 0, "zone"), ("own_org", "id"), ("numbers", 0, "number"), ("events", 0, "at"),
    ("notices", 0, "kind"), ("history", "by_org", 0, "org"),
    *((name, 0, "id") for name in FULL if name not in ("zones", "numbers", "notices") and isinstance(FULL[name], list)),
]  # fmt: skip
OPTIONAL = [path for path in scalars(FULL) if path not in REQUIRED and not isinstance(path[-1], int)]


@pytest.mark.parametrize("path", [path for path in REQUIRED if path[0] != "rulebooks"], ids=written)
def test_what_names_a_thing_is_required(path: tuple[Any, ...]) -> None:
    """Null is the same as absent here as well."""
    absent = changed(path, "to be taken away")
    del at_path(absent, path[:-1])[path[-1]]
    for document in (absent, changed(path, None)):
        error = refused(document)
        assert (error.code, error.where, error.message) == ("missing_field", written(path), "This field is required")


@pytest.mark.parametrize("path", [("events", 0), ("rulebooks", 0), ("consents", 0, "opens", 0), ("zones", 0)])
def test_a_list_holds_no_null(path: tuple[Any, ...]) -> None:
    error = refused(changed(path, None))
    assert error.code == "bad_value"
    assert error.where.startswith(written(path).removesuffix("[0]"))


@pytest.mark.parametrize("path", OPTIONAL, ids=written)
def test_null_is_the_same_as_absent(path: tuple[Any, ...]) -> None:
    document = changed(path, "to be taken away")
    del at_path(document, path[:-1])[path[-1]]
    assert _bare(convert_dial(changed(path, None))) == _bare(convert_dial(document))


def _bare(value: Any) -> Any:
    """Without what is empty: an absent list is an empty one."""
    if isinstance(value, msgspec.Struct):
        parts = {name: _bare(getattr(value, name)) for name in value.__struct_fields__}
        return {name: each for name, each in parts.items() if each not in (None, ())}
    return tuple(_bare(each) for each in value) if isinstance(value, tuple) else value


@pytest.mark.parametrize(
    "list_", ["zones", "orgs", "debts", "persons", "numbers", "events", "consents", "designations"]
)
def test_an_absent_list_is_an_empty_one(list_: str) -> None:
    """Said three ways, decided one way."""
    question = shipped.lawful()
    question.pop(list_, None)
    absent, empty, null = (
        shipped.gate().decide(convert_dial(each)).to_wire()
        for each in (question, {**question, list_: []}, {**question, list_: None})
    )
    assert absent == empty == null


@pytest.mark.parametrize("path", tables(FULL), ids=written)
def test_an_unknown_field_is_an_error_at_any_depth(path: tuple[Any, ...]) -> None:
    error = refused(changed((*path, "colour"), SECRET))
    assert (error.code, error.where, error.id) == ("unknown_field", f"{written(path)}.colour", "q1")
    assert SECRET not in str(error.to_wire())


def told(document: Any) -> Unreadable | None:
    """What is said against ``document``, if anything."""
    try:
        parse_dial(json.dumps(document))
    except Unreadable as error:
        return error
    return None


@pytest.mark.parametrize(
    "wrong", [SECRET, 4711, -1.5, True, [SECRET], {SECRET: 1}], ids=lambda wrong: type(wrong).__name__
)
@pytest.mark.parametrize("path", scalars(FULL), ids=written)
def test_no_error_repeats_a_value(path: tuple[Any, ...], wrong: Any) -> None:
    error = told(changed(path, wrong))
    if error is not None:
        assert error.where.startswith("$")
        assert SECRET not in error.message
        assert "4711" not in error.message


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "bad_json"),
        ("{", "bad_json"),
        ("[]", "bad_value"),
        ("null", "bad_value"),
        ('{"id": "q1"}', "missing_field"),
        ('{"at": "2026-03-10T10:00:00Z"}', "missing_field"),
        ('{"at": "2026-03-10T10:00:00Z", "dial": {}} x', "bad_json"),
        ("[" * 100_000, "bad_value"),
        ('{"at": "2026-03-10T10:00:00Z", "dial": {}, "schema": "collectdesk.dial/2"}', "bad_value"),
    ],
)
def test_what_is_no_question(text: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_dial(text)
    assert caught.value.code == code


def test_what_is_nested_too_deeply_is_no_question() -> None:
    with pytest.raises(Unreadable, match="Nested too deeply") as caught:
        parse_dial('{"at": ' + "[" * 100_000)
    assert (caught.value.code, caught.value.where) == ("bad_json", "$")


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        (b'{"at": 1, "id": "q1"}', "q1"),
        (b'{"at": 1, "id": 5}', None),
        (b'{"at": 1}', None),
        (b"[1]", None),
        (b'{"at": 1, "id": "q1", "debts": [{"id": "d1", "days_past_due": 1e999}]}', "q1"),
        (b'{"at": 1, "id": 1e999}', None),
        (b'{"at": 1, "id": "q1"', None),
        (b'{"at": 1, "id": "\xff\xfe"}', None),
        (b'{"at": 1, "id": ' + b"[" * 100_000, None),
    ],
)
def test_an_error_names_the_question_where_its_text_still_does(text: bytes, id_: str | None) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_dial(text)
    assert (caught.value.code, caught.value.id) == ("bad_value", id_)


@pytest.mark.parametrize(("document", "id_"), [({"id": "q1", "at": "now"}, "q1"), ({"at": "now"}, None), ([], None)])
def test_so_does_one_that_came_as_plain_values(document: Any, id_: str | None) -> None:
    with pytest.raises(Unreadable) as caught:
        convert_dial(document)
    assert (caught.value.code, caught.value.id) == ("bad_value", id_)


def test_garbled_bytes_are_no_question() -> None:
    with pytest.raises(Unreadable) as caught:
        parse_dial(b'{"id": "\xff\xfe"}')
    assert caught.value.code == "bad_json"


def test_the_error_is_of_the_contract_s_shape() -> None:
    error = refused(changed(("events", 0, "line"), "sms"))
    assert error.to_wire() == {
        "schema": "collectdesk.error/1",
        "id": "q1",
        "code": "bad_value",
        "where": "$.events[0].line",
        "message": "Not one of the contract's values",
    }


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-10",
        "2026-03-10T10:00:00",
        "10:00",
        "",
        "now",
        "2026-13-01T00:00:00Z",
        "2026-03-10T25:00:00Z",
        1773108000,
    ],
)
def test_an_instant_needs_a_date_a_time_and_an_offset(text: Any) -> None:
    error = refused({**FULL, "at": text})
    assert (error.code, error.where) == ("bad_value", "$.at")


@pytest.mark.parametrize(
    "text",
    ["2026-03-10T10:00:00+08:00", "2026-03-10T02:00:00Z", "2026-03-10T02:00:00.999999Z", "2026-03-09T22:00:00-04:00"],
)
def test_one_instant_written_four_ways(text: str) -> None:
    assert Instant.parse(text) == 1773108000


LAYOUTS = [
    "2026-03-10T10:00:00+08:00", "2026-03-10T02:00:00Z", "2026-03-09T21:00:00-05:00", "2026-03-10T10:00+08:00",
    "20260310T1000+08:00", "20260310T100000+0800", "2026-03-10T10:00:00+08", "2026-03-10T10:00+08:00:00",
    "2026-W11-2T10:00:00+08:00", "20260310T100000.12Z", "20260310T100000.123+08:00", "2026-03-10T02:00:00.1234Z",
    "2026-03-10T10:00:00.999+08:00", "1969-12-31T23:59:59.5Z", "2026-03-10 10:00:00+08:00", "2026W112T10+08",
    "2026-03-10T02:00:00,5Z", "2026-03-10T10:00:00-00:00:30", "1900-01-02T00:00:00+08:05:43",
]  # fmt: skip
"""Layouts ISO 8601 allows, and a few beside them that programs write: a blank for the T, seconds in an offset."""
STRANGE = [
    "20260310100000+0800", "2026-03-10x10:00:00+08:00", "2026-03-10T10:00:00 Z", "2026-03-10T10:00:00\0Z",
    "2026-03-10T10:00:00\nZ", "2026-03-10T100+08:00", "20260310T1000000+0800", "2026-03-10T10:00:00.+08:00",
    "2026-03-10T10:00:00+08.12", "2026-03-10T10:00:00+08:00:30.5", "2026-03-10T10:00:00:+08",
    "2026-03-10T10:00:00+08:60", "2026-03-10T10:00:00+0799", "2026-03-10T10:00:00+08:00:60",
]  # fmt: skip
"""What Python reads all the same; of the first it makes midnight."""
DATES = ["9999-99-99", "99999999", "9999-W99-9", "9999W999"]
TIMES = ["99", "99:99", "99:99:99", "99:99:99.9", "99:99:99,9", "9999", "999999", "999999.9", "999999,9"]
OFFSETS = ["Z", *(f"{sign}{each}" for sign in "+-" for each in ("99", "99:99", "9999", "99:99:99", "999999"))]
ALLOWED = {date + between + time + offset for date, between, time, offset in product(DATES, "T ", TIMES, OFFSETS)}


def read_anew(text: str) -> int | None:
    """The whole seconds before or at the instant, by Python's own reading; nothing where it is none."""
    layout = re.sub(r"(?<=[.,])9+", "9", re.sub(r"[0-9]", "9", text))
    if layout not in ALLOWED or re.search(r"[+-]\d\d:?(\d\d:?)?[6-9]\d$", text):
        return None
    try:
        return (datetime.fromisoformat(text) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1)
    except (TypeError, ValueError):
        return None


def read(text: str) -> int | None:
    try:
        return Instant.parse(text)
    except ValueError:
        return None


@pytest.mark.parametrize("text", STRANGE)
def test_what_is_no_iso_8601_is_refused_rather_than_guessed(text: str) -> None:
    assert datetime.fromisoformat(text).utcoffset() is not None
    error = refused({**FULL, "events": [{"id": "e1", "at": text}]})
    assert (error.code, error.where) == ("bad_value", "$.events[0].at")
    assert error.message == "Expected an instant: ISO 8601 with offset or Z"


def test_a_text_is_read_alike_whatever_was_read_before() -> None:
    """Parts that were met are remembered; no fraction and no offset of one text gets into another."""
    parts = [(text[:11], text[11:16], text[16:]) for text in LAYOUTS]
    tails = {text[start:] for text in LAYOUTS for start in range(1, len(text) + 1)}
    others = [f"2026-03-10T10:00:{second}{tail}" for tail in sorted(tails) for second in ("00", "0", "00+")]
    mixed = ["".join(each) for each in product(*map(dict.fromkeys, zip(*parts, strict=True)))]
    for text in [*LAYOUTS, *LAYOUTS, *others, *mixed]:
        assert (text, read(text)) == (text, read_anew(text))


@given(st.datetimes(), st.datetimes(), st.timezones(), st.sampled_from(["seconds", "milliseconds", "minutes"]))
def test_any_two_texts_share_their_parts_soundly(one: datetime, other: datetime, zone: tzinfo, precision: str) -> None:
    both = [each.replace(tzinfo=zone).isoformat(timespec=precision) for each in (one, other)]
    for first, second in product(both, both):
        for text in (first, second, first[:11] + second[11:], first[:16] + second[16:]):
            exact = read_anew(text)
            assert read(text) == (None if exact is None else min(max(exact, EARLIEST), LATEST))


def test_parts_of_the_usual_layout_are_remembered_and_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """A desk reads the same all day, and whatever is sent cannot fill the memory."""
    monkeypatch.setattr(instant, "REMEMBERED", 3)
    for memory in ("_DATES", "_MINUTES", "_TAILS"):  # whatever was read before
        monkeypatch.setattr(instant, memory, {})
    assert None not in map(read, LAYOUTS)
    kept_of_dates = []
    for day in range(1, 10):
        read(f"2027-01-0{day}T10:00:00Z")
        kept_of_dates.append(len(instant._DATES))
    assert set(kept_of_dates) == {1, 2, 3}
    assert {"10:00", "02:00"} <= instant._MINUTES.keys()
    assert {":00Z", ":00+08:00", ":00-05:00"} <= instant._TAILS.keys()
    for kept, pattern in (
        (instant._DATES, r"\d{4}-\d\d-\d\dT"),
        (instant._MINUTES, r"\d\d:\d\d"),
        (instant._TAILS, r":\d\d(Z|[+-]\d\d:\d\d)"),
    ):
        assert [each for each in kept if not re.fullmatch(pattern, each)] == []


@pytest.mark.parametrize(
    ("met", "text", "at"),
    [
        ("1900-01-01T12:00:00Z", "1900-01-01T12:00:00+13:00", EARLIEST),
        ("8999-12-31T11:00:00Z", "8999-12-31T11:00:00-14:00", LATEST),
    ],
)
def test_what_lies_beyond_time_is_read_as_its_end_whatever_was_read_before(met: str, text: str, at: int) -> None:
    assert read(text) == at
    assert read(met) == read_anew(met)
    assert read(text) == at


def test_what_is_made_of_parts_met_before_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    for text in (
        "2027-02-01T10:01:00Z",
        "2027-02-02T10:02:59+08:00",
        "1901-01-01T00:00:00-05:00",
        "8998-12-31T23:59:00Z",
    ):
        read(text)
    monkeypatch.setattr(instant, "_read", lambda _: pytest.fail("read again"))
    for text in (
        "2027-02-02T10:01:59+08:00",
        "2027-02-01T10:02:00Z",
        "1901-01-01T10:01:00Z",
        "8998-12-31T00:00:00-05:00",
    ):
        assert read(text) == read_anew(text)


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00Z", "1899-12-31T00:00:00Z", "9999-12-31T23:59:59-12:00"])
def test_a_question_about_no_real_time_is_refused(at: str) -> None:
    assert refused({**FULL, "at": at}).code == "bad_value"


@pytest.mark.parametrize(
    ("path", "value", "where", "message"),
    [
        (("at",), "1899-12-31T00:00:00Z", "$.at", "Expected `at` between the years 1900 and 9000"),
        (
            ("designations", 0, "weekly", 0),
            {"from": "22:00", "to": "08:00"},
            "$.designations[0].weekly[0]",
            "Expected `from` before `to`, within one day",
        ),
        (
            ("designations", 0, "dates"),
            {"from": "2026-03-11", "until": "2026-03-10"},
            "$.designations[0].dates",
            "Expected the first date not after the last",
        ),
        (("events", 0, "at"), "now", "$.events[0].at", "Expected an instant: ISO 8601 with offset or Z"),
        (("events", 0, "id"), 1, "$.events[0].id", "Expected `str`, got `int`"),
    ],
)
def test_what_was_expected_is_told(path: tuple[Any, ...], value: Any, where: str, message: str) -> None:
    error = refused(changed(path, value))
    assert (error.code, error.where, error.message) == ("bad_value", where, message)


@pytest.mark.parametrize(
    ("name", "rows", "where"),
    [
        ("persons", [{"id": "p1"}, {"id": "p1", "died_on": "2026-03-01"}], "$.persons[1].id"),
        ("persons", [{"id": "p1", "role": "debtor"}, {"id": "p2"}, {"id": "p1", "role": "contact"}], "$.persons[2].id"),
        ("debts", [{"id": "d1", "status": "open"}, {"id": "d1", "status": "settled"}], "$.debts[1].id"),
        ("orgs", [{"id": "o2", "kind": "lender"}, {"id": "o2"}], "$.orgs[1].id"),
        (
            "numbers",
            [{"number": "n1", "person": "p1"}, {"number": "n1", "person": "p1", "status": "wrong"}],
            "$.numbers[1].number",
        ),
        ("persons", [{"id": "p1"}, {"id": "p1"}], None),
        ("numbers", [{"number": "n1", "person": "p1"}, {"number": "n1", "person": "p2", "status": "wrong"}], None),
        ("events", [{"id": "e1", "at": AT}, {"id": "e1", "at": AT, "line": "busy"}], None),  # each counts
        ("permits", [{"id": "t1", "shown": True}, {"id": "t1", "shown": False}], None),  # so does each of them
    ],
)
def test_one_id_stands_for_one_thing(name: str, rows: list[dict[str, Any]], where: str | None) -> None:
    """Whichever of two rows was meant, the other would go unheard."""
    question = {**FULL, name: rows}
    for read in (convert_dial, lambda each: parse_dial(json.dumps(each))):
        if where is None:
            assert read(question).id == "q1"
            continue
        with pytest.raises(Unreadable) as caught:
            read(question)
        found = caught.value
        assert (found.code, found.where, found.message, found.id) == (
            "bad_value",
            where,
            "Expected one row for each",
            "q1",
        )


@pytest.mark.parametrize("until", ["9999-12-31T23:59:59Z", "9999-12-31T23:59:59-12:00"])
def test_for_ever_may_be_written_as_a_far_date(until: str) -> None:
    question = shipped.lawful(holds=[{"id": "h1", "kind": "complaint", "until": until}])
    decision = shipped.gate().decide(convert_dial(question))
    assert (decision.allowed, decision.next_allowed_at) == (False, None)


@pytest.mark.parametrize("path", [path for path in scalars(FULL) if path[0] not in ("at", "rulebooks")], ids=written)
def test_a_far_date_anywhere_breaks_nothing(path: tuple[Any, ...]) -> None:
    """Whatever can be read can be decided."""
    for value in ("9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "9999-12-31", "0001-01-01"):
        try:
            dial = convert_dial(changed(path, value))
            shipped.gate().decide(dial).to_wire()
        except Unreadable:
            continue


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("designations", 0, "weekly", 0), {"from": "22:00", "to": "08:00"}),
        (("designations", 0, "weekly", 0), {"from": "12:00", "to": "12:00"}),
        (("designations", 0, "weekly", 0), {"from": "24:00"}),
        (("designations", 0, "weekly", 0, "to"), "24:01"),
        (("designations", 0, "weekly", 0, "to"), "9:00"),
        (("designations", 0, "weekly", 0, "days"), [0]),
        (("designations", 0, "weekly", 0, "days"), [8]),
        (("designations", 0, "dates"), {"from": "2026-03-11", "until": "2026-03-10"}),
        (("debts", 0, "amount"), "1,234.50"),
        (("debts", 0, "amount"), 12480.0),
        (("debts", 0, "amount"), "1e3"),
        (("debts", 0, "amount"), "1\n"),
        (("debts", 0, "amount"), "١٢"),
        (("designations", 0, "weekly", 0, "to"), "14:00\n"),
        (("designations", 0, "weekly", 0, "to"), "1٤:00"),
        (("debts", 0, "days_past_due"), 1.5),
        (("events", 0, "duration_s"), -1),
        (("persons", 0, "born_on"), "1990-02-30"),
    ],
)
def test_a_value_that_would_silently_mean_nothing_is_refused(path: tuple[Any, ...], value: Any) -> None:
    """A stretch across midnight or backwards bars nothing, so it is an error and not a wish ignored."""
    error = refused(changed(path, value))
    assert error.code == "bad_value"
    assert error.where.startswith(written(path))


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(), st.lists))
def test_any_json_is_read_or_refused(value: Any) -> None:
    documents = (value, {"at": value, "dial": {}}, {"at": AT, "dial": value}, {**FULL, "events": [value]})
    errors = [told(each) for each in documents]
    codes = {error.code for error in errors if error is not None}
    assert codes <= {"bad_json", "bad_value", "missing_field", "unknown_field"}
