"""What a lead vouches for a whole file (政策第四条、第八条): recorded with the batch, in the journal, by name.

An attestation never overrides what a line says: it answers only where the line is silent.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct
from sqlalchemy import Connection, insert

from collectdesk.errors import N_, NotPermitted, UsageProblem
from collectdesk.store import journal
from collectdesk.store.schema import METADATA
from collectdesk.store.words import NUMBER_SOURCES

AttestationKind = Literal["number_source", "outsourcing_notice", "no_other_calls", "calls_complete"]
MAY_ATTEST = ("lead", "admin")


class Attestation(Struct, frozen=True):
    """A lead's word for a file.

    ``number_source``: numbers without a source have ``source``. ``outsourcing_notice``: every debtor was told that an
    agency collects, at ``sent_at`` (UTC seconds, the start of the local date). ``no_other_calls``: nobody else calls
    these debtors. ``calls_complete``: the file's calls are all that the organisations in it made up to ``through``
    (UTC seconds).
    """

    kind: AttestationKind
    source: str | None = None
    through: int | None = None
    sent_at: int | None = None

    @property
    def scope(self) -> dict[str, object]:
        """What the store keeps of it."""
        given = {"source": self.source, "through": self.through, "sent_at": self.sent_at}
        return {name: value for name, value in given.items() if value is not None}


def check(attestations: tuple[Attestation, ...], role: str, at: int) -> None:
    """Raise unless each is complete, and a lead or administrator gives it.

    Raises:
        NotPermitted: the signed-in person may not attest.
        UsageProblem: a source or an instant is missing, unknown, or still to come at ``at`` (UTC seconds).
    """
    if attestations and role not in MAY_ATTEST:
        raise NotPermitted(
            "attestation_role", N_("Only a lead can attest for a file."), hint=N_("Ask your lead to import it.")
        )
    for each in attestations:
        if each.kind == "number_source" and (each.source == "unknown" or each.source not in NUMBER_SOURCES):
            raise UsageProblem(
                "attestation_source", N_("Say which source the numbers have: {sources}"),
                sources=", ".join(source for source in NUMBER_SOURCES if source != "unknown"),
            )  # fmt: skip
        if each.kind == "calls_complete" and each.through is None:
            raise UsageProblem("attestation_through", N_("Say up to when the calls are complete."))
        if each.kind == "outsourcing_notice" and (each.sent_at is None or each.sent_at > at):
            raise UsageProblem("attestation_notice", N_("Say on which day the notice was given, today or before."))


def source_of(attestations: tuple[Attestation, ...]) -> str | None:
    """The source attested for numbers that have none."""
    return next((each.source for each in attestations if each.kind == "number_source"), None)


def record(
    connection: Connection, attestations: tuple[Attestation, ...], *, batch: int, cases: list[int], staff: int,
    actor: str, at: int,
) -> int:  # fmt: skip
    """Record attestations for a batch, and case by case for ``cases`` that came with an earlier one.

    What is already recorded alike is not recorded again; returns how many were new.
    """
    rows = METADATA.tables["attestation"]
    new = 0
    for each in attestations:
        wanted = [(batch, None), *((None, case) for case in cases)]
        known = _known(connection, each)
        fresh = [pair for pair in wanted if pair not in known]
        if not fresh:
            continue
        scope = each.scope or None
        values = [
            {"kind": each.kind, "batch": by, "case_id": case, "by_staff": staff, "at": at, "scope": scope}
            for by, case in fresh
        ]
        connection.execute(insert(rows), values)
        after: dict[str, object] = {"kind": each.kind, "scope": each.scope, "rows": len(fresh)}
        journal.append(
            connection, at=at, actor=actor, action="attestation.add", subject=f"import_batch:{batch}", after=after
        )
        new += len(fresh)
    return new


def _known(connection: Connection, wanted: Attestation) -> set[tuple[int | None, int | None]]:
    rows = METADATA.tables["attestation"]
    found = connection.execute(rows.select().where(rows.c.kind == wanted.kind))
    return {(row.batch, row.case_id) for row in found if (row.scope or {}) == wanted.scope}
