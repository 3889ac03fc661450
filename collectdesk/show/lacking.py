"""What somebody lacks before they may call, in words: in a verdict, in the roster, in what is due."""

from __future__ import annotations

from collections.abc import Iterable

from collectdesk.errors import N_
from collectdesk.lang import current, translate
from collectdesk.show.words import SECTIONS, listed, word

LACKING = {
    "vetting": N_("vetting"),
    "confidentiality": N_("confidentiality pledge"),
    "exam": N_("exam"),
    "retest": N_("the exam again, since something changed"),
    "retraining": N_("a section to learn again"),
    "suspended": N_("suspended"),
    "qualification_expired": N_("expired"),
    "standing": N_("not known who calls"),
    "recording_overdue": N_("recordings of own calls owed too long"),
}
"""Codes of ``standing.missing``; a text to be read is ``reading:KIND/NAME``, a section ``retraining:SECTION``, a
suspension ``suspended:CAUSE/ID``."""
CAUSES = {
    "grave": N_("a grave violation"),
    "repeated": N_("repeated violations"),
    "decided": N_("a decision on a violation"),
    "inquiry": N_("an inquiry is under way"),
    "capability": N_("needs training first"),
    "absence": N_("away for a time"),
    "other": N_("another cause"),
}
"""Why somebody is suspended."""
TEXTS = {
    "rulebook": N_("the changed rulebook {name}"),
    "callscript": N_("the changed call script {name}"),
    "course": N_("the changed course {name}"),
}


def text_word(code: str, lang: str | None = None) -> str:
    """A changed text, ``rulebook/house``, in words."""
    kind, _slash, name = code.partition("/")
    return translate(TEXTS[kind], lang or current()).format(name=name) if kind in TEXTS else code


def lacking_word(code: str, lang: str | None = None) -> str:
    """One thing that is missing."""
    if code.startswith("reading:"):
        unread = translate(N_("read {text}"), lang or current())
        return unread.format(text=text_word(code.removeprefix("reading:"), lang))
    if code.startswith("retraining:"):
        again = translate(N_("learn {section} again and pass its exam"), lang or current())
        return again.format(section=word(SECTIONS, code.removeprefix("retraining:"), lang))
    if code.startswith("suspended:"):
        return _suspended(code.removeprefix("suspended:"), lang or current())
    return word(LACKING, code, lang)


def _suspended(code: str, lang: str) -> str:
    """A suspension with its cause, and the act of a lead that ends it."""
    cause, _slash, violation = code.partition("/")
    said = N_("suspended: {cause}, {violation}; a lead ends it: collectdesk conduct lift {violation}")
    plain = N_("suspended: {cause}; a lead ends it: collectdesk staff return")
    return translate(said if violation else plain, lang).format(cause=word(CAUSES, cause, lang), violation=violation)


def lacking_words(codes: Iterable[str], lang: str | None = None) -> str:
    """All of it."""
    return listed([lacking_word(code, lang) for code in codes], lang)
