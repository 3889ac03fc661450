"""What nobody of the desk may decide goes to an officer outside, and their answer is entered with its evidence."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectdesk.desk import four_eyes
from collectdesk.desk.complaints import ending, extending, handling
from collectdesk.desk.requests import answering, asking, officers
from collectdesk.desk.requests.answering import Entered
from collectdesk.desk.requests.gaps import gaps
from collectdesk.desk.requests.matters import HIDDEN, discreet
from collectdesk.errors import NotPermitted, Problem
from collectdesk.show.requests import sheet
from collectdesk.store.files import is_private
from tests.desk.call.phone import both
from tests.desk.complaints.house import House

TODAY = date(2026, 11, 23)
OFFICER = ("林 律师", "某某律师事务所", "lin@example.org")


def only(house: House, *numbers: str) -> None:
    """Everybody else leaves."""
    for number in house.keys:
        if number not in numbers:
            house.remove(number)


def entered(choice: str, **changes: object) -> Entered:
    """An answer with all its evidence."""
    told: dict[str, object] = {
        "choice": choice,
        "reason": "已核对录音和记录",
        "measures": "书面道歉",
        "reference": "函 7",
        "on": TODAY,
        "digest": "c" * 64,
    }
    return Entered(**told | changes)  # type: ignore[arg-type]


@both
def test_a_complaint_about_the_only_one_who_decides_goes_outside_and_comes_back(desk_house: House) -> None:
    """Article 10.2: request, answer with evidence, reply, close; entered by somebody it is not about."""
    only(desk_house, "8000", "8002")
    admin, scribe = desk_house.sit("8000"), desk_house.sit("8002")
    officers.register(admin, *OFFICER)
    named = desk_house.complain("8000")
    with pytest.raises(NotPermitted, match="not_scribe"):
        asking.ask(admin, named, "", sheet)
    asked = asking.ask(scribe, named, "", sheet)
    answering.answer(scribe, asked.request, entered("upheld"))
    assert desk_house.row("status, outcome, cause, remedy, assigned_to") == (
        "decided", "upheld", "已核对录音和记录", "书面道歉", None,
    )  # fmt: skip
    for refused in (partial(ending.close, admin), partial(ending.reply, admin, text="无", on=None, channel="letter")):
        with pytest.raises(NotPermitted, match="not_scribe"):
            refused(named)
    ending.reply(scribe, named, "您的投诉成立，我们书面道歉。", on=None, channel="letter")
    assert ending.close(scribe, named) == ()
    assert desk_house.acts("request") == ["ask", "answer"]
    assert desk_house.acts() == ["receive", "decide", "reply", "close"]


def test_where_everybody_is_party_the_evidence_decides(desk_house: House) -> None:
    """A desk of one: they enter what the officer decided, and it is written down that they are party."""
    only(desk_house, "8000")
    admin = desk_house.sit("8000")
    officers.register(admin, *OFFICER)
    asked = asking.ask(admin, desk_house.complain("8000"), "x1", sheet)
    answering.answer(admin, asked.request, entered("dismissed", measures=""))
    assert desk_house.row("status, outcome") == ("decided", "dismissed")
    assert "true" in str(desk_house.one("SELECT content FROM step WHERE act = 'answer'"))


@both
def test_more_time_nobody_here_may_approve(desk_house: House) -> None:
    only(desk_house, "8000", "8001", "8002")
    admin, lead = desk_house.sit("8000"), desk_house.sit("8001")
    officers.register(admin, *OFFICER)
    named = desk_house.complain("8001")
    extending.extend(admin, named, "王小明要求调取录音 19900005678")
    asked = asking.ask(desk_house.sit("8002"), named, "", sheet)
    page = asked.file.read_text("utf-8")
    assert "王小明" not in page
    assert "19900005678" not in page
    with pytest.raises(NotPermitted, match="not_scribe"):
        answering.answer(lead, asked.request, entered("approve"))
    answering.answer(desk_house.sit("8002"), asked.request, entered("approve"))
    assert desk_house.row("term, status, last_on") == (30, "in_hand", "2026-12-23")


def test_the_file_is_its_owners_alone_and_says_again_in_json_what_it_says(desk_house: House) -> None:
    only(desk_house, "8000")
    admin = desk_house.sit("8000")
    officers.register(admin, *OFFICER)
    asked = asking.ask(admin, desk_house.complain("8000"), "", sheet)
    assert is_private(asked.file)
    assert is_private(asked.file.parent)
    assert desk_house.one("SELECT digest FROM request") == asked.digest
    page = asked.file.read_text("utf-8")
    assert "src=" not in page
    assert "href=" not in page
    found = re.search(r'<script type="application/json">(.*)</script>', page)
    assert found is not None
    told = json.loads(found[1])
    assert (told["request"], told["matter"], told["choices"]) == ("u1", "complaint.decide", ["upheld", "dismissed"])
    assert {"label": "grievance", "value": "一天打了五次"} in told["facts"]


def test_what_cannot_be_is_refused_and_nothing_is_written(desk_house: House) -> None:
    admin = desk_house.sit("8000")
    here = desk_house.complain()
    officers.register(admin, *OFFICER)
    only(desk_house, "8000", "8002")
    outside = desk_house.complain("8000")
    scribe = desk_house.sit("8002")
    ask, answer = partial(asking.ask, scribe, render=sheet, officer=""), partial(answering.answer, scribe)
    request = ask(outside).request
    own = desk_house.one("SELECT digest FROM request")
    before = desk_house.one("SELECT count(*) FROM journal")
    tries: list[tuple[str, Callable[[], object]]] = [
        ("nothing_to_put", lambda: asking.ask(admin, here, "", sheet)),
        ("asked_already", lambda: ask(outside)),
        ("no_such_matter", lambda: ask("A-1007")),
        ("no_such_complaint", lambda: ask("k99")),
        ("no_such_request", lambda: answer("u99", entered("upheld"))),
        ("no_such_answer", lambda: answer(request, entered("approve"))),
        ("answer_unproved", lambda: answer(request, entered("upheld", reference=" "))),
        ("answer_unproved", lambda: answer(request, entered("upheld", reason=""))),
        ("answer_day", lambda: answer(request, entered("upheld", on=date(2026, 11, 24)))),
        ("answer_day", lambda: answer(request, entered("upheld", on=date(2026, 11, 22)))),
        ("answer_digest", lambda: answer(request, entered("upheld", digest="c" * 63))),
        ("answer_is_request", lambda: answer(request, entered("upheld", digest=own))),
        ("remedy_missing", lambda: answer(request, entered("upheld", measures=""))),
        ("role", lambda: officers.register(scribe, *OFFICER)),
        ("officer_of_the_desk", lambda: officers.register(admin, "赵管", "某所", "电话")),
        ("officer_incomplete", lambda: officers.register(admin, "林", " ", "电话")),
        ("no_such_officer", lambda: officers.end(admin, "x9")),
    ]  # fmt: skip
    for code, act in tries:
        with pytest.raises(Problem, match=code):
            act()
    assert desk_house.one("SELECT count(*) FROM journal") == before
    assert desk_house.one("SELECT status FROM request") == "open"


def test_what_somebody_here_decides_after_all_is_asked_no_more(desk_house: House) -> None:
    """A lead who joins meanwhile may take it; an answer that comes late is refused by name."""
    only(desk_house, "8000", "8002")
    admin, scribe = desk_house.sit("8000"), desk_house.sit("8002")
    officers.register(admin, *OFFICER)
    named = desk_house.complain("8000")
    asked = asking.ask(scribe, named, "", sheet)
    with desk_house.room.office.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE staff SET status = 'active' WHERE number = '8003'")
    handling.assign(desk_house.sit("8003"), named, "")
    assert desk_house.one("SELECT status FROM request") == "void"
    with pytest.raises(Problem, match="request_over"):
        answering.answer(desk_house.sit("8003"), asked.request, entered("upheld"))
    with pytest.raises(Problem, match="nothing_to_put"):
        asking.ask(desk_house.sit("8003"), named, "", sheet)


def test_an_officer_is_named_where_there_are_several_and_asked_no_more_once_ended(desk_house: House) -> None:
    only(desk_house, "8000")
    admin = desk_house.sit("8000")
    named = desk_house.complain("8000")
    with pytest.raises(Problem, match="no_officer"):
        asking.ask(admin, named, "", sheet)
    officers.register(admin, *OFFICER)
    officers.register(admin, "周 律师", *OFFICER[1:])
    with pytest.raises(Problem, match="which_officer"):
        asking.ask(admin, named, "", sheet)
    officers.end(admin, "x1")
    with pytest.raises(Problem, match="officer_ended"):
        officers.end(admin, "x1")
    with pytest.raises(Problem, match="officer_ended"):
        asking.ask(admin, named, "x1", sheet)
    assert asking.ask(admin, named, "", sheet).request == "u1"


@pytest.mark.parametrize(
    ("there", "missing"),
    [
        (("8000", "8001", "8003", "8002", "8004"), {}),
        (("8000", "8001", "8002"), {"complaint_extension": "8001, 8000", "second_review_of": "8001, 8000"}),
        (
            ("8001", "8002"),
            {
                "complaint_about": "8001",
                "approval_of": "8001",
                "admission_of": "8001",
                "review_of": "8001",
                "complaint_extension": "8002",
                "second_review_of": "8002",
                "two_deciders": None,
            },
        ),
        (
            ("8000",),
            dict.fromkeys(("complaint_about", "approval_of", "admission_of", "review_of"), "8000")
            | {"two_deciders": None},
        ),
    ],
)
def test_which_acts_this_desk_cannot_complete(
    desk_house: House, there: tuple[str, ...], missing: dict[str, str | None]
) -> None:
    """Only one lead and no administrator: nobody decides a complaint about that lead, and the doctor says so."""
    only(desk_house, *there)
    with desk_house.room.office.reader.connect() as connection:
        found = gaps(connection)
    assert {each.code: each.params.get("numbers") for each in found if each.state != "ok"} == missing
    assert all(each.state == "note" for each in found if each.code != "four_eyes")


@given(st.sets(st.sampled_from(["8000", "8001", "8002", "8003", "8004"])), st.data())
def test_nobody_party_to_it_ever_decides(about: set[str], data: st.DataObject) -> None:
    """The order is superior, lead, administrator, officer; whoever is party is in no list but the scribes' last."""
    everybody = [
        four_eyes.Person(key, number, role, superior)
        for key, (number, role, superior) in enumerate(
            [("8000", "admin", None), ("8001", "lead", 1), ("8002", "collector", 2), ("8003", "officer", 1)], 1
        )
        if data.draw(st.booleans())
    ]
    party = {person.id for person in everybody if person.number in about}
    able = four_eyes.ranked(everybody, party)
    assert not {person.id for person in able} & party
    assert all(person.role in four_eyes.DECIDING for person in able)
    superiors = {person.superior for person in everybody if person.id in party}
    places = [(person.id not in superiors, four_eyes.DECIDING.index(person.role)) for person in able]
    assert places == sorted(places)


@given(st.text(alphabet="王小明一二ab0123456789 -@.", max_size=40))
def test_no_number_and_no_name_leaves_in_a_request(text: str) -> None:
    said = discreet(f"{text}王小明{text}19900005678{text}", ["王小明"])
    assert "王小明" not in said
    assert not re.search(r"\d{5}", said)
    assert HIDDEN in said
