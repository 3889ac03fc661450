"""Case files for tests: a good line, and ways to write it down."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from collectdesk.desk.importing.casefile import ImportedFile, read_file
from collectdesk.desk.importing.mapping import Mapping
from collectdesk.desk.importing.records import CallRecord, CaseRecord

TODAY = date(2026, 11, 23)
DEMO = Path(__file__).resolve().parents[3] / "data" / "demo"
GOOD = {
    "案件编号": "A-2001",
    "债权人": "示例银行",
    "合同号": "6299-0001",
    "产品": "示例银行信用卡",
    "姓名": "王·小明",
    "证件类型": "居民身份证",
    "证件号码": "11010519491231002X",
    "省份": "广东",
    "手机号": "16000002001",
    "号码来源": "合同",
    "委外告知日期": "2026-11-14",
    "账单日期": "2026-11-22",
    "本金": "11,900.00",
    "利息": "430.00",
    "违约金": "150.00",
    "欠款总额": "12,480.00",
    "逾期天数": "47",
}
CALL = {
    "案件编号": "A-2001",
    "拨打机构": "示例银行",
    "拨打时间": "2026-11-20 10:00",
    "被叫号码": "16000002001",
    "联系对象": "本人",
    "通话结果": "无人接听",
}


def other(number: int, **changes: str) -> dict[str, str]:
    """Another good line: another case of another debtor."""
    born = f"1980{1 + number % 12:02d}{1 + number % 28:02d}"
    from collectdesk.desk.importing.identity import check_character

    seventeen = f"990101{born}{number % 1000:03d}"
    own = {
        "案件编号": f"A-{3000 + number}",
        "合同号": f"6299-{number:05d}",
        "姓名": f"测试{number}",
        "证件号码": seventeen + check_character(seventeen),
        "手机号": f"160{number:08d}",
    }
    return GOOD | own | changes


def text(*rows: dict[str, Any], delimiter: str = ",") -> str:
    """The rows as delimited text; the columns are those of all of them."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, delimiter=delimiter, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def csv_file(path: Path, *rows: dict[str, Any], encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """The rows as a text file."""
    path.write_bytes(text(*rows, delimiter=delimiter).encode(encoding))
    return path


def xlsx_file(path: Path, *sheets: list[dict[str, Any]], above: int = 0) -> Path:
    """Each list of rows as a sheet of a workbook, with ``above`` title rows over the headings."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"表{number}")
        for _ in range(above):
            sheet.append(["委案清单"])
        columns = list(dict.fromkeys(name for row in rows for name in row))
        sheet.append(columns)
        for row in rows:
            sheet.append([row.get(name) for name in columns])
    book.save(path)
    return path


def read(path: Path, mapping: Mapping | None = None) -> ImportedFile:
    """The file as the importer reads it on the practice day."""
    return read_file(path, today=TODAY, mapping=mapping)


def read_rows(tmp_path: Path, *rows: dict[str, Any]) -> ImportedFile:
    """Rows as a UTF-8 file, read."""
    return read(csv_file(tmp_path / "cases.csv", *rows))


def cases(file: ImportedFile) -> list[CaseRecord]:
    """Every case of a file."""
    return [record for batch in file.cases.batches() for record in batch]


def calls(file: ImportedFile) -> list[CallRecord]:
    """Every call of a file."""
    return [record for batch in file.calls.batches() for record in batch]


def codes(file: ImportedFile) -> list[tuple[int, str, str]]:
    """Line, column and code of each finding."""
    return [(finding.line, finding.column, finding.code) for finding in file.findings]
