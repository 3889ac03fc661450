"""What ``check`` asks the desk, without the parser and without the screen: the fast way in uses it alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import get_args

from msgspec import Struct
from msgspec.structs import replace

from collectdesk.desk.case_files import CaseFiles, read_files
from collectdesk.desk.checking import Checked, check, find_case, find_number, find_person, gate_in_force
from collectdesk.desk.facts import Contact
from collectdesk.desk.window import Window, open_window
from collectdesk.errors import N_, UsageProblem
from collectdesk.gate.vocabulary import Purpose
from collectdesk.show.jsonout import emit
from collectdesk.show.reasons import with_messages
from collectdesk.store.case_rows import one_case
from collectdesk.store.home import Home

ANSWERING = {"objection": "answer_objection", "dispute": "answer_objection"}
"""What a hold is there for, and the purpose of a call that answers it (policy article 10.1); a complaint's handler
alone answers that."""
LOOKING = "locate"
"""What a contact person may be called for once contact is lost; other purposes are not for whoever asks to choose."""
BLOCKED = 3
"""The exit code of a refusal."""


class Wanted(Struct, frozen=True):
    """What was typed after ``check``."""

    case: str
    number: str = ""
    person: str = ""
    purpose: str = "collect"
    at: str = ""


class Found(Struct, frozen=True):
    """The answer, and what is on file around it."""

    checked: Checked
    files: CaseFiles
    exit_code: int
    lawful: str = ""
    """A purpose, other than collecting, for which a call may be made: asked about, or what an objection leaves open."""


def ask_desk(desk: Home, clock: Callable[[], datetime], lang: str, wanted: Wanted) -> Found:
    """Ask the gate about one case; nothing is recorded.

    Raises:
        NotFound: no desk, or no such case, person or number.
        NotPermitted: nobody is signed in.
        UsageProblem: the time or purpose cannot be read.
    """
    with open_window(desk, clock=clock, lang=lang, scope="check") as window:
        return ask_through(window, wanted)


def ask_through(window: Window, wanted: Wanted) -> Found:
    """The same through a window that is open already.

    Raises:
        NotFound: no such case, person or number.
        UsageProblem: the time or purpose cannot be read.
    """
    if wanted.purpose not in get_args(Purpose):
        raise UsageProblem(
            "no_such_purpose", N_("The purposes are: {purposes}."), purposes=", ".join(get_args(Purpose))
        )
    case = find_case(window.ask, wanted.case)
    files = read_files(window.ask, one_case(case))
    person = find_person(files, case, wanted.person or None)
    number = find_number(files, person, wanted.number) if wanted.number else None
    at = read_instant(wanted.at, files, case) if wanted.at else window.at
    contact = Contact(case, person, number, at, wanted.purpose)
    gate = gate_in_force(window.ask, window.at)
    standing = window.standing(at, files.cases[case].collector)
    ahead = at > window.at

    def asked(purpose: str) -> Checked:
        return check(gate, files, replace(contact, purpose=purpose), standing, window.lang, ahead=ahead)

    checked = asked(wanted.purpose)
    if checked.decision.allowed:
        return Found(checked, files, 0, "" if wanted.purpose == "collect" else wanted.purpose)
    other = (purpose for purpose in _answering(checked) if asked(purpose).decision.allowed)
    return Found(checked, files, BLOCKED, next(other, ""))


def _answering(checked: Checked) -> list[str]:
    """The purposes that would answer what holds the case, or for which alone this person may be called."""
    named = {each for block in checked.decision.blocks for each in block.evidence.get("purposes") or ()}
    meant = named & {LOOKING}
    held = [each for block in checked.decision.blocks if block.code == "hold" for each in block.evidence["holds"]]
    found = (ANSWERING.get(str(each["kind"])) for each in held)
    return sorted({purpose for purpose in (*found, *meant) if purpose and purpose != checked.contact.purpose})


def read_instant(text: str, files: CaseFiles, case: int) -> int:
    """An instant as typed: ISO 8601, in the debtor's time where no offset is given.

    Raises:
        UsageProblem: it is no such text.
    """
    try:
        moment = datetime.fromisoformat(text)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=files.clock_of(case).zone)
        return int(aware.timestamp() // 1)
    except (ValueError, OverflowError):
        raise UsageProblem(
            "bad_time",
            N_("{option} must be a time, such as 2026-11-24T09:00 or 2026-11-24T09:00+08:00."),
            option="--at",
        ) from None


def emit_decision(found: Found, lang: str) -> int:
    """Write the contract's decision to stdout; the exit code."""
    document = with_messages(found.checked.decision, lang)
    emit(document.pop("schema"), document)
    return found.exit_code
