"""An exam on the screen and as JSON: the question, why an answer is right, and at the end how it went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from collectdesk.desk.adopted_text import Lang, cited, weakest
from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.errors import N_
from collectdesk.lang import _, current
from collectdesk.show.dates import clock
from collectdesk.show.prompts import Option
from collectdesk.show.terminal import WIDTH, marks, rule_line
from collectdesk.show.width import cells, wrap
from collectdesk.show.words import SECTIONS, listed, word

if TYPE_CHECKING:
    from collectdesk.desk.training.courses import Item
    from collectdesk.desk.training.papers import Given, Paper

CONFIDENCE = {
    "V": N_("text read"),
    "Q": N_("as quoted"),
    "S": N_("as summarised"),
    "T": N_("in translation"),
    "D": N_("draft"),
    "M": N_("from memory"),
}
"""How a source was read."""
STATES = {
    "open": N_("being sat"),
    "passed": N_("passed"),
    "failed": N_("failed"),
    "lapsed": N_("time over"),
    "void": N_("course changed, not counted"),
}
ROOM = WIDTH - 4


def page(paper: Paper) -> list[str]:
    """The head of a question and the question itself."""
    item = paper.question
    assert item is not None
    return [
        *_head(paper, f"{paper.position}/{paper.total}"),
        *(f" {line}" for line in wrap(item.ask.in_(_lang()), ROOM)),
        "",
    ]


def options(paper: Paper) -> list[Option]:
    """The answers in the order drawn, by their letters."""
    item, drawn = paper.question, paper.drawn
    assert item is not None
    assert drawn is not None
    return [
        Option(letter, item.option(own).in_(_lang())) for letter, own in zip("abcdefgh", drawn.options, strict=False)
    ]


def explained(paper: Paper, given: Given) -> list[str]:
    """Whether an answer was right, which is, why, and by which source."""
    said = _("Right.") if given.correct else _("Not right.")
    sign = marks().yes if given.correct else marks().no
    right = [given.item.option(own).in_(_lang()) for own in given.item.right]
    rows = [*_head(paper, ""), *(f" {line}" for line in wrap(given.item.ask.in_(_lang()), ROOM)), "", f" {sign} {said}"]
    if not given.correct:
        rows += [f"   {line}" for text in right for line in wrap(text, ROOM - 2)]
    rows += ["", *(f" {line}" for line in wrap(given.item.why.in_(_lang()), ROOM))]
    return [*rows, *(f" {line}" for line in wrap(source(paper, given.item), ROOM)), ""]


def source(paper: Paper, item: Item) -> str:
    """Where it comes from, and how that was read."""
    text = cited(paper.cites.cites, item.cite, _lang())
    return f"{text}  [{word(CONFIDENCE, weakest(paper.cites.cites, item.cite))}]"


def told(paper: Paper) -> None:
    """How the exam stands, or went: score, what was wrong and why."""
    from collectdesk.show.desk import lines

    if paper.question is not None:
        last = paper.explained[-1:] if paper.explained else ()
        for each in last:
            lines(*explained(paper, each)[2:], indent=0)
        lines(*page(paper), indent=0)
        lines(*(f"{option.value}) {option.label}" for option in options(paper)), indent=3)
        return
    passed = paper.status == "passed"
    sign = marks().yes if passed else marks().no
    result = _("{score} of 100, {mark} needed").format(score=paper.score, mark=paper.pass_mark)
    lines(
        f"{sign} {word(STATES, paper.status)}: {result}"
        if current() != "zh_CN"
        else f"{sign} {word(STATES, paper.status)}：{result}"
    )
    wrong = [each for each in paper.explained if not each.correct]
    for each in wrong:
        lines("", each.item.ask.in_(_lang()), indent=1)
        lines(*(each.item.option(own).in_(_lang()) for own in each.item.right), indent=3)
        lines(each.item.why.in_(_lang()), source(paper, each.item), indent=3)
    if not passed:
        lines("", _("Next: {command}").format(command="collectdesk train due"))


def until(paper: Paper) -> str:
    """The local time until which the exam stays open."""
    return clock(_at(paper.until, ZoneInfo(HOUSE_ZONE)))


def wire(paper: Paper, zone: tzinfo) -> dict[str, object]:
    """The exam as JSON has it; what is right is in it only once it may be told."""
    item = paper.question
    return {
        "attempt": paper.attempt,
        "course": paper.course,
        "section": paper.section,
        "version": paper.version,
        "digest": paper.digest,
        "status": paper.status,
        "position": paper.position,
        "total": paper.total,
        "until": _at(paper.until, zone),
        "pass_mark": paper.pass_mark,
        "score": paper.score,
        "question": None if item is None else _asked(paper, item),
        "explained": [_given(paper, each) for each in paper.explained],
    }


def _asked(paper: Paper, item: Item) -> dict[str, object]:
    return {
        "id": item.id,
        "section": item.section,
        "ask": {"zh_CN": item.ask.zh_CN, "en": item.ask.en},
        "several": len(item.right) > 1,
        "options": _offered(item, paper.drawn.options if paper.drawn else ()),
    }


def _offered(item: Item, order: Sequence[str]) -> list[dict[str, object]]:
    return [
        {"letter": letter, "zh_CN": item.option(own).zh_CN, "en": item.option(own).en}
        for letter, own in zip("abcdefgh", order, strict=False)
    ]


def _given(paper: Paper, given: Given) -> dict[str, object]:
    cites = paper.cites.cites
    return {
        "id": given.item.id,
        "section": given.item.section,
        "chosen": list(given.chosen),
        "right": list(given.right),
        "correct": given.correct,
        "why": {"zh_CN": given.item.why.zh_CN, "en": given.item.why.en},
        "source": {lang: cited(cites, given.item.cite, lang) for lang in ("zh_CN", "en")},
        "confidence": weakest(cites, given.item.cite),
    }


def _head(paper: Paper, count: str) -> list[str]:
    title = paper.title_zh if _lang() == "zh_CN" else paper.title
    section = word(SECTIONS, paper.question.section) if paper.question is not None and count else ""
    left = " " + listed(filter(None, (title, section)))
    right = "  ".join(filter(None, (count, _("until {time}").format(time=until(paper)))))
    return [left + " " * max(2, WIDTH - 2 - cells(left) - cells(right)) + right, rule_line(WIDTH - 1), ""]


def _at(at: int, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(at, UTC).astimezone(zone)


def _lang() -> Lang:
    return "zh_CN" if current() == "zh_CN" else "en"
