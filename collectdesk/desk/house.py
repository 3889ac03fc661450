"""What a company sets besides rules (公司设定): promise limits, days to answer in; tables of its house rulebook.

They stand in the adopted house rulebook under ``[settings.NAME]``, so they bind, are journalled and keep their old
versions as its rules do. A table is given whole or not at all; one that is left out has the numbers the program
ships, and ``rules show house`` says so. A new kind of setting is a struct of ``house_settings`` and a field of
``HouseSettings``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from collectdesk.desk import adoption
from collectdesk.desk.adopted_text import Both
from collectdesk.desk.house_settings import (
    Answers,
    Authority,
    Complaints,
    Conduct,
    Emergencies,
    Plans,
    Promises,
    Quality,
    Recordings,
    Reports,
    Training,
)
from collectdesk.gate import Malformed, Rulebook, compile_rulebook

if TYPE_CHECKING:
    from collectdesk.desk.adoption import Where

HOUSE = "house"
"""The id of the company's own rulebook."""


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
    complaint: Complaints = Complaints(
        cite=Both(zh_CN="公司制度 第十条第二款", en="Company policy, article 10(2)"),
        ordinary_days=15,
        complex_days=30,
        special_days=60,
        warn_days=5,
    )
    emergency: Emergencies = Emergencies(
        cite=Both(zh_CN="公司制度 第十二条", en="Company policy, article 12"),
        acknowledge_minutes=10,
    )
    conduct: Conduct = Conduct(
        cite=Both(zh_CN="公司制度 第九条", en="Company policy, article 9"),
        grave=(
            "threat",
            "disclosure",
            "forgery",
            "personal_account",
            "gift",
            "private_deal",
            "concealed_complaint",
            "false_record",
        ),
        repeated=3,
        within_days=90,
        appeal_days=10,
    )
    plan: Plans = Plans(
        cite=Both(zh_CN="公司制度 第十一条第一款", en="Company policy, article 11(1)"),
        down_percent=10,
        most_months=60,
        first_days=45,
        extension_days=90,
        earlier=1,
        due_days="next_working_day",
        decide_days=2,
        grace_days=3,
        remind_days=3,
        authority=(Authority("lead", "50000.00"), Authority("admin"), Authority("officer")),
    )
    training: Training = Training(
        cite=Both(zh_CN="公司制度 第十三条", en="Company policy, article 13"),
        vetting=("identity", "criminal_record", "credit_record", "employment", "interview"),
        questions=25,
        pass_mark=80,
        tries=3,
        wait_hours=24,
        open_hours=2,
        explain="each",
        valid_days=365,
        refresh_days=30,
        grace_days=7,
        retest=("rulebook", "callscript", "course"),
    )
    recording: Recordings = Recordings(
        cite=Both(zh_CN="公司制度 第十四条第一款", en="Company policy, article 14(1)"),
        owed_days=2,
        reference_suffices=False,
        tolerance_s=15,
        keep_years=2,
        keep_years_consumer_finance=5,
    )
    quality: Quality = Quality(
        cite=Both(zh_CN="公司制度 第九条、第十四条", en="Company policy, articles 9 and 14"),
        rules=("consent", "complaint", "violation", "wording", "refused_then_called", "new_staff", "share"),
        new_days=30,
        complaint_days=30,
        share_percent=5,
        review_days=5,
        claim_hours=24,
        second_percent=10,
        second_below=60,
        tolerance=5,
        reply_days=3,
        pass_score=80,
        retrain_days=14,
    )
    reports: Reports = Reports(
        cite=Both(zh_CN="公司制度 第九条第二款", en="Company policy, article 9(2)"),
        least_debtors=5,
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
