"""Hostile text made harmless on a screen: it is stored exactly, and shown without power over the terminal."""

from __future__ import annotations

import re
import unicodedata

# Joiners belong to the letters of several scripts; all else of category Cf only hides or reorders text.
_KEPT_FORMAT = frozenset("\u200c\u200d")
_SUSPECT = re.compile(r"[^\x20-\x7e\u3001-\u3029\u4e00-\u9fff\uff01-\uff5e]")
_SPACE = re.compile(r"[\t\n\r\v\f\x85\u2028\u2029]+")


def safe(text: str) -> str:
    """``text`` on one line, control characters, terminal escapes and direction overrides made visible.

    >>> safe("a\\x1b[31mb\\u202ec")
    'a<1B>[31mb<202E>c'
    """
    return _SUSPECT.sub(_harmless, _SPACE.sub(" ", text))


def safe_lines(text: str) -> str:
    """The same, with its line breaks kept."""
    return "\n".join(safe(line) for line in text.splitlines())


def _harmless(match: re.Match[str]) -> str:
    char = match.group()
    category = unicodedata.category(char)
    if category == "Cs":
        return "\N{REPLACEMENT CHARACTER}"
    if category in ("Cc", "Co", "Cn") or (category == "Cf" and char not in _KEPT_FORMAT):
        return f"<{ord(char):02X}>"
    return char
