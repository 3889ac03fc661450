"""A case file imported into an encrypted desk, against reading it and writing the same rows with bare executemany."""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count
from pathlib import Path

from sqlalchemy import insert

from benchmarks.machine import ROOT
from benchmarks.measuring import Contender, Setting
from collectdesk.desk.importing.casefile import read_file
from collectdesk.desk.importing.identity import check_character
from collectdesk.desk.importing.inserting import ORDER
from collectdesk.desk.importing.load import Order, load
from collectdesk.store import schema
from collectdesk.store.engine import Store, open_engine

TITLE = "importing a case file: reading it and executemany of the same rows, against import"
ROUNDS = 3
LIMIT = 4

KEY = bytes(range(64))
AT = 1_795_397_460  # the practice desk's morning
TODAY = date(2026, 11, 23)
TABLES = ("import_batch", *ORDER)


def contenders(setting: Setting) -> Sequence[Contender]:
    """The yardstick first: the rows it writes are those of one import made beforehand."""
    file = setting.scratch / "cases.csv"
    write_cases(file, setting.cases)
    desks = (setting.scratch / f"desk-{number}.db" for number in count())
    rows = {name: list(kept) for name, kept in imported_rows(next(desks), file)}
    return [
        Contender("read + executemany", lambda: bare(next(desks), file, rows)),
        Contender("import", lambda: whole(next(desks), file), limit=LIMIT),
    ]


def write_cases(path: Path, lines: int) -> None:
    """The practice desk's cases over and over, each time other people."""
    with (ROOT / "data" / "demo" / "cases.csv").open(encoding="utf-8", newline="") as demo:
        models = [row for row in csv.DictReader(demo) if row["证件类型"] == "居民身份证"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, models[0])
        writer.writeheader()
        writer.writerows(another(models[number % len(models)], number) for number in range(lines))


def another(model: dict[str, str], number: int) -> dict[str, str]:
    """Another debtor in the same situation."""
    born = f"{1960 + number // 10_000 % 40}{1 + number % 12:02d}{1 + number % 28:02d}"
    seventeen = f"99{number % 10_000:04d}{born}{number % 1000:03d}"
    own = {"案件编号": f"N-{number}", "合同号": f"C{number:09d}", "姓名": f"某{number}", "催收员工号": ""}
    own |= {"证件号码": seventeen + check_character(seventeen), "手机号": f"160{number:08d}"}
    own["联系人1电话"] = f"161{number:08d}" if model["联系人1电话"] else ""
    return model | own


def desk(path: Path) -> Store:
    """An empty encrypted desk with somebody who imports."""
    store = open_engine(f"sqlite:///{path}", KEY, create=True)
    schema.create(store, AT)
    tables = schema.METADATA.tables
    with store.writer.begin() as connection:
        staff = {"number": "2001", "name": "某", "role": "lead", "status": "active", "joined_at": AT}
        connection.execute(insert(tables["staff"]), staff)
    return store


def whole(path: Path, file: Path) -> float:
    """Read and load; the seconds of both."""
    store = desk(path)
    began = time.perf_counter()
    order = Order(at=AT, today=TODAY, staff=1, number="2001", role="lead")
    outcome = load(store, read_file(file, today=TODAY), order)
    seconds = time.perf_counter() - began
    assert outcome.written
    close(store, path)
    return seconds


def bare(path: Path, file: Path, rows: dict[str, list[tuple[object, ...]]]) -> float:
    """Read, then write the rows as fast as the driver can; the seconds of both."""
    store = desk(path)
    began = time.perf_counter()
    read_file(file, today=TODAY)
    with store.writer.begin() as connection:
        driver = connection.connection.dbapi_connection
        assert driver is not None
        cursor = driver.cursor()
        for name, kept in rows.items():
            marks = ",".join("?" * len(kept[0]))
            cursor.executemany(f'INSERT INTO "{name}" VALUES ({marks})', kept)  # noqa: S608 - names of the schema
    seconds = time.perf_counter() - began
    close(store, path)
    return seconds


def imported_rows(path: Path, file: Path) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    """What one import writes, table by table."""
    store = desk(path)
    load(store, read_file(file, today=TODAY), Order(at=AT, today=TODAY, staff=1, number="2001", role="lead"))
    with store.reader.connect() as connection:
        for name in TABLES:
            kept = [tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')]  # noqa: S608
            if kept:
                yield name, kept
    close(store, path)


def close(store: Store, path: Path) -> None:
    """Give the disk back."""
    store.close()
    for left in path.parent.glob(f"{path.name}*"):
        left.unlink()
