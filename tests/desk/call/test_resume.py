"""Left at any question, a call goes on there: another process finds it by its rows alone, on either engine."""

from __future__ import annotations

from dataclasses import replace

from collectdesk.desk.call import beginning, engine
from collectdesk.store.engine import open_engine
from tests.conftest import KEY
from tests.desk.call.phone import Phone, both


@both
def test_at_every_question_another_process_goes_on(phone: Phone) -> None:
    """The desk is opened anew before each answer, as after a crash; nothing is asked twice or passed over."""
    phone.dial()
    asked = []
    while not phone.prompt.ended:
        before = phone.prompt
        phone.office.store.close()
        store = open_engine(phone.office.store.url.render_as_string(hide_password=False), KEY)
        phone.office = replace(phone.office, store=store)
        held = beginning.open_call(phone.office)
        assert held == before.call.id
        phone.prompt = engine.current(phone.office, held)
        assert (phone.prompt.question, phone.prompt.doors) == (before.question, before.doors)
        asked.append(phone.at)
        phone.go_one()
    assert len(asked) == len(set(asked))
    answered = phone.rows("SELECT seq, step || '.' || field FROM call_answer ORDER BY seq")
    assert [field for _, field in answered if field in asked] == asked  # the desk fills in a few of its own
    assert [seq for seq, _ in answered] == list(range(1, len(answered) + 1))
    assert beginning.open_call(phone.office) is None


@both
def test_a_key_outlives_the_process_that_used_it(phone: Phone) -> None:
    """Whoever does not know whether the answer arrived repeats it with its key."""
    phone.dial(key="start")
    phone.go("plan")
    field = f"{phone.asked.step}.{phone.asked.field}"
    phone.answer(phone.asked.options[0].code, field=field, key="k1")
    went_to = phone.at
    phone.office = replace(
        phone.office, store=open_engine(phone.office.store.url.render_as_string(hide_password=False), KEY)
    )
    phone.answer("anything", field=field, key="k1")
    assert phone.at == went_to
    assert phone.dial(key="start").call.id == 1
    phone.office.store.close()
