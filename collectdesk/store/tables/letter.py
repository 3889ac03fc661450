"""Letters (函件, policy article 9.3): written notices rendered from adopted templates, numbered, and their posting."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from collectdesk.store.columns import Row, count, instant, json_list, pk, ref, table, text, word
from collectdesk.store.words import LETTER_ORIGINS, LETTER_STATES, LETTER_WAYS, NOTICE_KINDS

RENDERED = (
    "year IS NOT NULL AND serial IS NOT NULL AND template IS NOT NULL AND version IS NOT NULL "
    "AND template_digest IS NOT NULL AND lang IS NOT NULL AND html IS NOT NULL AND plain IS NOT NULL "
    "AND html_digest IS NOT NULL AND plain_digest IS NOT NULL"
)


class Letter(Row, table=True):
    """A written notice to one person: rendered here, or one that others sent and a lead vouches for.

    ``year`` and ``serial`` are its number; a year's have no gaps, a void one keeps its own. ``html`` and ``plain`` are
    the whole text in its two forms, each with the SHA-256 of the file it makes; ``template_digest`` that of the
    adopted template. ``notice`` is the row the gate is asked with, once it was sent.
    """

    __table_args__ = table(
        UniqueConstraint("year", "serial"),
        UniqueConstraint("notice"),
        Index("ix_letter_case", "case_id"),
        Index("ix_letter_status", "status"),
        Index("ix_letter_html", "html_digest"),
        Index("ix_letter_plain", "plain_digest"),
        CheckConstraint(f"origin <> 'rendered' OR ({RENDERED})", name="ck_letter_rendered"),
        CheckConstraint("origin = 'rendered' OR serial IS NULL", name="ck_letter_number"),
        CheckConstraint("(notice IS NULL) = (status IN ('made', 'void'))", name="ck_letter_sent"),
    )
    id: int | None = pk()
    origin: str = word(*LETTER_ORIGINS)
    status: str = word(*LETTER_STATES)
    kind: str = word(*NOTICE_KINDS)
    case_id: int = ref("case_file")
    person: int = ref("person")
    debts: list[int] = json_list()
    year: int | None = count(optional=True)
    serial: int | None = count(at_least=1, optional=True)
    template: str | None = text(optional=True)
    version: str | None = text(optional=True)
    template_digest: str | None = text(optional=True)
    lang: str | None = text(optional=True)
    html: str | None = text(optional=True)
    plain: str | None = text(optional=True)
    html_digest: str | None = text(optional=True)
    plain_digest: str | None = text(optional=True)
    made_at: int = instant()
    made_by: int = ref("staff")
    notice: int | None = ref("notice", optional=True)
    way: str | None = word(*LETTER_WAYS, optional=True)
    tracking: str | None = text(optional=True)
    evidence: str | None = text(optional=True)
