"""What came in by file, and what a lead attested for a whole file."""

from __future__ import annotations

from sqlalchemy import Index

from collectdesk.store.columns import Row, instant, json_value, pk, ref, table, text


class ImportBatch(Row, table=True):
    """One imported file: its SHA-256, by whom, and how many rows of what."""

    id: int | None = pk()
    digest: str = text(unique=True)
    at: int = instant()
    by_staff: int = ref("staff")
    counts: dict[str, int] = json_value()


class Attestation(Row, table=True):
    """A lead's word for a file or a case: ``number_source``, ``outsourcing_notice``, ``no_other_calls`` …"""

    __table_args__ = table(Index("ix_attestation_case", "case_id"), Index("ix_attestation_batch", "batch"))
    id: int | None = pk()
    kind: str = text()
    batch: int | None = ref("import_batch", optional=True)
    case_id: int | None = ref("case_file", optional=True)
    by_staff: int = ref("staff")
    at: int = instant()
    scope: dict[str, object] | None = json_value(optional=True)
