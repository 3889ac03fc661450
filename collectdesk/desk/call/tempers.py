"""What a made-up debtor says as a rehearsed call goes on (模拟债务人的性情), step by step; shipped, never adopted."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Literal

from msgspec import Struct

from collectdesk.desk.adopted_text import Both, Name, read_as, refuse_doubles
from collectdesk.desk.shipped import shipped

FILE = "rehearsal.toml"


class Temper(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A temper: its code, what it is called, and their words at each step of a call."""

    code: Name
    title: Both
    says: dict[str, Both]


class TemperFile(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The tempers as their file holds them."""

    schema: Literal["collectdesk.rehearsal/1"]
    temper: tuple[Temper, ...]


@cache
def tempers() -> dict[str, Temper]:
    """Every temper by its code.

    Raises:
        BadData: the file cannot be read; says where.
    """
    file = read_as(TemperFile, tomllib.loads(shipped(FILE).decode()), FILE)
    refuse_doubles(FILE, "$.temper", (each.code for each in file.temper))
    return {each.code: each for each in file.temper}


def words(code: str | None, step: str, lang: str) -> str:
    """What somebody of that temper says at ``step``; nothing where they say nothing."""
    temper = tempers().get(code or "")
    said = temper.says.get(step) if temper is not None else None
    return said.in_("zh_CN" if lang == "zh_CN" else "en") if said is not None else ""
