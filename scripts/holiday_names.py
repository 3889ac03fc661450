"""The names of other places' holidays in both languages; the library has them in English."""

from __future__ import annotations

from collections.abc import Mapping

Names = dict[str, str]
"""A name by language."""
OBSERVED = " (observed)"
"""How the library marks a day off in place of a holiday."""

IN_CHINESE: Mapping[str, str] = {
    "New Year's Day": "元旦",
    "Family Day": "家庭日",
    "Good Friday": "耶稣受难日",
    "Easter Monday": "复活节星期一",
    "Victoria Day": "维多利亚日",
    "National Patriots' Day": "爱国者日",
    "Saint John the Baptist Day": "魁北克国庆日",
    "Canada Day": "加拿大日",
    "British Columbia Day": "不列颠哥伦比亚日",
    "Labor Day": "劳动节",
    "Labour Day": "劳动节",
    "National Day for Truth and Reconciliation": "真相与和解日",
    "Thanksgiving Day": "感恩节",
    "Remembrance Day": "国殇纪念日",
    "Christmas Day": "圣诞节",
    "Boxing Day": "节礼日",
    "Australia Day": "澳大利亚日",
    "ANZAC Day": "澳新军团日",
    "Easter Sunday": "复活节",
    "Saint Brigid's Day": "圣布里吉德日",
    "Saint Patrick's Day": "圣帕特里克节",
    "May Bank Holiday": "五月公假",
    "June Bank Holiday": "六月公假",
    "August Bank Holiday": "八月公假",
    "October Bank Holiday": "十月公假",
    "Saint Stephen's Day": "圣斯德望日",
    "Korean New Year": "春节",
    "The day preceding Korean New Year": "春节前一日",
    "The second day of Korean New Year": "春节次日",
    "Independence Movement Day": "三一节",
    "Children's Day": "儿童节",
    "Buddha's Birthday": "佛诞日",
    "Memorial Day": "显忠日",
    "Constitution Day": "制宪节",
    "Liberation Day": "光复节",
    "Chuseok": "中秋节",
    "The day preceding Chuseok": "中秋节前一日",
    "The second day of Chuseok": "中秋节次日",
    "National Foundation Day": "开天节",
    "Hangul Day": "韩文日",
    "Local Election Day": "地方选举日",
    "Presidential Election Day": "总统选举日",
    "National Assembly Election Day": "国会选举日",
    "Armed Forces Day": "国军日",
    "Temporary Public Holiday": "临时公休日",
    "New Year Holidays": "新年假期",
    "Orthodox Christmas Day": "东正教圣诞节",
    "Defender of the Fatherland Day": "祖国保卫者日",
    "International Women's Day": "国际妇女节",
    "Holiday of Spring and Labor": "春天与劳动节",
    "Victory Day": "胜利日",
    "Russia Day": "俄罗斯日",
    "Unity Day": "人民团结日",
}


def named(name: str, *, observed: bool = False) -> Names:
    """A holiday's name in both languages; where ``observed``, that of the day off in its place."""
    chinese = IN_CHINESE[name]
    return {"zh_CN": f"{chinese}补假", "en": name + OBSERVED} if observed else {"zh_CN": chinese, "en": name}
