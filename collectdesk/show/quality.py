"""Reviews of calls, for people and for programs: the list, and one on a page with each item and what is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING

from collectdesk.desk.adopted_text import Lang
from collectdesk.desk.quality.scorecards import Fatal
from collectdesk.errors import N_
from collectdesk.lang import _, current
from collectdesk.show import lives
from collectdesk.show.quality_card import fact_lines
from collectdesk.show.quality_facts import wire
from collectdesk.show.terminal import marks
from collectdesk.show.words import listed, word

if TYPE_CHECKING:
    from collectdesk.desk.quality.answers import Given
    from collectdesk.desk.quality.reading import Line, ReviewView
    from collectdesk.desk.quality.scorecards import Group, Item, Scorecard
    from collectdesk.desk.quality.scoring import Level

KIND = "quality_review"
RULES = {
    "consent": N_("consent"),
    "complaint": N_("complaint"),
    "violation": N_("violation"),
    "wording": N_("wording check"),
    "refused_then_called": N_("refused, then called"),
    "new_staff": N_("new staff"),
    "share": N_("by chance"),
    "asked": N_("put in by hand"),
}
LEVELS: Mapping[str, str] = {
    "full": N_("done in full"),
    "part": N_("in part"),
    "none": N_("not done"),
    "not_applicable": N_("no occasion for it"),
    "clear": N_("not found"),
    "found": N_("found"),
}
EARNED = {"full": 2, "part": 1, "none": 0}


def as_list(lines: Sequence[Line], zone: tzinfo) -> None:
    """One row each."""
    from collectdesk.show.tables import Column, table
    from collectdesk.show.terminal import out

    console = out()
    if not lines:
        console.print(" " + _("No call waits for review."))
        return
    columns = [Column(_("Call"), "id"), Column(_("Collector"), "id"), Column(_("Why"))]
    columns += [Column(_("State")), Column(_("Due"), "date"), Column(_("Score"), "number")]
    rows = [
        [each.name, each.number(each.row.collector) or "-", _why(each), _state(each), _due(each, zone), _score(each)]
        for each in lines
    ]
    console.print(table(console, columns, rows))
    if any(each.mine for each in lines):
        console.print(" " + _("Next: {command}").format(command="collectdesk quality claim"))


def as_text(view: ReviewView, zone: tzinfo) -> None:
    """One review: what it is of and why, each item with what is known, what was done, what may follow."""
    from collectdesk.show.desk import lines
    from collectdesk.show.tables import facts
    from collectdesk.show.terminal import out

    console, line = out(), view.line
    pairs = [
        (_("Review"), "   ".join(filter(None, (line.name, _state(line), _score(line, words=True))))),
        (_("Call"), "   ".join((_stamp(view.at, zone), line.number(line.row.collector) or "-", line.case))),
        (_("Why"), _why(line)),
    ]
    if line.row.claimed_by is not None:
        pairs.append((_("Reviewer"), line.number(line.row.claimed_by) or "-"))
    if view.recorded:
        pairs.append((_("Recording"), _("{command} says where it is").format(command=_open(line))))
    if view.violations:
        pairs.append((_("Violation"), listed(view.violations)))
    console.print(facts(console, pairs))
    for row in _card(view, zone):
        lines(row, indent=0)
    console.print()
    console.print(facts(console, [(_stamp(each.at, zone), _done(each)) for each in view.done]))
    following = list(dict.fromkeys(move.title.in_(_lang()) for move in view.moves))
    if following:
        console.print()
        console.print(" " + _("What can be done: {acts}.").format(acts=listed(following)))


def as_json(view: ReviewView, zone: tzinfo) -> dict[str, object]:
    """One review by its keys."""
    row, card = view.line.row, view.card
    return {
        **line_json(view.line, zone),
        "at": _at(view.at, zone),
        "card": {"id": row.card, "digest": row.digest, "version": card.version if card else None},
        "items": [_item_json(view, name, zone) for name in (card.by_name if card else ())],
        "first_by": view.line.number(row.first_by),
        "second_by": view.line.number(row.second_by),
        "settled_by": view.line.number(row.settled_by),
        "told_at": _at(row.told_at, zone),
        "reply_until": _at(row.reply_until, zone),
        "ended_at": _at(row.ended_at, zone),
        "recorded": view.recorded,
        "violations": list(view.violations),
        "can": [move.act for move in view.moves],
        "steps": [
            {"at": _at(each.at, zone), "act": each.act, "state": each.state, "by": each.by}
            | {"content": {key: value for key, value in each.content.items() if key not in lives.KEYS}}
            for each in view.done
        ],
    }


def line_json(line: Line, zone: tzinfo) -> dict[str, object]:
    """One review as the list has it."""
    row = line.row
    return {
        "call": line.name,
        "case": line.case,
        "collector": line.number(row.collector),
        "month": row.month,
        "why": list(row.why),
        "status": row.status,
        "due_at": _at(row.due_at, zone),
        "claimed_by": line.number(row.claimed_by),
        "claimed_until": _at(row.claimed_until, zone),
        "score": row.score if _public(line) else None,
        "fatal": row.fatal if _public(line) else None,
        "mine": line.mine,
    }


def _card(view: ReviewView, zone: tzinfo) -> Iterator[str]:
    card = view.card
    if card is None:
        return
    for group in card.groups:
        yield ""
        yield f" {group.title.in_(_lang())}  {_group_points(card, group, view.given)}"
        for item in (each for each in card.items if each.group == group.name):
            yield from _scored(view, item, zone)
    given = [view.given[each.name] for each in card.fatals if each.name in view.given]
    found = [each for each in given if each.level == "found"]
    if given:
        yield ""
        yield " " + _("Zero tolerance")
    if given and not found:
        yield f"   {marks().yes} " + _("nothing found")
    for each in found:
        yield f"   {marks().no} {card.by_name[each.item].title.in_(_lang())}  {each.note or ''}".rstrip()


def _scored(view: ReviewView, item: Item, zone: tzinfo) -> Iterator[str]:
    given = view.given.get(item.name)
    title = item.title.in_(_lang())
    if given is None:
        yield f"   {marks().todo} {title}  {item.points}"
    else:
        sign = {"full": marks().yes, "part": marks().warn, "none": marks().no}.get(given.level, marks().todo)
        why = next((each.in_(_lang()) for each in item.reasons if each.code == given.reason), "")
        points = f"{_earned(item, given.level)}/{item.points}" if given.level in EARNED else word(LEVELS, given.level)
        yield "  ".join(filter(None, (f"   {sign} {title}", points, why, given.note or "")))
    yield from fact_lines(view, item, zone, indent=7)


def _group_points(card: Scorecard, group: Group, given: Mapping[str, Given]) -> str:
    items = [each for each in card.items if each.group == group.name]
    if not all(each.name in given for each in items):
        return str(group.weight)
    scored = [each for each in items if given[each.name].level in EARNED]
    earned = sum(each.points * EARNED[given[each.name].level] for each in scored)
    return f"{_half(earned)}/{sum(each.points for each in scored)}"


def _earned(item: Item, level: Level) -> str:
    return _half(item.points * EARNED[level])


def _half(twice: int) -> str:
    return f"{twice / 2:g}"


def _item_json(view: ReviewView, name: str, zone: tzinfo) -> dict[str, object]:
    card = view.card
    assert card is not None
    item = card.by_name[name]
    facts = () if isinstance(item, Fatal) else [fact for each in item.known for fact in view.known[each]]
    return {
        "name": name,
        "fatal": isinstance(item, Fatal),
        "points": None if isinstance(item, Fatal) else item.points,
        "given": _given_json(view.given.get(name)),
        "first": _given_json(view.first.get(name)),
        "second": _given_json(view.second.get(name)),
        "known": [wire(fact, zone) for fact in facts],
    }


def _given_json(given: Given | None) -> dict[str, object] | None:
    return None if given is None else {"level": given.level, "reason": given.reason, "note": given.note}


def _done(each: object) -> str:
    by, content = getattr(each, "by", None), getattr(each, "content", {})
    act = lives.act(KIND, getattr(each, "act", ""), getattr(each, "state", ""))
    why = listed(word(RULES, rule) for rule in content.get("why", ()))
    score = _("{score} points").format(score=content["score"]) if content.get("score") is not None else ""
    return "  ".join(filter(None, (by or _("the desk"), act, why, score, *lives.said(content))))


def _open(line: Line) -> str:
    return f"collectdesk recording open {line.name} --reason {_('TEXT')}"


def _why(line: Line) -> str:
    return listed(word(RULES, rule) for rule in line.row.why)


def _state(line: Line) -> str:
    return lives.state(KIND, line.row.status)


def _public(line: Line) -> bool:
    """Whether the score may be known: not while another reviews again without it."""
    return line.row.status not in ("claimed", "recheck", "rechecking")


def _score(line: Line, *, words: bool = False) -> str:
    row = line.row
    if row.score is None or not _public(line):
        return "" if words else "-"
    plain = _("{score} points").format(score=row.score) if words else str(row.score)
    return listed((plain, _("zero tolerance"))) if words and row.fatal else plain


def _due(line: Line, zone: tzinfo) -> str:
    row = line.row
    at = row.reply_until if row.status in ("told", "confirmed") else row.due_at
    return "-" if row.status == "final" or at is None else _stamp(at - 1, zone)[:10]


def _at(at: int | None, zone: tzinfo) -> datetime | None:
    return None if at is None else datetime.fromtimestamp(at, UTC).astimezone(zone)


def _stamp(at: int, zone: tzinfo) -> str:
    return datetime.fromtimestamp(at, UTC).astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _lang() -> Lang:
    return "zh_CN" if current() == "zh_CN" else "en"
