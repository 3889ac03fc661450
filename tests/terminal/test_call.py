"""A whole guided call in a real terminal of 80 columns, in Chinese and in English, with the keys a collector has."""

from __future__ import annotations

import pytest

from collectdesk.show.width import cells
from tests.terminal.conftest import Opener
from tests.terminal.pty import Terminal, collectdesk

WORDS = {
    "zh_CN": {
        "pane": "看过后按回车", "goal": "本次目标", "points": "沟通要点", "reactions": "可能的反应", "own": "自己补充",
        "permit": "申请许可", "line": "接通情况", "said": "说完按回车", "party": "对方是谁",
        "tries": "第 1 次，共 3 次",
        "born": "出生日期", "tell": "请逐条告知", "cause": "未按时还款的原因", "ability": "还款能力",
        "attitude": "对方态度", "result": "沟通结果",
        "closed": "通话已结束", "practice": "练习台", "amount": "承诺金额",
        "danger": "情况", "shown": "为报警或急救",
    },
    "en": {
        "pane": "Read: press Enter", "goal": "Goal of this call", "points": "Points to cover",
        "reactions": "Likely reactions", "own": "A reaction of your own", "permit": "Ask for the permit",
        "line": "How did the line end", "said": "Said: press Enter", "party": "Who is speaking",
        "tries": "try 1 of 3",
        "born": "date of birth", "tell": "Say each line", "cause": "Why payment stopped",
        "ability": "What they are able to do", "attitude": "Their attitude", "result": "Result of the talk",
        "closed": "Call closed", "practice": "PRACTICE DESK", "amount": "Amount promised",
        "danger": "What is happening", "shown": "Show number and address",
    },
}  # fmt: skip


class Desk:
    """The demo in a terminal, and its words in one language."""

    def __init__(self, screen: Terminal, lang: str) -> None:
        self.screen = screen
        self.words = WORDS[lang]

    def see(self, word: str) -> str:
        """Wait for a word; every line fits, and the practice mark is there."""
        text = self.screen.until(self.words[word])
        assert all(cells(line) <= 80 for line in self.screen.lines)
        assert self.words["practice"] in text
        return text

    def prepare(self) -> None:
        """Brief, plan, materials, permit."""
        for title in ("1988", "12,480", "A-1001", "A-1001"):
            self.screen.until(title)
            self.see("pane")
            self.screen.press("enter")
        self.see("goal")
        self.screen.press("down", "enter")
        for field in ("points", "reactions"):
            self.see(field)
            self.screen.press("down", "space", "enter")
        self.see("own")
        self.screen.press("enter")
        self.see("pane")
        self.screen.press("enter")
        text = self.see("permit")
        assert "160 0000 1001" not in text
        self.screen.press("enter")
        assert "160 0000 1001" in self.see("line")


@pytest.fixture(params=["zh_CN", "en"])
def desk(request: pytest.FixtureRequest, terminal: Opener) -> Desk:
    """The demo, started."""
    lang = str(request.param)
    return Desk(terminal(collectdesk("--lang", lang, "demo"), rows=34), lang)


def test_a_call_from_the_brief_to_the_talk(desk: Desk) -> None:
    """Articles 4 to 7: until identity passes there is no figure on the screen."""
    desk.prepare()
    desk.screen.press("1")
    desk.see("said")
    desk.screen.press("enter")
    desk.see("party")
    desk.screen.press("1", "enter")
    text = desk.see("tries")
    assert "12,480" not in text
    desk.screen.press("0217", "enter")
    desk.see("born")
    desk.screen.press("1988-04-12", "enter")
    assert "12,480.00" in desk.see("tell")
    for _ in range(12):
        if desk.words["cause"] in desk.screen.text:
            break
        desk.screen.press("enter")
        desk.screen.until(f"{desk.words['cause']}|/[0-9]+$")
    desk.screen.press("ctrl-c")
    assert desk.screen.end() == 130


def test_an_unanswered_dial_is_two_keys_after_the_number(desk: Desk) -> None:
    """The line, what comes next, closed."""
    desk.prepare()
    desk.screen.press("2", "1")
    desk.see("closed")
    assert desk.screen.end() == 0


def test_the_emergency_key_at_a_prompt(desk: Desk) -> None:
    """Article 12: F2 puts safety on the screen, and no figure."""
    desk.prepare()
    desk.screen.press("1")
    desk.see("said")
    desk.screen.press("f2")
    desk.screen.until("您先|慢慢|安全|safe")
    desk.see("said")
    desk.screen.press("enter")
    desk.see("danger")
    assert "12,480" not in desk.screen.text
    desk.screen.press("ctrl-c")
    assert desk.screen.end() == 130
