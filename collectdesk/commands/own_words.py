"""A rehearsing collector's own words: what they would answer at a step, checked for wording to avoid, never kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk import adoption
from collectdesk.desk.call.scoring import Reply
from collectdesk.desk.wording import check
from collectdesk.lang import _
from collectdesk.show import callscreen

if TYPE_CHECKING:
    from collectdesk.desk.call.prompt import Prompt
    from collectdesk.desk.call.simulated import Persona
    from collectdesk.desk.office import Office
    from collectdesk.show.prompts import Asker


class OwnWords:
    """What was answered beside the questions of a rehearsed call; once for each step at which somebody speaks."""

    def __init__(self, office: Office, persona: Persona) -> None:
        with office.reader.connect() as connection:
            self._lists = adoption.wordings(connection, office.now())
        self._persona = persona
        self._heard: set[str] = set()
        self.replies: list[Reply] = []

    def __call__(self, prompt: Prompt, asker: Asker) -> None:
        """Let them speak, and ask what the collector answers; the side doors stay open."""
        asked, said = prompt.question, callscreen.spoken(prompt, self._persona)
        if asked is None or not said or asked.step in self._heard:
            return
        self._heard.add(asked.step)
        callscreen.turn([*callscreen.heading(prompt), *said])
        typed = asker.text(_("What do you say? Enter for nothing"), flag="--say", optional=True)
        if typed:
            self.hear(asked.step, typed)

    def hear(self, step: str, text: str) -> None:
        """Keep which wording entries ``text`` hits."""
        entries = tuple(dict.fromkeys(hit.entry for hit in check(text, self._lists)))
        self.replies.append(Reply(step, entries))
