"""``collectdesk help``: topics that belong to no single command, or the help of one."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Annotated, Any

import typer

from collectdesk.commands.frame import Verb, no_such_command
from collectdesk.commands.helppage import WIDTH
from collectdesk.commands.session import session_of
from collectdesk.errors import N_
from collectdesk.lang import _
from collectdesk.show.width import cells, pad, wrap

app = Verb()

Row = tuple[str, str]

TOPICS: dict[str, tuple[str, tuple[Row, ...]]] = {
    "exit-codes": (
        N_("How a command ends; the same with and without --json."),
        (
            ("0", N_("Done. Of check: the call is allowed.")),
            ("1", N_("The program broke; what was confirmed before is kept.")),
            ("2", N_("The command was not understood, or something it needs is missing.")),
            ("3", N_("The gate refuses.")),
            ("4", N_("There is no such case, number, person or file.")),
            ("5", N_("Not signed in, or not yours to do.")),
            ("6", N_("Somebody else holds it, or it has moved on.")),
            ("7", N_("A file or a line cannot be used as it is.")),
            ("130", N_("Cancelled by you.")),
        ),
    ),
    "json": (
        N_("Every command answers programs with --json; lists also with --csv and --ndjson."),
        (
            ("stdout", N_("One document: schema first, English keys and codes, in a stable order.")),
            (
                "stderr",
                N_("Errors, as a document with schema, code, message and hint; stdout is then empty."),
            ),
            (N_("amounts"), N_("Exact decimal strings, with their currency beside them.")),
            (N_("instants"), N_("ISO 8601 with offset; intervals do not include their end.")),
            (N_("a call"), N_("ask.options holds every value call answer takes; done: it was said or read.")),
            (N_("prompts"), N_("None. What is missing is named by the option that gives it.")),
        ),
    ),
    "gate": (
        N_("Nobody dials without a permit, and only the gate gives permits."),
        (
            (N_("rules"), N_("All adopted rulebooks that apply are asked at once; the strictest decides.")),
            (N_("time"), N_("Hours and dates are the debtor's own; with several zones all must be open.")),
            (N_("unknown"), N_("What is not known is never taken for zero.")),
            (
                N_("permit"),
                N_("It lapses after three minutes if the number was not shown; shown, it counts."),
            ),
            (N_("way round"), N_("There is none: callbacks, contact persons and lists pass the same gate.")),
            ("collectdesk check", N_("asks and records nothing; call start asks and records the answer.")),
        ),
    ),
    "keys": (
        N_("The side doors are open at every question of a call; with Esc for the slash, too."),
        (
            ("F2  /2", N_("Emergency: someone is in danger, or out of control.")),
            ("F3  /3", N_("A complaint.")),
            ("F4  /4", N_("An objection.")),
            ("F5  /5", N_("Wants no further contact.")),
            ("F6  /6", N_("Wrong number.")),
            ("F7  /7", N_("Lines at hand: what else may be said now.")),
            ("F8  /8", N_("The plan calculator, while they talk about paying.")),
            ("F9  /9", N_("Back one step, where nothing has been said yet.")),
            ("F10  /0", N_("End the call.")),
            (N_("a list"), N_("Arrows, its number, or letters of it; what fits nothing chooses nothing.")),
            ("Ctrl-C", N_("Leave; the call stays where it is and can be resumed.")),
        ),
    ),
    "mapping": (
        N_("A mapping file (TOML) explains odd headings and words: import FILE --mapping ODD.toml."),
        (
            ("[file]", N_("How the file is laid out: encoding, delimiter, sheet, heading_line, zone.")),
            ("[columns]", N_('"heading" = "field", such as "debtor.name"; "ignore" leaves the column out.')),
            ("[constants]", N_('"field" = "value", the same on every line, where no column holds it.')),
            ("[values.LIST]", N_('"word" = "code": in [values.number_source] such as "old contract" = "contract".')),
            (N_("fields"), N_("The command lists them with --fields, each with the headings it knows.")),
            (N_("lists"), N_("An unknown list or code is refused with those there are.")),
        ),
    ),
    "environment": (
        N_("Settings taken from the environment."),
        (
            ("COLLECTDESK_DESK", N_("The desk's directory, as --desk.")),
            ("COLLECTDESK_SESSION", N_("The script account whose sign-in counts; else yours does.")),
            ("COLLECTDESK_LANG", N_("zh_CN or en, as --lang.")),
            ("COLLECTDESK_ASCII", N_("1 draws lines and marks in ASCII.")),
            ("COLLECTDESK_DEBUG", N_("1 shows where the program broke.")),
            ("NO_COLOR", N_("Anything switches colour off.")),
        ),
    ),
}


def _topics(ctx: typer.Context, incomplete: str) -> list[str]:  # noqa: ARG001 - typer's completion signature
    return [name for name in TOPICS if name.startswith(incomplete)]


@app.command()
def explain(
    ctx: typer.Context,
    topic: Annotated[
        str,
        typer.Argument(metavar=N_("TOPIC"), help=N_("A topic, or a command."), autocompletion=_topics),
    ] = "",
) -> None:
    """Print the topic, the help of the command of that name, or the list of topics."""
    root: Any = ctx.find_root()
    if not topic:
        text = _listing()
    elif topic in TOPICS:
        text = _topic(topic)
    elif topic in root.command.commands:
        command = root.command.commands[topic].load()
        with command.context_class(command, info_name=topic, parent=root, obj=session_of(ctx)) as context:
            text = command.get_help(context)
    else:
        raise no_such_command(topic, [*TOPICS, *root.command.commands], "collectdesk")
    sys.stdout.write(text.rstrip("\n") + "\n")


def _listing() -> str:
    lines = [_("Topics"), *_rows([(name, sentence) for name, (sentence, _rows) in TOPICS.items()])]
    return "\n".join([*lines, "", _("collectdesk help TOPIC explains one; collectdesk --help lists the commands.")])


def _topic(name: str) -> str:
    sentence, rows = TOPICS[name]
    return "\n".join([*wrap(_(sentence), WIDTH), "", *_rows(rows)])


def _rows(rows: Iterable[Row]) -> list[str]:
    worded = [(_(left), _(right)) for left, right in rows]
    width = max(cells(left) for left, _right in worded)
    lines = []
    for left, right in worded:
        first, *more = wrap(right, WIDTH - width - 4)
        lines += [f"  {pad(left, width)}  {first}", *(" " * (width + 4) + line for line in more)]
    return lines
