"""``import`` as a process: rehearsed, refused whole, or without its bad lines; what it says, writes and leaves."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from collectdesk.store.engine import open_engine
from collectdesk.store.schema import METADATA
from tests import newdesk
from tests.commands import keeping
from tests.commands.conftest import Done
from tests.desk.importing.files import GOOD, csv_file, other
from tests.newdesk import Template


@pytest.fixture
def desk(template: Template, tmp_path: Path, runtime: Path) -> Path:
    """An opened desk without cases, its administrator signed in."""
    assert runtime.is_dir()
    return newdesk.copy(template, tmp_path / "desk")


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """Two good lines, and two that a spreadsheet and a stranger's staff list spoilt."""
    spoilt = other(1, 手机号="1.38E+10", 姓名="某人甲")
    return csv_file(tmp_path / "cases.csv", GOOD, spoilt, other(2), other(3, 催收员工号="9999"))


def run(desk: Path, *words: str, lang: str = "en") -> Done:
    return keeping.run("--desk", str(desk), "--lang", lang, "import", *words)


def rows(desk: Path, template: Template) -> dict[str, int]:
    """How many rows each table holds."""
    store = open_engine(f"sqlite:///{desk / 'desk.db'}", template.key)
    with store.reader.connect() as connection:
        counts = {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in METADATA.tables.items()
        }
    store.close()
    return counts


def answer(done: Done) -> Any:
    assert done.code == 0, done.err
    return json.loads(done.out)


def test_a_rehearsal_tells_each_line_and_leaves_no_trace(desk: Path, template: Template, tmp_path: Path) -> None:
    """Article 4: what lacks, and the remedy, before anything is written; a settled case lacks nothing."""
    before = rows(desk, template)
    file = csv_file(tmp_path / "cases.csv", GOOD, other(1, 号码来源=""), other(2, 案件状态="已结清"))
    told = answer(run(desk, str(file), "--dry-run", "--json"))
    assert (told["dry_run"], told["written"], told["cases"], told["closed"]) == (True, False, 3, 1)
    assert [row["line"] for row in told["rows"]] == [2, 3, 4]
    assert "number_source" in told["rows"][1]["lacks"]
    assert "closed" not in told["lacking"]
    said = run(desk, str(file), "--dry-run", lang="zh_CN")
    assert (said.code, "1 个案件已结清、撤案或转让" in said.out) == (0, True)
    assert rows(desk, template) == before
    assert not list(tmp_path.glob("*.rejects*"))


@pytest.mark.parametrize("words", [(), ("--dry-run",)])
def test_a_damaged_file_is_refused_whole(
    desk: Path, template: Template, damaged: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """Each error by line, column and remedy; never the value of a personal field."""
    before = rows(desk, template)
    refused = run(desk, str(damaged), *words)
    assert refused.code == 7
    wrong = {part: next(text for text in refused.err.split(" ✗ ") if part in text) for part in ("line 3", "line 5")}
    assert "手机号" in wrong["line 3"]
    assert "催收员工号" in wrong["line 5"]
    assert "staff add" in wrong["line 5"]
    assert "某人甲" not in refused.out + refused.err
    assert rows(desk, template) == before
    assert not list(tmp_path.glob("*.rejects*"))


def test_a_rehearsal_of_a_damaged_file_tells_each_line_and_ends_with_what_may_be_called(
    desk: Path, damaged: Path
) -> None:
    said = run(desk, str(damaged), "--dry-run")
    told = [" ".join(line.split()[:4]) for line in said.out.splitlines() if line.startswith(" line ")]
    assert (said.code, told[1], told[3]) == (7, "line 3 refused", "line 5 refused")
    assert [line.split()[1] for line in told] == ["2", "3", "4", "5"]
    assert "0 of 2 cases can be called." in said.out
    assert "Set the two for each" in said.out


@pytest.mark.parametrize("lang", ["en", "zh_CN"])
def test_a_program_is_told_what_is_wrong_when_the_file_is_refused(desk: Path, damaged: Path, lang: str) -> None:
    """Each finding with its line, column, kind and remedy, as a rehearsal lists them; never a personal value."""
    refused = run(desk, str(damaged), "--json", lang=lang)
    assert (refused.code, refused.out) == (7, "")
    told = json.loads(refused.err)
    rehearsed = json.loads(run(desk, str(damaged), "--dry-run", "--json", lang=lang).out)
    assert (told["schema"], told["code"]) == ("collectdesk.error/1", "lines_refused")
    assert told["findings"] == rehearsed["findings"]
    errors = [each for each in told["findings"] if each["severity"] == "error"]
    assert [(each["line"], each["column"]) for each in errors] == [(3, "手机号"), (5, "催收员工号")]
    assert all(each["code"] and each["message"] and each["hint"] for each in errors)
    assert not any(value in refused.err for value in ("某人甲", "1.38E+10", "9999"))


def test_skip_bad_writes_the_good_and_gives_the_rest_back(desk: Path, template: Template, damaged: Path) -> None:
    told = answer(run(desk, str(damaged), "--skip-bad", "--json"))
    assert (told["written"], told["counts"]["cases_new"], told["counts"]["refused"]) == (True, 2, 2)
    assert rows(desk, template)["case_file"] == 2
    rejects = Path(told["rejects"])
    assert rejects.stat().st_mode & 0o077 == 0
    with rejects.open(encoding="utf-8-sig", newline="") as file:
        given_back = list(csv.DictReader(file))
    assert [line["合同号"] for line in given_back] == ["6299-00001", "6299-00003"]
    assert [bool(line["Reason"]) for line in given_back] == [True, True]


def test_the_rejects_once_mended_complete_the_import(desk: Path, template: Template, damaged: Path) -> None:
    rejects = Path(answer(run(desk, str(damaged), "--skip-bad", "--json"))["rejects"])
    text = rejects.read_text("utf-8-sig").replace("1.38E+10", "16000003001").replace("9999", "")
    rejects.write_text(text, "utf-8")
    assert answer(run(desk, str(rejects), "--json"))["counts"]["cases_new"] == 2
    assert rows(desk, template)["case_file"] == 4


def test_a_lead_vouches_for_the_notice_with_its_day_and_the_gate_goes_by_it(
    desk: Path, template: Template, tmp_path: Path
) -> None:
    """Order 2022 No. 9: the debtor was told before an agency collects; the day is part of what is vouched for."""
    file = csv_file(tmp_path / "cases.csv", GOOD | {"委外告知日期": ""})
    for wrong, code, ended in (("2999-01-01", "attestation_notice", 2), ("yesterday", "bad_date", 2)):
        refused = run(desk, str(file), "--attest-outsourcing-notice", wrong, "--json")
        assert (refused.code, json.loads(refused.err)["code"]) == (ended, code)
    assert rows(desk, template)["case_file"] == 0
    told = answer(run(desk, str(file), "--attest-outsourcing-notice", "2020-10-01", "--json"))
    assert "outsourcing_notice" not in told["lacking"]
    store = open_engine(f"sqlite:///{desk / 'desk.db'}", template.key)
    with store.reader.connect() as connection:
        scope = connection.execute(select(METADATA.tables["attestation"].c.scope)).scalar_one()
    store.close()
    assert scope == {"sent_at": 1_601_481_600}  # 2020-10-01 00:00 in Beijing


def test_killed_before_it_ends_it_has_written_nothing(desk: Path, template: Template, tmp_path: Path) -> None:
    """``kill -9`` in the midst of the transaction: all or nothing, and the next run brings all of it."""
    before = rows(desk, template)
    file = csv_file(tmp_path / "cases.csv", GOOD, *(other(number) for number in range(1, 30)))
    dying = (
        "import os, signal\nfrom collectdesk.store import journal\n"
        "real = journal.append_many\n"
        "def append_many(*given):\n    real(*given)\n    os.kill(os.getpid(), signal.SIGKILL)\n"
        "journal.append_many = append_many"
    )
    assert keeping.run("--desk", str(desk), "import", str(file), code=dying).code == -9
    assert rows(desk, template) == before
    assert answer(run(desk, str(file), "--json"))["counts"]["cases_new"] == 30


@pytest.mark.parametrize("lang", ["en", "zh_CN"])
def test_a_creditor_without_identity_items_is_named_with_the_command(desk: Path, tmp_path: Path, lang: str) -> None:
    """Article 5.1: the remedy can be typed as it stands, once for each creditor."""
    file = csv_file(tmp_path / "cases.csv", GOOD, other(1), other(2, 债权人="另一 银行"))
    said = run(desk, str(file), "--dry-run", lang=lang).out
    for creditor in (f"'{GOOD['债权人']}'", "'另一 银行'"):
        assert said.count(f"collectdesk creditor set {creditor} --identity id_last4 --identity birth_date") == 1
    assert answer(run(desk, str(file), "--dry-run", "--json"))["creditors_unset"] == [GOOD["债权人"], "另一 银行"]
