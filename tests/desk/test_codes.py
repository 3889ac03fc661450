"""Outcome codes: what each field offers, what a code sets in motion, and what a codes file must be."""

from __future__ import annotations

from typing import get_args

import msgspec
import pytest

from collectdesk.desk.adopted_text import LANGS
from collectdesk.desk.codes import FIELDS, IDENTITY, LABEL_CELLS, Codes, Field, compile_codes
from collectdesk.errors import BadData, NotFound
from collectdesk.gate.counting import NOBODY
from collectdesk.gate.vocabulary import HoldKind
from collectdesk.gate.vocabulary import Line as LineResult
from collectdesk.show.width import cells
from tests.desk.shipped_words import codes, read

ALL = [(field, code) for field in FIELDS for code in codes().of(field)]


def flagged(field: Field, flag: str) -> set[str]:
    """The codes of a field that carry ``flag``."""
    return {code.code for code in codes().of(field) if getattr(code, flag)}


@pytest.mark.parametrize("lang", LANGS)
def test_every_label_fits_its_column_and_is_told_from_the_others(lang: str) -> None:
    for field in FIELDS:
        labels = [code.label.in_(lang) for code in codes().of(field)]  # type: ignore[arg-type]
        assert all(0 < cells(label) <= LABEL_CELLS for label in labels)
        assert len(set(labels)) == len(labels)


def test_line_and_identity_are_the_contracts() -> None:
    assert {code.code for code in codes().of("line")} == set(get_args(LineResult))
    assert {code.code for code in codes().of("identity")} == set(IDENTITY)


def test_a_line_counts_here_as_the_gate_counts_it() -> None:
    """Policy article 8.1: every call placed counts as a dial; one somebody may have answered counts as a contact."""
    lines = {code.code for code in codes().of("line")}
    assert flagged("line", "counts_attempt") == lines
    assert flagged("line", "counts_contact") == lines - NOBODY


def test_only_dead_and_wrong_numbers_retire() -> None:
    """Policy article 11.2: switched off or busy is not dead."""
    assert flagged("line", "retires_number") == {"suspended", "void_number"}
    assert flagged("party", "retires_number") == {"wrong_number"}


def test_there_are_enough_causes_abilities_and_objections() -> None:
    """Policy articles 7.3 and 10.1."""
    assert len(codes().of("cause")) >= 10
    assert len(codes().of("ability")) >= 4
    offered = {code.code for code in codes().of("objection")}
    assert offered >= {
        "amount", "fees", "identity", "already_paid", "not_mine", "contract", "credit_report", "other"
    }  # fmt: skip


def test_every_emergency_freezes_and_alerts() -> None:
    """Policy article 12: at once, whatever the kind."""
    kinds = {code.code for code in codes().of("emergency")}
    assert kinds >= {"self_harm", "threat_to_others", "threat_to_collector", "illness", "agitation"}
    assert kinds == flagged("emergency", "freezes_case") == flagged("emergency", "alerts_superior")
    assert {code.opens_hold for code in codes().of("emergency")} == {"emergency"}


def test_every_complaint_holds_the_case() -> None:
    """Policy article 10.2."""
    assert {code.opens_hold for code in codes().of("complaint")} == {"complaint"}
    complaint = codes().get("result", "complaint")
    assert complaint.freezes_case
    assert complaint.tells_lead
    assert complaint.needs_complaint


def test_private_gain_is_told_to_the_lead() -> None:
    """Policy article 9.7."""
    assert {"gift", "private_deal", "personal_account"} <= flagged("violation", "tells_lead")


def test_nobody_unverified_can_promise_or_be_offered_a_plan() -> None:
    """Policy articles 5.1 and 7.3."""
    unverified = codes().fitting("result", {"party": "debtor", "identity": "refused"})
    offered = {code.code for code in unverified}
    assert not offered & {"promise", "plan_request", "hardship", "paid_claim", "refusal"}
    assert {"identity_not_proved", "complaint", "emergency", "stop_contact"} <= offered


def test_a_third_party_can_only_be_asked_to_pass_it_on() -> None:
    """Policy article 5.2."""
    offered = {code.code for code in codes().fitting("result", {"party": "third_party", "identity": "not_asked"})}
    assert {"message_passed", "contact_refused", "offers_to_pay"} <= offered
    assert "promise" not in offered


def test_answers_that_contradict_each_other_are_refused() -> None:
    codes().refuse_contradiction({"line": "answered", "party": "debtor", "identity": "verified", "result": "promise"})
    with pytest.raises(BadData) as problem:
        codes().refuse_contradiction({"line": "no_answer", "party": "debtor"})
    assert problem.value.code == "answers_contradict"
    assert problem.value.params["other"] == "line"


def test_the_most_particular_answer_names_the_hold() -> None:
    answers: dict[Field, str] = {"result": "objection", "objection": "not_mine"}
    assert codes().hold(answers) == "dispute"
    assert codes().hold({"result": "refusal"}) is None


def test_an_unknown_code_names_the_known_ones() -> None:
    with pytest.raises(NotFound) as problem:
        codes().get("ability", "rich")
    assert "instalments" in str(problem.value.params["choices"])


@pytest.mark.parametrize(("field", "code"), ALL, ids=[f"{field}-{code.code}" for field, code in ALL])
def test_each_code_fits_some_call(field: Field, code: object) -> None:
    found = codes().get(field, code.code)  # type: ignore[attr-defined]
    assert found.opens_hold is None or found.opens_hold in get_args(HoldKind)
    for other, values in found.only.items():
        for value in values:
            codes().get(other, value)


def test_compiled_codes_are_plain_data() -> None:
    assert msgspec.json.decode(msgspec.json.encode(codes()), type=Codes) == codes()


def test_a_reworded_label_changes_no_behaviour() -> None:
    mapping = read("codes.toml")
    mapping["field"]["result"]["codes"][0]["label"] = {"zh_CN": "别的说法", "en": "Other words"}
    code = compile_codes(mapping).get("result", "promise")
    assert code.needs_promise
    assert code.label.en == "Other words"


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("line", {"code": "ringing"}),
        ("identity", {"code": "maybe"}),
        ("result", {"label": {"zh_CN": "一二三四五六七八九十一二三四五六", "en": "x"}}),
        ("result", {"label": {"zh_CN": "一", "en": "x" * 31}}),
        ("result", {"label": {"zh_CN": "一"}}),
        ("result", {"opens_hold": "anger"}),
        ("result", {"only": {"party": ["nobody"]}}),
        ("result", {"cite": ["nowhere"]}),
        ("result", {"exempt": True}),
        ("result", {"code": "refusal"}),
    ],
)
def test_codes_that_are_wrong_cannot_be_compiled(field: str, change: dict[str, object]) -> None:
    mapping = read("codes.toml")
    mapping["field"][field]["codes"][0].update(change)
    with pytest.raises(BadData):
        compile_codes(mapping)


@pytest.mark.parametrize("field", FIELDS)
def test_no_field_may_be_left_out(field: Field) -> None:
    mapping = read("codes.toml")
    del mapping["field"][field]
    with pytest.raises(BadData):
        compile_codes(mapping)
