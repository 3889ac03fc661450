"""The house's settings in words: each table's title, what its numbers mean, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from collectdesk.desk import house
from collectdesk.errors import N_
from collectdesk.lang import _, current
from collectdesk.show.desk import STAFF_ROLES
from collectdesk.show.words import listed, word

if TYPE_CHECKING:
    from collectdesk.desk import house_settings
    from collectdesk.desk.adopted_text import Both
    from collectdesk.gate import Rulebook

TITLES: Mapping[str, str] = {
    "promise": N_("Promises to pay"),
    "answers": N_("Answers owed"),
    "complaint": N_("Complaints"),
    "emergency": N_("Emergencies"),
    "conduct": N_("Conduct"),
    "plan": N_("Hardship plans"),
    "quality": N_("Quality"),
    "recording": N_("Recordings"),
    "reports": N_("Reports"),
    "training": N_("Admission and training"),
}


def settings_words(book: Rulebook) -> list[tuple[str, str, str, str]]:
    """Name, title, meaning and source of each table; what the rulebook leaves out is said to be as shipped."""
    found = house.read(book)
    said = (
        ("promise", _promise(found.promise), found.promise.cite),
        ("answers", _answers(found.answers), found.answers.cite),
        ("complaint", _complaint(found.complaint), found.complaint.cite),
        ("emergency", _emergency(found.emergency), found.emergency.cite),
        ("conduct", _conduct(found.conduct), found.conduct.cite),
        ("plan", _plan(found.plan), found.plan.cite),
        ("recording", _recording(found.recording), found.recording.cite),
        ("training", _training(found.training), found.training.cite),
        ("quality", _quality(found.quality), found.quality.cite),
        ("reports", _reports(found.reports), found.reports.cite),
    )
    return [
        (f"settings.{name}", _(TITLES[name]), text, _source(cite, given=name in book.settings))
        for name, text, cite in said
    ]


def _promise(limits: house_settings.Promises) -> str:
    said = _(
        "At least {percent} % of what is owed, at most {days} days ahead; after {broken} broken ones no further one."
    ).format(percent=limits.least_percent, days=limits.most_days, broken=limits.most_broken)
    more = _("Days of grace: {grace}; days on which a reminder may be made: {remind}.").format(
        grace=limits.grace_days, remind=limits.reminder_days
    )
    return f"{said}{'' if current() == 'zh_CN' else ' '}{more}"


def _answers(days: house_settings.Answers) -> str:
    return _("An objection is answered within {objection} working days, a complaint within {complaint}.").format(
        objection=days.objection, complaint=days.complaint
    )


def _complaint(clock: house_settings.Complaints) -> str:
    return _(
        "A complaint is decided and told of within {ordinary} days, {complex} where it is complex, {special} for a "
        "special reason; longer than the first only with another person's approval. Reminded {warn} days before."
    ).format(ordinary=clock.ordinary_days, complex=clock.complex_days, special=clock.special_days, warn=clock.warn_days)


def _emergency(limits: house_settings.Emergencies) -> str:
    return _("One that nobody takes within {minutes} minutes goes to the next in line.").format(
        minutes=limits.acknowledge_minutes
    )


def _conduct(limits: house_settings.Conduct) -> str:
    return _(
        "A grave violation, or {count} within {days} days, suspends until a decision; an appeal within {appeal} days."
    ).format(count=limits.repeated, days=limits.within_days, appeal=limits.appeal_days)


def _plan(limits: house_settings.Plans) -> str:
    found = _(
        "At least {percent} % down, at most {months} months, the first instalment within {first} days; an extension of "
        "at most {extension} days; not after more than {earlier} earlier ones. Decided within {decide} working days; "
        "broken {grace} days after a missed instalment."
    ).format(
        percent=limits.down_percent,
        months=limits.most_months,
        first=limits.first_days,
        extension=limits.extension_days,
        earlier=limits.earlier,
        decide=limits.decide_days,
        grace=limits.grace_days,
    )
    roles = listed(f"{word(STAFF_ROLES, each.role)} {_up_to(each.most)}".rstrip() for each in limits.authority)
    more = _("Who approves, and up to how much: {roles}.").format(roles=roles)
    return f"{found}{'' if current() == 'zh_CN' else ' '}{more}"


def _up_to(most: str | None) -> str:
    return f"{Decimal(most):,}" if most else ""


def _training(terms: house_settings.Training) -> str:
    said = _(
        "An exam draws {questions} questions and is passed with {mark} %; {tries} tries, {wait} hours apart. A "
        "certificate counts for {valid} days and is refreshed in the last {refresh}."
    ).format(
        questions=terms.questions,
        mark=terms.pass_mark,
        tries=terms.tries,
        wait=terms.wait_hours,
        valid=terms.valid_days,
        refresh=terms.refresh_days,
    )
    more = _("A changed text is read within {grace} days.").format(grace=terms.grace_days)
    return f"{said}{'' if current() == 'zh_CN' else ' '}{more}"


def _recording(terms: house_settings.Recordings) -> str:
    said = _(
        "Kept within {days} working days of the call, and for at least {years} years after it, {finance} where the "
        "lender is a consumer finance company. Its length may differ from the call's by {seconds} s."
    ).format(
        days=terms.owed_days,
        years=terms.keep_years,
        finance=terms.keep_years_consumer_finance,
        seconds=terms.tolerance_s,
    )
    more = (
        _("A reference takes the place of the file.")
        if terms.reference_suffices
        else _("A reference does not take the place of the file.")
    )
    return f"{said}{'' if current() == 'zh_CN' else ' '}{more}"


def _quality(terms: house_settings.Quality) -> str:
    said = _(
        "Every call of the rules, and at least {share} % of each collector's; reviewed within {days} working days. "
        "Again where a zero-tolerance item was found, under {below} points, and {again} % of the others."
    ).format(share=terms.share_percent, days=terms.review_days, below=terms.second_below, again=terms.second_percent)
    more = _(
        "The collector may reply within {days} working days; under {score} points what was missed is learnt again."
    )
    return f"{said}{'' if current() == 'zh_CN' else ' '}{more.format(days=terms.reply_days, score=terms.pass_score)}"


def _reports(terms: house_settings.Reports) -> str:
    return _("A group of fewer than {least} debtors is told among others, or withheld.").format(
        least=terms.least_debtors
    )


def _source(cite: Both, *, given: bool) -> str:
    text = cite.in_("zh_CN" if current() == "zh_CN" else "en")
    return text if given else text + " " + _("(as shipped; this rulebook does not set it)")
