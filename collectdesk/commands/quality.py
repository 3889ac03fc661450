"""``collectdesk quality``: calls sampled, claimed, scored, reviewed again, replied to (articles 9 and 14)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from collectdesk.commands import offers
from collectdesk.commands.frame import Noun
from collectdesk.commands.opened import at_desk, here
from collectdesk.commands.options import Json
from collectdesk.errors import N_, UsageProblem
from collectdesk.lang import _
from collectdesk.show.prompts import Asker, Option

if TYPE_CHECKING:
    from collectdesk.desk.office import Office

app = Noun(default="list")
CallId = Annotated[
    str,
    typer.Argument(
        metavar=N_("CALL"), help=N_("The call under review, such as c12."), autocompletion=offers.listed("REVIEWS")
    ),
]
NextCall = Annotated[
    str,
    typer.Argument(
        metavar=N_("CALL"),
        help=N_("The call, such as c12; the one due next unless given."),
        autocompletion=offers.listed("REVIEWS"),
    ),
]
Reason = Annotated[str, typer.Option(metavar=N_("TEXT"), help=N_("Why, in words."))]
Month = Annotated[str, typer.Option(metavar=N_("MONTH"), help=N_("A month, such as 2026-11."))]


@app.command("list", help=N_("List the calls under review; for collectors their own, once they are told."))
def list_(
    ctx: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help=N_("Those that are over, too."))] = False,
    staff: Annotated[
        str, typer.Option(metavar=N_("NUMBER"), help=N_("Of this collector only."), autocompletion=offers.staff)
    ] = "",
    month: Month = "",
    json: Json = False,
) -> None:
    """Show them, what is due first."""
    from collectdesk.desk.quality import reading
    from collectdesk.show import quality as face
    from collectdesk.show.jsonout import emit

    with _swept(ctx) as office:
        lines = reading.listing(office, everything=everything, staff=staff, month=month)
    if json:
        emit("collectdesk.quality/1", {"reviews": [face.line_json(each, here()) for each in lines]})
    else:
        face.as_list(lines, here())


@app.command("show", help=N_("Show a review: each item, what the desk knows of it, what was done, what may follow."))
def show(ctx: typer.Context, call: CallId, json: Json = False) -> None:
    """Show it."""
    with _swept(ctx) as office:
        _shown(office, call, json=json)


@app.command("sample", help=N_("Draw the calls to review: by the house's rules, and a share of everybody's by chance."))
def sample(
    ctx: typer.Context,
    month: Month = "",
    seed: Annotated[
        int | None, typer.Option(min=0, max=2**48 - 1, help=N_("What to draw by, for a month not drawn yet."))
    ] = None,
    json: Json = False,
) -> None:
    """This month and the last, unless one is given; drawing again only adds what came since."""
    from collectdesk.desk.quality import sampling
    from collectdesk.show import quality_drawn as face

    with _swept(ctx) as office:
        drawn = sampling.draw(office, month, seed=seed)
    face.as_json(drawn) if json else face.as_text(drawn)


@app.command("add", help=N_("Put one call in by hand."))
def add(
    ctx: typer.Context,
    call: Annotated[str, typer.Argument(metavar=N_("CALL"), help=N_("The call, such as c12."))],
    reason: Reason = "",
    json: Json = False,
) -> None:
    """Put it in."""
    from collectdesk.desk.quality import sampling

    with _swept(ctx) as office:
        name = sampling.ask(office, call, reason or Asker().text(_("Why, in words"), flag="--reason"))
        _shown(office, name, json=json)


@app.command("claim", help=N_("Take a review upon yourself; without a call the one due next."))
def claim(ctx: typer.Context, call: NextCall = "", json: Json = False) -> None:
    """Claim it."""
    from collectdesk.desk.quality import claiming

    with _swept(ctx) as office:
        name = claiming.claim(office, call)
        _shown(office, name, json=json)
    if not json:
        from collectdesk.show.desk import lines

        lines(_("Next: {command}").format(command=f"collectdesk quality score {name}"))


@app.command("release", help=N_("Give a review back that you claimed."))
def release(ctx: typer.Context, call: CallId, reason: Reason = "", json: Json = False) -> None:
    """Give it back."""
    from collectdesk.desk.quality import claiming

    with _swept(ctx) as office:
        claiming.release(office, call, reason or Asker().text(_("Why, in words"), flag="--reason"))
        _shown(office, call, json=json)


@app.command("score", help=N_("Score a call item by item; each answer is kept at once, Ctrl-C stops and resumes."))
def score(
    ctx: typer.Context,
    call: NextCall = "",
    item: Annotated[str, typer.Option(metavar=N_("ITEM"), help=N_("One item of the scorecard, by its name."))] = "",
    level: Annotated[
        str,
        typer.Option(
            metavar="full|part|none|not_applicable|clear|found",
            help=N_("How it is; a zero-tolerance item is clear or found."),
            autocompletion=offers.words("full", "part", "none", "not_applicable", "clear", "found"),
        ),
    ] = "",
    reason: Annotated[str, typer.Option(metavar=N_("CODE"), help=N_("Why points are lost, by the item's code."))] = "",
    note: Annotated[str, typer.Option(metavar=N_("TEXT"), help=N_("Where in the recording."))] = "",
    clear: Annotated[bool, typer.Option("--clear", help=N_("Nothing that is never tolerated was found."))] = False,
    json: Json = False,
) -> None:
    """Claim it where nobody has, then answer one item, or walk through what is open."""
    from collectdesk.desk.quality import answers, claiming

    with _swept(ctx) as office:
        if not (item or clear):
            _require_terminal(json=json)
        name = claiming.claim(office, call)
        if item:
            answers.give(office, name, item, level, reason, note)
        if clear:
            answers.clear(office, name)
        if not (item or clear):
            from collectdesk.commands.reviewing import walk

            walk(office, name)
        _shown(office, name, json=json)


@app.command("finish", help=N_("End a review whose items are all scored."))
def finish(ctx: typer.Context, call: CallId, json: Json = False) -> None:
    """End it."""
    from collectdesk.desk.quality import finishing

    with _swept(ctx) as office:
        finishing.finish(office, call)
        _shown(office, call, json=json)


@app.command("second", help=N_("Ask for a second review by another person."))
def second(ctx: typer.Context, call: CallId, reason: Reason = "", json: Json = False) -> None:
    """Ask for it."""
    from collectdesk.desk.quality import finishing

    with _swept(ctx) as office:
        finishing.second(office, call, reason or Asker().text(_("Why, in words"), flag="--reason"))
        _shown(office, call, json=json)


@app.command("settle", help=N_("Settle two reviews that differ: take one, for some items the other."))
def settle(
    ctx: typer.Context,
    call: CallId,
    take: Annotated[
        str,
        typer.Option(
            metavar="first|second", help=N_("Which review stands."), autocompletion=offers.words("first", "second")
        ),
    ] = "",
    but: Annotated[
        list[str] | None, typer.Option("--but", metavar=N_("ITEM"), help=N_("An item for which the other stands."))
    ] = None,
    reason: Reason = "",
    json: Json = False,
) -> None:
    """Settle it."""
    from collectdesk.desk.quality import finishing

    asker = Asker()
    with _swept(ctx) as office:
        options = [Option("first", _("the first review")), Option("second", _("the second review"))]
        take = take or asker.select(_("Which review stands?"), options, flag="--take")
        reason = reason or asker.text(_("Why, in words"), flag="--reason")
        finishing.settle(office, call, take, reason, but=but or ())
        _shown(office, call, json=json)


@app.command("reply", help=N_("Say what you think of the review of your call: accept it, or disagree."))
def reply(
    ctx: typer.Context,
    call: CallId,
    accept: Annotated[bool, typer.Option("--accept", help=N_("Accept it; it is final then."))] = False,
    text: Annotated[str, typer.Option(metavar=N_("TEXT"), help=N_("Why you disagree, in words."))] = "",
    json: Json = False,
) -> None:
    """Reply."""
    from collectdesk.desk.quality import replying

    if accept and text:
        raise UsageProblem("reply_both", N_("Give --accept or --text, not both."), hint="")
    asker = Asker()
    with _swept(ctx) as office:
        if not (accept or text):
            accept = asker.confirm(_("Do you accept the review?"), flag="--accept")
        if accept:
            replying.accept(office, call)
        else:
            replying.reply(office, call, text or asker.text(_("Why do you disagree?"), flag="--text"))
        _shown(office, call, json=json)


@app.command("close", help=N_("Answer a collector who disagrees, and end the review as it stands."))
def close(
    ctx: typer.Context,
    call: CallId,
    answer: Annotated[str, typer.Option(metavar=N_("TEXT"), help=N_("The answer, in words."))] = "",
    json: Json = False,
) -> None:
    """Close it."""
    from collectdesk.desk.quality import replying

    with _swept(ctx) as office:
        replying.close(office, call, answer or Asker().text(_("The answer, in words"), flag="--answer"))
        _shown(office, call, json=json)


@app.command("card", help=N_("Show the scorecard in force: items, points, sources, what is never tolerated."))
def card(ctx: typer.Context, json: Json = False) -> None:
    """Show it."""
    from collectdesk.desk.quality import scorecards
    from collectdesk.show import quality_card as face
    from collectdesk.show.jsonout import emit

    with at_desk(ctx) as office, office.reader.connect() as connection:
        found = scorecards.in_force(connection, office.now())
    if json:
        emit("collectdesk.scorecard_shown/1", face.card_json(found.value, found.name, found.digest))
    else:
        face.card_text(found.value, found.name)


@contextmanager
def _swept(ctx: typer.Context) -> Iterator[Office]:
    """The desk, with claims that lapsed and days for replies that passed seen to."""
    from collectdesk.desk.quality import clock

    with at_desk(ctx) as office:
        clock.sweep(office)
        yield office


def _require_terminal(*, json: bool) -> None:
    from collectdesk.show.prompts import require_terminal

    if json:
        raise UsageProblem("item_missing", N_("Give --item and --level, or --clear."), hint="")
    require_terminal("--item")


def _shown(office: Office, name: str, *, json: bool) -> None:
    from collectdesk.desk.quality import reading
    from collectdesk.show import quality as face

    view: Any = reading.view(office, name)
    if json:
        from collectdesk.show.jsonout import emit

        emit("collectdesk.quality_review/1", face.as_json(view, here()))
    else:
        face.as_text(view, here())
