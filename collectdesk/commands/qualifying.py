"""What qualifies a member of staff, as options and as questions: the same in ``init`` and in ``staff qualify``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands.opened import day, is_day
from collectdesk.errors import N_
from collectdesk.lang import _
from collectdesk.show.prompts import Asker, Validator

if TYPE_CHECKING:
    from collectdesk.desk.qualification import Qualified

_DATE = N_("DATE")
Vetted = Annotated[str, typer.Option("--vetted", metavar=_DATE, help=N_("The vetting was passed on this day."))]
Confidentiality = Annotated[
    str, typer.Option("--confidentiality", metavar=_DATE, help=N_("The confidentiality pledge was signed on this day."))
]
Exam = Annotated[str, typer.Option("--exam", metavar=_DATE, help=N_("The exam was passed on this day."))]
Score = Annotated[int | None, typer.Option("--score", min=0, max=100, help=N_("The exam's score, out of 100."))]
Examiner = Annotated[str, typer.Option("--examiner", metavar=N_("NAME"), help=N_("Who examined."))]
Expires = Annotated[str, typer.Option("--expires", metavar=_DATE, help=N_("The last day the exam counts."))]


def given_qualification(
    vetted: str, confidentiality: str, exam: str, score: int | None, examiner: str, expires: str
) -> Qualified:
    """What the options say; the exam's end is a year after it unless given.

    Raises:
        UsageProblem: a date cannot be read.
    """
    from collectdesk.desk.qualification import Qualified, a_year_after

    exam_on = day(exam, "--exam")
    until = day(expires, "--expires") or (a_year_after(exam_on) if exam_on else None)
    return Qualified(
        day(vetted, "--vetted"),
        day(confidentiality, "--confidentiality"),
        exam_on,
        score,
        examiner or None,
        until,
    )


def ask_qualification(asker: Asker, today: date) -> Qualified:
    """Ask for all that qualifies somebody: three dates, score, examiner, expiry; what cannot be so is said at once."""
    from collectdesk.desk.qualification import AHEAD, EXPIRED, Qualified, a_year_after

    now = today.isoformat()

    def passed(text: str) -> str | None:
        wrong = is_day(text)
        return wrong or (_(AHEAD) if date.fromisoformat(text) > today else None)

    def counts(text: str) -> str | None:
        wrong = is_day(text)
        return wrong or (_(EXPIRED) if date.fromisoformat(text) < today else None)

    def ask_day(message: str, flag: str, default: str, check: Validator = passed) -> date:
        return date.fromisoformat(asker.text(message, flag=flag, validate=check, default=default))

    vetted = ask_day(_("Vetting passed on"), "--vetted", now)
    signed = ask_day(_("Confidentiality signed on"), "--confidentiality", now)
    exam = ask_day(_("Exam passed on"), "--exam", now)
    score = int(asker.text(_("Score, out of 100"), flag="--score", validate=_is_score))
    examiner = asker.text(_("Who examined"), flag="--examiner")
    expires = ask_day(_("The exam counts until"), "--expires", a_year_after(exam).isoformat(), counts)
    return Qualified(vetted, signed, exam, score, examiner, expires)


def _is_score(text: str) -> str | None:
    if text.isascii() and text.isdigit() and int(text) <= 100:
        return None
    return _("A whole number from 0 to 100, please.")
