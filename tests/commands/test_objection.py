"""``collectdesk objection`` as a script and a person use it (policy article 10.1)."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from tests.commands import keeping
from tests.commands.conftest import Desk, Done, Program

ADD = ("--category", "amount", "--content", "账单金额不对", "--channel", "letter")


@pytest.fixture
def adopted(desk: Desk) -> Desk:
    """The small desk with its texts in force since the year before, a collector signed in."""
    keeping.with_texts(desk, at=desk.small.at - 300 * 86_400)
    desk.sign_in("8002")
    return desk


def told(done: Done) -> Any:
    """The document of a command that ended well."""
    assert done.code == 0, done.err
    return json.loads(done.out)


def refused(done: Done) -> str:
    """The code of a refusal."""
    assert done.out == ""
    return str(json.loads(done.err)["code"])


def test_from_the_first_word_to_the_last(program: Program, adopted: Desk) -> None:
    """Article 10.1: recorded, checked, answered, told, opened again; each act answers with the objection."""
    made = told(program("objection", "add", "A-1007", *ADD, "--evidence", "账单照片", "--json"))
    assert made["schema"] == "collectdesk.objection/1"
    name = made["objection"]
    assert (made["status"], made["holding"], made["evidence"]) == ("open", True, "账单照片")
    assert made["annotated_at"] is not None
    done = told(program("objection", "verify", name, "--finding", "founded", "--text", "利息多计一期", "--json"))
    assert (done["status"], done["finding"]) == ("verified", "founded")
    done = told(program("objection", "answer", name, "--text", "利息多计一期，已通知更正", "--json"))
    assert done["urgency"] == "due"
    done = told(program("objection", "close", name, "--how", "letter", "--json"))
    assert (done["status"], done["holding"], done["correction_owed"]) == ("closed", True, True)
    assert [each["act"] for each in done["steps"]] == ["record", "verify", "answer", "close"]
    assert program("objection", "correct", name, "--text", "利息已更正", "--json").code == 5
    adopted.sign_in("8001")
    done = told(program("objection", "correct", name, "--text", "利息已更正", "--json"))
    assert done["holding"] is False
    done = told(program("objection", "reopen", name, "--text", "更正后仍不一致", "--json"))
    assert (done["status"], done["reopened"], done["holding"]) == ("open", 1, True)
    assert [each["objection"] for each in told(program("objection", "list", "--json"))["objections"]] == [name]
    closing = next(each["content"] for each in done["steps"] if each["act"] == "close")
    assert closing == {"how": "letter", "told_on": closing["told_on"]}
    assert date.fromisoformat(closing["told_on"])


@pytest.mark.usefixtures("adopted")
def test_the_page_and_the_history_keep_what_was_said_in_every_round(program: Program) -> None:
    """Article 10.1: an objection opened again still shows what was found and answered before, and in words."""
    name = told(program("objection", "add", "A-1007", *ADD, "--json"))["objection"]
    program("objection", "verify", name, "--finding", "partly", "--text", "利息多计一期")
    program("objection", "answer", name, "--text", "已通知更正")
    program("objection", "close", name, "--how", "letter")
    program("objection", "reopen", name, "--text", "更正后仍不一致")
    for command in (("objection", "show", name), ("case", "history", "A-1007")):
        page = program("--lang", "zh_CN", *command).out
        for words in ("账单金额不对", "部分属实", "利息多计一期", "已通知更正", "更正后仍不一致"):
            assert words in page
        assert "partly" not in page.replace(f"[objection] {name} partly", "")


@pytest.mark.usefixtures("adopted")
def test_what_is_refused_says_why(program: Program) -> None:
    name = told(program("objection", "add", "A-1007", *ADD, "--json"))["objection"]
    assert refused(program("objection", "answer", name, "--text", "金额无误", "--json")) == "not_in_this_state"
    assert refused(program("objection", "add", "A-1007", *ADD, "--received", "2099-01-01", "--json")) == "day_ahead"
    assert refused(program("objection", "add", "A-1007", *ADD, "--received", "1-2-3", "--json")) == "bad_date"
    assert refused(program("objection", "verify", name, "--finding", "maybe", "--text", "看过了", "--json")) in (
        "no_such_finding", "text_empty",
    )  # fmt: skip
    assert refused(program("objection", "show", "j99", "--json")) == "no_such_objection"
    assert refused(program("objection", "show", "x1", "--json")) == "no_such_objection"
    assert refused(program("objection", "list", "--all", "--json")) == "role"
    assert refused(program("objection", "add", "A-1007", "--json")) == "no_terminal"


@pytest.mark.usefixtures("adopted")
@pytest.mark.parametrize(
    ("lang", "words"), [("en", ("Account marked", "Answer due", "wait")), ("zh_CN", ("账户标注", "答复期限", "暂停"))]
)
def test_in_words(program: Program, lang: str, words: tuple[str, ...]) -> None:
    """Both languages, and never the debtor's name."""
    name = told(program("objection", "add", "A-1007", *ADD, "--json"))["objection"]
    shown = program("--lang", lang, "objection", name)
    listed = program("--lang", lang, "objection", "list")
    assert shown.code == listed.code == 0
    assert "王小明" not in shown.out + listed.out
    for word in words:
        assert word in shown.out
    assert name in listed.out
    assert "A-1007" in listed.out
