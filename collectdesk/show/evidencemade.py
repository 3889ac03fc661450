"""That a bundle was made, and what checking one found, for people and for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from collectdesk.errors import N_
from collectdesk.lang import _, ngettext
from collectdesk.show.audit import FAULTS, RANGES, Fault
from collectdesk.show.terminal import marks

if TYPE_CHECKING:
    from collectdesk.desk.evidence.checking import Checked

PARTS = {
    "altered": N_("{part} is not as it was written."),
    "removed": N_("{part} is gone."),
    "inserted": N_("{part} does not belong to the bundle."),
    "cut": N_("{part} is cut off."),
    "doubled": N_("{part} is there twice."),
    "unmade": N_("{part} does not say that this bundle was made, by whom and when: its end is missing."),
}


def as_json(manifest: Mapping[str, Any], path: str) -> None:
    """One document, ``collectdesk.evidence_made/1``."""
    from collectdesk.show.jsonout import emit

    kept = ("case", "complaint", "masked", "made_at", "head", "digest", "parts")
    emit("collectdesk.evidence_made/1", {"path": path, **{name: manifest[name] for name in kept}})


def as_text(manifest: Mapping[str, Any], path: str) -> None:
    """Where it is, its digest, and what to do with it."""
    from collectdesk.show.desk import lines
    from collectdesk.show.terminal import out

    count = len(manifest["parts"]) + 1
    said = ngettext("The bundle is in {path}: {count} file.", "The bundle is in {path}: {count} files.", count)
    lines(f"{marks().yes} " + said.format(path=path, count=count))
    lines(_("Names and numbers are masked.") if manifest["masked"] else _("Names and numbers are shown in full."))
    lines(_("Its digest, to be told by another way:"))
    out().print(f" {manifest['digest']}", soft_wrap=True)
    lines(_("Anybody reads page.html; `collectdesk audit verify --bundle FILE` checks it where there is no desk."))


def checked_json(found: Checked, *, sealed: bool) -> None:
    """One document, ``collectdesk.bundle_check/1``."""
    from collectdesk.show.jsonout import emit

    emit(
        "collectdesk.bundle_check/1",
        {
            "sound": found.sound,
            "case": found.manifest.get("case"),
            "complaint": found.manifest.get("complaint"),
            "digest": found.digest or None,
            "count": found.count,
            "head": found.head or None,
            "entries": found.entries,
            "shown": found.shown,
            "against_seal": found.against_seal if sealed else None,
            "parts": [{"kind": each.kind, "part": each.part} for each in found.parts],
            "faults": [{"kind": each.kind, "seq": each.seq, "until": each.until} for each in found.faults],
        },
    )


def checked_text(found: Checked, *, sealed: bool) -> None:
    """Every fault, or that the bundle holds; what it could not show."""
    from collectdesk.show.desk import lines
    from collectdesk.show.terminal import out

    for part in found.parts:
        lines(f"{marks().no} " + _(PARTS[part.kind]).format(part=part.part))
    for fault in found.faults:
        lines(f"{marks().no} " + _worded(fault))
    if found.sound:
        count = len(found.manifest["parts"]) + 1
        said = ngettext(
            "The bundle holds: {count} file as it was made.", "The bundle holds: {count} files as made.", count
        )
        lines(f"{marks().yes} " + said.format(count=count))
        entries = ngettext(
            "Its journal: {count} entry up to the head, unbroken; {shown} about the case.",
            "Its journal: {count} entries up to the head, unbroken; {shown} about the case.",
            found.entries,
        )
        lines(f"{marks().yes} " + entries.format(count=found.entries, shown=found.shown))
    if found.digest:
        lines(_("Its digest, to be held against what you were told:"))
        out().print(f" {found.digest}", soft_wrap=True)
    if sealed and found.against_seal is False:
        lines(f"{marks().warn} " + _("The seal is of an entry outside the bundle: nothing was held against it."))
    elif sealed and found.sound:
        lines(f"{marks().yes} " + _("It holds against the seal."))
    elif not sealed:
        lines(_("A bundle made anew as a whole shows only against a seal kept outside the desk: --seal FILE."))


def _worded(fault: Fault) -> str:
    worded = RANGES.get(fault.kind) if fault.until > fault.seq else None
    return _(worded or FAULTS[fault.kind]).format(seq=fault.seq, until=fault.until)
