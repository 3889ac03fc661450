"""Recordings for people and for programs; a path is told only where somebody gave a reason for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from msgspec.structs import replace

from collectdesk.errors import N_
from collectdesk.lang import _
from collectdesk.show import lives
from collectdesk.show.dates import local, stamp
from collectdesk.show.masking import mask_number
from collectdesk.show.terminal import marks
from collectdesk.show.words import listed, word

if TYPE_CHECKING:
    from collectdesk.desk.recordings.listing import FoundLine, Line
    from collectdesk.desk.steps_taken import Taken

FINDINGS = {
    "missing": N_("missing"),
    "overdue": N_("missing and overdue"),
    "absent": N_("absent for good"),
    "mismatched": N_("other length than the call"),
    "duplicate": N_("same as another call's"),
    "altered": N_("altered"),
    "vanished": N_("vanished"),
    "unreadable": N_("unreadable"),
    "changed": N_("written to since"),
    "changing": N_("being written to"),
    "away": N_("its folder is away"),
    "ok": N_("as it was kept"),
}
COLUMNS = (
    "call", "case", "collector", "at", "state", "due_at", "reference", "keeper", "sha256", "bytes", "format",
    "duration_ms", "call_s", "findings",
)  # fmt: skip
NUMBER = re.compile(r"\d{7,}")
"""From seven digits on what stands in a file's name may be somebody's number."""


def list_text(found: Sequence[Line], unclaimed: Sequence[FoundLine], zone: tzinfo) -> None:
    """What is wrong with which call's recording, then the files nobody claimed."""
    from collectdesk.show.tables import Column, table
    from collectdesk.show.terminal import out

    console = out()
    if not found and not unclaimed:
        console.print(" " + _("Nothing is wrong with any recording."))
        return
    if found:
        columns = [
            Column(_("Call"), "id"),
            Column(_("Case"), "id"),
            Column(_("Staff"), "id"),
            Column(_("When"), "date"),
        ]
        columns += [Column(_("Length"), "number"), Column(_("Call's"), "number"), Column(_("State"))]
        console.print(table(console, columns, [_row(each, zone) for each in found]))
    if unclaimed:
        console.print()
        console.print(" " + _("Files a person has to claim:"))
        columns = [Column(_("Id"), "id"), Column(_("Length"), "number"), Column(_("May be of")), Column(_("File"))]
        rows = [[each.found, _clock(each.duration_ms), _may_be(each), discreet(each.file)] for each in unclaimed]
        console.print(table(console, columns, rows))
        console.print(" collectdesk recording choose " + unclaimed[0].found + " CALL")


def _row(each: Line, zone: tzinfo) -> list[str]:
    said = listed(word(FINDINGS, finding) for finding in each.findings)
    length = _clock(each.duration_ms) if each.duration_ms is not None else "-"
    spoken = _clock(each.call_s * 1000) if each.call_s is not None else "-"
    when = stamp(local(each.at, zone))
    return [each.call, each.case, each.collector, when, length, spoken, said or lives.state("recording", each.state)]


def list_json(found: Sequence[Line], unclaimed: Sequence[FoundLine], zone: tzinfo) -> None:
    """One document, ``collectdesk.recordings/1``."""
    from collectdesk.show.jsonout import emit

    counts = Counter(finding for each in found for finding in each.findings)
    document = {
        "counts": dict(sorted(counts.items())),
        "recordings": [line_wire(each, zone) for each in found],
        "unclaimed": [
            {
                "id": each.found,
                "state": each.state,
                "keeper": each.keeper,
                "file": discreet(each.file),
                "started_at": local(each.started_at, zone) if each.started_at is not None else None,
                "duration_ms": each.duration_ms,
                "format": each.format,
                "candidates": list(each.candidates),
                "copy_of": each.of,
            }
            for each in unclaimed
        ],
    }
    emit("collectdesk.recordings/1", document)


def list_csv(found: Sequence[Line], zone: tzinfo) -> None:
    """A line a recording."""
    from collectdesk.show.csvout import emit_csv

    rows = []
    for each in found:
        wire = line_wire(each, zone)
        rows.append([" ".join(each.findings) if name == "findings" else wire[name] for name in COLUMNS])
    emit_csv(COLUMNS, rows)


def line_wire(each: Line, zone: tzinfo) -> dict[str, object]:
    """A recording as JSON has it."""
    return {
        "call": each.call,
        "case": each.case,
        "collector": each.collector,
        "at": local(each.at, zone),
        "state": each.state,
        "due_at": local(each.due_at, zone) if each.due_at is not None else None,
        "reference": discreet(each.reference) if each.reference else None,
        "keeper": each.keeper,
        "sha256": each.digest,
        "bytes": each.size,
        "format": each.format,
        "duration_ms": each.duration_ms,
        "call_s": each.call_s,
        "findings": list(each.findings),
    }


def one_text(each: Line, steps: Sequence[Taken], zone: tzinfo) -> None:
    """A recording's facts and its life."""
    from collectdesk.desk.lifecycle import lifecycle
    from collectdesk.show.stepwords import step_lines
    from collectdesk.show.tables import facts
    from collectdesk.show.terminal import out

    console = out()
    pairs = [
        (_("Call"), "   ".join((each.call, each.case, each.collector, stamp(local(each.at, zone))))),
        (_("State"), listed([lives.state("recording", each.state), *(word(FINDINGS, one) for one in each.findings)])),
        (_("Due"), stamp(local(each.due_at, zone)) if each.due_at is not None else "-"),
        (_("Reference"), discreet(each.reference) if each.reference else "-"),
        (_("Keeper"), each.keeper or "-"),
        (_("Format"), f"{each.format}   {_clock(each.duration_ms or 0)}   {each.size} B" if each.format else "-"),
        ("SHA-256", each.digest or "-"),
    ]
    console.print(facts(console, pairs))
    for line in step_lines([_with_finding(each) for each in steps], lifecycle("recording"), zone):
        console.print(f" {line}", soft_wrap=True)


def _with_finding(step: Taken) -> Taken:
    """A check with what it found, in words."""
    found = step.content.get("found")
    return replace(step, content={**step.content, "answer": word(FINDINGS, found)}) if found else step


def one_json(each: Line, steps: Sequence[Taken], zone: tzinfo) -> None:
    """One document, ``collectdesk.recording/1``."""
    from collectdesk.show.jsonout import emit
    from collectdesk.show.stepwords import steps_wire

    emit("collectdesk.recording/1", {**line_wire(each, zone), "steps": steps_wire(steps, zone)})


def kept_text(each: Line) -> None:
    """It is kept, and what is odd about it."""
    from collectdesk.show.desk import lines

    said = _("The recording of {call} is kept: {format}, {length}.")
    lines(said.format(call=each.call, format=each.format, length=_clock(each.duration_ms or 0)))
    lines(f"SHA-256 {each.digest}")
    if each.findings:
        lines(f"{marks().warn} " + listed(word(FINDINGS, one) for one in each.findings))


def excused_text(call: str) -> None:
    """It has none."""
    from collectdesk.show.desk import lines

    lines(_("{call} has no recording; it stays reported as absent.").format(call=call))


def excused_json(call: str) -> None:
    """One document, ``collectdesk.recording_excuse/1``."""
    from collectdesk.show.jsonout import emit

    emit("collectdesk.recording_excuse/1", {"call": call, "state": "absent"})


def discreet(name: str) -> str:
    """A file's name with the numbers that may be somebody's masked; dates and times stay."""
    from collectdesk.desk.recordings.naming import EPOCH, STAMP

    timed = [match.span() for pattern in (STAMP, EPOCH) for match in pattern.finditer(name)]

    def masked(match: re.Match[str]) -> str:
        kept = any(start <= match.start() and match.end() <= end for start, end in timed)
        return match.group() if kept else mask_number(match.group())

    return NUMBER.sub(masked, name)


def _may_be(each: FoundLine) -> str:
    if each.of:
        return _("a copy of {call}").format(call=each.of)
    return listed(each.candidates) or "-"


def _clock(milliseconds: int) -> str:
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    return f"{minutes:02}:{seconds:02}"
