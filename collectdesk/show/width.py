"""Text measured in terminal cells: Chinese characters take two, marks that combine take none.

Written without a table library so that help and errors stay quick. Signs whose width a terminal may choose
(East Asian *ambiguous*) count one, as most terminals show them; ``collectdesk.show.terminal`` avoids them in
data.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_NO_LINE_START = frozenset("，。、；：？！）》」』】〕”’…,.;:?!)]}%％")
_KOREAN_PARTS = frozenset(map(chr, (*range(0x1160, 0x1200), *range(0xD7B0, 0xD800))))  # drawn into a syllable
_LINE_END = frozenset("，。、；：？！）")  # a line may end with them even before a figure
_NO_LINE_END = frozenset("（《「『【〔“‘([{¥￥")
_WHOLE = re.compile(
    r"(?:\d{4}年)?\d{1,2}月\d{1,2}日 周.(?: \d\d:\d\d)?"
    r"|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{1,2} [A-Z][a-z]{2}(?: \d{4})?(?: \d\d:\d\d)?"
    r"|\b(?:\d{4}-)?\d\d-\d\d(?: 周.| [A-Z][a-z]{2})? \d\d:\d\d"
    r"|\d+ (?:[天分秒日次条]|小时|min\b|[dhs]\b)"
    r"|`[^`]*`"
)
"""A moment as ``dates`` writes it, a figure with its unit, a command: kept on one line for all their spaces."""
_ONE_SIGN = ("人民", "民币")  # 人民币 stays with its amount, as ¥ does


def char_cells(char: str) -> int:
    """Cells one character takes: 0, 1 or 2."""
    if char < "\x7f":
        return 1 if char >= " " else 0
    if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc") or char in _KOREAN_PARTS:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cells(text: str) -> int:
    """Cells ``text`` takes on one line."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(char_cells, text))


def pad(text: str, width: int, *, right: bool = False) -> str:
    """``text`` filled with spaces to ``width`` cells; longer text is left as it is."""
    space = " " * max(0, width - cells(text))
    return space + text if right else text + space


def clip(text: str, width: int) -> str:
    """``text`` cut to ``width`` cells, ``..`` standing for what is gone."""
    if cells(text) <= width:
        return text
    kept = cut(text, max(0, width - 2)) + ".."
    return kept[: max(width, 0)] if width < 2 else kept


def cut(text: str, room: int) -> str:
    """As much of the beginning of ``text`` as ``room`` cells hold."""
    kept, used = [], 0
    for char in text:
        used += char_cells(char)
        if used > room:
            break
        kept.append(char)
    return "".join(kept)


def wrap(text: str, width: int) -> list[str]:
    """``text`` in lines of at most ``width`` cells; at least one line.

    Lines break at spaces and between Chinese characters, never inside a run without spaces such as an amount,
    a moment, a figure with its unit or a command unless that alone is too long, and no closing punctuation begins a
    line.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in _pieces(paragraph):
            if cells(line) + cells(piece.rstrip()) <= width or not line:
                line += piece
            else:
                lines.append(line.rstrip())
                line = piece
            while cells(line.rstrip()) > width:
                head = _head(line, width)
                lines.append(head)
                line = line[len(head) :]
        lines.append(line.rstrip())
    return lines


def _pieces(text: str) -> Iterator[str]:
    """The unbreakable pieces of ``text``, each with the spaces that follow it."""
    piece = ""
    within = {index for whole in _WHOLE.finditer(text) for index in range(whole.start() + 1, whole.end())}
    for index, char in enumerate(text):
        if piece and index not in within and _may_break(piece[-1], char):
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in _NO_LINE_START or before in _NO_LINE_END:
        return False
    if before == " " or before in _LINE_END:
        return True
    if before + after in _ONE_SIGN:
        return False
    wide = char_cells(before) == 2 or char_cells(after) == 2
    return wide and not (before.isdigit() or after.isdigit())


def _head(text: str, width: int) -> str:
    """The longest beginning of ``text`` that fits, of one character at least."""
    used = 0
    for index, char in enumerate(text):
        used += char_cells(char)
        if used > width and index:
            return text[:index]
    return text
