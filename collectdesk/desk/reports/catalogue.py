"""The reports there are, in the order of their help; each a module of this room that is loaded when it is asked for.

A report's module holds ``FIGURES`` (the keys of all it may show, for the help), ``BY`` (what ``--by`` takes, the first
by default; empty where it leaves nothing open), ``OWN`` (whether a collector may see it about themselves), ``SPANS``
(relations counted over so many days that end with the period, however short it is), ``MOST`` (relations counted over
at most so many) and ``sections(look)``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from collectdesk.desk.reports.figure import Note, Section
from collectdesk.errors import N_

if TYPE_CHECKING:
    from collectdesk.desk.reports.asked import Look

REPORTS: dict[str, str] = {
    "day": N_("The morning page: calls, refusals, promises, and what stands open."),
    "contact": N_("Calls: dialled, answered, right party, talk; by time, hour and collector."),
    "gate": N_("The gate: refusals by rule, hour and collector, near misses, what opened it."),
    "promises": N_("Promises: made, kept, broken; amounts; what share of a week's was kept after how many days."),
    "objections": N_("Objections: new, open, overdue; at once, in time; by kind; found right, put right, reopened."),
    "complaints": N_("Complaints: new, open, due, overdue; how soon answered; causes, upheld; beside calls."),
    "plans": N_("Plans: proposed, decided and how soon, agreed to, completed, broken; instalments due and paid."),
    "incidents": N_("Incidents: emergencies and how soon taken, violations, suspensions, requests to stop."),
    "staff": N_("The scorecard: results beside refusals, violations, complaints, wording, quality; who may call."),
    "recordings": N_("Recordings: owed, kept, overdue; length, altered, twice; destroyed; by collector."),
    "notices": N_("Letters: made, sent, received, come back; by kind and by whom; not sent, altered."),
    "training": N_("Training: who may call, what ends or is due, exams by section, rehearsals, exchange."),
    "capacity": N_("Capacity: lawful calls left today by hour, collector and team; what bars the rest."),
    "calendar": N_(
        "The calendar: each day's kind and source, lawful calling hours, calls made; when the next notice is due."
    ),
    "quality": N_("Quality: what was sampled and why, scores, items failed, second reviews, replies; by collector."),
}
"""Every report and its line of help."""
OF_NOW = ("capacity",)
"""Those that tell of this moment alone, whatever the period: unasked they are of today."""


class Module(NamedTuple):
    """What a report's module holds."""

    figures: tuple[str, ...]
    by: tuple[str, ...]
    own: bool
    spans: Mapping[str, int]
    most: Mapping[str, int]
    sections: Callable[[Look], tuple[Section, ...]]
    notes: Callable[[Look], Sequence[Note]]


def module_of(name: str) -> Module:
    """A report, loaded.

    Raises:
        KeyError: there is none with this name.
    """
    if name not in REPORTS:
        raise KeyError(name)
    found = import_module(f"collectdesk.desk.reports.{name}")
    return Module(
        found.FIGURES,
        getattr(found, "BY", ()),
        getattr(found, "OWN", False),
        getattr(found, "SPANS", {}),
        getattr(found, "MOST", {}),
        found.sections,
        getattr(found, "notes", _none),
    )


def of_oneself() -> list[str]:
    """The reports a collector may see about themselves."""
    return [name for name in REPORTS if module_of(name).own]


def _none(_look: Look) -> Sequence[Note]:
    return ()
