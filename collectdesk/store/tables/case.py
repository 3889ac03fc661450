"""The case (案件): one debt of one debtor, its statements, terms, consequences and parties."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from collectdesk.store.columns import (
    Row,
    count,
    flag,
    instant,
    json_value,
    local_date,
    money,
    pk,
    ref,
    table,
    text,
    word,
)
from collectdesk.store.words import DEBT_STATUSES, DEBT_TYPES, ROLES


class CaseFile(Row, table=True):
    """A case. ``code`` is its public number, ``debt_group`` the contract's ``group``, ``type`` the product kind.

    ``destroyed_at``: since when what was personal of it is erased (policy article 14).
    """

    __table_args__ = table(
        UniqueConstraint("creditor", "contract_no"),
        Index("ix_case_file_debtor", "debtor"),
        Index("ix_case_file_collector", "collector", "status"),
        Index("ix_case_file_team", "team", "status"),
    )
    id: int | None = pk()
    code: str = text(unique=True)
    creditor: int = ref("creditor.org")
    debtor: int = ref("person")
    contract_no: str = text()
    product: str | None = text(optional=True)
    type: str | None = word(*DEBT_TYPES, optional=True)
    debt_group: str | None = text(optional=True)
    signed_on: str | None = local_date(optional=True)
    due_on: str | None = local_date(optional=True)
    status: str = word(*DEBT_STATUSES, default="open")
    placed_at: int | None = instant(optional=True)
    assigned_at: int | None = instant(optional=True)
    team: int | None = ref("team", optional=True)
    collector: int | None = ref("staff", optional=True)
    frozen_at: int | None = instant(optional=True)
    frozen_why: str | None = text(optional=True)
    import_batch: int | None = ref("import_batch", optional=True)
    destroyed_at: int | None = instant(optional=True)


class CaseParty(Row, table=True):
    """A person in the role they have in a case (contract ``persons[]``); the debtor has a row too."""

    __table_args__ = table(UniqueConstraint("case_id", "person", "role"), Index("ix_case_party_person", "person"))
    id: int | None = pk()
    case_id: int = ref("case_file")
    person: int = ref("person")
    role: str = word(*ROLES)
    relation: str | None = text(optional=True)
    reserved: bool | None = flag(optional=True)
    agreed: bool | None = flag(optional=True)
    authority_from: int | None = instant(optional=True)
    authority_until: int | None = instant(optional=True)
    authority_evidence: str | None = text(optional=True)
    may_know_basis: str | None = text(optional=True)
    treated_as_debtor: bool | None = flag(optional=True)


class Statement(Row, table=True):
    """The amounts as the creditor stated them on ``as_of``; a newer one supersedes, old ones stay."""

    __table_args__ = table(
        Index("ix_statement_case", "case_id", "as_of", "imported_at"),
        CheckConstraint("total = principal + interest + fees", name="ck_statement_sum"),
    )
    id: int | None = pk()
    case_id: int = ref("case_file")
    as_of: str = local_date()
    principal: int = money()
    interest: int = money()
    fees: int = money()
    total: int = money()
    currency: str = text()
    days_past_due: int | None = count(optional=True)
    stated_at: int | None = instant(optional=True)
    imported_at: int = instant()
    import_batch: int | None = ref("import_batch", optional=True)


class ContractTerm(Row, table=True):
    """A term of the contract the collector may explain (合同条款): its code, its number and its words."""

    __table_args__ = table(UniqueConstraint("case_id", "code"))
    id: int | None = pk()
    case_id: int = ref("case_file")
    code: str = text()
    clause: str | None = text(optional=True)
    content: str | None = text(optional=True)
    params: dict[str, object] | None = json_value(optional=True)


class CaseConsequence(Row, table=True):
    """A consequence that applies to this case, as a code of the adopted codes."""

    __table_args__ = table(UniqueConstraint("case_id", "code"))
    id: int | None = pk()
    case_id: int = ref("case_file")
    code: str = text()
    params: dict[str, object] | None = json_value(optional=True)
