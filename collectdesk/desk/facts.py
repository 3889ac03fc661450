"""From rows to the gate's question: everything on file that bears on one contact, as ``collectdesk.dial/1``.

``base`` builds what all contacts of a case share, ``about`` asks about one of them; ``dial_for`` does both.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from collectdesk.desk import fact_parts as parts
from collectdesk.desk.case_files import CaseFiles, DebtorFile
from collectdesk.gate import Dial, Instant, dial
from collectdesk.store import case_rows as rows


class Contact(msgspec.Struct, frozen=True):
    """The contact asked about: keys of ``case_file``, ``person`` and ``number``, the instant, and what it is for."""

    case: int
    person: int
    number: int | None
    at: int
    purpose: str = "collect"
    channel: str = "voice"
    reply_to: str | None = None
    in_call: str | None = None


def dial_for(files: CaseFiles, contact: Contact, standing: dial.Standing | None, lang: str | None = None) -> Dial:
    """The gate's question about ``contact`` by a collector of that ``standing``."""
    return about(base(files, contact.case, contact.at, standing, lang), contact, files)


def base(
    files: CaseFiles,
    case: int,
    at: int,
    standing: dial.Standing | None,
    lang: str | None = None,
    *,
    ahead: bool = False,
) -> Dial:
    """The question about a case at an instant, still without whom it is to.

    ``ahead``: about an instant by which the calls now running will be over; they count as calls, not as open permits.
    """
    row = files.cases[case]
    file = files.files[row.debtor]
    debtor = files.persons[row.debtor]
    zones = files.zones_of(case)
    own, others = files.own, _others(files, file)
    codes, lines = files.codes, files.lines
    events = [*file.events, *file.running] if ahead else file.events
    permits = [each for each in file.permits if not ahead or each.state == "granted"]
    return Dial(
        id=row.code,
        at=Instant(at),
        lang=lang,  # type: ignore[arg-type] # one of the two languages
        place=place_of(debtor, zones),
        zones=tuple(dial.Zone(*zone) for zone in zones),  # type: ignore[arg-type]
        dial=dial.Attempt(channel="voice", debts=(row.code,)),
        own_org=_org(own, row.placed_at) if own else None,
        orgs=tuple([_org(files.orgs[key]) for key in others]),
        debts=tuple([_debt(files, each, at) for each in file.cases]),
        persons=_persons(files, case),
        numbers=_numbers(files, case),
        events=tuple([parts.event(each, codes, lines) for each in events if each.at <= at]),
        consents=tuple([parts.consent(each, codes, lines) for each in file.consents]),
        designations=tuple([parts.designation(each, codes, lines) for each in file.designations]),
        holds=_holds(row, file, codes),
        notices=_notices(files, row, file),
        permits=tuple([parts.permit(each, row.debtor, codes, lines) for each in permits]),
        standing=standing,
        history=_history(files, row, others, at),
    )


def about(shared: Dial, contact: Contact, files: CaseFiles) -> Dial:
    """``shared`` as the question about one person and number of the case."""
    attempt = dial.Attempt(
        person=f"p{contact.person}",
        number=parts.line(contact.number, files.lines),
        channel=contact.channel,  # type: ignore[arg-type]
        automated=False,
        purpose=contact.purpose,  # type: ignore[arg-type]
        debts=(files.cases[contact.case].code,),
        reply_to=contact.reply_to,
        in_call=contact.in_call,
    )
    return msgspec.structs.replace(shared, dial=attempt)


COUNTRY_OF_ZONE = {
    "Asia/Shanghai": "CN",
    "Asia/Hong_Kong": "HK",
    "Asia/Macau": "MO",
    "Asia/Taipei": "TW",
    "Asia/Tokyo": "JP",
    "Asia/Seoul": "KR",
    "Asia/Singapore": "SG",
}
"""Zones that are kept in one place only."""


def place_of(debtor: rows.PersonRow, zones: list[tuple[str, str]]) -> dial.Place:
    """Where the debtor is; a country the file leaves out is told by the zones, where all are one country's alone."""
    told = {COUNTRY_OF_ZONE.get(zone) for zone, _ in zones}
    country = debtor.country or (told.pop() if len(told) == 1 else None)
    return dial.Place(country, debtor.region, debtor.city)


def _debt(files: CaseFiles, row: rows.CaseRow, at: int) -> dial.Debt:
    stated = files.statements.get(row.id)
    dated = None
    if stated is not None:
        midnight = files.clock_of(row.id).start_of(date.fromisoformat(stated.as_of).toordinal())
        dated = Instant(midnight)
    return parts.debt(row, stated, files.today(row.id, at), dated)


def _persons(files: CaseFiles, case: int) -> tuple[dial.Person, ...]:
    others = files.roles_in(case)
    debtor = parts.person(files.debtor_of(case), None)
    return (debtor, *[parts.person(files.persons[key], party) for key, party in others.items()])


def _numbers(files: CaseFiles, case: int) -> tuple[dial.Number, ...]:
    """The numbers of everybody in the case, each with the source on record (an attested one is recorded at import)."""
    people = (files.cases[case].debtor, *files.roles_in(case))
    return tuple([parts.number(row, files.lines) for person in people for row in files.numbers.get(person, ())])


def _holds(row: rows.CaseRow, file: DebtorFile, codes: parts.Codes) -> tuple[dial.Hold, ...]:
    """The holds on file; a case that is frozen without one is held all the same."""
    holds = tuple([parts.hold(each, codes) for each in file.holds])
    if row.frozen_at is None:
        return holds
    if any(each.lifted_at is None and (not each.debts or row.code in each.debts) for each in holds):
        return holds
    return (*holds, dial.Hold(id=f"f{row.id}", kind="other", debts=(row.code,), received_at=Instant(row.frozen_at)))


def _notices(files: CaseFiles, row: rows.CaseRow, file: DebtorFile) -> tuple[dial.Notice, ...]:
    """The notices on file, and the notice of outsourcing a lead attested for a whole file, given when the lead says."""
    attested = [
        dial.Notice(kind="outsourcing", debts=(row.code,), sent_at=parts.vouched_at(each))
        for each in files.attested(row.id, "outsourcing_notice")
    ]
    return (*[parts.notice(each, files.codes) for each in file.notices], *attested)


def _others(files: CaseFiles, file: DebtorFile) -> list[int]:
    """The other organisations that have to do with this debtor: creditors, and whoever called."""
    keys = {row.creditor for row in file.cases} | {row.org for row in file.events if row.org is not None}
    own = files.own
    return sorted(key for key in keys if key in files.orgs and (own is None or key != own.id))


def _org(row: rows.OrgRow, placed_at: int | None = None) -> dial.Org:
    return dial.Org(
        id=f"o{row.id}",
        kind=row.kind,  # type: ignore[arg-type]
        licensed=parts.flag(row.licensed),
        placed_at=parts.at(placed_at),
    )


def _history(files: CaseFiles, row: rows.CaseRow, others: Iterable[int], at: int) -> dial.History:
    """Our own calls are all here from the first, for the desk makes them; others' as far as imported or attested."""
    covers = [each for each in files.covers if each.case_id in (None, row.id)]
    known: dict[int, int] = dict.fromkeys(others, at) if files.attested(row.id, "no_other_calls") else {}
    for each in covers:
        if each.org is not None and each.complete_through is not None:
            known[each.org] = max(each.complete_through, known.get(each.org, 0))
    return dial.History(
        complete_from=Instant(max((each.complete_from for each in covers if each.complete_from), default=0)),
        complete_through=Instant(at),
        by_org=tuple(dial.OrgHistory(f"o{key}", Instant(through)) for key, through in sorted(known.items())),
    )
