"""The panes of a call as lines: the brief, the materials, a safety card, what the gate warns of. Masked."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from collectdesk.desk.call import plan
from collectdesk.desk.call.question import Pane, PaneRow, Plain
from collectdesk.desk.call.state import Call
from collectdesk.errors import N_
from collectdesk.lang import _, ngettext, pick
from collectdesk.show import veil, words
from collectdesk.show.callhead import grouped
from collectdesk.show.dates import long_date, moment
from collectdesk.show.masking import mask_id, mask_name
from collectdesk.show.money import amount
from collectdesk.show.reasons import message_for
from collectdesk.show.safe import safe
from collectdesk.show.terminal import WIDTH, marks
from collectdesk.show.width import cells, pad, wrap
from collectdesk.show.words import word

LABELS = {
    "reach_name": N_("Name"),
    "reach_number": N_("Number"),
    "reach_address": N_("Last address"),
    "alerted": N_("Alerted"),
    "waits": N_("Not taken for"),
    "taken_at": N_("Taken at"),
    "name": N_("Name"),
    "document": N_("Document"),
    "born_on": N_("Born"),
    "capacity": N_("Legal capacity"),
    "city": N_("City"),
    "language": N_("Language"),
    "number": N_("Number"),
    "party": N_("Also in the case"),
    "creditor": N_("Creditor"),
    "product": N_("Product"),
    "debt_type": N_("Kind of debt"),
    "total": N_("Amount due"),
    "principal": N_("Principal"),
    "interest": N_("Interest"),
    "fees": N_("Fees"),
    "as_of": N_("As of"),
    "paid": N_("Paid since"),
    "left": N_("Left"),
    "least_promised": N_("At least"),
    "last_promised": N_("At the latest"),
    "broken_promises": N_("Broken so far"),
    "days_past_due": N_("Past due"),
    "due_on": N_("Due on"),
    "hold": N_("Hold"),
    "contract": N_("Contract"),
    "signed_on": N_("Signed on"),
    "term": N_("Term"),
    "consequence": N_("Consequence"),
    "notice": N_("Notice sent"),
    "event": N_("Contact"),
    "promise": N_("Promise"),
    "no_history": N_("No earlier contact"),
    "statement": N_("Statement as of"),
    "channel": N_("Payment channel"),
    "identity_item": N_("Identity item"),
    "objection_kind": N_("Objection"),
    "objection_content": N_("In their words"),
    "objection_evidence": N_("Evidence"),
    "objection_due": N_("Answer due"),
    "objection_finding": N_("Finding"),
    "objection_found": N_("Found"),
    "objection_answer": N_("Answer"),
    "wording": N_("Found"),
    "first": N_("First"),
    "say": N_("Say"),
    "do": N_("Do"),
    "avoid": N_("Never"),
    "ring": N_("Ring"),
}

CODES: dict[str, dict[str, str]] = {
    "role": words.ROLES,
    "hold": words.HOLDS,
    "capacity": {
        "full": N_("full"),
        "limited": N_("limited"),
        "none": N_("none"),
        "unknown": N_("unknown"),
    },
    "language": {"zh_CN": "中文", "en": "English"},
    "debt_type": {
        "credit_card": N_("credit card"),
        "consumer_loan": N_("consumer loan"),
        "online_consumer_loan": N_("online consumer loan"),
        "auto": N_("car loan"),
        "mortgage": N_("mortgage"),
        "student": N_("student loan"),
        "medical": N_("medical"),
        "business": N_("business loan"),
        "utility": N_("utility"),
        "other": N_("other kind"),
    },
    "consequence": {
        "late_fee": N_("late charge"),
        "interest": N_("interest continues"),
        "credit_record": N_("credit record"),
        "acceleration": N_("acceleration"),
        "legal_action": N_("legal action"),
        "service_stop": N_("account suspended"),
        "guarantor_liable": N_("the guarantor is liable"),
        "recovery_cost": N_("cost of recovery"),
        "plan_ends": N_("the plan ends"),
        "credit_reporting": N_("credit reporting"),
        "interest_rate": N_("interest rate"),
        "jurisdiction": N_("where disputes are decided"),
        "repayment": N_("repayment"),
    },
    "notice": {
        "collection_start": N_("collection begins"),
        "validation": N_("validation"),
        "debt": N_("written notice of the debt"),
        "outsourcing": N_("outsourcing"),
        "assignment": N_("assignment"),
        "adverse_credit": N_("adverse credit report"),
        "dispute_and_sue": N_("dispute and suit"),
    },
    "identity_item": {
        "id_last4": N_("last four of the document"),
        "birth_date": N_("date of birth"),
        "mobile_last4": N_("last four of the mobile number"),
        "name": N_("full name"),
        "contract_last4": N_("last four of the reference"),
    },
    "finding": words.FINDINGS,
    "status": {
        "ok": N_("in use"),
        "invalid": N_("dead"),
        "wrong": N_("wrong number"),
        "unknown": N_("unconfirmed"),
        "open": N_("open"),
        "kept": N_("kept"),
        "partly_kept": N_("partly kept"),
        "broken": N_("broken"),
        "expired": N_("expired"),
        "withdrawn": N_("withdrawn"),
    },
}
_FIRST = ("ring",)
"""Whom to ring for help stands above all else, however low the screen (policy article 12)."""
_MARKS = {"new": "+", "gone": "-", "": " "}


def lines(pane: Pane, call: Call, *, heading: str = "") -> list[str]:
    """A pane: labels, values beside them, wrapped; on a redial what is new or gone."""
    title = heading + "  " + _("(only what changed)") if pane.partial else heading
    width = max((cells(_label(row)) for row in pane.rows), default=0)
    found = [f" {title}"] if title else []
    for row in sorted(pane.rows, key=lambda row: row.code not in _FIRST):
        found += _row(row, call, width)
    return found


def warnings(call: Call) -> list[str]:
    """What the gate warned of, each in a sentence."""
    found: list[str] = []
    kept = call.given("gate", "found")
    for warning in kept if isinstance(kept, list) else []:
        assert isinstance(warning, dict)
        first, *rest = wrap(safe(message_for(warning)), WIDTH - 5)
        found += [f" {marks().warn} {first}", *(f"   {each}" for each in rest)]
    return found


def strategies(call: Call) -> list[str]:
    """The reactions this call's plan expects, each with how it is met (policy article 4.2)."""
    found: list[str] = []
    for reaction, strategy in plan.expected(call):
        first, *rest = wrap(safe(f"{pick(reaction)} => {pick(strategy)}"), WIDTH - 5)
        found += [f" {marks().todo} {first}", *(f"   {each}" for each in rest)]
    return [" " + _("Planned"), *found] if found else []


def _row(row: PaneRow, call: Call, width: int) -> list[str]:
    label = pad(_label(row), width)
    room = WIDTH - 1 - 3 - width - 2
    value = wrap(safe(_value(row, call)), room)
    head = f" {_MARKS[row.mark]} {label}  {value[0]}"
    return [head.rstrip(), *(" " * (3 + width + 2) + each for each in value[1:])]


def _label(row: PaneRow) -> str:
    return _(LABELS[row.code]) if row.code in LABELS else row.code


def _value(row: PaneRow, call: Call) -> str:
    value = row.value
    if isinstance(value, dict):
        return _mapping(row, value, call)
    if veil.hides(row, call):
        return veil.HIDDEN
    if row.kind == "amount" and isinstance(value, int):
        return amount(value, row.currency)
    if row.kind == "days" and isinstance(value, int):
        return ngettext("{days} day", "{days} days", value).format(days=value)
    if row.kind == "flag":
        return ""
    text = str(value)
    if row.code == "reach_number":
        return grouped(text)
    if row.kind == "date":
        return long_date(date.fromisoformat(text))
    if row.kind == "code":
        return word(CODES.get(row.table, {}), text)
    return {"name": mask_name, "document": mask_id}.get(row.kind, str)(text)


def _mapping(row: PaneRow, value: dict[str, Plain], call: Call) -> str:
    if set(value) == {"zh_CN", "en"}:
        return pick({name: str(text) for name, text in value.items()})
    if row.kind == "number":
        parts = [veil.number(row, value["number"], call), word(words.ROLES, value["role"])]
        return "  ".join([*parts, word(CODES["status"], value["status"])])
    if row.code == "term":
        return _term(value)
    if row.code == "broken_promises":
        return _("{broken}; with {of} the house takes no further promise").format_map(value)
    if row.code == "promise":
        shown = amount(int(str(value["amount"])), str(value["currency"]))
        return f"{long_date(date.fromisoformat(str(value['on'])))}  {shown}  {word(CODES['status'], value['status'])}"
    return _event(value, call)


def _term(value: dict[str, Plain]) -> str:
    """A contract term: what it is about, its clause, its words as far as they are on file."""
    clause = str(value["clause"] or "")
    bare = clause.removeprefix("第").removesuffix("条")
    parts = [word(CODES["consequence"], value["term"]), _("clause {clause}").format(clause=bare) if bare else ""]
    return "  ".join(part for part in (*parts, str(value["content"] or "")) if part)


def _event(value: dict[str, Plain], call: Call) -> str:
    zone = ZoneInfo(call.case.zone)
    at = datetime.fromtimestamp(int(str(value["at"])), UTC)
    when = moment(at, zone, now=datetime.fromtimestamp(call.now, UTC))
    who = _("we") if value["own"] else str(value["org"] or "")
    way = _("inbound") if value["direction"] == "in" else ""
    line = word(words.LINES, value["line"]) if value["line"] else ""
    parts = [when, who, way, line]
    outcome = value["outcome"]
    if isinstance(outcome, str):
        parts.append(_outcome(outcome, call))
    return "  ".join(part for part in parts if part)


def _outcome(code: str, call: Call) -> str:
    try:
        label = call.library.code("result", code).label
    except Exception:  # noqa: BLE001 - a code of an older adoption has no label today
        return code
    return pick({"zh_CN": label.zh_CN, "en": label.en})
