"""The wording check (policy articles 6.2, 7.4, 9): every shipped entry both ways, disguises, and what lists must be."""

from __future__ import annotations

from collections import Counter

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectdesk.desk.adopted_text import Lang
from collectdesk.desk.number_spotting import DETECTORS, digit_runs, luhn, resident_check
from collectdesk.desk.wording import Entry, WordList, barred, check, compile_wording, explain
from collectdesk.errors import BadData
from tests.desk.shipped_words import reactions, read, safety, word_list, word_lists

ENTRIES = [(lang, entry) for lang in ("zh_CN", "en") for entry in word_list(lang).entries]


def caught(text: str) -> set[str]:
    """The ids of the entries that find something in ``text``, in both lists at once."""
    return {hit.entry for hit in check(text, word_lists())}


@pytest.mark.parametrize(("lang", "entry"), ENTRIES, ids=[f"{lang}-{entry.id}" for lang, entry in ENTRIES])
def test_each_entry_catches_its_example_and_passes_its_neighbour(lang: Lang, entry: Entry) -> None:
    """Policy article 9: each forbidden wording is found; the nearest lawful wording is not."""
    lists = (word_list(lang),)
    hits = [hit for hit in check(entry.catches, lists) if hit.entry == entry.id]
    assert hits
    assert all(entry.catches[hit.start : hit.end].strip() for hit in hits)
    assert not check(entry.passes, lists)


@pytest.mark.parametrize(("lang", "entry"), ENTRIES, ids=[f"{lang}-{entry.id}" for lang, entry in ENTRIES])
def test_each_phrase_finds_itself_in_disguise(lang: Lang, entry: Entry) -> None:
    """Full-width signs, capitals and signs in between change nothing."""
    wide = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in entry.catches.upper())
    assert entry.id in {hit.entry for hit in check(wide, (word_list(lang),))}
    if lang == "zh_CN" and not entry.detect:
        spaced = "、 ".join(entry.catches)
        assert entry.id in {hit.entry for hit in check(spaced, (word_list(lang),))}


def test_the_lists_are_as_long_and_as_broad_as_promised() -> None:
    assert len(word_list("zh_CN").entries) >= 150
    assert len(word_list("en").entries) >= 100
    for lang in ("zh_CN", "en"):
        by_category = Counter(entry.category for entry in word_list(lang).entries)
        assert set(by_category) == set(word_list(lang).categories)
        assert min(by_category.values()) >= 3


def test_both_languages_know_the_same_categories() -> None:
    assert word_list("zh_CN").categories == word_list("en").categories


def test_a_note_in_both_languages_is_read_by_both_lists() -> None:
    assert caught("客户是老赖, a deadbeat") == {"insult-deadbeat"}
    assert len(check("客户是老赖, a deadbeat", word_lists())) == 2


@pytest.mark.parametrize(
    "text",
    [
        "客户上月失业,目前送外卖,预计12月5日发工资后先还2,000.00元,希望分3期。",
        "对账单截至2026-11-22,应还12,480.00元,其中本金11,900.00元。",
        "本人 138****5678 接听,核实通过;约2026-11-25 10:00回电。",
        "客户对违约金有异议,已登记,11月27日前答复。",
        "已告知可以向12378反映,客户表示暂不投诉。",
        "Debtor lost the job in May, expects wages on 5 December, can pay 2,000.00 then.",
        "Asked for instalments; explained that it takes approval, and which papers are needed.",
        "Spoke to a colleague who will ask him to get in touch; nothing else was said.",
        "客户反映上周有人半夜打电话,要求投诉,已转主管。",
        "客户询问能否减免罚息,已说明需审批,未作承诺。",
        "客户说再打就报警,已结束通话。",
        "接听人说他去单位了，晚上才回家。",
        "她说会把回执寄到单位，也请我们寄一份对账单。",
        "客户问可不可以微信转账,已告知只能走官方渠道。",
        "Debtor asked whether the interest can be waived; told that it takes approval.",
        "They say they never took out the loan; they filed a police report last year.",
        "She asked us to stop calling her mother's number, removed it.",
    ],
)
def test_ordinary_notes_pass(text: str) -> None:
    assert caught(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "我们不会通知您的单位,也不会联系您的家人",
        "不会告诉您的朋友或通知您的家人",
        "We never call or contact your family",
    ],
)
def test_what_we_say_we_do_not_do_passes(text: str) -> None:
    assert caught(text) == set()


def test_a_denial_does_not_cover_the_next_sentence() -> None:
    assert caught("我们不会乱来。我通知你父母") == {"third_party-tell-family"}


def test_a_hit_holds_its_place_and_none_of_the_words() -> None:
    hit, *_ = check("您好。你这个 老 赖!", word_lists())
    assert "您好。你这个 老 赖!"[hit.start : hit.end] == "老 赖"
    assert "老" not in msgspec.json.encode(hit).decode()


def test_a_hit_is_explained_in_either_language_with_its_source() -> None:
    (hit,) = check("we know where you live", word_lists())
    assert explain(hit, word_lists(), "zh_CN").category == "威胁恐吓"
    told = explain(hit, word_lists(), "en")
    assert told.cite.startswith("Company policy, article 9(1)")
    assert told.confidence == "V"


@pytest.mark.parametrize(
    "text",
    [
        "信不信我让你在单位待不下去",
        "说再不还就去他单位闹",
        "告诉她，她的照片会曝光，再躲就上她单位堵人",
        "我们会联系您所有的朋友",
        "你这个月还款后我给你把逾期记录删了",
        "你有没有考虑找朋友借一下",
        "加下我微信,转我微信也可以",
        "You'll be arrested",
        "You’re a thief",
        "we'll freeze your bank account",
        "I can remove this from your credit report",
    ],
)
def test_what_nobody_wrote_down_word_for_word_is_caught_too(text: str) -> None:
    assert barred(check(text, word_lists()))


def test_what_stops_us_is_apart_from_what_makes_us_think() -> None:
    hits = check("这是最后一次警告", word_lists())
    assert hits
    assert barred(hits) == ()
    assert barred(check("等着坐牢", word_lists()))


def test_a_compiled_list_is_plain_data() -> None:
    words = word_list("zh_CN")
    again = msgspec.json.decode(msgspec.json.encode(words), type=WordList)
    assert again == words
    assert check("等着坐牢", (again,)) == check("等着坐牢", (words,))


def test_our_own_advice_says_nothing_barred() -> None:
    """Policy articles 4.2 and 12: strategies and safety cards pass the check they stand beside."""
    advice = [each for one in reactions().reactions for each in (one.strategy, one.avoid)]
    advice += [each for card in safety().cards for each in (*card.say, *card.do, *card.avoid)]
    for both in advice:
        assert barred(check(both.zh_CN, word_lists())) == (), both.zh_CN
        assert barred(check(both.en, word_lists())) == (), both.en


# ------------------------------------------------------------------------------------------------------------ numbers


@given(st.text("0123456789", min_size=12, max_size=18), st.sampled_from(["", " ", "-"]))
def test_a_card_number_is_found_however_it_is_grouped(body: str, between: str) -> None:
    """Policy articles 9.5 and 9.7: no account numbers in free text."""
    digits = next(body + check_digit for check_digit in "0123456789" if luhn(body + check_digit))
    grouped = between.join(digits[at : at + 4] for at in range(0, len(digits), 4))
    people = list(DETECTORS["resident_id"](digits))
    expected = [] if people or len(set(digits)) == 1 else [(3, 3 + len(grouped))]
    assert list(DETECTORS["card_number"](f"卡号:{grouped}元")) == expected


@given(st.text("0123456789", min_size=13, max_size=19))
def test_digits_that_do_not_check_are_no_card(digits: str) -> None:
    if not luhn(digits):
        assert list(DETECTORS["card_number"](digits)) == []


def test_chinese_digits_spell_a_card_too() -> None:
    spoken = "四一一一一一一一一一一一一一一一"
    assert [run.digits for run in digit_runs(spoken)] == ["4111111111111111"]
    assert "numbers-card-number" in caught(f"还到{spoken}")


@pytest.mark.parametrize("text", ["2026-11-23 2026-11-24", "12,480.00 11,900.00", "13812345678 13912345678", "A-1007"])
def test_dates_amounts_and_telephone_numbers_are_no_cards(text: str) -> None:
    assert not any(list(spot(text)) for spot in DETECTORS.values())


@given(st.dates(), st.integers(0, 999999), st.integers(0, 999))
def test_a_resident_number_is_found_by_its_check_sign(born: object, region: int, order: int) -> None:
    day = str(born).replace("-", "")
    body = f"{region:06d}{day}{order:03d}"
    number = body + resident_check(body)
    expected = [(0, 18)] if day[:2] in ("18", "19", "20") else []
    assert list(DETECTORS["resident_id"](number)) == expected


# ------------------------------------------------------------------------------------------------- what lists must be


def _entry(**changes: object) -> dict[str, object]:
    """A whole list with one entry, that entry changed."""
    mapping = read("wording/zh_CN.toml")
    entry = {**mapping["entry"][0], **changes}
    mapping["entry"] = [{name: value for name, value in entry.items() if value is not None}]
    return mapping


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"catches": "您好"}, "catches"),
        ({"passes": "等着坐牢,让警察来抓你"}, "passes"),
        ({"say": ["(坐牢"]}, "$.entry.threat-arrest"),
        ({"say": []}, "$.entry.threat-arrest"),
        ({"detect": "card_number"}, "$.entry.threat-arrest"),
        ({"category": "nothing"}, "$.entry.threat-arrest"),
        ({"cite": ["nothing"]}, "$.entry.threat-arrest"),
        ({"cite": []}, "$.entry.threat-arrest"),
        ({"reason": {"zh_CN": "只有一种语言"}}, "$.entry[0].reason"),
        ({"colour": "red"}, "$.entry[0]"),
        ({"severity": "maybe"}, "$.entry[0].severity"),
    ],
)
def test_a_list_that_is_wrong_cannot_be_compiled(changes: dict[str, object], where: str) -> None:
    with pytest.raises(BadData) as problem:
        compile_wording(_entry(**changes))
    assert where in str(problem.value.params["where"])


def test_an_id_stands_once() -> None:
    mapping = read("wording/en.toml")
    mapping["entry"].append(mapping["entry"][0])
    with pytest.raises(BadData):
        compile_wording(mapping)
