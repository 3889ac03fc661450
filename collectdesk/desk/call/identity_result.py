"""What the answers of this call prove about the speaker (核实身份, policy article 5.1)."""

from __future__ import annotations

from typing import Literal, TypeAlias

from collectdesk.desk.call.casefile import Party
from collectdesk.desk.call.state import Call

TRIES = 3
"""Wrong answers after which identity has failed on this call."""

ASKED_OF = ("debtor", "agent", "obligor")
Result: TypeAlias = Literal["verified", "failed", "refused"]

OF_PERSON = ("id_last4", "birth_date", "mobile_last4", "name")
OF_CASE = ("contract_last4",)
ITEMS = (*OF_PERSON, *OF_CASE)


def speaker(call: Call) -> Party | None:
    """Who says they are speaking; none for a stranger."""
    if call.party_kind == "debtor":
        return call.case.debtor
    person = call.word("party", "person")
    return call.case.party(int(person[1:])) if person and person[1:].isdigit() else None


def items(call: Call) -> tuple[str, ...]:
    """What is asked of the speaker: the creditor's two items; of another person their name and what is known."""
    who = speaker(call)
    wanted = call.case.identity_items
    if who is None or who.person == call.case.debtor.person:
        return wanted
    known = [item for item in wanted if item in OF_PERSON and expected(call, who, item)]
    return tuple(dict.fromkeys(("name", *known)))[:2]


def expected(call: Call, who: Party, item: str) -> str | None:
    """The stored value an answer is compared with, folded; none when it is not known."""
    values = {
        "id_last4": (who.id_number or "")[-4:].upper(),
        "birth_date": who.born_on or "",
        "name": who.name.replace(" ", "").casefold(),
        "contract_last4": call.case.contract_no[-4:].upper(),
    }
    return values.get(item) or None


def unknown_items(call: Call) -> tuple[str, ...]:
    """Items the creditor wants asked of the debtor for which nothing is on file."""
    debtor = call.case.debtor
    mobile = any(line.person == debtor.person for line in call.case.numbers)
    return tuple(
        item
        for item in call.case.identity_items
        if not (mobile if item == "mobile_last4" else expected(call, debtor, item))
    )


def identity(call: Call) -> Result | None:
    """How it stands; none while answers are still owed. Nothing is proved where nothing is asked."""
    results = [(item, call.every("identity", item)) for item in items(call)]
    given = [value for _, values in results for value in values]
    if "refused" in given:
        return "refused"
    if given.count("wrong") >= TRIES or call.given("identity", "unavailable"):
        return "failed"
    if not results:
        return None
    return "verified" if all("right" in values for _, values in results) else None
