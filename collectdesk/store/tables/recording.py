"""Recordings (录音, policy article 14.1): what each connected call owes, where it is kept, and what was destroyed."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from collectdesk.store.columns import Row, count, instant, json_list, json_value, pk, ref, table, text, word
from collectdesk.store.words import (
    DESTRUCTION_ITEMS,
    DESTRUCTION_KINDS,
    DESTRUCTION_STATES,
    FOUND_STATES,
    RECORDING_FAULTS,
    RECORDING_FORMATS,
    RECORDING_STATES,
)

WHOLE = "keeper IS NOT NULL AND file IS NOT NULL AND digest IS NOT NULL AND size IS NOT NULL"


class RecordingKeeper(Row, table=True):
    """Where recordings are kept (保管处): a folder, by a name of its own, as it is reached from this desk.

    ``offset_s``: how many seconds the clock behind its file names is ahead of the desk's, as ``learned`` pairs showed.
    """

    id: int | None = pk()
    name: str = text(unique=True)
    folder: str = text()
    offset_s: int | None = count(at_least=None, optional=True)
    learned: int = count(default=0)
    added_at: int = instant()
    added_by: int = ref("staff")


class Recording(Row, table=True):
    """What a connected call owes (录音): ``due_at`` while it is owed, the file's facts once it is kept.

    ``reference`` is what whoever called named; ``file`` the path below the keeper's folder; ``digest`` the SHA-256 of
    the whole file. ``modified_ns`` is when the file was last written, so that a changed one shows without reading it.
    ``fault`` is what the last check found. The file itself is never in the database.
    """

    __table_args__ = table(
        UniqueConstraint("call"),
        UniqueConstraint("keeper", "file"),
        Index("ix_recording_due", "due_at"),
        Index("ix_recording_digest", "digest"),
        Index("ix_recording_status", "status"),
        CheckConstraint(f"status NOT IN ('kept', 'purge_asked') OR ({WHOLE})", name="ck_recording_kept"),
        CheckConstraint("due_at IS NULL OR status IN ('owed', 'named')", name="ck_recording_due"),
    )
    id: int | None = pk()
    call: int = ref("call")
    status: str = word(*RECORDING_STATES, default="owed")
    due_at: int | None = instant(optional=True)
    reference: str | None = text(optional=True)
    keeper: int | None = ref("recording_keeper", optional=True)
    file: str | None = text(optional=True)
    digest: str | None = text(optional=True)
    size: int | None = count(optional=True)
    duration_ms: int | None = count(optional=True)
    format: str | None = word(*RECORDING_FORMATS, optional=True)
    modified_ns: int | None = count(optional=True)
    fault: str | None = word(*RECORDING_FAULTS, optional=True)
    checked_at: int | None = instant(optional=True)
    at: int = instant()
    kept_at: int | None = instant(optional=True)
    kept_by: int | None = ref("staff", optional=True)
    purged_at: int | None = instant(optional=True)


class FoundRecording(Row, table=True):
    """A file a scan found and could not give to one call by itself; a person decides (待认领录音).

    ``started_at`` is when it began by its name, by the keeper's own clock; ``candidates`` are keys of ``call``.
    ``call`` is the one that was chosen, or of which it is a second copy. One that was destroyed with
    the recording it was a copy of has lost its name.
    """

    __table_args__ = table(UniqueConstraint("keeper", "file"), Index("ix_found_recording_status", "status"))
    id: int | None = pk()
    keeper: int = ref("recording_keeper")
    file: str = text()
    digest: str = text()
    size: int = count()
    duration_ms: int = count()
    format: str = word(*RECORDING_FORMATS)
    modified_ns: int = count()
    started_at: int | None = instant(optional=True)
    candidates: list[int] = json_list()
    status: str = word(*FOUND_STATES)
    call: int | None = ref("call", optional=True)
    at: int = instant()


class Destruction(Row, table=True):
    """What one person asked to have destroyed and another approved (销毁): recordings, or a case handed back.

    ``number`` and ``certificate`` are there once it is done; ``digest`` is the certificate's SHA-256. ``receipt`` is
    the creditor's, for what was handed back, and ``receipt_digest`` of the bundle it is for. ``decided_by`` is empty
    where an officer outside the desk approved.
    """

    __table_args__ = table(
        Index("ix_destruction_status", "status"),
        CheckConstraint("decided_by <> asked_by", name="ck_destruction_other_decides"),
        CheckConstraint("(status = 'done') = (certificate IS NOT NULL)", name="ck_destruction_done"),
    )
    id: int | None = pk()
    number: str | None = text(optional=True, unique=True)
    kind: str = word(*DESTRUCTION_KINDS)
    case_id: int | None = ref("case_file", optional=True)
    status: str = word(*DESTRUCTION_STATES, default="asked")
    reason: str = text()
    receipt: str | None = text(optional=True)
    receipt_digest: str | None = text(optional=True)
    asked_by: int = ref("staff")
    asked_at: int = instant()
    decided_by: int | None = ref("staff", optional=True)
    decided_at: int | None = instant(optional=True)
    done_at: int | None = instant(optional=True)
    certificate: dict[str, object] | None = json_value(optional=True)
    digest: str | None = text(optional=True)


class DestructionItem(Row, table=True):
    """One recording of a destruction: what became of it, and of one that stays why.

    ``why`` is ``removing`` from before its file is removed until that is written: what a run that broke off goes by.
    """

    __table_args__ = table(UniqueConstraint("destruction", "recording"))
    id: int | None = pk()
    destruction: int = ref("destruction")
    recording: int = ref("recording")
    outcome: str = word(*DESTRUCTION_ITEMS, default="asked")
    why: str | None = text(optional=True)
    at: int | None = instant(optional=True)
