"""The permit within a call: asked for and shown before the answer is committed, each in its own transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import update

from collectdesk.desk import permit as permits
from collectdesk.desk.call import loading, values
from collectdesk.desk.call.prompt import Prompt
from collectdesk.desk.call.state import Call
from collectdesk.desk.clock import Clocks
from collectdesk.desk.facts import Contact
from collectdesk.desk.office import Office
from collectdesk.errors import N_, BlockedByGate
from collectdesk.store.tables import Call as CallRow


class RefusedByGate(BlockedByGate):
    """The gate said no; ``decision`` is the contract's, ``contact`` what was asked about."""

    def __init__(self, decision: Mapping[str, Any], contact: Contact) -> None:
        super().__init__(
            "gate_refused",
            N_("The gate refuses this call; the refusal is recorded."),
            hint=N_("`collectdesk check` explains it, `collectdesk queue` names who may be called."),
        )
        self.decision = decision
        self.contact = contact


def ask_first(office: Office, standing: Prompt, raw: str, clocks: Clocks) -> None:
    """Where the call stands at its permit, ask for it before the answer is committed.

    Raises:
        RefusedByGate: no permit, or no longer.
        BadData: what was typed is no answer.
    """
    if standing.question is not None and standing.question.step == "permit":
        values.read(standing.question, raw, standing.call.case.local(standing.call.now))
        _permit(office, standing.call, clocks)


def _permit(office: Office, state: Call, clocks: Clocks) -> None:
    """Ask for the permit and show the number, each in its own transaction; a retry finds the same permit.

    Raises:
        RefusedByGate: no permit, or no longer.
    """
    contact = Contact(state.case.id, state.person, state.number, state.now, state.purpose)
    named = f"call-{state.id}-{state.permit_tries}"
    asked = permits.request(office, contact.case, contact.person, contact.number, contact.purpose, named, clocks=clocks)
    if isinstance(asked, permits.Granted):
        with office.writer.begin() as connection:
            connection.execute(update(CallRow).where(CallRow.id == state.id).values(permit=asked.permit))  # type: ignore[arg-type]
        shown = permits.show(office, asked.permit, clocks=clocks) if asked.state in ("granted", "shown") else asked
        if isinstance(shown, permits.Shown):
            return
        if isinstance(shown, permits.Refused):
            asked = shown
    _count_try(office, state)
    raise RefusedByGate(asked.decision, contact)


def _count_try(office: Office, state: Call) -> None:
    """The next request is a new one."""
    with office.writer.begin() as connection:
        kept = loading.kept_of(connection, state.id)
        kept["permit_tries"] = state.permit_tries + 1
        connection.execute(update(CallRow).where(CallRow.id == state.id).values(state=kept))  # type: ignore[arg-type]
