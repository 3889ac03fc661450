"""A case file with hostile text in every column: rehearsed, refused, imported, shown and given back without harm."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from collectdesk.desk.importing.cells import LONGEST, exact
from collectdesk.desk.importing.headings import fields
from collectdesk.show.csvout import cell
from collectdesk.store.engine import open_engine
from collectdesk.store.schema import METADATA
from tests import newdesk
from tests.commands.conftest import Program
from tests.desk.importing.files import CALL, GOOD, csv_file, other
from tests.newdesk import Template
from tests.show.hostile import ALL, active

HUGE = "家" * 34_000  # more than 100 kB
SLOW = ("x" * 30_000, "1" * 30_000, "1." * 15_000, "一" * 30_000)
"""At which a pattern that tries every place to the end would try for minutes."""
TEXTS = (*(each for each in ALL if "\x00" not in each), "=cmd|' /C calc'!A0", HUGE, *SLOW)
FREE = {
    "case.creditor": "债权人", "case.product": "产品", "debtor.name": "姓名", "debtor.region": "省份",
    "debtor.city": "城市", "debtor.address": "地址", "debtor.employer": "单位名称", "contact.name": "联系人1姓名",
    "contact.relation": "联系人1关系",
    "terms.late_fee": "违约金条款", "terms.acceleration": "提前到期条款",
}  # fmt: skip
"""Columns that hold any text; what is no name there is stored to the character."""


def _column(name: str, words: Sequence[str]) -> str:
    """What the field's column is called in our good line, or the first word for it."""
    known = [word.replace("{n}", "1") for word in words] + [word.replace("{n}", "") for word in words]
    return FREE.get(name) or next((word for word in known if word in GOOD), known[0])


COLUMNS = {name: _column(name, words) for name, words in fields().items()}
STRIP = " \t\r\n\u00a0\u3000\ufeff"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """The desk every copy is made of."""
    return newdesk.make(tmp_path_factory.mktemp("template") / "desk")


@pytest.fixture
def desk(template: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: Program) -> Path:
    """An opened desk, its administrator signed in."""
    assert callable(program)
    (tmp_path / "runtime").mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "runtime"))
    return newdesk.copy(template, tmp_path / "desk")


def lines(names: dict[str, str], text: str, number: int) -> Iterator[dict[str, Any]]:
    """For each column a good line in which that column alone holds ``text``."""
    for offset, column in enumerate(dict.fromkeys(names.values())):
        yield other(number + offset) | {column: text}


def harmless(out: str) -> None:
    assert active(out, allowed="\n") == []


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("text", [*TEXTS, "\x00"], ids=lambda text: ascii(text)[:24])
def test_every_column_is_rehearsed_refused_and_imported_without_harm(
    program: Program, tmp_path: Path, template: Template, text: str
) -> None:
    """The rehearsal, the findings and the rejects: no text acts, and a refused line comes back as it stood."""
    case = {name: column for name, column in COLUMNS.items() if not name.startswith("calls.")}
    file = csv_file(tmp_path / "cases.csv", GOOD, *lines(case, text, 1))
    for tongue in ("en", "zh_CN"):
        told = program("--lang", tongue, "import", str(file), "--dry-run")
        assert told.code in (0, 7), told.err
        harmless(told.out + told.err)
    done = program("import", str(file), "--skip-bad", "--json")
    assert done.code == 0, done.err
    harmless(done.out + done.err)
    for row in _rejected(json.loads(done.out)["rejects"]):
        for value in row.values():
            assert value in (cell(value.removeprefix("'")), cell(value)), "a spreadsheet would compute it"
    if text.strip(STRIP) and len(text) <= LONGEST and "\x00" not in text:
        _kept(tmp_path / "desk", template, text)


def _rejected(path: str | None) -> list[dict[str, str]]:
    if path is None:
        return []
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        csv.field_size_limit(1 << 20)
        return list(csv.DictReader(file))


def _kept(desk: Path, template: Template, text: str) -> None:
    """The text as it stood is in the columns that hold any text."""
    store = open_engine(f"sqlite:///{desk / 'desk.db'}", template.key)
    with store.reader.connect() as connection:
        values = [
            value for table in METADATA.tables.values() for row in connection.execute(select(table)) for value in row
        ]
    store.close()
    assert sum(value == exact(text) for value in values if isinstance(value, str)) >= 5


@pytest.mark.usefixtures("desk")
def test_every_view_of_what_was_imported_is_harmless(program: Program, tmp_path: Path) -> None:
    """Queue, search, case, history, staff: in both tongues, in full; and JSON gives the text back exactly."""
    text = "\x1b[31mred\x07 \x9b2J \u202eevil\u202c [bold]x[/] =1+1 \u200bend"
    mine = {"催收员工号": newdesk.ADMIN, "催收组": "Team One"}
    row = other(1) | {column: f"{text}{name}" for name, column in FREE.items()} | mine
    call = CALL | {
        "案件编号": row["案件编号"],
        "被叫号码": row["手机号"],
        "接听人": text,
        "拨打机构": text,
        "通话编号": text,
    }
    assert program("import", str(csv_file(tmp_path / "cases.csv", row))).code == 0
    told = program("import", str(csv_file(tmp_path / "calls.csv", call)))
    assert told.code == 0, told.err
    code = row["案件编号"]
    views = [["queue"], ["case", "search", "A-"], ["case", "show", code], ["case", "history", code], ["check", code],
             ["staff", "list"], ["creditor", "list"], ["ready"], ["doctor"]]  # fmt: skip
    full = ["--unmask", "--reason", text]
    views += [[*view, *full] for view in views if view[0] == "case"]
    for view in views:
        for tongue in ("en", "zh_CN"):
            shown = program("--lang", tongue, *view)
            assert shown.code in (0, 3, 7), (view, shown.err)
            harmless(shown.out + shown.err)
            assert "\x1b" not in shown.out + shown.err
        machine = program(*view, "--json")
        harmless(machine.out + machine.err)
        json.loads(machine.out)
    case = json.loads(program("case", "show", code, *full, "--json").out)
    assert case["creditor"] == f"{text}case.creditor"
    assert case["product"] == f"{text}case.product"
    assert {f"{text}debtor.name", f"{text}contact.name"} == {person["name"] for person in case["persons"]}
    notes = json.loads(program("case", "history", code, *full, "--json").out)
    assert f"[unmask] {text}" in [note["text"] for entry in notes["entries"] for note in entry["notes"]]
