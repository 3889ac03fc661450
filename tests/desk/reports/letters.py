"""Letters as rows of the random book: made, sent, come back, void; of some the kept text is not what was made."""

from __future__ import annotations

import random
from hashlib import sha256
from typing import TYPE_CHECKING

from collectdesk.store.words import NOTICE_KINDS

if TYPE_CHECKING:
    from tests.desk.reports.book import Book

NOW = 1_795_424_400
DAY = 86_400
TABLES = ("notice", "letter")
LIVES = (("make",), ("make", "void"), ("make", "send"), ("make", "send", "receive"), ("make", "send", "return"))
STATES = {"make": "made", "void": "void", "send": "sent", "receive": "received", "return": "returned"}


def add(made: Book, chance: random.Random, number: int) -> None:
    """So many letters, and one a year ago that somebody else sent."""
    for serial in range(1, number + 1):
        life = chance.choice(LIVES)
        at, case, by = (
            NOW - chance.randrange(1, 20 * DAY),
            chance.choice((3, chance.randrange(1, 41))),
            chance.randrange(4, 10),
        )
        kind = chance.choice(NOTICE_KINDS[:3])
        notice = made.add("notice", debtor=case, kind=kind, debts=[case], sent_at=at) if "send" in life else None
        texts = {"html": f"<p>{serial}</p>", "plain": str(serial)}
        digests = {f"{name}_digest": sha256(text.encode()).hexdigest() for name, text in texts.items()}
        if chance.random() < 0.2:
            texts[chance.choice(tuple(texts))] = "x"
        key = made.add(
            "letter", origin="rendered", status=STATES[life[-1]], kind=kind, case_id=case, person=case, debts=[case],
            year=2026, serial=serial, template="t", version="1", template_digest="x", lang="en", made_at=at,
            made_by=by, notice=notice, **texts, **digests,
        )  # fmt: skip
        for act in life:
            made.add(
                "step", kind="letter", subject=key, case_id=case, act=act, state=STATES[act], by_staff=by, at=at,
                content=None,
            )  # fmt: skip
            at = min(NOW, at + chance.randrange(1, 9 * DAY))
    notice = made.add("notice", debtor=9, kind="debt", debts=[9], sent_at=NOW - 400 * DAY)
    key = made.add(
        "letter", origin="outside", status="sent", kind="debt", case_id=9, person=9, debts=[9], made_at=NOW - DAY,
        made_by=2, notice=notice, serial=None,
    )  # fmt: skip
    made.add("step", kind="letter", subject=key, case_id=9, act="attest", state="sent", by_staff=2, at=NOW - DAY,
             content=None)  # fmt: skip
