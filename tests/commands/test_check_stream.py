"""``check --stream``: the contract, line by line, from a real process over real pipes."""

from __future__ import annotations

import json
import os
import re
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collectdesk.commands import check_stream
from collectdesk.commands.check_stream import _batches
from collectdesk.gate import dial as dial_module
from collectdesk.gate import parse as parse_module
from collectdesk.gate import periods as periods_module
from collectdesk.show.unreadable import SENTENCES
from tests.commands.conftest import Program

EVENING: dict[str, Any] = {
    "id": "q1",
    "at": "2026-11-23T20:30:00+08:00",
    "lang": "en",
    "place": {"country": "CN"},
    "zones": [{"zone": "Asia/Shanghai", "from": "fixed"}],
    "dial": {"person": "p1", "number": "n1", "channel": "voice", "purpose": "collect"},
}


@pytest.fixture
def stream(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The program, waiting for lines, where there is no desk."""
    command = [sys.executable, "-m", "collectdesk", "--desk", str(tmp_path / "none"), "check", "--stream"]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "LANG": "C"}
    )
    yield process
    process.kill()
    process.wait()
    for pipe in filter(None, (process.stdin, process.stdout, process.stderr)):
        pipe.close()


def pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout


def line(document: object) -> bytes:
    return json.dumps(document).encode() + b"\n"


def test_each_line_is_answered_while_the_asker_waits(stream: subprocess.Popen[bytes]) -> None:
    source, answers = pipes(stream)
    for number in range(3):
        source.write(line({**EVENING, "id": f"q{number}"}))
        source.flush()
        answer = json.loads(answers.readline())
        assert (answer["schema"], answer["id"]) == ("collectdesk.decision/1", f"q{number}")
        assert answer["allowed"] is False
        assert "house/hours" in {block["rule"] for block in answer["blocks"]}
    source.close()
    assert stream.wait() == 0


def test_a_broken_line_harms_only_itself(stream: subprocess.Popen[bytes]) -> None:
    lines = [
        line(EVENING),
        b"{nonsense\n",
        b"\n",
        line({**EVENING, "id": "q3", "surprise": 1}),
        line({**EVENING, "id": "q4", "rulebooks": ["nowhere"]}),
        b"\xff\xfe\n",
        line({**EVENING, "id": "q6"}).rstrip(b"\n"),
    ]
    out, err = stream.communicate(b"\xef\xbb\xbf" + b"".join(lines))
    answers = [json.loads(each) for each in out.splitlines()]
    assert [each.get("code", "decided") for each in answers] == [
        "decided", "bad_json", "unknown_field", "unknown_rulebook", "bad_json", "decided",
    ]  # fmt: skip
    assert [each["id"] for each in answers] == ["q1", None, "q3", "q4", None, "q6"]
    assert (stream.returncode, err) == (7, b"")


def answered(*lines: bytes, lang: str, environ: dict[str, str] | None = None) -> list[Any]:
    """The answers of a program told to speak ``lang``, where there is no desk."""
    words = ["--desk", "/nonexistent", *(["--lang", lang] if lang else []), "check", "--stream"]
    done = subprocess.run(
        [sys.executable, "-m", "collectdesk", *words],
        input=b"".join(lines),
        capture_output=True,
        check=False,
        env={**os.environ, "LANG": "C", **(environ or {})},
    )
    assert done.stderr == b""
    return [json.loads(each) for each in done.stdout.splitlines()]


def test_messages_are_in_the_questions_language_and_in_the_chosen_one_when_it_names_none() -> None:
    silent = {key: value for key, value in EVENING.items() if key != "lang"}
    for lang, ours in (("en", True), ("zh_CN", False)):
        said = [each["blocks"][0]["message"] for each in answered(line(EVENING), line(silent), lang=lang)]
        assert [message.isascii() for message in said] == [True, ours]


WRONG = (
    b"{nonsense\n",
    line({**EVENING, "lang": None, "surprise": 1}),
    line({"id": "x"}),
    line({**EVENING, "lang": None, "at": "tomorrow"}),
    line({**EVENING, "lang": None, "debts": 3}),
    line({**EVENING, "lang": None, "debts": [{"id": "a", "amount": "1e5"}]}),
    line({**EVENING, "lang": None, "debts": [{"id": "a", "signed_on": "2026-13-01"}]}),
    line({**EVENING, "lang": None, "own_org": {"id": "a", "kind": "shop"}}),
    line({**EVENING, "lang": None, "at": "0001-01-01T00:00:00Z"}),
    line({**EVENING, "lang": None, "rulebooks": ["nowhere"]}),
    line({**EVENING, "lang": None, "rulebooks": []}),
)


@pytest.mark.parametrize(
    ("lang", "environ"), [("zh_CN", {}), ("", {"COLLECTDESK_LANG": "zh_CN"}), ("", {"LANG": "zh_CN.UTF-8"})]
)
def test_what_is_wrong_with_a_line_is_said_in_the_chosen_language(lang: str, environ: dict[str, str]) -> None:
    chinese = answered(*WRONG, lang=lang, environ=environ)
    english = answered(*WRONG, lang="en")
    assert [each["code"] for each in chinese] == [each["code"] for each in english]
    assert [each["where"] for each in chinese] == [each["where"] for each in english]
    assert [each["message"] for each in english if not each["message"].isascii()] == []
    assert [each["message"] for each in chinese if each["message"].isascii()] == []


def test_a_broken_line_that_names_its_language_is_answered_in_it() -> None:
    for chosen, named in (("en", "zh_CN"), ("zh_CN", "en")):
        (answer,) = answered(line({**EVENING, "lang": named, "surprise": 1}), lang=chosen)
        assert answer["message"].isascii() is (named == "en")
        (answer,) = answered(f'{{"id": "q1", "at": 1e999, "lang": "{named}"}}'.encode() + b"\n", lang=chosen)
        assert answer["id"] == "q1"
        assert answer["message"].isascii() is (named == "en")


def test_every_sentence_of_the_gate_about_a_question_is_known_to_the_face() -> None:
    """A sentence that changes in the gate, and not in the face, would be told as a mere misfit."""
    gate = [Path(dial_module.__file__), Path(periods_module.__file__), Path(parse_module.__file__)]
    sources = [*gate, Path(check_stream.__file__)]
    said = re.findall(r'"((?:Expected|Nested|This field|Not one|The program)[^"]+)"', "".join(map(_text, sources)))
    assert set(said) == set(SENTENCES)


def _text(path: Path) -> str:
    return path.read_text("utf-8")


def test_only_the_named_rulebooks_decide(stream: subprocess.Popen[bytes]) -> None:
    out, _err = stream.communicate(line({**EVENING, "rulebooks": ["cn-law"]}))
    assert [each["id"] for each in json.loads(out)["rulebooks"]] == ["cn-law"]


def test_sigterm_ends_it_cleanly(stream: subprocess.Popen[bytes]) -> None:
    source, answers = pipes(stream)
    source.write(line(EVENING))
    source.flush()
    assert json.loads(answers.readline())["id"] == "q1"
    stream.send_signal(signal.SIGTERM)
    assert stream.wait() == 0
    assert stream.stderr is not None
    assert stream.stderr.read() == b""


OFFERED = 64 << 20
"""Bytes a greedy asker would send without ever reading."""
TAKEN = 2 << 20
"""Far more than two pipes and one answered piece hold."""


def test_a_slow_reader_holds_the_asker_back(stream: subprocess.Popen[bytes]) -> None:
    """Nobody reads, so nothing more is taken in: neither side's lines pile up in memory; then all are answered."""
    source, answers = pipes(stream)
    asked = b"".join(line({**EVENING, "id": f"q{number}"}) for number in range(200))
    os.set_blocking(source.fileno(), False)
    taken = 0
    while taken < OFFERED and select.select([], [source], [], 10)[1]:
        rest = asked[taken % len(asked) :]
        taken += os.write(source.fileno(), rest)
    assert 0 < taken < TAKEN
    whole = (asked * (taken // len(asked) + 1))[:taken].splitlines()
    expected = [json.loads(each)["id"] for each in whole[:-1]]  # the last may have been cut off
    source.close()
    found = [json.loads(each).get("id") for each in answers]
    assert found[: len(expected)] == expected
    assert len(found) == len(whole)
    assert stream.wait() in (0, 7)


def test_sigterm_leaves_no_line_it_read_unanswered(stream: subprocess.Popen[bytes]) -> None:
    """Told to end in the middle of work, held up by a slow reader: it answers what it read, in order, and ends well."""
    source, answers = pipes(stream)
    source.write(line({**EVENING, "id": "first"}))
    source.flush()
    assert json.loads(answers.readline())["id"] == "first"
    asked = [f"q{number}" for number in range(400)]
    os.set_blocking(source.fileno(), False)
    os.write(source.fileno(), b"".join(line({**EVENING, "id": each}) for each in asked))
    stream.send_signal(signal.SIGTERM)
    found = [json.loads(each)["id"] for each in answers]
    assert found == asked[: len(found)]
    assert stream.wait() == 0


def test_a_reader_that_goes_away_is_no_error_message(stream: subprocess.Popen[bytes]) -> None:
    source, answers = pipes(stream)
    answers.close()
    source.write(line(EVENING))
    source.close()
    assert stream.wait() == 1
    assert stream.stderr is not None
    assert stream.stderr.read() == b""


@settings(max_examples=60, deadline=None)
@given(
    lines=st.lists(st.binary(max_size=40).filter(lambda each: b"\n" not in each and each[:1] != b"\xef")),
    cuts=st.lists(st.integers(1, 9)),
)
def test_lines_survive_any_way_of_arriving(lines: list[bytes], cuts: list[int]) -> None:
    whole = b"".join(each + b"\n" for each in lines)
    source, sink = os.pipe()
    stop, unused = os.pipe()
    try:
        for cut in [*cuts, len(whole)]:
            os.write(sink, whole[:cut])
            whole = whole[cut:]
        os.close(sink)
        found = [each for batch in _batches(source, stop) for each in batch]
    finally:
        for descriptor in (source, stop, unused):
            os.close(descriptor)
    assert found == [each for each in lines if each.strip()]


@pytest.mark.parametrize("name", ["dial", "decision", "error", "call"])
def test_schemas_are_published(program: Program, name: str) -> None:
    done = program("schema", name)
    assert done.code == 0
    assert isinstance(json.loads(done.out), dict)
    assert program("schema", name, "--json").out == done.out


def test_a_decision_has_the_fields_of_its_schema(program: Program, stream: subprocess.Popen[bytes]) -> None:
    schema = json.loads(program("schema", "decision").out)
    out, _err = stream.communicate(line(EVENING))
    answer = json.loads(out)
    assert list(answer) == schema["required"]
    for part, kind in (("blocks", "block"), ("warnings", "warning")):
        assert answer[part]
        assert all(set(each) == set(schema["$defs"][kind]["required"]) for each in answer[part])
