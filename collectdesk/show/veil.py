"""What a collector does not see before identity has passed: the values the debtor is asked for (policy article 5.1).

Whoever reads the answers off the screen can lead the other side to them, so the creditor's identity items stay hidden
in the panes of a call until the desk itself has compared what was said.
"""

from __future__ import annotations

from collectdesk.desk.call.identity_result import identity
from collectdesk.desk.call.question import PaneRow
from collectdesk.desk.call.state import Call
from collectdesk.show.masking import mask_number

HIDDEN = "****"
_ROWS = {"document": "id_last4", "born_on": "birth_date", "number": "mobile_last4", "contract": "contract_last4"}
_LAST = 4


def hides(row: PaneRow, call: Call) -> bool:
    """Whether this row holds the answer to an identity item that is still to be asked."""
    item = _ROWS.get(row.code)
    if item not in call.case.identity_items or identity(call) == "verified":
        return False
    return not isinstance(row.value, dict) or row.value.get("role") == "debtor"


def number(row: PaneRow, value: object, call: Call) -> str:
    """A telephone number as a pane shows it: masked, its last four too where they are asked for."""
    shown = mask_number(str(value))
    return shown[:-_LAST].rstrip("*") + HIDDEN if hides(row, call) else shown
