"""What may be put to an outside officer (提交事项): one module a kind of thing, found by the letter of its id.

Such a module holds two functions: ``put`` says what is asked about one thing, who is party to it and the facts an
officer needs; ``apply`` does what they answered. Nothing else of the desk knows which kinds there are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from msgspec import Struct

from collectdesk.desk.number_spotting import digit_runs
from collectdesk.errors import N_, NotFound
from collectdesk.store import ids

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.office import Office

MODULES: Mapping[str, str] = {
    "complaint": "collectdesk.desk.complaints.outside",
    "plan": "collectdesk.desk.plans.outside",
    "destruction": "collectdesk.desk.destructions.outside",
}
"""The kinds there are, by table."""
HIDDEN = "***"
LONGEST_PLAIN = 4
"""Digits that may stand: amounts of days, years; more may be a number or an account."""

Value = str | dict[str, str]
"""A text, or one in each language."""


class Fact(Struct, frozen=True):
    """One thing an officer needs to know; ``label`` is a word of the catalogue, as ``received_on``."""

    label: str
    value: Value


class Put(Struct, frozen=True):
    """A matter as it is put to an officer.

    Attributes:
        matter: what is asked, as ``complaint.decide``.
        subject: key of the row it is about; ``case`` that of its case.
        party: keys of the staff who are party to it.
        choices: what may be answered, in words of the catalogue.
        facts: what an officer needs to know, and no name, number or account.
    """

    matter: str
    subject: int
    case: int | None
    party: frozenset[int]
    choices: tuple[str, ...]
    facts: tuple[Fact, ...]


class Answer(Struct, frozen=True):
    """What an officer answered: one of the choices, why, what is to be done; ``evidence`` is how it is kept."""

    choice: str
    reason: str
    measures: str
    evidence: Mapping[str, object]


class Chapter(Protocol):
    """A module of ``MODULES``."""

    def put(self, session: Session, name: str) -> Put:
        """What is asked about the thing of that id."""

    def apply(self, office: Office, session: Session, matter: str, subject: int, answer: Answer) -> None:
        """Do what was answered."""


def chapter(table: str) -> Chapter:
    """The module of one kind of thing, as ``complaint``."""
    return cast("Chapter", import_module(MODULES[table]))


def chapter_of(name: str) -> Chapter:
    """The module of whatever the id ``name`` is one of.

    Raises:
        NotFound: nothing of that kind is put to an officer.
    """
    for table in MODULES:
        if ids.private(table, name.strip()) is not None:
            return chapter(table)
    raise NotFound("no_such_matter", N_("Nothing of that number can be put to an outside officer."))


def discreet(text: str, names: Collection[str]) -> str:
    """``text`` without the names of the people of a case, and without numbers, accounts and addresses of e-mail."""
    for name in sorted(filter(None, names), key=len, reverse=True):
        text = text.replace(name, HIDDEN)
    text = re.sub(r"[\w.+-]+@[\w-]+\.[\w.-]+", HIDDEN, text)
    for run in reversed(list(digit_runs(text))):
        if len(run.digits) > LONGEST_PLAIN:
            text = text[: run.start] + HIDDEN + text[run.end :]
    return text


def names_of(session: Session, case: int) -> list[str]:
    """The names of everybody who has a part in a case."""
    from sqlmodel import col, select

    from collectdesk.store.tables import CaseParty, Person

    asked = select(col(Person.name)).join(CaseParty, col(CaseParty.person) == col(Person.id))
    return [str(name) for name in session.execute(asked.where(col(CaseParty.case_id) == case)).scalars()]
