"""A page of text built from the top, in lines of a fixed number of cells."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from collectdesk.show.width import cells, wrap


class Page:
    """Lines of a fixed width, built from the top."""

    def __init__(self, width: int) -> None:
        self.width = width - 1
        self.lines: list[Text] = []

    def blank(self) -> None:
        """An empty line."""
        self.lines.append(Text(""))

    def sides(self, left: str, right: str, *, indent: int = 1, hang: int = 0, style: str = "") -> None:
        """``left`` and, at the right edge or below it, ``right``."""
        head = " " * indent + left
        if not right:
            self.prose(left, indent=indent, hang=hang, style=style)
        elif cells(head) + 3 + cells(right) <= self.width:
            gap = " " * (self.width - cells(head) - cells(right))
            self.lines.append(Text.assemble((head, style), gap, right))
        else:
            self.prose(left, indent=indent, hang=hang, style=style)
            self.lines.append(Text(" " * max(indent, self.width - cells(right)) + right))

    def prose(self, text: str, *, indent: int = 1, hang: int = 0, style: str = "") -> None:
        """``text`` wrapped; lines after the first stand ``hang`` cells further in."""
        first, *more = wrap(text, self.width - indent - hang)
        self.lines.append(Text(" " * indent + first, style))
        self.lines += [Text(" " * (indent + hang) + line, style) for line in more]

    def items(self, items: Sequence[str], *, indent: int = 1, gap: int = 3, style: str = "") -> None:
        """``items`` side by side, a new line before one that does not fit."""
        line = ""
        for item in items:
            longer = f"{line}{' ' * gap}{item}" if line else item
            if line and cells(longer) > self.width - indent:
                self.prose(line, indent=indent, style=style)
                longer = item
            line = longer
        self.prose(line, indent=indent, style=style)
