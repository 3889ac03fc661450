"""The front door: global options, refusals in both languages, exit codes, one error boundary."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import pytest
import typer

from collectdesk import __version__, errors
from collectdesk.commands import completion, failure
from collectdesk.commands.frame import Noun, Verb
from collectdesk.commands.options import Json, Yes
from collectdesk.commands.session import Session, desk_home, session_of
from collectdesk.errors import Problem, UsageProblem
from tests.commands.conftest import Program

SECRET = "13800135678"


@pytest.fixture
def probe(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[..., None]], None]:
    """Put a command of the test's own in the place of ``completion``."""

    def install(function: Callable[..., None]) -> None:
        app = Verb()
        app.command()(function)
        monkeypatch.setattr(completion, "app", app)

    return install


def test_the_version(program: Program) -> None:
    assert program("--version") == (0, f"collectdesk {__version__}\n", "")


def test_without_a_command_the_help_is_conversation_and_the_end_is_usage(program: Program) -> None:
    done = program()
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Usage: collectdesk")


@pytest.mark.parametrize(
    ("words", "code", "english", "chinese"),
    [
        (["chekc"], "no_such_command", "There is no command chekc.\nDid you mean check?",
         "没有命令 chekc。\n是否想输入 check？"),
        (["zzz"], "no_such_command", "There is no command zzz.\ncollectdesk --help lists the commands.",
         "没有命令 zzz。\ncollectdesk --help 列出全部命令。"),
        ([SECRET], "no_such_command", "That is not a command.\ncollectdesk --help lists the commands.",
         "这不是命令。\ncollectdesk --help 列出全部命令。"),
        (["--dsek", "x"], "no_such_option", "There is no option --dsek.\nDid you mean --desk?",
         "没有选项 --dsek。\n是否想输入 --desk？"),
        (["help", "-z"], "no_such_option", "There is no option -z.\ncollectdesk help --help shows what it takes.",
         "没有选项 -z。\ncollectdesk help --help 说明用法。"),
        (["completion"], "missing_parameter", "SHELL is missing.\ncollectdesk completion --help shows what it takes.",
         "缺少 SHELL。\ncollectdesk completion --help 说明用法。"),
        (["completion", SECRET], "bad_value",
         "SHELL must be one of: bash, zsh, fish.\ncollectdesk completion --help shows what it takes.",
         "SHELL 应为以下之一：bash, zsh, fish。\ncollectdesk completion --help 说明用法。"),
        (["help", "keys", SECRET], "too_many_words",
         "There are more words than it takes.\ncollectdesk help --help shows what it takes.",
         "多出了不需要的内容。\ncollectdesk help --help 说明用法。"),
        (["--version=1"], "bad_option", "--version takes no value.\ncollectdesk --help shows what it takes.",
         "--version 不带值。\ncollectdesk --help 说明用法。"),
        (["--desk"], "bad_option", "--desk needs a value.\ncollectdesk --help shows what it takes.",
         "--desk 需要一个值。\ncollectdesk --help 说明用法。"),
        (["--desk", "x"], "missing_command", "A command is missing.\ncollectdesk --help lists the commands.",
         "缺少命令。\ncollectdesk --help 列出全部命令。"),
        (["--lang", "tlh", "help"], "no_such_language", "The languages are zh_CN, en.", "可用的语言是 zh_CN, en。"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)  # fmt: skip
def test_what_is_not_understood_is_said_in_either_language_and_repeats_nothing_personal(
    words: list[str], code: str, english: str, chinese: str, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert program(*words) == (2, "", english + "\n")
    monkeypatch.setenv("COLLECTDESK_LANG", "zh_CN")
    assert program(*words) == (2, "", chinese + "\n")
    done = program(*words[:1], *words[1:], "--json") if code != "bad_option" or len(words[0]) > 6 else None
    if done is not None:
        document = json.loads(done.err)
        assert (done.code, done.out, list(document)) == (2, "", ["schema", "code", "message", "hint"])
        assert SECRET not in done.err


@pytest.mark.parametrize(
    ("annotation", "given", "sentence"),
    [
        (Annotated[int, typer.Option("--n", help="n")], "x", "--n must be a whole number."),
        (Annotated[int, typer.Option("--n", help="n", min=1, max=5)], "9", "--n must be a number from 1 to 5."),
        (Annotated[int, typer.Option("--n", help="n", min=1)], "0", "--n must be a number from 1 up."),
        (Annotated[int, typer.Option("--n", help="n", max=5)], "6", "--n must be a number up to 5."),
        (Annotated[float, typer.Option("--n", help="n")], "x", "--n must be a number."),
        (Annotated[Path, typer.Option("--n", help="n", exists=True)], "/nowhere", "--n: there is no such file."),
        (Annotated[Path, typer.Option("--n", help="n", exists=True, dir_okay=False)], "/",
         "--n: that is a directory; a file is wanted."),
        (Annotated[Path, typer.Option("--n", help="n", exists=True, file_okay=False)], __file__,
         "--n: that is a file; a directory is wanted."),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_kind_is_said_what_it_must_be(
    annotation: object, given: str, sentence: str, program: Program, probe: Callable[[Callable[..., None]], None]
) -> None:
    def command(n) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        pass

    command.__annotations__["n"] = annotation
    probe(command)
    done = program("completion", "--n", given)
    assert (done.code, done.err.splitlines()[0]) == (2, sentence)


def test_a_missing_option_is_named(program: Program, probe: Callable[[Callable[..., None]], None]) -> None:
    def command(shell: Annotated[str, typer.Option("--team", help="t")]) -> None:
        del shell

    probe(command)
    assert program("completion").err.splitlines()[0] == "The option --team is missing."


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (errors.InternalProblem, 1),
        (errors.UsageProblem, 2),
        (errors.BlockedByGate, 3),
        (errors.NotFound, 4),
        (errors.NotPermitted, 5),
        (errors.Busy, 6),
        (errors.BadData, 7),
        (errors.Cancelled, 130),
    ],
)
def test_a_problem_is_a_sentence_or_a_document_and_ends_with_its_code(
    kind: type[Problem], code: int, program: Program, probe: Callable[[Callable[..., None]], None]
) -> None:
    def command(json: Json = False) -> None:
        del json
        raise kind("a_code", "Put it into {path}.", hint="Give {flag}.", path="here", flag="--team")

    probe(command)
    assert program("completion") == (code, "", "Put it into here.\nGive --team.\n")
    assert program("completion", "--lang", "zh_CN") == (code, "", "请存为 here。\n请给出 --team。\n")
    done = program("completion", "--json")
    assert (done.code, done.out) == (code, "")
    assert json.loads(done.err) == {
        "schema": "collectdesk.error/1",
        "code": "a_code",
        "message": "Put it into here.",
        "hint": "Give --team.",
    }


def test_a_hostile_value_in_a_problem_is_harmless(
    program: Program, probe: Callable[[Callable[..., None]], None]
) -> None:
    def command() -> None:
        raise UsageProblem("a_code", "Put it into {path}.", path="\x1b[31m{flag}\u202e")

    probe(command)
    assert program("completion").err == "Put it into <1B>[31m{flag}<202E>.\n"


def test_our_own_fault_is_one_line_with_its_number_and_no_values(
    program: Program, probe: Callable[[Callable[..., None]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def command() -> None:
        number = SECRET
        raise RuntimeError(number)

    probe(command)
    done = program("completion")
    assert (done.code, done.out) == (1, "")
    report = re.search(r"report (RuntimeError-[0-9a-f]{8})", done.err)
    assert report is not None
    assert SECRET not in done.err
    assert "Traceback" not in done.err
    assert report[1] in program("completion").err, "the same fault has the same number"
    monkeypatch.setenv("COLLECTDESK_DEBUG", "1")
    assert "Traceback" in program("completion").err


def test_an_end_with_a_code_of_its_own_is_kept(program: Program, probe: Callable[[Callable[..., None]], None]) -> None:
    def command() -> None:
        raise typer.Exit(3)

    probe(command)
    assert program("completion") == (3, "", "")


@pytest.mark.parametrize("end", [KeyboardInterrupt, EOFError, typer.Abort])
def test_cancelling_is_one_line_and_130(
    end: type[BaseException], program: Program, probe: Callable[[Callable[..., None]], None]
) -> None:
    def command() -> None:
        raise end

    probe(command)
    assert program("completion") == (130, "", "\nCancelled. Nothing was made or changed.\n")


def test_a_real_ctrl_c_ends_130_without_a_traceback(tmp_path: Path) -> None:
    script = tmp_path / "wait.py"
    script.write_text(
        "import sys, typer\n"
        "from collectdesk import cli\n"
        "from collectdesk.commands import completion\n"
        "from collectdesk.commands.frame import Verb\n"
        "completion.app = Verb()\n"
        "@completion.app.command()\n"
        "def wait():\n"
        "    print('ready', flush=True)\n"
        "    sys.stdin.read()\n"
        "sys.exit(cli.run(['completion', '--lang', 'zh']))\n"
    )
    process = subprocess.Popen(
        [sys.executable, script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGINT)
    _out, err = process.communicate()
    assert (process.returncode, err.strip()) == (130, "已取消，没有建立或更改任何内容。")


def test_a_reader_that_goes_away_ends_it_silently_but_not_with_success() -> None:
    code = "from collectdesk.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "help", "exit-codes"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert (process.stderr.read(), process.wait()) == (b"", 1)
    process.stderr.close()


def test_an_answer_that_cannot_be_written_is_said_so() -> None:
    code = "from collectdesk.cli import main; main()"
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", code, "--lang", "en", "help", "exit-codes"],
            stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False,
        )  # fmt: skip
    said = "The answer could not be written where it was sent.\nCheck the disk's space.\n"
    assert (done.returncode, done.stderr) == (1, said)


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_a_sign_the_screen_lacks_takes_nothing_else_with_it(encoding: str) -> None:
    code = "import sys; from collectdesk import cli; sys.exit(cli.run(sys.argv[1:]))"
    words = ["--lang", "zh_CN", "rules", "show", "house", "--shipped"]
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, env=environment, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "open=09:00-20:00" in done.stdout.decode(encoding)


@pytest.mark.parametrize("flag", ["--json", "--ndjson", "--stream"])
def test_programs_are_answered_in_json_even_before_anything_is_parsed(flag: str, program: Program) -> None:
    assert json.loads(program("nonsense", flag).err)["code"] == "no_such_command"
    assert program("nonsense", "--", flag).err.startswith("There is no command")


def test_global_options_may_stand_anywhere_before_the_double_dash(
    program: Program, probe: Callable[[Callable[..., None]], None], tmp_path: Path
) -> None:
    seen: list[Session] = []

    def command(ctx: typer.Context, words: Annotated[list[str] | None, typer.Argument(help="w")] = None) -> None:
        del words
        seen.append(session_of(ctx))

    probe(command)
    here = str(tmp_path / "elsewhere")
    for words in (
        ["--desk", here, "--lang", "zh", "completion", "a"],
        ["completion", "a", f"--desk={here}", "--lang=zh"],
        ["completion", "--lang", "zh", "a", "--desk", here],
    ):
        assert program(*words).code == 0
        assert (seen[-1].desk_dir, seen[-1].lang) == (Path(here), "zh_CN")
    assert program("completion", "--", "--lang", "zh").code == 0
    assert seen[-1].lang == "en"


def test_the_desk_speaks_its_own_language_unless_told_otherwise(program: Program, tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    desk.mkdir()
    (desk / "desk.json").write_text('{"language": "zh_CN"}')
    assert program("help", "keys").out.startswith("通话中")
    assert program("help", "keys", "--lang", "en").out.startswith("The side doors")
    for broken in ("{", "[]", '{"language": 5}'):
        (desk / "desk.json").write_text(broken)
        assert program("help", "keys").out.startswith("The side doors")


def test_where_the_desk_is() -> None:
    home = Path.home()
    assert desk_home("/a", {"COLLECTDESK_DESK": "/b"}) == Path("/a")
    assert desk_home(None, {"COLLECTDESK_DESK": "~/b"}) == home / "b"
    if sys.platform == "linux":
        assert desk_home(None, {"XDG_DATA_HOME": "/data"}) == Path("/data/collectdesk")
        assert desk_home(None, {}) == home / ".local/share/collectdesk"


def test_a_noun_may_have_a_verb_that_is_meant_when_none_is_typed(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = Noun("Things.", default="start")

    @app.command("start", help="Start.")
    def start(case: Annotated[str, typer.Argument(help="c")], yes: Yes = False) -> None:
        typer.echo(f"start {case} {yes}")

    @app.command("show", help="Show.")
    def show(case: Annotated[str, typer.Argument(help="c")]) -> None:
        typer.echo(f"show {case}")

    monkeypatch.setattr(completion, "app", app)
    assert program("completion", "A-1", "--yes").out == "start A-1 True\n"
    assert program("completion", "show", "A-1").out == "show A-1\n"
    assert program("completion", "start", "A-1").out == "start A-1 False\n"


def test_a_placeholder_nobody_filled_is_shown_rather_than_raised(capsys: pytest.CaptureFixture[str]) -> None:
    code = failure.tell(UsageProblem("a_code", "Put it into {path}."), Session(Path("/nowhere")))
    assert (code, capsys.readouterr().err) == (2, "Put it into {path}.\n")


def test_long_sentences_wrap_at_80_columns(program: Program, probe: Callable[[Callable[..., None]], None]) -> None:
    def command() -> None:
        raise UsageProblem("a_code", "这句话很长，" * 20)

    probe(command)
    lines = program("completion").err.splitlines()
    assert len(lines) > 2
    assert all(len(line) <= 40 for line in lines)
