"""Coming forward, refusing to go back, and an interruption in between."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, text

from collectdesk.errors import Problem
from collectdesk.store import migrations, version
from collectdesk.store.engine import Store
from collectdesk.store.migrations import STEPS, Step

AT = 1_795_400_000


def second(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE note ADD COLUMN colour TEXT"))


def interrupted(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE note ADD COLUMN half TEXT"))
    raise KeyboardInterrupt


def columns(store: Store) -> set[str]:
    with store.reader.connect() as connection:
        return set(connection.execute(text("SELECT * FROM note")).keys())


def upgrade(store: Store, *steps: Callable[[Connection], None]) -> list[str]:
    """Run the given steps after those there are; returns what the backup was told."""
    told: list[str] = []
    extra = [Step(number, f"step {number}", apply) for number, apply in enumerate(steps, len(STEPS) + 1)]
    migrations.upgrade(store, AT, before=lambda: told.append("backup"), steps=[*STEPS, *extra])
    return told


def test_a_fresh_desk_is_the_newest(store: Store) -> None:
    migrations.require_newest(store)
    assert migrations.applied(store) == version.SCHEMA_VERSION == STEPS[-1].number
    assert upgrade(store) == []


def test_an_upgrade_backs_up_first_and_once(store: Store) -> None:
    assert upgrade(store, second) == ["backup"]
    assert "colour" in columns(store)
    assert upgrade(store, second) == []


def test_an_older_program_is_refused(store: Store) -> None:
    upgrade(store, second)
    with pytest.raises(Problem) as refused:
        migrations.require_newest(store)
    assert (refused.value.code, refused.value.params["found"]) == ("schema_newer", len(STEPS) + 1)


def test_an_interrupted_migration_leaves_the_one_before(store: Store) -> None:
    with pytest.raises(KeyboardInterrupt):
        upgrade(store, second, interrupted)
    assert migrations.applied(store) == len(STEPS) + 1
    assert "colour" in columns(store)
    assert "half" not in columns(store)


def test_without_a_backup_nothing_moves(store: Store) -> None:
    def fails() -> None:
        raise OSError

    with pytest.raises(OSError):
        migrations.upgrade(store, AT, before=fails, steps=[*STEPS, Step(len(STEPS) + 1, "next", second)])
    assert migrations.applied(store) == len(STEPS)


@pytest.mark.parametrize(("found", "code"), [(0, "database_empty"), (99, "schema_newer"), (-1, "schema_older")])
def test_every_other_schema_is_refused_in_its_own_words(found: int, code: str) -> None:
    with pytest.raises(Problem) as refused:
        version.require(found)
    assert refused.value.code == code
