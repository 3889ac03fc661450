"""When a person is in danger (policy article 12): what to say, what not to do, whom to ring; the debt can wait."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta, Struct

from collectdesk.desk.adopted_text import (
    Both,
    Headed,
    Name,
    Text,
    malformed,
    read_as,
    refuse_doubles,
    refuse_unknown_cites,
)
from collectdesk.errors import N_, NotFound


class Helpline(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A number for help: which, in which country, for what, and by which source."""

    code: Name
    number: Text
    country: Annotated[str, Meta(pattern=r"^[A-Z]{2}$")]
    purpose: Both
    cite: tuple[str, ...]


class Card(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The card for one kind of emergency: words to say in order, what to do, what never to do, whom to ring first."""

    kind: Name
    title: Both
    say: tuple[Both, ...]
    do: tuple[Both, ...]
    avoid: tuple[Both, ...]
    call: tuple[Name, ...] = ()
    cite: tuple[str, ...]


class SafetyFile(Headed, frozen=True, kw_only=True):
    """The cards as their file holds them."""

    schema: Literal["collectdesk.safety/1"]
    first: tuple[Both, ...]
    helpline: tuple[Helpline, ...]
    card: tuple[Card, ...]


class Safety(Headed, frozen=True, kw_only=True):
    """The cards in force: plain data. ``first`` is shown before the kind is known."""

    first: tuple[Both, ...]
    helplines: tuple[Helpline, ...]
    cards: tuple[Card, ...]

    def card(self, kind: str) -> Card:
        """The card for the emergency ``kind`` (a code of the field ``emergency``).

        Raises:
            NotFound: there is none.
        """
        for card in self.cards:
            if card.kind == kind:
                return card
        raise NotFound("safety_card_unknown", N_("There is no safety card for '{kind}'."), kind=kind)

    def helplines_for(self, card: Card, country: str) -> tuple[Helpline, ...]:
        """The numbers of ``card`` that serve ``country``, in its order; none where none is known."""
        known = {line.code: line for line in self.helplines if line.country == country}
        return tuple(known[code] for code in card.call if code in known)


def compile_safety(mapping: Mapping[str, object]) -> Safety:
    """Build the cards from a plain mapping, as TOML gives it.

    Raises:
        BadData: a field is wrong, a kind stands twice, a card has nothing to say, or a source or number is not listed.
    """
    file = read_as(SafetyFile, mapping, "safety")
    refuse_doubles("safety", "$.card", (card.kind for card in file.card))
    refuse_doubles("safety", "$.helpline", (f"{line.country} {line.code}" for line in file.helpline))
    uses = [(f"$.card.{card.kind}", card.cite) for card in file.card]
    refuse_unknown_cites("safety", file.cites, [*uses, *((f"$.helpline.{x.code}", x.cite) for x in file.helpline)])
    lines = {line.code for line in file.helpline}
    for card in file.card:
        if not (card.say and card.do and card.avoid and card.cite):
            raise malformed("safety", f"$.card.{card.kind}", "a card says what to say, to do and to avoid, and by whom")
        if not set(card.call) <= lines:
            raise malformed("safety", f"$.card.{card.kind}.call", "no such number is listed")
    return Safety(
        version=file.version,
        title=file.title,
        cites=file.cites,
        first=file.first,
        helplines=file.helpline,
        cards=file.card,
    )
