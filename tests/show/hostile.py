"""Texts that try to act on a terminal, a spreadsheet or a table library; shown everywhere, harmful nowhere."""

from __future__ import annotations

import unicodedata

ESCAPES = (
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "\x1bP+q544e\x1b\\",
    "\x9b31mc1",
    "a\rb\bc\x7f",
    "bell\x07\x00nul",
    "vertical\x0btab\x0cform",
)
DIRECTIONS = ("\u202egnp.exe", "\u2066x\u2069", "\u200eleft\u200f", "\u061cmark", "\ufeffbom", "zero\u200bwidth")
MARKUP = ("[red]x[/red]", "[link=http://evil.example]x[/link]", "[/]", "[bold", ":warning:", "\\[x]")
FORMULAS = ("=1+1", "+SUM(A1)", "-2+3", "@SUM(A1)", "＝1+1", " =1+1", "\t=1+1", "'=1+1", '=HYPERLINK("http://e")')
LONG = ("很长的姓名" * 400, "x" * 5000, "é́́́́́́́" * 50)
BREAKS = ("line\nbreak", "line\u2028separator", "next\x85line")

ACTIVE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
JOINERS = "\u200c\u200d"


def active(text: str, allowed: str = "") -> list[str]:
    """The characters of ``text`` that act instead of being seen."""
    return [char for char in text if unicodedata.category(char) in ACTIVE and char not in allowed + JOINERS]


ALL = (*ESCAPES, *DIRECTIONS, *MARKUP, *FORMULAS, *LONG, *BREAKS)
