"""The permit's question to the gate: what may be asked, what is left out of it, and how it is kept."""

from __future__ import annotations

from typing import Any

import msgspec

from collectdesk.desk.case_files import CaseFiles
from collectdesk.desk.facts import Contact
from collectdesk.desk.permit_sql import PermitRow
from collectdesk.errors import N_, NotFound
from collectdesk.gate import Decision, Dial, Finding, Instant
from collectdesk.gate.instant import iso


def dial_json(dial: Dial) -> str:
    """The question as the contract's JSON text."""
    return msgspec.json.encode(dial, enc_hook=_spelled).decode()


def _spelled(value: object) -> str:
    if isinstance(value, Instant):
        return iso(value)
    raise NotImplementedError(type(value).__name__)


def require_on_file(files: CaseFiles, contact: Contact) -> None:
    """Go on only if the person and the number belong to the case.

    Raises:
        NotFound: they do not.
    """
    people = {files.cases[contact.case].debtor, *files.roles_in(contact.case)}
    held = {row.id for row in files.numbers.get(contact.person, ())}
    if contact.person not in people or (contact.number is not None and contact.number not in held):
        raise NotFound(
            "not_of_this_case",
            N_("That person or number does not belong to this case."),
            hint=N_("`collectdesk case show` lists the people and numbers of a case."),
        )


def without(dial: Dial, own: PermitRow | None) -> Dial:
    """A permit does not stand in its own way."""
    if own is None:
        return dial
    return msgspec.structs.replace(dial, permits=tuple(each for each in dial.permits or () if each.id != f"t{own.id}"))


def unresolved(decision: Decision, held: Any, lang: str) -> Decision:  # noqa: ANN401
    """No second call for a collector whose last one is not resolved (第八条)."""
    cite = {"zh_CN": "公司制度 第八条第一款", "en": "Company policy, article 8(1)"}
    finding = Finding(
        rule="desk/one-call-a-collector",
        kind="one_permit",
        status="house",
        severity="bar",
        confidence="V",
        cite=cite.get(lang, cite["en"]),
        code="call_unresolved",
        opens_at=None,
        released_by=None,
        evidence={
            "permits": [
                {"permit": f"t{row.id}", "until": Instant(row.expires_at) if row.state == "granted" else None}
                for row in held
            ]
        },
    )
    return msgspec.structs.replace(
        decision, allowed=False, next_allowed_at=None, allowed_until=None, blocks=(*decision.blocks, finding)
    )
