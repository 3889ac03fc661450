"""Courses, what is due, changed texts and sessions of exchange, for people and for programs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING

from collectdesk.desk.adopted_text import Lang, cited, weakest
from collectdesk.errors import N_
from collectdesk.lang import _, current, ngettext
from collectdesk.show.exam import CONFIDENCE, STATES
from collectdesk.show.lacking import text_word
from collectdesk.show.words import SECTIONS, listed, word

if TYPE_CHECKING:
    from collectdesk.desk.training.due import Due
    from collectdesk.desk.training.exchanges import Held
    from collectdesk.desk.training.reading import News
    from collectdesk.desk.training.record import Tried
    from collectdesk.desk.training.shelf import Shelf, Taught

DUE = {
    "vetting": N_("vetting"),
    "confidentiality": N_("confidentiality pledge"),
    "exam": N_("exam"),
    "refresher": N_("refresher: the exam again"),
    "reading": N_("read {text}"),
    "retest": N_("the exam again, since {text}"),
    "retraining": N_("learn {text} again, then pass its exam"),
    "tries": N_("no tries left at {text}: a lead opens another round"),
}
LONGEST = 60
"""Changed lines shown before they are cut; the text itself is shown by ``rules show``."""


def shelf_text(found: Shelf, zone: tzinfo) -> None:
    """Each course, and how one stands."""
    from collectdesk.show.desk import lines

    if not found.courses:
        lines(
            _("This desk has adopted no course."),
            _("Next: {command}").format(command="collectdesk rules adopt --shipped"),
        )
        return
    for each in found.courses:
        sections = listed(_(SECTIONS[one.name]) for one in each.course.sections)
        asked = ngettext("{count} question", "{count} questions", each.asked).format(count=each.asked)
        lines(f"{each.name}  {each.course.title.in_(_lang())}  {each.version}", f"{asked}  {sections}")
        if each.outdated:
            lines(_("Not asked, as the rules here say otherwise: {ids}.").format(ids=", ".join(each.outdated)))
        if each.last is not None and each.last.ended_at is not None:
            day = _day(each.last.ended_at, zone)
            score = "" if each.last.score is None else f"  {each.last.score}/100"
            lines(_("Last: {state}, {day}").format(state=word(STATES, each.last.status), day=day) + score)
        lines(_("Tries left: {left} of {of}").format(left=each.tries.left, of=each.tries.of), "")
    if found.certified:
        until = found.until.isoformat() if found.until else _("no end")
        lines(_("Your exam counts through {day}.").format(day=until))
    else:
        lines(_("You have passed no exam yet."), _("Next: {command}").format(command="collectdesk train take"))


def shelf_json(found: Shelf, zone: tzinfo) -> None:
    """One document, ``collectdesk.courses/1``."""
    from collectdesk.show.jsonout import emit

    rows = [
        {
            "course": each.name,
            "version": each.version,
            "digest": each.digest,
            "title": {"zh_CN": each.course.title.zh_CN, "en": each.course.title.en},
            "sections": [one.name for one in each.course.sections],
            "questions": each.asked,
            "not_asked": list(each.outdated),
            "tries": {"left": each.tries.left, "of": each.tries.of, "next_at": _at(each.tries.next_at, zone)},
            "last": None if each.last is None else tried_wire(each.last, zone),
        }
        for each in found.courses
    ]
    emit("collectdesk.courses/1", {"courses": rows, "certified": found.certified, "until": found.until})


def course_text(found: Taught) -> None:
    """What there is to learn, section by section, each point with its source; then questions where asked for."""
    from collectdesk.show.desk import lines

    lines(f"{found.course.title.in_(_lang())}  {found.version}", "")
    for section in found.sections:
        lines(section.title.in_(_lang()))
        for point in section.points:
            lines(point.in_(_lang()), indent=3)
            lines(_source(found, point.cite), indent=5)
        lines("")
    for item in found.questions:
        lines(f"{item.id}  {item.ask.in_(_lang())}")
        lines(*(f"{'*' if each.right else '-'} {each.in_(_lang())}" for each in item.options), indent=3)
        lines(item.why.in_(_lang()), _source(found, item.cite), "", indent=3)


def course_json(found: Taught) -> None:
    """One document, ``collectdesk.course/1``; the sources stand with everything taught."""
    from collectdesk.show.jsonout import emit

    sections = [
        {
            "section": each.name,
            "title": {"zh_CN": each.title.zh_CN, "en": each.title.en},
            "weight": each.weight,
            "points": [
                {"zh_CN": point.zh_CN, "en": point.en, **_source_wire(found, point.cite)} for point in each.points
            ],
        }
        for each in found.sections
    ]
    questions = [
        {
            "id": item.id,
            "section": item.section,
            "ask": {"zh_CN": item.ask.zh_CN, "en": item.ask.en},
            "options": [{"zh_CN": each.zh_CN, "en": each.en, "right": each.right} for each in item.options],
            "why": {"zh_CN": item.why.zh_CN, "en": item.why.en},
            **_source_wire(found, item.cite),
        }
        for item in found.questions
    ]
    emit(
        "collectdesk.course/1",
        {"course": found.name, "version": found.version, "sections": sections, "questions": questions},
    )


def due_word(each: Due) -> str:
    """One thing that is due."""
    text = word(SECTIONS, each.name) if each.kind == "retraining" else text_word(each.name)
    return _(DUE[each.kind]).format(text=text) if each.kind in DUE else each.kind


def due_text(found: Sequence[tuple[str, Sequence[Due]]]) -> None:
    """By staff number: what, by when, whether it bars calls, what to type."""
    from collectdesk.show.tables import Column, table
    from collectdesk.show.terminal import marks, out

    console = out()
    owing = [(number, each) for number, dues in found for each in dues]
    if not owing:
        console.print(" " + _("Nothing is due."))
        return
    columns = [Column(_("No."), "id"), Column(_("Due"), "date"), Column(_("What")), Column(_("What to type"))]
    rows = [
        [
            number,
            f"{marks().no if each.bars else ' '} {each.due_on.isoformat() if each.due_on else '-'}",
            due_word(each),
            each.command,
        ]
        for number, each in owing
    ]
    console.print(table(console, columns, rows))
    if any(each.bars for _number, each in owing):
        console.print(f" {marks().no} " + _("bars calls until it is done."))


def due_json(found: Sequence[tuple[str, Sequence[Due]]]) -> None:
    """One document, ``collectdesk.train_due/1``."""
    from collectdesk.show.jsonout import emit

    emit("collectdesk.train_due/1", {"due": [due_wire(number, each) for number, dues in found for each in dues]})


def due_wire(number: str, each: Due) -> dict[str, object]:
    """One thing that is due."""
    return {
        "staff": number,
        "kind": each.kind,
        "name": each.name or None,
        "due_on": each.due_on,
        "bars": each.bars,
        "command": each.command,
    }


def nothing_to_read(*, json: bool) -> None:
    """Nothing changed that was not read."""
    from collectdesk.show.desk import lines
    from collectdesk.show.jsonout import emit

    emit("collectdesk.train_read/1", {"text": None, "read": False}) if json else lines(_("Nothing is to be read."))


def news_text(found: News) -> None:
    """What is new in a text: lines that came with ``+``, lines that went with ``-``."""
    from collectdesk.show.desk import lines
    from collectdesk.show.terminal import say

    head = _("{text}, version {version}; to be read by {day}").format(
        text=text_word(found.changed.code), version=found.changed.version, day=found.changed.due_on.isoformat()
    )
    lines(head, "")
    for each in found.lines[:LONGEST]:
        say(f"   {each}")
    if len(found.lines) > LONGEST:
        rest = len(found.lines) - LONGEST
        lines(ngettext("{count} more line", "{count} more lines", rest).format(count=rest), indent=3)
    lines("")


def news_json(found: News, *, read: bool) -> None:
    """One document, ``collectdesk.train_read/1``."""
    from collectdesk.show.jsonout import emit

    emit(
        "collectdesk.train_read/1",
        {
            "text": found.changed.code,
            "version": found.changed.version,
            "before": found.before,
            "digest": found.changed.digest,
            "due_on": found.changed.due_on,
            "lines": list(found.lines),
            "read": read,
        },
    )


def was_read(found: News, *, read: bool) -> None:
    """Whether it was written down."""
    from collectdesk.show.desk import lines

    if not read:
        lines(_("Not written down; it stays due."))
        return
    lines(_("Written down: you have read {text}.").format(text=text_word(found.changed.code)))
    if found.changed.retest:
        lines(_("Next: {command}").format(command="collectdesk train take"))


def history_text(found: Sequence[Tried], zone: tzinfo) -> None:
    """Attempts, the newest first."""
    from collectdesk.show.tables import Column, table
    from collectdesk.show.terminal import out

    console = out()
    if not found:
        console.print(" " + _("No exam was sat."))
        return
    columns = [
        Column(_("Begun"), "date"),
        Column(_("Course"), "id"),
        Column(_("Version"), "id"),
        Column(_("State")),
        Column(_("Score"), "number"),
        Column(_("Course's digest"), "id"),
    ]
    rows = [
        [
            _stamp(each.started_at, zone),
            "  ".join(filter(None, (each.course, word(SECTIONS, each.section) if each.section else ""))),
            each.version,
            word(STATES, each.status),
            "-" if each.score is None else str(each.score),
            each.digest[:12],
        ]
        for each in found
    ]
    console.print(table(console, columns, rows))


def history_json(number: str, found: Sequence[Tried], zone: tzinfo) -> None:
    """One document, ``collectdesk.train_history/1``."""
    from collectdesk.show.jsonout import emit

    emit("collectdesk.train_history/1", {"staff": number, "attempts": [tried_wire(each, zone) for each in found]})


def tried_wire(each: Tried, zone: tzinfo) -> dict[str, object]:
    """One attempt."""
    return {
        "attempt": each.attempt,
        "course": each.course,
        "section": each.section,
        "version": each.version,
        "digest": each.digest,
        "seed": each.seed,
        "status": each.status,
        "score": each.score,
        "pass_mark": each.pass_mark,
        "started_at": _at(each.started_at, zone),
        "ended_at": _at(each.ended_at or 0, zone),
    }


def exchanges_text(found: Sequence[Held]) -> None:
    """Sessions, the newest first."""
    from collectdesk.show.tables import Column, table
    from collectdesk.show.terminal import out

    console = out()
    if not found:
        console.print(" " + _("No session was logged."))
        return
    columns = [Column(_("Held on"), "date"), Column(_("Topic")), Column(_("Took part")), Column(_("Logged by"), "id")]
    rows = [[each.held_on, each.topic, ", ".join(each.took_part), each.by] for each in found]
    console.print(table(console, columns, rows))


def exchanges_json(found: Sequence[Held]) -> None:
    """One document, ``collectdesk.train_exchanges/1``."""
    from collectdesk.show.jsonout import emit

    rows = [
        {
            "id": each.id,
            "held_on": each.held_on,
            "topic": each.topic,
            "minutes": each.minutes,
            "took_part": list(each.took_part),
            "by": each.by,
        }
        for each in found
    ]
    emit("collectdesk.train_exchanges/1", {"exchanges": rows})


def done(schema: str, facts: dict[str, object], said: str, *, json: bool) -> None:
    """That an act was done."""
    from collectdesk.show.desk import lines
    from collectdesk.show.jsonout import emit

    emit(schema, facts) if json else lines(said)


def _source(found: Taught, cite: tuple[str, ...]) -> str:
    cites = found.course.cites
    return f"{cited(cites, cite, _lang())}  [{word(CONFIDENCE, weakest(cites, cite))}]"


def _source_wire(found: Taught, cite: tuple[str, ...]) -> dict[str, object]:
    cites = found.course.cites
    source = {lang: cited(cites, cite, lang) for lang in ("zh_CN", "en")}
    return {"source": source, "confidence": weakest(cites, cite)}


def _at(at: int, zone: tzinfo) -> datetime | None:
    return datetime.fromtimestamp(at, UTC).astimezone(zone) if at else None


def _stamp(at: int, zone: tzinfo) -> str:
    return datetime.fromtimestamp(at, UTC).astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _day(at: int, zone: tzinfo) -> str:
    return datetime.fromtimestamp(at, UTC).astimezone(zone).date().isoformat()


def _lang() -> Lang:
    return "zh_CN" if current() == "zh_CN" else "en"
