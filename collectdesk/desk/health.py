"""One finding of ``ready`` or ``doctor``: how grave, what, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

State = Literal["ok", "note", "bad"]


@dataclass(frozen=True)
class Check:
    """One thing that was looked at.

    Attributes:
        code: stable, for programs.
        state: ``ok``, ``note`` (worth knowing), ``bad`` (bars the first call, or is broken).
        message: an English sentence with ``{placeholders}``, the translation key.
        remedy: a command, or a sentence, likewise; empty when nothing is to be done.
        params: values for the placeholders; no personal data.
    """

    code: str
    state: State
    message: str
    remedy: str = ""
    params: dict[str, str | int] = field(default_factory=dict)


def sound(checks: list[Check]) -> bool:
    """Whether nothing is bad."""
    return all(check.state != "bad" for check in checks)
