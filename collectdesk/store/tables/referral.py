"""Referrals (转介, policy article 11.2): a case handed on by a lawful way, on which basis and since when."""

from __future__ import annotations

from sqlalchemy import Index

from collectdesk.store.columns import Row, flag, instant, local_date, pk, ref, table, text, word
from collectdesk.store.words import REFERRALS


class Referral(Row, table=True):
    """A case referred to legal, mediation, a court or an address check (转法务、调解、诉讼、地址核查).

    ``leaves_queue`` is what the code's flag said on that day: whether the case leaves the ordinary queue meanwhile.
    """

    __table_args__ = table(Index("ix_referral_case", "case_id", "status"))
    id: int | None = pk()
    case_id: int = ref("case_file")
    referred_to: str = word(*REFERRALS)
    basis: str = text()
    referred_on: str = local_date()
    leaves_queue: bool = flag()
    reference: str | None = text(optional=True)
    status: str = word("open", "answered", "ended", default="open")
    answer: str | None = text(optional=True)
    answered_on: str | None = local_date(optional=True)
    ended_on: str | None = local_date(optional=True)
    by_staff: int = ref("staff")
    at: int = instant()
