"""A recorded verdict asked again, in words: the answer, and whether it is the recorded one to the byte."""

from __future__ import annotations

from collections.abc import Iterator

from collectdesk.desk.reproduction import Difference, Reproduced
from collectdesk.lang import _, current
from collectdesk.show.page import Page
from collectdesk.show.reasons import with_messages
from collectdesk.show.terminal import marks, out


def print_reproduction(found: Reproduced) -> None:
    """Print it."""
    console = out()
    page = Page(min(console.width, 80))
    for sentence in _head(found):
        page.prose(sentence)
    page.blank()
    for line in page.lines:
        console.print(line, no_wrap=True, crop=False, overflow="ignore")
    from collectdesk.show.verdict import Subject, verdict_lines

    wire = found.again if found.again is not None else found.record.decision
    lines = verdict_lines(wire, Subject(case=found.record.case, name=""), every=True, then=True)
    for line in lines[2:-2]:  # neither whom it is about nor the next step: it is of the past
        console.print(line, no_wrap=True, crop=False, overflow="ignore")


def reproduction_json(found: Reproduced) -> None:
    """One document, ``collectdesk.reproduction/1``; ``decision`` is the answer of now, as plain as it was recorded."""
    from collectdesk.show.jsonout import emit

    at = found.difference
    differs = {"where": at.where, "recorded": at.recorded, "again": at.again} if at else None
    decision = with_messages(found.again, current()) if found.again is not None else None
    document = {"verdict": found.record.id, "case": found.record.case, "reproduced": at is None}
    emit("collectdesk.reproduction/1", {**document, "difference": differs, "decision": decision})


def _head(found: Reproduced) -> Iterator[str]:
    yield _("Verdict {verdict} on case {case}, asked again by the rules of its moment.").format(
        verdict=found.record.id, case=found.record.case
    )
    if found.difference is None:
        yield f"{marks().yes} " + _("The same to the byte.")
    elif found.again is None:
        yield f"{marks().no} " + _("Its question was destroyed or cannot be read, so it cannot be asked; the record:")
    else:
        yield f"{marks().no} " + _differs(found.difference)


def _differs(at: Difference) -> str:
    if at.recorded is None and at.again is None:
        return _("Not the same: the same values, spelled otherwise in the record.")
    nothing = _("nothing")
    return _("Not the same. First at {where}: recorded {recorded}, now {again}.").format(
        where=at.where, recorded=at.recorded or nothing, again=at.again or nothing
    )
