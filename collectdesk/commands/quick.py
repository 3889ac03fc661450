"""The fast way in for what scripts ask thousands of times: ``check CASE --json`` and ``queue --json``.

It loads neither the parser nor the screen. It answers only what it understands to the last word and what goes well;
everything else, every failure too, is left to the front door, which does it again and says what is wrong.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from collectdesk import lang
from collectdesk.store import home
from collectdesk.store.home import Home

_GLOBALS = ("--desk", "--lang")
_OPTIONS = {
    "check": ("--number", "--person", "--purpose", "--at"),
    "queue": ("--limit",),
}
_FLAGS = {"check": (), "queue": ("--team", "--all")}


def quick(words: Sequence[str]) -> int | None:
    """The exit code, or none when the front door has to do it."""
    if "--json" not in words or "COLLECTDESK_COMPLETE" in os.environ:
        return None
    read = _read(words)
    if read is None:
        return None
    verb, arguments, options = read
    _load_msgspec()
    return _answer(verb, arguments, options)


def _answer(verb: str, arguments: Sequence[str], options: dict[str, str]) -> int | None:
    try:
        desk = home.find(options.get("--desk"))
        spoken = lang.choose(options.get("--lang"), os.environ, home.read(desk).language)
        if "--lang" in options and lang.normalise(options["--lang"]) is None:
            return None
        lang.use(spoken)
        return _check(desk, spoken, arguments, options) if verb == "check" else _queue(desk, spoken, options)
    except OSError:
        raise  # the answer could not be written: doing it again would write it twice
    except Exception:  # noqa: BLE001 - the front door does it again and words the failure
        return None


def _load_msgspec() -> None:
    """Load msgspec without what it only may use.

    It takes two names from typing_extensions, which Python's own typing has too; that package alone costs a
    tenth of the whole answer. Whoever really needs it later imports it as ever.
    """
    if "typing_extensions" in sys.modules:
        return
    sys.modules["typing_extensions"] = None  # type: ignore[assignment] # the import system's way to say no
    try:
        import msgspec  # noqa: F401
    finally:
        del sys.modules["typing_extensions"]


def _check(desk: Home, spoken: str, arguments: Sequence[str], options: dict[str, str]) -> int | None:
    if len(arguments) != 1:
        return None
    from collectdesk.commands.checking import Wanted, ask_desk, emit_decision

    wanted = Wanted(
        case=arguments[0],
        number=options.get("--number", ""),
        person=options.get("--person", ""),
        purpose=options.get("--purpose", "collect"),
        at=options.get("--at", ""),
    )
    return emit_decision(ask_desk(desk, _now, spoken, wanted), spoken)


def _queue(desk: Home, spoken: str, options: dict[str, str]) -> int | None:
    from collectdesk.commands.queueing import ask_queue, emit_queue

    limit = int(options["--limit"]) if "--limit" in options else None
    team, everyone = "--team" in options, "--all" in options
    if team and everyone:
        return None
    emit_queue(ask_queue(desk, _now, spoken, "all" if everyone else "team" if team else "own", limit))
    return 0


def _now() -> datetime:
    return datetime.now(UTC)


def _read(words: Sequence[str]) -> tuple[str, list[str], dict[str, str]] | None:
    """The verb, its arguments and options; none at the first word that is not known here."""
    options: dict[str, str] = {}
    plain: list[str] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        verb = plain[0] if plain else ""
        name, equals, value = word.partition("=")
        if word == "--json" or word in _FLAGS.get(verb, ()):
            options[word] = ""
        elif name in (*_GLOBALS, *_OPTIONS.get(verb, ())):
            if not equals and not rest:
                return None
            options[name] = value if equals else rest.pop(0)
        elif word.startswith("-"):
            return None
        else:
            plain.append(word)
    return (plain[0], plain[1:], options) if plain and plain[0] in _OPTIONS else None
