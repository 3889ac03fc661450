"""Lines of a case file as records: what is read, what is refused and how it is said."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from collectdesk.desk.importing.headings import fields
from collectdesk.desk.importing.lacking import ITEMS, LACKS
from collectdesk.desk.importing.mapping import read_mapping
from collectdesk.desk.importing.records import Term
from collectdesk.desk.importing.vocabulary import normal, shipped
from collectdesk.errors import BadData
from collectdesk.store import words
from tests.desk.importing.files import CALL, DEMO, GOOD, calls, cases, codes, csv_file, other, read, read_rows

ENGLISH = {
    "Case no.": "A-1", "Creditor": "Example Bank", "Contract number": "7-1", "Product": "Personal loan",
    "Debtor name": "Ann O'Hara", "ID type": "passport", "ID number": "E99000001", "Date of birth": "1990-01-31",
    "Time zone": "Asia/Shanghai", "Mobile": "+86 160 0000 0001", "Phone source": "contract",
    "Contact 1 name": "Bo Li", "Contact 1 relation": "spouse", "Contact 1 phone": "0755-12345678-801",
    "Contact 1 reserved": "yes", "Contact 2": "Cy Wu", "Contact 2 relationship": "guarantor",
    "Statement date": "2026-11-22", "Principal": "100", "Interest": "2.5", "Late fee": "0", "Currency": "USD",
    "Due date": "2026-11-01", "Late fee clause": "Clause 6", "Consequences": "late_fee; credit report",
}  # fmt: skip


def test_a_line_in_english(tmp_path: Path) -> None:
    (record,) = cases(read_rows(tmp_path, ENGLISH))
    assert (record.ref, record.creditor, record.contract_no, record.debt_type) == (
        "A-1",
        "Example Bank",
        "7-1",
        "consumer_loan",
    )
    debtor = record.debtor
    assert (debtor.name, debtor.id_kind, debtor.born_on, debtor.zone) == (
        "Ann O'Hara",
        "passport",
        "1990-01-31",
        "Asia/Shanghai",
    )
    spouse, guarantor = record.contacts
    assert (spouse.role, spouse.reserved, spouse.numbers[0].number) == ("spouse", True, "+8675512345678;ext=801")
    assert (guarantor.name, guarantor.role, guarantor.numbers) == ("Cy Wu", "guarantor", ())
    assert record.amounts is not None
    assert (record.amounts.principal, record.amounts.interest, record.amounts.fees) == (10_000, 250, 0)
    assert (record.amounts.currency, record.amounts.days_past_due) == ("USD", 21)
    assert record.terms == (Term("late_fee", "Clause 6", None),)
    assert record.consequences == ("late_fee", "credit_record")


def test_a_line_in_chinese(tmp_path: Path) -> None:
    more = {
        "联系人一姓名": "李四", "联系人一关系": "母亲", "联系人1电话": "16100000001",
        "联系人2姓名": "赵六", "联系人2关系": "同事",
        "单位电话": "0300-5550101-801", "合同条款": "违约金:第六条;利率:年利率18.25%", "征信告知日期": "2026年10月20日",
        "适用后果": "违约金、征信", "行为能力": "完全", "委案日期": "2026/11/16",
    }  # fmt: skip
    (record,) = cases(read_rows(tmp_path, GOOD | more))
    assert record.debtor.name == "王·小明"
    assert record.debtor.region == "GD"
    assert [(each.number, each.place, each.source) for each in record.debtor.numbers] == [
        ("+8616000002001", "none", "contract"),
        ("+863005550101;ext=801", "work", "contract"),
    ]
    assert [(each.role, each.relation) for each in record.contacts] == [("parent", "母亲"), ("contact", "同事")]
    assert record.terms == (Term("late_fee", "第六条", None), Term("interest_rate", None, "年利率18.25%"))
    assert dict(record.notices) == {"outsourcing": 1_794_585_600, "adverse_credit": 1_792_425_600}


def test_amounts_in_ten_thousands_by_heading_and_by_cell(tmp_path: Path) -> None:
    row = other(1, 本金="1.19万元", 利息="0", 违约金="0")
    row["欠款总额(万元)"] = "1.19"
    del row["欠款总额"]
    file = read_rows(tmp_path, row)
    (record,) = cases(file)
    assert record.amounts is not None
    assert record.amounts.principal == 1_190_000
    assert [(note.column, note.code, note.severity) for note in file.findings] == [
        ("本金", "amount_units", "note"),
        ("欠款总额(万元)", "amount_units", "note"),
    ]


@pytest.mark.parametrize(
    ("stated", "due", "days"), [("47", "", 47), ("", "2026-10-06", 47), ("40天", "2026-10-06", 40), ("", "", None)]
)
def test_days_past_due_as_stated_or_from_the_due_date(tmp_path: Path, stated: str, due: str, days: int | None) -> None:
    (record,) = cases(read_rows(tmp_path, GOOD | {"逾期天数": stated, "应还款日": due}))
    assert record.amounts is not None
    assert record.amounts.days_past_due == days


DAMAGE: list[tuple[dict[str, str], list[tuple[int, str, str]]]] = [
    ({"手机号": "1.38E+10"}, [(2, "手机号", "scientific_notation")]),
    ({"证件号码": "1.10105E+17"}, [(2, "证件号码", "scientific_notation")]),
    ({"合同号": "6.299E+15"}, [(2, "合同号", "scientific_notation")]),
    ({"证件号码": "110105194912310000"}, [(2, "证件号码", "precision_lost")]),
    ({"证件号码": "110105194912310021"}, [(2, "证件号码", "check_digit")]),
    ({"手机号": "75512345678"}, [(2, "手机号", "leading_zero_lost")]),
    ({"账单日期": "46348"}, [(2, "账单日期", "serial_date")]),
    ({"账单日期": "22/11/2026"}, [(2, "账单日期", "date_ambiguous")]),
    ({"账单日期": "2026-11-24"}, [(2, "账单日期", "date_in_future")]),
    ({"欠款总额": "12,480.01"}, [(2, "欠款总额", "total_mismatch")]),
    ({"本金": "-11900"}, [(2, "本金", "negative_amount")]),
    ({"利息": "430.005"}, [(2, "利息", "too_many_decimals")]),
    ({"利息": "", "欠款总额": "12480"}, [(2, "欠款总额", "statement_incomplete")]),
    ({"账单日期": ""}, [(2, "欠款总额", "statement_undated")]),
    ({"证件类型": "身份"}, [(2, "证件类型", "word_unknown")]),
    ({"号码来源": "网上"}, [(2, "号码来源", "word_unknown")]),
    ({"姓名": "王\u200b小明"}, [(2, "姓名", "invisible_characters")]),
    ({"姓名": "王\x00小明"}, [(2, "姓名", "nul_character")]),
    ({"姓名": "长" * 40_000}, [(2, "姓名", "text_too_long")]),
    ({"姓名": " \u3000"}, [(2, "姓名", "missing")]),
    ({"姓名": "-"}, [(2, "姓名", "no_name")]),
    ({"联系人1": "-"}, [(2, "联系人1", "contact_unnamed")]),
    ({"产品": "未名产品"}, [(2, "产品", "product_unknown")]),
    ({"出生日期": "1990-01-01"}, [(2, "出生日期", "birth_mismatch")]),
    ({"联系人1电话": "16100000001"}, [(2, "联系人1电话", "contact_unnamed")]),
    ({"币种": "元宝"}, [(2, "币种", "currency_unknown")]),
    ({"时区": "Mars/Base"}, [(2, "时区", "zone_unknown")]),
    ({"爱好": "钓鱼"}, [(1, "爱好", "column_unknown")]),
]


@pytest.mark.parametrize(("change", "expected"), DAMAGE, ids=lambda each: ascii(each)[:60])
def test_damage_is_met_by_name(tmp_path: Path, change: dict[str, str], expected: list[tuple[int, str, str]]) -> None:
    assert codes(read_rows(tmp_path, GOOD | change)) == expected


def test_trailing_spaces_and_full_width_digits_are_no_damage(tmp_path: Path) -> None:
    spaced = {name: f"\u00a0{value}\t " for name, value in GOOD.items()} | {"手机号": "１６０００００２００１　"}
    file = read_rows(tmp_path, spaced)
    assert file.findings == []
    assert cases(file)[0].debtor == cases(read_rows(tmp_path, GOOD))[0].debtor


PERSONAL = ("姓名", "证件号码", "手机号", "联系人1姓名", "联系人1电话", "出生日期", "地址", "单位电话")


def test_no_finding_ever_holds_a_personal_value(tmp_path: Path) -> None:
    """Every message is made of the file's headings, counts and codes alone."""
    wrong = {name: f"秘密{number}4711" for number, name in enumerate(PERSONAL)}
    rows = [GOOD | {name: value} for name, value in wrong.items()] + [change | {} for change, _ in DAMAGE]
    for row in (GOOD | each for each in rows):
        for finding in read_rows(tmp_path, row).findings:
            said = f"{finding.column} {finding.message} {finding.hint} {finding.params}"
            assert "秘密" not in said
            assert "4711" not in said
            assert GOOD["姓名"] not in said
            assert not re.search(r"\d{6}", said)


def test_every_placeholder_is_given(tmp_path: Path) -> None:
    for change, _ in DAMAGE:
        for finding in read_rows(tmp_path, GOOD | change).findings:
            assert "{" not in finding.message.format(**finding.params) + finding.hint.format(**finding.params)
            assert finding.message.endswith(".")


class TestBetweenLines:
    def test_an_identical_line_is_read_once(self, tmp_path: Path) -> None:
        file = read_rows(tmp_path, GOOD, other(1), GOOD)
        assert codes(file) == [(4, "", "row_twice")]
        assert (len(file.cases), file.refused) == (2, 0)

    @pytest.mark.parametrize(
        ("second", "column", "code"),
        [
            (other(1, 合同号=GOOD["合同号"]), "合同号", "case_twice"),
            (other(1, 证件号码=GOOD["证件号码"]), "证件号码", "document_shared"),
            (other(1, 案件编号=GOOD["案件编号"]), "案件编号", "ref_twice"),
            (GOOD | {"案件编号": "A-1", "债权人": "别家银行"}, "债权人", "creditor_conflict"),
        ],
    )
    def test_a_conflict_keeps_both_lines_out(
        self, tmp_path: Path, second: dict[str, str], column: str, code: str
    ) -> None:
        file = read_rows(tmp_path, GOOD, second, other(9))
        assert sorted(codes(file)) == [(2, column, code), (3, column, code)]
        assert [record.line for record in cases(file)] == [4]

    def test_two_cases_of_one_debtor_are_no_conflict(self, tmp_path: Path) -> None:
        assert (
            codes(read_rows(tmp_path, GOOD, GOOD | {"案件编号": "A-1", "合同号": "6299-0002", "姓名": "王小明"})) == []
        )


def test_notes_of_a_kind_are_counted(tmp_path: Path) -> None:
    rows = [other(number, 账单日期="46348") for number in range(5)]
    (note,) = read_rows(tmp_path, *rows).findings
    assert (note.code, note.line, note.count, note.severity) == ("serial_date", 2, 5, "note")


def test_a_mapping_file_for_odd_headings_words_and_constants(tmp_path: Path) -> None:
    rules = tmp_path / "odd.toml"
    rules.write_text(
        """
        [file]
        heading_line = 2
        zone = "Asia/Tokyo"
        [columns]
        "客户大名" = "debtor.name"
        "另一个电话" = "numbers.mobile.2"
        "爱好" = "ignore"
        [constants]
        "case.creditor" = "示例银行"
        [values.number_source]
        "进件表" = "application"
        """,
        encoding="utf-8",
    )
    row = {name: value for name, value in GOOD.items() if name not in ("债权人", "姓名")}
    row |= {"客户大名": "王小明", "另一个电话": "16000000002", "号码来源": "进件表", "爱好": "钓鱼"}
    path = csv_file(tmp_path / "a.csv", row)
    path.write_text("示例银行委案清单" + "," * 18 + "\r\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    file = read(path, read_mapping(rules))
    (record,) = cases(file)
    assert file.findings == []
    assert (record.creditor, record.debtor.name) == ("示例银行", "王小明")
    assert [(each.number, each.source) for each in record.debtor.numbers] == [
        ("+8616000002001", "application"),
        ("+8616000000002", "application"),
    ]
    assert record.amounts is not None
    assert record.amounts.stated_at == 1_795_273_200  # 2026-11-22 00:00 in Tokyo


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("[columns]\n'a' = 'debtor.nome'", "mapping_field"),
        ("[columns]\n'a' = 'debtor.name.2'", "mapping_field"),
        ("[values.number_source]\n'a' = 'web'", "mapping_value"),
        ("[values.source]\n'a' = 'contract'", "mapping_list"),
        ("[file]\nzone = 'Mars/Base'", "mapping_zone"),
        ("[colums]\n'a' = 'debtor.name'", "mapping_unreadable"),
        ("not toml", "mapping_unreadable"),
    ],
)
def test_a_mapping_file_that_is_wrong(tmp_path: Path, content: str, code: str) -> None:
    rules = tmp_path / "odd.toml"
    rules.write_text(content, encoding="utf-8")
    with pytest.raises(BadData) as caught:
        read_mapping(rules)
    assert caught.value.code == code
    if code in ("mapping_value", "mapping_list"):
        assert ("contract" if code == "mapping_value" else "number_source") in str(caught.value.params["known"])


CALL_CELLS: list[tuple[dict[str, str], dict[str, Any]]] = [
    ({"通话结果": "无人接听"}, {"result": "no_answer", "talk": "none"}),
    ({"通话结果": "接通", "通话类型": "有效通话"}, {"result": "answered", "talk": "conversation"}),
    ({"通话结果": "接通"}, {"result": "answered", "talk": "unknown"}),
    ({"通话结果": ""}, {"result": "unknown", "talk": "unknown"}),
    ({"方向": "呼入", "通话秒数": "1分15秒"}, {"direction": "in", "duration_s": 75}),
    ({"渠道": "短信", "通话结果": ""}, {"kind": "message", "channel": "text", "result": None, "talk": None}),
    ({"智能语音": "是", "联系对象": "李四"}, {"automated": True, "person": "李四"}),
]


@pytest.mark.parametrize(("change", "expected"), CALL_CELLS)
def test_earlier_calls(tmp_path: Path, change: dict[str, str], expected: dict[str, Any]) -> None:
    (call,) = calls(read_rows(tmp_path, CALL | change))
    assert {name: getattr(call, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"拨打时间": "2026-11-20"}, "time_missing"),
        ({"拨打时间": "2026-11-25 10:00"}, "date_in_future"),
        ({"通话结果": "打了"}, "word_unknown"),
        ({"拨打机构": ""}, "missing"),
        ({"案件编号": ""}, "missing"),
    ],
)
def test_earlier_calls_that_are_refused(tmp_path: Path, change: dict[str, str], code: str) -> None:
    assert [each[2] for each in codes(read_rows(tmp_path, CALL | change))] == [code]


def test_the_practice_desks_files_are_without_fault() -> None:
    """Everybody in them is made up: area code 99 is no place's, and no operator has 160 0000 or area code 0300."""
    people, told = read(DEMO / "cases.csv"), read(DEMO / "calls.csv")
    assert (len(people.cases), [note.code for note in people.findings]) == (24, ["amount_units"])
    assert (len(told.calls), told.findings) == (18, [])
    for record in cases(people):
        debtor = record.debtor
        assert debtor.id_kind != "resident" or (debtor.id_number or "").startswith("99")
        for number in (*debtor.numbers, *(each for contact in record.contacts for each in contact.numbers)):
            assert number.number.startswith(("+86160000", "+86300555"))


def test_the_practice_desk_knows_every_name_its_files_use() -> None:
    desk = tomllib.loads((DEMO / "desk.toml").read_text(encoding="utf-8"))
    staff = {each["number"] for each in desk["staff"]}
    creditors = {each["name"] for each in desk["creditors"]}
    start = desk["clock"]["start"].date()
    for record in cases(read(DEMO / "cases.csv")):
        assert record.creditor in creditors
        assert record.collector in staff
        assert record.amounts is None or date.fromisoformat(record.amounts.as_of) < start
    assert all(set(each["identity_items"]) < set(ITEMS) for each in desk["creditors"])
    assert {each.get("superior") for each in desk["staff"]} <= staff | {None}


def test_every_heading_means_one_field_in_both_languages() -> None:
    for kind in ("cases", "calls"):
        meant: dict[str, set[str]] = {}
        for name, headings in fields().items():
            if (name.split(".")[0] == "calls") == (kind == "calls"):
                assert any(not each.isascii() for each in headings), name
                assert any(each.isascii() for each in headings), name
                for heading in headings:
                    for number in ("", "1", "2", "9") if "{n}" in heading else ("",):
                        spelled = normal(heading.replace("{n}", number))
                        meant.setdefault(spelled, set()).add(f"{name}.{number or 1}")
        assert {heading: names for heading, names in meant.items() if len(names) > 1} == {}


def test_every_word_means_one_code() -> None:
    for group, listed in shipped("vocabulary.toml").items():
        meant: dict[str, set[str]] = {}
        for code, synonyms in listed.items():
            for word in synonyms:
                meant.setdefault(normal(word), set()).add(code)
        assert {word: found for word, found in meant.items() if len(found) > 1} == {}, group


def test_words_mean_codes_the_store_knows() -> None:
    known = {
        "id_kind": words.ID_KINDS, "number_source": words.NUMBER_SOURCES, "number_class": words.NUMBER_CLASSES,
        "number_place": words.PLACES, "role": words.ROLES, "debt_type": words.DEBT_TYPES, "status": words.DEBT_STATUSES,
        "org_kind": words.ORG_KINDS, "capacity": words.CAPACITIES, "event_kind": words.EVENT_KINDS,
        "direction": words.DIRECTIONS, "channel": words.CHANNELS, "line": words.LINES, "talk": words.TALKS,
        "identity": words.IDENTITIES, "ended_by": words.ENDED_BY, "message": words.MESSAGES, "purpose": words.PURPOSES,
    }  # fmt: skip
    for group, codes_known in known.items():
        assert set(shipped("vocabulary.toml")[group]) <= set(codes_known), group
    assert all(remedy for _, remedy in LACKS.values())
