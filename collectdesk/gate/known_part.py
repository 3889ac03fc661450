"""One part of a fact that a rule may require, as far as it is known."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from collectdesk.gate.instant import Instant


class Known(Struct, frozen=True):
    """One part of a fact.

    ``present``: something is known at all. ``value``: its code. ``at``: when it was established, or for a part that
    is not yet true, when it will be. ``until``: when it ends. ``refused``: known, and in itself not good enough.
    ``subject``: which debt (or the like) it speaks of. ``missing``: what lacks, as codes.
    """

    present: bool
    value: str | None = None
    at: Instant | None = None
    until: Instant | None = None
    refused: bool = False
    subject: str | None = None
    missing: tuple[str, ...] = ()

    def evidence(self) -> dict[str, Any]:
        """What a verdict shows of it."""
        shown = {"subject": self.subject, "value": self.value, "at": self.at, "until": self.until}
        return {key: value for key, value in shown.items() if value is not None} | (
            {"missing": list(self.missing)} if self.missing else {}
        )


UNKNOWN = Known(present=False)
