"""Questions on a real terminal: keys, doors, refusals, both languages, 40 and 80 columns."""

from __future__ import annotations

import pytest

from collectdesk import lang
from collectdesk.show.doors import CALL_DOORS
from collectdesk.show.width import cells
from tests.terminal.conftest import Opener
from tests.terminal.pty import Terminal, python

SETUP = """
import sys
from collectdesk import lang
from collectdesk.show.doors import BACK, CALL_DOORS, DoorOpened
from collectdesk.show.prompts import Asker, Option
lang.use({language!r})
ask = Asker({doors})
few = [Option("self", "本人"), Option("other", "他人"), Option("nobody", "无人接听")]
many = [Option(f"c{{n}}", f"原因{{n}} code{{n}}") for n in range(14)]
try:
    print("answer", {question})
except DoorOpened as opened:
    print("door", opened.door.code)
except KeyboardInterrupt:
    print("cancelled")
"""


def asking(question: str, *, doors: str = "CALL_DOORS", language: str = "zh_CN") -> list[str]:
    """A program that asks ``question`` and says what came of it."""
    return python(SETUP.format(question=question, doors=doors, language=language))


SELECT = 'ask.select("谁接听", few, flag="--party")'
LONG = 'ask.select("原因", many, flag="--cause")'
TEXT = (
    'ask.text("后四位", flag="--digits", '
    'validate=lambda typed: None if len(typed) == 4 and typed.isdigit() else "请输入四位数字。")'
)


def answer_of(screen: Terminal) -> str:
    """What the program said at its end."""
    assert screen.end() == 0
    return screen.lines[max(index for index, line in enumerate(screen.lines) if line)]


def test_a_choice_by_arrows(terminal: Opener) -> None:
    screen = terminal(asking(SELECT))
    screen.until("无人接听")
    screen.press("down", "down", "enter")
    assert answer_of(screen) == "answer other"


def test_a_choice_by_its_digit_is_two_keys(terminal: Opener) -> None:
    screen = terminal(asking(SELECT))
    screen.until("无人接听")
    screen.press("3", "enter")
    assert answer_of(screen) == "answer nobody"


def test_upwards_from_nothing_is_the_last(terminal: Opener) -> None:
    screen = terminal(asking(SELECT))
    screen.until("无人接听")
    screen.press("up", "enter")
    assert answer_of(screen) == "answer nobody"


def test_no_choice_has_a_default(terminal: Opener) -> None:
    """Enter alone answers nothing: no outcome has a default."""
    screen = terminal(asking(SELECT))
    screen.until("无人接听")
    screen.press("enter", "enter")
    screen.until("请先用方向键或编号选定一项，再按回车。")
    screen.press("2", "enter")
    assert answer_of(screen) == "answer other"


def test_keys_typed_before_the_question_is_painted_are_not_lost(terminal: Opener) -> None:
    screen = terminal(asking(f"{SELECT}, {TEXT}"))
    screen.until("无人接听")
    screen.press("1", "enter", "1234", "enter")
    assert answer_of(screen) == "answer self 1234"


def test_typing_narrows_a_long_list_in_chinese_too(terminal: Opener) -> None:
    screen = terminal(asking(LONG))
    screen.until("code13")
    screen.press("因1", "2")
    screen.until(r"/ 因12\.\.\.")
    screen.press("enter")
    assert answer_of(screen) == "answer c12"


def test_what_matches_nothing_chooses_nothing(terminal: Opener) -> None:
    screen = terminal(asking(LONG))
    screen.until("code13")
    screen.press("zzz")
    screen.until("/ zzz")
    screen.press("enter", "backspace", "backspace", "backspace", "code7", "enter")
    assert answer_of(screen) == "answer c7"


NO_MATCH = "没有匹配"
MANY = 'ask.many("反应", many, flag="--reaction")'


@pytest.mark.parametrize("question", [SELECT, LONG, MANY])
@pytest.mark.parametrize("typed", ["1983-12-07", "2026/2/3", "19831207", "qqq", "00", "99"])
def test_text_meant_for_another_question_never_becomes_an_answer(question: str, typed: str, terminal: Opener) -> None:
    """A birth date typed at the wrong list chooses nothing, opens no door, and says so."""
    screen = terminal(asking(question))
    screen.until("F10")
    screen.press(typed, "enter")
    screen.until(NO_MATCH)
    screen.press(*["backspace"] * len(typed), "2", *(["space"] if question == MANY else []), "enter")
    assert answer_of(screen) == {SELECT: "answer other", LONG: "answer c1", MANY: "answer ('c1',)"}[question]


def test_what_matches_nothing_does_not_take_the_default(terminal: Opener) -> None:
    screen = terminal(asking('ask.select("语言", few, flag="--language", default="self")'))
    screen.until("▸ 1\\) 本人")
    screen.press("qqq", "enter")
    screen.until(NO_MATCH)
    screen.press("down", "enter")
    assert answer_of(screen) == "answer self"


def test_letters_narrow_a_short_list_too(terminal: Opener) -> None:
    screen = terminal(asking('ask.select("上级", [Option(n, n + " 王") for n in ("8001", "8002")], flag="--s")'))
    screen.until("8002 王")
    screen.press("8003", "enter")
    screen.until(NO_MATCH)
    screen.press("backspace", "2")
    screen.wait(lambda: "8001 王" not in screen.text, "the narrowed list")
    screen.press("enter")
    assert answer_of(screen) == "answer 8002"


def test_one_key_answers_only_as_the_first_that_is_typed(terminal: Opener) -> None:
    screen = terminal(asking('ask.select("线路", few, flag="--line", at_once=("other",))'))
    screen.until("无人接听")
    screen.press("x2")
    screen.until(NO_MATCH)
    screen.press("backspace", "backspace", "2")
    assert answer_of(screen) == "answer other"


def test_an_arrow_takes_back_a_number(terminal: Opener) -> None:
    screen = terminal(asking(LONG))
    screen.until("code13")
    screen.press("1", "down", "3", "enter")
    assert answer_of(screen) == "answer c2"


def test_letters_are_no_hidden_keys_of_a_marked_list(terminal: Opener) -> None:
    """Neither marks everything (the toolkit's a) nor turns every mark round (its i)."""
    screen = terminal(asking(MANY))
    screen.until("code13")
    screen.press("1", "space", "3", "enter")
    screen.until("空格")
    screen.press("space", "code12", "space", "enter")
    assert answer_of(screen) == "answer ('c0', 'c2', 'c12')"


def test_a_wrong_answer_is_refused_where_it_stands(terminal: Opener) -> None:
    screen = terminal(asking(TEXT))
    screen.until("后四位")
    screen.press("12", "enter")
    screen.until("请输入四位数字。")
    screen.press("34", "enter")
    assert answer_of(screen) == "answer 1234"


def test_nothing_is_no_answer_unless_it_may_be(terminal: Opener) -> None:
    screen = terminal(asking('ask.text("备注", flag="--note")'))
    screen.until("备注")
    screen.press("enter")
    screen.until("请输入内容。")
    screen.press("好", "enter")
    assert answer_of(screen) == "answer 好"
    screen = terminal(asking('repr(ask.text("备注", flag="--note", optional=True))'))
    screen.until("备注")
    screen.press("enter")
    assert answer_of(screen) == "answer ''"


def test_bytes_that_are_no_text_are_not_taken(terminal: Opener) -> None:
    screen = terminal(asking('ask.text("备注", flag="--note")'))
    screen.until("备注")
    screen.press_bytes(b"\xff\xfe")
    screen.press("enter")
    screen.until("收到的内容有误")
    screen.press("backspace", "backspace", "好", "enter")
    assert answer_of(screen) == "answer 好"


def test_a_secret_is_not_shown_and_not_trimmed(terminal: Opener) -> None:
    screen = terminal(asking('repr(ask.text("口令", flag="--passphrase-file", secret=True))'))
    screen.until("口令")
    screen.press(" my secret ")
    screen.until(r"\*{11}")
    assert "secret" not in screen.raw
    screen.press("enter")
    assert answer_of(screen) == "answer ' my secret '"


def test_several_choices_are_marked_with_space(terminal: Opener) -> None:
    screen = terminal(asking('ask.many("反应", few, flag="--reaction", least=1)'))
    screen.until("无人接听")
    screen.press("enter")
    screen.until("请至少选择 1 项。")
    screen.press("down", "space")
    screen.wait(lambda: "[x] 2) 他人" in screen.text and "请至少" not in screen.text, "the mark and no refusal")
    screen.press("enter")
    assert answer_of(screen) == "answer ('other',)"


@pytest.mark.parametrize(("key", "said"), [("1", "True"), ("2", "False")])
def test_yes_and_no_are_two_choices(key: str, said: str, terminal: Opener) -> None:
    screen = terminal(asking('ask.confirm("确认", flag="--yes")'))
    assert "1) 是\n   2) 否" in screen.until("否")
    screen.press(key, "enter")
    assert answer_of(screen) == f"answer {said}"


def test_a_default_is_taken_by_enter(terminal: Opener) -> None:
    screen = terminal(asking('ask.select("谁接听", few, flag="--party", default="other")'))
    screen.until("▸ 2\\) 他人")
    screen.press("enter")
    assert answer_of(screen) == "answer other"


def test_going_on_takes_enter_and_no_other_key(terminal: Opener) -> None:
    screen = terminal(asking('ask.enter("说完后按回车", flag="--ack")'))
    screen.until("说完后按回车")
    screen.press("x", "y", "enter")
    assert answer_of(screen) == "answer None"
    assert "xy" not in screen.text


@pytest.mark.parametrize("question", [SELECT, LONG, TEXT, 'ask.enter("说完", flag="--ack")'])
@pytest.mark.parametrize("door", CALL_DOORS[:2], ids=lambda door: door.code)
def test_the_doors_of_danger_and_complaint_open_at_every_kind_of_question(
    door: object, question: str, terminal: Opener
) -> None:
    """Article 12 and 10.2: the emergency and the complaint key work at every prompt, with and without F keys."""
    code, key, digit = (getattr(door, name) for name in ("code", "key", "digit"))
    for pressed in ([key], ["/", digit], ["esc", digit]):
        screen = terminal(asking(question))
        screen.until("F10")
        screen.press(*pressed)
        assert answer_of(screen) == f"door {code}"


@pytest.mark.parametrize("door", CALL_DOORS[2:], ids=lambda door: door.code)
def test_every_other_side_door_opens_by_its_key(door: object, terminal: Opener) -> None:
    screen = terminal(asking(SELECT))
    screen.until("F10")
    screen.press(str(getattr(door, "key", "")))
    assert answer_of(screen) == f"door {getattr(door, 'code', '')}"


def test_a_slash_within_an_answer_is_a_slash(terminal: Opener) -> None:
    screen = terminal(asking('ask.text("备注", flag="--note")'))
    screen.until("备注")
    screen.press("2026/2", "enter")
    assert answer_of(screen) == "answer 2026/2"


@pytest.mark.parametrize("language", lang.LANGUAGES)
@pytest.mark.parametrize("columns", [40, 80])
def test_the_doors_are_in_view_whole(language: str, columns: int, terminal: Opener) -> None:
    screen = terminal(asking(SELECT, doors="(*CALL_DOORS, BACK)", language=language), columns=columns)
    screen.until("F9")
    for door in CALL_DOORS:
        assert f"{door.key.upper()} {lang.translate(door.label, language)}" in screen.text
    assert all(cells(line) <= columns for line in screen.lines)


def test_the_status_line_runs(terminal: Opener) -> None:
    status = 'iter(["通话 00:00"] * 3 + ["通话 00:01"] * 999).__next__'
    question = f'Asker(CALL_DOORS, {status}).select("谁", few, flag="x")'
    screen = terminal(asking(question))
    screen.until("通话 00:01")
    screen.press("1", "enter")
    assert answer_of(screen) == "answer self"
    assert "通话" not in screen.text


@pytest.mark.parametrize("key", ["ctrl-c", "ctrl-d"])
@pytest.mark.parametrize("question", [SELECT, TEXT])
def test_leaving_is_one_and_the_same_everywhere(key: str, question: str, terminal: Opener) -> None:
    if (key, question) == ("ctrl-d", SELECT):
        key = "ctrl-c"
    screen = terminal(asking(question))
    screen.until("F10")
    screen.press(key)
    assert answer_of(screen) == "cancelled"


@pytest.mark.parametrize("question", [SELECT, LONG, MANY, TEXT])
def test_an_interrupt_between_two_questions_is_taken_note_of(question: str, terminal: Opener) -> None:
    screen = terminal(asking(question))
    screen.until("F10")
    screen.interrupt()
    assert answer_of(screen) == "cancelled"


def test_hostile_labels_cannot_act(terminal: Opener) -> None:
    screen = terminal(asking('ask.select("a\\x1b[2Jb", [Option("x", "c\\x1b]0;t\\x07d\\u202e")], flag="--x")'))
    screen.until("a<1B>\\[2Jb")
    assert "c<1B>]0;t<07>d<202E>" in screen.text
    screen.press("1", "enter")
    assert answer_of(screen) == "answer x"


def test_questions_go_to_the_terminal_when_stdout_is_a_file(terminal: Opener) -> None:
    program = asking(SELECT)
    screen = terminal(
        [
            "/bin/sh",
            "-c",
            'out=$(mktemp); "$0" -c "$1" > "$out"; echo "file:"; cat "$out"; rm "$out"',
            program[0],
            program[2],
        ]
    )
    screen.until("无人接听")
    screen.press("2", "enter")
    assert answer_of(screen) == "answer other"
    assert "file:" in screen.text


def test_on_a_dumb_terminal_questions_are_lines(terminal: Opener) -> None:
    screen = terminal(asking(f"{SELECT}, {TEXT}"), environ={"TERM": "dumb"})
    screen.until("3\\) 无人接听")
    screen.press("9\n")
    screen.until("请输入一个选项的编号。")
    screen.press("2\n")
    screen.until("后四位")
    screen.press("12\n")
    screen.until("(?s)请输入四位数字。.*后四位")
    screen.press("1234\n")
    assert answer_of(screen) == "answer other 1234"
    assert "\x1b" not in screen.raw


def test_on_a_dumb_terminal_the_doors_are_typed(terminal: Opener) -> None:
    screen = terminal(asking(SELECT), environ={"TERM": "dumb"})
    screen.until("(?s)/2 紧急.*谁接听")
    screen.press("/2\n")
    assert answer_of(screen) == "door emergency"
    screen = terminal(asking(SELECT), environ={"TERM": "dumb"})
    screen.until("(?s)/2 紧急.*谁接听")
    screen.press("ctrl-d")
    assert answer_of(screen) == "cancelled"


@pytest.mark.parametrize(("rows", "cut"), [(16, True), (40, False)])
@pytest.mark.parametrize("question", [LONG, MANY])
def test_a_list_that_does_not_fit_says_how_long_it_is(question: str, rows: int, cut: bool, terminal: Opener) -> None:
    screen = terminal(asking(question), rows=rows)
    screen.until("F10")
    assert ("共 14 项，用方向键查看其余" in screen.text) is cut
    assert ("code13" in screen.text) is not cut
    screen.press("up")
    screen.until("code13")
