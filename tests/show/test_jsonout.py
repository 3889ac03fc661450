"""JSON: schema first, exact values, offsets kept, one stable text, UTF-8 in every locale."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum

import msgspec
import pytest

from collectdesk.show import jsonout


class Kind(StrEnum):
    """A code."""

    lender = "lender"


class Row(msgspec.Struct):
    """A contract type."""

    b: int
    a: date


def test_a_document_begins_with_its_schema_and_keeps_its_order() -> None:
    stream = io.StringIO()
    jsonout.emit("collectdesk.case/1", {"z": 1, "a": None, "m": True}, stream=stream)
    assert list(json.loads(stream.getvalue())) == ["schema", "z", "a", "m"]
    assert stream.getvalue().endswith("}\n")


def test_values_have_one_exact_form() -> None:
    east = timezone(timedelta(hours=8))
    values = {
        "instant": datetime(2026, 11, 23, 19, 20, tzinfo=east),
        "utc": datetime(2026, 11, 23, tzinfo=UTC),
        "day": date(2026, 11, 23),
        "rate": Decimal("0.0500"),
        "kind": Kind.lender,
        "rows": (Row(1, date(2026, 1, 2)),),
        "name": "王小明",
    }
    assert jsonout.dumps(values) == (
        '{"instant": "2026-11-23T19:20:00+08:00", "utc": "2026-11-23T00:00:00+00:00", "day": "2026-11-23", '
        '"rate": "0.0500", "kind": "lender", "rows": [{"b": 1, "a": "2026-01-02"}], "name": "王小明"}'
    )


@pytest.mark.parametrize("value", [1.5, datetime(2026, 1, 1), b"x", object(), {1, 2}])  # noqa: DTZ001 - naive is the point
def test_a_value_without_an_exact_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        jsonout.dumps({"value": value})


def test_rows_are_one_document_a_line() -> None:
    stream = io.StringIO()
    jsonout.emit_lines([{"a": "x\ny"}, {"a": 2}], stream=stream)
    assert [json.loads(line) for line in stream.getvalue().splitlines()] == [{"a": "x\ny"}, {"a": 2}]


@pytest.mark.parametrize("settings", [{"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "gb18030"}])
def test_json_is_utf_8_whatever_the_locale_says(settings: dict[str, str]) -> None:
    code = "from collectdesk.show.jsonout import emit; emit('s/1', {'name': '王'})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=os.environ | settings)
    assert json.loads(done.stdout.decode("utf-8"))["name"] == "王"
