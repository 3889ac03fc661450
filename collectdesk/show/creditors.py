"""Creditors for people and for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from collectdesk.errors import N_
from collectdesk.lang import _, current
from collectdesk.show.words import listed, word

if TYPE_CHECKING:
    from collectdesk.desk.creditors import CreditorView

ITEMS = {
    "id_last4": N_("last four of the document"),
    "birth_date": N_("date of birth"),
    "mobile_last4": N_("last four of the mobile number"),
    "name": N_("full name"),
    "contract_last4": N_("last four of the contract"),
}


def as_text(found: Sequence[CreditorView]) -> None:
    """Each creditor with what is asked, its hotline and its ways to pay."""
    from collectdesk.show.tables import facts
    from collectdesk.show.terminal import out

    console = out()
    for view in found:
        ways = [each.label_zh if current() == "zh_CN" else each.label_en for each in view.channels]
        pairs = [
            (_("Creditor"), view.name),
            (_("Identity"), listed(word(ITEMS, item) for item in view.identity_items) or _("not set")),
            (_("Hotline"), view.hotline or "-"),
            (_("Ways to pay"), listed(ways) or _("none")),
        ]
        console.print(facts(console, pairs))
        console.print()


def as_json(found: Sequence[CreditorView]) -> None:
    """One document, ``collectdesk.creditors/1``."""
    from collectdesk.show.jsonout import emit

    rows = [
        {
            "name": view.name,
            "kind": view.kind,
            "identity_items": list(view.identity_items),
            "hotline": view.hotline,
            "channels": [
                {"code": each.code, "label": {"zh_CN": each.label_zh, "en": each.label_en}} for each in view.channels
            ],
        }
        for view in found
    ]
    emit("collectdesk.creditors/1", {"creditors": rows})
