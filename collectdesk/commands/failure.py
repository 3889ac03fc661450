"""How failures end: a sentence and a hint on stderr, or one JSON document there.

Never a traceback with values.
"""

from __future__ import annotations

import errno
import os
import re
import sys
import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path

from typer.exceptions import TyperException

from collectdesk.commands.session import Session
from collectdesk.commands.usage import explain
from collectdesk.errors import N_, Cancelled, InternalProblem, Problem
from collectdesk.lang import MissingCatalogueError, _
from collectdesk.show.jsonout import dumps
from collectdesk.show.terminal import say
from collectdesk.show.width import wrap

_WIDTH = 78


def end(error: BaseException, session: Session) -> int:
    """Tell the user, in whatever way ``error`` asks for, how the command ended; the exit code."""
    if isinstance(error, KeyboardInterrupt):
        return cancelled(session)
    if isinstance(error, BrokenPipeError):
        return output_gone()
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EIO) and error.filename is None:
        output_gone()
        message = N_("The answer could not be written where it was sent.")
        return tell(InternalProblem("output", message, hint=N_("Check the disk's space.")), session)
    return report(error, session)


def report(error: BaseException, session: Session) -> int:
    """Tell the user what ``error`` means; the exit code."""
    if isinstance(error, Problem):
        return tell(error, session)
    if type(error).__name__ == "NoArgsIsHelpError":
        say(str(error))
        return 2
    if isinstance(error, TyperException):
        return tell(explain(error), session)
    if isinstance(error, MissingCatalogueError):
        sys.stderr.write(f"collectdesk: {error}\n")
        return 1
    if any(type(each).__name__ == "ZoneInfoNotFoundError" for each in _chain(error)):
        message = N_("This computer lacks the data of a time zone the desk needs.")
        hint = N_("Install the system's tzdata package, or run `pip install tzdata`.")
        return tell(InternalProblem("zone_data", message, hint=hint), session)
    if os.environ.get("COLLECTDESK_DEBUG") == "1":
        traceback.print_exception(error)
    message = N_("Something in the program broke (report {report}). What was confirmed before is kept.")
    hint = N_("COLLECTDESK_DEBUG=1 shows where; please report it with that number.")
    return tell(InternalProblem("internal", message, hint=hint, report=fingerprint(error)), session)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """``error`` and what it came of."""
    following: BaseException | None = error
    while following is not None:
        yield following
        following = following.__cause__ or following.__context__


def tell(problem: Problem, session: Session) -> int:
    """Write ``problem`` to stderr as its reader wants it; its exit code."""
    message = _filled(problem.message, problem)
    hint = _filled(problem.hint, problem)
    if session.json:
        document = {"schema": "collectdesk.error/1", "code": problem.code, "message": message, "hint": hint}
        sys.stderr.write(dumps({**document, **problem.details}) + "\n")
    else:
        for text in filter(None, (message, hint)):
            say("\n".join(line for part in text.split("\n") for line in wrap(part, _WIDTH)))
    return problem.exit_code


def cancelled(session: Session) -> int:
    """Ctrl-C or a closed terminal: one line, true of this run: what was committed stays, or nothing was."""
    if not session.json:
        sys.stderr.write("\n")
    kept = N_("Cancelled. What was confirmed before is kept.")
    return tell(
        Cancelled("cancelled", kept if session.changed else N_("Cancelled. Nothing was made or changed.")), session
    )


def output_gone() -> int:
    """Nobody takes what stdout still holds: drop it, without a word, but do not end as if all had been said."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())
    return 1


def fingerprint(error: BaseException) -> str:
    """A short name for the fault.

    The same fault has the same one, and it holds nothing but code positions.
    """
    import hashlib

    frames = traceback.extract_tb(error.__traceback__)[-6:]
    places = [f"{Path(frame.filename).name}:{frame.name}:{frame.lineno}" for frame in frames]
    digest = hashlib.blake2s("|".join([type(error).__name__, *places]).encode(), digest_size=4).hexdigest()
    return f"{type(error).__name__}-{digest}"


def _filled(message: str, problem: Problem) -> str:
    """The translated sentence with its values; a placeholder nobody filled stays as it is."""
    return _(message).format_map(_Values(_spoken(problem.params))) if message else ""


def _spoken(params: Mapping[str, str | int]) -> dict[str, str | int]:
    """The values as they are said: the roles of staff by their words."""
    from collectdesk.show.desk import STAFF_ROLES
    from collectdesk.show.words import word

    return {
        name: re.sub(r"[a-z]+", lambda found: word(STAFF_ROLES, found[0]), value)
        if name in ("role", "roles") and isinstance(value, str)
        else value
        for name, value in params.items()
    }


class _Values(dict[str, str | int]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
