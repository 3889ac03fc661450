"""What the complaint commands share: options, questions, what is recorded in one go, how an act is answered."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer

from collectdesk.commands import offers
from collectdesk.errors import N_, UsageProblem
from collectdesk.lang import _, current
from collectdesk.show.prompts import Asker, Option

if TYPE_CHECKING:
    from collectdesk.desk.complaints.handling import Findings
    from collectdesk.desk.complaints.reading import Line
    from collectdesk.desk.office import Office

COMPANY = "company"
NO_GRIEVANCES: list[str] = []
NO_PIECES: list[str] = []
NO_FILES: list[Path] = []
NO_NUMBERS: list[int] = []

Complaint = Annotated[
    str,
    typer.Argument(metavar=N_("COMPLAINT"), help=N_("The complaint, such as k3."), autocompletion=offers.complaints),
]
Cause = Annotated[str, typer.Option("--cause", metavar=N_("TEXT"), help=N_("Why it came about."))]
Remedy = Annotated[str, typer.Option("--remedy", metavar=N_("TEXT"), help=N_("What is done about it."))]
Channel = Annotated[
    str,
    typer.Option(
        "--channel",
        metavar=N_("WAY"),
        help=N_("By which way: hotline, letter, email, app, visit, creditor, regulator, other."),
        autocompletion=offers.among(offers.complaint_channels),
    ),
]


def labels(office: Office) -> Callable[[str], str]:
    """What the adopted kinds of complaint are called; before it is told, that it was not."""
    found = _labelled(office)
    return lambda code: found.get(code) or (_("not told yet") if code == "untold" else code)


def line(office: Office, complaint: str) -> Line:
    """The complaint as it stands now, as far as whoever is signed in sees it."""
    from collectdesk.desk.complaints import reading

    with office.reading() as session:
        return reading.view(office, session, complaint).line


def said(json: bool, now: Line, text: str, command: str = "") -> None:
    """What was done, and what comes next; as JSON how the complaint stands now."""
    from collectdesk.show import complaints as face
    from collectdesk.show.desk import lines

    if json:
        face.complaints_json([now])
        return
    last = now.last_on.isoformat() if now.last_on else "-"
    lines(text.format(complaint=now.complaint, case=now.case, last=last))
    if now.seen and not now.closed and not command:
        lines(_("State: {state}.").format(state=face.state_of(now)))
    if command:
        lines(_("Next: {command}").format(command=command))


def ended(json: bool, now: Line, left: Sequence[str]) -> None:
    """It is closed, and what of the freeze is left."""
    from collectdesk.show.words import HOLDS, listed, word

    kinds = listed(word(HOLDS, kind) for kind in left)
    if left:
        text = _("Complaint {complaint} is closed; case {case} stays frozen: {kinds}.").replace("{kinds}", kinds)
    else:
        text = _("Complaint {complaint} is closed; case {case} is not frozen any more.")
    said(json, now, text)


def channel(asker: Asker, given: str) -> str:
    """By which way, asked where it was not given.

    Raises:
        UsageProblem: no such way.
    """
    from collectdesk.show.complaints import CHANNELS

    known = [code for code in CHANNELS if code != "call"]
    if not given:
        return asker.select(_("By which way?"), [Option(code, _(CHANNELS[code])) for code in known], flag="--channel")
    if given not in CHANNELS:
        raise UsageProblem(
            "no_such_channel", N_("There is no such way."), hint=N_("One of: {codes}."), codes=" ".join(known)
        )
    return given


def category(asker: Asker, office: Office) -> str:
    """What kind of complaint."""
    found = _labelled(office)
    return asker.select(
        _("What is the complaint about?"), [Option(code, label) for code, label in found.items()], flag="--category"
    )


def about(asker: Asker) -> str:
    """Whom it is about: a staff number, or nothing for the company."""
    from collectdesk.show.terminal import interactive

    if not interactive():
        return COMPANY
    return (
        asker.text(_("Staff number of whom it is about (empty: the company)"), flag="--about", optional=True) or COMPANY
    )


def outcome(asker: Asker, given: str) -> Literal["upheld", "dismissed"]:
    """Whether it is right.

    Raises:
        UsageProblem: it is neither.
    """
    from collectdesk.show.complaints import OUTCOMES

    known = ("upheld", "dismissed")
    if not given:
        given = asker.select(_("Is it right?"), [Option(code, _(OUTCOMES[code])) for code in known], flag="--outcome")
    if given not in known:
        raise UsageProblem(
            "no_such_outcome", N_("It is upheld or dismissed."), hint=N_("Give {flag}."), flag="--outcome"
        )
    return cast("Literal['upheld', 'dismissed']", given)


def why(asker: Asker, office: Office, complaint: str, decided: str, cause: str, remedy: str) -> tuple[str, str]:
    """Cause and remedy, asked where neither was given nor recorded before, and there is somebody to ask."""
    from collectdesk.desk.complaints import reading
    from collectdesk.show.terminal import interactive

    if not interactive():
        return cause, remedy
    with office.reading() as session:
        row = reading.view(office, session, complaint).row
    if not (cause or row.cause):
        cause = asker.text(_("Why did it come about?"), flag="--cause")
    if decided == "upheld" and not (remedy or row.remedy):
        remedy = asker.text(_("What is done about it?"), flag="--remedy")
    return cause, remedy


def findings(
    *,
    cause: str,
    remedy: str,
    grievances: Sequence[str],
    category: str,
    about: str,
    evidence: Sequence[str],
    files: Sequence[Path],
) -> Findings:
    """What the options of ``complaint record`` say: with a grievance, kind and subject are the grievance's.

    Raises:
        UsageProblem: a grievance without its kind, or more files than pieces of evidence.
        NotFound: a file is not there.
    """
    from collectdesk.desk.complaints.handling import Evidence, Findings

    if grievances and not category:
        raise UsageProblem("category_missing", N_("Say what kind of grievance it is."), hint=N_("Give --category."))
    if len(files) > len(evidence):
        raise UsageProblem("file_unnamed", N_("Each --file needs its --evidence."))
    digests = [digest(file) for file in files]
    pieces = [Evidence(name, digests[index] if index < len(digests) else None) for index, name in enumerate(evidence)]
    subject = "" if about == COMPANY else about
    return Findings(
        cause=cause,
        remedy=remedy,
        about="" if grievances else about,
        grievances=[(category, words, subject) for words in grievances],
        evidence=pieces,
    )


def digest(file: Path) -> str:
    """The SHA-256 of a file.

    Raises:
        NotFound: it is not there, or cannot be read.
    """
    from collectdesk.errors import NotFound

    try:
        with file.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError:
        raise NotFound("no_such_file", N_("The file is not there, or cannot be read.")) from None


def _labelled(office: Office) -> dict[str, str]:
    from collectdesk.desk import adoption

    with office.reader.connect() as connection:
        found = adoption.in_force(connection, "codes", office.now())
    speak: Literal["zh_CN", "en"] = "zh_CN" if current() == "zh_CN" else "en"
    return {code.code: code.label.in_(speak) for each in found for code in each.value.fields["complaint"].codes}
