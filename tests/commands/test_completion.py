"""Completion: commands, options, topics and codes, in a real bash too; nothing at all when something is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import pexpect
import pytest
import typer

from collectdesk.commands import completion, offers
from collectdesk.commands.complete import SCRIPTS
from collectdesk.commands.frame import Verb
from collectdesk.commands.options import CaseCode
from collectdesk.commands.session import Session
from collectdesk.desk import codes as codes_module
from collectdesk.desk.call import complaint, doorway, ending, objection, question, wrapup
from collectdesk.show.callwords import FIELDS
from collectdesk.store.engine import open_engine
from collectdesk.store.tables import Call
from tests import desks
from tests.commands import keeping
from tests.commands.conftest import KEY, Desk, Program
from tests.commands.startup import loaded
from tests.commands.tree import ENTRIES
from tests.terminal.pty import PATIENCE


def broken(ctx: typer.Context, incomplete: str) -> list[str]:
    """A source that fails."""
    raise RuntimeError(ctx.info_name, incomplete)


def creditors(incomplete: str) -> list[str]:
    """A source of names with blanks."""
    return [name for name in ("Bank of X & Co",) if name.startswith(incomplete)]


def codes(session: Session) -> list[str]:
    """A source of codes."""
    return ["no_answer", "no_words", session.lang]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["che"], ["check"]),
        (["re"], [entry.name for entry in ENTRIES if entry.name.startswith("re")]),
        (["completion", ""], ["bash", "zsh", "fish"]),
        (["completion", "z"], ["zsh"]),
        (["help", "ex"], ["exit-codes"]),
        (["help", "--h"], ["--help"]),
        (["--de"], ["--desk"]),
        (["--lang", "en", "logo"], ["logout"]),
        (["--lang", ""], ["zh_CN", "en"]),
        (["--lang", "e"], ["en"]),
        (["check", "A-1", "--purpose", "call"], ["callback"]),
        (["queue", "--te"], ["--team"]),
        (["call", "start", "--purpose", "legal"], ["legal_notice"]),
        (["call", "start", "--person", "gua"], ["guarantor", "guardian"]),
        (["call", "start", "--language", ""], ["zh_CN", "en"]),
        (["call", "door", "em"], ["emergency"]),
        (["call", "answer", "--field", "complaint.about", "--value", "about_c"], ["about_company", "about_creditor"]),
        (["call", "answer", "--field", "opening.opening", "--value", ""], ["done"]),
        (["call", "answer", "--field", "wrapup.note", "--value", ""], []),
        (["call", "start", "--purpose", "=", "legal"], ["legal_notice"]),
        (["rehearse", "--with", "re"], ["refuses_identity", "relative", "refuses_to_pay"]),
        (["staff", "add", "--role", "l"], ["lead"]),
        (["creditor", "set", "X", "--identity", "id"], ["id_last4"]),
        (["import", "x.csv", "--attest-source", "con"], ["contract"]),
        (["calendar", "show", "202"], [str(year) for year in range(2020, 2030)]),
        (["calendar", "show", "2026", "--region", "CA"], ["CA-BC", "CA-ON", "CA-QC"]),
        (["rules", "test", "hou"], ["house"]),
        (["init", "--kind", ""], ["lender", "agency"]),
        (["nonsense", ""], []),
    ],
    ids=lambda value: " ".join(value),
)
def test_what_may_stand_there(
    words: list[str], found: list[str], program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLLECTDESK_COMPLETE", "bash")
    done = program(*words)
    assert (done.out.splitlines(), done.err) == (found, "")


def test_zsh_and_fish_get_the_help_beside_it_in_the_language_spoken(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLLECTDESK_LANG", "zh_CN")
    monkeypatch.setenv("COLLECTDESK_COMPLETE", "zsh")
    assert program("logi").out == "login:登录工作台。\n"
    monkeypatch.setenv("COLLECTDESK_COMPLETE", "fish")
    assert program("logi").out == "login\t登录工作台。\n"
    assert program("login", "--he").out == "--help\t显示本页。\n"


@pytest.mark.parametrize(
    ("shell", "typed", "found"),
    [
        ("bash", "Ba", r"Bank\ of\ X\ \&\ Co"),
        ("bash", r"Bank\ of\ ", r"Bank\ of\ X\ \&\ Co"),
        ("bash", "'Bank o", "Bank of X & Co"),
        ("zsh", "Bank o", "Bank of X & Co"),
        ("fish", "Bank o", "Bank of X & Co"),
    ],
)
def test_what_has_blanks_arrives_as_one_word(
    shell: str, typed: str, found: str, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """bash takes a candidate as it stands and hands words over as they were typed; the others quote themselves."""

    def command(word: Annotated[str, typer.Argument(help="w", autocompletion=creditors)]) -> None:
        del word

    app = Verb()
    app.command()(command)
    monkeypatch.setattr(completion, "app", app)
    monkeypatch.setenv("COLLECTDESK_COMPLETE", shell)
    assert program("completion", typed).out == f"{found}\n"


def test_a_shell_is_never_bothered_with_an_error(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def command(word: Annotated[str, typer.Argument(help="w", autocompletion=broken)]) -> None:
        del word

    app = Verb()
    app.command()(command)
    monkeypatch.setattr(completion, "app", app)
    monkeypatch.setenv("COLLECTDESK_COMPLETE", "bash")
    done = program("completion", "x")
    assert (done.out, done.err) == ("", "")


TAKES_CASE = """
from collectdesk.commands import completion
from collectdesk.commands.frame import Verb
from collectdesk.commands.options import CaseCode
from collectdesk.commands.session import Session
completion.app = Verb()
@completion.app.command()
def command(case: CaseCode): pass
"""


@pytest.fixture
def takes_case(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that takes a case, in the place of ``completion``."""

    def command(case: CaseCode) -> None:
        del case

    app = Verb()
    app.command()(command)
    monkeypatch.setattr(completion, "app", app)
    monkeypatch.setenv("COLLECTDESK_COMPLETE", "fish")


@pytest.mark.usefixtures("takes_case")
def test_case_numbers_are_completed_and_never_names(desk: Desk, program: Program) -> None:
    desk.sign_in("C-1")
    assert program("completion", "A-") == (0, "A-1007\n", "")
    assert program("completion", "B-") == (0, "", "")
    assert program("completion", "%") == (0, "", "")


@pytest.mark.usefixtures("takes_case")
def test_without_a_session_completion_prints_nothing(desk: Desk, program: Program) -> None:
    assert program("completion", "A-")[1:] == ("", "")
    desk.sign_in("C-1", until=1)
    if program("completion", "A-").out:
        pytest.fail("a session that has ended still answers")


@pytest.mark.usefixtures("takes_case")
def test_without_a_desk_completion_prints_nothing(program: Program) -> None:
    assert program("completion", "A-")[1:] == ("", "")


def test_codes_are_completed_from_wherever_they_come(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def command(
        code: Annotated[str, typer.Option("--code", help="c", autocompletion=offers.among(codes))] = "",
    ) -> None:
        del code

    app = Verb()
    app.command()(command)
    monkeypatch.setattr(completion, "app", app)
    monkeypatch.setenv("COLLECTDESK_COMPLETE", "bash")
    assert program("completion", "--code", "no_").out.splitlines() == ["no_answer", "no_words"]
    assert program("completion", "--code", "e").out.splitlines() == ["en"]


def test_completing_a_case_loads_nothing_heavy(desk: Desk) -> None:
    desk.sign_in("C-1")
    place = {"COLLECTDESK_COMPLETE": "bash", "COLLECTDESK_DESK": str(desk.home.root)}
    found = loaded("completion", "A-", environ=place, setup=TAKES_CASE)
    assert (found.heavy, found.out) == (frozenset(), "A-1007\n")


@pytest.fixture
def rung(desk: Desk) -> Desk:
    """The small desk with everything adopted, a call open at the question of who is speaking."""
    keeping.with_texts(desk)
    at, small = desk.small.at, desk.small
    store = open_engine(f"sqlite:///{desk.home.database}", KEY)
    with store.writer.begin() as connection:
        talk = {"case_id": small.case, "collector": small.collector, "direction": "in", "driver": "json"}
        desks.add(connection, Call, step="party", state={}, started_at=at, **talk)
    store.close()
    desk.sign_in("8002")
    return desk


OFFERED = [
    (["check", "A-"], ["A-1007"]),
    (["call", "A-"], ["A-1007"]),
    (["call", "st"], ["start"]),
    (["call", "start", "A-"], ["A-1007"]),
    (["call", "inbound", "A-"], ["A-1007"]),
    (["case", "history", "A-"], ["A-1007"]),
    (["staff", "qualify", "80"], ["8000", "8001", "8002"]),
    (["staff", "remove", "8001"], ["8001"]),
    (["staff", "passphrase", "8002"], ["8002"]),
    (["staff", "add", "9000", "--superior", "800"], ["8000", "8001", "8002"]),
    (["call", "resume", "c"], ["c1"]),
    (["call", "show", "c"], ["c1"]),
    (["call", "door", "end", ""], ["c1"]),
    (["call", "end", "--reason", "not_c"], ["not_convenient"]),
    (["call", "answer", "--field", "party.b"], ["party.basis"]),
    (["call", "answer", "--field", "wrapup"], []),
    (["call", "answer", "--field", "end.w"], ["end.why", "end.when"]),
    (["call", "answer", "--field", "discussion.cause", "--value", "income_l"], ["income_lost"]),
    (["call", "answer", "--field", "line.line", "--value", "no_a"], ["no_answer"]),
    (["call", "say", "identity.w"], ["identity.why"]),
    (["creditor", "close", "示例银行", ""], ["app"]),
    (["creditor", "set", ""], ["示例银行"]),
    (["creditor", "channel", "示"], ["示例银行"]),
    (["rules", "show", "cn-l"], ["cn-law"]),
]


@pytest.mark.parametrize(("words", "found"), OFFERED, ids=lambda value: " ".join(value))
def test_what_the_desk_knows_is_offered_and_nothing_heavy_is_loaded(
    words: list[str], found: list[str], rung: Desk
) -> None:
    """Every place that takes a case, a staff or call number or a code; never a name, without ORM, screen or gate."""
    place = {"COLLECTDESK_COMPLETE": "bash", "COLLECTDESK_DESK": str(rung.home.root)}
    answer = loaded(*words, environ=place)
    assert (answer.out.splitlines(), answer.err) == (found, "")
    assert answer.heavy | (answer.packages & {"cryptography", "argon2", "zoneinfo", "asyncio"}) == frozenset()


@pytest.mark.parametrize("words", [words for words, found in OFFERED if found], ids=" ".join)
def test_nobody_signed_in_nothing_offered(
    words: list[str], desk: Desk, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert desk.home.database.exists()
    monkeypatch.setenv("COLLECTDESK_COMPLETE", "bash")
    shown = program(*words)
    assert (shown.out, shown.err) == ("start\n" if words == ["call", "st"] else "", "")


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(getattr(entry, "name", "")))
def test_completing_any_command_loads_nothing_heavy(entry: object) -> None:
    answer = loaded(str(getattr(entry, "name", "")), "--", environ={"COLLECTDESK_COMPLETE": "zsh"})
    assert answer.heavy == frozenset()


def test_every_field_a_call_asks_is_known_to_completion() -> None:
    """A field that is added offers its codes, its words, ``done``, or is said to be typed."""
    named = {name for name in FIELDS if "." in name}
    assert set(offers.CODED) <= named
    assert set(offers.FIXED) <= named
    assert set(offers.FREE) <= named
    assert set(offers.CODED.values()) <= set(codes_module.FIELDS)
    assert set(offers.CODED) & set(offers.FIXED) == set()
    assert offers.SIDE_DOORS == doorway.DOORS
    assert offers.DONE == question.ACK
    assert offers.FIXED["complaint.about"] == complaint.ABOUT
    assert offers.FIXED["end.times"] == ending.TIMES
    assert offers.FIXED["objection.answered"] == objection.ANSWERED
    assert offers.FIXED["wrapup.ended_by"] == wrapup.ENDED_BY
    assert offers.FIXED["wrapup.recording"] == wrapup.RECORDING
    assert offers.FIXED["wrapup.note_words"] == wrapup.WORDS


def test_zsh_completes_at_the_first_tab_too() -> None:
    """zsh loads the script at the first Tab by running it as the function itself; sourced, it must register instead."""
    assert SCRIPTS["zsh"].splitlines()[0] == "#compdef collectdesk"
    loaded_by_tab, sourced = SCRIPTS["zsh"].splitlines()[-1].split("; else ")
    assert 'funcstack[1]}" == _collectdesk' in loaded_by_tab
    assert '_collectdesk "$@"' in loaded_by_tab
    assert sourced == "compdef _collectdesk collectdesk; fi"


def test_every_shell_offers_files_where_we_know_nothing() -> None:
    assert "complete -o default" in SCRIPTS["bash"]
    assert "else _files;" in SCRIPTS["zsh"]
    assert "__fish_complete_path (commandline -ct)" in SCRIPTS["fish"]


@pytest.mark.parametrize("shell", SCRIPTS)
def test_the_script_is_printed_for_each_shell(shell: str, program: Program) -> None:
    assert program("completion", shell) == (0, SCRIPTS[shell], "")


def test_a_real_bash_completes_at_its_own_prompt(rung: Desk, tmp_path: Path) -> None:
    """A person at a terminal types the beginning and presses Tab."""
    launcher = tmp_path / "collectdesk"
    launcher.write_text(f'#!/bin/sh\nexec {sys.executable} -m collectdesk "$@"\n')
    launcher.chmod(0o755)
    (tmp_path / "rc").write_text(f"{SCRIPTS['bash']}\nbind 'set bell-style none'\nPS1='ready> '\n")
    place = {
        **os.environ,
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "COLLECTDESK_DESK": str(rung.home.root),
        "TERM": "dumb",
    }
    shell = pexpect.spawn(
        "bash", ["--noprofile", "--rcfile", str(tmp_path / "rc"), "-i"], env=place, encoding="utf-8", timeout=PATIENCE
    )
    try:
        shell.expect_exact("ready> ")
        for typed, completed in (
            ("collectdesk comple\t", "collectdesk completion "),
            ("collectdesk case show A\t", "collectdesk case show A-1007 "),
            ("collectdesk call end --reason not_c\t", "collectdesk call end --reason not_convenient "),
            ("collectdesk staff remove 8001\t", "collectdesk staff remove 8001 "),
            ("collectdesk rehearse --with in_\t", "collectdesk rehearse --with in_danger "),
        ):
            shell.send(typed)
            shell.expect_exact(completed)
            shell.send("\x15")
        shell.sendline("exit")
        shell.expect(pexpect.EOF)
    finally:
        shell.close(force=True)


def test_a_real_bash_completes(tmp_path: Path) -> None:
    launcher = tmp_path / "collectdesk"
    launcher.write_text(f'#!/bin/sh\nexec {sys.executable} -m collectdesk "$@"\n')
    launcher.chmod(0o755)
    script = f"""
{SCRIPTS["bash"]}
COMP_WORDS=(collectdesk help exit); COMP_CWORD=2; _collectdesk; printf "%s\n" "${{COMPREPLY[@]}}"
COMP_WORDS=(collectdesk completion ''); COMP_CWORD=2; _collectdesk; printf '%s\n' "${{COMPREPLY[@]}}"
"""
    done = subprocess.run(
        ["bash", "--norc", "-c", script],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
    )
    assert (done.stdout, done.stderr) == ("exit-codes\nbash\nzsh\nfish\n", "")
