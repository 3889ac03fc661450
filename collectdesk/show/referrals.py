"""Referrals for people and for programs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from collectdesk.errors import N_
from collectdesk.lang import _
from collectdesk.show.stepwords import at, state_word, steps_wire
from collectdesk.show.words import bracketed, word

if TYPE_CHECKING:
    from collectdesk.desk.referrals.referring import ReferralView

TO = {
    "legal": N_("legal review"),
    "mediation": N_("mediation"),
    "court": N_("court or arbitration"),
    "address_check": N_("address check"),
}


def referral_wire(view: ReferralView, zone: tzinfo) -> dict[str, object]:
    """One referral."""
    row = view.row
    return {
        "id": f"q{row.id}",
        "to": row.referred_to,
        "state": row.status,
        "basis": row.basis,
        "on": row.referred_on,
        "reference": row.reference,
        "leaves_queue": row.leaves_queue,
        "answer": row.answer,
        "answered_on": row.answered_on,
        "ended_on": row.ended_on,
        "at": at(row.at, zone),
        "steps": steps_wire(view.steps, zone),
    }


def referrals_json(code: str, views: Sequence[ReferralView], zone: tzinfo) -> None:
    """One document, ``collectdesk.referrals/1``."""
    from collectdesk.show.jsonout import emit

    emit("collectdesk.referrals/1", {"case": code, "referrals": [referral_wire(view, zone) for view in views]})


def referral_json(code: str, view: ReferralView, zone: tzinfo) -> None:
    """One document, ``collectdesk.referral/1``."""
    from collectdesk.show.jsonout import emit

    emit("collectdesk.referral/1", {"case": code, **referral_wire(view, zone)})


def referrals_text(views: Sequence[ReferralView]) -> None:
    """Each referral: whom to, on which basis, since when, what came back."""
    from collectdesk.show.tables import facts
    from collectdesk.show.terminal import out

    console = out()
    for view in views:
        console.print(facts(console, _facts(view)))
        console.print()
    if not views:
        console.print(" " + _("The case is not referred."))


def _facts(view: ReferralView) -> list[tuple[str, str]]:
    from collectdesk.desk.lifecycle import lifecycle

    row = view.row
    state = bracketed(state_word(lifecycle("referral"), row.status))
    pairs = [
        (_("Referral"), f"q{row.id}  {word(TO, row.referred_to)}{state}"),
        (_("Basis"), row.basis),
        (_("Referred on"), row.referred_on),
        (_("Queue"), _("the case rests meanwhile") if row.leaves_queue else _("the case stays in the queue")),
    ]
    if row.reference:
        pairs.append((_("Reference"), row.reference))
    if row.answer and row.answered_on:
        pairs.append((_("Answer"), f"{row.answered_on}  {row.answer}"))
    if row.ended_on:
        pairs.append((_("Ended on"), row.ended_on))
    return pairs
