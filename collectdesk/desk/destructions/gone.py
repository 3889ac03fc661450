"""What stands for a name, or for a text that may not be empty, once its case was destroyed (销毁)."""

from __future__ import annotations

GONE = "-"
