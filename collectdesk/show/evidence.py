"""A bundle's parts as documents, masked all through unless names are to be shown; and what checking one found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any

from collectdesk.desk.number_spotting import digit_runs
from collectdesk.show import lives
from collectdesk.show.casewire import case_wire
from collectdesk.show.history import history_wire
from collectdesk.show.masking import FULL, Masks, mask_number
from collectdesk.show.reasons import message_for

if TYPE_CHECKING:
    from collectdesk.desk.evidence.gathering import Gathered

LANGUAGES = ("zh_CN", "en")
STEPS = ("step", "payment")
LONG_NUMBER = 11
"""From how many digits on a number in free text may be somebody's own."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
Document = dict[str, Any]


def documents(found: Gathered, masks: Masks, zone: tzinfo) -> dict[str, Document]:
    """The parts by file name; ``FULL`` masks leave names, numbers and the facts of each verdict in."""
    masked = masks is not FULL
    wire = history_wire(found.entries, masks, zone)
    parts: dict[str, Document] = {
        "case.json": {"schema": "collectdesk.evidence.case/1", **case_wire(found.case, masks, zone)},
        "contacts.json": {
            "schema": "collectdesk.evidence.contacts/1",
            "contacts": [each for each in wire if each["kind"] not in STEPS],
        },
        "steps.json": {
            "schema": "collectdesk.evidence.steps/1",
            "steps": [_titled(each) for each in wire if each["kind"] in STEPS],
        },
        "verdicts.json": {
            "schema": "collectdesk.evidence.verdicts/1",
            "verdicts": [_verdict(row, zone, masked=masked) for row in found.verdicts],
        },
        "texts.json": {
            "schema": "collectdesk.evidence.texts/1",
            "rules": _rules(found),
            "scripts": [_script(row, zone) for row in found.texts],
        },
        "recordings.json": {
            "schema": "collectdesk.evidence.recordings/1",
            "recordings": [_recording(row, found, zone) for row in found.recordings],
        },
    }
    if found.complaint is not None:
        parts["complaint.json"] = _complaint(found, zone)
    scrub = _scrubber(found, masks) if masked else _as_it_is
    return {name: _through(document, scrub) for name, document in parts.items()}


def _titled(wire: dict[str, object]) -> dict[str, object]:
    """A step with its words in both languages."""
    if "act" not in wire:
        return wire
    kind, act, state = str(wire["of"]), str(wire["act"]), wire["state"]
    words = {
        lang: {
            "of": lives.title(kind, lang),
            "act": lives.act(kind, act, str(state), lang),
            "state": lives.state(kind, str(state), lang) if state else None,
        }
        for lang in LANGUAGES
    }
    return {**wire, "words": words}


def _verdict(row: Any, zone: tzinfo, *, masked: bool) -> Document:  # noqa: ANN401 - a row of the table
    decision = dict(row.decision)
    for which in ("blocks", "warnings"):
        found = decision.get(which, ())
        decision[which] = [{**each, "message": {lang: message_for(each, lang) for lang in LANGUAGES}} for each in found]
    shown: Document = {
        "id": f"v{row.id}",
        "at": _at(row.at, zone),
        "allowed": row.allowed,
        "journal_seq": row.journal_seq,
        "digests": row.digests,
        "decision": decision,
    }
    return shown if masked else {**shown, "dial": row.dial}


def _rules(found: Gathered) -> list[Document]:
    """Every rule a verdict names, with its source, as it was adopted when the verdict was given."""
    named: dict[tuple[str, str], None] = {}
    for row in found.verdicts:
        asked: Mapping[str, Any] = row.decision
        digests = {str(book["id"]): str(book["digest"]) for book in asked.get("rulebooks", ())}
        rules = [str(each["rule"]) for which in ("blocks", "warnings") for each in asked.get(which, ())]
        for rule in (*rules, *map(str, asked.get("passed", ()))):
            named[(rule, digests.get(rule.partition("/")[0], ""))] = None
    return [_rule(found, rule, digest) for rule, digest in sorted(named)]


def _rule(found: Gathered, rule: str, digest: str) -> Document:
    name, _slash, own = rule.partition("/")
    book = found.books.get((name, digest))
    known = next((each for each in book.rule if each.id == own), None) if book else None
    shown: Document = {"rule": rule, "version": book.version if book else None, "digest": digest or None}
    if book is None or known is None:
        return shown
    texts = {"title": known.title, "cite": known.cite, "text": known.text}
    status = {"status": known.status, "severity": known.severity, "confidence": known.confidence}
    return {**shown, "rulebook": book.title, **texts, **status}


def _script(row: Any, zone: tzinfo) -> Document:  # noqa: ANN401 - a row of the table
    shown = {"name": row.name, "version": row.version, "digest": row.digest}
    return {**shown, "adopted_at": _at(row.adopted_at, zone), "effective_from": _at(row.effective_from, zone)}


def _recording(row: Any, found: Gathered, zone: tzinfo) -> Document:  # noqa: ANN401 - a row of the table
    owed = row.status in ("owed", "named")
    shown: Document = {"call": f"c{row.call}", "state": row.status, "reference": row.reference, "owed": owed}
    file = {"sha256": row.digest, "bytes": row.size, "duration_ms": row.duration_ms, "format": row.format}
    return {**shown, **file, "fault": row.fault, "keeper": found.keepers.get(row.keeper), "at": _at(row.at, zone)}


def _complaint(found: Gathered, zone: tzinfo) -> Document:
    from collectdesk.show.complaints import complaint_wire

    assert found.complaint is not None
    wire = complaint_wire(found.complaint, zone)
    steps: Any = wire.get("steps", ())
    kept = [{**each, "content": _own(each["content"] or {})} for each in steps]
    return {"schema": "collectdesk.evidence.complaint/1", **wire, "steps": kept}


def _own(content: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in content.items() if key not in lives.KEYS}


def _scrubber(found: Gathered, masks: Masks) -> Callable[[str], str]:
    """Whatever is said in free text or was read out: the people of the case are masked there too."""
    secrets: dict[str, str] = {found.case.case.contract_no: masks.id(found.case.case.contract_no)}
    for view in found.case.parties:
        secrets[view.person.name] = masks.name(view.person.name)
        if view.person.id_number:
            secrets[view.person.id_number] = masks.id(view.person.id_number)
        secrets |= {each.number: masks.number(each.number) for each in view.numbers}
    longest = sorted((each for each in secrets if len(each) > 1), key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest)))

    def scrub(text: str) -> str:
        return _numbers(pattern.sub(lambda match: secrets[match.group()], text))

    return scrub if longest else _numbers


def _numbers(text: str) -> str:
    """Long numbers masked wherever they stand, digests excepted."""
    if _DIGEST.fullmatch(text):
        return text
    for run in reversed([each for each in digit_runs(text) if len(each.digits) >= LONG_NUMBER]):
        text = text[: run.start] + mask_number(run.digits) + text[run.end :]
    return text


def _as_it_is(text: str) -> str:
    return text


def _through(value: Any, scrub: Callable[[str], str]) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, str):
        return scrub(value)
    if isinstance(value, Mapping):
        return {key: _through(each, scrub) for key, each in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, (bytes, datetime)):
        return [_through(each, scrub) for each in value]
    return value


def _at(at: int, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(at, UTC).astimezone(zone)
