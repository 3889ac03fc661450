"""Adopted, not read (采用): rulebooks, calendars, call scripts, wording lists and codes bind from the database.

An admin adopts a text; its content, digest and compiled form are stored and journalled, older versions stay. What is
in force at an instant is, for each name, the version that took effect last. Compiled texts are kept for the life of
the process by digest. The functions that read take a SQLAlchemy connection or session, a fast reader (``store.reader``)
or its ``ask``, and import no database code themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from collectdesk.desk.adoptable import KINDS, Adopted, prepare
from collectdesk.desk.by_region import ByRegion
from collectdesk.errors import N_, BadData, InternalProblem, UsageProblem
from collectdesk.gate import Calendar, Rulebook

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from collectdesk.desk.codes import Codes
    from collectdesk.desk.consequences import Consequences
    from collectdesk.desk.office import Member
    from collectdesk.desk.reactions import Reactions
    from collectdesk.desk.safety import Safety
    from collectdesk.desk.scripts import Scripts
    from collectdesk.desk.wording import WordList
    from collectdesk.store.reader import Reader

    Ask: TypeAlias = Callable[[str, Mapping[str, object]], Sequence[Sequence[Any]]]
    Where: TypeAlias = Connection | Session | Reader | Ask

IN_FORCE = (
    "SELECT a.name, a.version, a.digest, a.compiled FROM adoption a WHERE a.kind = :kind AND a.effective_from <= :at "
    "AND (a.withdrawn_at IS NULL OR a.withdrawn_at > :at) AND NOT EXISTS (SELECT 1 FROM adoption b "
    "WHERE b.kind = a.kind AND b.name = a.name AND b.effective_from <= :at "
    "AND (b.withdrawn_at IS NULL OR b.withdrawn_at > :at) "
    "AND (b.effective_from > a.effective_from OR (b.effective_from = a.effective_from AND b.id > a.id))) "
    "ORDER BY a.name"
)
"""One SQL text for both engines and for the plain driver."""
NAMES_IN_FORCE = IN_FORCE.replace("a.name, a.version, a.digest, a.compiled", "a.name")
OF_A_REGION = IN_FORCE.replace("a.kind = :kind", "a.kind = :kind AND a.name LIKE :region", 1)
"""Calendars are adopted as REGION-YEAR."""
HOUSE_REGION = "CN"

_known: dict[tuple[str, str], Any] = {}
_joined: dict[tuple[str, ...], Calendar] = {}
_held_together: dict[tuple[str, ...], Scripts] = {}


def adopt(
    where: Connection | Session, kind: str, text: bytes, *, by: Member, at: int, effective_from: int, file: str = ""
) -> Adopted:
    """Take a text into force inside the caller's write transaction; what is in force already is left as it is.

    Args:
        where: an open write transaction.
        kind: a key of ``adoptable.KINDS``.
        text: the file's content.
        by: the admin who adopts.
        at: now, UTC seconds.
        effective_from: from when it binds, UTC seconds; not before ``at``.
        file: the file's name, for errors and its format.
    Raises:
        BadData: the text cannot be read (says where), or its version was adopted with another content.
        UsageProblem: it would bind retroactively.
    """
    if effective_from < at:
        raise UsageProblem(
            "adoption_backdated",
            N_("A text cannot take effect before it is adopted."),
            hint=N_("Leave the option out to let it take effect now."),
        )
    made, compiled = prepare(kind, text, file)
    held = {each.name: each for each in in_force(where, kind, effective_from)}.get(made.name)
    if held is None or held.digest != made.digest:
        _refuse_known_version(where, kind, made)
        times = {"adopted_at": at, "by_staff": by.id, "effective_from": effective_from}
        _insert(where, kind, made, {"content": text.decode(), "compiled": compiled.decode(), **times})
        _write_down(where, kind, made, held, by, at, effective_from)
    return made


def require_consistent(where: Where, at: int) -> None:
    """Refuse adoptions that do not go together: scripts that differ between languages, texts that say what is barred.

    Raises:
        BadData: it is so; nothing of the transaction may be kept.
    """
    from collectdesk.desk.script_rules import forbidden_wording

    lists = wordings(where, at)
    _require_clean_templates(where, at, lists)
    if not in_force(where, "callscript", at):
        return
    for script in scripts(where, at).languages.values():
        hits = forbidden_wording(script, lists)
        if hits:
            raise BadData(
                "script_wording",
                N_("Line {line} of the call script says what the word lists bar."),
                hint=N_("Word it otherwise, then adopt it again."),
                line=hits[0].line,
            )


def _require_clean_templates(where: Where, at: int, lists: list[WordList]) -> None:
    from collectdesk.desk.notices.templates import forbidden

    for each in in_force(where, "template", at):
        hits = forbidden(each.value, lists)
        if hits:
            raise BadData(
                "template_wording",
                N_("The template {name} says at {place} what the word lists bar."),
                hint=N_("Word it otherwise, then adopt it again."),
                name=each.name,
                place=hits[0][0],
            )


def in_force(where: Where, kind: str, at: int) -> list[Adopted]:
    """What of ``kind`` is in force at ``at``, by name."""
    return _read(kind, _rows(where, IN_FORCE, {"kind": kind, "at": at}))


def _read(kind: str, rows: Sequence[Sequence[Any]]) -> list[Adopted]:
    found = []
    for name, version, digest, compiled in rows:
        key = (kind, digest)
        if key not in _known:
            _known[key] = KINDS[kind].read(compiled.encode())
        found.append(Adopted(name, version, digest, _known[key]))
    return found


def rulebooks(where: Where, at: int) -> list[Rulebook]:
    """The rulebooks in force, by id."""
    return [each.value for each in in_force(where, "rulebook", at)]


def calendars(where: Where, at: int) -> ByRegion:
    """The calendars in force by region; the house's own, by which working days are counted, is read at once."""
    found = calendars_as_asked(where, at)
    found.get(HOUSE_REGION)
    return found


def calendars_as_asked(where: Where, at: int) -> ByRegion:
    """The calendars in force by region, each made of all its adopted years; read from ``where`` when asked for."""

    def regions() -> list[str]:
        names = (str(name) for (name,) in _rows(where, NAMES_IN_FORCE, {"kind": "calendar", "at": at}))
        return [name.rpartition("-")[0] for name in names]

    def read(region: str) -> Calendar | None:
        rows = _rows(where, OF_A_REGION, {"kind": "calendar", "at": at, "region": f"{region}-%"})
        return _calendar(region, [each for each in _read("calendar", rows) if each.value.region == region])

    return ByRegion(regions, read)


def scripts(where: Where, at: int) -> Scripts:
    """The call scripts in force, all languages.

    Raises:
        BadData: they do not hold the same lines.
    """
    from collectdesk.desk.script_rules import join

    found = in_force(where, "callscript", at)
    key = tuple(each.digest for each in found)
    if key not in _held_together:
        _held_together[key] = join(*(each.value for each in found))
    return _held_together[key]


def wordings(where: Where, at: int) -> list[WordList]:
    """The wording lists in force."""
    return [each.value for each in in_force(where, "wording", at)]


def codes(where: Where, at: int) -> Codes:
    """The outcome codes in force."""
    found: Codes = the_one(where, "codes", at)
    return found


def reactions(where: Where, at: int) -> Reactions:
    """The goals, points and likely reactions in force."""
    found: Reactions = the_one(where, "reactions", at)
    return found


def consequences(where: Where, at: int) -> Consequences:
    """The consequences in force."""
    found: Consequences = the_one(where, "consequences", at)
    return found


def safety(where: Where, at: int) -> Safety:
    """The safety cards in force."""
    found: Safety = the_one(where, "safety", at)
    return found


def the_one(where: Where, kind: str, at: int) -> Any:  # noqa: ANN401 - each kind has its own type
    """The text in force of a kind of which a desk has one (codes, reactions, consequences, safety).

    Raises:
        InternalProblem: the desk has adopted none.
    """
    found = in_force(where, kind, at)
    if not found:
        raise InternalProblem(
            "not_adopted",
            N_("This desk has adopted no text of the kind {kind}."),
            hint=N_("An admin adopts one: `collectdesk rules adopt FILE`."),
            kind=kind,
        )
    return found[-1].value


def _calendar(region: str, years: Sequence[Adopted]) -> Calendar | None:
    if not years:
        return None
    key = tuple(year.digest for year in years)
    if key not in _joined:
        _joined[key] = Calendar(region, [year.value for year in years])
    return _joined[key]


def _rows(where: Any, sql: str, values: Mapping[str, object]) -> Sequence[Sequence[Any]]:  # noqa: ANN401 - a Where
    ask: Ask | None = where if callable(where) else getattr(where, "ask", None)
    if ask is not None:
        return ask(sql, values)
    from sqlalchemy import text

    rows: Sequence[Sequence[Any]] = where.execute(text(sql), values).all()
    return rows


def _refuse_known_version(where: Connection | Session, kind: str, made: Adopted) -> None:
    sql = "SELECT count(*) FROM adoption WHERE kind = :kind AND name = :name AND version = :version"
    values = {"kind": kind, "name": made.name, "version": made.version}
    if _rows(where, sql, values)[0][0]:
        raise BadData(
            "version_adopted",
            N_("Version {version} of {name} was adopted before."),
            hint=N_("Give the file a version of its own, then adopt it."),
            version=made.version,
            name=made.name,
        )


def _insert(where: Connection | Session, kind: str, made: Adopted, values: Mapping[str, object]) -> None:
    from sqlalchemy import insert

    from collectdesk.store.tables import Adoption

    named = {"kind": kind, "name": made.name, "version": made.version, "digest": made.digest}
    where.execute(insert(Adoption), {**named, **values})


def _write_down(
    where: Connection | Session,
    kind: str,
    made: Adopted,
    held: Adopted | None,
    by: Member,
    at: int,
    effective_from: int,
) -> None:
    from collectdesk.store import journal

    journal.append(
        where,
        at=at,
        actor=by.number,
        action="adopt",
        subject=f"adoption:{kind}/{made.name}",
        before={"version": held.version, "digest": held.digest} if held else None,
        after={"version": made.version, "digest": made.digest, "effective_from": effective_from},
    )
