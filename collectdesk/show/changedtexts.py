"""Texts that changed and are to be read (制度变更学习): what is new, line by line, and whether it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.lang import _, ngettext
from collectdesk.show.lacking import text_word

if TYPE_CHECKING:
    from collectdesk.desk.training.reading import News

LONGEST = 60
"""Changed lines shown before they are cut; the text itself is shown by ``rules show``."""


def nothing_to_read(*, json: bool) -> None:
    """Nothing changed that was not read."""
    from collectdesk.show.desk import lines
    from collectdesk.show.jsonout import emit

    emit("collectdesk.train_read/1", {"text": None, "read": False}) if json else lines(_("Nothing is to be read."))


def news_text(found: News) -> None:
    """What is new in a text: lines that came with ``+``, lines that went with ``-``."""
    from collectdesk.show.desk import lines
    from collectdesk.show.terminal import say

    head = _("{text}, version {version}; to be read by {day}").format(
        text=text_word(found.changed.code), version=found.changed.version, day=found.changed.due_on.isoformat()
    )
    lines(head, "")
    for each in found.lines[:LONGEST]:
        say(f"   {each}")
    if len(found.lines) > LONGEST:
        rest = len(found.lines) - LONGEST
        lines(ngettext("{count} more line", "{count} more lines", rest).format(count=rest), indent=3)
    lines("")


def news_json(found: News, *, read: bool) -> None:
    """One document, ``collectdesk.train_read/1``."""
    from collectdesk.show.jsonout import emit

    emit(
        "collectdesk.train_read/1",
        {
            "text": found.changed.code,
            "version": found.changed.version,
            "before": found.before,
            "digest": found.changed.digest,
            "due_on": found.changed.due_on,
            "lines": list(found.lines),
            "read": read,
        },
    )


def was_read(found: News, *, read: bool) -> None:
    """Whether it was written down."""
    from collectdesk.show.desk import lines

    if not read:
        lines(_("Not written down; it stays due."))
        return
    lines(_("Written down: you have read {text}.").format(text=text_word(found.changed.code)))
    if found.changed.retest:
        lines(_("Next: {command}").format(command="collectdesk train take"))
