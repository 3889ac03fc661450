"""Making a letter (制作函件, policy articles 5.2 and 9.3): from an adopted template, to whoever may read of the debt.

Its number is the next of the year and is given in the transaction that keeps it, so a year's have no gaps. The gate
is asked as for every contact; the notice itself counts as given, since it is what is being given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple
from zoneinfo import ZoneInfo

from collectdesk.desk import adoption, casebook, steps
from collectdesk.desk.call.casefile import CaseFile, Party
from collectdesk.desk.call.variables import day
from collectdesk.desk.destructions.gone import GONE
from collectdesk.desk.four_eyes import PEOPLE
from collectdesk.desk.notices import letterbox, sender
from collectdesk.desk.notices.letterbox import NAME, digest, numbered, spelled
from collectdesk.desk.notices.permitted import addressee, ask_the_gate, require_clean, require_sender
from collectdesk.desk.notices.rendering import Made, render
from collectdesk.desk.notices.templates import Asked, Template
from collectdesk.desk.standing import HOUSE_ZONE
from collectdesk.errors import N_, Busy, NotFound, UsageProblem
from collectdesk.store import files, ids

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from collectdesk.desk.adoptable import Adopted
    from collectdesk.desk.adopted_text import Lang
    from collectdesk.desk.office import Office
    from collectdesk.desk.scripts import Employer

Form = Literal["html", "text"]
SUFFIXES: Mapping[Form, str] = {"html": ".html", "text": ".txt"}


@dataclass(frozen=True)
class Wish:
    """What letter: the template's name, to whom (public id or role), in which language, how it goes, what is given."""

    template: str
    to: str = "debtor"
    lang: Lang | None = None
    way: str = "letter"
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Letter:
    """A letter that was made: its public id, its number, the file and its digest."""

    name: str
    number: str
    path: Path
    digest: str


def template_of(where: Connection | Session, name: str, at: int) -> Adopted:
    """The adopted template of this name.

    Raises:
        NotFound: none is in force.
    """
    found = {each.name: each for each in adoption.in_force(where, "template", at)}
    if name not in found:
        raise NotFound(
            "no_such_template",
            N_("No template of that name is in force."),
            hint=N_("In force are: {names}.") if found else N_("An administrator adopts them: rules adopt --shipped."),
            names=", ".join(found),
        )
    return found[name]


def make(office: Office, code: str, wish: Wish, out: Path, form: Form = "html") -> Letter:
    """Make a letter and write its file; nothing is kept unless both succeed.

    Args:
        office: who makes it.
        code: the case's number.
        wish: which letter.
        out: the file, or a directory: the file is then called after the letter's number alone.
        form: of the file.
    Raises:
        NotFound: no such case, template or person.
        NotPermitted: not theirs to make, not this company's letter, or that person may not read of the debt.
        BlockedByGate: the gate does not let them be written to.
        BadData: a variable is missing, or the template says what is barred.
        Busy: the file is there already.
    """
    office.require_role(*PEOPLE)
    written: list[Path] = []
    try:
        with office.writing() as session:
            made = _make(office, session, code, wish)
            path = _free(out, made.number, form)
            content = (made.texts.html if form == "html" else made.texts.plain).encode()
            written.append(path)
            files.write_private(path, content)  # the last thing that can fail before the commit
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return Letter(ids.public(NAME, made.key), made.number, path, digest(content))


def write_again(office: Office, name: str, out: Path, form: Form = "html") -> Letter:
    """Write the file of a letter once more, byte for byte.

    Raises:
        NotFound: there is no such letter, it was not made here, or its text was destroyed.
        Busy: the file is there already.
    """
    with office.reading() as session:
        row = letterbox.find(session, name)
        number, texts = letterbox.number_of(row), {"html": row.html, "text": row.plain}
        key, text = row.id or 0, texts[form]
    if text is None or number is None:
        raise NotFound("letter_elsewhere", N_("That letter was not made here: its text is not kept."), hint="")
    if text == GONE:
        raise NotFound("letter_erased", N_("The text of that letter was destroyed with its case."), hint="")
    path = _free(out, number, form)
    files.write_private(path, text.encode())
    return Letter(ids.public(NAME, key), number, path, digest(text.encode()))


def _free(out: Path, number: str, form: Form) -> Path:
    """Where the file goes: ``out``, or in that directory under the letter's number, which tells nobody anything."""
    path = out / f"{number}{SUFFIXES[form]}" if out.is_dir() else out
    if path.exists():
        raise Busy("file_exists", N_("There is a file of that name already."), hint=N_("Give another: --out."))
    return path


class _Kept(NamedTuple):
    key: int
    number: str
    texts: Made


def _make(office: Office, session: Session, code: str, wish: Wish) -> _Kept:
    """Everything but the file, inside the caller's transaction."""
    at = office.now()
    adopted = template_of(session, wish.template, at)
    template: Template = adopted.value
    found = casebook.find(session, code)
    case = _file(session, found.id or 0, at)
    require_sender(office, template)
    require_clean(session, template, at)
    party = addressee(case, wish.to, at)
    ask_the_gate(office, session, case, party, template, wish.way, at)
    year, serial = numbered(session.connection(), _today(at).year)
    number = spelled(year, serial)
    lang: Lang = wish.lang or ("en" if case.language == "en" else "zh_CN")
    variables = _variables(case, party, lang, at, number, _given(template, wish.given, lang))
    variables |= {"staff_number": office.staff.number, "return_address": sender.address(session)}
    employer: Employer = office.company.kind  # type: ignore[assignment] # one of the contract's kinds
    texts = render(template, variables, lang=lang, employer=employer, enveloped=wish.way == "letter")
    key = _keep(office, session, adopted, case, party, texts, lang=lang, way=wish.way, number=(year, serial), at=at)
    return _Kept(key, number, texts)


def _file(session: Session, case: int, at: int) -> CaseFile:
    from collectdesk.desk.call.reading import case_file

    return case_file(session.connection(), case, at)


def _given(template: Template, given: Mapping[str, str], lang: Lang) -> dict[str, str]:
    """What whoever makes it says, in the letter's language; nothing else may be said."""
    known = {each.name: each for each in template.asked}
    for name in given:
        if name not in known:
            raise UsageProblem(
                "given_unknown", N_("This letter has no {name} to fill in."), hint=N_("It asks for: {names}."),
                name=name, names=", ".join(known) or "-",
            )  # fmt: skip
    return {name: _said(known[name], value.strip(), lang) for name, value in given.items() if value.strip()}


def _said(asked: Asked, value: str, lang: Lang) -> str:
    if asked.kind == "text":
        return value
    try:
        return day(date.fromisoformat(value), lang)
    except ValueError:
        raise UsageProblem(
            "bad_date", N_("{option} must be a date, such as 2026-11-23."), hint="", option=f"--given {asked.name}"
        ) from None


def _variables(
    case: CaseFile, party: Party, lang: Lang, at: int, number: str, given: Mapping[str, str]
) -> dict[str, str]:
    from collectdesk.desk.call import variables

    channels = [each.label_en if lang == "en" else each.label_zh for each in case.channels]
    known = {
        **variables.of_file(case, lang, at),
        "addressee": party.name,
        "address": case.address if party.person == case.debtor.person else None,
        "obligor_role": variables.role(party.role, lang),
        "channel": ("; " if lang == "en" else "；").join(channels),
        "number": number,
        "date": day(_today(at), lang),
        **given,
    }
    return {name: value for name, value in known.items() if value}


def _today(at: int) -> date:
    return datetime.fromtimestamp(at, ZoneInfo(HOUSE_ZONE)).date()


def _keep(
    office: Office, session: Session, adopted: Adopted, case: CaseFile, party: Party, made: Made, *, lang: Lang,
    way: str, number: tuple[int, int], at: int,
) -> int:  # fmt: skip
    from collectdesk.store.tables import Letter as Row

    html, plain = digest(made.html.encode()), digest(made.plain.encode())
    row = Row(
        origin="rendered", status="made", kind=adopted.value.kind, case_id=case.id, person=party.person,
        debts=[case.id], way=way, year=number[0], serial=number[1], template=adopted.name, version=adopted.version,
        template_digest=adopted.digest, lang=lang, html=made.html, plain=made.plain, html_digest=html,
        plain_digest=plain, made_at=at, made_by=office.staff.id or 0,
    )  # fmt: skip
    session.add(row)
    session.flush()
    assert row.id is not None
    content = {
        "letter": spelled(*number), "template": adopted.name, "version": adopted.version,
        "template_digest": adopted.digest, "html_digest": html, "plain_digest": plain,
    }  # fmt: skip
    steps.record(session, NAME, row.id, "make", "made", at=at, by=office, case=case.id, content=content)
    return row.id
