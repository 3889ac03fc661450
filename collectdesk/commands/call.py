"""``collectdesk call``: a call step by step, at the terminal or one answer a command for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands import offers
from collectdesk.commands.frame import Noun
from collectdesk.commands.opened import at_desk
from collectdesk.commands.options import CaseCode, Json
from collectdesk.commands.session import session_of
from collectdesk.errors import N_, NotFound, UsageProblem

if TYPE_CHECKING:
    from collectdesk.desk.call.prompt import Prompt
    from collectdesk.desk.office import Office

app = Noun(default="start")

CallId = Annotated[
    str,
    typer.Argument(
        metavar=N_("CALL"),
        help=N_("The call, such as c12; yours that is open."),
        autocompletion=offers.among(offers.calls),
    ),
]
Key = Annotated[
    str, typer.Option("--key", metavar=N_("KEY"), help=N_("Repeating a command with the same key changes nothing."))
]
Spoken = Annotated[str, typer.Option("--language", metavar="zh_CN|en", help=N_("The language spoken on the call."))]


@app.command("start", help=N_("Begin a call to a case; the gate is asked first."))
def start(
    ctx: typer.Context,
    case: CaseCode,
    person: Annotated[
        str,
        typer.Option(
            metavar=N_("PERSON"), help=N_("Whom to call: an id or a role."), autocompletion=offers.among(offers.roles)
        ),
    ] = "",
    number: Annotated[str, typer.Option(metavar=N_("NUMBER"), help=N_("Which number: an id or its digits."))] = "",
    purpose: Annotated[
        str,
        typer.Option(
            metavar=N_("PURPOSE"),
            help=N_("What for: collect, callback …"),
            autocompletion=offers.among(offers.purposes),
        ),
    ] = "collect",
    language: Spoken = "",
    key: Key = "",
    json: Json = False,
) -> None:
    """Start and, at a terminal, walk through."""
    from collectdesk.desk.call import beginning

    with at_desk(ctx) as office:
        _begin(
            ctx,
            office,
            lambda driver: beginning.start(
                office,
                case,
                person=person or None,
                number=number or None,
                purpose=purpose,
                language=language or None,
                driver=driver,
                key=key or None,
            ),
            json=json,
        )


@app.command("inbound", help=N_("They called: take the call, with the same locks, at any hour."))
def inbound(ctx: typer.Context, case: CaseCode, language: Spoken = "", key: Key = "", json: Json = False) -> None:
    """Take the call and, at a terminal, walk through."""
    from collectdesk.desk.call import beginning

    with at_desk(ctx) as office:
        _begin(
            ctx,
            office,
            lambda driver: beginning.inbound(office, case, language=language or None, driver=driver, key=key or None),
            json=json,
        )


@app.command("resume", help=N_("Go on with your open call where it was."))
def resume(ctx: typer.Context, call: CallId = "", json: Json = False) -> None:
    """Go on at the terminal."""
    from collectdesk.desk.call import engine

    with at_desk(ctx, finishing=True) as office:
        prompt = engine.current(office, _call(office, call))
        walk_or_emit(office, prompt, json=json)


@app.command("show", help=N_("Say where a call stands and what it asks."))
def show(ctx: typer.Context, call: CallId = "", json: Json = False) -> None:
    """One look, nothing asked."""
    from collectdesk.desk.call import engine

    with at_desk(ctx, finishing=True) as office:
        _emit(engine.current(office, _call(office, call)), json=json)


@app.command("answer", help=N_("Answer what a call asks; committed at once."))
def answer(
    ctx: typer.Context,
    call: CallId = "",
    field: Annotated[
        str,
        typer.Option(
            metavar=N_("FIELD"), help=N_("The field you mean to answer."), autocompletion=offers.among(offers.fields)
        ),
    ] = "",
    value: Annotated[
        str, typer.Option(metavar=N_("VALUE"), help=N_("The answer; '-' for none."), autocompletion=offers.answers)
    ] = "",
    value_stdin: Annotated[
        bool, typer.Option("--value-stdin", help=N_("Read the answer from standard input."))
    ] = False,
    key: Key = "",
    json: Json = False,
) -> None:
    """Commit one answer."""
    import sys

    from collectdesk.desk.call import engine

    raw = sys.stdin.read().rstrip("\n") if value_stdin else value
    if not field:
        raise UsageProblem("field_missing", N_("Name the field: --field."), hint=N_("`collectdesk call show` says it."))
    with at_desk(ctx, finishing=True) as office:
        _emit(
            asked(
                office, lambda: engine.answer(office, _call(office, call), raw, field=field, key=key or None), json=json
            ),
            json=json,
        )


@app.command("back", help=N_("Take the last answer back, where nothing has been spoken since."))
def back(ctx: typer.Context, call: CallId = "", json: Json = False) -> None:
    """One step back."""
    from collectdesk.desk.call import engine

    with at_desk(ctx, finishing=True) as office:
        _emit(engine.back(office, _call(office, call)), json=json)


@app.command("door", help=N_("Take a side door: emergency, complaint, objection, stop_contact, wrong_number, end."))
def door(
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar=N_("DOOR"), help=N_("Which one."), autocompletion=offers.words(*offers.SIDE_DOORS))
    ],
    call: CallId = "",
    key: Key = "",
    json: Json = False,
) -> None:
    """Open a side door."""
    from collectdesk.desk.call import engine

    with at_desk(ctx, finishing=True) as office:
        _emit(engine.door(office, _call(office, call), name, key=key or None), json=json)


@app.command("say", help=N_("Record that you said a line at hand; call show lists them."))
def say(
    ctx: typer.Context,
    line: Annotated[
        str,
        typer.Argument(
            metavar=N_("LINE"), help=N_("Its name, such as identity.why."), autocompletion=offers.among(offers.lines)
        ),
    ],
    call: CallId = "",
    json: Json = False,
) -> None:
    """Keep a line that was said besides the step's own."""
    from collectdesk.desk.call import engine

    with at_desk(ctx, finishing=True) as office:
        _emit(engine.say(office, _call(office, call), line), json=json)


@app.command("end", help=N_("End the talk politely; the wrap-up is still asked."))
def end(
    ctx: typer.Context,
    call: CallId = "",
    reason: Annotated[
        str, typer.Option(metavar=N_("CODE"), help=N_("Why it ends."), autocompletion=offers.codes("end_reason"))
    ] = "",
    key: Key = "",
    json: Json = False,
) -> None:
    """The door *end*, with its reason."""
    from collectdesk.desk.call import engine

    with at_desk(ctx, finishing=True) as office:
        prompt = engine.door(office, _call(office, call), "end", key=key or None)
        asks_why = prompt.question is not None and (prompt.question.step, prompt.question.field) == ("end", "why")
        if reason and asks_why:
            prompt = engine.answer(office, prompt.call.id, reason, field="end.why")
        _emit(prompt, json=json)


@app.command("list", help=N_("List your calls of today, the open one first."))
def list_(ctx: typer.Context, json: Json = False) -> None:
    """Open and closed calls."""
    from collectdesk.desk.call import listing
    from collectdesk.show.callwire import summary
    from collectdesk.show.jsonout import emit

    with at_desk(ctx, finishing=True) as office:
        calls = listing.of_today(office)
        if json:
            emit("collectdesk.calls/1", {"calls": [summary(call) for call in calls]})
            return
        from collectdesk.show.callend import listed

        listed(calls)


def _begin(ctx: typer.Context, office: Office, begin, *, json: bool) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    from collectdesk.show.prompts import require_terminal

    session = session_of(ctx)
    if not json:
        require_terminal("--json")
    prompt = asked(office, lambda: begin("json" if session.json else "terminal"), json=json)
    walk_or_emit(office, prompt, json=json)


def asked(office: Office, ask, *, json: bool) -> Prompt:  # type: ignore[no-untyped-def] # noqa: ANN001
    """Do ``ask``; a refusal by the gate is shown whole, and ends with its own code."""
    from collectdesk.commands.calling import refused
    from collectdesk.desk.call.dialling import RefusedByGate

    try:
        found: Prompt = ask()
    except RefusedByGate as refusal:
        refused(office, refusal, json=json)
        raise typer.Exit(refusal.exit_code) from None
    return found


def walk_or_emit(office: Office, prompt: Prompt, *, json: bool) -> None:
    """Go through the call at the terminal, or say in JSON where it stands."""
    if json:
        _emit(prompt, json=True)
        return
    from collectdesk.commands.calling import walk

    walk(office, prompt)


def _emit(prompt: Prompt, *, json: bool) -> None:
    if json:
        from collectdesk.show.callwire import SCHEMA, wire
        from collectdesk.show.jsonout import emit

        emit(SCHEMA, wire(prompt))
        return
    from collectdesk.show.callscreen import page

    page(prompt)


def _call(office: Office, name: str) -> int:
    """The call named, or the collector's open one.

    Raises:
        NotFound: there is none, or what was named is no call's id: it may be an answer, so it is not repeated.
    """
    from collectdesk.desk.call import beginning
    from collectdesk.store.ids import private

    is_open = beginning.open_call(office)
    found = private("call", name) if name else is_open
    if found is None and is_open is not None:
        raise NotFound(
            "not_a_call",
            N_("That is no call's id; the call you have open is {call}."),
            hint=N_("An answer goes with it: --field FIELD --value VALUE."),
            call=f"c{is_open}",
        )
    if found is None:
        raise NotFound(
            "no_open_call", N_("No call of yours is open."), hint=N_("`collectdesk call start CASE` begins one.")
        )
    return found
