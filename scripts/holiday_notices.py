"""The State Council's holiday notices behind China's calendar files: title, number, date, address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Notice:
    """An official notice (国务院办公厅通知): what a day of the file cites."""

    title: str
    number: str
    issued_on: str
    url: str
    amends: tuple[date, ...] = ()

    @property
    def citation(self) -> str:
        """The title with the document number, where the number was read."""
        return f"《{self.title}》{self.number}"


def yearly(year: int, number: str, issued_on: str, path: str) -> Notice:
    """The notice that arranges the breaks of ``year``."""
    title = f"国务院办公厅关于{year}年部分节假日安排的通知"
    return Notice(title, number, issued_on, f"https://www.gov.cn/zhengce/zhengceku/{path}")


# As published copies of the notices print them; the number of the 2026 notice stood in no copy that was read.
NOTICES: Mapping[int, Notice] = {
    2018: yearly(2018, "国办发明电〔2017〕12号", "2017-11-30", "2017-11/30/content_5243579.htm"),
    2019: yearly(2019, "国办发明电〔2018〕15号", "2018-12-04", "2018-12/06/content_5346276.htm"),
    2020: yearly(2020, "国办发明电〔2019〕16号", "2019-11-21", "2019-11/21/content_5454164.htm"),
    2021: yearly(2021, "国办发明电〔2020〕27号", "2020-11-25", "2020-11/25/content_5564127.htm"),
    2022: yearly(2022, "国办发明电〔2021〕11号", "2021-10-25", "2021-10/25/content_5644835.htm"),
    2023: yearly(2023, "国办发明电〔2022〕16号", "2022-12-08", "2022-12/08/content_5730844.htm"),
    2024: yearly(2024, "国办发明电〔2023〕7号", "2023-10-25", "202310/content_6911528.htm"),
    2025: yearly(2025, "国办发明电〔2024〕12号", "2024-11-12", "202411/content_6986383.htm"),
    2026: yearly(2026, "", "2025-11-04", "202511/content_7047091.htm"),
}
AMENDMENTS: Mapping[int, Notice] = {
    2019: Notice(
        "国务院办公厅关于调整2019年劳动节假期安排的通知",
        "国办发明电〔2019〕3号",
        "2019-03-22",
        "https://www.gov.cn/zhengce/zhengceku/2019-03/22/content_5375877.htm",
        amends=(
            date(2019, 4, 28),
            date(2019, 5, 2),
            date(2019, 5, 3),
            date(2019, 5, 4),
            date(2019, 5, 5),
        ),
    ),
    2020: Notice(
        "国务院办公厅关于延长2020年春节假期的通知",
        "国办发明电〔2020〕1号",
        "2020-01-26",
        "https://www.gov.cn/zhengce/zhengceku/2020-01/27/content_5472352.htm",
        amends=(date(2020, 1, 31), date(2020, 2, 1), date(2020, 2, 2)),
    ),
}
CONFIRMED_THROUGH = max(NOTICES)


def statutory_source(year: int) -> str:
    """The regulation whose article 2 lists the statutory days of ``year``; revised in 2013 and in 2024."""
    revision = "国务院令第795号，2024年修订" if year >= 2025 else "国务院令第644号，2013年修订"
    return f"《全国年节及纪念日放假办法》第二条（{revision}）"
