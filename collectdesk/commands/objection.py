"""``collectdesk objection``: what a debtor disputes, from the first word to the answer they were told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands import offers
from collectdesk.commands.frame import Noun
from collectdesk.commands.opened import at_desk, day, here, is_day, local
from collectdesk.commands.options import CaseCode, Json
from collectdesk.errors import N_, NotFound
from collectdesk.lang import _
from collectdesk.show.prompts import Asker, Option
from collectdesk.show.terminal import interactive
from collectdesk.store.words import OBJECTION_FINDINGS, OBJECTION_WAYS

if TYPE_CHECKING:
    from collectdesk.desk.objections.listing import Whose
    from collectdesk.desk.office import Office
    from collectdesk.show.objections import Label

app = Noun(default="show")
Id = Annotated[
    str,
    typer.Argument(metavar=N_("OBJECTION"), help=N_("The objection, such as j12."), autocompletion=offers.objections),
]
Team = Annotated[bool, typer.Option("--team", help=N_("Those on your team's cases."))]
Everybody = Annotated[bool, typer.Option("--all", help=N_("Those of the whole desk."))]
OnCase = Annotated[
    str,
    typer.Option("--case", metavar=N_("CASE"), help=N_("Those on this case."), autocompletion=offers.cases),
]
Closed = Annotated[bool, typer.Option("--closed", help=N_("Those that are dealt with, too."))]
Category = Annotated[
    str, typer.Option(metavar=N_("CODE"), help=N_("What is objected to."), autocompletion=offers.codes("objection"))
]
Channel = Annotated[
    str,
    typer.Option(
        "--channel", metavar=N_("WAY"), help=N_("How it reached us."), autocompletion=offers.words(*OBJECTION_WAYS)
    ),
]
How = Annotated[
    str,
    typer.Option(metavar=N_("WAY"), help=N_("How the debtor was told."), autocompletion=offers.words(*OBJECTION_WAYS)),
]
Finding = Annotated[
    str,
    typer.Option(
        metavar="|".join(OBJECTION_FINDINGS),
        help=N_("Whether the debtor is right."),
        autocompletion=offers.words(*OBJECTION_FINDINGS),
    ),
]
Text = Annotated[str, typer.Option("--text", metavar=N_("TEXT"), help=N_("In a sentence."))]


@app.command("list", help=N_("List the objections that wait, the most pressing first."))
def list_(
    ctx: typer.Context,
    case: OnCase = "",
    team: Team = False,
    everybody: Everybody = False,
    closed: Closed = False,
    json: Json = False,
) -> None:
    """Show one's own, the team's or the desk's."""
    from collectdesk.desk.objections import listing
    from collectdesk.show import objections as face

    with at_desk(ctx) as office:
        whose = _whose(office, team=team, everybody=everybody)
        with office.reading() as session:
            found = listing.listing(session, office.now(), office.staff, whose, case=case, every=closed)
            if json:
                face.list_json(found, here())
            else:
                face.list_text(found, _label(office))


@app.command("show", help=N_("Show an objection: what was said, found, answered, and each step."))
def show(ctx: typer.Context, objection: Id, json: Json = False) -> None:
    """Show one."""
    with at_desk(ctx) as office:
        _show(office, objection, json=json)


@app.command("add", help=N_("Record an objection that came by letter, app, visit or another way."))
def add(
    ctx: typer.Context,
    case: CaseCode,
    category: Category = "",
    content: Annotated[str, typer.Option(metavar=N_("TEXT"), help=N_("What they say, in their words."))] = "",
    channel: Channel = "",
    received: Annotated[
        str, typer.Option(metavar=N_("DATE"), help=N_("When it was received; today if left out."))
    ] = "",
    evidence: Annotated[str, typer.Option(metavar=N_("TEXT"), help=N_("What they offer as evidence."))] = "",
    answer: Annotated[str, typer.Option(metavar=N_("TEXT"), help=N_("The answer, if it was given at once."))] = "",
    json: Json = False,
) -> None:
    """Ask what was not given, record it, show it."""
    from collectdesk.desk.objections import recording

    asker, asking = Asker(), interactive() and not (category and content and channel)
    with at_desk(ctx) as office:
        today = local(office.now()).date()
        category = category or asker.select(_("What do they object to?"), _categories(office), flag="--category")
        content = content or asker.text(_("In their words"), flag="--content")
        channel = channel or asker.select(_("How did it reach us?"), _ways(), flag="--channel")
        if asking:
            received = received or asker.text(
                _("Received on"), flag="--received", validate=is_day, default=today.isoformat()
            )
            evidence = evidence or asker.text(_("Evidence (Enter for none)"), flag="--evidence", optional=True)
        key = recording.add(
            office,
            case,
            category=category,
            content=content,
            via=channel,
            received_on=day(received, "--received") or today,
            evidence=evidence,
            answer=answer,
        )
        _show(office, f"j{key}", json=json)


@app.command("verify", help=N_("Record what the check of an objection found."))
def verify(
    ctx: typer.Context,
    objection: Id,
    finding: Finding = "",
    text: Text = "",
    json: Json = False,
) -> None:
    """Record the finding."""
    from collectdesk.desk.objections import acts, listing
    from collectdesk.show.words import FINDINGS

    asker = Asker()
    with at_desk(ctx) as office:
        key = listing.key_of(objection)
        options = [Option(each, _(FINDINGS[each])) for each in OBJECTION_FINDINGS]
        finding = finding or asker.select(_("What did the check find?"), options, flag="--finding")
        text = text or asker.text(_("What was looked at, and what it showed"), flag="--text")
        acts.verify(office, key, finding, text)
        _show(office, objection, json=json)


@app.command("answer", help=N_("Record the answer to an objection; its wording is checked."))
def answer(ctx: typer.Context, objection: Id, text: Text = "", json: Json = False) -> None:
    """Record the answer."""
    from collectdesk.desk.objections import acts, listing

    with at_desk(ctx) as office:
        key = listing.key_of(objection)
        text = text or Asker().text(_("The answer"), flag="--text")
        acts.answer(office, key, text)
        _show(office, objection, json=json)


@app.command("close", help=N_("Record how and when the debtor was told the answer, and close."))
def close(
    ctx: typer.Context,
    objection: Id,
    how: How = "",
    on: Annotated[str, typer.Option("--on", metavar=N_("DATE"), help=N_("On which day; today if left out."))] = "",
    call: Annotated[str, typer.Option(metavar=N_("CALL"), help=N_("The call it was on, such as c12."))] = "",
    json: Json = False,
) -> None:
    """Close it."""
    from collectdesk.desk.objections import acts, listing

    with at_desk(ctx) as office:
        key = listing.key_of(objection)
        how = how or Asker().select(_("How was the debtor told?"), _ways(), flag="--how")
        told_on = day(on, "--on") or local(office.now()).date()
        acts.close(office, key, how, told_on, _call(call))
        _show(office, objection, json=json)


@app.command("correct", help=N_("Record what was put right after the debtor was right; calls may go on."))
def correct(ctx: typer.Context, objection: Id, text: Text = "", json: Json = False) -> None:
    """Record it and lift the hold."""
    from collectdesk.desk.objections import acts, listing

    with at_desk(ctx) as office:
        office.require_role(*acts.CORRECTING)
        key = listing.key_of(objection)
        text = text or Asker().text(_("What was put right"), flag="--text")
        acts.correct(office, key, text)
        _show(office, objection, json=json)


@app.command("reopen", help=N_("Open an objection again with what the debtor says to the answer."))
def reopen(ctx: typer.Context, objection: Id, text: Text = "", json: Json = False) -> None:
    """Open it again."""
    from collectdesk.desk.objections import acts, listing

    with at_desk(ctx) as office:
        key = listing.key_of(objection)
        text = text or Asker().text(_("What they say to the answer"), flag="--text")
        acts.reopen(office, key, text)
        _show(office, objection, json=json)


def _show(office: Office, objection: str, *, json: bool) -> None:
    from collectdesk.desk.objections import listing
    from collectdesk.show import objections as face

    with office.reading() as session:
        view = listing.find(session, objection, office.now())
        if json:
            face.one_json(view, here())
        else:
            face.one_text(view, _label(office), here())


def _whose(office: Office, *, team: bool, everybody: bool) -> Whose:
    """What was asked for; who oversees sees the desk's where nothing was."""
    from collectdesk.desk.objections.listing import OVERSEERS

    if everybody:
        return "all"
    if team:
        return "team"
    return "all" if office.staff.role in OVERSEERS else "own"


def _call(name: str) -> int | None:
    from collectdesk.store.ids import private

    if not name:
        return None
    key = private("call", name)
    if key is None:
        raise NotFound("no_such_call", N_("There is no such call."), hint=N_("`collectdesk call list` names yours."))
    return key


def _ways() -> list[Option]:
    from collectdesk.show.objections import WAYS

    return [Option(way, _(WAYS[way])) for way in OBJECTION_WAYS]


def _categories(office: Office) -> list[Option]:
    label = _label(office)
    return [Option(code, label(code)) for code in _known(office)]


def _known(office: Office) -> dict[str, dict[str, str]]:
    from collectdesk.desk import adoption

    with office.reader.connect() as connection:
        codes = adoption.codes(connection, office.now())
    return {each.code: {"zh_CN": each.label.zh_CN, "en": each.label.en} for each in codes.of("objection")}


def _label(office: Office) -> Label:
    """The adopted words of a kind of objection; a code nobody knows any more stands for itself."""
    from collectdesk.lang import pick

    known = _known(office)
    return lambda code: pick(known[code]) if code in known else code
