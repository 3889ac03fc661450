"""What a company sets besides rules (公司设定): promise limits, days to answer in; tables of its house rulebook.

They stand in the adopted house rulebook under ``[settings.NAME]``, so they bind, are journalled and keep their old
versions as its rules do. A table is given whole or not at all; one that is left out has the numbers the program
ships, and ``rules show house`` says so. A new kind of setting is a struct here and a field of ``HouseSettings``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from collectdesk.desk import adoption
from collectdesk.desk.adopted_text import Both, Name
from collectdesk.gate import Malformed, Rulebook, compile_rulebook

if TYPE_CHECKING:
    from collectdesk.desk.adoption import Where

HOUSE = "house"
"""The id of the company's own rulebook."""


class Promises(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the house takes as a promise to pay (policy article 9.4); anything beyond it is a plan, for approval.

    ``least_percent``: the least share of what is owed. ``most_days``: local dates ahead of today. ``most_broken``:
    with that many broken ones on the case no further promise is taken. ``grace_days``: local dates after the promised
    one on which money that came still counts, and nobody calls. ``reminder_days``: so many local dates, the
    promised one the last of them and the days of grace beside, on which a reminder may be made; none for 0.
    """

    cite: Both
    least_percent: Annotated[int, Meta(ge=0, le=100)]
    most_days: Annotated[int, Meta(ge=0, le=366)]
    most_broken: Annotated[int, Meta(ge=1, le=100)]
    grace_days: Annotated[int, Meta(ge=0, le=10)] = 1
    reminder_days: Annotated[int, Meta(ge=0, le=10)] = 2


class Answers(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Working days within which the house owes an answer (policy article 10), the day itself not counted.

    The bounds keep the house inside what the law asks: fifteen days for a complaint (银行业保险业消费投诉处理管理办法),
    twenty for an objection to a credit report (征信业管理条例 第二十五条).
    """

    cite: Both
    objection: Annotated[int, Meta(ge=1, le=14)]
    complaint: Annotated[int, Meta(ge=1, le=10)]


class Complaints(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Calendar days within which a complaint is decided and told of (policy article 10.2), the day itself not counted.

    Ordinary, complex, and with a special reason; the later two are extensions another person approves. The bounds
    are the law's (银行业保险业消费投诉处理管理办法): fifteen, thirty and sixty days. ``warn_days``: how long before the
    last day its handler is reminded.
    """

    cite: Both
    ordinary_days: Annotated[int, Meta(ge=1, le=15)]
    complex_days: Annotated[int, Meta(ge=1, le=30)]
    special_days: Annotated[int, Meta(ge=1, le=60)]
    warn_days: Annotated[int, Meta(ge=1, le=14)]

    def __post_init__(self) -> None:
        """Each extension lasts longer than what it extends."""
        if not self.ordinary_days < self.complex_days < self.special_days:
            raise ValueError("ordinary_days, complex_days and special_days must rise")

    @property
    def terms(self) -> tuple[int, int, int]:
        """The three, shortest first."""
        return self.ordinary_days, self.complex_days, self.special_days


class Emergencies(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the house asks in an emergency (policy article 12).

    ``acknowledge_minutes``: how long whoever is alerted has to take it before the next in line is alerted too.
    """

    cite: Both
    acknowledge_minutes: Annotated[int, Meta(ge=1, le=60)]


class Conduct(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """When violations of article 9 take somebody off the telephone, until a decision lets them back.

    ``grave``: kinds (codes of the field ``violation``) one of which is enough. ``repeated``: with that many within
    ``within_days`` local dates, those decided to be none left out. ``appeal_days``: dates in which the person concerned
    may ask for another decision.
    """

    cite: Both
    grave: tuple[Name, ...]
    repeated: Annotated[int, Meta(ge=2, le=20)]
    within_days: Annotated[int, Meta(ge=1, le=366)]
    appeal_days: Annotated[int, Meta(ge=1, le=60)]


class Authority(Struct, frozen=True, forbid_unknown_fields=True):
    """What one role may approve: plans up to ``most``, an amount in the plan's own currency; no limit without it."""

    role: Literal["lead", "admin", "officer"]
    most: Annotated[str, Meta(pattern=r"^[0-9]{1,12}(\.[0-9]{1,3})?$")] | None = None


class Plans(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the house agrees to with a debtor in hardship (policy article 11.1), and who approves it.

    ``down_percent``: the least down payment, of what is owed. ``most_months``: the longest plan, counted from the day
    it is drawn up; for a card the law's sixty months hold as well. ``first_days``: by then the first instalment is
    due. ``extension_days``: the longest extension. ``earlier``: plans of the same case that came to be performed
    before; with more no further one. ``due_days``: what becomes of a due day that is no working day.
    ``decide_days``: working days to decide in. ``grace_days``: calendar days after which a missed instalment breaks
    the plan. ``remind_days``: calendar days before an instalment at which it is remembered.
    """

    cite: Both
    down_percent: Annotated[int, Meta(ge=0, le=100)]
    most_months: Annotated[int, Meta(ge=1, le=360)]
    first_days: Annotated[int, Meta(ge=1, le=92)]
    extension_days: Annotated[int, Meta(ge=1, le=366)]
    earlier: Annotated[int, Meta(ge=0, le=20)]
    due_days: Literal["next_working_day", "previous_working_day", "as_it_falls"]
    decide_days: Annotated[int, Meta(ge=1, le=20)]
    grace_days: Annotated[int, Meta(ge=0, le=60)]
    remind_days: Annotated[int, Meta(ge=0, le=30)]
    authority: tuple[Authority, ...]


class Training(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the house asks before the first call and ever after (policy article 13; GB/T 45251-2025, section 5.2).

    ``vetting``: what is checked before somebody is admitted. ``questions``: how many an exam draws; ``pass_mark``: the
    share of them to answer right, in percent. ``tries``: how many before somebody who decides opens more, with
    ``wait_hours`` after a failed one; an exam begun ends ``open_hours`` later. ``explain``: when the right answers are
    told. ``valid_days``: how long a certificate counts, a year at most. ``refresh_days``: how long before its end the
    refresher is due. ``grace_days``: local dates after a changed text took effect by which it is read and, where its
    kind is among ``retest``, the exam passed again.
    """

    cite: Both
    vetting: Annotated[tuple[Name, ...], Meta(min_length=1)]
    questions: Annotated[int, Meta(ge=5, le=100)]
    pass_mark: Annotated[int, Meta(ge=60, le=100)]
    tries: Annotated[int, Meta(ge=1, le=10)]
    wait_hours: Annotated[int, Meta(ge=0, le=168)]
    open_hours: Annotated[int, Meta(ge=1, le=24)]
    explain: Literal["each", "end"]
    valid_days: Annotated[int, Meta(ge=1, le=365)]
    refresh_days: Annotated[int, Meta(ge=1, le=90)]
    grace_days: Annotated[int, Meta(ge=0, le=30)]
    retest: tuple[Literal["rulebook", "callscript", "course"], ...]


class Recordings(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How the house keeps recordings (policy article 14.1).

    ``owed_days``: working days after the call within which its recording is kept here. ``reference_suffices``: whether
    a reference somebody named takes the place of the file. ``tolerance_s``: seconds by which the file's length may
    differ from the call's. ``keep_years`` and ``keep_years_consumer_finance``: calendar years after the call, no fewer
    than two (GB/T 45251-2025 §5.3; 商业银行信用卡业务监督管理办法 第六十八条) and five (消费金融公司管理办法) for a
    lender that is a consumer finance company.
    """

    cite: Both
    owed_days: Annotated[int, Meta(ge=0, le=10)]
    reference_suffices: bool
    tolerance_s: Annotated[int, Meta(ge=1, le=600)]
    keep_years: Annotated[int, Meta(ge=2, le=30)]
    keep_years_consumer_finance: Annotated[int, Meta(ge=5, le=30)]


QualityRule = Literal["consent", "complaint", "violation", "wording", "refused_then_called", "new_staff", "share"]
"""What may put a call into the sample, besides somebody's asking."""
ALWAYS: tuple[QualityRule, ...] = ("consent", "share")
"""A house may leave out the others: a consent that opened what was barred is always looked at, and so is a share."""


class Quality(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which calls are reviewed, by when, and what follows (policy articles 9 and 14).

    ``rules``: what puts a call into the sample. ``new_days``: dates after joining in which somebody is new.
    ``complaint_days``: dates before a complaint whose calls on the case are looked at. ``share_percent``: of each
    collector's connected calls of a month, at least so many are reviewed. ``review_days``: working days for it.
    ``claim_hours``: after which a claim lapses. ``second_percent``: of the reviews, so many are done again;
    ``second_below``: any under that score. ``tolerance``: points by which two reviews may differ and agree still.
    ``reply_days``: working days for the collector's reply. ``pass_score``: under it, what was missed is learnt again
    within ``retrain_days`` dates.
    """

    cite: Both
    rules: tuple[QualityRule, ...]
    new_days: Annotated[int, Meta(ge=1, le=366)]
    complaint_days: Annotated[int, Meta(ge=1, le=366)]
    share_percent: Annotated[int, Meta(ge=1, le=100)]
    review_days: Annotated[int, Meta(ge=1, le=60)]
    claim_hours: Annotated[int, Meta(ge=1, le=168)]
    second_percent: Annotated[int, Meta(ge=0, le=100)]
    second_below: Annotated[int, Meta(ge=0, le=100)]
    tolerance: Annotated[int, Meta(ge=0, le=30)]
    reply_days: Annotated[int, Meta(ge=1, le=30)]
    pass_score: Annotated[int, Meta(ge=0, le=100)]
    retrain_days: Annotated[int, Meta(ge=1, le=60)]

    def __post_init__(self) -> None:
        """What is always looked at is among the rules."""
        if not set(ALWAYS) <= set(self.rules):
            raise ValueError(f"rules must hold {' and '.join(ALWAYS)}")


class Reports(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What reports may tell apart (policy article 9(2)).

    ``least_debtors``: of how many debtors a group is told by itself; of fewer, it stands among others or is withheld.
    """

    cite: Both
    least_debtors: Annotated[int, Meta(ge=2, le=100)]


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
