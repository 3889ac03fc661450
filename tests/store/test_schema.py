"""The tables stand on both engines and hold their own rules."""

from __future__ import annotations

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from collectdesk.store import schema
from collectdesk.store.engine import Store
from collectdesk.store.tables import Number, Person


def test_every_table_is_there(store: Store) -> None:
    with store.reader.connect() as connection:
        assert schema.table_names(connection) == set(SQLModel.metadata.tables)


def test_an_unknown_code_is_refused_by_the_database(store: Store) -> None:
    with store.writer.begin() as connection:
        connection.execute(insert(Person), {"name": "王"})
    with pytest.raises(IntegrityError), store.writer.begin() as connection:
        connection.execute(insert(Number), {"person": 1, "number": "13800000000", "class": "satellite"})
