"""The tables of the house rulebook (公司设定项): what each setting means, and within which bounds it may be set.

One struct to a table ``[settings.NAME]``, given whole; the numbers that ship are defaults of ``HouseSettings``.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from collectdesk.desk.adopted_text import Both, Name


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
