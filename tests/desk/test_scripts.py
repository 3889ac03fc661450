"""The call script: who may hear which line (policy articles 5.2, 6.1), both languages alike, nothing half said."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectdesk.desk.adopted_text import LANGS, Lang
from collectdesk.desk.debt_words import debt_words_in
from collectdesk.desk.script_rules import (
    NEUTRAL,
    OF_THE_DEBT,
    compile_script,
    compile_scripts,
    forbidden_wording,
)
from collectdesk.desk.scripts import PLACEHOLDER, Employer, Hearer, Script, lines_for, may_hear, needed, render
from collectdesk.desk.wording import check
from collectdesk.errors import BadData, NotFound, NotPermitted
from tests.desk.shipped_words import consequences, read, scripts, word_lists

EVERYTHING = {name: f"<{name}>" for name in (*NEUTRAL, *OF_THE_DEBT)}
LINES = [(lang, line) for lang in LANGS for line in scripts().languages[lang].lines]
IDS = [f"{lang}-{line.id}" for lang, line in LINES]
HEARERS: tuple[Hearer, ...] = ("anyone", "debtor", "agent", "obligor", "payer")
EMPLOYERS: tuple[Employer, ...] = ("lender", "agency", "buyer", "law_firm")
STEPS = {
    "opening", "party", "identity", "authority", "third_party", "disclosure", "consequence", "discussion", "plan",
    "promise", "callback", "not_convenient", "calm", "objection", "complaint", "stop_contact", "wrong_number",
    "emergency", "message", "closing",
}  # fmt: skip


def said(line: str, *, hearer: Hearer = "debtor", lang: Lang = "en", employer: Employer = "lender", **more: str) -> str:
    """A line as it comes out."""
    known = {**EVERYTHING, **more}
    return render(scripts(), line, hearer=hearer, variables=known, lang=lang, employer=employer).text


def test_both_languages_hold_the_same_lines() -> None:
    chinese, english = (scripts().languages[lang] for lang in LANGS)
    assert list(chinese.by_id) == list(english.by_id)
    assert [line.audience for line in chinese.lines] == [line.audience for line in english.lines]


def test_every_step_of_a_call_has_words() -> None:
    assert {line.step for _, line in LINES} == STEPS


@pytest.mark.parametrize(("lang", "line"), LINES, ids=IDS)
@pytest.mark.parametrize("hearer", HEARERS)
def test_no_ear_hears_a_line_that_is_not_for_it(lang: Lang, line: object, hearer: Hearer) -> None:
    """Policy article 5.2: until identity is recorded, no line that speaks of the debt can be rendered."""
    here = scripts().languages[lang].by_id[line.id]  # type: ignore[attr-defined]
    for employer in EMPLOYERS:
        for direction in ("out", "in"):
            if may_hear(here, hearer):
                rendered = render(
                    scripts(), here.id, hearer=hearer, variables=EVERYTHING, lang=lang, employer=employer,
                    direction=direction,
                )  # fmt: skip
                assert not (hearer == "anyone" and rendered.speaks_of_debt)
                assert not PLACEHOLDER.search(rendered.text)
                assert rendered.cite
            else:
                with pytest.raises(NotPermitted) as problem:
                    render(
                        scripts(), here.id, hearer=hearer, variables=EVERYTHING, lang=lang, employer=employer,
                        direction=direction,
                    )  # fmt: skip
                assert problem.value.code == "line_not_for_hearer"


@pytest.mark.parametrize(("lang", "line"), LINES, ids=IDS)
def test_lines_for_anyone_give_nothing_away(lang: Lang, line: object) -> None:
    """Policy articles 5.2 and 6.1: the reason stays neutral; a third party learns nothing."""
    here = scripts().languages[lang].by_id[line.id]  # type: ignore[attr-defined]
    assert here.speaks_of_debt is ("anyone" not in here.audience)
    if "anyone" in here.audience:
        for text in here.texts().values():
            assert debt_words_in(PLACEHOLDER.sub(" ", text)) == ()
            assert not set(PLACEHOLDER.findall(text)) & OF_THE_DEBT.keys()


@pytest.mark.parametrize(("lang", "line"), LINES, ids=IDS)
def test_a_missing_or_blank_variable_refuses_the_line(lang: Lang, line: object) -> None:
    """Never half a line, never a placeholder printed."""
    here = scripts().languages[lang].by_id[line.id]  # type: ignore[attr-defined]
    hearer = here.audience[0]
    for name in needed(scripts(), here.id, lang=lang, employer="agency"):
        for known in ({**EVERYTHING, name: "  "}, {key: value for key, value in EVERYTHING.items() if key != name}):
            with pytest.raises(BadData) as problem:
                render(scripts(), here.id, hearer=hearer, variables=known, lang=lang, employer="agency")
            assert problem.value.params["variable"] == name


@pytest.mark.parametrize(("lang", "line"), LINES, ids=IDS)
def test_script_lines_pass_the_wording_check(lang: Lang, line: object) -> None:
    """Policy article 6.2: what we would say is civil, not even a warning."""
    here = scripts().languages[lang].by_id[line.id]  # type: ignore[attr-defined]
    for text in here.texts().values():
        assert check(text, word_lists()) == ()


def test_no_script_that_says_something_barred_goes_unnoticed() -> None:
    mapping = read("callscripts/en.toml")
    next(line for line in mapping["line"] if line["id"] == "calm.close")["text"] = "Shut up. Goodbye."
    (hit,) = forbidden_wording(compile_script(mapping), word_lists())
    assert (hit.line, hit.field, hit.hit.entry) == ("calm.close", "text", "quarrel-shut-up")
    assert forbidden_wording(scripts().languages["en"], word_lists()) == ()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("employer", ["agency", "law_firm"])
def test_an_agency_names_itself_and_its_principal(lang: Lang, employer: Employer) -> None:
    """Policy article 6.1; the 2026 guideline forbids an agency to speak as the lender."""
    for direction in ("out", "in"):
        line = render(
            scripts(), "opening.greeting", hearer="anyone", variables=EVERYTHING, lang=lang, employer=employer,
            direction=direction,
        )  # fmt: skip
        assert "<company>" in line.text
        assert "<creditor>" in line.text
        assert "<staff_number>" in line.text
        assert ("委托" if lang == "zh_CN" else "on behalf of") in line.text


def test_a_lender_speaks_in_its_own_name() -> None:
    assert said("opening.greeting", hearer="anyone", lang="zh_CN", company="示例银行") == (
        "您好，我是示例银行的工作人员，工号<staff_number>。"
    )


def test_an_inbound_call_is_answered_not_announced() -> None:
    line = render(
        scripts(), "opening.reason", hearer="anyone", variables={}, lang="zh_CN", employer="agency", direction="in"
    )
    assert line.text == "请问有什么可以帮您？"


def test_the_debt_is_said_in_full() -> None:
    """Policy article 7.1: amount with its parts and date, duration, duty."""
    text = said("disclosure.amount", total="CNY 12,480.00", principal="CNY 11,900.00", as_of="22 Nov 2026")
    assert "CNY 12,480.00: principal CNY 11,900.00" in text
    assert {line.id for line in lines_for(scripts(), "disclosure", hearer="debtor", lang="en")} == {
        "disclosure.amount", "disclosure.duration", "disclosure.duty", "disclosure.term", "disclosure.rights",
        "disclosure.channels",
    }  # fmt: skip


def test_a_payer_hears_how_to_pay_and_nothing_else() -> None:
    heard = {line.id for line in lines_for(scripts(), "disclosure", hearer="payer", lang="en")}
    assert heard == {"disclosure.payer_free", "disclosure.payer_amount", "disclosure.channels"}
    assert {step for step in STEPS if any(
        line.speaks_of_debt for line in lines_for(scripts(), step, hearer="payer", lang="en")  # type: ignore[arg-type]
    )} == {"disclosure"}  # fmt: skip


def test_lines_at_hand_are_kept_apart() -> None:
    course = lines_for(scripts(), "opening", hearer="anyone", lang="en")
    at_hand = lines_for(scripts(), "opening", hearer="anyone", lang="en", at_hand=True)
    assert [line.id for line in course] == ["opening.greeting", "opening.recorded", "opening.reason"]
    assert "opening.verify_us" in {line.id for line in at_hand}


def test_each_consequence_has_its_line() -> None:
    """Policy article 7.2: consequences are said by the script, never freely."""
    for each in consequences().consequences:
        line = scripts().languages["en"].by_id[each.line]
        assert line.step == "consequence"
        assert "anyone" not in line.audience
        assert set(each.variables) <= set(line.variables)


@given(st.text(min_size=1).filter(str.strip))
def test_values_go_in_as_they_are(value: str) -> None:
    assert said("closing.quiet_hours", quiet_from=value).startswith(f"We may not talk after {value.strip()}, so")


def test_a_value_that_looks_like_a_placeholder_stays_one() -> None:
    assert "{total}" in said("opening.reason", hearer="anyone", sought="{total}")


def test_unknown_lines_and_languages_are_named() -> None:
    with pytest.raises(NotFound):
        said("opening.nothing")
    chinese = compile_scripts(read("callscripts/zh_CN.toml"))
    with pytest.raises(NotFound):
        lines_for(chinese, "opening", hearer="anyone", lang="en")


def test_a_compiled_script_is_plain_data() -> None:
    script = scripts().languages["zh_CN"]
    assert msgspec.json.decode(msgspec.json.encode(script), type=Script) == script


@pytest.mark.parametrize(
    ("line", "changes", "problem"),
    [
        ("opening.reason", {"text": "It is about the debt of {sought}."}, "'debt' may not be said to anyone"),
        ("opening.reason", {"text": "It is about {sought} and {total}."}, "the variables declared"),
        ("opening.reason", {"variables": ["sought", "total"], "text": "{sought} {total}"}, "nothing but the call"),
        ("opening.reason", {"speaks_of_debt": True}, "nothing but the call"),
        ("opening.reason", {"audience": ["anyone", "debtor"]}, "nothing but the call"),
        ("opening.reason", {"audience": []}, "an audience"),
        ("opening.reason", {"text": "About {sought} {"}, "a brace"),
        ("opening.reason", {"variables": ["salary"], "text": "{salary}"}, "no variable is called"),
        ("opening.greeting", {"agency": "Hello, this is {creditor}."}, "on whose behalf"),
        ("opening.greeting", {"agency": "{company}, {creditor}, {staff_number}"}, "on whose behalf"),
        ("opening.greeting", {"inbound_agency": None}, "missing for agencies"),
        ("opening.reason", {"cite": ["nowhere"]}, "no source"),
        ("opening.reason", {"tone": "kind"}, "unknown field"),
    ],
)
def test_a_script_that_breaks_a_rule_cannot_be_compiled(line: str, changes: dict[str, object], problem: str) -> None:
    mapping = read("callscripts/en.toml")
    target = next(each for each in mapping["line"] if each["id"] == line)
    target.update(changes)
    for name in [name for name, value in changes.items() if value is None]:
        del target[name]
    with pytest.raises(BadData) as refused:
        compile_script(mapping)
    assert problem in str(refused.value.params["problem"])


@pytest.mark.parametrize("change", ["drop", "audience", "at_hand"])
def test_languages_that_differ_cannot_be_joined(change: str) -> None:
    mapping = read("callscripts/en.toml")
    line = next(each for each in mapping["line"] if each["id"] == "plan.possible")
    if change == "drop":
        mapping["line"].remove(line)
    else:
        line[change] = ["debtor"] if change == "audience" else True
    with pytest.raises(BadData):
        compile_scripts(read("callscripts/zh_CN.toml"), mapping)


def test_a_language_comes_once() -> None:
    with pytest.raises(BadData):
        compile_scripts(read("callscripts/en.toml"), read("callscripts/en.toml"))
