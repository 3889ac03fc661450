"""``collectdesk train``: courses, exams, what is due, changed texts to read, sessions of exchange (article 13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from collectdesk.commands import offers
from collectdesk.commands.frame import Noun
from collectdesk.commands.opened import at_desk, day, here, is_day, local
from collectdesk.commands.options import Json
from collectdesk.errors import N_
from collectdesk.lang import _
from collectdesk.show.prompts import Asker

if TYPE_CHECKING:
    from collectdesk.desk.training.papers import Paper

app = Noun(default="list")
COURSE = N_("COURSE")
Number = Annotated[str, typer.Argument(metavar=N_("NUMBER"), help=N_("The staff number."), autocompletion=offers.staff)]
Of = Annotated[
    str, typer.Option("--staff", metavar=N_("NUMBER"), help=N_("Of this staff number."), autocompletion=offers.staff)
]
Course = Annotated[
    str,
    typer.Option(
        "--course",
        metavar=COURSE,
        help=N_("Which course, where there are several."),
        autocompletion=offers.listed("COURSES"),
    ),
]


@app.command("list", help=N_("List the courses in force, and how you stand with each."))
def list_(ctx: typer.Context, json: Json = False) -> None:
    """Each course with its sections, your certificate, your tries."""
    from collectdesk.desk.training.shelf import shelf
    from collectdesk.show import courses as face

    with at_desk(ctx) as office:
        found = shelf(office)
    face.shelf_json(found, here()) if json else face.shelf_text(found, here())


@app.command("show", help=N_("Show what a course teaches, with its sources; for who leads, its questions too."))
def show(
    ctx: typer.Context,
    section: Annotated[
        str,
        typer.Argument(
            metavar=N_("SECTION"),
            help=N_("One section only: law, business, communication, ethics, house_rules."),
            autocompletion=offers.among(offers.sections),
        ),
    ] = "",
    course: Course = "",
    questions: Annotated[
        bool, typer.Option("--questions", help=N_("The questions with their answers; not for who is examined."))
    ] = False,
    json: Json = False,
) -> None:
    """Read the course."""
    from collectdesk.desk.training.shelf import read_course
    from collectdesk.show import courses as face

    with at_desk(ctx) as office:
        found = read_course(office, course, section, questions=questions)
    face.course_json(found) if json else face.course_text(found)


@app.command("due", help=N_("Say what is due before you may call, or so that you may go on."))
def due(
    ctx: typer.Context,
    staff: Of = "",
    everybody: Annotated[bool, typer.Option("--all", help=N_("Of everybody; for who leads."))] = False,
    json: Json = False,
) -> None:
    """What somebody owes, what bars calls first."""
    from collectdesk.desk.training.shelf import owed
    from collectdesk.show import training as face

    with at_desk(ctx) as office:
        found = owed(office, staff, everybody=everybody)
    face.due_json(found) if json else face.due_text(found)


@app.command("read", help=N_("Read what changed in a rulebook, call script or course, and say that you did."))
def read(
    ctx: typer.Context,
    text: Annotated[
        str, typer.Argument(metavar=N_("[TEXT]"), help=N_("Which text, such as house; the first due unless given."))
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help=N_("I have read it."))] = False,
    json: Json = False,
) -> None:
    """Show what is new; once it is read, write that down."""
    from collectdesk.desk.training import reading
    from collectdesk.show import changedtexts as face

    with at_desk(ctx) as office:
        left = reading.unread(office)
        if not (text or left):
            face.nothing_to_read(json=json)
            return
        found = reading.news(office, text or left[0].code)
        if not json:
            face.news_text(found)
        done = yes or (not json and Asker().confirm(_("Have you read it?"), flag="--yes", default=False))
        if done:
            reading.read(office, found.changed)
    face.news_json(found, read=done) if json else face.was_read(found, read=done)


@app.command("take", help=N_("Sit the exam: one question after the other, each answer kept at once."))
def take(
    ctx: typer.Context,
    course: Course = "",
    section: Annotated[
        str,
        typer.Option(
            metavar=N_("SECTION"),
            help=N_("The section you are to learn again, to be examined on that alone."),
            autocompletion=offers.among(offers.sections),
        ),
    ] = "",
    json: Json = False,
) -> None:
    """Begin the exam, or go on with it."""
    from collectdesk.desk.training import exams
    from collectdesk.show.prompts import require_terminal

    if not json:
        require_terminal("--json")
    with at_desk(ctx) as office:
        paper = exams.start(office, course, section)
        if json:
            _emit(paper)
            return
        from collectdesk.commands.sitting import walk

        walk(office, paper)


@app.command("answer", help=N_("Answer the question your exam is at; without a terminal, after train take --json."))
def answer(
    ctx: typer.Context,
    letters: Annotated[
        str, typer.Argument(metavar=N_("LETTERS"), help=N_("The letters of your answer, such as b or a,c."))
    ],
    question: Annotated[
        str, typer.Option(metavar=N_("QUESTION"), help=N_("The question you mean, so that none is answered twice."))
    ] = "",
    json: Json = False,
) -> None:
    """Commit one answer."""
    from collectdesk.desk.training import exams

    with at_desk(ctx) as office:
        paper = exams.answer(office, letters, question=question)
    if json:
        _emit(paper)
        return
    from collectdesk.show import exam as face

    face.told(paper)


@app.command("history", help=N_("List exams that were sat: score, course, its digest."))
def history(ctx: typer.Context, staff: Of = "", json: Json = False) -> None:
    """Your own, or for who leads somebody's."""
    from collectdesk.desk.training.shelf import sat
    from collectdesk.show import training as face

    with at_desk(ctx) as office:
        number, found = sat(office, staff)
    face.history_json(number, found, here()) if json else face.history_text(found, here())


@app.command("reopen", help=N_("Give somebody further tries once all theirs are used up; for who leads."))
def reopen(
    ctx: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option(metavar=N_("TEXT"), help=N_("Why, in words."))] = "",
    json: Json = False,
) -> None:
    """Open another round."""
    from collectdesk.desk.training import rounds
    from collectdesk.show import training as face

    with at_desk(ctx) as office:
        courses = rounds.reopen(office, number, reason or Asker().text(_("Why, in words"), flag="--reason"))
    face.done(
        "collectdesk.train_reopen/1",
        {"staff": number, "courses": list(courses)},
        _("{number} may try again: {courses}.").format(number=number, courses=", ".join(courses)),
        json=json,
    )


@app.command("exchange", help=N_("Log a session in which experience was exchanged."))
def exchange(
    ctx: typer.Context,
    held: Annotated[str, typer.Option("--held", metavar=N_("DATE"), help=N_("On which day."))] = "",
    topic: Annotated[str, typer.Option(metavar=N_("TEXT"), help=N_("On what."))] = "",
    took_part: Annotated[
        list[str] | None,
        typer.Option(
            "--with",
            metavar=N_("NUMBER"),
            help=N_("Who took part, by staff number; give it once for each."),
            autocompletion=offers.staff,
        ),
    ] = None,
    minutes: Annotated[int | None, typer.Option(min=1, max=1440, help=N_("How long it lasted."))] = None,
    json: Json = False,
) -> None:
    """Ask what was not given, and log it."""
    from collectdesk.desk.training import exchanges
    from collectdesk.show import training as face

    asker = Asker()
    with at_desk(ctx) as office:
        on = held or asker.text(
            _("Held on"), flag="--held", validate=is_day, default=local(office.now()).date().isoformat()
        )
        said = topic or asker.text(_("On what?"), flag="--topic")
        numbers = took_part or asker.text(_("Who took part? Staff numbers, with commas"), flag="--with").split(",")
        held_on = day(on, "--held")
        assert held_on is not None
        key = exchanges.log(office, held_on, said, numbers, minutes)
    face.done(
        "collectdesk.train_exchange/1",
        {"id": key, "held_on": held_on, "topic": said.strip(), "took_part": [each.strip() for each in numbers]},
        _("The session of {day} is logged.").format(day=held_on.isoformat()),
        json=json,
    )


@app.command("exchanges", help=N_("List the sessions of exchange; for collectors those they took part in."))
def exchanges_(ctx: typer.Context, staff: Of = "", json: Json = False) -> None:
    """The newest first."""
    from collectdesk.desk.training import exchanges
    from collectdesk.show import training as face

    with at_desk(ctx) as office:
        found = exchanges.listing(office, staff=staff)
    face.exchanges_json(found) if json else face.exchanges_text(found)


def _emit(paper: Paper) -> None:
    from collectdesk.show.exam import wire
    from collectdesk.show.jsonout import emit

    emit("collectdesk.exam/1", wire(paper, here()))
