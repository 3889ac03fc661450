"""The house's settings: in the adopted house rulebook, checked when it is adopted, as shipped where it is silent."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from collectdesk.desk import house
from collectdesk.desk.adoptable import parse, prepare
from collectdesk.desk.rulebook_diff import compare
from collectdesk.desk.shipped import listed, shipped
from collectdesk.errors import BadData

HOUSE = shipped("rulebooks/house.toml").decode()


def changed(old: str, new: str) -> bytes:
    """The shipped house rulebook, as its version 2, with one thing otherwise."""
    assert HOUSE.count(old) == 1
    return HOUSE.replace(old, new).replace('version = "1"', 'version = "2"').encode()


def refused_at(content: bytes, file: str = "house.toml") -> str:
    with pytest.raises(BadData, match="text_malformed") as refused:
        prepare("rulebook", content, file)
    return str(refused.value.params["where"])


def test_what_a_rulebook_leaves_out_is_as_the_shipped_one_sets_it() -> None:
    """The program's own numbers and the shipped file's are the same."""
    book = house.compile_book(parse(HOUSE.encode(), "house.toml"))
    assert set(book.settings) == set(house.HouseSettings.__struct_fields__)
    assert house.read(book) == house.HouseSettings()
    assert house.read(msgspec.structs.replace(book, settings={})) == house.HouseSettings()
    assert house.of([]) == house.HouseSettings()


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("least_percent = 10", "least_percent = 101", "$.settings.promise.least_percent"),
        ("most_days = 30", "most_days = -1", "$.settings.promise.most_days"),
        ("most_days = 30", 'most_days = "30"', "$.settings.promise.most_days"),
        ("most_broken = 2", "most_broken = 0", "$.settings.promise.most_broken"),
        ("most_broken = 2", "", "$.settings.promise"),
        ("most_broken = 2", "most_broken = 2\nmost_years = 1", "$.settings.promise"),
        ("complaint = 10", "complaint = 16", "$.settings.answers.complaint"),
        ("objection = 5", "objection = 0", "$.settings.answers.objection"),
        ("acknowledge_minutes = 10", "acknowledge_minutes = 0", "$.settings.emergency.acknowledge_minutes"),
        ("repeated = 3", "repeated = 1", "$.settings.conduct.repeated"),
        ('"gift", "private', '"Gift", "private', "$.settings.conduct.grave[4]"),
        ("least_debtors = 5", "least_debtors = 1", "$.settings.reports.least_debtors"),
        ("[settings.answers]", "[settings.replies]", "$.settings"),
        ("ordinary_days = 15", "ordinary_days = 16", "$.settings.complaint.ordinary_days"),
        ("special_days = 60", "special_days = 61", "$.settings.complaint.special_days"),
        ("complex_days = 30", "complex_days = 15", "$.settings.complaint"),
        (
            'cite = { zh_CN = "公司制度 第九条第四款", en = "Company policy, article 9(4)" }\nleast',
            'cite = { en = "Company policy" }\nleast',
            "$.settings.promise.cite",
        ),
    ],
)
def test_a_setting_that_cannot_be_is_refused_and_says_where(old: str, new: str, where: str) -> None:
    """Article 9.4: limits are numbers within bounds, cited in both languages, and none is half given."""
    assert refused_at(changed(old, new)) == where


def test_only_the_house_has_settings() -> None:
    for path in listed("rulebooks/*.toml"):
        if path.endswith("/house.toml"):
            continue
        text = shipped(path) + b'\n[settings.answers]\ncite = { zh_CN = "a", en = "a" }\nobjection = 1\ncomplaint = 1\n'
        assert refused_at(text, path) == "$.settings"


def test_a_difference_names_a_changed_setting() -> None:
    old = prepare("rulebook", HOUSE.encode(), "house.toml")[0].value
    new = prepare("rulebook", changed("most_days = 30", "most_days = 14"), "house.toml")[0].value
    assert [(each.name, each.what, each.fields[0].path) for each in compare(old, new).changes] == [
        ("settings.promise", "changed", ("most_days",))
    ]
    added = compare(msgspec.structs.replace(old, settings={}), old).changes
    assert {each.name for each in added} == {f"settings.{name}" for name in house.HouseSettings.__struct_fields__}


def test_the_schema_names_every_table_and_bound() -> None:
    published: dict[str, Any] = house.schema()
    assert published["title"] == "collectdesk.house_settings/1"
    assert published["$defs"]["Promises"]["required"] == ["cite", "least_percent", "most_days", "most_broken"]
    assert published["$defs"]["Promises"]["properties"]["least_percent"] == {
        "type": "integer",
        "minimum": 0,
        "maximum": 100,
    }
