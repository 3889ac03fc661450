"""Creditors for people and for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from collectdesk.errors import N_
from collectdesk.lang import _, current
from collectdesk.show.words import listed, word

if TYPE_CHECKING:
    from collectdesk.desk.creditors import Channel, CreditorView

CHANNEL = "collectdesk.payment_channel/1"
ITEMS = {
    "id_last4": N_("last four of the document"),
    "birth_date": N_("date of birth"),
    "mobile_last4": N_("last four of the mobile number"),
    "name": N_("full name"),
    "contract_last4": N_("last four of the contract"),
}

LICENCES = {
    "bank": N_("bank"),
    "consumer_finance": N_("consumer finance company"),
    "other": N_("other lender"),
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
            (_("Licensed as"), word(LICENCES, view.licence) if view.licence else _("not set")),
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
            "licence": view.licence,
            "channels": [
                {"code": each.code, "label": {"zh_CN": each.label_zh, "en": each.label_en}} for each in view.channels
            ],
        }
        for view in found
    ]
    emit("collectdesk.creditors/1", {"creditors": rows})


def channel_json(creditor: str, way: Channel, *, open_: bool) -> None:
    """One document, ``collectdesk.payment_channel/1``; ``open``: whether a debtor may be sent there."""
    from collectdesk.show.jsonout import emit

    label = {"zh_CN": way.zh, "en": way.en}
    emit(CHANNEL, {"creditor": creditor, "code": way.code, "label": label, "account": way.account, "open": open_})


def channel_schema() -> dict[str, object]:
    """What ``creditor channel`` and ``creditor close`` answer, as JSON Schema."""
    text = {"type": "string", "minLength": 1}
    fields: dict[str, object] = {
        "schema": {"const": CHANNEL},
        "creditor": text,
        "code": text,
        "label": _record({"zh_CN": text, "en": text}),
        "account": {"anyOf": [text, {"type": "null"}]},
        "open": {"type": "boolean"},
    }
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": CHANNEL, **_record(fields)}


def _record(fields: dict[str, object]) -> dict[str, object]:
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
