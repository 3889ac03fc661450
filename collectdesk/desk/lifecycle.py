"""The life of what the desk follows up (流程): its states, and which act leads from which to which.

One shipped table each, ``data/lifecycles/NAME.toml``: the code moves by it, the tests walk it, the README draws it.
A table says what may be done next; whose act it is stands there too, and is enforced where the act is done, so that
a file changed on disk lets nobody do what is not theirs.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from collectdesk.desk.adopted_text import Both, Lang, Name, malformed, read_as, refuse_doubles
from collectdesk.desk.shipped import listed, shipped
from collectdesk.errors import N_, Busy

DESK = "desk"
"""In a move's ``by``: no person does it."""


class State(Struct, frozen=True, forbid_unknown_fields=True):
    """One state, as the rows hold it, and what people call it."""

    name: Name
    title: Both


class Move(Struct, frozen=True, forbid_unknown_fields=True, rename={"sources": "from"}):
    """An act that leads from any of ``sources`` to ``to``; ``by`` are the roles whose act it is.

    ``by`` has ``desk`` where no person acts: a date that comes, a payment that is imported.
    """

    act: Name
    title: Both
    sources: tuple[Name, ...]
    to: Name
    by: tuple[Name, ...]


class Lifecycle(Struct, frozen=True, forbid_unknown_fields=True, rename={"states": "state", "moves": "move"}):
    """The whole life of one kind of thing; ``start`` are the states it may begin in."""

    name: Name
    title: Both
    cite: Both
    start: tuple[Name, ...]
    states: tuple[State, ...]
    moves: tuple[Move, ...]

    def after(self, state: str, act: str, lang: Lang | str = "en") -> str:
        """The state that ``act`` leads to from ``state``.

        Raises:
            Busy: it cannot be done there; names what can.
        """
        for move in self.moves:
            if move.act == act and state in move.sources:
                return move.to
        spoken: Lang = "zh_CN" if lang == "zh_CN" else "en"
        joined = "；" if spoken == "zh_CN" else "; "  # titles hold commas of their own
        raise Busy(
            "not_in_this_state",
            N_("{what} is {state}: this cannot be done now."),
            hint=N_("What can be done: {acts}.") if self.open_to(state) else N_("Nothing more can be done with it."),
            what=self.title.in_(spoken),
            state=self.titled(state, spoken),
            acts=joined.join(dict.fromkeys(move.title.in_(spoken) for move in self.open_to(state))),
        )

    def acts(self, state: str) -> tuple[Move, ...]:
        """What can be done in ``state``."""
        return tuple(move for move in self.moves if state in move.sources)

    def open_to(self, state: str) -> tuple[Move, ...]:
        """What a person can do in ``state``; what the desk does by itself is not for anybody to choose."""
        return tuple(move for move in self.acts(state) if move.by != (DESK,))

    def titled(self, state: str, lang: Lang) -> str:
        """What people call a state."""
        return next(each.title.in_(lang) for each in self.states if each.name == state)

    @property
    def ends(self) -> tuple[str, ...]:
        """The states from which nothing leads on."""
        return tuple(each.name for each in self.states if not self.acts(each.name))


@cache
def lifecycle(name: str) -> Lifecycle:
    """The shipped table ``name``.

    Raises:
        NotFound: there is none of that name.
        BadData: it cannot be read; says where.
    """
    return compile_lifecycle(shipped(f"lifecycles/{name}.toml"), name)


def names() -> Sequence[str]:
    """Every lifecycle there is."""
    return [path.removeprefix("lifecycles/").removesuffix(".toml") for path in listed("lifecycles/*.toml")]


def compile_lifecycle(text: bytes, name: str) -> Lifecycle:
    """Read a table and hold it together: states that exist, one outcome an act, every state reached.

    Raises:
        BadData: it does not hold together; says where.
    """
    life = read_as(Lifecycle, tomllib.loads(text.decode()), name)
    refuse_doubles(name, "$.state", (each.name for each in life.states))
    refuse_doubles(name, "$.move", (f"{source}/{move.act}" for move in life.moves for source in move.sources))
    known = {each.name for each in life.states}
    used = {*life.start, *(move.to for move in life.moves), *(each for move in life.moves for each in move.sources)}
    for strange in sorted(used - known):
        raise malformed(name, "$.move", f"there is no state '{strange}'")
    for lonely in sorted(known - _reached(life)):
        raise malformed(name, "$.state", f"nothing leads to '{lonely}'")
    return life


def _reached(life: Lifecycle) -> set[str]:
    found = set(life.start)
    while more := {move.to for move in life.moves if found & set(move.sources)} - found:
        found |= more
    return found
