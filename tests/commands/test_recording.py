"""``recording`` and ``destruction`` as typed: exit codes, JSON, both languages, two scans at once (article 14.1)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from collectdesk.store import journal
from collectdesk.store.engine import open_engine
from collectdesk.store.tables import Call, Recording
from tests.commands import keeping
from tests.commands.conftest import KEY, Desk, Program
from tests.desk.recordings.sounding import stamp, wav
from tests.desks import MOBILE, add

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def ready(desk: Desk, program: Program) -> Desk:
    """The small desk with one answered call of an hour ago, its lead signed in."""
    keeping.with_texts_by_command(desk, program)
    small, at = desk.small, desk.small.at
    store = open_engine(f"sqlite:///{desk.home.database}", KEY)
    with store.writer.begin() as connection:
        call = add(
            connection, Call, case_id=small.case, collector=small.collector, direction="out", driver="json",
            step="ended", state={}, started_at=at, connected_at=at, ended_at=at + 60, number=small.number,
            line="answered",
        )  # fmt: skip
        add(connection, Recording, call=call, status="owed", due_at=at + 999_999_999, at=at)
    store.close()
    desk.sign_in("8001")
    return desk


def test_scan_list_open_and_verify(ready: Desk, program: Program, tmp_path: Path) -> None:
    """Article 14.1: a file that cannot be kept is named and ends with 7; the others are kept all the same."""
    folder = tmp_path / "exchange"
    wav(folder / f"{stamp(ready.small.at)}_{MOBILE}.wav", 60)
    (folder / "text.wav").write_text("x", "utf-8")
    done = program("recording", "scan", str(folder), "--json")
    told = json.loads(done.out)
    assert (done.code, told["counts"]["kept"], told["faults"][0]["code"]) == (7, 1, "not_sound")
    assert MOBILE not in done.out + program("recording", "list", "--all").out
    listed = json.loads(program("recording", "list", "--all", "--json").out)
    assert [each["state"] for each in listed["recordings"]] == ["kept"]
    assert program("recording", "open", "c1").code == 2
    opened = json.loads(program("recording", "open", "c1", "--reason", "质检", "--json").out)
    assert Path(opened["path"]).is_file()
    assert program("recording", "verify").code == 0
    Path(opened["path"]).write_bytes(b"x")
    assert program("recording", "verify", "--json").code == 7
    assert "recordings_altered" in {each["code"] for each in json.loads(program("doctor", "--json").out)["checks"]}


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_what_may_go_is_said_of_each_within_eighty_columns(
    ready: Desk, program: Program, tmp_path: Path, language: str
) -> None:
    """Article 14.1: and nothing is asked while nothing may."""
    assert program("recording", "attach", "c1", str(wav(tmp_path / "x" / "c1.wav", 60))).code == 0
    said = program("--lang", language, "recording", "purge", "--dry-run")
    assert (said.code, max(map(len, said.out.splitlines())) <= 80) == (0, True)
    assert program("recording", "purge", "--reason", "到期").code == 6
    assert program("case", "destroy", "A-1007", "--reason", "到期").code == 6
    assert json.loads(program("case", "return", "A-1007", "--dry-run", "--json").out)["why"] == "open"
    assert json.loads(program("destruction", "list", "--json").out)["destructions"] == []
    assert program("destruction", "show", "z1").code == 4
    ready.sign_in("8002")
    assert program("recording", "purge", "--dry-run").code == 5


def test_two_scans_at_once_do_the_work_once(ready: Desk, tmp_path: Path) -> None:
    """Two real processes over one folder: each file is written down once, and the call has its one recording."""
    folder = tmp_path / "exchange"
    for at in range(8):
        wav(folder / f"c{at + 1}.wav", 60, tone=at)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLLECTDESK_DESK": str(ready.home.root)}
    command = [sys.executable, "-m", "collectdesk", "recording", "scan", str(folder), "--json"]
    both = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) for _ in range(2)]
    counts = [json.loads(each.communicate()[0])["counts"] for each in both]
    assert [each.returncode for each in both] == [0, 0]
    assert sum(each["kept"] for each in counts) == 1
    assert sum(each["unmatched"] for each in counts) == 7
    store = open_engine(f"sqlite:///{ready.home.database}", KEY)
    with store.reader.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM found_recording")).scalar_one() == 7
        assert connection.execute(text("SELECT status FROM recording")).scalar_one() == "kept"
        assert journal.head(connection).seq > 0
    store.close()
