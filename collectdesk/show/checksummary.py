"""The whole book in a few lines: how many cases may be called, now or later, and what keeps the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from collectdesk.desk.bookcheck import Answer, Told
from collectdesk.lang import _, current, ngettext
from collectdesk.show import words
from collectdesk.show.dates import moment, stamp
from collectdesk.show.tables import Column, table
from collectdesk.show.width import wrap
from collectdesk.show.words import bracketed, word

Titles = Mapping[str, Mapping[str, str]]


class Reason(NamedTuple):
    """One rule's part in it: the rule, how many cases it keeps, from when it lets the first and the last go.

    ``first`` and ``last`` are instants; none where time alone lets nobody go. ``by``: whose act does, where any needs
    one.
    """

    rule: str
    cases: int
    first: datetime | None
    last: datetime | None
    by: str | None


class Tally:
    """Counts answers as they pass; every answer is looked at once, however many cases share it."""

    def __init__(self) -> None:
        """Nothing counted yet."""
        self.unread = 0
        self._cases: Counter[int] = Counter()
        self._answers: dict[int, Answer] = {}

    def add(self, told: Iterable[Told]) -> None:
        """Count some more."""
        for _code, answer in told:
            if answer is None:
                self.unread += 1
            else:
                self._cases[id(answer)] += 1
                self._answers[id(answer)] = answer

    def of(self, state: str) -> int:
        """How many may be called ``now``, ``later`` by time alone, or after somebody's ``act``."""
        return sum(self._cases[key] for key, answer in self._answers.items() if _state(answer) == state)

    def opens(self) -> datetime | None:
        """When the first of those that wait may be called."""
        waiting = (each.next_allowed_at for each in self._answers.values() if not each.allowed)
        return min((datetime.fromisoformat(each) for each in waiting if each), default=None)

    def reasons(self) -> list[Reason]:
        """Every rule that keeps a case, the one that keeps most first."""
        cases: Counter[str] = Counter()
        opens: dict[str, list[datetime]] = {}
        acts: dict[str, str] = {}
        for key, answer in self._answers.items():
            for each in {block.rule: block for block in answer.blocks}.values():
                cases[each.rule] += self._cases[key]
                if each.opens_at is not None:
                    opens.setdefault(each.rule, []).append(datetime.fromisoformat(each.opens_at))
                elif each.released_by is not None:
                    acts.setdefault(each.rule, each.released_by)
        return [
            Reason(rule, count, min(opens.get(rule, ()), default=None), max(opens.get(rule, ()), default=None),
                   acts.get(rule))
            for rule, count in cases.most_common()
        ]  # fmt: skip


def print_summary(console: Console, tally: Tally, titles: Titles, at: datetime, *, then: bool) -> None:
    """The counts, and a line for each rule that keeps cases; ``then``: ``at`` is another moment than now."""
    now, later, act = (tally.of(state) for state in ("now", "later", "act"))
    total = now + later + act
    head = ngettext("{total} case asked about", "{total} cases asked about", total).format(total=f"{total:,}")
    console.print(Text(f" {head}   {stamp(at)}", style="bold"))
    opens = tally.opens()
    counts = [(_("may be called then") if then else _("may be called now"), now, "")]
    counts.append((_("later, by time alone"), later, _("first {time}").format(time=_time(opens, at)) if opens else ""))
    counts.append((_("only after somebody's act"), act, ""))
    if tally.unread:
        counts.append((_("could not be answered"), tally.unread, ""))
    rows = [[name, f"{count:,}", more] for name, count, more in counts]
    console.print(table(console, [Column(""), Column(_("Cases"), "number"), Column(_("Opens"), "date")], rows))
    reasons = tally.reasons()
    if reasons:
        console.print()
        heading = _("What keeps them (a case may be kept by several rules)")
        console.print(Text(f" {heading}", style="bold"))
        columns = [Column(_("Cases"), "number"), Column(_("Rule")), Column(_("Opens"), "text")]
        console.print(table(console, columns, [_row(each, titles, at) for each in reasons]))


def print_hint(console: Console) -> None:
    """Where every single case is listed."""
    for line in wrap(_("`--csv` and `--ndjson` list every case with its reasons."), console.width - 2):
        console.print(Text(f" {line}"))


def _row(reason: Reason, titles: Titles, at: datetime) -> list[str]:
    named = titles.get(reason.rule, {})
    title = named.get(current()) or named.get("en") or ""
    return [f"{reason.cases:,}", f"{title}{bracketed(reason.rule)}", _opening(reason, at)]


def _opening(reason: Reason, at: datetime) -> str:
    """From when to when it lets them go, and whose act the others need."""
    parts = []
    if reason.first is not None and reason.last is not None:
        first, last = _time(reason.first, at), _time(reason.last, at)
        parts.append(first if first == last else _("{first} to {last}").format(first=first, last=last))
    if reason.by is not None:
        parts.append(_("by act of {who}").format(who=word(words.RELEASERS, reason.by)))
    return "; ".join(parts) if current() == "en" else "；".join(parts)


def _time(instant: datetime, at: datetime) -> str:
    return moment(instant, now=at)


def _state(answer: Answer) -> str:
    return "now" if answer.allowed else "later" if answer.next_allowed_at is not None else "act"


def print_cases(console: Console, told: Iterable[Told], at: datetime, *, then: bool) -> None:
    """Each case: whether and when it may be called, and the rules that keep it."""
    rows = [_case(code, answer, at, then=then) for code, answer in told]
    if rows:
        console.print()
        columns = [Column(_("Case"), "id"), Column(_("Opens"), "date"), Column(_("Kept by"))]
        console.print(table(console, columns, rows))


def _case(code: str | None, answer: Answer | None, at: datetime, *, then: bool) -> list[str]:
    if answer is None:
        return [code or "-", "-", _("no such case") if code else _("cannot be read")]
    if answer.allowed:
        until = datetime.fromisoformat(answer.allowed_until) if answer.allowed_until else None
        return [code or "", _open(until, at, then=then), ""]
    opens = datetime.fromisoformat(answer.next_allowed_at) if answer.next_allowed_at else None
    rules = " ".join(dict.fromkeys(each.rule for each in answer.blocks))
    return [code or "", _time(opens, at) if opens else _("needs an act"), rules]


def _open(until: datetime | None, at: datetime, *, then: bool) -> str:
    if until is None:
        return _("then") if then else _("now")
    said = _("then, until {time}") if then else _("now, until {time}")
    return said.format(time=_time(until, at))
