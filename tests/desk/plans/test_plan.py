"""A hardship plan from the proposal to its end (policy article 11.1): what is refused, by name, and what it does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from collectdesk.desk.plans import deciding, examining, outside, performance, proposing, reading, reminders
from collectdesk.desk.plans.terms import Wish
from collectdesk.desk.reminder import Reminder
from collectdesk.desk.requests.matters import Answer
from collectdesk.errors import BadData, Busy, NotPermitted, Problem, UsageProblem
from tests.desk.call.phone import Phone, both
from tests.desk.call.test_house_limits import adopted, changed
from tests.desk.plans.hardship import ASKED, TOTAL, Hardship, later
from tests.desks import DAY


@pytest.fixture
def hardship(phone: Phone) -> Hardship:
    return Hardship(phone)


def refused(code: str, kind: type[Problem], do: Callable[[], object]) -> Problem:
    with pytest.raises(kind) as caught:
        do()
    assert caught.value.code == code
    return caught.value


@both
def test_from_the_proposal_to_the_last_payment(hardship: Hardship) -> None:
    """Article 11.1 on both engines: verified, approved by another, agreed, performed, completed."""
    plan = hardship.active()
    view = hardship.view(plan)
    assert sum(each.amount for each in view.rows) == TOTAL == view.plan.total
    assert (view.plan.status, view.edited, hardship.plan_holds()) == ("active", False, 1)
    for each in view.rows:
        hardship.phone.room.hands.at = reading.house_midnight(each.due_on) + 10 * 3600
        hardship.pay(each.amount)
    done = hardship.view(plan)
    assert (done.plan.status, hardship.plan_holds()) == ("completed", 0)
    assert [step.act for step in done.steps] == [
        "propose", *["evidence"] * 3, "submit", "approve", "sign", "complete",
    ]  # fmt: skip
    assert done.performance is not None
    assert {each.state for each in done.performance.instalments} == {"exact"}


def test_a_plan_in_performance_blocks_collection_calls_and_no_others(hardship: Hardship) -> None:
    """Article 11.1, PLAN-02: collection stops while it is performed; an answer to a complaint passes."""
    assert hardship.may_call().allowed
    hardship.active()
    hardship.wait(1)
    blocked = hardship.may_call()
    assert not blocked.allowed
    held = [block.evidence["holds"] for block in blocked.blocks if block.code == "hold"]
    assert {hold["kind"] for holds in held for hold in holds} == {"plan"}
    assert hardship.may_call("answer_complaint").allowed


def test_a_missed_instalment_lifts_the_block_by_its_date(hardship: Hardship) -> None:
    """Broken by rule: after the days of grace the block is over, though nobody wrote anything."""
    plan = hardship.active()
    first = hardship.view(plan).rows[0].due_on
    hold_until = hardship.phone.one("SELECT until FROM hold WHERE kind = 'plan'")
    assert hold_until == reading.house_midnight(later(first, 4))
    hardship.phone.room.hands.at = hold_until - 1
    assert hardship.plan_holds() == 1
    hardship.phone.room.hands.at = hold_until
    assert hardship.plan_holds() == 0
    assert hardship.state(plan) == "active"
    assert hardship.view(plan).performance.broken_on == later(first, 4)  # type: ignore[union-attr]
    with hardship.collector.writing() as session:
        performance.dates_passed(session, hardship.collector.now())
    assert hardship.state(plan) == "broken"


def test_a_payment_moves_the_block_on_and_a_late_file_mends_it(hardship: Hardship) -> None:
    """Paid in time but brought in late: it was never broken."""
    plan = hardship.active()
    rows = hardship.view(plan).rows
    hardship.phone.room.hands.at = reading.house_midnight(later(rows[0].due_on, 5))
    with hardship.collector.writing() as session:
        performance.dates_passed(session, hardship.collector.now())
    assert hardship.state(plan) == "broken"
    hardship.pay(rows[0].amount, rows[0].due_on)
    assert (hardship.state(plan), hardship.plan_holds()) == ("active", 1)
    newest = "SELECT until FROM hold WHERE kind = 'plan' ORDER BY id DESC"
    assert hardship.phone.one(newest) == reading.house_midnight(later(rows[1].due_on, 4))


def test_a_payment_taken_back_brings_a_completed_plan_back(hardship: Hardship) -> None:
    plan = hardship.active()
    key = hardship.pay(TOTAL)
    assert hardship.state(plan) == "completed"
    hardship.wait(1)
    hardship.pay(-TOTAL, reverses=key)
    assert (hardship.state(plan), hardship.plan_holds()) == ("active", 1)


def test_a_payment_before_the_statement_does_not_count(hardship: Hardship) -> None:
    """What was paid before the statement's day is in its amounts; what came on it and was told later is not."""
    plan = hardship.active()
    hardship.pay(5_000, date(2026, 11, 21))
    assert hardship.view(plan).performance.paid == 0  # type: ignore[union-attr]
    hardship.pay(6_000, date(2026, 11, 22))
    assert hardship.view(plan).performance.paid == 6_000  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("column", "value"),
    [("amount", "amount + 1"), ("due_on", "'2027-01-04'"), ("number", "77")],
)
def test_a_schedule_edited_in_the_database_is_detected(hardship: Hardship, column: str, value: str) -> None:
    """Approval is bound to the schedule: an edited row is named, nothing goes on with it."""
    plan = hardship.approved()
    hardship.edit(f"UPDATE plan_instalment SET {column} = {value} WHERE number = 2")
    refused("plan_edited", BadData, lambda: hardship.sign(plan))
    assert (hardship.state(plan), hardship.view(plan).edited) == ("approved", True)


def test_an_edit_that_mends_its_digests_is_detected_by_the_journal(hardship: Hardship) -> None:
    plan = hardship.approved()
    hardship.edit(
        "UPDATE plan_instalment SET amount = amount + CASE number WHEN 1 THEN -100 ELSE 100 END WHERE number IN (1, 2)"
    )
    with hardship.collector.reading() as session:
        from collectdesk.desk.plans import binding

        row = reading.found(session, plan)
        forged = binding.sealed(row, binding.rows(session, row))
        was = row.digest
    hardship.edit(f"UPDATE plan SET digest = '{forged}', approved_digest = '{forged}'")
    hardship.edit(f"UPDATE step SET content = replace(content, '{was}', '{forged}') WHERE kind = 'plan'")
    refused("plan_edited", BadData, lambda: hardship.sign(plan))


def test_a_changed_schedule_is_approved_anew(hardship: Hardship) -> None:
    """Any change reopens it."""
    plan = hardship.approved()
    proposing.change(hardship.collector, plan, Wish(count=9))
    assert hardship.state(plan) == "draft"
    refused("not_in_this_state", Busy, lambda: hardship.sign(plan))
    deciding.submit(hardship.collector, plan)
    refused("plan_other_schedule", BadData, lambda: deciding.approve(hardship.lead, plan, "0" * 12))
    deciding.approve(hardship.lead, plan, hardship.digest(plan)[:12])
    hardship.sign(plan)
    assert (hardship.state(plan), len(hardship.view(plan).rows)) == ("active", 10)


def test_an_edited_plan_is_reopened_by_drawing_it_up_anew(hardship: Hardship) -> None:
    plan = hardship.approved()
    hardship.edit("UPDATE plan_instalment SET amount = amount + 1 WHERE number = 1")
    proposing.change(hardship.collector, plan, ASKED)
    assert (hardship.state(plan), hardship.view(plan).edited) == ("draft", False)


def test_nobody_decides_their_own(hardship: Hardship) -> None:
    """The approver is never the proposer, nor who put it forward; refused by name, nothing written."""
    lead, admin = hardship.lead, hardship.admin
    plan = proposing.propose(lead, hardship.code, ASKED, "medical")
    hardship.verify(plan)
    deciding.submit(hardship.collector, plan)
    for decide in (
        lambda: deciding.approve(lead, plan, hardship.digest(plan)),
        lambda: deciding.reject(lead, plan, "not today"),
        lambda: deciding.send_back(lead, plan, "not today"),
    ):
        assert refused("own_matter", NotPermitted, decide).params["numbers"] == "8000"
    refused("role", NotPermitted, lambda: deciding.approve(hardship.collector, plan, hardship.digest(plan)))
    assert hardship.state(plan) == "submitted"
    deciding.approve(admin, plan, hardship.digest(plan))


def test_the_database_itself_holds_the_two_apart(hardship: Hardship) -> None:
    from sqlalchemy.exc import IntegrityError

    hardship.submitted()
    with pytest.raises(IntegrityError):
        hardship.edit("UPDATE plan SET decided_by = proposed_by, status = 'approved'")


def test_authority_is_by_amount(hardship: Hardship) -> None:
    """A lead approves up to the house's amount; beyond it the hint names who may."""
    hardship.statement(4_942_001)
    plan = hardship.submitted()
    problem = refused(
        "plan_authority", NotPermitted, lambda: deciding.approve(hardship.lead, plan, hardship.digest(plan))
    )
    assert problem.params["roles"] == "admin, officer"
    deciding.approve(hardship.admin, plan, hardship.digest(plan))


def test_authority_reaches_its_very_amount(hardship: Hardship) -> None:
    hardship.statement(4_942_000)
    hardship.approved()


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (Wish(count=61), "plan_card_term"),
        (Wish(count=72), "plan_card_term"),
        (Wish(count=300, every="week"), "plan_card_term"),
        (Wish(count=6, first=date(2026, 11, 20)), "plan_date_past"),
        (Wish(count=6, first=date(2027, 1, 8)), "plan_first_date"),
        (Wish(count=6, down=124_799), "plan_down"),
        (Wish(count=6, down=TOTAL), "plan_sum_down"),
        (Wish(kind="balloon", count=6, balloon=TOTAL), "plan_balloon"),
        (Wish(kind="extension", count=1, first=date(2027, 2, 22)), "plan_extension"),
    ],
)
def test_what_the_house_or_the_law_does_not_allow(hardship: Hardship, wish: Wish, code: str) -> None:
    """Articles 9.4, 11.1; PLAN-01: sixty months for a card; refused by name, nothing written."""
    refused(code, BadData, lambda: hardship.draft(wish))
    assert hardship.phone.one("SELECT count(*) FROM plan") == 0


def test_sixty_months_are_allowed_to_a_card(hardship: Hardship) -> None:
    plan = hardship.draft(Wish(count=60))
    assert hardship.view(plan).rows[-1].due_on == date(2031, 11, 21)  # the 23rd is a Sunday; on Monday it were longer


def test_the_law_binds_a_card_where_the_house_allows_more(hardship: Hardship) -> None:
    """Article 70 of the card measures: sixty months, whatever the house sets; other debts have the house's."""
    adopted(hardship.phone, changed(most_months=120))
    refused("plan_card_term", BadData, lambda: hardship.draft(Wish(count=72)))
    hardship.edit("UPDATE case_file SET type = 'mortgage'")
    hardship.draft(Wish(count=72))


def test_a_house_may_be_stricter_than_the_law(hardship: Hardship) -> None:
    adopted(hardship.phone, changed(most_months=24))
    problem = refused("plan_too_long", BadData, lambda: hardship.draft(Wish(count=25)))
    assert problem.params["months"] == 24


def test_an_extension_is_the_whole_sum_on_one_date(hardship: Hardship) -> None:
    plan = hardship.draft(Wish(kind="extension", count=1, first=date(2026, 12, 31)))
    assert [(each.due_on, each.amount) for each in hardship.view(plan).rows] == [(date(2026, 12, 31), TOTAL)]


def test_due_days_are_working_days_as_the_house_says(hardship: Hardship) -> None:
    first = Wish(count=2, first=date(2026, 12, 26))
    plan = hardship.draft(first)
    assert [each.due_on.isoformat() for each in hardship.view(plan).rows[1:]] == ["2026-12-28", "2027-01-26"]


def test_a_month_end_plan_begins_at_the_next_months_end_where_nobody_said(hardship: Hardship) -> None:
    plan = hardship.draft(Wish(count=2, month_end=True))
    assert [each.due_on.isoformat() for each in hardship.view(plan).rows[1:]] == ["2026-12-31", "2027-02-15"]


def test_only_what_is_verified_is_submitted(hardship: Hardship) -> None:
    """Article 11.1: first verified; something sufficient and nothing open."""
    plan = hardship.draft()
    refused("plan_unverified", BadData, lambda: deciding.submit(hardship.collector, plan))
    refused(
        "plan_evidence_order", BadData, lambda: proposing.evidence(hardship.collector, plan, "income", "sufficient")
    )
    hardship.verify(plan)
    proposing.evidence(hardship.collector, plan, "medical", "asked")
    refused("plan_unverified", BadData, lambda: deciding.submit(hardship.collector, plan))
    proposing.evidence(hardship.collector, plan, "medical", "received")
    proposing.evidence(hardship.collector, plan, "medical", "insufficient")
    deciding.submit(hardship.collector, plan)


def test_a_difficulty_is_a_category_and_never_a_detail(hardship: Hardship) -> None:
    """Article 7.4: neither the command nor the table takes anything but a code."""
    refused(
        "no_such_word",
        UsageProblem,
        lambda: proposing.propose(hardship.collector, hardship.code, ASKED, "wife has cancer"),
    )
    plan = hardship.draft()
    refused("no_such_word", UsageProblem, lambda: proposing.evidence(hardship.collector, plan, "x-ray", "asked"))


def test_it_is_decided_within_two_working_days(hardship: Hardship) -> None:
    """Submitted on Monday: until Wednesday; it stands with those who may decide, overdue after that."""
    plan = hardship.submitted()
    assert hardship.view(plan).plan.decide_by == "2026-11-25"
    first = reminded(hardship)
    assert [(each.kind, each.urgency, each.due_on) for each in first] == [("plan_approval", "soon", "2026-11-25")]
    assert first[0].staff == (hardship.lead.staff.id, hardship.admin.staff.id)
    hardship.wait(3)
    assert [each.urgency for each in reminded(hardship)] == ["overdue"]


def reminded(hardship: Hardship) -> list[Reminder]:
    with hardship.collector.reading() as session:
        return reminders.reminders(session, hardship.collector.now())


def test_instalments_are_remembered_before_and_after_their_day(hardship: Hardship) -> None:
    plan = hardship.active()
    first = hardship.view(plan).rows[0].due_on
    seen = []
    for day in (-4, -3, 0, 1, 4, 12):
        hardship.phone.room.hands.at = reading.house_midnight(later(first, day)) + 10 * 3600
        seen.append([(each.kind, each.urgency) for each in reminded(hardship)])
    assert seen == [
        [],
        [("instalment_due", "soon")],
        [("instalment_due", "due")],
        [("instalment_late", "overdue")],
        [("plan_broken", "overdue")],
        [],
    ]


def test_a_newer_statement_undoes_a_plan_that_is_not_agreed(hardship: Hardship) -> None:
    """The sum is the statement's: where it says another, the plan is drawn up anew."""
    plan = hardship.approved()
    hardship.wait(1)
    hardship.statement(1_000_000)
    refused("plan_statement_changed", BadData, lambda: hardship.sign(plan))
    proposing.change(hardship.collector, plan, ASKED)
    assert hardship.view(plan).plan.total == 1_058_000


def test_an_oral_agreement_has_its_recording_and_a_card_its_contents(hardship: Hardship) -> None:
    """PLAN-03, PLAN-04."""
    plan, office = hardship.approved(), hardship.collector
    refused("plan_recording", UsageProblem, lambda: performance.sign(office, plan, "oral", contents=True))
    refused("plan_contents", BadData, lambda: performance.sign(office, plan, "signed"))
    yesterday = later(hardship.today, -1)
    refused(
        "plan_agreed_on",
        BadData,
        lambda: performance.sign(office, plan, "signed", agreed_on=yesterday, contents=True),
    )
    performance.sign(office, plan, "signed", contents=True)
    assert hardship.view(plan).steps[-1].content["contents"] == list(performance.CONTENTS)  # type: ignore[index]


def test_a_plan_agreed_too_late_is_drawn_up_anew(hardship: Hardship) -> None:
    plan = hardship.approved()
    hardship.phone.room.hands.at += 30 * DAY
    refused("plan_date_past", BadData, lambda: hardship.sign(plan))


def test_one_plan_at_a_time_and_not_after_too_many(hardship: Hardship) -> None:
    first = hardship.draft()
    assert refused("plan_open", Busy, hardship.draft).params["plan"] == first
    deciding.withdraw(hardship.collector, first, "they changed their mind")
    for _ in range(2):
        hardship.active()
        hardship.wait(60)
        hardship.statement(1_190_000)
        with hardship.collector.writing() as session:
            performance.dates_passed(session, hardship.collector.now())
    assert refused("plan_earlier", BadData, hardship.draft).params["count"] == 2


def test_a_hardship_told_on_a_call_is_held_until_it_is_decided(hardship: Hardship) -> None:
    """The hold the call put on ends with the decision; a plan agreed to holds in its place."""
    phone = hardship.phone
    phone.dial()
    phone.go("ended", {"result.outcome": "hardship", "wrapup.next_action": "propose_plan"})
    assert phone.one("SELECT count(*) FROM hold WHERE kind = 'hardship' AND lifted_at IS NULL") == 1
    plan = hardship.submitted()
    deciding.reject(hardship.lead, plan, "income covers it")
    assert phone.one("SELECT count(*) FROM hold WHERE kind = 'hardship' AND lifted_at IS NULL") == 0
    assert phone.one("SELECT count(*) FROM case_file WHERE frozen_at IS NOT NULL") == 0


def test_a_reason_is_a_sentence(hardship: Hardship) -> None:
    plan = hardship.submitted()
    refused("plan_reason", UsageProblem, lambda: deciding.reject(hardship.lead, plan, "- !"))
    deciding.send_back(hardship.lead, plan, "the income proof is of last year")
    assert hardship.state(plan) == "returned"


def test_a_closed_case_takes_no_plan(hardship: Hardship) -> None:
    hardship.edit("UPDATE case_file SET status = 'settled'")
    refused("plan_case_closed", BadData, hardship.draft)


def test_doctor_names_an_edited_schedule(hardship: Hardship) -> None:
    """A schedule edited behind the program's back is found by who looks for it, too."""
    plan = hardship.active()
    assert list(examining.examined(hardship.collector)) == []
    hardship.edit("UPDATE plan_instalment SET due_on = '2028-01-01' WHERE number = 6")
    found = list(examining.examined(hardship.collector))
    assert [(each.code, each.state, each.params["plan"]) for each in found] == [("plan_edited", "bad", plan)]


def test_an_edited_plan_is_judged_by_nobody(hardship: Hardship) -> None:
    """Payments complete no schedule that was never approved; its block ends by the date it had."""
    plan = hardship.active()
    hardship.edit("UPDATE plan_instalment SET amount = 1 WHERE number > 0")
    hardship.pay(200_000)
    assert (hardship.state(plan), hardship.plan_holds()) == ("active", 1)


def test_a_plan_drawn_up_during_a_call_is_that_calls(hardship: Hardship) -> None:
    hardship.phone.dial()
    hardship.phone.go("result.outcome")
    hardship.draft()
    assert hardship.phone.rows("SELECT call FROM plan") == [(hardship.phone.prompt.call.id,)]


def test_where_nobody_may_decide_an_outside_officer_does(hardship: Hardship) -> None:
    """Four eyes on a desk of one: the matter is put outside, and what was answered is bound to that schedule."""
    plan = hardship.submitted()
    office = hardship.collector
    with office.reading() as session:
        refused("nothing_to_put", Busy, lambda: outside.put(session, plan))
    hardship.edit("UPDATE staff SET status = 'suspended' WHERE role IN ('lead', 'admin')")
    with office.reading() as session:
        asked = outside.put(session, plan)
    assert (asked.matter, asked.party, asked.choices) == ("plan.decide", frozenset({office.staff.id}), outside.CHOICES)
    assert asked.facts[0].value == "12480.00 CNY"
    answered = Answer("approve", "it is affordable", "", {"request": "u1", "reference": "L-3", "digest": "0" * 64})
    with office.writing() as session:
        outside.apply(office, session, asked.matter, asked.subject, answered)
    view = hardship.view(plan)
    assert (view.plan.status, view.edited, view.plan.decided_by) == ("approved", False, None)
    assert view.steps[-1].content is not None
    assert view.steps[-1].content["answer_digest"] == "0" * 64
    hardship.sign(plan)
