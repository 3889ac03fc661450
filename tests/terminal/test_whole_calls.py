"""Whole calls to their end in a real terminal of 80 columns, in Chinese and in English, with a collector's keys."""

from __future__ import annotations

import re

import pytest

from collectdesk.show.callwords import FIELDS
from tests.terminal.practice import CASE, Collector, Practice


def prepared(desk: Collector) -> None:
    """Brief, plan, materials, permit: from nothing to the number."""
    read = re.escape(desk.word("Read: press Enter"))
    for field in ("brief.client", "brief.debt", "brief.terms", "brief.history"):
        desk.see(field)
        desk.read(read)
        desk.screen.press("enter")
    desk.see("plan.goal")
    desk.screen.press("2", "enter")
    for field in ("plan.points", "plan.reactions"):
        desk.see(field)
        desk.screen.press("down", "space", "enter")
    desk.type("plan.own", "")
    desk.see("materials.materials")
    desk.screen.press("enter")
    assert "160 0000 1001" not in desk.see("permit.permit")
    desk.screen.press("enter")
    assert "160 0000 1001" in desk.see("line.line")


def identified(desk: Collector) -> None:
    """Who speaks, and both items; no figure before."""
    desk.say("party.party")
    desk.pick("party.party", "debtor")
    assert "12,480" not in desk.see("identity.id_last4")
    desk.type("identity.id_last4", "0217")
    desk.type("identity.birth_date", "1988-04-12")


def test_from_nothing_to_a_promise(practice: Practice) -> None:
    """Articles 4 to 7: every step, an answer of each kind typed wrong once, and the promise on record."""
    desk = practice.run("call", "start", CASE, "--language", practice.lang)
    prepared(desk)
    desk.pick("line.line", "answered")
    identified(desk)
    desk.read(r"12,480\.00")
    desk.say("discussion.cause")
    desk.pick("discussion.cause", "payment_failed")
    desk.pick("discussion.ability", "full")
    desk.pick("discussion.attitude", "cooperative")
    desk.pick("result.outcome", "promise")
    desk.type("result.amount", "a lot")
    desk.screen.until("1200.50")
    desk.screen.press("\x15", "99999999", "enter")
    desk.read(re.escape(desk.word("A promise is for an amount above zero and not above what is owed: {left}.")[:9]))
    desk.type("result.amount", "12480")
    desk.type("result.pay_on", "2026-11-25")
    desk.pick_first("result.channel")
    desk.wrap_up("await_payment")
    assert practice.row("SELECT amount, pay_on, status FROM promise") == (1_248_000, "2026-11-25", "open")


def test_a_callback_is_booked_only_where_the_gate_allows(practice: Practice) -> None:
    """Article 8: the unlawful time is refused with the first lawful one, and stands to be mended."""
    desk = practice.resume("result.outcome")
    desk.pick("result.outcome", "callback")
    desk.type("result.callback_at", "2026-11-23T22:00")
    desk.read(re.escape(desk.word("No callback can be booked for that time.")))
    desk.read(r"\? .*2026-11-23T22:00$")
    desk.type("result.callback_at", "2026-11-24T15:00")
    desk.wrap_up("callback")
    assert practice.row("SELECT count(*), min(due_at) FROM callback WHERE status = 'open'")[0] == 1


def test_not_convenient_ends_this_call(practice: Practice) -> None:
    """Article 8.2: a bare not convenient closes politely; what comes next makes sense after it."""
    desk = practice.resume("identity.id_last4")
    desk.see("identity.id_last4")
    desk.screen.press("f10")
    desk.pick("end.why", "not_convenient")
    desk.say("end.times")
    desk.pick("end.times", "times_not_said")
    desk.pick("result.outcome", "not_convenient")
    desk.pick("wrapup.ended_by", "them")
    shown = desk.see("wrapup.next_action")
    assert labels_absent(desk, shown, "await_payment", "await_complaint", "answer_objection")
    desk.pick("wrapup.next_action", "redial", at_once=True)
    desk.pick("wrapup.recording", "owed")
    desk.type("wrapup.note", "")
    desk.closed()
    assert practice.row("SELECT count(*) FROM designation") == (0,)


def test_times_that_do_not_suit_last(practice: Practice) -> None:
    """Article 8.2: a named time becomes a lasting designation; what cannot be read is said, and mended."""
    desk = practice.resume("identity.id_last4")
    desk.see("identity.id_last4")
    desk.screen.press("/", "0")
    desk.pick("end.why", "not_convenient")
    desk.say("end.times")
    desk.pick("end.times", "times_barred")
    desk.type("end.when", "mornings")
    desk.read("2026-12-01..2026-12-05")
    desk.type("end.when", "1-5 09:00-12:00")
    desk.pick("result.outcome", "not_convenient")
    desk.pick("wrapup.ended_by", "them")
    desk.pick("wrapup.next_action", "callback", at_once=True)
    desk.type("wrapup.next_at", "2026-11-24T15:00")
    desk.pick("wrapup.recording", "owed")
    desk.type("wrapup.note", "")
    desk.closed()
    assert practice.row("SELECT kind, via FROM designation") == ("barred", "debtor")


@pytest.mark.parametrize("practice", ["en"], indirect=True)
def test_a_door_taken_by_mistake_is_left_again(practice: Practice) -> None:
    """Nothing was spoken since F10: F9 goes back to the question."""
    desk = practice.resume("party.party")
    desk.see("party.party")
    desk.screen.press("f10")
    desk.see("end.why")
    desk.screen.press("f9")
    desk.see("party.party")
    desk.left()


@pytest.mark.parametrize("practice", ["en"], indirect=True)
def test_an_objection_answered_now_says_something(practice: Practice) -> None:
    """Article 10.1: answered on the spot, in a sentence, the talk goes on where it was."""
    desk = practice.resume("discussion.ability")
    desk.see("discussion.ability")
    desk.screen.press("f4")
    desk.pick("objection.category", "amount")
    desk.type("objection.content", "-")
    desk.read(re.escape(desk.word("{field} needs an answer; nothing is assumed.").split("}")[1]))
    desk.screen.press("\x15", "费用不对 the fees", "enter")
    desk.pick("objection.answered", "now")
    desk.type("objection.answer", "ok")
    desk.read(re.escape(desk.word("What was answered is recorded in a sentence.")))
    desk.type("objection.answer", "已说明合同约定 explained")
    desk.see("discussion.ability")
    assert practice.row("SELECT status, answer FROM objection") == ("closed", "已说明合同约定 explained")
    desk.left()


@pytest.mark.parametrize("practice", ["zh_CN"], indirect=True)
def test_an_objection_owed_holds_the_case(practice: Practice) -> None:
    """Article 10.1: owed, with its date; the talk about the debt is over."""
    desk = practice.resume("discussion.cause")
    desk.see("discussion.cause")
    desk.screen.press("f4")
    desk.pick("objection.category", "amount")
    desk.type("objection.content", "费用不对 the fees")
    desk.pick("objection.answered", "owed")
    desk.type("objection.evidence", "账单照片 a photo")
    desk.say("wrapup.ended_by")
    desk.wrap_up("answer_objection")
    assert practice.row("SELECT status, evidence FROM objection") == ("open", "账单照片 a photo")
    assert practice.row("SELECT kind FROM hold WHERE kind = 'objection'") == ("objection",)


def test_an_emergency_to_its_end(practice: Practice) -> None:
    """Article 12: safety first, no figure; number and place stand on the card at once; the superior is told."""
    desk = practice.resume("discussion.ability")
    desk.see("discussion.ability")
    desk.screen.press("f2")
    desk.say("emergency.kind")
    assert "12,480" not in desk.screen.text
    desk.pick("emergency.kind", "self_harm")
    assert "160 0000 1001" in desk.see("emergency.content")
    desk.screen.press("enter")
    desk.pick("emergency.safe", "help_there")
    desk.pick("wrapup.ended_by", "us")
    desk.wrap_up("to_lead", gone=True)
    assert practice.row("SELECT kind, status FROM emergency") == ("self_harm", "open")


def test_a_complaint_to_its_end(practice: Practice) -> None:
    """Article 10.2: the talk stops, the case is frozen, a lead has it."""
    desk = practice.resume("discussion.cause")
    desk.see("discussion.cause")
    desk.screen.press("esc", "3")
    desk.say("complaint.category")
    desk.pick("complaint.category", "frequency")
    desk.pick("complaint.about", "about_company")
    desk.type("complaint.content", "打得太多 too often")
    desk.pick("wrapup.ended_by", "us")
    desk.wrap_up("await_complaint", gone=True)
    assert practice.row("SELECT category FROM complaint") == ("frequency",)


def test_a_wrong_number_is_asked_twice(practice: Practice) -> None:
    """Article 5.2: no by mistake; then the apology, and the number is retired."""
    desk = practice.resume("party.party")
    desk.pick("party.party", "wrong_number")
    desk.confirm(FIELDS["wrong_number.sure"], yes=False)
    desk.screen.until(r"(?s)1\) (?!Yes|是)")
    desk.screen.press("f6")
    desk.confirm(FIELDS["wrong_number.sure"], yes=False)
    desk.see("party.party")
    desk.pick("party.party", "wrong_number")
    desk.confirm(FIELDS["wrong_number.sure"], yes=True)
    desk.say("wrapup.ended_by")
    desk.pick("wrapup.ended_by", "us")
    desk.wrap_up("other_number", gone=True)
    assert practice.row("SELECT n.status FROM number n JOIN call c ON c.number = n.id") == ("wrong",)


@pytest.mark.parametrize("practice", ["zh_CN"], indirect=True)
def test_a_closed_terminal_and_a_kill_lose_nothing(practice: Practice) -> None:
    """What was confirmed is there; the call goes on at the same question."""
    desk = practice.resume("discussion.cause")
    desk.pick("discussion.cause", "forgot")
    desk.see("discussion.ability")
    desk.screen.hang_up()
    again = practice.run("call", "resume")
    again.pick("discussion.ability", "soon")
    again.see("discussion.attitude")
    again.screen.kill()
    last = practice.run("call", "resume")
    last.pick("discussion.attitude", "cooperative")
    last.pick("result.outcome", "no_agreement")
    last.wrap_up("redial")
    assert practice.row("SELECT count(*) FROM call WHERE ended_at IS NOT NULL") == (1,)


def test_they_call_us(practice: Practice) -> None:
    """No permit, the same locks; their number is not on the screen."""
    desk = practice.run("call", "inbound", CASE, "--language", practice.lang)
    desk.read(re.escape(desk.word("they called us")))
    identified(desk)
    desk.say("discussion.cause")
    desk.pick("discussion.cause", "forgot")
    desk.pick("discussion.ability", "soon")
    desk.pick("discussion.attitude", "cooperative")
    desk.pick("result.outcome", "no_agreement")
    desk.wrap_up("send_statement")
    assert practice.row("SELECT direction, permit FROM call") == ("in", None)


def test_at_24_rows_a_long_list_leaves_head_and_clock_in_view(practice: Practice) -> None:
    """What does not match is said; a number goes to its choice."""
    desk = practice.resume("discussion.cause", rows=24)
    desk.see("discussion.cause")
    clock = re.escape(desk.word("lawful until {time}").split("{")[0])
    assert desk.read(clock).count(CASE) == 1
    desk.screen.press("zzz")
    desk.read(re.escape(desk.word("Nothing matches; Backspace takes letters back.")))
    desk.screen.press("backspace", "backspace", "backspace", "19")
    desk.screen.until(r"▸ 19\)")
    assert "F10" in desk.read(clock)
    desk.left()


@pytest.mark.parametrize("practice", ["zh_CN"], indirect=True)
def test_the_shift_names_its_cases_masked(practice: Practice) -> None:
    """Which case is next, whose, how old and how much; nobody's name in full; handing over ends it."""
    desk = practice.run("work")
    shown = desk.read(re.escape(desk.word("Hand over the shift")))
    nearest = [line for line in desk.screen.lines if re.search(r"A-10\d\d  \S\*", line)]
    assert len(nearest) == 4, shown
    assert all(re.search(r"M\d\+?  逾期 \d+ 天  ¥[\d,.]+", line) for line in nearest)
    assert "王子墨" not in shown
    desk.screen.press("4", "enter")
    assert desk.screen.end() == 0


def labels_absent(desk: Collector, shown: str, *codes: str) -> bool:
    """Whether none of these choices is offered."""
    from tests.terminal.practice import labelled

    return not any(labelled("wrapup.next_action", code, desk.lang) in shown for code in codes)


def test_a_note_to_be_written_anew_stands_there_to_be_mended(practice: Practice) -> None:
    """Article 6.2: the words found are named once, above one question; typing replaces the note, arrows mend it."""
    desk = practice.resume("wrapup.note")
    desk.type("wrapup.note", "客户骂我们是老赖")
    shown = desk.see("wrapup.note_words")
    assert shown.count(desk.word(FIELDS["wrapup.note_words"])) == 1
    assert "老赖" in shown
    desk.pick("wrapup.note_words", "rewrite")
    desk.read(rf"\? {re.escape(desk.word(FIELDS['wrapup.note']))}.*客户骂我们是老赖")
    desk.screen.press("情绪激动", "enter")
    desk.screen.end()
    assert practice.row("SELECT content FROM note") == ("情绪激动",)


def test_a_failed_identity_bears_no_tick(practice: Practice) -> None:
    """Article 5: three wrong answers are shown for what they are, and what must not come up is said."""
    desk = practice.resume("identity.id_last4")
    for nth in ("1", "2", "3"):
        desk.read(rf"{desk.word('try {now} of {of}').format(now=nth, of=3)}")
        desk.type("identity.id_last4", "0000")
    shown = desk.see("result.outcome")
    assert f"✗ {desk.word('Identity')}" in shown
    assert desk.word("Identity is not proved: not a word about the debt.") in shown
    desk.left()
