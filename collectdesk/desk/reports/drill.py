"""Drilling down (明细): the rows behind a figure, by the very predicate it was counted with, as a report of one table.

Names and numbers of debtors are in it only where somebody unmasked them, which was journalled first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from collectdesk.desk.adopted_text import Both
from collectdesk.desk.reports.asked import Look
from collectdesk.desk.reports.counting import conditions, joined, params
from collectdesk.desk.reports.definitions import common, definition
from collectdesk.desk.reports.figure import (
    Amount,
    Column,
    Count,
    Day,
    Definition,
    Duration,
    Figure,
    Moment,
    Money,
    Row,
    Score,
    Section,
    Table,
    Value,
    Words,
)
from collectdesk.desk.reports.portable import portable
from collectdesk.desk.reports.relation import Measure, Relation
from collectdesk.desk.reports.small_groups import hidden
from collectdesk.errors import N_, NotFound, NotPermitted, UsageProblem

Kind = Literal["count", "money", "duration", "moment", "day", "words"]
CODE = "(SELECT cf.code FROM case_file cf WHERE cf.id = {case})"
NAME = "(SELECT pn.name FROM person pn WHERE pn.id = {debtor})"
NUMBER = "(SELECT min(nu.number) FROM number nu WHERE nu.person = {debtor} AND nu.status <> 'wrong')"


class Field(NamedTuple):
    """A column of a list: its key, its SQL, and what it holds."""

    key: str
    sql: str
    kind: Kind


class Listed(NamedTuple):
    """The list, how many rows there are, and the keys of the cases in it."""

    section: Section
    number: int
    cases: frozenset[int]


def rows_behind(look: Look, key: str, *, limit: int, unmasked: bool) -> Listed:
    """The rows a figure counts, in the order of their keys.

    Args:
        look: what was asked.
        key: the figure's.
        limit: at most so many; 0 is all.
        unmasked: with names and numbers.
    Raises:
        NotFound: there is no such figure.
        UsageProblem: a share, which has no rows of its own.
        NotPermitted: others than a collector handle these.
    """
    means = listable(key)
    counted = look.relation(key.partition(".")[0])
    if counted.handled and look.window.staff.role == "collector":
        raise NotPermitted(
            "list_handled", N_("How these are handled is not for a collector to list."), hint=N_("Ask your lead.")
        )
    if hidden(look, counted):
        raise NotPermitted(
            "list_withheld",
            N_("So narrowed, the list would tell of fewer than {least} debtors."),
            hint=N_("Widen it: leave out --product or --stage."),
            least=look.least,
        )
    measure = counted.measures[key.partition(".")[2]]
    fields = _fields(counted, unmasked=unmasked)
    sql = _text(look, counted, measure, fields)
    found = look.window.ask(
        portable(sql, on_server=look.on_server), params(look, counted, look.spanned(counted.name, look.asked.period))
    )
    shown = found[:limit] if limit else found
    return Listed(
        section=Section(
            key="list",
            title=means.title,
            figures=(Figure(key=key, value=_counted(means, measure, found)),),
            tables=(_table(look, counted, means, fields, shown),),
        ),
        number=len(found),
        cases=frozenset(int(row[1]) for row in shown if row[1] is not None),
    )


def listable(key: str) -> Definition:
    """The figure with this key, if rows stand behind it.

    Raises:
        NotFound: there is no such figure.
        UsageProblem: a share, which has no rows of its own.
    """
    try:
        means = definition(key)
    except (KeyError, NotFound):
        raise NotFound(
            "no_such_figure", N_("There is no such figure."), hint=N_("`collectdesk report NAME --help` lists them.")
        ) from None
    if means.kind == "share":
        raise UsageProblem(
            "share_not_listed",
            N_("A share has no rows of its own."),
            hint=N_("List {part} or {whole}."),
            part=means.part or "",
            whole=means.whole or "",
        )
    return means


def _fields(counted: Relation, *, unmasked: bool) -> list[Field]:
    fields = [Field("at", counted.at, "moment")] if counted.at else []
    fields += [Field("on", counted.on, "day")] if counted.on else []
    fields.append(Field("collector", counted.collector, "words"))
    code = "c.code" if counted.cased else CODE.format(case=counted.case)
    fields.append(Field("case", code, "words"))
    if unmasked:
        fields += [Field("name", NAME.format(debtor=counted.debtor), "words")]
        fields += [Field("number", NUMBER.format(debtor=counted.debtor), "words")]
    known = {each.key for each in fields}
    return fields + [Field(each.key, each.sql, each.kind) for each in counted.shown if each.key not in known]


def _text(look: Look, counted: Relation, measure: Measure, fields: Sequence[Field]) -> str:
    where = [conditions(look, counted)]
    where += [f"({measure.where})"] if measure.where else []
    where += [f"{measure.amount} IS NOT NULL"] if measure.amount else []
    currency = measure.currency or counted.currency or "''"
    columns = ", ".join([counted.id, counted.case, currency, measure.amount or "1", *(each.sql for each in fields)])
    return f"SELECT {columns} FROM {joined(look, counted)} WHERE {' AND '.join(where)} ORDER BY 1"  # noqa: S608 - constants


def _counted(means: Definition, measure: Measure, found: Sequence[Any]) -> Value:
    """The figure again, of the rows that are listed."""
    if means.kind == "count":
        return Count(len(found))
    if means.kind == "money":
        sums: dict[str, int] = {}
        for row in found:
            sums[str(row[2])] = sums.get(str(row[2]), 0) + int(row[3])
        return Money(tuple(Amount(minor, currency) for currency, minor in sorted(sums.items()) if minor))
    total = sum(int(row[3]) for row in found)
    per = len(found) if measure.mean else 1
    return Score(total, per) if means.kind == "score" else Duration(total, per, means.hours)


def _table(look: Look, counted: Relation, means: Definition, fields: Sequence[Field], found: Sequence[Any]) -> Table:
    words = common()
    return Table(
        key="list",
        title=means.title,
        by="id",
        dimension=words.dimension["id"],
        columns=tuple(Column(key=each.key, title=words.column[each.key], kind=each.kind) for each in fields),
        rows=tuple(_row(look, counted, fields, row) for row in found),
    )


def _row(look: Look, counted: Relation, fields: Sequence[Field], row: Sequence[Any]) -> Row:
    name = f"{counted.letter}{row[0]}"
    values = (_value(look, field, value, str(row[2] or "")) for field, value in zip(fields, row[4:], strict=True))
    return Row(key=name, label=name, values=tuple(values))


def _value(look: Look, field: Field, value: Any, currency: str) -> Value:  # noqa: ANN401 - whatever the column holds
    if value is None:
        return None
    if field.kind == "moment":
        return Moment(int(value))
    if field.kind == "day":
        return Day(str(value))
    if field.kind == "count":
        return Count(int(value))
    if field.kind == "duration":
        return Duration(int(value))
    if field.kind == "money":
        return Money((Amount(int(value), currency),))
    if field.key == "collector":
        return Words(look.reach.staff[value].number) if value in look.reach.staff else None
    label = look.names.label(field.key, str(value))
    return Words(str(value), label if isinstance(label, Both) else None)
