"""Which acts this desk cannot complete by itself (本机构无法完成的事项), for ``doctor``: who would decide, if not those
it is about?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from collectdesk.desk import four_eyes
from collectdesk.desk.four_eyes import Person
from collectdesk.desk.health import Check, State
from collectdesk.desk.quality import reviewers
from collectdesk.errors import N_

if TYPE_CHECKING:
    from sqlalchemy import Connection

PAIR = 2
INSIDE = N_("an administrator: collectdesk staff add NUMBER --role lead, or collectdesk officer add NAME")
ANOTHER = N_("an administrator: collectdesk staff add NUMBER --role lead")
OUTSIDE = N_("an outside officer decides: collectdesk request add")


def gaps(connection: Connection) -> list[Check]:
    """One finding for each kind of act nobody of the desk could complete; a single good one where there is none."""
    found = list(_found(connection))
    return found or [Check("four_eyes", "ok", N_("Whatever needs a second person has one on this desk."))]


def _found(connection: Connection) -> Iterator[Check]:
    state, remedy = _way_out(connection)
    everybody = four_eyes.people(connection)
    alone, unextended = [], []
    for person in everybody:
        able = four_eyes.deciders(connection, {person.id})
        if not able:
            alone.append(person.number)
        elif not four_eyes.deciders(connection, {person.id, able[0].id}):
            unextended.append(person.number)
    texts: Sequence[tuple[str, str, list[str]]] = (
        (
            "complaint_about",
            N_("Nobody of this desk may decide a complaint about {numbers}."),
            alone,
        ),
        (
            "complaint_extension",
            N_("Nobody of this desk may approve more time for a complaint about {numbers}."),
            unextended,
        ),
    )
    for code, message, numbers in texts:
        if numbers:
            yield Check(code, state, message, remedy, {"numbers": ", ".join(numbers)})
    if alone:
        said = N_("Nobody of this desk may approve what {numbers} propose: a plan, a release.")
        yield Check("approval_of", "note", said, ANOTHER, {"numbers": ", ".join(alone)})
        unadmitted = N_("Nobody of this desk may admit {numbers}, or let them return.")
        yield Check("admission_of", "note", unadmitted, ANOTHER, {"numbers": ", ".join(alone)})
    yield from _of_reviews(connection, everybody)
    if len(four_eyes.deciders(connection, ())) < PAIR:
        yield Check(
            "two_deciders",
            "note",
            N_("Nothing that takes two people who decide can be done here: lifting the freeze of an emergency."),
            ANOTHER,
        )


def _of_reviews(connection: Connection, everybody: Sequence[Person]) -> Iterator[Check]:
    """Whose calls nobody could review, or nobody a second time."""
    floor = reviewers.floor(connection)
    unreviewed, once = [], []
    for person in everybody:
        able = floor.reviewers(person.id)
        if not able:
            unreviewed.append(person.number)
        elif not floor.reviewers(person.id, (able[0].id,)):
            once.append(person.number)
    texts: Sequence[tuple[str, str, list[str]]] = (
        ("review_of", N_("Nobody of this desk may review calls of {numbers}."), unreviewed),
        ("second_review_of", N_("Nobody of this desk may review calls of {numbers} a second time."), once),
    )
    for code, message, numbers in texts:
        if numbers:
            yield Check(code, "note", message, ANOTHER, {"numbers": ", ".join(numbers)})


def _way_out(connection: Connection) -> tuple[State, str]:
    from sqlalchemy import text

    there = connection.execute(text("SELECT count(*) FROM outside_officer WHERE ended_at IS NULL")).scalar_one()
    return ("note", OUTSIDE) if there else ("note", INSIDE)
