"""A call by JSON: one answer a command, the number only with the permit, the same codes at every end."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from collectdesk.commands.session import system_clock
from collectdesk.desk.call.simulated import PERSONAS
from collectdesk.desk.demo import open_demo
from collectdesk.desk.office import Office
from collectdesk.store import home
from collectdesk.store.home import Home
from tests.commands import worked
from tests.commands.conftest import Program

ITEMS = {"identity.id_last4": "0217", "identity.birth_date": "1988-04-12"}


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The practice desk every copy is made of, closed again."""
    office = open_demo(tmp_path_factory.mktemp("practice") / "desk", system_clock, "en")
    office.close()
    return office


@pytest.fixture(scope="module")
def talking(practice: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The same with a call open at the question of who is speaking."""
    place = Home(tmp_path_factory.mktemp("talking") / "desk")
    shutil.copytree(practice.home.root, place.root)
    office = replace(practice, home=place, store=home.open_store(place, practice.key))
    worked.talk(office, until="party.party")
    office.close()
    return office


@pytest.fixture
def demo(practice: Office, program: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Program:
    """A practice desk, its collector signed in."""
    return sat_down(practice, program, monkeypatch, tmp_path)


def sat_down(source: Office, program: Program, monkeypatch: pytest.MonkeyPatch, place: Path) -> Program:
    """A copy of a desk where the program looks for it, its collector signed in."""
    runtime = place / "run"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    worked.copier(source.home.root, source.key)(place / "desk").sign_in(worked.COLLECTOR)
    return program


def document(program: Program, *words: str) -> dict[str, Any]:
    """The one document a command answers with."""
    done = program(*words, "--json")
    assert done.code == 0, done.err
    found: dict[str, Any] = json.loads(done.out)
    assert found["schema"] == "collectdesk.call/1"
    return found


def test_a_script_makes_a_whole_call(demo: Program) -> None:
    """Start, answer on, ended; the number is there only while it may be dialled."""
    call = document(demo, "call", "start", "A-1001")
    seen: list[str] = []
    for _ in range(80):
        if call["status"] == "ended":
            break
        field, asked = call["ask"]["field"], call["ask"]
        assert ("*" in call["who"]["number"]) is (asked["field"].split(".")[0] in seen_before_permit(seen, field))
        seen.append(field)
        value = ITEMS.get(field) or PERSONAS["cooperative"].answers.get(field) or _plain(asked)
        call = document(demo, "call", "answer", "--field", field, "--value", value)
    assert call["status"] == "ended"
    assert "disclosure.disclosure.amount" in seen
    told = demo("case", "history", "A-1001").out
    assert "Promise to pay, " in told, "the result stands in the words of the adopted codes"
    assert "Says they are the debtor, " in told, "who spoke, not only who was called"


def seen_before_permit(seen: list[str], field: str) -> tuple[str, ...]:
    """Steps at which the number is still hidden."""
    return () if "permit.permit" in seen else (field.split(".")[0],)


def _plain(asked: dict[str, Any]) -> str:
    fixed = {"ack": "done", "amount": "2000", "date": "2026-11-28", "text": "-"}
    return fixed.get(asked["kind"]) or str(asked["options"][0]["value"])


def test_a_refused_call_answers_with_the_decision_and_ends_3(demo: Program) -> None:
    done = demo("call", "start", "A-1023", "--json")
    assert done.code == 3
    assert json.loads(done.out)["schema"] == "collectdesk.decision/1"


def test_a_script_is_told_the_lines_at_hand_and_says_one(demo: Program) -> None:
    """Article 6.2: what else may be said is listed with its occasion, in the reader's language; said, it is kept."""
    call = document(demo, "call", "start", "A-1001")
    while call["ask"]["field"] != "party.party":
        assert call["at_hand"] == [] or call["ask"]["field"] == "opening.opening"
        value = PERSONAS["cooperative"].answers.get(call["ask"]["field"]) or _plain(call["ask"])
        call = document(demo, "call", "answer", "--field", call["ask"]["field"], "--value", value)
    offered = {each["line"]: each for each in document(demo, "call", "show")["at_hand"]}
    assert offered["party.convenient"]["purpose"] == "Ask whether they can talk"
    assert not any("12,480" in each["text"] for each in offered.values())
    assert document(demo, "call", "say", "party.convenient")["ask"] == call["ask"]
    done = demo("call", "say", "promise.ask", "--json")
    assert (done.code, json.loads(done.err)["code"]) == (4, "line_not_at_hand")


def test_without_an_open_call_there_is_nothing_to_show(demo: Program) -> None:
    done = demo("call", "show", "--json")
    assert done.code == 4
    assert json.loads(done.err)["code"] == "no_open_call"
    assert done.out == ""


def test_a_call_that_has_moved_on_is_a_conflict(demo: Program) -> None:
    document(demo, "call", "start", "A-1001")
    done = demo("call", "answer", "--field", "result.outcome", "--value", "promise", "--json")
    assert done.code == 6
    assert json.loads(done.err)["code"] == "other_field"


@pytest.mark.parametrize("door", ["emergency", "complaint", "objection", "stop_contact", "wrong_number"])
def test_every_side_door_opens_in_a_talk(
    talking: Office, program: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, door: str
) -> None:
    """A door taken while somebody is on the line asks its first question (policy articles 10, 12)."""
    demo = sat_down(talking, program, monkeypatch, tmp_path)
    assert document(demo, "call", "show")["ask"]["field"] == "party.party"
    opened = document(demo, "call", "door", door)
    assert opened["ask"]["field"].startswith(f"{door}.")


def test_ending_before_the_dial_costs_nothing(demo: Program) -> None:
    document(demo, "call", "start", "A-1001")
    call = document(demo, "call", "end", "--reason", "not_now")
    assert call["status"] == "ended"
    assert call["connected_at"] is None


def test_no_name_or_document_in_full(demo: Program) -> None:
    """Personal data is masked by default."""
    done = demo("call", "start", "A-1001", "--json")
    for secret in ("王子墨", "990101198804120217", "16000001001", "62990010010001"):
        assert secret not in done.out


def test_the_shift_names_the_next_lawful_case(demo: Program) -> None:
    done = demo("work", "--json")
    assert done.code == 0
    shift = json.loads(done.out)
    assert shift["now"]
    assert shift["now"][0]["state"] == "now"


def test_without_a_terminal_nothing_prompts(demo: Program) -> None:
    done = demo("call", "start", "A-1001")
    assert done.code == 2
    assert "--json" in done.err


def test_the_demo_plays_itself_without_a_terminal(program: Program) -> None:
    """Marked as practice, a transcript, exit 0."""
    done = program("--lang", "zh_CN", "demo")
    assert done.code == 0
    assert done.out.startswith(" 练习台")
    assert "人民币12,480.00元" in done.out


@pytest.mark.parametrize("whom", ["relative", "complains"])
def test_a_rehearsal_is_scored(demo: Program, whom: str) -> None:
    """Only the score reaches the desk of whoever is signed in."""
    done = demo("rehearse", "--with", whom, "--json")
    assert done.code == 0, done.err
    score = json.loads(done.out)
    assert (score["points"], score["kept"]) == (100, True)


def test_the_answers_to_the_identity_questions_are_not_on_the_panes_before_it_has_passed(demo: Program) -> None:
    """Article 5.1: the creditor asks for the document's last four and the birth date; the brief shows neither."""
    call = document(demo, "call", "start", "A-1001")
    shown = {row["code"]: row["value"] for row in call["ask"]["pane"]["rows"]}
    assert (shown["document"], shown["born_on"]) == ("****", "****")
    said = demo("--lang", "en", "call", "show").out + demo("--lang", "zh_CN", "call", "show").out
    assert not any(answer in said for answer in ("0217", "1988", "12 Apr", "4月12日"))


def test_what_an_acknowledgement_is_answered_with_stands_in_the_question(demo: Program) -> None:
    """Whoever reads the question and nothing else can answer it; the document keeps to its schema."""
    schema = json.loads(demo("schema", "call").out)
    call = document(demo, "call", "start", "A-1001")
    assert list(call) == schema["required"]
    asked = call["ask"]
    assert list(asked) == schema["properties"]["ask"]["anyOf"][0]["required"]
    assert (asked["kind"], [each["value"] for each in asked["options"]]) == ("ack", ["done"])
    field, value = asked["field"], asked["options"][0]["value"]
    assert document(demo, "call", "answer", "--field", field, "--value", value)["ask"]["field"] != field


def test_an_objection_leaves_the_call_that_answers_it(demo: Program) -> None:
    """Article 10.1: collection waits for the answer, the answer does not; the next command is the lawful one."""
    said = ("--category", "amount", "--content", "the amount is wrong", "--channel", "letter")
    assert demo("objection", "add", "A-1007", *said).code == 0
    for asked in ((), ("--purpose", "answer_objection")):
        done = demo("--lang", "en", "check", "A-1007", *asked)
        assert done.code == (0 if asked else 3)
        assert "collectdesk call start A-1007 --purpose answer_objection" in done.out
        assert ("ends once it is answered" in done.out) is not bool(asked)
    late = demo("--lang", "en", "check", "A-1007", "--at", "2026-11-23T20:30")
    assert "collectdesk queue" in late.out


def test_an_answer_named_as_the_call_is_told_which_call_is_open(demo: Program) -> None:
    """What was typed may be an answer of theirs, so it is not repeated."""
    document(demo, "call", "start", "A-1001")
    done = demo("call", "answer", "0217", "--field", "brief.client", "--json")
    told = json.loads(done.err)
    assert (done.code, told["code"]) == (4, "not_a_call")
    assert "c1" in told["message"]
    assert "0217" not in done.err
