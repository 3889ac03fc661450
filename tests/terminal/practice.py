"""A practice desk opened once and copied for each test, and a collector who works on it with the keys of a terminal."""

from __future__ import annotations

import re
import shutil
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import text

from collectdesk import lang
from collectdesk.commands.session import system_clock
from collectdesk.desk.call import beginning, engine
from collectdesk.desk.call.simulated import PERSONAS, reply
from collectdesk.desk.demo import open_demo
from collectdesk.desk.office import open_office
from collectdesk.show.callwords import CHOICES, FIELDS, OWED
from collectdesk.show.width import cells
from collectdesk.store import home, sessions
from collectdesk.store.home import Home
from collectdesk.store.sessions import SignIn
from tests.terminal.conftest import Opener
from tests.terminal.pty import Terminal, collectdesk

ROOT = Path(__file__).parents[2]
CASE = "A-1001"
YEAR = 366 * 86_400
MARK = "PRACTICE DESK - everything on it is made up"
SAID = "Said: press Enter"


def make(root: Path) -> bytes:
    """Open the desk every copy is made of; its key."""
    office = open_demo(root, system_clock, "zh_CN")
    office.close()
    return office.key


@dataclass(frozen=True)
class Practice:
    """A copy of the practice desk, and how to work on it."""

    root: Path
    key: bytes
    opener: Opener
    lang: str

    def copied(self, template: Path, staff: str = "8001") -> Practice:
        """Copy the template here and sign ``staff`` in."""
        shutil.copytree(template, self.root)
        self.sign_in(staff)
        return self

    def sign_in(self, staff: str) -> None:
        """Sign ``staff`` in, as ``collectdesk login`` does once it has the key."""
        now = int(system_clock().timestamp())
        sessions.write(SignIn(home.read(Home(self.root)).desk, staff, self.key, now, now + YEAR))

    def run(self, *words: str, rows: int = 40) -> Collector:
        """A command in a terminal of 80 columns."""
        argv = collectdesk("--lang", self.lang, "--desk", str(self.root), *words)
        return Collector(self.opener(argv, rows=rows), self.lang)

    def resume(
        self, until: str, *, inbound: bool = False, rows: int = 40, purpose: str = "", **answers: str
    ) -> Collector:
        """A call that was answered on until ``until`` is asked, gone on with in a terminal."""
        office = open_office(Home(self.root), clock=system_clock, lang=self.lang)
        try:
            begin = beginning.inbound if inbound else beginning.start
            made_for = {"purpose": purpose} if purpose else {}
            prompt = begin(office, CASE, language=self.lang, driver="terminal", **made_for)
            while prompt.question is not None and f"{prompt.question.step}.{prompt.question.field}" != until:
                asked = prompt.question
                field = f"{asked.step}.{asked.field}"
                raw = answers.get(field.replace(".", "_")) or reply(prompt.call, asked, PERSONAS["cooperative"])
                prompt = engine.answer(office, prompt.call.id, raw, field=field)
        finally:
            office.close()
        return self.run("call", "resume", rows=rows)

    def row(self, query: str) -> tuple[Any, ...]:
        """The one row a query finds on the desk."""
        office = open_office(Home(self.root), clock=system_clock, lang=self.lang)
        try:
            with office.reader.connect() as connection:
                return tuple(connection.execute(text(query)).one())
        finally:
            office.close()


class Collector:
    """Somebody at a terminal who reads the screen in one language."""

    def __init__(self, screen: Terminal, spoken: str) -> None:
        self.screen = screen
        self.lang = spoken

    def word(self, message: str) -> str:
        """A sentence of the program as it stands on this screen."""
        return lang.translate(message, self.lang)

    def see(self, field: str) -> str:
        """Wait for a question; every line of its page fits, and the mark of a practice desk is on it."""
        return self.read(re.escape(self.word(FIELDS[field])))

    def read(self, pattern: str) -> str:
        """Wait for a text of a call's page."""
        shown = self.screen.until(pattern)
        assert all(cells(line) <= 80 for line in self.screen.lines), shown
        assert self.word(MARK) in shown, shown
        return shown

    def pick(self, field: str, code: str, *, at_once: bool = False) -> None:
        """Answer a question by the number its choice has."""
        self.see(field)
        label = re.escape(labelled(field, code, self.lang))
        shown = self.screen.until(rf"(\w+)\) {label}$")
        found = re.search(rf"(\w+)\) {label}$", shown, re.MULTILINE)
        assert found is not None
        self.screen.press(found[1])
        if not at_once:
            self.screen.until(rf"[▸>] +{found[1]}\) {label}$")
            self.screen.press("enter")

    def pick_first(self, field: str) -> None:
        """Answer a question with its first choice."""
        self.see(field)
        self.screen.until(r"1\) ")
        self.screen.press("1", "enter")

    def type(self, field: str, typed: str) -> None:
        """Answer a question in words."""
        self.see(field)
        self.screen.press(typed, "enter")

    def say(self, upto: str) -> None:
        """Say line after line until the question ``upto`` is asked."""
        here, after = self.word(SAID), self.word(FIELDS[upto])
        while after not in self.read(f"{re.escape(here)}|{re.escape(after)}"):
            before = self._page()
            self.screen.press("enter")
            self.screen.wait(lambda page=before: self._page() != page, "the next page")  # type: ignore[misc]

    def confirm(self, message: str, *, yes: bool) -> None:
        """Answer yes or no."""
        self.screen.until(re.escape(self.word(message)))
        self.screen.until(r"2\) ")
        self.screen.press("1" if yes else "2", "enter")

    def wrap_up(self, next_action: str, note: str = "", *, gone: bool = False) -> None:
        """From the closing words to the end of the program; ``gone``: they ended the line themselves."""
        if not gone:
            self.say("wrapup.ended_by")
            self.pick("wrapup.ended_by", "us")
        self.pick("wrapup.next_action", next_action, at_once=True)
        self.pick("wrapup.recording", "owed")
        self.type("wrapup.note", note)
        self.closed()

    def closed(self) -> None:
        """The call is over and the program ends well."""
        self.read(re.escape(self.word("Call closed; everything is recorded.")))
        assert self.screen.end() == 0

    def left(self) -> None:
        """Leave with Ctrl-C: the way on is named."""
        self.screen.press("ctrl-c")
        assert self.screen.end() == 130
        assert "collectdesk call resume" in self.screen.text

    def _page(self) -> str:
        """What stands above the question."""
        return self.screen.text.split("\n? ")[0]


@cache
def codes() -> dict[str, dict[str, dict[str, str]]]:
    """The shipped labels by field and code."""
    shipped = tomllib.loads((ROOT / "data/codes.toml").read_text(encoding="utf-8"))["field"]
    return {field: {each["code"]: each["label"] for each in rows["codes"]} for field, rows in shipped.items()}


ADOPTED = {
    "result.outcome": "result",
    "objection.category": "objection",
    "complaint.category": "complaint",
    "emergency.kind": "emergency",
    "stop_contact.scope": "stop_contact",
    "end.why": "end_reason",
}
"""Whose labels a question's choices have, where the field's own name does not say it."""


def labelled(field: str, code: str, spoken: str) -> str:
    """A choice as it is shown."""
    name = ADOPTED.get(field, field.split(".")[1])
    if code in codes().get(name, {}):
        return codes()[name][code][spoken]
    return lang.translate(OWED[field] if code == "owed" and field in OWED else CHOICES[code], spoken)
