"""A rulebook given as a file: read and compiled; what makes it unusable is said as a lint says it, with its line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from collectdesk.errors import N_, BadData, NotFound

if TYPE_CHECKING:
    from collectdesk.desk.rulebook_lint import Around
    from collectdesk.gate import Rulebook

EXAMPLES = ".examples.toml"


def read_text(file: Path) -> bytes:
    """The file's content.

    Raises:
        NotFound: there is no such file.
    """
    try:
        return file.read_bytes()
    except OSError:
        raise missing(file) from None


def missing(file: Path) -> NotFound:
    """The error for a file that is not there, or no file."""
    return NotFound("file_missing", N_("There is no file {file}."), hint=N_("Check the path."), file=str(file))


def meant(file: Path) -> Path:
    """The rulebook meant: a file of examples stands for the one it lies beside."""
    return file.with_name(file.name.removesuffix(EXAMPLES) + ".toml") if file.name.endswith(EXAMPLES) else file


def rulebook_in(file: Path) -> Rulebook:
    """The rulebook in a file, whatever it loosens.

    Raises:
        NotFound: there is no such file.
        BadData: it holds none; says where.
    """
    from collectdesk.desk.adoptable import prepare

    text = read_text(file)
    with told_as_linted(file, text):
        book: Rulebook = prepare("rulebook", text, file.name)[0].value
    return book


def sound_rulebook_in(file: Path, text: bytes, around: Around) -> Rulebook:
    """The rulebook in ``text`` of ``file``, one that could be adopted.

    Raises:
        NotPermitted: it loosens what the house may only tighten.
        BadData: another fault; says where.
    """
    from collectdesk.desk.rulebook_refusal import require_sound

    with told_as_linted(file, text, around):
        return require_sound(text, str(file), around)


@contextmanager
def told_as_linted(
    file: Path, text: bytes, around: Around | None = None, *, only: str = "", examples: bytes | None = None
) -> Iterator[None]:
    """Within it, why ``text``, or the ``examples`` beside it, cannot be used is said in the words of a lint.

    ``only``: where a lint first remarks on this, as of a text that may be no rulebook.
    """
    try:
        yield
    except BadData as error:
        raise _in_words(error, file, text, around, only, examples) from None


def _in_words(
    error: BadData, file: Path, text: bytes, around: Around | None, only: str, examples: bytes | None
) -> BadData:
    from collectdesk.desk.rulebook_lint import Around, lint
    from collectdesk.desk.rulebook_refusal import POINTS, SEE
    from collectdesk.show.rulebook_lint import message

    faults = lint(str(file), text, around or Around((), (), {}, 0), examples).errors
    if not faults or only not in ("", faults[0].code):
        return error
    return BadData(
        error.code,
        N_("{named}, line {line}: {problem}"),
        hint=SEE if faults[1:] else POINTS,
        named=faults[0].file,
        line=faults[0].line,
        problem=message(faults[0]),
        file=quote(str(file)),
        more=len(faults) - 1,
    )
