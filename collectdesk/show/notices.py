"""Letters and notices, for people and for programs: what was made, where it stands, what is owed; never the text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any

from collectdesk.desk.lifecycle import lifecycle
from collectdesk.errors import N_
from collectdesk.lang import _, current
from collectdesk.show.masking import name_wire
from collectdesk.show.stepwords import at, state_word, step_lines, steps_wire
from collectdesk.show.words import bracketed, listed, word

if TYPE_CHECKING:
    from collectdesk.desk.adoptable import Adopted
    from collectdesk.desk.notices.due import Due
    from collectdesk.desk.notices.letterbox import View
    from collectdesk.desk.notices.making import Letter
    from collectdesk.show.masking import Masks

LIFE = "letter"
KINDS = {
    "collection_start": N_("collection begins"),
    "validation": N_("check the debt"),
    "debt": N_("the debt"),
    "outsourcing": N_("an agency collects"),
    "assignment": N_("the claim was assigned"),
    "adverse_credit": N_("adverse credit to be reported"),
    "dispute_and_sue": N_("dispute, and lawsuit intended"),
}
WAYS = {
    "letter": N_("by post"),
    "hand": N_("by hand"),
    "email": N_("by email"),
    "app": N_("in the app"),
    "text": N_("by text message"),
}
ORIGINS = {
    "rendered": N_("made here"),
    "outside": N_("sent by others, vouched for"),
    "imported": N_("came with a file"),
}
COLUMNS = ("letter", "number", "kind", "state", "case", "origin", "made_at", "sent_at", "received_at", "returned_at")


def made_text(letter: Letter) -> None:
    """A letter was made."""
    from collectdesk.show.desk import lines

    lines(
        _("Letter {number} ({name}) is in {file}.").format(number=letter.number, name=letter.name, file=letter.path),
        f"sha256 {letter.digest}",
        _("Next: {command}").format(command=f"collectdesk notice log {letter.name} --act sent"),
    )


def sender_text(company: str, address: str) -> None:
    """Where letters come back to, as it stands on them."""
    from collectdesk.show.desk import lines

    if address:
        lines(company, *address.splitlines())
    else:
        lines(
            _("No address is set, so letters do not say where they come back to."),
            _("Next: {command}").format(command="collectdesk notice sender --address …"),
        )


def sender_json(company: str, address: str) -> None:
    """One document, ``collectdesk.letter_sender/1``."""
    from collectdesk.show.jsonout import emit

    emit("collectdesk.letter_sender/1", {"company": company, "address": address or None})


def made_json(letter: Letter) -> None:
    """One document, ``collectdesk.letter_made/1``."""
    from collectdesk.show.jsonout import emit

    told = {"letter": letter.name, "number": letter.number, "file": str(letter.path), "sha256": letter.digest}
    emit("collectdesk.letter_made/1", told)


def as_text(views: Sequence[View], zone: tzinfo) -> None:
    """One line each, the newest first."""
    from collectdesk.show.tables import Column, table
    from collectdesk.show.terminal import out

    console = out()
    if not views:
        console.print(" " + _("No letter has been made."))
        return
    columns = [Column(_("Id"), "id"), Column(_("Letter number"), "id"), Column(_("Case"), "id"), Column(_("Notice"))]
    columns += [Column(_("State")), Column(_("Sent"), "date")]
    rows = [
        [
            view.name, view.number or "-", view.case, word(KINDS, view.kind), state_word(lifecycle(LIFE), view.status),
            _day(view.notice.sent_at, zone) if view.notice else "-",
        ]
        for view in views
    ]  # fmt: skip
    console.print(table(console, columns, rows))


def one_text(view: View, zone: tzinfo, masks: Masks) -> None:
    """One letter: whose, from which template, its digests, what became of it."""
    from collectdesk.show.tables import facts
    from collectdesk.show.terminal import out

    console, row, life = out(), view.letter, lifecycle(LIFE)
    assert row is not None
    pairs = [
        (_("Letter"), "   ".join(filter(None, (view.number, view.name, word(KINDS, view.kind))))),
        (_("Case"), view.case),
        (_("To"), masks.name(view.person)),
        (_("From"), word(ORIGINS, row.origin)),
        (_("State"), state_word(life, row.status)),
    ]
    if row.template:
        pairs.append((_("Template"), f"{row.template} {row.version}"))
        pairs.append(("sha256 html", row.html_digest or ""))
        pairs.append(("sha256 text", row.plain_digest or ""))
    if row.way:
        sent = _day(view.notice.sent_at, zone) if view.notice else _("not yet")
        pairs.append((_("Sent"), listed(filter(None, (sent, word(WAYS, row.way), row.tracking or "")))))
    if row.evidence:
        pairs.append((_("Evidence"), row.evidence))
    console.print(facts(console, pairs))
    console.print()
    for line in step_lines(view.steps, life, zone):
        console.print(" " + line, soft_wrap=True, markup=False, highlight=False)
    following = [move.title.in_("zh_CN" if current() == "zh_CN" else "en") for move in life.open_to(row.status)]
    if following:
        console.print()
        console.print(" " + _("What can be done: {acts}.").format(acts=listed(following)))


def one_wire(view: View, zone: tzinfo) -> dict[str, object]:
    """One letter by its keys."""
    row, notice = view.letter, view.notice
    return {
        "letter": view.name,
        "number": view.number,
        "kind": view.kind,
        "state": view.status,
        "case": view.case,
        "origin": row.origin if row else "imported",
        "made_at": at(row.made_at, zone) if row else None,
        "sent_at": at(notice.sent_at, zone) if notice else None,
        "received_at": at(notice.received_at, zone) if notice else None,
        "returned_at": at(notice.returned_at, zone) if notice else None,
    }


def one_json(view: View, zone: tzinfo, masks: Masks) -> None:
    """One document, ``collectdesk.letter/1``."""
    from collectdesk.show.jsonout import emit

    row = view.letter
    assert row is not None
    told = {
        **one_wire(view, zone),
        "to": name_wire(view.person, masks.name),
        "made_by": view.maker,
        "template": row.template,
        "version": row.version,
        "template_digest": row.template_digest,
        "html_sha256": row.html_digest,
        "text_sha256": row.plain_digest,
        "language": row.lang,
        "way": row.way,
        "tracking": row.tracking,
        "evidence": row.evidence,
        "can": [move.act for move in lifecycle(LIFE).open_to(row.status)],
        "steps": steps_wire(view.steps, zone),
    }
    emit("collectdesk.letter/1", told)


def as_json(views: Sequence[View], zone: tzinfo) -> None:
    """One document, ``collectdesk.letters/1``."""
    from collectdesk.show.jsonout import emit

    emit("collectdesk.letters/1", {"letters": [one_wire(view, zone) for view in views]})


def as_csv(views: Sequence[View], zone: tzinfo) -> None:
    """The same rows as CSV."""
    from collectdesk.show.csvout import emit_csv

    emit_csv(COLUMNS, [list(one_wire(view, zone).values()) for view in views])


def templates_text(found: Sequence[Adopted]) -> None:
    """The templates in force, each with what it asks whoever makes it."""
    from collectdesk.show.tables import Column, table
    from collectdesk.show.terminal import out

    console, speak = out(), current()
    columns = [Column(_("Template"), "id"), Column(_("Version"), "id"), Column(_("Title")), Column(_("To be given"))]
    rows = [
        [each.name, each.version, each.value.title.in_(speak), listed(_asked(one, speak) for one in each.value.asked)]
        for each in found
    ]
    console.print(table(console, columns, rows))


def templates_json(found: Sequence[Adopted]) -> None:
    """One document, ``collectdesk.templates/1``."""
    from collectdesk.show.jsonout import emit

    rows = [
        {
            "template": each.name,
            "version": each.version,
            "digest": each.digest,
            "kind": each.value.kind,
            "senders": list(each.value.senders),
            "asked": [{"name": one.name, "kind": one.kind} for one in each.value.asked],
        }
        for each in found
    ]
    emit("collectdesk.templates/1", {"templates": rows})


def due_text(found: Sequence[Due]) -> None:
    """What open cases lack, by kind of notice."""
    from collectdesk.show.tables import facts
    from collectdesk.show.terminal import out

    console = out()
    if not found:
        console.print(" " + _("Every open case has the notices that must precede a call."))
        return
    for each in found:
        more = "" if each.many <= len(each.cases) else " …"
        pairs = [
            (_("Notice"), word(KINDS, each.kind)),
            (_("Rule"), each.rule),
            (_("Cases"), f"{each.many}: {' '.join(each.cases)}{more}"),
        ]
        console.print(facts(console, pairs))
        console.print()


def due_json(found: Sequence[Due]) -> None:
    """One document, ``collectdesk.notices_due/1``."""
    from collectdesk.show.jsonout import emit

    rows = [{"kind": each.kind, "rule": each.rule, "count": each.many, "cases": list(each.cases)} for each in found]
    emit("collectdesk.notices_due/1", {"due": rows})


def verified_text(view: View) -> None:
    """A file is what was made."""
    from collectdesk.show.desk import lines
    from collectdesk.show.terminal import marks

    said = _("This is letter {number} of case {case}, as it was made.").format(number=view.number, case=view.case)
    lines(f"{marks().yes} {said}")


def _asked(asked: Any, speak: str) -> str:  # noqa: ANN401 - the desk's own type, which the face only reads
    return f"{asked.name}{bracketed(asked.title.in_(speak))}"


def _day(seconds: int | None, zone: tzinfo) -> str:
    return "-" if seconds is None else datetime.fromtimestamp(seconds, UTC).astimezone(zone).strftime("%Y-%m-%d")
