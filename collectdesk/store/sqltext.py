"""One SQL text for both drivers: parameters are written ``:name``."""

from __future__ import annotations

import re
from functools import lru_cache


@lru_cache(maxsize=256)
def as_pyformat(sql: str) -> str:
    """``:name`` as psycopg wants it, ``%(name)s``; casts (``::``) stay."""
    return re.sub(r"(?<!:):([a-z_]\w*)", r"%(\1)s", sql.replace("%", "%%"))
