"""What a file may be made of: encodings, delimiters, workbooks, and what only looks like one."""

from __future__ import annotations

import codecs
import csv
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectdesk.desk.importing.source import open_source
from collectdesk.errors import BadData, NotFound, Problem
from tests.desk.importing.files import GOOD, cases, codes, csv_file, other, read, text, xlsx_file

RARE = "张\U00021681"  # a family name, and a character of four bytes in GB18030


def problem(path: Path) -> Problem:
    with pytest.raises(Problem) as caught:
        read(path)
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_encodings_and_delimiters(tmp_path: Path, encoding: str, delimiter: str) -> None:
    file = read(csv_file(tmp_path / "案件.csv", GOOD | {"姓名": RARE}, encoding=encoding, delimiter=delimiter))
    assert [record.debtor.name for record in cases(file)] == [RARE]
    assert file.findings == []


def test_a_name_of_four_bytes_in_gb18030(tmp_path: Path) -> None:
    assert len("\U00021681".encode("gb18030")) == 4
    file = read(csv_file(tmp_path / "a.csv", GOOD | {"姓名": RARE}, encoding="gb18030"))
    assert cases(file)[0].debtor.name == RARE


NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zs", "Zl", "Zp"]), min_size=1, max_size=20)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(name=NAMES, encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
def test_any_name_comes_through_any_encoding(tmp_path: Path, name: str, encoding: str) -> None:
    file = read(csv_file(tmp_path / "a.csv", GOOD | {"姓名": name}, encoding=encoding))
    assert cases(file)[0].debtor.name == name


def test_a_broken_byte_is_named_by_its_line_and_not_taken_for_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(text(GOOD, other(1)).encode().replace("测试".encode(), b"\xff\xff"))
    found = problem(path)
    assert (found.code, found.params["line"]) == ("encoding", 3)


def test_a_quotation_mark_that_never_closes(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text(GOOD) + 'A-1,"示例', encoding="utf-8")
    found = problem(path)
    assert (found.code, found.params["line"]) == ("broken_quotes", 3)


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", GOOD | {"合同条款": "违约金:第6条\n提前到期:第9条"}, other(1, 手机号="12"))
    assert codes(read(path)) == [(4, "手机号", "phone_form")]


def test_a_workbook_with_titles_above_typed_cells_and_a_total_below(tmp_path: Path) -> None:
    typed = GOOD | {"账单日期": date(2026, 11, 22), "本金": 11900, "利息": 430.0, "手机号": 16000002001, "逾期天数": 47}
    rows = [typed, {"案件编号": "合计", "本金": 11900}]
    file = read(xlsx_file(tmp_path / "a.xlsx", rows, above=2))
    (record,) = cases(file)
    assert record.line == 4
    assert record.amounts is not None
    assert (record.amounts.as_of, record.amounts.principal) == ("2026-11-22", 1_190_000)
    assert record.debtor.numbers[0].number == "+8616000002001"
    assert file.findings == []


def test_a_workbook_holds_cases_and_calls(tmp_path: Path) -> None:
    call = {"案件编号": "A-2001", "拨打机构": "示例银行", "拨打时间": datetime(2026, 11, 20, 10), "通话结果": "关机"}  # noqa: DTZ001
    file = read(xlsx_file(tmp_path / "a.xlsx", [call], [GOOD], [{"备注": "无关"}]))
    assert (len(file.cases), len(file.calls)) == (1, 1)


def test_two_sheets_of_cases_must_be_told_apart(tmp_path: Path) -> None:
    assert problem(xlsx_file(tmp_path / "a.xlsx", [GOOD], [other(1)])).code == "several_sheets"


@pytest.mark.parametrize("content", [b"", b"  \r\n", codecs.BOM_UTF8 + b""])
def test_an_empty_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert problem(path).code in ("file_empty", "no_headings")


@pytest.mark.parametrize(
    "content",
    [
        b"<html><table><tr><td>x</td></tr></table></html>",
        b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>',
        b"<TABLE border=1>",
    ],
)
def test_a_web_page_named_xlsx(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cases.xlsx"
    path.write_bytes(content)
    assert problem(path).code == "markup_file"


def test_text_named_xlsx_is_read_and_said(tmp_path: Path) -> None:
    file = read(csv_file(tmp_path / "cases.xlsx", GOOD))
    assert [(finding.code, finding.severity) for finding in file.findings] == [("named_otherwise", "note")]
    assert len(file.cases) == 1


def test_an_encrypted_workbook(tmp_path: Path) -> None:
    path = tmp_path / "cases.xlsx"
    path.write_bytes(
        bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    )
    assert problem(path).code == "workbook_encrypted"


@pytest.mark.parametrize("content", [b"PK\x03\x04 no archive", bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)])
def test_a_damaged_workbook(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cases.xlsx"
    path.write_bytes(content)
    assert problem(path).code == "workbook_damaged"


def test_an_archive_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "cases.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x")
    assert problem(path).code == "workbook_damaged"


def test_an_archive_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path / "cases.xlsx", [GOOD])
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/x", "w", force_zip64=True) as file,
    ):
        for _ in range(1100):
            file.write(bytes(1 << 20))
    assert problem(path).code == "workbook_too_large"


def test_one_stray_cell_at_the_end_of_the_sheet(tmp_path: Path) -> None:
    """A dense table up to that cell would take hundreds of gigabytes."""
    path = tmp_path / "cases.xlsx"
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(list(GOOD))
    book.active["XFD1048576"] = 1
    book.save(path)
    assert problem(path).code == "workbook_too_large"


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        open_source(tmp_path / "none.csv")
    with pytest.raises(BadData):
        open_source(tmp_path)


def test_a_file_without_headings_gives_nobody_away(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = [list(GOOD.values())] * 3
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    found = problem(path)
    assert found.code == "no_headings"
    assert not any(value in str(found.params) for value in GOOD.values())


def test_columns_that_are_missing_are_named(tmp_path: Path) -> None:
    found = problem(csv_file(tmp_path / "a.csv", {name: GOOD[name] for name in ("姓名", "手机号", "本金", "利息")}))
    assert found.code == "columns_missing"
    assert found.params["names"] == "债权人 / creditor; 合同号 / contract"


def test_headings_only(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(",".join(GOOD), encoding="utf-8")
    assert problem(path).code == "no_lines"
