"""How the desk writes a column: one function per meaning, so that the constraints live in the database.

Table models do not validate themselves, therefore every rule is a CHECK, NOT NULL or FOREIGN KEY, and SQLite tables
are STRICT. Instants are integer UTC seconds, money integer minor units (分), local dates ISO text, lists JSON text.
"""

# ruff: noqa: ANN401 - a field function stands for whatever value the column holds

from __future__ import annotations

import json
import re
from typing import Any

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, ForeignKey, Integer, Table, Text, event
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import declared_attr
from sqlalchemy.sql.schema import SchemaItem
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Field, SQLModel

ISO_DATE_LENGTH = len("2026-11-23")
_spell = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


@compiles(BigInteger, "sqlite")
@compiles(Boolean, "sqlite")
def _integer(_type: TypeEngine[Any], _compiler: object, **_kw: object) -> str:
    """STRICT tables of SQLite know one whole number, of up to 64 bits."""
    return "INTEGER"


class JsonText(TypeDecorator[Any]):
    """A list or mapping kept as compact JSON text, the same on both engines."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any | None, dialect: Dialect) -> str | None:
        """Write the value with sorted keys, so that equal values are equal text."""
        del dialect
        return None if value is None else dump_json(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Any | None:
        """Read the value back."""
        del dialect
        return None if value is None else json.loads(value)


def dump_json(value: object) -> str:
    """The one JSON spelling the store writes: compact, sorted keys, readable Chinese."""
    return _spell(value)


class Row(SQLModel):
    """A table of the desk, named after its class in snake_case and STRICT on SQLite."""

    model_config = {"defer_build": True}
    __table_args__: Any = {"sqlite_strict": True}

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805 - SQLAlchemy hands in the class
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()


def table(*items: SchemaItem) -> tuple[Any, ...]:
    """``__table_args__`` with indexes and constraints beside the usual options."""
    return (*items, {"sqlite_strict": True})


def pk() -> Any:
    """The integer key; public ids are made of it by ``store.ids``."""
    kind = BigInteger().with_variant(Integer(), "sqlite")
    return Field(default=None, sa_column=Column(kind, primary_key=True))


def ref(target: str, *, optional: bool = False, primary: bool = False, unique: bool = False) -> Any:
    """A foreign key to ``target`` (``table`` or ``table.column``)."""
    kind = BigInteger().with_variant(Integer(), "sqlite")
    # deferrable: a restore brings rows in before those they point to
    aim = ForeignKey(target if "." in target else f"{target}.id", deferrable=True, initially="IMMEDIATE")
    column: Column[Any] = Column(kind, aim, nullable=optional, primary_key=primary, unique=unique or None)
    return _field(column, optional=optional)


def instant(*, optional: bool = False) -> Any:
    """An instant in whole UTC seconds."""
    return _field(Column(BigInteger, nullable=optional), optional=optional)


def count(*, optional: bool = False, at_least: int | None = 0, default: int | None = None) -> Any:
    """A whole number, not below ``at_least``."""
    column: Column[Any] = Column(BigInteger, nullable=optional)
    if at_least is not None:
        _check(column, f"{{}} >= {at_least}")
    return _field(column, optional=optional, default=default)


def money(*, optional: bool = False) -> Any:
    """An amount in minor units (分) of the row's currency."""
    return count(optional=optional, at_least=None)


def local_date(*, optional: bool = False) -> Any:
    """A local calendar date as ISO text, ``2026-11-23``."""
    column: Column[Any] = Column(Text, nullable=optional)
    _check(column, f"length({{}}) = {ISO_DATE_LENGTH}")
    return _field(column, optional=optional)


def text(*, optional: bool = False, unique: bool = False, index: bool = False, primary: bool = False) -> Any:
    """Text of any length, stored exactly; not empty unless ``optional``."""
    column: Column[Any] = Column(
        Text, nullable=optional, unique=unique or None, index=index or None, primary_key=primary
    )
    if not optional:
        _check(column, "length({}) > 0")
    return _field(column, optional=optional)


def free_text() -> Any:
    """Text that may be empty, never null."""
    return _field(Column(Text, nullable=False), default="")


def word(*values: str, optional: bool = False, default: str | None = None, column: str | None = None) -> Any:
    """One of the contract's codes, CHECKed; ``column`` names it where Python has the word for itself."""
    named: Column[Any] = Column(column, Text, nullable=optional) if column else Column(Text, nullable=optional)
    _check(named, "{} IN (" + ", ".join(f"'{value}'" for value in values) + ")")
    return _field(named, optional=optional, default=default)


def flag(*, optional: bool = False, default: bool | None = None) -> Any:
    """Yes, no and, where ``optional``, unknown."""
    column: Column[Any] = Column(Boolean(create_constraint=True), nullable=optional)
    return _field(column, optional=optional, default=default)


def json_list() -> Any:
    """A list as JSON text; the empty list is the default."""
    return Field(default_factory=list, sa_column=_json_column(nullable=False))


def json_value(*, optional: bool = False) -> Any:
    """Any JSON value as text."""
    return _field(_json_column(nullable=optional), optional=optional)


def _json_column(*, nullable: bool) -> Column[Any]:
    column: Column[Any] = Column(JsonText, nullable=nullable)
    _check(column, "json_valid({})", dialect="sqlite")
    _check(column, "{0} IS NULL OR ({0}::json) IS NOT NULL", dialect="postgresql")
    return column


def _field(column: Column[Any], *, optional: bool = False, default: object = None) -> Any:
    if optional or default is not None:
        return Field(default=default, sa_column=column)
    return Field(sa_column=column)


def _check(column: Column[Any], condition: str, dialect: str | None = None) -> None:
    """Add a CHECK once the column knows its own name and table."""

    def attach(attached: Column[Any], owner: Table) -> None:
        name = f"ck_{owner.name}_{attached.name}" + (f"_{dialect}" if dialect else "")
        rule = CheckConstraint(condition.format(f'"{attached.name}"'), name=name)
        owner.append_constraint(rule.ddl_if(dialect=dialect) if dialect else rule)

    event.listen(column, "after_parent_attach", attach)
