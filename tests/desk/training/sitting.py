"""Sitting exams and changing texts on the desk with four who decide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from collectdesk.desk import adoption
from collectdesk.desk.office import Office
from collectdesk.desk.shipped import shipped
from collectdesk.desk.standing import standing_of
from collectdesk.desk.training import exams
from collectdesk.desk.training.courses import LETTERS
from collectdesk.desk.training.papers import Paper
from collectdesk.gate.dial import Standing
from collectdesk.store.case_rows import driver_of

DAY, HOUR = 86_400, 3_600


def right(paper: Paper) -> str:
    """The letters that answer the question a paper is at."""
    assert paper.question is not None
    assert paper.drawn is not None
    return ",".join(LETTERS[at] for at, each in enumerate(paper.drawn.options) if each in paper.question.right)


def wrong(paper: Paper) -> str:
    """A letter that does not."""
    assert paper.question is not None
    assert paper.drawn is not None
    return next(LETTERS[at] for at, each in enumerate(paper.drawn.options) if each not in paper.question.right)


def sit(office: Office, mistakes: int = 0, *, seed: int | None = None) -> Paper:
    """Sit an exam to its end with so many wrong answers."""
    paper = exams.start(office, seed=seed)
    while paper.question is not None:
        paper = exams.answer(office, wrong(paper) if paper.position <= mistakes else right(paper))
    return paper


def standing(office: Office, staff: int | None = None) -> Standing:
    """What the gate is told of somebody."""
    with office.reader.connect() as connection:
        return standing_of(driver_of(connection), staff or office.staff.id, office.now())


def adopt(office: Office, kind: str, file: str, changes: Sequence[tuple[str, str]] = (), *, at: int = 0) -> None:
    """Adopt a shipped text as its next version, with a few things otherwise."""
    text = shipped(file).decode()
    content = re.sub(r'(?<=version = ")\d+', lambda found: str(int(found.group()) + 1), text, count=1)
    for old, new in changes:
        assert old in content
        content = content.replace(old, new, 1)
    now = office.now()
    with office.writer.begin() as connection:
        adoption.adopt(
            connection, kind, content.encode(), by=office.staff, at=now, effective_from=max(at, now), file=file
        )


def unqualified(office: Office, number: str, name: str, key: int) -> Office:
    """Somebody else signed in who collects."""
    return replace(office, staff=replace(office.staff, id=key, number=number, name=name, role="collector"))
