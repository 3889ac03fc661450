"""Gathering: the rows a bundle is made of, as far as whoever asks may see them.

A bundle about a complaint holds the case's record up to the day it came in, and all that was done about it since.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from collectdesk.desk.four_eyes import DECIDING
from collectdesk.desk.steps_seen import COMPLAINT, REQUEST, Eyes
from collectdesk.errors import N_, NotPermitted, UsageProblem

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collectdesk.desk.casebook import CaseView
    from collectdesk.desk.complaints.reading import View
    from collectdesk.desk.history import Entry
    from collectdesk.desk.office import Office
    from collectdesk.gate import Rulebook
    from collectdesk.store.tables import Adoption, Recording, Verdict


@dataclass(frozen=True)
class Gathered:
    """Everything of a bundle but the journal.

    Attributes:
        case: the case on one page.
        complaint: the complaint, where the bundle is about one.
        entries: the history, newest first.
        verdicts: what the gate said, oldest first.
        recordings: of the calls in ``entries``; ``keepers`` where they are kept, by key.
        books: the rulebooks the verdicts name, by id and digest.
        texts: the call scripts that were shown, as they were adopted.
        subjects: what of the journal is about the case.
    """

    case: CaseView
    complaint: View | None
    entries: tuple[Entry, ...]
    verdicts: tuple[Verdict, ...]
    recordings: tuple[Recording, ...]
    keepers: dict[int | None, str]
    books: dict[tuple[str, str], Rulebook]
    texts: tuple[Adoption, ...]
    subjects: frozenset[str]


def require_may(office: Office, *, complaint: bool, unmask: bool) -> None:
    """Go on only if whoever is signed in may have such a bundle.

    Raises:
        NotPermitted: a collector's sign-in, and it is about a complaint or shows names in full.
    """
    if complaint or unmask:
        office.require_role(*DECIDING)


def gather(office: Office, session: Session, code: str, complaint: str = "") -> Gathered:
    """Read everything of a bundle.

    Args:
        office: the desk, as whoever asks.
        session: an open reading session.
        code: the case's number.
        complaint: a complaint's id, such as ``k3``; empty for the whole case.
    Raises:
        NotFound: there is no such case or complaint.
        NotPermitted: they are who the complaint is about.
        UsageProblem: the complaint belongs to another case.
    """
    from collectdesk.desk import casebook
    from collectdesk.desk.evidence.subjects import subjects
    from collectdesk.desk.history import history

    case = casebook.read(session, code)
    about = _complaint(office, session, case, complaint) if complaint else None
    entries = tuple(_within(history(session, code, office.staff), about))
    verdicts = _verdicts(session, case, about)
    shown = {line.script_version for entry in entries for line in entry.lines}
    return Gathered(
        case=case,
        complaint=about,
        entries=entries,
        verdicts=verdicts,
        recordings=_recordings(session, entries),
        keepers=_keepers(session),
        books=_books(session, verdicts),
        texts=_texts(session, shown),
        subjects=frozenset(subjects(session, case.case, Eyes(session, office.staff))),
    )


def _complaint(office: Office, session: Session, case: CaseView, name: str) -> View:
    from collectdesk.desk.complaints import reading

    view = reading.view(office, session, name)
    if view.row.case_id != case.case.id:
        raise UsageProblem(
            "complaint_elsewhere",
            N_("This complaint belongs to another case."),
            hint=N_("`collectdesk complaint list` says to which."),
        )
    if not view.line.seen:
        raise NotPermitted(
            "own_complaint",
            N_("How this complaint is handled is not for you to see."),
            hint=N_("Somebody it is not about makes the bundle."),
        )
    return view


def _within(entries: Iterable[Entry], about: View | None) -> Iterable[Entry]:
    """Of a complaint's bundle: what came before it, and its own steps."""
    for entry in entries:
        if about is None or entry.at <= about.row.received_at or _concerns(entry, about):
            yield entry


def _concerns(entry: Entry, about: View) -> bool:
    step = entry.step
    return step is not None and ((step.kind, step.subject) == (COMPLAINT, about.row.id) or step.kind == REQUEST)


def _verdicts(session: Session, case: CaseView, about: View | None) -> tuple[Verdict, ...]:
    from sqlmodel import col, select

    from collectdesk.store.tables import Verdict

    asked = select(Verdict).where(col(Verdict.case_id) == case.case.id).order_by(col(Verdict.id))
    if about is not None:
        asked = asked.where(col(Verdict.at) <= about.row.received_at)
    return tuple(session.execute(asked).scalars())


def _recordings(session: Session, entries: Sequence[Entry]) -> tuple[Recording, ...]:
    from sqlmodel import col, select

    from collectdesk.store.tables import Recording

    calls = [entry.call.id for entry in entries if entry.call is not None]
    asked = select(Recording).where(col(Recording.call).in_(calls)).order_by(col(Recording.id))
    return tuple(session.execute(asked).scalars())


def _keepers(session: Session) -> dict[int | None, str]:
    """The names of all keepers; where they are on this machine is nobody else's matter."""
    from sqlmodel import select

    from collectdesk.store.tables import RecordingKeeper

    return {row.id: row.name for row in session.execute(select(RecordingKeeper)).scalars()}


def _books(session: Session, verdicts: Iterable[Verdict]) -> dict[tuple[str, str], Rulebook]:
    """The rulebooks the verdicts name, as they were adopted then; old versions are kept."""
    from sqlmodel import col, select

    from collectdesk.desk.adoptable import KINDS
    from collectdesk.store.tables import Adoption

    decisions: list[dict[str, Any]] = [dict(row.decision) for row in verdicts]
    named = [book for decision in decisions for book in decision.get("rulebooks", ())]
    digests = {str(book["digest"]) for book in named}
    asked = select(Adoption).where(col(Adoption.kind) == "rulebook", col(Adoption.digest).in_(digests))
    found = session.execute(asked).scalars()
    return {(row.name, row.digest): KINDS["rulebook"].read(row.compiled.encode()) for row in found}


def _texts(session: Session, versions: Iterable[str]) -> tuple[Adoption, ...]:
    from sqlmodel import col, select

    from collectdesk.store.tables import Adoption

    asked = select(Adoption).where(col(Adoption.kind) == "callscript", col(Adoption.version).in_(list(versions)))
    return tuple(session.execute(asked.order_by(col(Adoption.id))).scalars())
