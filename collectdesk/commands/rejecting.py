"""What commands that bring a file in do with lines they refuse: name them, or write them beside the file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from collectdesk.errors import N_, BadData, Problem
from collectdesk.lang import _

if TYPE_CHECKING:
    from collectdesk.desk.importing.finding import Finding
    from collectdesk.desk.rejects import Readable


def refused(file: Path, lines: int, found: Sequence[Finding]) -> Problem:
    """Why a file was refused whole: so many of its ``lines`` cannot be used."""
    from collectdesk.desk.rejects import place_for
    from collectdesk.show.importing import wire

    bad = len({finding.line for finding in found if finding.severity == "error"})
    problem = BadData(
        "lines_refused",
        N_("{good} lines can be used, {bad} cannot. Nothing was written."),
        hint=N_("--skip-bad imports the others and writes these to {rejects}; --json lists what is wrong."),
        good=max(0, lines - bad),
        bad=bad,
        rejects=place_for(file).name,
    )
    problem.details = {"findings": wire(found)}
    return problem


def leave_rejects(file: Path, read: Readable, found: Sequence[Finding]) -> Path:
    """Write the refused lines beside the file, each with its reason; where."""
    from collectdesk.desk import rejects
    from collectdesk.show.csvout import csv_text
    from collectdesk.show.importing import sentence

    reasons = {line: " ".join(sentence(each) for each in told) for line, told in rejects.by_line(found).items()}
    headings, lines = rejects.padded(*rejects.refused(read, reasons), _("Reason"))
    target = rejects.place_for(file)
    rejects.leave(target, csv_text(headings, lines))
    return target
