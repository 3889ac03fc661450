"""Whether what is kept of letters is what was made (函件留存), asked over the plain driver."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from collectdesk.desk.destructions.gone import GONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collectdesk.store.case_rows import Ask

LETTERS = (
    "SELECT l.id, l.html, l.plain, l.html_digest, l.plain_digest FROM letter l JOIN case_file c ON c.id = l.case_id "
    "WHERE l.serial IS NOT NULL AND l.id > :after AND NOT (c.destroyed_at IS NOT NULL AND l.html = :gone) "
    "ORDER BY l.id LIMIT 500"
)


def altered(ask: Ask) -> Iterator[int]:
    """The keys of letters whose text does not have its digest; what was destroyed with its case is none."""
    after = 0
    while rows := ask(LETTERS, {"after": after, "gone": GONE}):
        for key, html, plain, html_digest, plain_digest in rows:
            if _digest(html) != html_digest or _digest(plain) != plain_digest:
                yield int(key)
        after = int(rows[-1][0])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
