"""What is remembered between runs, below ``.venv``: one JSON file a name, written whole."""

from __future__ import annotations

import json
from typing import Any

from mutating.tools import PLACE


def read(name: str) -> Any:  # noqa: ANN401 - whatever was written
    """What was written under ``name``, or nothing."""
    path = PLACE / "kept" / f"{name}.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else None


def write(name: str, value: object) -> None:
    """Keep ``value``, in place of what was kept before."""
    path = PLACE / "kept" / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_text(json.dumps(value), "utf-8")
    new.replace(path)
