"""The card of an emergency on a low screen (policy article 12): whom to ring stands on its first page."""

from __future__ import annotations

import pytest

from collectdesk import lang
from collectdesk.show import callscreen
from tests.desk.call.phone import Phone


@pytest.mark.parametrize("language", lang.LANGUAGES)
def test_the_numbers_to_ring_stand_first(phone: Phone, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setenv("LINES", "24")
    monkeypatch.setenv("COLUMNS", "80")
    lang.use(language)
    try:
        phone.dial()
        phone.go("party")
        phone.door("emergency")
        phone.go("emergency.kind")
        phone.answer("self_harm")
        first = "\n".join(callscreen.screens(phone.prompt)[0])
    finally:
        lang.use("en")
    assert "120" in first
    assert "110" in first


def test_no_advice_stands_under_a_word_that_it_was_said(phone: Phone) -> None:
    phone.dial()
    phone.go("party")
    phone.door("emergency")
    page = callscreen.lines(phone.prompt)
    assert " Safety first" in page
    assert " Said" not in page
