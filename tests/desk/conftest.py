"""A real desk for each test of the desk's modules, its clock held at a Monday morning in Beijing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from collectdesk.desk.office import Office
from tests import newdesk
from tests.newdesk import Template


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """The desk every copy is made of."""
    return newdesk.make(tmp_path_factory.mktemp("template") / "desk")


@pytest.fixture
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A runtime directory of the test's own, where nobody is signed in."""
    place = tmp_path / "runtime"
    place.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(place))
    return place


@pytest.fixture
def desk(template: Template, tmp_path: Path, runtime: Path) -> Path:
    """A desk's directory with its first administrator signed in."""
    assert runtime.is_dir()
    return newdesk.copy(template, tmp_path / "desk")


@pytest.fixture
def office(desk: Path) -> Iterator[Office]:
    """The desk, open an hour after it was opened."""
    opened = newdesk.office(desk)
    yield opened
    opened.close()
