"""What the phone itself recorded (话单, policy article 8.1): records of an exchange or carrier, and what they show."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from collectdesk.store.columns import Row, count, instant, json_value, pk, ref, table, text, word
from collectdesk.store.words import DIAL_FINDING_STATES, DIAL_FINDINGS, DIRECTIONS, LINES


class PhoneSource(Row, table=True):
    """An exchange or a carrier whose records are compared (话单来源), by a name of its own.

    ``offset_s``: how many seconds its clock is ahead of the desk's, as ``learned`` matches showed.
    """

    id: int | None = pk()
    name: str = text(unique=True)
    offset_s: int | None = count(at_least=None, optional=True)
    learned: int = count(default=0)
    added_at: int = instant()
    added_by: int = ref("staff")


class Extension(Row, table=True):
    """Whose extension it is (分机) from ``from_at`` until another row of the same number begins."""

    __table_args__ = table(UniqueConstraint("number", "from_at"))
    id: int | None = pk()
    number: str = text()
    staff: int = ref("staff")
    from_at: int = instant()
    at: int = instant()
    by_staff: int = ref("staff")


class DialRecord(Row, table=True):
    """A dial of the phone's records: ``at`` by its own clock, ``offset_s`` what was taken off to compare it.

    ``mark``, a keyed digest, tells it from every other of its source. A number nobody here knows is kept as a keyed
    digest alone, until somebody here has it. ``event`` is the contact it counts as where no permit stands behind it; of
    an incoming call the desk's own.
    """

    __table_args__ = table(
        UniqueConstraint("source", "mark"),
        Index("ix_dial_record_permit", "permit"),
        Index("ix_dial_record_event", "event"),
        Index("ix_dial_record_digest", "number_digest"),
        CheckConstraint("(number IS NULL) = (number_digest IS NOT NULL)", name="ck_dial_record_number"),
    )
    id: int | None = pk()
    source: int = ref("phone_source")
    mark: str = text()
    direction: str = word(*DIRECTIONS, default="out")
    at: int = instant()
    offset_s: int = count(at_least=None)
    number: int | None = ref("number", optional=True)
    number_digest: str | None = text(optional=True)
    extension: str | None = text(optional=True)
    staff: int | None = ref("staff", optional=True)
    line: str = word(*LINES)
    duration_s: int | None = count(optional=True)
    permit: int | None = ref("permit", optional=True)
    event: int | None = ref("contact_event", optional=True)
    import_batch: int = ref("import_batch")
    recorded_at: int = instant()


class DialFinding(Row, table=True):
    """What the records show and the desk does not, or the other way round (差异).

    ``details``: both sides in figures. ``line`` is what a lead's explanation says the line really was; it takes effect
    when somebody else closes the finding. ``about`` is the case it is told on, where there is one.
    """

    __table_args__ = table(
        Index("ix_dial_finding_status", "status", "kind"),
        Index("ix_dial_finding_debtor", "debtor"),
        Index("ix_dial_finding_permit", "permit"),
        CheckConstraint("record IS NOT NULL OR permit IS NOT NULL OR event IS NOT NULL", name="ck_dial_finding_of"),
        CheckConstraint("closed_by <> explained_by", name="ck_dial_finding_other_closes"),
    )
    id: int | None = pk()
    kind: str = word(*DIAL_FINDINGS)
    status: str = word(*DIAL_FINDING_STATES, default="open")
    record: int | None = ref("dial_record", optional=True)
    permit: int | None = ref("permit", optional=True)
    event: int | None = ref("contact_event", optional=True)
    staff: int | None = ref("staff", optional=True)
    debtor: int | None = ref("person", optional=True)
    about: int | None = ref("case_file", optional=True)
    details: dict[str, object] = json_value()
    happened_at: int = instant()
    found_at: int = instant()
    line: str | None = word(*LINES, optional=True)
    evidence: str | None = text(optional=True)
    explained_by: int | None = ref("staff", optional=True)
    explained_at: int | None = instant(optional=True)
    closed_by: int | None = ref("staff", optional=True)
    closed_at: int | None = instant(optional=True)
