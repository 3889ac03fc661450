"""Outcome codes (行动码、结果码): what a collector may answer, and what each answer sets in motion.

Behaviour hangs on a code's flags, never on its label: a company may reword labels, and its program stays the same. The
fields' names and the codes of ``line`` and ``identity`` are the program's; everything else is the adopted file's.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal, TypeAlias, get_args

from msgspec import Meta, Struct

from collectdesk.desk.adopted_text import (
    Both,
    Headed,
    Name,
    malformed,
    read_as,
    refuse_doubles,
    refuse_unknown_cites,
)
from collectdesk.desk.scripts import Hearer
from collectdesk.errors import N_, BadData, NotFound
from collectdesk.gate.vocabulary import HoldKind, Role
from collectdesk.gate.vocabulary import Line as LineResult

Field: TypeAlias = Literal[
    "line", "party", "identity", "result", "cause", "ability", "attitude", "objection", "complaint", "emergency",
    "stop_contact", "relation", "basis", "end_reason", "not_dialled", "violation", "next_action", "party_refusal",
    "referral",
]  # fmt: skip
FIELDS: tuple[Field, ...] = get_args(Field)

IDENTITY: tuple[str, ...] = ("verified", "failed", "refused", "not_asked")
"""The contract's values of an event's ``identity``."""

LABEL_CELLS = 30
"""Terminal cells a label may take; a Chinese character takes two."""


class Code(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One answer.

    What it counts as: ``counts_attempt`` (拨打), ``counts_contact`` (接通), ``reaches_debtor`` ends lost contact.
    What it asks for before the call can close: ``needs_note``, ``needs_promise``, ``needs_callback``,
    ``needs_objection``, ``needs_complaint``, ``needs_emergency``, ``needs_plan``, ``needs_time`` (a named time),
    ``needs_evidence``, ``takes_number`` (the number that was given). What it does: ``ends_call``, ``freezes_case``,
    ``tells_lead``, ``alerts_superior``, ``opens_hold`` (the hold's kind), ``retires_number`` (the number's new
    status), ``leaves_queue`` (the case rests).
    Who it makes the other side: ``role`` (the contract's), ``hearer`` (what the script may say once identity passes).
    When an objection of its kind is answered: ``answer_days`` calendar days a text sets, else the house's working
    days; ``answer_written``: that text asks for writing; ``annotates``: and for a mark on the account (标注).
    ``only`` limits it to certain answers of other fields.
    """

    code: Name
    label: Both
    help: Both | None = None
    counts_attempt: bool = False
    counts_contact: bool = False
    reaches_debtor: bool = False
    needs_note: bool = False
    needs_promise: bool = False
    needs_callback: bool = False
    needs_objection: bool = False
    needs_complaint: bool = False
    needs_emergency: bool = False
    needs_plan: bool = False
    needs_time: bool = False
    needs_evidence: bool = False
    takes_number: bool = False
    answer_days: Annotated[int, Meta(ge=1, le=60)] | None = None
    answer_written: bool = False
    annotates: bool = False
    ends_call: bool = False
    freezes_case: bool = False
    tells_lead: bool = False
    alerts_superior: bool = False
    leaves_queue: bool = False
    opens_hold: HoldKind | None = None
    retires_number: Literal["invalid", "wrong"] | None = None
    role: Role | None = None
    hearer: Hearer | None = None
    only: dict[Field, tuple[Name, ...]] = {}
    cite: tuple[str, ...] = ()


class FieldCodes(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A field: what it asks, and its codes in the order they are offered."""

    label: Both
    cite: tuple[str, ...]
    codes: tuple[Code, ...]


class CodesFile(Headed, frozen=True, kw_only=True):
    """The codes as their file holds them."""

    schema: Literal["collectdesk.codes/1"]
    field: dict[Field, FieldCodes]


class Codes(Headed, frozen=True, kw_only=True, dict=True):
    """The codes in force: plain data, to be stored and read back as JSON (msgspec)."""

    fields: dict[Field, FieldCodes]

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], Code]:
        return {(name, code.code): code for name, field in self.fields.items() for code in field.codes}

    def get(self, field: Field, code: str) -> Code:
        """The code ``code`` of ``field``.

        Raises:
            NotFound: the field has no such code.
        """
        found = self._by_name.get((field, code))
        if found is None:
            raise NotFound(
                "code_unknown",
                N_("'{value}' is not an answer to '{field}'."),
                hint=N_("The answers are: {choices}."),
                value=code,
                field=field,
                choices=", ".join(each.code for each in self.fields[field].codes),
            )
        return found

    def of(self, field: Field) -> tuple[Code, ...]:
        """All codes of ``field``, in the order they are offered."""
        return self.fields[field].codes

    def fitting(self, field: Field, answers: Mapping[Field, str]) -> tuple[Code, ...]:
        """The codes of ``field`` that go with the ``answers`` already given."""
        return tuple(code for code in self.of(field) if misfit(code, answers) is None)

    def hold(self, answers: Mapping[Field, str]) -> HoldKind | None:
        """The kind of hold the answers open; the last field to open one decides (it is the most particular)."""
        kinds = [self.get(field, answers[field]).opens_hold for field in FIELDS if field in answers]
        return next((kind for kind in reversed(kinds) if kind is not None), None)

    def refuse_contradiction(self, answers: Mapping[Field, str]) -> None:
        """Raise when two answers cannot both be true.

        Raises:
            NotFound: an answer is not a code of its field.
            BadData: an answer does not go with another (``answers_contradict``).
        """
        for field, value in answers.items():
            other = misfit(self.get(field, value), answers)
            if other is not None:
                raise BadData(
                    "answers_contradict",
                    N_("'{value}' as {field} does not go with '{other_value}' as {other}."),
                    hint=N_("Correct one of the two answers."),
                    value=value,
                    field=field,
                    other=other,
                    other_value=answers[other],
                )


def misfit(code: Code, answers: Mapping[Field, str]) -> Field | None:
    """The first field whose answer ``code`` does not go with."""
    return next((field for field, fits in code.only.items() if field in answers and answers[field] not in fits), None)


def compile_codes(mapping: Mapping[str, object]) -> Codes:
    """Build the codes from a plain mapping, as TOML gives it.

    Raises:
        BadData: a field is wrong, missing or empty, a code stands twice, a label is too long, or the codes of ``line``
            or ``identity`` are not the decision contract's.
    """
    file = read_as(CodesFile, mapping, "codes")
    for name in FIELDS:
        if name not in file.field or not file.field[name].codes:
            raise malformed("codes", f"$.field.{name}", "the field has no codes")
        _check_field(name, file.field[name], file)
    _require_exactly(file, "line", get_args(LineResult))
    _require_exactly(file, "identity", IDENTITY)
    return Codes(version=file.version, title=file.title, cites=file.cites, fields=dict(file.field))


def _check_field(name: Field, field: FieldCodes, file: CodesFile) -> None:
    where = f"$.field.{name}"
    refuse_doubles("codes", where, (code.code for code in field.codes))
    refuse_unknown_cites("codes", file.cites, [(where, field.cite), *((where, code.cite) for code in field.codes)])
    for code in field.codes:
        if 2 * len(code.label.zh_CN) > LABEL_CELLS or len(code.label.en) > LABEL_CELLS:
            raise malformed("codes", f"{where}.{code.code}", f"a label takes more than {LABEL_CELLS} cells")
        for other, values in code.only.items():
            known = {each.code for each in file.field[other].codes} if other in file.field else set()
            if not set(values) <= known:
                raise malformed("codes", f"{where}.{code.code}.only", f"'{other}' has no such code")


def _require_exactly(file: CodesFile, name: Field, values: tuple[str, ...]) -> None:
    if {code.code for code in file.field[name].codes} != set(values):
        raise malformed("codes", f"$.field.{name}", "the codes must be exactly those of the decision contract")
