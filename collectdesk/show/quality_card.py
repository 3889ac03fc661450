"""The scorecard on the screen and as JSON, and the head of each item while a call is scored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from collectdesk.desk.adopted_text import Both, Lang, cited
from collectdesk.desk.quality.scorecards import Fatal
from collectdesk.lang import _, current
from collectdesk.show import lives
from collectdesk.show.quality_facts import told
from collectdesk.show.terminal import WIDTH, marks, rule_line
from collectdesk.show.width import cells, pad, wrap

if TYPE_CHECKING:
    from collectdesk.desk.quality.reading import ReviewView
    from collectdesk.desk.quality.scorecards import Item, Scorecard

KIND = "quality_review"


def item_page(view: ReviewView, name: str, position: str, zone: tzinfo) -> list[str]:
    """The head of an item to be scored, its source, and what the desk knows."""
    card = view.card
    assert card is not None
    item = card.by_name[name]
    rows = _head(view, _part(card, item), position)
    rows.append(f" {item.title.in_(_lang())}")
    rows += [f"   {text}" for text in wrap(cited(card.cites, item.cite, _lang()), WIDTH - 6)]
    return [*rows, *fact_lines(view, item, zone, indent=3), ""]


def fatal_page(view: ReviewView, names: Sequence[str], position: str) -> list[str]:
    """The head of the zero-tolerance items, with their sources."""
    card = view.card
    assert card is not None
    rows = _head(view, _("Zero tolerance"), position)
    cites = dict.fromkeys(key for name in names for key in card.by_name[name].cite)
    rows += [f" {text}" for text in wrap(cited(card.cites, tuple(cites), _lang()), WIDTH - 4)]
    return [*rows, ""]


def card_text(card: Scorecard, name: str) -> None:
    """The scorecard: its parts and items with points, what each rests on, and what makes the score nothing."""
    from collectdesk.show.desk import lines

    lines(f"{name}  {card.title.in_(_lang())}  {card.version}")
    for group in card.groups:
        lines("", f"{group.title.in_(_lang())}  {group.weight}")
        for item in (each for each in card.items if each.group == group.name):
            lines(f"{pad(str(item.points), 3, right=True)}  {item.name}  {item.title.in_(_lang())}", indent=2)
            lines(cited(card.cites, item.cite, _lang()), indent=7)
    lines("", _("Zero tolerance"))
    for fatal in card.fatals:
        lines(f"{marks().no}  {fatal.name}  {fatal.title.in_(_lang())}", indent=4)
        lines(cited(card.cites, fatal.cite, _lang()), indent=7)


def card_json(card: Scorecard, name: str, digest: str) -> dict[str, object]:
    """The same as JSON."""
    return {
        "id": name,
        "version": card.version,
        "digest": digest,
        "title": _both(card.title),
        "groups": [{"name": each.name, "title": _both(each.title), "weight": each.weight} for each in card.groups],
        "items": [
            {
                "name": each.name,
                "group": each.group,
                "points": each.points,
                "title": _both(each.title),
                "section": each.section,
                "reasons": [{"code": one.code, "zh_CN": one.zh_CN, "en": one.en} for one in each.reasons],
                "source": {lang: cited(card.cites, each.cite, lang) for lang in ("zh_CN", "en")},
            }
            for each in card.items
        ],
        "fatal": [
            {
                "name": each.name,
                "title": _both(each.title),
                "violation": each.violation,
                "source": {lang: cited(card.cites, each.cite, lang) for lang in ("zh_CN", "en")},
            }
            for each in card.fatals
        ],
    }


def fact_lines(view: ReviewView, item: Item | Fatal, zone: tzinfo, *, indent: int) -> list[str]:
    """What the desk knows beside an item, a line each."""
    if isinstance(item, Fatal):
        return []
    found = [told(fact, zone) for name in item.known for fact in view.known[name]]
    room = WIDTH - 1 - indent
    return [
        " " * indent + ("" if at == 0 else "  ") + text for each in found for at, text in enumerate(wrap(each, room))
    ]


def _head(view: ReviewView, part: str, position: str) -> list[str]:
    left = f" {lives.title(KIND)} {view.line.name}  {part}"
    gap = " " * max(2, WIDTH - 2 - cells(left) - cells(position))
    return [left + gap + position, rule_line(WIDTH - 1), ""]


def _part(card: Scorecard, item: Item | Fatal) -> str:
    if isinstance(item, Fatal):
        return _("Zero tolerance")
    group = next(each for each in card.groups if each.name == item.group)
    return f"{group.title.in_(_lang())}  {item.points}"


def _both(text: Both) -> dict[str, str]:
    return {"zh_CN": text.zh_CN, "en": text.en}


def _lang() -> Lang:
    return "zh_CN" if current() == "zh_CN" else "en"
