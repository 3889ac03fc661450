"""The wording check where no call is on: what we would write to a debtor is refused if it may not be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectdesk.desk import adoption
from collectdesk.desk.call.wording import BarredWording
from collectdesk.desk.wording import barred, check, explain
from collectdesk.store import journal

if TYPE_CHECKING:
    from collectdesk.desk.adopted_text import Lang
    from collectdesk.desk.office import Office
    from collectdesk.desk.wording import Hit


def require_clean(office: Office, text: str, place: str, case: int | None) -> None:
    """Go on only if ``text`` may be said (policy articles 6.2, 7.4, 9).

    Args:
        office: who would say it.
        text: the words.
        place: where they stand, such as ``objection.answer``.
        case: the key of the case they are about.
    Raises:
        BarredWording: it may not; names the kinds of wording, not the words. That it was tried is kept.
    """
    with office.reader.connect() as connection:
        lists = adoption.wordings(connection, office.now())
    found = barred(check(text, lists))
    if not found:
        return
    lang: Lang = "zh_CN" if office.lang == "zh_CN" else "en"
    reasons = " / ".join(dict.fromkeys(explain(hit, lists, lang).reason for hit in found))
    refused = BarredWording(place, found, reasons)
    _keep(office, refused, found, case)
    raise refused


def _keep(office: Office, refused: BarredWording, found: tuple[Hit, ...], case: int | None) -> None:
    from collectdesk.store.tables import ConductWarning

    at = office.now()
    with office.writing() as session:
        for entry in dict.fromkeys(hit.entry for hit in found):
            row = ConductWarning(
                staff=office.staff.id, case_id=case, entry=entry, place=refused.place, blocked=True,
                debtors_words=False, at=at,
            )  # fmt: skip
            session.add(row)
            session.flush()
            after = {"entry": entry, "place": refused.place}
            journal.append(
                session, at=at, actor=office.staff.number, action="conduct.barred",
                subject=f"conduct_warning:{row.id}", after=after,
            )  # fmt: skip
