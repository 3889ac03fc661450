"""Before the number: brief, plan, materials (policy article 4)."""

from __future__ import annotations

import pytest

from collectdesk.desk.call.panes import PANES
from collectdesk.desk.call.wording import BarredWording
from collectdesk.errors import BadData
from collectdesk.store.tables import Attestation
from tests import desks
from tests.desk.call.phone import Phone


def test_four_panes_each_acknowledged(phone: Phone) -> None:
    """Article 4.1: client, debt, terms, whole history."""
    phone.dial()
    seen = []
    while phone.asked.step == "brief":
        seen.append(phone.asked.field)
        assert phone.asked.pane is not None
        assert phone.asked.pane.rows
        phone.answer("done")
    assert tuple(seen) == PANES


def test_a_redial_shows_only_the_difference(phone: Phone) -> None:
    """Article 4.1: what was acknowledged today holds until it changes; here only the new call in the history."""
    phone.dial()
    phone.go(given={"line.line": "no_answer", "wrapup.next_action": "redial"})
    phone.room.hands.at += 31 * 60
    phone.dial()
    assert phone.at == "brief.history"
    pane = phone.asked.pane
    assert pane is not None
    assert pane.partial
    assert [(row.mark, row.code) for row in pane.rows] == [("new", "event"), ("gone", "no_history")]
    phone.answer("done")
    assert phone.at == "permit.permit"


def test_the_next_day_everything_is_read_again(phone: Phone) -> None:
    phone.dial()
    phone.go(given={"line.line": "no_answer", "wrapup.next_action": "redial"})
    phone.room.hands.at += 86_400
    phone.dial()
    assert (phone.at, phone.asked.pane.partial) == ("brief.client", False)  # type: ignore[union-attr]


def test_a_changed_amount_is_shown_again_and_voids_the_plan(phone: Phone) -> None:
    """Articles 4.1, 4.2: anything shown that changes is acknowledged anew."""
    phone.dial()
    phone.go(given={"line.line": "no_answer", "wrapup.next_action": "redial"})
    with phone.office.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE statement SET principal = 1180000, total = 1238000")
    phone.room.hands.at += 31 * 60
    phone.dial()
    seen = []
    while phone.at != "permit.permit":
        seen.append(phone.at)
        phone.go_one()
    assert "brief.debt" in seen
    assert "brief.client" not in seen
    assert "plan.goal" in seen


def test_a_plan_has_goal_points_reactions_and_a_strategy_each(phone: Phone) -> None:
    """Article 4.2: chosen from the library, one's own added with a strategy."""
    phone.dial()
    phone.go("plan.own")
    with pytest.raises(BadData):
        phone.answer("会要求减免")
    phone.answer("会要求减免 => 说明须审批,可代为提交")
    goal, points, reactions = phone.rows("SELECT goal, points, reactions FROM call_plan")[0]
    assert goal
    assert points != "[]"
    assert "说明须审批" in reactions


def test_a_strategy_of_ones_own_is_checked_for_wording(phone: Phone) -> None:
    """Articles 6.2, 9.1: what we would say may not threaten; the attempt is kept without the words."""
    phone.dial()
    phone.go("plan.own")
    with pytest.raises(BarredWording):
        phone.answer("不还钱 => 骂他老赖")
    assert phone.at == "plan.own"
    rows = phone.rows("SELECT place, blocked FROM conduct_warning")
    assert rows
    assert set(rows) == {("plan.own", 1)}


def test_a_statement_gone_stale_is_named_and_refused(phone: Phone) -> None:
    """Article 4.3: stale or missing is named, and nothing is dialled."""
    phone.dial()
    phone.go("materials")
    with phone.office.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE statement SET as_of = '2026-11-10'")
    with pytest.raises(BadData) as refused:
        phone.answer("done")
    assert "statement_stale" in str(refused.value.params["missing"])


def test_missing_channels_are_named(phone: Phone) -> None:
    """Articles 4.3, 9.5: without a designated channel there is nothing to pay into."""
    with phone.office.writer.begin() as connection:
        connection.exec_driver_sql("DELETE FROM payment_channel")
    phone.dial()
    phone.go("materials")
    assert phone.asked.missing == ("channels",)


def test_the_number_appears_with_the_permit_and_not_before(phone: Phone) -> None:
    """Only the permit unmasks."""
    phone.dial()
    while phone.asked.step != "line":
        assert phone.prompt.revealed is None
        phone.go_one()
    assert phone.prompt.revealed == phone.room.small.mobile
    phone.go()
    assert phone.prompt.revealed is None


def test_a_notice_a_lead_vouched_for_stands_in_the_brief_with_its_day(phone: Phone) -> None:
    """Article 4.1: what the gate goes by, the collector reads as well."""
    given = phone.room.hands.at - 5 * 86_400
    with phone.office.store.writer.begin() as connection:
        small = phone.room.small
        desks.add(
            connection, Attestation, kind="outsourcing_notice", case_id=small.case, by_staff=small.lead,
            at=phone.room.hands.at, scope={"sent_at": given},
        )  # fmt: skip
    phone.dial()
    sent = [(each.kind, each.sent_at) for each in phone.prompt.call.case.notices]
    assert ("outsourcing", given) in sent
