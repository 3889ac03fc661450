"""``collectdesk init``: open a new desk. Every question has an option; the passphrase comes from a prompt or a file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk import lang
from collectdesk.commands import passphrases, qualifying
from collectdesk.commands.frame import Verb
from collectdesk.commands.opened import here, local
from collectdesk.commands.options import Json
from collectdesk.commands.passphrases import PassphraseFile
from collectdesk.commands.recovering import RecoveryProof, prove
from collectdesk.commands.session import Session, session_of
from collectdesk.errors import N_, UsageProblem
from collectdesk.lang import _
from collectdesk.show.prompts import Asker, Option, options
from collectdesk.show.terminal import interactive

if TYPE_CHECKING:
    from collectdesk.desk.opening import NewDesk, Opened
    from collectdesk.desk.qualification import Qualified
    from collectdesk.desk.signing import SignedIn

app = Verb()
KINDS = {"lender": N_("lender: it collects its own debts"), "agency": N_("agency: it collects for others")}
LANGUAGES = {"zh_CN": "中文", "en": "English"}


@app.command()
def init(
    ctx: typer.Context,
    company: Annotated[str, typer.Option(metavar=N_("NAME"), help=N_("The company's name."))] = "",
    kind: Annotated[str, typer.Option(metavar="lender|agency", help=N_("What the company is."))] = "",
    number: Annotated[str, typer.Option(metavar=N_("NUMBER"), help=N_("The first administrator's staff number."))] = "",
    name: Annotated[str, typer.Option(metavar=N_("NAME"), help=N_("The first administrator's name."))] = "",
    team: Annotated[str, typer.Option(metavar=N_("NAME"), help=N_("The first administrator's team."))] = "",
    language: Annotated[str, typer.Option(metavar="zh_CN|en", help=N_("The desk's language."))] = "",
    database: Annotated[
        str, typer.Option(metavar="URL", help=N_("postgresql://… for a server; else a local file."))
    ] = "",
    database_file: Annotated[
        str, typer.Option(metavar=N_("FILE"), help=N_("Read the server's address from FILE: it holds a password."))
    ] = "",
    passphrase_file: PassphraseFile = "",
    recovery_proof: RecoveryProof = "",
    vetted: qualifying.Vetted = "",
    confidentiality: qualifying.Confidentiality = "",
    exam: qualifying.Exam = "",
    score: qualifying.Score = None,
    examiner: qualifying.Examiner = "",
    expires: qualifying.Expires = "",
    json: Json = False,
) -> None:
    """Ask what was not given, open the desk and sign its first administrator in."""
    from collectdesk.desk import opening, signing

    session = session_of(ctx)
    opening.require_room(session.desk_dir)
    asker, today = Asker(), session.now().astimezone(here()).date()
    session.lang = _language(asker, language, session)
    given = qualifying.given_qualification(vetted, confidentiality, exam, score, examiner, expires)
    server = passphrases.from_file(database_file) if database_file else database
    wish = _wish(asker, session, company, kind, number, name, team, server, today)
    passphrase = passphrases.new(asker, passphrase_file, _("A passphrase for you"))
    wish = _with_qualification(asker, wish, given)
    at = int(session.now().timestamp())
    opened = opening.open_desk(
        session.desk_dir.absolute(), wish, passphrase, at, prove=lambda code: prove(asker, code, recovery_proof)
    )
    session.changed = True
    signed_in = signing.sign_in(session.desk_dir, wish.number, passphrase, int(session.now().timestamp()))
    _show(opened, wish, signed_in, json=json)


def _language(asker: Asker, wanted: str, session: Session) -> str:
    if wanted and lang.normalise(wanted) is None:
        raise UsageProblem("no_such_language", N_("The languages are {languages}."), languages="zh_CN, en")
    if not wanted and interactive() and not session.json:
        options = [Option(code, label) for code, label in LANGUAGES.items()]
        wanted = asker.select("语言 / Language", options, flag="--language", default=session.lang)
    chosen = lang.normalise(wanted) or session.lang
    lang.use(chosen)
    return chosen


def _wish(
    asker: Asker,
    session: Session,
    company: str,
    kind: str,
    number: str,
    name: str,
    team: str,
    database: str,
    today: date,
) -> NewDesk:
    from collectdesk.desk.opening import COMPANY_KINDS, NewDesk

    if kind and kind not in COMPANY_KINDS:
        raise UsageProblem(
            "company_kind", N_("{name} must be one of: {choices}."), name="--kind", choices=", ".join(COMPANY_KINDS)
        )
    company = company or asker.text(_("The company's name"), flag="--company")
    kind = kind or asker.select(_("What is it?"), options(KINDS), flag="--kind")
    number = number or asker.text(_("Your staff number"), flag="--number", validate=_is_number)
    name = name or asker.text(_("Your name"), flag="--name")
    return NewDesk(company, kind, number, name, session.lang, today, database or None, team or None)


def _is_number(text: str) -> str | None:
    if text.isascii() and text.replace("-", "").isalnum():
        return None
    return _("Letters, digits and dashes, please.")


def _with_qualification(asker: Asker, wish: NewDesk, given: Qualified) -> NewDesk:
    """Add what the first administrator attests of himself, asked only where somebody is there to answer."""
    from dataclasses import replace

    if not given.empty or not interactive():
        return replace(wish, qualified=given)
    if not asker.confirm(_("Will you make calls yourself?"), flag="--vetted", default=False):
        return wish
    return replace(wish, qualified=qualifying.ask_qualification(asker, wish.today))


def _show(opened: Opened, wish: NewDesk, signed_in: SignedIn, *, json: bool) -> None:
    if json:
        from collectdesk.show.jsonout import emit

        company = {"name": wish.company, "kind": wish.kind}
        adopted = [{"kind": kind, "name": name} for kind, name in opened.adopted]
        emit(
            "collectdesk.init/1",
            {
                "desk": opened.settings.desk,
                "directory": str(opened.home.root),
                "database": opened.settings.database,
                "language": wish.language,
                "company": company,
                "admin": {"number": opened.admin.number, "role": opened.admin.role},
                "adopted": adopted,
                "signed_in_until": local(signed_in.expires_at),
            },
        )
        return
    from collectdesk.show.desk import opened_desk

    opened_desk(str(opened.home.root), opened.adopted)
