"""A call that plays itself, as a transcript on stdout: what was shown, said, asked and answered."""

from __future__ import annotations

from collectdesk.desk.call.prompt import Prompt
from collectdesk.desk.call.question import Question, Said
from collectdesk.lang import current
from collectdesk.show import callend, callhead, callwords, panes
from collectdesk.show.jsonout import write
from collectdesk.show.masking import mask_name
from collectdesk.show.safe import safe
from collectdesk.show.terminal import WIDTH, marks, rule_line
from collectdesk.show.width import wrap


class Transcript:
    """One call's transcript; a line that stands there is not printed again."""

    def __init__(self, prompt: Prompt) -> None:
        """Say whom the call is to."""
        call = prompt.call
        self._told: set[str] = set()
        head = f" {safe(call.case.code)}  {mask_name(call.called.name)}"
        _put([*_mark(prompt), head, rule_line(WIDTH - 1)])

    def turn(self, prompt: Prompt, asked: Question, raw: str) -> None:
        """One question with what belongs to it, and its answer."""
        found: list[str] = []
        if asked.pane is not None:
            found += ["", *panes.lines(asked.pane, prompt.call, heading=callwords.label(asked))]
        for line in asked.say:
            if self._first(asked, line):
                found += _speech(line.text)
        _put([*found, *_answer(asked, raw)])

    def foot(self, prompt: Prompt) -> None:
        """How it ended."""
        _put([rule_line(WIDTH - 1), *callend.ended(prompt.call), *_mark(prompt)])

    def _first(self, asked: Question, line: Said) -> bool:
        """Whether a line is due here and has not been printed; of the disclosure only the one being said."""
        if asked.step == "disclosure" and line.line != asked.field:
            return False
        name = f"{line.line}:{asked.field}" if asked.step == "identity" else line.line
        fresh = name not in self._told
        self._told.add(name)
        return fresh


def _answer(asked: Question, raw: str) -> list[str]:
    if asked.kind != "ack":
        return [f" ? {callwords.label(asked)}  {answered(asked, raw)}"]
    return [f" {marks().yes} {callwords.label(asked)}"] if asked.step == "permit" else []


def answered(asked: Question, raw: str) -> str:
    """An answer in words; what was typed at identity stays unseen."""
    if asked.step == "identity" and asked.kind == "text":
        return "****"
    if asked.options:
        by_code = {each.code: callwords.choice(asked, each) for each in asked.options}
        return (", " if current() == "en" else "、").join(by_code.get(each, each) for each in raw.split(","))
    return safe(raw)


def _speech(text: str) -> list[str]:
    first, *rest = wrap(safe(text), WIDTH - 5)
    return [f" {marks().bar} {first}", *(f" {marks().bar} {each}" for each in rest)]


def _put(lines: list[str]) -> None:
    if lines:
        write("\n".join(lines) + "\n")


def _mark(prompt: Prompt) -> list[str]:
    mark = callhead.banner(prompt.call)
    return [f" {mark}"] if mark else []
