"""``collectdesk notice``: letters from adopted templates, their posting, and whether a file is what was made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands import lettering, offers
from collectdesk.commands.frame import Noun
from collectdesk.commands.opened import at_desk, here
from collectdesk.commands.options import CaseCode, Csv, Json
from collectdesk.errors import N_, UsageProblem
from collectdesk.lang import _
from collectdesk.show.prompts import Asker, options

if TYPE_CHECKING:
    from collectdesk.desk.office import Office

app = Noun(default="list")
LetterId = Annotated[
    str,
    typer.Argument(
        metavar=N_("LETTER"), help=N_("The letter, such as lt3 or 2026-0003."), autocompletion=offers.listed("LETTERS")
    ),
]
On = Annotated[str, typer.Option("--on", metavar=N_("TIME"), help=N_("When: 2026-11-24, or 2026-11-24T09:00."))]
Tracking = Annotated[str, typer.Option(metavar=N_("TEXT"), help=N_("By which it can be followed."))]
Out = Annotated[
    Path, typer.Option("--out", metavar=N_("FILE"), help=N_("The file, or a directory; it is called after its number."))
]
Text = Annotated[bool, typer.Option("--text", help=N_("As plain text, not as a page."))]
ACTS = {
    "sent": N_("it was sent"),
    "received": N_("it was received"),
    "returned": N_("it came back"),
    "void": N_("it is void: it will not be sent"),
}


def _ways(_session: object) -> tuple[str, ...]:
    from collectdesk.store.words import LETTER_WAYS

    return LETTER_WAYS


def _kinds(_session: object) -> tuple[str, ...]:
    from collectdesk.store.words import NOTICE_KINDS

    return NOTICE_KINDS


Way = Annotated[
    str,
    typer.Option(metavar="letter|hand|email|app|text", help=N_("How it goes."), autocompletion=offers.among(_ways)),
]


@app.command("render", help=N_("Make a letter from an adopted template; it is numbered and its digest kept."))
def render(
    ctx: typer.Context,
    case: CaseCode,
    template: Annotated[
        str,
        typer.Argument(
            metavar=N_("TEMPLATE"), help=N_("The template, such as debt."), autocompletion=offers.listed("TEMPLATES")
        ),
    ] = "",
    to: Annotated[
        str, typer.Option(metavar=N_("PERSON"), help=N_("To whom, such as p3 or guarantor; else the debtor."))
    ] = "debtor",
    language: Annotated[
        str,
        typer.Option(
            metavar="zh_CN|en",
            help=N_("In which language; else the debtor's."),
            autocompletion=offers.words("zh_CN", "en"),
        ),
    ] = "",
    way: Way = "letter",
    given: Annotated[
        list[str] | None,
        typer.Option("--given", metavar=N_("NAME=TEXT"), help=N_("What the desk does not know; more than once.")),
    ] = None,
    out: Out = Path(),
    text: Text = False,
    json: Json = False,
) -> None:
    """Ask for what is missing, then make it."""
    from collectdesk.desk.notices import making, permitted
    from collectdesk.show import notices as face

    if language not in ("", "zh_CN", "en"):
        raise UsageProblem("no_such_language", N_("The languages are {languages}."), languages="zh_CN, en")
    asker, said = Asker(), lettering.pairs(given or ())
    with at_desk(ctx) as office:
        template = template or asker.select(_("Which letter?"), lettering.templates_of(office), flag=_("TEMPLATE"))
        with office.reading() as session:
            chosen = making.template_of(session, template, office.now()).value
        permitted.require_sender(office, chosen)
        wish = making.Wish(template, to, language or None, way, lettering.complete(chosen.asked, said, asker))  # type: ignore[arg-type]
        letter = making.make(office, case, wish, out, "text" if text else "html")
    (face.made_json if json else face.made_text)(letter)


@app.command("sender", help=N_("Show the company's address on letters, or set it (administrators)."))
def sender(
    ctx: typer.Context,
    address: Annotated[
        str | None,
        typer.Option(
            "--address",
            metavar=N_("TEXT"),
            help=N_("Where letters come back to; \\n begins a line, nothing takes it away."),
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Set it where told, then show it."""
    from collectdesk.desk.notices import sender as senders
    from collectdesk.show import notices as face

    with at_desk(ctx) as office:
        if address is not None:
            senders.set_address(office, address)
        with office.reading() as session:
            kept = senders.address(session)
        (face.sender_json if json else face.sender_text)(office.company.name, kept)


@app.command("write", help=N_("Write the file of a letter once more, byte for byte."))
def write(ctx: typer.Context, letter: LetterId, out: Out = Path(), text: Text = False, json: Json = False) -> None:
    """Write it again."""
    from collectdesk.desk.notices import making
    from collectdesk.show import notices as face

    with at_desk(ctx) as office:
        made = making.write_again(office, letter, out, "text" if text else "html")
    (face.made_json if json else face.made_text)(made)


@app.command("log", help=N_("Log what became of a letter: sent, received, come back, void."))
def log(
    ctx: typer.Context,
    letter: LetterId,
    act: Annotated[
        str,
        typer.Option(
            metavar="sent|received|returned|void",
            help=N_("What became of it."),
            autocompletion=offers.words("sent", "received", "returned", "void"),
        ),
    ] = "",
    on: On = "",
    way: Annotated[
        str,
        typer.Option(
            metavar="letter|hand|email|app|text",
            help=N_("How it went, if otherwise than it was made for."),
            autocompletion=offers.among(_ways),
        ),
    ] = "",
    tracking: Tracking = "",
    reason: Annotated[str, typer.Option(metavar=N_("TEXT"), help=N_("Why it came back or is void."))] = "",
    json: Json = False,
) -> None:
    """Log it; the gate hears of it at once."""
    from collectdesk.desk.notices import posting

    asker = Asker()
    with at_desk(ctx) as office:
        act = act or asker.select(_("What became of it?"), options(ACTS), flag="--act")
        if act == "void":
            posting.void(office, letter, reason or asker.text(_("Why, in words"), flag="--reason"))
        elif act == "sent":
            posting.send(office, letter, lettering.when(office, on, asker), way, tracking)
        elif act in ("received", "returned"):
            fate: posting.Fate = "receive" if act == "received" else "return"
            posting.fate(office, letter, fate, lettering.when(office, on, asker), reason)
        else:
            raise UsageProblem("letter_act", N_("--act is one of: {acts}."), hint="", acts=", ".join(ACTS))
        _shown(office, _standing(office, letter), json=json)


@app.command("outside", help=N_("Vouch for a notice that others sent, with what shows it; leads."))
def outside(
    ctx: typer.Context,
    case: CaseCode,
    kind: Annotated[
        str, typer.Option(metavar=N_("CODE"), help=N_("Of which kind."), autocompletion=offers.among(_kinds))
    ] = "",
    on: On = "",
    way: Way = "letter",
    evidence: Annotated[
        str, typer.Option(metavar=N_("TEXT"), help=N_("What shows it: a copy, the carrier's receipt."))
    ] = "",
    tracking: Tracking = "",
    json: Json = False,
) -> None:
    """Log it on a lead's word."""
    from collectdesk.desk.notices import posting
    from collectdesk.show.notices import KINDS

    asker = Asker()
    with at_desk(ctx) as office:
        kind = kind or asker.select(_("Of which kind?"), options(KINDS), flag="--kind")
        at = lettering.when(office, on, asker)
        evidence = evidence or asker.text(_("What shows it?"), flag="--evidence")
        name = posting.outside(office, case, kind, at, way, evidence, tracking)
        _shown(office, name, json=json)


@app.command("list", help=N_("List letters, the newest first; of a case with the notices files brought."))
def list_(
    ctx: typer.Context,
    case: Annotated[
        str, typer.Option("--case", metavar=N_("CASE"), help=N_("Of this case only."), autocompletion=offers.cases)
    ] = "",
    json: Json = False,
    csv: Csv = False,
) -> None:
    """Show them."""
    from collectdesk.desk.notices import letterbox
    from collectdesk.show import notices as face

    with at_desk(ctx) as office, office.reading() as session:
        views = letterbox.listing(session, case or None)
        (face.as_json if json else face.as_csv if csv else face.as_text)(views, here())


@app.command("show", help=N_("Show a letter: its template, its digests, what became of it."))
def show(ctx: typer.Context, letter: LetterId, json: Json = False) -> None:
    """Show it."""
    with at_desk(ctx) as office:
        _shown(office, letter, json=json)


@app.command("verify", help=N_("Say whether a file is a letter as it was made; altered ends with 7."))
def verify(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar=N_("FILE"), help=N_("The letter's file."))],
    json: Json = False,
) -> None:
    """Hold it against what was kept."""
    from collectdesk.desk.notices.verifying import verify as held
    from collectdesk.show import notices as face
    from collectdesk.show.jsonout import emit

    with at_desk(ctx) as office, office.reading() as session:
        view = held(session, file)
        if json:
            emit("collectdesk.letter_verified/1", {"intact": True, **face.one_wire(view, here())})
        else:
            face.verified_text(view)


@app.command("templates", help=N_("List the templates in force, and what each asks for."))
def templates(ctx: typer.Context, json: Json = False) -> None:
    """Show them."""
    from collectdesk.desk import adoption
    from collectdesk.show import notices as face

    with at_desk(ctx) as office, office.reader.connect() as connection:
        found = adoption.in_force(connection, "template", office.now())
    (face.templates_json if json else face.templates_text)(found)


@app.command("due", help=N_("Say which open cases lack a notice that must precede a call."))
def due(
    ctx: typer.Context,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help=N_("How many cases to name."))] = 20,
    json: Json = False,
) -> None:
    """Say it."""
    from collectdesk.desk.notices.due import due as lacking
    from collectdesk.show import notices as face

    with at_desk(ctx) as office, office.reader.connect() as connection:
        found = lacking(connection, office.company.kind, office.now(), limit)
    (face.due_json if json else face.due_text)(found)


def _standing(office: Office, name: str) -> str:
    """The letter that stands for a notice a file brought, once something was logged of it."""
    from collectdesk.desk.notices.letterbox import standing_for

    with office.reading() as session:
        return standing_for(session, name)


def _shown(office: Office, name: str, *, json: bool) -> None:
    from collectdesk.desk.notices import letterbox
    from collectdesk.show import notices as face
    from collectdesk.show.masking import Masks

    with office.reading() as session:
        view = letterbox.view(session, name)
        (face.one_json if json else face.one_text)(view, here(), Masks())
