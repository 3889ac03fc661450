"""``collectdesk check``: may this case be called, and why not; for people, for scripts, for a whole book.

Nothing is recorded: a check is advice, only a permit lets anybody dial.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from collectdesk.commands import offers
from collectdesk.commands.frame import Verb
from collectdesk.commands.options import At, Csv, Json, NdJson, Number, Person, Purpose, refuse_beside
from collectdesk.commands.session import Session, session_of
from collectdesk.errors import N_, UsageProblem
from collectdesk.lang import _

app = Verb()
Case = Annotated[
    str,
    typer.Argument(metavar=N_("CASE"), help=N_("The case, such as A-1007."), autocompletion=offers.cases),
]


@app.command()
def check(
    ctx: typer.Context,
    case: Case = "",
    number: Number = "",
    person: Person = "",
    purpose: Purpose = "collect",
    at: At = "",
    all_: Annotated[
        bool, typer.Option("--all", help=N_("With a case: also the rules that allow it. Without: every open case."))
    ] = False,
    cases: Annotated[
        str, typer.Option("--cases", metavar=N_("FILE"), help=N_("These cases: one number a line; - is stdin."))
    ] = "",
    stream: Annotated[
        bool, typer.Option("--stream", help=N_("Answer dials read from stdin, one JSON document a line."))
    ] = False,
    json: Json = False,
    csv: Csv = False,
    ndjson: NdJson = False,
) -> None:
    """Ask the gate; exit code 0 when it may be called, 3 when not."""
    session = session_of(ctx)
    one = {"--number": number, "--person": person, "--purpose": purpose if purpose != "collect" else ""}
    if stream:
        refuse_beside("--stream", {"CASE": case, "--all": all_, "--cases": cases, **one, "--at": at, "--csv": csv})
        from collectdesk.commands.check_stream import answer_stream

        raise typer.Exit(answer_stream(session))
    if cases or (all_ and not case):
        refuse_beside("--cases" if cases else "--all", {"CASE": case, "--all": all_ and cases, **one})
        _refuse_two({"--json": json, "--csv": csv, "--ndjson": ndjson})
        from collectdesk.commands.check_many import answer_many

        raise typer.Exit(answer_many(session, cases, at, form=_form(json=json, csv=csv, ndjson=ndjson)))
    if not case:
        raise UsageProblem(
            "missing_parameter",
            N_("{name} is missing."),
            hint=N_("Name a case, or ask with --all, --cases FILE or --stream."),
            name=_("CASE"),
        )
    if csv or ndjson:
        raise UsageProblem(
            "form_of_many",
            N_("{option} is for many cases."),
            hint=N_("Ask with --all or --cases FILE; one case is answered with --json."),
            option="--csv" if csv else "--ndjson",
        )
    from collectdesk.commands.checking import Wanted

    raise typer.Exit(_one(session, Wanted(case, number, person, purpose, at), every=all_))


def _one(session: Session, wanted: object, *, every: bool) -> int:
    from collectdesk.commands.checking import Wanted, ask_desk, emit_decision

    assert isinstance(wanted, Wanted)
    found = ask_desk(session.home, session.clock, session.lang, wanted)
    if session.json:
        return emit_decision(found, session.lang)
    from collectdesk.commands.alarm import at_the_window
    from collectdesk.commands.subject import subject_of
    from collectdesk.show.terminal import out
    from collectdesk.show.verdict import print_verdict

    at_the_window(session)
    subject = subject_of(found.files, found.checked.contact, found.lawful)
    print_verdict(out(), found.checked.decision, subject, every=every, then=bool(wanted.at))
    return found.exit_code


def _form(*, json: bool, csv: bool, ndjson: bool) -> str:
    return "ndjson" if ndjson else "csv" if csv else "json" if json else "text"


def _refuse_two(forms: Mapping[str, bool]) -> None:
    from collectdesk.show.words import listed

    if sum(forms.values()) > 1:
        raise UsageProblem("one_form_of_two", N_("Give one of {forms}."), forms=listed(forms))
