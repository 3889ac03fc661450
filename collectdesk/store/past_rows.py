# ruff: noqa: S608 - every text here is put together from constants
"""What the past holds of debtors, and who has to do with whom: asked of a whole book, or of a few.

Of the whole book it is asked from the contacts there are, of a few from the debtors, so that only their own recent
contacts are touched; a test holds the two together.
"""

from __future__ import annotations

from typing import NamedTuple

from collectdesk.store.book_rows import Stretch

RECENTLY = "e.at > :since AND e.at <= :at"

_CONCERNED = (
    "reached(debtor, person, at, org) AS MATERIALIZED (SELECT debtor, person, at, org FROM met"
    " UNION ALL SELECT m.debtor, h.person, m.at, m.org FROM met m CROSS JOIN number n CROSS JOIN number h"
    " WHERE n.id = m.number AND h.number = n.number AND (m.person IS NULL OR h.person <> m.person)),"
    " told(debtor, at, org) AS (SELECT debtor, at, org FROM met"
    " UNION ALL SELECT person, at, org FROM reached WHERE person <> debtor"
    " UNION ALL SELECT c.debtor, r.at, r.org FROM reached r CROSS JOIN case_party w CROSS JOIN case_file c"
    " WHERE w.person = r.person AND c.id = w.case_id AND c.debtor <> r.debtor)"
)
"""Every debtor whose file a contact belongs to: its own, who was called or has the number, in whose case they are."""


def _concerned(met: str, asked: str) -> str:
    return f"WITH met AS MATERIALIZED ({met}), {_CONCERNED} {asked}"


def _contacts(which: str) -> str:
    return (
        f"SELECT e.at, e.debtor, e.person, e.number, e.org FROM contact_event e WHERE {which}"
        " AND e.superseded_at IS NULL ORDER BY e.debtor"  # neighbours lie on one page, here and in what is joined
    )


def places(debtors: str) -> str:
    """Where the debtors are who fit a condition on ``case_file c``: country, region, city."""
    return (
        "SELECT DISTINCT p.country, p.region, p.city FROM case_file c CROSS JOIN person p"
        f" WHERE {debtors} AND p.id = c.debtor"
    )


MET = (
    "SELECT e.debtor, e.at, e.person, e.answered_by,"
    " (SELECT count(*) FROM number o WHERE o.person = n.person AND o.id < n.id), n.person, e.debts, e.discussed,"
    " e.kind, e.org, e.direction, e.channel, e.automated, e.line, e.talk, e.message"
    " FROM contact_event e LEFT JOIN number n ON n.id = e.number"
    f" WHERE {{debtors}} AND {RECENTLY} AND e.superseded_at IS NULL ORDER BY e.debtor, e.id"
)


class Past(NamedTuple):
    """The questions about what is past, and who has to do with whom.

    Attributes:
        places: where the debtors are.
        recent: the contacts after ``since``, up to ``at``, under every debtor they concern, with the debtor's place.
        met: the same contacts under the file they were recorded on, with the place of the number among its holder's.
        others: whom the calls of the organisation ``org`` concern.
        unnamed: whom the calls of nobody knows which organisation concern.
        shared: who has a number that somebody else has as well.
        dead: whose number a call found dead, however long ago.
    """

    places: str
    recent: str
    met: str
    others: str
    unnamed: str
    shared: str
    dead: str


WHOLE = Past(
    places=places("true"),
    recent=_concerned(
        _contacts(RECENTLY),
        "SELECT t.debtor, t.at, p.country, p.region, p.city FROM told t CROSS JOIN person p WHERE p.id = t.debtor"
        " ORDER BY t.debtor",
    ),
    met=MET.format(debtors="true"),
    others=_concerned(_contacts("e.org = :org"), "SELECT DISTINCT debtor FROM told"),
    unnamed=_concerned(_contacts("e.org IS NULL"), "SELECT DISTINCT debtor FROM told"),
    shared=(
        "SELECT h.person FROM number h WHERE h.number IN"
        " (SELECT number FROM number GROUP BY number HAVING count(*) > 1)"
    ),
    dead=(
        "SELECT n.person FROM contact_event e CROSS JOIN number n"
        " WHERE e.line IN ('void_number', 'suspended') AND e.superseded_at IS NULL AND n.id = e.number"
    ),
)
"""Of the whole book, asked from the contacts."""
_WHOM = (
    "whom(debtor, person) AS MATERIALIZED (SELECT c.debtor, c.debtor FROM case_file c WHERE {mine}"
    " UNION SELECT c.debtor, w.person FROM case_file c CROSS JOIN case_party w WHERE {mine} AND w.case_id = c.id)"
)
_TOLD = (
    "told(debtor, event) AS (SELECT w.debtor, e.id FROM whom w CROSS JOIN contact_event e"
    " WHERE w.person = w.debtor AND e.debtor = w.debtor AND {met}"
    " UNION SELECT w.debtor, e.id FROM whom w CROSS JOIN contact_event e WHERE e.person = w.person AND {met}"
    " UNION SELECT w.debtor, e.id FROM whom w CROSS JOIN number h CROSS JOIN contact_event e"
    " WHERE w.person = w.debtor AND h.person = w.person AND e.number = h.id AND {met}"
    " UNION SELECT w.debtor, e.id FROM whom w CROSS JOIN number h CROSS JOIN number n CROSS JOIN contact_event e"
    " WHERE w.person <> w.debtor AND h.person = w.person AND n.number = h.number AND e.number = n.id AND {met})"
)
"""The contacts of their files: with them, with whoever is in their cases, on the numbers of either.

Not those on a number of the debtor's that somebody else has as well (``shared``): whoever has one is known for it.
"""


def past_of(debtors: Stretch) -> Past:
    """The questions about these debtors."""
    mine = debtors.condition.format("c.debtor")

    def concerned(met: str, asked: str) -> str:
        return f"WITH {_WHOM.format(mine=mine)}, {_TOLD.format(met=f'{met} AND e.superseded_at IS NULL')} {asked}"

    return Past(
        places=places(mine),
        recent=concerned(
            RECENTLY,
            "SELECT t.debtor, e.at, p.country, p.region, p.city FROM told t CROSS JOIN contact_event e"
            " CROSS JOIN person p WHERE e.id = t.event AND p.id = t.debtor ORDER BY t.debtor",
        ),
        met=MET.format(debtors=debtors.condition.format("e.debtor")),
        others=concerned("e.org = :org", "SELECT DISTINCT debtor FROM told"),
        unnamed=concerned("e.org IS NULL", "SELECT DISTINCT debtor FROM told"),
        shared=(
            f"SELECT h.person FROM number h WHERE {debtors.condition.format('h.person')}"
            " AND EXISTS (SELECT 1 FROM number o WHERE o.number = h.number AND o.id <> h.id)"
        ),
        dead=(
            "SELECT n.person FROM number n CROSS JOIN contact_event e"
            f" WHERE {debtors.condition.format('n.person')} AND e.number = n.id"
            " AND e.line IN ('void_number', 'suspended') AND e.superseded_at IS NULL"
        ),
    )


PERMITTED = _concerned(
    "SELECT granted_at AS at, debtor, person, number, NULL AS org FROM permit WHERE state IN ('granted', 'shown')",
    "SELECT DISTINCT debtor FROM told",
)
"""Whom an open permit concerns; few are open at any time."""
ANY_PERMIT = "SELECT 1 FROM permit WHERE state IN ('granted', 'shown') LIMIT 1"
ANY_OF_ORG = "SELECT 1 FROM contact_event WHERE org = :org LIMIT 1"
ANY_UNNAMED = "SELECT 1 FROM contact_event WHERE org IS NULL LIMIT 1"
"""Whether there are any at all: an index tells."""
