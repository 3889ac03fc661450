"""What can go wrong in words a user can act on: one class per exit code.

A problem carries a stable ``code`` for scripts and an English sentence for people; the front door translates the
sentence and fills its placeholders. Parameters never hold personal data: they name places and kinds, not values.
"""

from __future__ import annotations

from collections.abc import Mapping


def N_(message: str) -> str:  # noqa: N802 - the name gettext's extractors know
    """Mark ``message`` for translation without translating it here."""
    return message


class Problem(Exception):
    """A failure a user sees.

    Args:
        code: stable, machine-readable, snake_case.
        message: English sentence with ``{placeholders}``; the translation key.
        hint: what to do about it, likewise.
        params: values for the placeholders; no personal data.

    ``details`` are further fields of the error's JSON document, for what one sentence cannot list; set by whoever
    raises it, and likewise without personal data.
    """

    exit_code = 1
    details: Mapping[str, object] = {}

    def __init__(self, code: str, message: str, *, hint: str = "", **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.hint = hint
        self.params = params


class InternalProblem(Problem):
    """Something of ours broke (exit 1)."""

    exit_code = 1


class UsageProblem(Problem):
    """The command was not understood or lacks an argument (exit 2)."""

    exit_code = 2


class BlockedByGate(Problem):
    """The gate refused (exit 3)."""

    exit_code = 3


class NotFound(Problem):
    """No such thing on this desk (exit 4)."""

    exit_code = 4


class NotPermitted(Problem):
    """Not signed in, or not this person's to do (exit 5)."""

    exit_code = 5


class Busy(Problem):
    """Another process or person holds it, or it has moved on meanwhile (exit 6)."""

    exit_code = 6


class BadData(Problem):
    """A file or field cannot be used as it is (exit 7)."""

    exit_code = 7


class Cancelled(Problem):
    """The user ended it (exit 130)."""

    exit_code = 130
