"""Which language is spoken: the flag, the variable, the desk, the locale, in that order."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from collectdesk import lang


@pytest.fixture(autouse=True)
def _speak_as_before() -> Iterator[None]:
    before = lang.current()
    yield
    lang.use(before)


@pytest.mark.parametrize(
    ("flag", "environ", "setting", "spoken"),
    [
        ("en", {"COLLECTDESK_LANG": "zh_CN", "LANG": "zh_CN.UTF-8"}, "zh_CN", "en"),
        (None, {"COLLECTDESK_LANG": "zh_CN", "LANG": "en_US.UTF-8"}, "en", "zh_CN"),
        (None, {"LANG": "en_US.UTF-8"}, "zh_CN", "zh_CN"),
        (None, {"LANG": "zh_CN.UTF-8"}, None, "zh_CN"),
        (None, {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, None, "en"),
        (None, {"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "en_US"}, None, "zh_CN"),
        (None, {"LANG": "de_DE.UTF-8"}, None, "en"),
        ("klingon", {"LANG": "zh_CN.UTF-8"}, None, "zh_CN"),
        (None, {}, None, "en"),
    ],
)
def test_the_language_is_the_first_wish_that_is_one_of_ours(
    flag: str | None, environ: dict[str, str], setting: str | None, spoken: str
) -> None:
    assert lang.choose(flag, environ, setting) == spoken


def test_a_sentence_comes_in_the_language_spoken() -> None:
    lang.use("zh_CN")
    assert lang._("Cancelled by you.") == "由您取消。"
    lang.use("en")
    assert lang._("Cancelled by you.") == "Cancelled by you."


def test_plurals_are_chosen_by_number_in_english_and_are_one_in_chinese() -> None:
    one, many = "{days} day past due", "{days} days past due"
    lang.use("en")
    assert [lang.ngettext(one, many, days) for days in (1, 2)] == [one, many]
    lang.use("zh_CN")
    assert {lang.ngettext(one, many, days) for days in (1, 2)} == {"逾期 {days} 天"}


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="de"):
        lang.use("de")


def test_answers_of_codes_never_read_the_catalogue() -> None:
    """The catalogue is read at the first sentence only, so a JSON read does not pay for it."""
    code = (
        "from collectdesk import lang; lang.use('zh_CN'); print(lang._catalogue.cache_info().currsize, end=' ');"
        "lang._('Yes'); print(lang._catalogue.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "0 1\n"
