"""``case evidence`` and ``audit verify --bundle``: what a bundle holds, who may have it, every way to falsify it."""

from __future__ import annotations

import json
import re
import shutil
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from collectdesk.desk.evidence import bundle
from collectdesk.store import journal, sessions
from tests.commands import worked
from tests.commands.conftest import Done, Program
from tests.commands.worked import ADMIN, CASE, COLLECTOR, LEAD, Worked

PARTS = ("page.html", "case.json", "contacts.json", "steps.json", "verdicts.json", "texts.json", "recordings.json")
NAME, MOBILE = "王子墨", "16000001001"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Worked]:
    place = tmp_path_factory.mktemp("worked") / "desk"
    return worked.copier(place, worked.make(place))


@pytest.fixture
def desk(template: Callable[[Path], Worked], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Worked:
    """The worked desk where the program looks for it, its collector signed in."""
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    monkeypatch.setenv(sessions.CHOICE, "")
    made = template(tmp_path / "desk")
    made.sign_in(COLLECTOR)
    return made


def ok(done: Done) -> Done:
    assert (done.code, done.err) == (0, ""), done
    return done


def refused(done: Done, code: str, exit_code: int) -> None:
    assert done.code == exit_code, done
    assert json.loads(done.err)["code"] == code
    assert done.out == ""


@pytest.fixture
def made(desk: Worked, program: Program, tmp_path: Path) -> Path:
    """A bundle of the case as the collector gets it, in a directory."""
    assert desk.root.is_dir()
    ok(program("case", "evidence", CASE, "--out", str(tmp_path / "bundle")))
    return tmp_path / "bundle"


def checked(program: Program, path: Path, *words: str) -> dict[str, Any]:
    done = program("audit", "verify", "--bundle", str(path), "--json", *words)
    assert done.err == ""
    found: dict[str, Any] = json.loads(done.out)
    assert done.code == (0 if found["sound"] else 7)
    return found


def parts(found: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["kind"], each["part"]) for each in found["parts"]]


def faults(found: dict[str, Any]) -> list[tuple[str, int, int]]:
    return [(each["kind"], each["seq"], each["until"]) for each in found["faults"]]


def rewrite(path: Path, change: Callable[[dict[str, Any]], object], *, forge: bool = False) -> None:
    """Change one document; with ``forge`` the manifest is made to fit."""
    document = json.loads(path.read_text("utf-8"))
    change(document)
    path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    if forge:
        seal_anew(path.parent)


def seal_anew(place: Path) -> None:
    """What somebody does who can make digests: a manifest that fits what is there."""
    manifest = json.loads((place / "manifest.json").read_text("utf-8"))
    content = {part["name"]: (place / part["name"]).read_bytes() for part in manifest["parts"]}
    about = {key: value for key, value in manifest.items() if key not in ("schema", "parts", "digest")}
    (place / "manifest.json").write_bytes(bundle.sealed(about, content))


# ------------------------------------------------------------------ what is in it


def test_a_bundle_holds_verdicts_with_articles_script_text_outcome_steps_and_recordings(made: Path) -> None:
    verdicts = json.loads((made / "verdicts.json").read_text("utf-8"))["verdicts"]
    assert [each["allowed"] for each in verdicts] == [True] * len(verdicts)
    assert "dial" not in verdicts[0]
    rules = {each["rule"]: each for each in json.loads((made / "texts.json").read_text("utf-8"))["rules"]}
    assert rules.keys() >= set(verdicts[0]["decision"]["passed"])
    assert all({"zh_CN", "en"} <= set(each["cite"]) and each["version"] for each in rules.values())
    calls = [each for each in json.loads((made / "contacts.json").read_text("utf-8"))["contacts"] if "call" in each]
    assert calls[0]["came_of_it"]["promise"]
    assert all(line["text"] and line["version"] and line["acknowledged_at"] for line in calls[0]["lines"])
    scripts = json.loads((made / "texts.json").read_text("utf-8"))["scripts"]
    assert {each["version"] for each in scripts} >= {line["version"] for line in calls[0]["lines"]}
    recordings = json.loads((made / "recordings.json").read_text("utf-8"))["recordings"]
    assert [each["owed"] for each in recordings] == [True]


def test_only_its_owner_reads_it(made: Path) -> None:
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    assert {stat.S_IMODE(each.stat().st_mode) for each in made.iterdir()} == {0o600}
    assert {each.name for each in made.iterdir()} == {*PARTS, "journal.json", "manifest.json"}


def test_a_single_file_is_the_same_bundle(desk: Worked, program: Program, tmp_path: Path) -> None:
    file = tmp_path / "evidence.zip"
    told = json.loads(ok(program("case", "evidence", CASE, "--out", str(file), "--json")).out)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert (told["schema"], told["masked"]) == ("collectdesk.evidence_made/1", True)
    assert checked(program, file)["digest"] == told["digest"]
    assert desk.root.is_dir()


def test_a_collector_gets_nobodys_name_or_number_wherever_it_was_said(made: Path) -> None:
    """Article 9.2: names and numbers are masked in what was read out and noted, too."""
    for each in made.iterdir():
        text = each.read_text("utf-8")
        assert NAME not in text, each.name
        assert MOBILE not in text, each.name
        assert not re.search(r"(?<![0-9a-f])1\d{10}(?![0-9a-f])", text), each.name


def test_a_collector_may_not_unmask_and_has_no_business_with_a_complaint(
    desk: Worked, program: Program, tmp_path: Path
) -> None:
    """Article 10.2: how a complaint is handled is not for whom it may be about."""
    full = ("--unmask", "--reason", "the court asked", "--out", str(tmp_path / "b"), "--json")
    refused(program("case", "evidence", CASE, *full), "role", 5)
    refused(program("case", "evidence", CASE, "--complaint", "k1", "--out", str(tmp_path / "b"), "--json"), "role", 5)
    assert not (tmp_path / "b").exists()
    desk.sign_in(LEAD)


def test_a_lead_unmasks_for_a_reason_that_is_journalled(desk: Worked, program: Program, tmp_path: Path) -> None:
    desk.sign_in(LEAD)
    words = ("case", "evidence", CASE, "--unmask", "--out", str(tmp_path / "b"))
    refused(program(*words, "--json"), "unmask_reason", 2)
    ok(program(*words, "--reason", "the court asked for it"))
    assert NAME in (tmp_path / "b" / "contacts.json").read_text("utf-8")
    assert "dial" in json.loads((tmp_path / "b" / "verdicts.json").read_text("utf-8"))["verdicts"][0]
    acts = [each[3] for each in json.loads((tmp_path / "b" / "journal.json").read_text("utf-8"))["chain"]
            if len(each) == 9]  # fmt: skip
    assert acts[-2:] == ["unmask", "case.evidence"]
    assert checked(program, tmp_path / "b")["sound"]


def test_a_complaints_bundle_is_a_leads_who_is_not_its_subject(desk: Worked, program: Program, tmp_path: Path) -> None:
    """Article 10.2: handling, grievances and clock are in it; collectors' bundles know only that it came in."""
    desk.sign_in(LEAD)
    hostile = "<script>alert(1)</script>\u202e 他骂人"
    added = ("complaint", "add", CASE, "--channel", "hotline", "--category", "manner", "--about", COLLECTOR)
    done = program(*added, "--content", hostile, "--json")
    assert done.code == 0, done.err
    ok(program("case", "evidence", CASE, "--complaint", "k1", "--out", str(tmp_path / "b")))
    complaint = json.loads((tmp_path / "b" / "complaint.json").read_text("utf-8"))
    assert (complaint["complaint"], complaint["about"]) == ("k1", [COLLECTOR])
    assert complaint["grievances"][0]["content"] == hostile
    page = (tmp_path / "b" / "page.html").read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "\u202e" not in page
    assert checked(program, tmp_path / "b")["sound"]
    desk.sign_in(COLLECTOR)
    ok(program("case", "evidence", CASE, "--out", str(tmp_path / "own")))
    for each in (tmp_path / "own").iterdir():
        text = each.read_text("utf-8")
        assert "骂人" not in text, each.name
        assert "complaint:1" not in text, each.name
        assert '"handler"' not in text, each.name
    history = json.loads(program("case", "history", CASE, "--json").out)["entries"]
    steps = [each for each in history if each.get("of") == "complaint"]
    assert [(each["act"], each["state"], each["content"]) for each in steps] == [("receive", None, {})]


def test_the_page_reads_without_our_program_the_network_or_a_script(made: Path) -> None:
    page = (made / "page.html").read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert page.endswith("</html>\n")
    assert "default-src 'none'" in page
    assert not re.search(r"(?i)<script|<img|<link|<iframe|<object|https?://|@import|url\(|\son\w+=", page)
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page
    assert all(word in page for word in ("证据包", "Bundle of evidence", "门禁判定", "What the gate said"))
    assert len(re.findall(r"<(?:section|article|table|div|span)[ >]", page)) == len(
        re.findall(r"</(?:section|article|table|div|span)>", page)
    )


def test_nothing_is_written_over(made: Path, program: Program) -> None:
    before = (made / "manifest.json").read_bytes()
    refused(program("case", "evidence", CASE, "--out", str(made), "--json"), "bundle_exists", 6)
    refused(program("case", "evidence", CASE, "--out", str(made / "no" / "b"), "--json"), "directory_missing", 4)
    refused(program("case", "evidence", "A-9999", "--out", str(made.parent / "c"), "--json"), "no_such_case", 4)
    assert (made / "manifest.json").read_bytes() == before


# ------------------------------------------------------------------ checked elsewhere


def test_a_bundle_is_checked_where_there_is_no_desk_and_no_key(
    made: Path, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLLECTDESK_DESK", str(tmp_path / "nowhere"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    found = checked(program, made)
    assert (found["schema"], found["sound"], found["case"]) == ("collectdesk.bundle_check/1", True, CASE)
    assert 0 < found["shown"] <= found["entries"] <= found["count"]
    for tongue, said in (("en", "The bundle holds: 9 files as made."), ("zh_CN", "证据包完好：9 个文件均为原样。")):
        done = ok(program("--lang", tongue, "audit", "verify", "--bundle", str(made)))
        assert said in done.out
        assert found["digest"] in done.out


@pytest.mark.parametrize("part", [*PARTS, "journal.json"])
def test_every_part_altered_cut_or_removed_is_named(made: Path, program: Program, part: str) -> None:
    whole = (made / part).read_bytes()
    (made / part).write_bytes(whole.replace(b"2026", b"2025", 1) if b"2026" in whole else whole.replace(b"e", b"a", 1))
    assert ("altered", part) in parts(checked(program, made))
    (made / part).write_bytes(whole[: len(whole) // 2])
    assert ("cut", part) in parts(checked(program, made))
    (made / part).unlink()
    found = checked(program, made)
    assert ("removed", part) in parts(found)
    done = program("audit", "verify", "--bundle", str(made))
    assert (done.code, done.err) == (7, "")
    assert f"{part} is gone." in done.out
    assert "The bundle holds" not in done.out


def test_a_part_put_in_is_named(made: Path, program: Program) -> None:
    (made / "letter.pdf").write_bytes(b"%PDF")
    assert parts(checked(program, made)) == [("inserted", "letter.pdf")]


@pytest.mark.parametrize("field", ["case", "made_by", "made_at", "masked", "company", "head"])
def test_an_altered_manifest_is_found(made: Path, program: Program, field: str) -> None:
    rewrite(made / "manifest.json", lambda manifest: manifest.update({field: "other"}))
    assert ("altered", "manifest.json") in parts(checked(program, made))


def test_a_manifest_cut_or_gone_is_found(made: Path, program: Program) -> None:
    whole = (made / "manifest.json").read_bytes()
    (made / "manifest.json").write_bytes(whole[:200])
    assert parts(checked(program, made)) == [("cut", "manifest.json")]
    (made / "manifest.json").unlink()
    assert parts(checked(program, made)) == [("removed", "manifest.json")]


def test_a_file_of_a_bundle_cut_off_or_filled_twice_is_found(desk: Worked, program: Program, tmp_path: Path) -> None:
    assert desk.root.is_dir()
    file = tmp_path / "b.zip"
    ok(program("case", "evidence", CASE, "--out", str(file)))
    twice = tmp_path / "twice.zip"
    shutil.copy(file, twice)
    with zipfile.ZipFile(twice, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("case.json", "{}")
    assert ("doubled", "case.json") in parts(checked(program, twice))
    file.write_bytes(file.read_bytes()[:-400])
    refused(program("audit", "verify", "--bundle", str(file), "--json"), "bundle_unreadable", 7)


# ------------------------------------------------------------------ the journal, its digests made to fit


def whole_entries(document: dict[str, Any]) -> list[int]:
    return [at for at, each in enumerate(document["chain"]) if len(each) == 9]


def links(document: dict[str, Any]) -> list[int]:
    return [at for at, each in enumerate(document["chain"]) if len(each) == 5]


@pytest.fixture
def busy(desk: Worked, program: Program, tmp_path: Path) -> Path:
    """A bundle with links: other cases were looked at in between."""
    desk.sign_in(ADMIN)
    for code in ("A-1002", "A-1003"):
        ok(program("case", "show", code, "--unmask", "--reason", "asked by its debtor"))
    ok(program("case", "show", CASE, "--unmask", "--reason", "asked by its debtor"))
    ok(program("case", "evidence", CASE, "--out", str(tmp_path / "busy")))
    return tmp_path / "busy"


def test_others_entries_are_links_that_tell_nothing_of_whom_they_are_about(busy: Path, program: Program) -> None:
    document = json.loads((busy / "journal.json").read_text("utf-8"))
    found = [document["chain"][at] for at in links(document)]
    assert len(found) >= 2
    assert all("case_file" not in str(each) and "unmask" not in str(each) for each in found)
    assert checked(program, busy)["sound"]


@pytest.mark.parametrize("column", range(1, 9))
def test_an_entry_changed_is_found_though_the_digests_fit(busy: Path, program: Program, column: int) -> None:
    def change(document: dict[str, Any]) -> None:
        row = document["chain"][whole_entries(document)[2]]
        row[column] = row[column] + 1 if column == 1 else "0" * 64

    rewrite(busy / "journal.json", change, forge=True)
    found = checked(program, busy)
    assert found["parts"] == []
    assert {kind for kind, _seq, _until in faults(found)} <= {"changed", "unlinked"}
    assert faults(found)


def test_an_entry_changed_with_its_hash_no_longer_leads_on(busy: Path, program: Program) -> None:
    def change(document: dict[str, Any]) -> None:
        row = document["chain"][whole_entries(document)[-3]]
        row[2] = "9999"
        row[8] = journal.entry_hash(row)

    rewrite(busy / "journal.json", change, forge=True)
    assert [kind for kind, _seq, _until in faults(checked(program, busy))] == ["unlinked"]


@pytest.mark.parametrize("column", [1, 2, 3, 4])
def test_a_link_changed_is_found(busy: Path, program: Program, column: int) -> None:
    def change(document: dict[str, Any]) -> None:
        row = document["chain"][links(document)[0]]
        row[column] = row[column] + 1 if column == 1 else "0" * 64

    rewrite(busy / "journal.json", change, forge=True)
    assert faults(checked(program, busy))


def test_entries_taken_out_put_in_or_cut_off_are_found(busy: Path, program: Program) -> None:
    original = (busy / "journal.json").read_bytes()

    def after(change: Callable[[dict[str, Any]], object]) -> list[tuple[str, int, int]]:
        (busy / "journal.json").write_bytes(original)
        rewrite(busy / "journal.json", change, forge=True)
        return faults(checked(program, busy))

    document = json.loads(original)
    first, last = document["first"], document["count"]
    assert after(lambda made: made["chain"].pop(3)) == [("removed", first + 3, first + 3)]
    assert after(lambda made: made["chain"].insert(3, made["chain"][2])) == [("inserted", first + 2, first + 2)]
    assert after(lambda made: made["chain"].pop()) == [("cut_off", last, last)]


def test_a_tail_cut_off_and_made_to_fit_lacks_the_entry_of_its_making(busy: Path, program: Program) -> None:
    """The manifest names the head, and every bundle ends with the entry that says it was made."""
    head = json.loads((busy / "manifest.json").read_text("utf-8"))["head"]

    def cut(document: dict[str, Any]) -> None:
        document["chain"].pop()
        document["count"], document["head"] = document["chain"][-1][0], document["chain"][-1][-1]

    rewrite(busy / "journal.json", cut, forge=True)
    assert ("cut_off", head["count"], head["count"]) in faults(checked(program, busy))
    journal_cut = json.loads((busy / "journal.json").read_text("utf-8"))
    fitting = {"count": journal_cut["count"], "hash": journal_cut["head"]}
    rewrite(busy / "manifest.json", lambda made: made["head"].update(fitting), forge=True)
    assert parts(checked(program, busy)) == [("unmade", "journal.json")]


def test_a_seal_kept_outside_is_held_against_the_bundle(busy: Path, program: Program, tmp_path: Path) -> None:
    seal = json.loads(program("audit", "seal", "--json", "--out", str(tmp_path / "seal.json")).out)
    assert checked(program, busy, "--seal", str(tmp_path / "seal.json"))["against_seal"] is True
    wrong = checked(program, busy, "--seal", f"{'0' * 64}:{seal['count']}")
    assert faults(wrong) == [("rewritten", seal["count"], seal["count"])]
    beyond = checked(program, busy, "--seal", f"{'0' * 64}:{seal['count'] + 5}")
    assert (beyond["sound"], beyond["against_seal"]) == (True, False)


@pytest.mark.parametrize("content", [b"", b"[]", b'{"schema": "collectdesk.evidence/1"}', b"PK\x03\x04"])
def test_what_is_no_bundle_is_said_so(program: Program, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "b.zip"
    refused(program("audit", "verify", "--bundle", str(file), "--json"), "bundle_missing", 4)
    file.write_bytes(content)
    refused(program("audit", "verify", "--bundle", str(file), "--json"), "bundle_unreadable", 7)
