"""Where a desk lives: found, made, read back, and named when it is broken."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from collectdesk.errors import Problem
from collectdesk.store import files, home, keys, schema, sessions
from collectdesk.store.engine import open_engine

AT = 1_795_400_000


@pytest.fixture
def place(tmp_path: Path) -> home.Home:
    made = home.Home(tmp_path / "a" / "desk")
    home.create(made, home.new_settings(language="zh_CN", practice=True))
    return made


@pytest.mark.parametrize(
    ("option", "environ", "expected"),
    [
        ("/o", {"COLLECTDESK_DESK": "/e", "XDG_DATA_HOME": "/x"}, "/o"),
        (None, {"COLLECTDESK_DESK": "/e", "XDG_DATA_HOME": "/x"}, "/e"),
        (None, {"XDG_DATA_HOME": "/x"}, "/x/collectdesk"),
    ],
)
def test_a_desk_is_found(option: str | None, environ: dict[str, str], expected: str) -> None:
    assert home.find(option, environ).root == Path(expected)


def test_settings_come_back(place: home.Home) -> None:
    settings = home.read(place)
    assert (settings.language, settings.practice, settings.database) == ("zh_CN", True, "sqlite")
    assert home.exists(place)


def test_the_directory_is_the_owners_alone(place: home.Home) -> None:
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (place.root, place.slots, place.settings)}
    assert modes == {"desk": 0o700, "slots": 0o700, "desk.json": 0o600}


def test_a_missing_desk_is_named(tmp_path: Path) -> None:
    with pytest.raises(Problem) as refused:
        home.read(home.Home(tmp_path))
    assert refused.value.code == "no_desk"


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"schema": "other"}', '{"schema": "collectdesk.desk/1"}'])
def test_damaged_settings_are_named(place: home.Home, content: str) -> None:
    place.settings.write_text(content)
    with pytest.raises(Problem) as refused:
        home.read(place)
    assert (refused.value.code, refused.value.params) == ("desk_settings", {"file": "desk.json"})


def test_a_servers_address_lies_in_an_owner_only_file(tmp_path: Path) -> None:
    place, key = home.Home(tmp_path / "desk"), keys.new_key()
    home.create(place, home.new_settings(database="postgresql"), server="postgresql://u:secret@h/d", key=key)
    assert home.location(place, None) == ("postgresql://u:secret@h/d", key)
    assert files.is_private(place.server)
    assert "secret" not in place.settings.read_text()
    place.server.write_text(json.dumps({"schema": "collectdesk.server/1", "url": "x", "key": "no"}))
    with pytest.raises(Problem):
        home.server_secret(place)


def test_the_desk_opens_for_whoever_is_signed_in(
    place: home.Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "run").mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    key, desk = keys.new_key(), home.read(place).desk
    store = open_engine(f"sqlite:///{place.database}", key, create=True)
    schema.create(store, AT)
    store.close()
    with pytest.raises(Problem) as refused:
        home.open_signed_in(place, AT)
    assert refused.value.code == "not_signed_in"
    sessions.write(sessions.SignIn(desk, "8001", key, AT, AT + 60))
    opened, signed_in = home.open_signed_in(place, AT)
    assert signed_in.staff == "8001"
    opened.close()


def test_an_interrupted_write_leaves_the_old_file(place: home.Home, monkeypatch: pytest.MonkeyPatch) -> None:
    before = place.settings.read_bytes()

    def stop(_descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        home.write(place, home.new_settings())
    assert place.settings.read_bytes() == before
    assert [path.name for path in place.root.iterdir() if path.name.startswith(".")] == []


def test_a_full_disk_is_named_and_leaves_the_old_file(place: home.Home) -> None:
    """A real refusal of the system: the process may write no file longer than a few bytes."""
    before = place.settings.read_bytes()
    code = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from collectdesk.errors import Problem\n"
        "from collectdesk.store import home\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (8, 8))\n"
        "try: home.write(home.Home(Path(sys.argv[1])), home.new_settings())\n"
        "except Problem as problem: print(problem.code)\n"
    )
    done = subprocess.run([sys.executable, "-B", "-c", code, place.root], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("disk_full\n", "")
    assert place.settings.read_bytes() == before
