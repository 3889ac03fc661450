"""Completion: commands, options, topics and codes, in a real bash too; nothing at all when something is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import pytest
import typer

from collectdesk.commands import completion
from collectdesk.commands.complete import SCRIPTS, among
from collectdesk.commands.frame import Verb
from collectdesk.commands.options import CaseCode
from collectdesk.commands.session import Session
from tests.commands.conftest import Desk, Program
from tests.commands.startup import loaded


def broken(ctx: typer.Context, incomplete: str) -> list[str]:
    """A source that fails."""
    raise RuntimeError(ctx.info_name, incomplete)


def codes(session: Session) -> list[str]:
    """A source of codes."""
    return ["no_answer", "no_words", session.lang]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["che"], ["check"]),
        (["re"], ["ready", "rehearse", "restore"]),
        (["completion", ""], ["bash", "zsh", "fish"]),
        (["completion", "z"], ["zsh"]),
        (["help", "ex"], ["exit-codes"]),
        (["help", "--h"], ["--help"]),
        (["--de"], ["--desk"]),
        (["--lang", "en", "logo"], ["logout"]),
        (["check", "A-1", "--purpose", "call"], ["callback"]),
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
    def command(code: Annotated[str, typer.Option("--code", help="c", autocompletion=among(codes))] = "") -> None:
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


@pytest.mark.parametrize("shell", SCRIPTS)
def test_the_script_is_printed_for_each_shell(shell: str, program: Program) -> None:
    assert program("completion", shell) == (0, SCRIPTS[shell], "")


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
