"""Organisations: our own, creditors, other agencies; and where payment may go."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint

from collectdesk.store.columns import Row, flag, instant, json_list, json_value, pk, ref, table, text, word
from collectdesk.store.words import ORG_KINDS


class Org(Row, table=True):
    """An organisation that collects or is owed; ``own`` marks the desk's own company."""

    id: int | None = pk()
    name: str = text(unique=True)
    kind: str | None = word(*ORG_KINDS, optional=True)
    licensed: bool | None = flag(optional=True)
    own: bool = flag(default=False)


class Creditor(Row, table=True):
    """A creditor (债权人): which two identity items its debtors are asked, its hotline, its languages."""

    org: int = ref("org", primary=True)
    identity_items: list[str] = json_list()
    hotline: str | None = text(optional=True)
    languages: list[str] = json_list()
    settings: dict[str, object] | None = json_value(optional=True)


class PaymentChannel(Row, table=True):
    """A designated way to pay (指定还款渠道); never a personal account."""

    __table_args__ = table(UniqueConstraint("creditor", "code"))
    id: int | None = pk()
    creditor: int = ref("creditor.org")
    code: str = text()
    label_zh: str = text()
    label_en: str = text()
    account: str | None = text(optional=True)
    from_at: int = instant()
    until: int | None = instant(optional=True)
