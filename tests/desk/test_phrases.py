"""Phrases: what they find, however a text is typed, and what they refuse."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectdesk.desk.adopted_text import Lang
from collectdesk.desk.phrases import PhraseIndex, fold, parse

NOISE = st.text(st.sampled_from(" ,.、·-_*\u200b\u3000…~"), max_size=3)


def found(phrase: str, text: str, lang: Lang = "zh_CN") -> list[str]:
    """The parts of ``text`` the phrase is found in."""
    index = PhraseIndex([(0, parse(phrase, lang))], lang)
    return [
        text[folded.spans[each.start][0] : folded.spans[each.end - 1][1]]
        for folded in fold(text, lang)
        for each in index.find(folded)
    ]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("抓你", "明天抓 你", ["抓 你"]),
        ("(来|去)抓(你|您)", "我来抓您", ["来抓您"]),
        ("让(警察|)抓", "让抓", ["让抓"]),
        ("(给(你|您)|)打电话", "给您打电话", ["给您打电话"]),
        ("让…抓", "让他们明天来抓", ["让他们明天来抓"]),
        ("让…抓", "让他。抓", []),
        ("让…抓", "让一二三四五六七八九抓", []),
        ("不…抓", "不抓", ["不抓"]),
        ("ＡＰＰ下载", "app 下载", ["app 下载"]),
    ],
)
def test_chinese_phrases(phrase: str, text: str, expected: list[str]) -> None:
    assert found(phrase, text) == expected


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("arrest you", "We will ARREST, you", ["ARREST, you"]),
        ("arrest you", "arrests your", []),
        ("arrest(|s|ed)", "he arrested", ["arrested"]),
        ("arrest(|s|ed)", "ar.rest", ["ar.rest"]),
        ("arrest(|s|ed)", "a r r e s t", ["a r r e s t"]),
        ("arrest(|s|ed)", "他会arrest你", ["arrest"]),
        ("(the |)police", "Call the police", ["the police"]),
        ("you … jail", "you will soon go to jail", ["you will soon go to jail"]),
        ("you … jail", "you. To jail", []),
        ("don't tell", "Don’t tell", ["Don’t tell"]),
    ],
)
def test_english_phrases(phrase: str, text: str, expected: list[str]) -> None:
    assert found(phrase, text, "en")[:1] == expected


@pytest.mark.parametrize("phrase", ["", "…", "你", "(你|)", "a…", "…你好", "(你好", "你好)", "你|好", "(你…好|他们)"])
def test_a_phrase_that_would_find_anything_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse(phrase, "zh_CN")


@given(st.lists(NOISE, min_size=5, max_size=5))
def test_signs_and_spaces_between_characters_hide_nothing(noise: list[str]) -> None:
    text = "".join(char + between for char, between in zip("老赖你坐牢", noise, strict=True))
    assert found("老赖", text)
    assert found("你坐牢", text)


@given(st.text(max_size=60), st.sampled_from(["zh_CN", "en"]))
def test_folding_points_back_into_the_text(text: str, lang: Lang) -> None:
    for folded in fold(text, lang):
        assert len(folded.tokens) == len(folded.spans) == len(folded.sentences)
        assert all(0 <= start < end <= len(text) for start, end in folded.spans)
        assert list(folded.sentences) == sorted(folded.sentences)
