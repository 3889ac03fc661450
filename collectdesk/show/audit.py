"""What reading the journal found, in words and as a document."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from collectdesk.errors import N_
from collectdesk.lang import _, ngettext
from collectdesk.show.terminal import marks

FAULTS = {
    "changed": N_("Entry {seq} is not as it was written."),
    "removed": N_("Entry {seq} is gone."),
    "inserted": N_("Entry {seq} was not appended in its turn."),
    "cut_off": N_("The end is cut off: entry {seq} is gone."),
    "rewritten": N_("The journal up to entry {seq} is not the one that was sealed."),
    "unlinked": N_("Entry {until} does not follow the one before it: one of the two is not as it was written."),
    "trigger_missing": N_("The database no longer refuses changes of the journal."),
}
RANGES = {
    "removed": N_("Entries {seq} to {until} are gone."),
    "inserted": N_("Entries {seq} to {until} were not appended in their turn."),
    "cut_off": N_("The end is cut off: entries {seq} to {until} are gone."),
}


class Fault(Protocol):
    """One finding: its kind and the entries it is about."""

    @property
    def kind(self) -> str:
        """One of ``FAULTS``."""

    @property
    def seq(self) -> int:
        """The first entry."""

    @property
    def until(self) -> int:
        """The last entry."""


class Found(Protocol):
    """The outcome of reading the journal."""

    @property
    def count(self) -> int:
        """How many entries were read."""

    @property
    def head(self) -> str:
        """The hash of the last."""

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong."""


def as_json(found: Found, *, sealed: bool) -> None:
    """One document, ``collectdesk.audit/1``."""
    from collectdesk.show.jsonout import emit

    faults = [{"kind": each.kind, "seq": each.seq, "until": each.until} for each in found.faults]
    sound = not found.faults
    emit(
        "collectdesk.audit/1",
        {"sound": sound, "count": found.count, "head": found.head, "against_seal": sealed, "faults": faults},
    )


def as_text(found: Found, *, sealed: bool) -> None:
    """Every fault, or that there is none."""
    from collectdesk.show.desk import lines

    for fault in found.faults:
        worded = RANGES.get(fault.kind) if fault.until > fault.seq else None
        lines(f"{marks().no} " + _(worded or FAULTS[fault.kind]).format(seq=fault.seq, until=fault.until))
    if not found.faults:
        said = ngettext(
            "The journal holds: {count} entry, unbroken.", "The journal holds: {count} entries, unbroken.", found.count
        )
        lines(f"{marks().yes} " + said.format(count=found.count))
    if not sealed:
        lines(_("A tail that was cut off shows only against a seal: --seal FILE."))


def sealed(head: str, count: int, at: datetime, file: str | None) -> None:
    """A seal, in the form that can be typed back; the file it was left in.

    Args:
        head: the last entry's hash.
        count: how many entries there are.
        at: the local time.
        file: where it was written as well.
    """
    from collectdesk.show.dates import stamp
    from collectdesk.show.desk import lines
    from collectdesk.show.terminal import out

    said = ngettext(
        "Sealed {time}: {count} entry. The seal, as HEAD:COUNT:",
        "Sealed {time}: {count} entries. The seal, as HEAD:COUNT:",
        count,
    )
    lines(said.format(time=stamp(at), count=count))
    out().print(f" {head}:{count}", soft_wrap=True)
    if file:
        lines(_("Written to {file}.").format(file=file))
    lines(_("Keep it outside the desk; `collectdesk audit verify --seal` holds the journal against it."))
