"""The day on the screen and for programs: what waits, each with the command to type next, then the cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from collectdesk.desk.queue import case_count
from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.errors import N_
from collectdesk.lang import _, ngettext
from collectdesk.show.dates import clock, moment, short_date, stamp
from collectdesk.show.terminal import WIDTH, marks, rule_line
from collectdesk.show.width import cells, pad, wrap
from collectdesk.show.words import bracketed, listed, word

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from collectdesk.desk.reminder import Reminder
    from collectdesk.desk.today.picture import Today

KINDS = {
    "emergency_open": N_("emergency: take it"),
    "emergency_release": N_("emergency: confirm that the freeze may be lifted"),
    "emergency_in_hand": N_("emergency in hand"),
    "conduct_decision": N_("violation to decide"),
    "conduct_appeal": N_("appeal against a decision"),
    "conduct_suspended": N_("you are suspended from calling"),
    "conduct_decided": N_("decided about you; you may appeal until then"),
    "quality_review": N_("calls to review: how many"),
    "quality_claimed": N_("review of a call you claimed"),
    "quality_differ": N_("two reviews differ: settle it"),
    "quality_reply": N_("the collector disagrees with a review: answer"),
    "quality_told": N_("your call was reviewed: reply until then"),
    "complaint_new": N_("complaint given to you to handle"),
    "complaint_clock": N_("complaint: the answer is due"),
    "complaint_extension": N_("complaint: more time asked for"),
    "complaint_waiting": N_("complaint nobody here may decide"),
    "complaint_unhandled": N_("complaint without a handler"),
    "objection_answer": N_("answer to an objection"),
    "objection_tell": N_("tell the debtor the answer"),
    "objection_correction": N_("put right what the debtor was right about"),
    "objection_overdue": N_("answer to an objection is overdue"),
    "hold_confirm": N_("told of a death, incapacity or minority: confirm it with evidence"),
    "hold_lift": N_("hold asked to be lifted"),
    "plan_approval": N_("plan to approve"),
    "plan_agreement": N_("approved plan to be agreed"),
    "plan_draft": N_("plan not submitted yet"),
    "plan_returned": N_("plan returned"),
    "plan_broken": N_("plan broken"),
    "instalment_due": N_("instalment due"),
    "instalment_late": N_("instalment missed"),
    "recording_owed": N_("recordings owed"),
    "recording_unclaimed": N_("recordings nobody has claimed"),
    "recording_faulty": N_("recording altered or gone"),
    "destruction_approval": N_("destruction to approve"),
    "destruction_unfinished": N_("destruction to carry out"),
    "promise_due": N_("remind of the promise"),
    "promise_part": N_("promise kept in part"),
    "promise_broken": N_("promise broken"),
    "dial_no_permit": N_("dial without a permit: explain it"),
    "dial_other_number": N_("another number dialled than permitted: explain it"),
    "dial_no_dial": N_("permits the phone's records have no dial for"),
    "dial_no_inbound": N_("answered calls the desk did not take"),
    "dial_no_incoming": N_("incoming calls the phone's records do not have"),
    "dial_result": N_("calls the phone recorded otherwise"),
    "dial_duration": N_("calls of another length in the phone's records"),
    "dial_confirm": N_("explanation of a dial to confirm"),
    "notice_returned": N_("notice came back: it does not count as given"),
    "notice_unsent": N_("letter made and not sent"),
    "notice_due": N_("cases without the notice that must precede a call"),
    "training_exam": N_("exam to pass before calling"),
    "training_refresher": N_("refresher: pass the exam again"),
    "training_reading": N_("changed text to read"),
    "training_retest": N_("changed text: pass the exam again"),
    "training_retraining": N_("to learn again, and pass its exam"),
    "training_tries": N_("exam tries used up: open another round"),
    "training_vetting": N_("vetting to be finished"),
    "training_confidentiality": N_("confidentiality pledge to be signed"),
}
"""What waits, by the kinds of the chapters."""
URGENCIES = {"now": N_("now"), "overdue": N_("overdue"), "due": N_("today"), "soon": N_("soon")}
OPEN = {
    "emergency": N_("emergencies"),
    "complaint": N_("complaints"),
    "objection": N_("objections"),
    "plan": N_("plans to approve"),
    "violation": N_("violations to decide"),
    "request": N_("requests outside"),
}
"""What stands open, by table."""


def today_text(day: Today, limit: int) -> None:
    """The page: head, what waits, then the cases in order; for who leads what stands open, and the team."""
    from collectdesk.show.queue import print_empty, print_queue
    from collectdesk.show.terminal import out

    console = out()
    for line in (*_head(day), *_waiting(day, limit)):
        console.print(line, soft_wrap=True)
    console.print()
    if day.leads:
        _picture(console, day)
        return
    console.print(" " + _("Cases, in order"))
    counts = {str(state): count for state, count in case_count(day.entries).items()}
    if day.entries:
        print_queue(console, day.entries[: limit or None], counts, day.at, whose=day.whose)
    else:
        print_empty(console, day.whose, oversees=False)


def _picture(console: Console, day: Today) -> None:
    """What stands open, and how the team stands."""
    from collectdesk.show.desk import lines

    standing = [f"{_(OPEN[table])} {count}" for table, count in day.open.items() if count]
    lines(_("Open: {matters}").format(matters=listed(standing) if standing else "-"))
    console.print()
    if not day.team:
        console.print(" " + _("Nobody of the team has an open case."))
        return
    console.print(_team(day))
    counts = case_count(day.entries)
    console.print(" " + _("{now} may be called now, {later} later, {act} need somebody's act.").format(**counts))
    console.print(" collectdesk queue --team")


def today_json(day: Today, cases: Sequence[dict[str, object]]) -> None:
    """One document, ``collectdesk.today/1``; ``cases`` are the queue's rows."""
    from collectdesk.desk.today.waiting import counted
    from collectdesk.show.jsonout import emit

    zone = ZoneInfo(HOUSE_ZONE)
    emit(
        "collectdesk.today/1",
        {
            "at": _at(day.at).astimezone(zone),
            "practice": day.practice,
            "staff": day.number,
            "leads": day.leads,
            "dialled": day.dialled,
            "answered": day.answered,
            "counts": counted(day.waiting),
            "waiting": [_wire(each, day, zone) for each in day.waiting],
            "whose": day.whose,
            "cases": cases,
            "open": day.open,
            "team": [
                {
                    "collector": line.collector,
                    "cases": line.cases,
                    "dialled": line.dialled,
                    "answered": line.answered,
                    "due": line.due,
                    "overdue": line.overdue,
                }
                for line in day.team
            ],
        },
    )


def due_line(found: Sequence[Reminder], width: int = 0) -> str:
    """What waits, counted, for the head of another page; empty when nothing does. ``width`` is the label's."""
    from collectdesk.desk.today.waiting import counted

    if not found:
        return ""
    counts = counted(found)
    words = [f"{word(URGENCIES, name)} {count}" for name, count in counts.items() if count]
    return f" {pad(_('Waits'), width)}  {listed(words)}   collectdesk today"


def _head(day: Today) -> list[str]:
    left = _("PRACTICE DESK - everything on it is made up") if day.practice else _("Today")
    done = _("dialled {dialled}  answered {answered}").format(dialled=day.dialled, answered=day.answered)
    right = f"{stamp(_at(day.at), ZoneInfo(HOUSE_ZONE))}   {done}"
    gap = WIDTH - 2 - cells(left) - cells(right)
    if gap < 2:
        return [f" {left}", f" {right}", rule_line(WIDTH - 1)]
    return [f" {left}{' ' * gap}{right}", rule_line(WIDTH - 1)]


def _waiting(day: Today, limit: int) -> list[str]:
    if not day.waiting:
        return [" " + _("Nothing waits for you.")]
    shown = day.waiting[: limit or None]
    widths = [max(map(cells, column)) for column in zip(*(_cells(each, day) for each in shown), strict=True)]
    lines = [line for each in shown for line in _reminder(each, day, widths)]
    more = len(day.waiting) - len(shown)
    if more:
        said = ngettext("{count} more: --limit 0 shows all.", "{count} more: --limit 0 shows all.", more)
        lines.append(" " + said.format(count=more))
    return lines


def _cells(each: Reminder, day: Today) -> tuple[str, str]:
    return word(URGENCIES, each.urgency), _when(each, day)


def _reminder(each: Reminder, day: Today, widths: Sequence[int]) -> list[str]:
    """What waits in a line, and below it the command to type next."""
    mark = marks().warn if each.urgency in ("now", "overdue") else marks().todo
    head = f" {mark} {pad(word(URGENCIES, each.urgency), widths[0])}  {pad(_when(each, day), widths[1])}  "
    whose = [day.staff[key] for key in each.staff if key in day.staff and day.staff[key] != day.number]
    late = bracketed(listed(whose)) if each.staff and not _own(each, day) else ""
    what = "  ".join(filter(None, (word(KINDS, each.kind) + late, each.subject, each.case or "")))
    first, *rest = wrap(what, WIDTH - 1 - cells(head)) or [""]
    indent = " " * cells(head)
    return [head + first, *(indent + line for line in rest), f"     {each.command}"]


def _own(each: Reminder, day: Today) -> bool:
    return any(day.staff.get(key) == day.number for key in each.staff)


def _when(each: Reminder, day: Today) -> str:
    """The local date, or the moment, by which it is due."""
    zone = ZoneInfo(HOUSE_ZONE)
    if each.due_on:
        return short_date(date.fromisoformat(each.due_on))
    if each.due_at is None:
        return "-"
    at = _at(each.due_at).astimezone(zone)
    same = at.date() == _at(day.at).astimezone(zone).date()
    return clock(at) if same else moment(at, zone, now=_at(day.at))


def _team(day: Today) -> RenderableType:
    from collectdesk.show.tables import Column, table
    from collectdesk.show.terminal import out

    columns = [
        Column(_("Collector"), "id"),
        *(
            Column(title, "number")
            for title in (_("Now"), _("Later"), _("Held up"), _("Dialled"), _("Answered"), _("Due"), _("Overdue"))
        ),
    ]
    rows = [
        [
            line.collector,
            *(str(line.cases[state]) for state in ("now", "later", "act")),
            *(str(each) for each in (line.dialled, line.answered, line.due, line.overdue)),
        ]
        for line in day.team
    ]
    return table(out(), columns, rows)


def _wire(each: Reminder, day: Today, zone: ZoneInfo) -> dict[str, object]:
    from collectdesk.desk.today.waiting import group_of

    return {
        "kind": each.kind,
        "group": group_of(each),
        "urgency": each.urgency,
        "subject": each.subject,
        "case": each.case,
        "due_on": each.due_on,
        "due_at": _at(each.due_at).astimezone(zone) if each.due_at is not None else None,
        "staff": [day.staff[key] for key in each.staff if key in day.staff],
        "command": each.command,
    }


def _at(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)
