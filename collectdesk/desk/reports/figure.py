"""What a report is made of: figures, tables, charts and notes, whole before any form of it is written.

Every form (terminal, JSON, CSV, XLSX, HTML) shows one ``Report`` and computes nothing of its own. A chart holds no
numbers either: it names columns of the table it stands with, so that it cannot say anything else than the table.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from msgspec import Struct

from collectdesk.desk.adopted_text import Both

SCHEMA = "collectdesk.report/1"
Kind: TypeAlias = Literal["count", "share", "money", "duration", "score"]
"""What a figure measures."""
Shape: TypeAlias = Literal["spark", "bars", "stacked", "lines"]
"""How a chart is drawn: one small line, a bar a row, bars that add up, lines over time."""
Better: TypeAlias = Literal["more", "less", "neither"]
"""Which way a figure should go; what is neither good nor bad is said without praise."""
Span: TypeAlias = Literal["day", "week", "month", "range"]
Label: TypeAlias = Both | str
"""A wording in both languages, or a name, number or code that is the same in each."""


class Count(Struct, frozen=True, tag_field="kind", tag="count"):
    """How many."""

    number: int


class Share(Struct, frozen=True, tag_field="kind", tag="share"):
    """So many of so many; of none there is no share. Shown in percent with one decimal."""

    part: int
    whole: int


class Amount(Struct, frozen=True):
    """Minor units of one currency."""

    minor: int
    currency: str


class Money(Struct, frozen=True, tag_field="kind", tag="money"):
    """Amounts, one a currency, in the order of the currencies' codes; empty where there is none."""

    amounts: tuple[Amount, ...] = ()


class Duration(Struct, frozen=True, tag_field="kind", tag="duration"):
    """Seconds, over ``per`` things: their mean; of none there is no mean. ``hours``: people read it in hours."""

    seconds: int
    per: int = 1
    hours: bool = False


class Score(Struct, frozen=True, tag_field="kind", tag="score"):
    """Points, over ``per`` things: their mean, of at most ``most``."""

    points: int
    per: int = 1
    most: int = 100


class Moment(Struct, frozen=True, tag_field="kind", tag="moment"):
    """An instant, UTC seconds."""

    at: int


class Day(Struct, frozen=True, tag_field="kind", tag="day"):
    """A local date, ISO."""

    on: str


class Words(Struct, frozen=True, tag_field="kind", tag="words"):
    """A code, an id or a name; ``label`` is what a person reads instead of it."""

    text: str
    label: Both | None = None


Measured: TypeAlias = Count | Share | Money | Duration | Score
Value: TypeAlias = Count | Share | Money | Duration | Score | Moment | Day | Words | None
"""What stands in a cell; none where nothing is known, or nothing can be."""


class Definition(Struct, frozen=True, kw_only=True):
    """What a figure means, as its file in ``data/figures`` says.

    ``hours``: of a duration, that it is told in hours.
    ``key`` is the relation it counts and its own name: ``calls.dialled``. ``short`` is its title where there is
    little room. ``part`` and ``whole`` are the keys of the figures a share is made of. ``listed``: whether ``--list``
    shows the rows behind it.
    """

    key: str
    kind: Kind
    title: Both
    short: Both
    meaning: Both
    better: Better = "neither"
    part: str | None = None
    whole: str | None = None
    listed: bool = True
    hours: bool = False


class Figure(Struct, frozen=True, kw_only=True):
    """One figure: the key of its definition, its value, and that of the compared period.

    ``alarm``: somebody has to see to it now.
    """

    key: str
    value: Value
    before: Value = None
    alarm: bool = False


class Column(Struct, frozen=True, kw_only=True):
    """A column of a table: ``figure`` is the key of its definition, none for what only tells the rows apart."""

    key: str
    title: Both
    kind: Literal["count", "share", "money", "duration", "score", "moment", "day", "words"]
    figure: str | None = None


class Row(Struct, frozen=True, kw_only=True):
    """A row: its code for programs, its label for people, a value a column, and those of the compared period.

    ``folded``: how many groups this row stands for that are too small to be told apart; 0 for a row of its own.
    """

    key: str
    label: Label
    values: tuple[Value, ...]
    before: tuple[Value, ...] = ()
    folded: int = 0


class Chart(Struct, frozen=True, kw_only=True):
    """How to draw a table: its rows in their order along the axis, and the keys of the columns shown."""

    shape: Shape
    columns: tuple[str, ...]


class Table(Struct, frozen=True, kw_only=True):
    """Rows of one kind, what tells them apart first. ``dimension`` is that column's title, ``by`` its code.

    ``brief``: where room is dear (a terminal) its chart says enough.
    """

    key: str
    title: Both
    by: str
    dimension: Both
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    chart: Chart | None = None
    brief: bool = False

    def column(self, key: str) -> int:
        """The place of a column among the values of a row."""
        return next(place for place, column in enumerate(self.columns) if column.key == key)


class Section(Struct, frozen=True, kw_only=True):
    """Figures and tables that are read together, under one heading."""

    key: str
    title: Both
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()


class Note(Struct, frozen=True, kw_only=True):
    """A footnote: its code, its words, and whether it limits what the figures can be trusted for."""

    code: str
    text: Both
    caution: bool = False


class Period(Struct, frozen=True, kw_only=True):
    """Local dates of the house's zone, both ends included, ISO."""

    span: Span
    first: str
    last: str


class Scope(Struct, frozen=True, kw_only=True):
    """Whose work it is: the whole desk's, a team's or one collector's; and what it was narrowed to.

    ``people``: the collectors it covers.
    """

    whose: Literal["desk", "team", "collector"]
    team: str | None = None
    collector: str | None = None
    product: str | None = None
    stage: str | None = None
    people: int = 0


class Report(Struct, frozen=True, kw_only=True):
    """A report, complete.

    Attributes:
        name: the word it is asked for by: ``day``.
        title, about: what it is called, and the question it answers.
        period: what it covers; ``compared`` what its figures stand beside, if anything.
        scope: whose.
        made_at: UTC seconds: what came later is not in it.
        made_by: the staff number of who asked.
        practice: everything in it is made up.
        unmasked: names and numbers of debtors stand in it in full.
        sections: figures and tables, in the order they are read.
        notes: footnotes on the whole.
        definitions: of every figure in it, once, in the order they appear.
    """

    name: str
    title: Both
    about: Both
    period: Period
    compared: Period | None = None
    scope: Scope
    made_at: int
    made_by: str
    practice: bool
    unmasked: bool = False
    sections: tuple[Section, ...]
    notes: tuple[Note, ...] = ()
    definitions: tuple[Definition, ...] = ()

    @property
    def figures(self) -> Iterator[Figure]:
        """Those that stand by themselves, outside of tables."""
        return (figure for section in self.sections for figure in section.figures)

    @property
    def tables(self) -> Iterator[Table]:
        """Every table."""
        return (table for section in self.sections for table in section.tables)

    def definition(self, key: str) -> Definition:
        """What a figure of this report means."""
        return next(each for each in self.definitions if each.key == key)
