"""What proves a difficulty (困难证明材料), and how far each item has come, in words."""

from __future__ import annotations

from collectdesk.errors import N_

EVIDENCE = {
    "income": N_("Proof of income"),
    "unemployment": N_("Proof of unemployment"),
    "wages": N_("Proof that wages are owed"),
    "business": N_("Papers of the business"),
    "medical": N_("Medical proof"),
    "family": N_("Proof of family burden"),
    "disaster": N_("Proof of a disaster"),
    "debts": N_("Proof of other debts"),
    "bank_statement": N_("Bank statement"),
    "declaration": N_("Signed declaration"),
    "other": N_("Other proof"),
}
EVIDENCE_STATES = {
    "asked": N_("asked for"),
    "received": N_("received"),
    "sufficient": N_("sufficient"),
    "insufficient": N_("not sufficient"),
}
