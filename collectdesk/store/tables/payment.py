"""Payments (还款): what was paid on a case, as the creditor's files tell it, and what was taken back again."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from collectdesk.store.columns import Row, instant, local_date, money, pk, ref, table, text


class Payment(Row, table=True):
    """A payment, or its reversal (冲正): then ``amount`` is below zero and ``reverses`` is the payment it takes back.

    ``mark`` is what the same payment read again has too, so that no file counts twice. A row is never changed.
    """

    __table_args__ = table(
        UniqueConstraint("case_id", "mark"),
        Index("ix_payment_case", "case_id", "paid_on"),
        CheckConstraint("amount <> 0", name="ck_payment_amount"),
        CheckConstraint("(amount < 0) = (reverses IS NOT NULL)", name="ck_payment_reverses"),
    )
    id: int | None = pk()
    case_id: int = ref("case_file")
    amount: int = money()
    currency: str = text()
    paid_on: str = local_date()
    reference: str | None = text(optional=True)
    channel: str | None = text(optional=True)
    reverses: int | None = ref("payment", optional=True)
    reason: str | None = text(optional=True)
    mark: str = text()
    import_batch: int | None = ref("import_batch", optional=True)
    by_staff: int = ref("staff")
    at: int = instant()
