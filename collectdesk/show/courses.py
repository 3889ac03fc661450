"""Courses (课程): how one stands with each, and what each teaches with its sources; for people and for programs."""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING

from collectdesk.desk.adopted_text import Lang, cited, weakest
from collectdesk.lang import _, current, ngettext
from collectdesk.show.dates import local
from collectdesk.show.exam import CONFIDENCE, STATES
from collectdesk.show.training import tried_wire
from collectdesk.show.words import SECTIONS, listed, word

if TYPE_CHECKING:
    from collectdesk.desk.training.shelf import Shelf, Taught


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
            "tries": {
                "left": each.tries.left,
                "of": each.tries.of,
                "next_at": local(each.tries.next_at, zone) if each.tries.next_at else None,
            },
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


def _source(found: Taught, cite: tuple[str, ...]) -> str:
    cites = found.course.cites
    return f"{cited(cites, cite, _lang())}  [{word(CONFIDENCE, weakest(cites, cite))}]"


def _source_wire(found: Taught, cite: tuple[str, ...]) -> dict[str, object]:
    cites = found.course.cites
    source = {lang: cited(cites, cite, lang) for lang in ("zh_CN", "en")}
    return {"source": source, "confidence": weakest(cites, cite)}


def _day(at: int, zone: tzinfo) -> str:
    return local(at, zone).date().isoformat()


def _lang() -> Lang:
    return "zh_CN" if current() == "zh_CN" else "en"
