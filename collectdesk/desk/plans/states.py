"""The states of a plan in the groups the desk asks about; the whole life is ``data/lifecycles/plan.toml``."""

from __future__ import annotations

UNDECIDED = ("draft", "returned", "submitted", "approved")
"""Before it is performed."""
PERFORMED = ("active", "broken", "completed")
"""Agreed to, and performed or not."""
LIVE = (*UNDECIDED, "active")
"""A case takes no second plan meanwhile."""
AGREED = ("approved", *PERFORMED)
"""The schedule is the one that was approved."""
