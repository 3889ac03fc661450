"""What ``doctor`` looks at in the plans: a schedule that is not the one that was recorded or approved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from collectdesk.desk.health import Check
from collectdesk.desk.plans import binding, reading
from collectdesk.desk.plans.states import LIVE
from collectdesk.errors import N_
from collectdesk.store.ids import public

if TYPE_CHECKING:
    from collectdesk.desk.office import Office


def examined(office: Office) -> Iterator[Check]:
    """A finding for each plan whose schedule was edited behind the program's back."""
    with office.reading() as session:
        for plan in reading.listed(session, states=LIVE):
            if plan.id is not None and binding.edited(session, plan):
                yield Check(
                    "plan_edited",
                    "bad",
                    N_("The schedule of plan {plan} was edited after it was recorded or approved."),
                    N_("collectdesk plan change {plan}; one in performance: collectdesk restore"),
                    {"plan": public("plan", plan.id)},
                )
