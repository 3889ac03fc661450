"""Every command of the table exists, helps in both languages, and keeps to the common manners."""

from __future__ import annotations

import re

import pytest

from collectdesk import cli, lang
from tests.commands.conftest import Program
from tests.commands.tree import ENTRIES, leaves

WITHOUT_JSON = {"help", "completion"}
# Words that stay English: what is typed, codes, formats and names of programs.
KEPT = re.compile(
    r"--?[a-z][a-z-]*|`[^`]*`|[A-Z]{2,}[A-Z_0-9=]*|[A-Za-z0-9_./]+\.(csv|xlsx|json|toml|po)|[a-z]+\|[a-z|_]+|zh_CN|"
    r"\b(collectdesk|bash|zsh|fish|stdout|stderr|schema|code|message|hint|check|call|start|shell|ASCII|tty)\b|"
    r"F\d+|/\d|Ctrl-C|Schema"
)
ENGLISH = re.compile(r"[A-Za-z]{3,}(?: [a-z]{2,})+")


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_every_entry_of_the_table_is_there(entry: object) -> None:
    name = getattr(entry, "name", "")
    assert next(leaves(name)).words == (name,)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_every_command_and_every_parameter_has_its_help(entry: object) -> None:
    missing = []
    for leaf in leaves(getattr(entry, "name", "")):
        if not leaf.command.help:
            missing.append(" ".join(leaf.words))
        shown = (param for param in leaf.command.params if not getattr(param, "hidden", False))
        missing += [f"{' '.join(leaf.words)} {param.name}" for param in shown if not param.help]
    assert missing == []


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_every_command_answers_programs(entry: object) -> None:
    name = getattr(entry, "name", "")
    ends = [leaf for leaf in leaves(name) if not hasattr(leaf.command, "commands")]
    without = [
        " ".join(leaf.words) for leaf in ends if not any("--json" in param.opts for param in leaf.command.params)
    ]
    assert name in WITHOUT_JSON or without == []


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_no_command_takes_a_global_option_for_itself(entry: object) -> None:
    taken = [
        (leaf.words, param.opts)
        for leaf in leaves(getattr(entry, "name", ""))
        for param in leaf.command.params
        if {"--desk", "--lang", "--version"} & set(param.opts)
    ]
    assert taken == []


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_chinese_help_has_no_english_sentence_left(entry: object, program: Program) -> None:
    for leaf in leaves(getattr(entry, "name", "")):
        done = program("--lang", "zh_CN", *leaf.words, "--help")
        assert done.code == 0, done.err
        shown = done.out.replace(" ".join(("collectdesk", *leaf.words)), "")
        assert [line for line in shown.splitlines() if ENGLISH.search(KEPT.sub("", line))] == []


@pytest.mark.parametrize("language", lang.LANGUAGES)
def test_the_root_help_lists_every_command_in_the_language_spoken(language: str, program: Program) -> None:
    done = program("--lang", language, "--help")
    assert done.code == 0
    named = {line.split()[0] for line in done.out.splitlines() if line.startswith("  ")}
    assert {entry.name for entry in ENTRIES} <= named
    for entry in ENTRIES:
        assert lang.translate(entry.help, language)[:20] in done.out


def test_the_program_has_one_name() -> None:
    assert cli.PROGRAM == "collectdesk"
