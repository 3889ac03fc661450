"""Why a rulebook may not be adopted (不予采用): the first error a lint finds in it, and where the others are shown."""

from __future__ import annotations

from collections.abc import Mapping
from shlex import quote

from collectdesk.desk.adoptable import prepare
from collectdesk.desk.rulebook_lint import Around, lint
from collectdesk.errors import N_, BadData, NotPermitted, Problem
from collectdesk.gate import Rulebook


def require_sound(text: bytes, file: str, around: Around) -> Rulebook:
    """The rulebook in ``text``, which a lint finds no error in; its examples, which are its author's, aside.

    Raises:
        NotPermitted: it changes another's text, or loosens what the house may only tighten; says which rule, by what.
        BadData: another error; says where.
    """
    prepare("rulebook", text, file)  # what cannot be read at all is refused as every text is
    found = lint(file, text, around)
    if not found.errors:
        assert found.book is not None
        return found.book
    first, more = found.errors[0], len(found.errors) - 1
    kind, code, said, hint = _REFUSED.get(first.code, _FAULTY)
    said = _OPENS if first.code in ("loosens", "exceeds") and first.params["field"] in _TIMES else said
    params = {**first.params, "line": first.line, "more": more, "file": quote(file), "fault": first.code}
    raise kind(code, said, hint=POINTS if hint == SEE and not more else hint, **params)


SEE = N_("`collectdesk rules lint {file}` shows every place ({more} more).")
POINTS = N_("`collectdesk rules lint {file}` points at the place.")
_LOOSER = N_("The rulebook would loosen {against}: {field} from {theirs} to {ours} (line {line}).")
_OPENS = N_("The rulebook would loosen {against}: it opens {ours} (line {line}).")
_TIMES = ("open", "day_kinds")
_REFUSED: Mapping[str, tuple[type[Problem], str, str, str]] = {
    "not_ours": (
        NotPermitted,
        "rulebook_not_ours",
        N_("This text is not the company's: only the severity of a rule that is no law may be set (line {line})."),
        N_("Put what is stricter into the house rulebook, under the id house."),
    ),
    "loosens": (NotPermitted, "rulebook_loosens", _LOOSER, SEE),
    "exceeds": (NotPermitted, "rulebook_loosens", _LOOSER, SEE),
    "rule_gone": (
        NotPermitted,
        "rulebook_loosens",
        N_("The rulebook would loosen {against}: the rule is gone."),
        SEE,
    ),
}
"""What is said of a rulebook that may not be adopted, by the code of the remark."""
_FAULTY: tuple[type[Problem], str, str, str] = (
    BadData,
    "rulebook_faulty",
    N_("The rulebook cannot be adopted as it is: line {line}, {fault}."),
    SEE,
)
