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
from collectdesk.commands.complete import SCRIPTS
from collectdesk.commands.frame import Verb
from tests.commands.conftest import Program


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
    def broken(ctx: typer.Context, incomplete: str) -> list[str]:
        raise RuntimeError(ctx.info_name, incomplete)

    def command(word: Annotated[str, typer.Argument(help="w", autocompletion=broken)]) -> None:
        del word

    app = Verb()
    app.command()(command)
    monkeypatch.setattr(completion, "app", app)
    monkeypatch.setenv("COLLECTDESK_COMPLETE", "bash")
    done = program("completion", "x")
    assert (done.out, done.err) == ("", "")


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
