"""Why a question cannot be read, in words: the gate's sentence, which is English, in the asker's language."""

from __future__ import annotations

import re

from collectdesk.errors import N_
from collectdesk.gate import Unreadable
from collectdesk.lang import LANGUAGES, translate

SENTENCES = (
    N_("Expected an instant: ISO 8601 with offset or Z"),
    N_("Expected one JSON document"),
    N_("Expected at most 16 MiB a line"),
    N_("Expected rulebooks at hand"),
    N_("Expected at least one rulebook"),
    N_("Expected `from` before `to`, within one day"),
    N_("Expected the first date not after the last"),
    N_("Expected `at` between the years 1900 and 9000"),
    N_("Expected one row for each"),
    N_("Nested too deeply"),
    N_("This field is not in the contract"),
    N_("This field is required"),
    N_("Not one of the contract's values"),
    N_("The program failed on this line"),
)
"""What the gate and the stream say, word for word."""
SHAPES = (
    (re.compile(r"Expected `(?P<expected>[^`]*)`, got `(?P<got>[^`]*)`"), N_("Expected `{expected}`, got `{got}`")),
    (
        re.compile(r"Expected `(?P<expected>[^`]*)` matching regex (?P<form>'.*')"),
        N_("Expected `{expected}` like {form}"),
    ),
    (re.compile(r"Expected `(?P<expected>[^`]*)` (?P<limit>[<>]=? ?\S+)"), N_("Expected `{expected}` {limit}")),
    (re.compile(r"Invalid RFC3339 encoded (?P<kind>\w+)"), N_("Expected a {kind} in the form of RFC 3339")),
)
"""What the decoder says of a value, which never holds the value itself."""
OTHERWISE = N_("This value does not fit here")


def wire(error: Unreadable, lang: str) -> dict[str, object]:
    """``collectdesk.error/1`` with its message in ``lang``."""
    return {**error.to_wire(), "message": sentence(error.message, lang)}


def sentence(message: str, lang: str) -> str:
    """The gate's English ``message`` in ``lang``, one of ours."""
    if lang not in LANGUAGES or lang == "en":
        return message
    if message in SENTENCES:
        return translate(message, lang)
    for shape, words in SHAPES:
        if found := shape.fullmatch(message):
            return translate(words, lang).format_map(found.groupdict())
    return translate(OTHERWISE, lang)
