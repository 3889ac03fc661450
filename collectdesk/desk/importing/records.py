"""What a line of a case file says, typed: the form between reading and writing.

Local dates are ISO text, instants UTC seconds, amounts minor units, words the contract's codes; unknown is None.
"""

from __future__ import annotations

from msgspec import Struct


class StatedNumber(Struct, frozen=True, array_like=True):
    """A telephone number with its class, place and lawful source (号码来源)."""

    number: str
    kind: str
    place: str
    source: str


class Contact(Struct, frozen=True, array_like=True):
    """Somebody beside the debtor (联系人): the word for the relation as the file has it, and the role it means."""

    name: str
    role: str
    relation: str | None
    reserved: bool | None
    agreed: bool | None
    numbers: tuple[StatedNumber, ...]


class Debtor(Struct, frozen=True, array_like=True):
    """Who owes (债务人)."""

    name: str
    id_kind: str | None
    id_number: str | None
    born_on: str | None
    died_on: str | None
    capacity: str | None
    language: str | None
    country: str | None
    region: str | None
    city: str | None
    address: str | None
    employer: str | None
    zone: str | None
    numbers: tuple[StatedNumber, ...]


class Amounts(Struct, frozen=True, array_like=True):
    """The statement (欠款) of ``as_of``: its parts add up; days past due as they stood on that date."""

    as_of: str
    stated_at: int
    principal: int
    interest: int
    fees: int
    currency: str
    days_past_due: int | None


class Term(Struct, frozen=True, array_like=True):
    """A term of the contract (合同条款): a code, the clause as cited (``第6条``), its words.

    ``in_cost_table``: it stands in the table of the loan's full cost (综合融资成本明示表).
    """

    code: str
    clause: str | None
    content: str | None
    in_cost_table: bool = False


class CaseRecord(Struct, frozen=True, array_like=True):
    """One case (案件) as one line of the file states it."""

    line: int
    ref: str | None
    creditor: str
    creditor_kind: str | None
    contract_no: str
    product: str | None
    debt_type: str | None
    debt_group: str | None
    signed_on: str | None
    due_on: str | None
    status: str
    placed_at: int | None
    assigned_at: int | None
    team: str | None
    collector: str | None
    debtor: Debtor
    contacts: tuple[Contact, ...]
    amounts: Amounts | None
    terms: tuple[Term, ...]
    consequences: tuple[str, ...]
    notices: tuple[tuple[str, int], ...]


class CallRecord(Struct, frozen=True, array_like=True):
    """An earlier contact by any organisation (既往催收记录); its case is named by ``ref`` or by its contract."""

    line: int
    ref: str | None
    creditor: str | None
    contract_no: str | None
    external_id: str | None
    org: str
    org_kind: str | None
    at: int
    kind: str
    direction: str
    channel: str
    automated: bool | None
    number: str | None
    person: str | None
    answered_by: str | None
    result: str | None
    talk: str | None
    identity: str | None
    ended_by: str | None
    duration_s: int | None
    message: str | None
    purpose: str | None
