"""When a case opens, as the queue's list says it: short enough for 80 columns, with its year where it needs it."""

from __future__ import annotations

from datetime import datetime

import pytest

from collectdesk import lang
from collectdesk.show.queue import opening

AT = datetime.fromisoformat("2026-12-30T12:00:00+08:00")


@pytest.mark.parametrize(
    ("opens", "en", "zh"),
    [
        ("2026-12-30T16:05:00+08:00", "16:05", "16:05"),
        ("2026-12-31T09:00:00+08:00", "31 Dec 09:00", "12月31日 09:00"),
        ("2027-01-04T09:00:00+08:00", "4 Jan 2027 09:00", "2027年1月4日 09:00"),
    ],
)
def test_a_queue_says_when(opens: str, en: str, zh: str) -> None:
    before = lang.current()
    try:
        for language, said in (("en", en), ("zh_CN", zh)):
            lang.use(language)
            assert opening(datetime.fromisoformat(opens), AT) == said
    finally:
        lang.use(before)
