"""A furnished desk on which the collector has made one call that connected; made once, copied for each test."""

from __future__ import annotations

from dataclasses import replace

from collectdesk.store.engine import Store
from tests.desk.call.phone import Phone
from tests.desk.rooms import Hands, Room


def with_a_call(store: Store, room: Room) -> Room:
    """Make the call, close it, and leave the clock where it ended."""
    hands = Hands(room.small.at)
    phone = Phone(replace(room, office=replace(room.office, store=store, clock=hands), hands=hands))
    phone.dial()
    phone.go()
    return replace(room, small=replace(room.small, at=hands.at))
