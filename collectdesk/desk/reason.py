"""A reason, a topic, a reference in words (事由): something is said, and nobody's number is in it."""

from __future__ import annotations

import re

from collectdesk.desk.number_spotting import DETECTORS
from collectdesk.errors import N_, BadData, UsageProblem

SHORTEST = 4
"""What a reason weighs at least: a letter or figure counts one, a Chinese character two; ``属实`` says something."""
LONGEST = 500
MOBILE = re.compile(r"(?<!\d)(\+?86|0086)?1[3-9]\d{9}(?!\d)")


def says(text: str) -> bool:
    """Whether a reason says something: ``好``, ``ok`` and dashes do not. The same for every act that needs one."""
    return sum(2 if "\u3400" <= each <= "\u9fff" else each.isalnum() for each in text) >= SHORTEST


def reason_of(text: str, flag: str = "--reason") -> str:
    """The text without the spaces around it; ``flag`` gives it.

    Raises:
        UsageProblem: nothing is said.
        BadData: it is too long, or holds a number that is somebody's: a card, an account, an identity, a mobile.
    """
    said = text.strip()
    if not says(said):
        raise UsageProblem("reason_missing", N_("Say it in words: {flag}."), hint="", flag=flag)
    if len(said) > LONGEST:
        raise BadData("text_long", N_("At most {count} characters, please."), count=LONGEST)
    if MOBILE.search(said) or any(True for spot in DETECTORS.values() for _at in spot(said)):
        raise BadData(
            "number_in_text",
            N_("This text holds a number that is somebody's."),
            hint=N_("Leave it out; a staff number or a file's name will do."),
        )
    return said
