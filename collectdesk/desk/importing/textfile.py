"""Text files: UTF-8 with or without its mark, UTF-16 with its mark, GB18030; comma, semicolon, tab or bar."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from collectdesk.desk.importing.cells import Cell
from collectdesk.errors import N_, BadData

DELIMITERS = ",\t;|"
CHUNK = 1 << 20
LONGEST_LINE = 4 * 1024 * 1024  # bytes; a case is a few hundred
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_SAMPLE_LINES = 20

csv.field_size_limit(LONGEST_LINE)


@dataclass(frozen=True)
class TextFile:
    """A delimited text file with its encoding and delimiter known."""

    path: Path
    encoding: str
    delimiter: str

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Each record with the line it begins on.

        Raises:
            BadData: a quotation mark that never closes, or bytes that are not text of this encoding.
        """
        with self.path.open(encoding=self.encoding, newline="") as file:
            reader = csv.reader(file, delimiter=self.delimiter, strict=True)
            begins = 1
            try:
                for record in reader:
                    yield begins, list(record)
                    begins = reader.line_num + 1
            except csv.Error as error:
                raise _broken_quotes(begins) from error
            except UnicodeError as error:
                raise _bad_bytes(begins, self.encoding) from error


def open_text(path: Path, *, encoding: str | None = None, delimiter: str | None = None) -> TextFile:
    """Find encoding and delimiter of a text file.

    Raises:
        BadData: no encoding fits, or lines that no text file has.
    """
    found = encoding or _encoding(path)
    try:
        codecs.lookup(found)
    except LookupError as error:
        raise BadData("encoding_unknown", N_("There is no such encoding."), hint=_ENCODINGS) from error
    return TextFile(path, found, delimiter or _delimiter(path, found))


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(4)
        for mark, name in _MARKS.items():
            if head.startswith(mark):
                return name
    broken = _first_broken_line(path, "utf-8")
    if broken is None:
        return "utf-8"
    if _heading_is_chinese_utf8(path):
        raise _bad_bytes(broken, "UTF-8")
    wrong = _first_broken_line(path, "gb18030")
    if wrong is None:
        return "gb18030"
    raise _bad_bytes(wrong, "UTF-8 / GB18030")


def _first_broken_line(path: Path, encoding: str) -> int | None:
    """The number of the first line that is not text of this encoding."""
    decoder, lines, run = codecs.getincrementaldecoder(encoding)(), 1, 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            try:
                text = decoder.decode(chunk)
            except UnicodeDecodeError as error:
                return lines + chunk[: error.start].count(b"\n")
            breaks = text.count("\n") + text.count("\r")
            run = 0 if breaks else run + len(chunk)
            if run > LONGEST_LINE:
                raise BadData("not_a_text_file", N_("The file is not a table of text."), hint=_ENCODINGS)
            lines += text.count("\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return lines
    return None


def _heading_is_chinese_utf8(path: Path) -> bool:
    """Whether the first line is UTF-8 beyond ASCII: then a later fault is a fault, not another encoding."""
    with path.open("rb") as file:
        line = file.readline(CHUNK)
    try:
        return not line.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def _delimiter(path: Path, encoding: str) -> str:
    """The candidate that splits the first lines most evenly into most columns."""
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        lines = [line for line, _ in zip(file, range(_SAMPLE_LINES), strict=False) if line.strip()]
    return max(DELIMITERS, key=lambda sign: _evenness(lines, sign))


def _evenness(lines: list[str], sign: str) -> tuple[int, int]:
    try:
        widths = Counter(len(record) for record in csv.reader(lines, delimiter=sign) if len(record) > 1)
    except csv.Error:
        return 0, 0
    if not widths:
        return 0, 0
    width, times = widths.most_common(1)[0]
    return width * times, width


def _broken_quotes(line: int) -> BadData:
    return BadData(
        "broken_quotes",
        N_("From line {line} on, a quotation mark opens and does not close as it should."),
        hint=N_("Double the quotation marks inside a cell, or export the file again."),
        line=line,
    )


def _bad_bytes(line: int, encoding: str) -> BadData:
    return BadData(
        "encoding",
        N_("From line {line} on there are bytes that are not text in {encoding}."),
        hint=_ENCODINGS,
        line=line,
        encoding=encoding,
    )


_ENCODINGS = N_("Save it as CSV UTF-8 or as XLSX, or name the encoding in a mapping file.")
