"""The files recordings lie in, for people and for programs: what a scan found, what changed, where each keeper is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from collectdesk.desk.recordings.unfit import WHY
from collectdesk.errors import N_
from collectdesk.lang import _
from collectdesk.show.dates import local, stamp
from collectdesk.show.recordings import FINDINGS, discreet
from collectdesk.show.terminal import marks
from collectdesk.show.words import bracketed, listed, word

if TYPE_CHECKING:
    from collectdesk.desk.recordings.access import Place
    from collectdesk.desk.recordings.keepers import KeeperLine
    from collectdesk.desk.recordings.scanning import Scanned
    from collectdesk.desk.recordings.verifying import Checked

FOUND = {
    "kept": N_("kept"),
    "known": N_("known already"),
    "ambiguous": N_("of more than one call, or none sure"),
    "unmatched": N_("of no call"),
    "duplicate": N_("a copy of one that is kept"),
    "altered": N_("altered since it was kept"),
}


def scanned_text(done: Scanned) -> None:
    """What a scan did, what waits for a person, and what could not be looked at."""
    from collectdesk.show.desk import lines

    counts = [f"{word(FOUND, state)} {done.counts[state]}" for state in FOUND if done.counts[state]]
    lines(_("Keeper {name}: {counts}").format(name=done.keeper, counts=listed(counts) or _("no file of sound")))
    if done.offset_s is not None:
        said = _("Its clock is {seconds} s ahead of the desk's, as {count} files show.")
        lines(said.format(seconds=done.offset_s, count=done.learned))
    for each in done.filed:
        if each.found:
            lines(f"{each.found}  {discreet(each.file)}  {word(FOUND, each.state)}", indent=3)
    for fault in done.faults:
        lines(f"{marks().warn} {discreet(fault.file)}  {_(WHY[fault.code])}", indent=3)
    if any(each.found for each in done.filed):
        lines(_("Next: {command}").format(command="collectdesk recording choose FILE CALL"))


def scanned_json(done: Scanned) -> None:
    """One document, ``collectdesk.recording_scan/1``."""
    from collectdesk.show.jsonout import emit

    emit(
        "collectdesk.recording_scan/1",
        {
            "keeper": done.keeper,
            "counts": {state: done.counts[state] for state in FOUND},
            "offset_s": done.offset_s,
            "learned_from": done.learned,
            "files": [
                {"file": discreet(each.file), "state": each.state, "call": each.call, "how": each.how, "id": each.found}
                for each in done.filed
            ],
            "faults": [
                {"file": discreet(each.file), "code": each.code, "message": _(WHY[each.code])} for each in done.faults
            ],
        },
    )


def chosen_text(found: str, call: str | None) -> None:
    """Which call it is of."""
    from collectdesk.show.desk import lines

    said = _("{file} is the recording of {call}.") if call else _("{file} is no call's recording.")
    lines(said.format(file=found, call=call or ""))


def chosen_json(found: str, call: str | None) -> None:
    """One document, ``collectdesk.recording_choice/1``."""
    from collectdesk.show.jsonout import emit

    emit("collectdesk.recording_choice/1", {"id": found, "call": call})


def verified_text(found: Sequence[Checked]) -> None:
    """How many are as they were kept, and each that is not."""
    from collectdesk.show.desk import lines

    if not found:
        lines(_("No recording is kept here."))
        return
    good = sum(each.found == "ok" for each in found)
    lines(_("{good} of {all} recordings are as they were kept.").format(good=good, all=len(found)))
    for each in found:
        if each.found != "ok":
            lines(f"{marks().warn} {each.call}  {each.keeper}  {word(FINDINGS, each.found)}", indent=3)


def verified_json(found: Sequence[Checked]) -> None:
    """One document, ``collectdesk.recording_verify/1``."""
    from collectdesk.show.jsonout import emit

    bad = [{"call": each.call, "keeper": each.keeper, "found": each.found} for each in found if each.found != "ok"]
    emit(
        "collectdesk.recording_verify/1",
        {"counts": dict(sorted(Counter(each.found for each in found).items())), "faults": bad},
    )


def place_text(place: Place) -> None:
    """Where it is."""
    from collectdesk.show.terminal import out

    out().print(str(place.path), soft_wrap=True)


def place_json(place: Place) -> None:
    """One document, ``collectdesk.recording_place/1``."""
    from collectdesk.show.jsonout import emit

    emit("collectdesk.recording_place/1", {**place._asdict(), "path": str(place.path)})


def keepers_text(found: Sequence[KeeperLine], zone: tzinfo) -> None:
    """Each keeper, its clock and its folder."""
    from collectdesk.show.tables import facts
    from collectdesk.show.terminal import out

    console = out()
    if not found:
        console.print(" " + _("No recording is kept yet: collectdesk recording scan FOLDER"))
    for row in found:
        ahead = _("not learned yet") if row.offset_s is None else f"{row.offset_s:+} s" + bracketed(str(row.learned))
        pairs = [(_("Keeper"), row.name), (_("Folder"), row.folder), (_("Clock ahead"), ahead)]
        console.print(facts(console, [*pairs, (_("Since"), stamp(local(row.added_at, zone)))]))
        console.print()


def keepers_json(found: Sequence[KeeperLine], zone: tzinfo) -> None:
    """One document, ``collectdesk.recording_keepers/1``."""
    from collectdesk.show.jsonout import emit

    rows = [
        {
            "name": row.name,
            "folder": row.folder,
            "offset_s": row.offset_s,
            "learned_from": row.learned,
            "added_at": local(row.added_at, zone),
        }
        for row in found
    ]
    emit("collectdesk.recording_keepers/1", {"keepers": rows})
