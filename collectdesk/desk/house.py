"""What a company sets besides rules (公司设定): promise limits, days to answer in; tables of its house rulebook.

They stand in the adopted house rulebook under ``[settings.NAME]``, so they bind, are journalled and keep their old
versions as its rules do. A table is given whole or not at all; one that is left out has the numbers the program
ships, and ``rules show house`` says so. A new kind of setting is a struct here and a field of ``HouseSettings``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from msgspec import Meta, Struct

from collectdesk.desk import adoption
from collectdesk.desk.adopted_text import Both
from collectdesk.gate import Malformed, Rulebook, compile_rulebook

if TYPE_CHECKING:
    from collectdesk.desk.adoption import Where

HOUSE = "house"
"""The id of the company's own rulebook."""


class Promises(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the house takes as a promise to pay (policy article 9.4); anything beyond it is a plan, for approval.

    ``least_percent``: the least share of what is owed. ``most_days``: local dates ahead of today. ``most_broken``:
    with that many broken ones on the case no further promise is taken.
    """

    cite: Both
    least_percent: Annotated[int, Meta(ge=0, le=100)]
    most_days: Annotated[int, Meta(ge=0, le=366)]
    most_broken: Annotated[int, Meta(ge=1, le=100)]


class Answers(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Working days within which the house owes an answer (policy article 10), the day itself not counted.

    The bounds keep the house inside what the law asks: fifteen days for a complaint (银行业保险业消费投诉处理管理办法),
    twenty for an objection to a credit report (征信业管理条例 第二十五条).
    """

    cite: Both
    objection: Annotated[int, Meta(ge=1, le=14)]
    complaint: Annotated[int, Meta(ge=1, le=10)]


class HouseSettings(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Every setting of the house; a table its rulebook leaves out is as shipped (a test holds them to the file)."""

    promise: Promises = Promises(
        cite=Both(zh_CN="公司制度 第九条第四款", en="Company policy, article 9(4)"),
        least_percent=10,
        most_days=30,
        most_broken=2,
    )
    answers: Answers = Answers(
        cite=Both(zh_CN="公司制度 第十条", en="Company policy, article 10"),
        objection=5,
        complaint=10,
    )


def compile_book(mapping: Mapping[str, Any]) -> Rulebook:
    """A rulebook as the gate compiles it, its settings read too.

    Raises:
        Malformed: see ``compile_rulebook``; or a setting is unknown, missing from its table or out of bounds; or
            a rulebook that is not the house's has settings.
    """
    book = compile_rulebook(mapping)
    if book.id != HOUSE and book.settings:
        raise Malformed("$.settings", "only the house rulebook has settings")
    read(book)
    return book


def read(book: Rulebook) -> HouseSettings:
    """The settings of a rulebook.

    Raises:
        Malformed: a setting cannot be read; says where.
    """
    try:
        return msgspec.convert(book.settings, HouseSettings)
    except msgspec.ValidationError as error:
        problem, _, where = str(error).partition(" - at ")
        path = where.replace("key` in `", "").strip("`").removeprefix("$")
        raise Malformed(f"$.settings{path}", problem) from None


def of(books: Iterable[Rulebook]) -> HouseSettings:
    """The settings among the rulebooks in force; as shipped where there is no house rulebook."""
    return next((read(book) for book in books if book.id == HOUSE), HouseSettings())


def in_force(where: Where, at: int) -> HouseSettings:
    """The settings that bind at ``at``."""
    return of(adoption.rulebooks(where, at))


def schema() -> dict[str, Any]:
    """JSON Schema of the table ``settings`` in a house rulebook."""
    made = msgspec.json.schema(HouseSettings)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "collectdesk.house_settings/1", **made}
