"""A recorded verdict asked once more, and the first place where the answer is not the recorded one (重现裁决)."""

from __future__ import annotations

from typing import Any

import msgspec

from collectdesk.desk.explaining import Recorded, recorded
from collectdesk.desk.reports.reach import Reach
from collectdesk.errors import N_, NotPermitted
from collectdesk.store.case_rows import Ask
from collectdesk.store.ids import private

WHOSE = (
    "SELECT p.collector FROM verdict v JOIN permit p ON p.case_id = v.case_id AND (p.verdict = v.id OR "
    "p.granted_at = v.at) WHERE v.id = :id ORDER BY CASE WHEN p.verdict = v.id THEN 0 ELSE 1 END, p.id LIMIT 1"
)
"""The collector whose call it was about: the permit names its last verdict, an earlier one is of its request."""
NOWHERE = object()


class Difference(msgspec.Struct, frozen=True):
    """Where two answers part (``$.blocks[0].opens_at``), and what stands there; none where nothing does."""

    where: str
    recorded: str | None
    again: str | None


class Reproduced(msgspec.Struct, frozen=True):
    """A recorded verdict and what came of asking it again; ``difference`` is none where it is the same to the byte.

    ``again`` is none where the question was destroyed, so that nothing can be asked.
    """

    record: Recorded
    again: dict[str, Any] | None
    difference: Difference | None


def reproduce(ask: Ask, name: str, reach: Reach) -> Reproduced:
    """Ask the verdict called ``name`` (``v12``) again, by the rulebooks and calendars of its moment.

    Raises:
        NotFound: there is none of that name.
        NotPermitted: it is about another team's call.
    """
    found = recorded(ask, name)
    if reach.keys is not None:
        rows = ask(WHOSE, {"id": private("verdict", name)})
        if not rows or rows[0][0] not in reach.keys:
            raise NotPermitted(
                "not_your_team",
                N_("That is not your team's work."),
                hint=N_("A lead sees the team, an administrator or officer the whole desk."),
            )
    again = None if found.again is None else msgspec.json.decode(found.again, type=dict[str, Any])
    if found.reproduced:
        return Reproduced(found, again, None)
    if again is None:
        return Reproduced(found, None, Difference("$", _told(found.decision), None))
    return Reproduced(found, again, first_difference(found.decision, again) or Difference("$", None, None))


def first_difference(recorded_: Any, again: Any, where: str = "$") -> Difference | None:  # noqa: ANN401 - any JSON value
    """The first place, in the order of the record, where two values part; the order of keys is part of a text."""
    if isinstance(recorded_, dict) and isinstance(again, dict):
        for key in dict.fromkeys((*recorded_, *again)):
            at = f"{where}.{key}"
            found = first_difference(recorded_.get(key, NOWHERE), again.get(key, NOWHERE), at)
            if found is not None:
                return found
        ordered = list(recorded_) == list(again)
        return None if ordered else Difference(where, _told(list(recorded_)), _told(list(again)))
    if isinstance(recorded_, list) and isinstance(again, list):
        for place in range(max(len(recorded_), len(again))):
            one, other = (each[place] if place < len(each) else NOWHERE for each in (recorded_, again))
            found = first_difference(one, other, f"{where}[{place}]")
            if found is not None:
                return found
        return None
    if type(recorded_) is type(again) and recorded_ == again:
        return None
    return Difference(where, _told(recorded_), _told(again))


def _told(value: object) -> str | None:
    return None if value is NOWHERE else msgspec.json.encode(value).decode()
