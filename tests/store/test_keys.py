"""Key slots: who gets in, who does not, and what survives an interruption."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from collectdesk.errors import BadData, Busy, NotFound, NotPermitted, UsageProblem
from collectdesk.store import home as homes
from collectdesk.store import keys, lite, schema, sessions, slots, throttle
from collectdesk.store.engine import open_engine
from tests.conftest import SHIPPED_COST
from tests.store import racers

AT = 1_795_400_000
PHRASE = "正确 horse battery"
KILLS = 6


@pytest.fixture
def key() -> bytes:
    return keys.new_key()


@pytest.fixture
def desk(tmp_path: Path, key: bytes) -> homes.Home:
    home = homes.Home(tmp_path / "desk")
    settings = homes.new_settings()
    homes.create(home, settings)
    keys.add_passphrase(home, settings.desk, "8001", PHRASE, key)
    store = open_engine(f"sqlite:///{home.database}", key, create=True)
    schema.create(store, AT)
    store.close()
    return home


@pytest.fixture(autouse=True)
def _runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "run").mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))


def test_the_passphrase_gives_the_key(desk: homes.Home, key: bytes) -> None:
    assert keys.unlock(desk, "8001", PHRASE, AT).key == key


def test_a_passphrase_is_as_hard_to_guess_as_the_standard_asks_where_memory_is_short() -> None:
    """RFC 9106, 4: the second recommended option of Argon2id."""
    assert SHIPPED_COST == {"name": "argon2id", "time": 3, "memory_kib": 64 * 1024, "lanes": 4}


def test_a_wrong_passphrase_is_refused(desk: homes.Home) -> None:
    with pytest.raises(NotPermitted) as refused:
        keys.unlock(desk, "8001", PHRASE + "x", AT)
    assert refused.value.code == "wrong_passphrase"


def test_a_missing_slot_is_named(desk: homes.Home) -> None:
    with pytest.raises(NotFound) as refused:
        keys.unlock(desk, "8009", PHRASE, AT)
    assert refused.value.code == "slot_missing"


def test_a_short_passphrase_is_refused(desk: homes.Home, key: bytes) -> None:
    with pytest.raises(UsageProblem):
        keys.add_passphrase(desk, "d", "8002", "elevenchars", key)


@pytest.mark.parametrize("owner", ["../8001", "80/01", "", "8001.json", "八千"])
def test_a_staff_number_names_no_other_file(desk: homes.Home, key: bytes, owner: str) -> None:
    with pytest.raises(BadData):
        keys.add_passphrase(desk, "d", owner, PHRASE, key)


def test_guessing_slows_and_locks(desk: homes.Home) -> None:
    """Each miss is at the first instant it is allowed; the count outlives the process, it lies in a file."""
    at, waits = AT, []
    for _ in range(throttle.LOCK_AFTER):
        with pytest.raises(NotPermitted):
            keys.unlock(desk, "8001", "wrong passphrase", at)
        step = throttle.wait(throttle.misses(desk.slots, "8001"))
        waits.append(step)
        if step:
            with pytest.raises(Busy):
                keys.unlock(desk, "8001", PHRASE, at + step - 1)
        at += step
    assert waits == [0, 0, 2, 4, 8, 16, 32, 64, 128, throttle.LOCK_SECONDS]
    assert keys.unlock(desk, "8001", PHRASE, at).owner == "8001"
    assert throttle.misses(desk.slots, "8001") == 0


def test_a_clock_set_forward_and_back_does_not_lock_for_ever(desk: homes.Home) -> None:
    for _ in range(4):
        with pytest.raises((NotPermitted, Busy)):
            keys.unlock(desk, "8001", "wrong passphrase", AT + 10**9)
    assert keys.unlock(desk, "8001", PHRASE, AT)


@pytest.mark.parametrize("field", ["scope", "expires_at", "owner", "kind"])
def test_an_edited_slot_does_not_open(desk: homes.Home, key: bytes, field: str) -> None:
    token = keys.add_token(desk, "d", "bot", key, ["check"], AT + 100)
    path = slots.path_of(desk.slots, "bot")
    content = json.loads(path.read_text())
    changed = {"scope": ["import"], "expires_at": AT + 10**9, "owner": "8001", "kind": "other"}
    path.write_text(json.dumps(content | {field: changed[field]}))
    with pytest.raises(BadData if field == "owner" else NotPermitted):
        keys.unlock(desk, "bot", token, AT)


def test_a_slot_under_anothers_name_signs_nobody_in_as_him(desk: homes.Home, key: bytes) -> None:
    keys.add_passphrase(desk, "d", "8002", PHRASE + "2", key)
    slots.path_of(desk.slots, "8001").write_bytes(slots.path_of(desk.slots, "8002").read_bytes())
    with pytest.raises(BadData) as refused:
        keys.unlock(desk, "8001", PHRASE + "2", AT)
    assert refused.value.code == "slot_damaged"


def test_a_token_is_scoped_and_ends(desk: homes.Home, key: bytes) -> None:
    token = keys.add_token(desk, "d", "bot", key, ["check", "report"], AT + 100)
    assert keys.unlock(desk, "bot", token, AT).scope == ("check", "report")
    with pytest.raises(NotPermitted) as refused:
        keys.unlock(desk, "bot", token, AT + 100)
    assert refused.value.code == "account_expired"


@pytest.mark.parametrize("scope", [[], ["admin"], ["check", "staff"]])
def test_a_token_has_known_scopes_only(desk: homes.Home, key: bytes, scope: list[str]) -> None:
    with pytest.raises(UsageProblem):
        keys.add_token(desk, "d", "bot", key, scope, AT + 100)


def test_the_recovery_code_opens_the_desk_however_it_is_typed(desk: homes.Home, key: bytes) -> None:
    code = keys.new_recovery_code()
    keys.add_recovery(desk, "d", key, code)
    assert keys.unlock(desk, keys.RECOVERY, code.lower().replace("-", " "), AT).key == key


def test_what_is_wrong_is_called_by_its_name(desk: homes.Home, key: bytes) -> None:
    keys.add_recovery(desk, "d", key, keys.new_recovery_code())
    for owner, word in (("8001", "passphrase"), (keys.RECOVERY, "recovery code")):
        with pytest.raises(NotPermitted) as refused:
            keys.unlock(desk, owner, "none of them", AT)
        assert (refused.value.code, word in refused.value.message) == ("wrong_passphrase", True)


def test_the_recovery_code_is_proven_by_two_groups() -> None:
    code = keys.new_recovery_code()
    groups = code.split("-")
    assert keys.recovery_proven(code, (2, 7), (groups[1].lower(), f" {groups[6]} "))
    assert not keys.recovery_proven(code, (2, 7), (groups[1], "AAAA0"))


def test_rekeying_shuts_out_whoever_left(desk: homes.Home, key: bytes) -> None:
    keys.add_passphrase(desk, "d", "8002", PHRASE + "2", key)
    fresh = keys.rekey(desk, key, without="8001")
    assert fresh != key
    assert fresh[lite.KEY_BYTES :] == key[lite.KEY_BYTES :]
    assert keys.unlock(desk, "8002", PHRASE + "2", AT).key == fresh
    with pytest.raises(NotFound):
        keys.unlock(desk, "8001", PHRASE, AT)
    with pytest.raises(BadData) as refused:
        lite.connect(desk.database, key[: lite.KEY_BYTES])
    assert refused.value.code == "database_wrong_key"


@pytest.mark.parametrize("rewritten", [False, True])
def test_an_interrupted_rekey_leaves_every_slot_open(desk: homes.Home, key: bytes, rewritten: bool) -> None:
    fresh = bytes(32) + key[32:]
    keys._reseal(desk, (fresh, key))
    if rewritten:
        lite.rekey(desk.database, key[:32], fresh[:32])
    assert keys.unlock(desk, "8001", PHRASE, AT).key == (fresh if rewritten else key)


def test_a_rekey_killed_half_way_leaves_a_sound_desk(desk: homes.Home, key: bytes) -> None:
    """However often it is killed while pages are rewritten, the slots open one of the two keys and all is there."""
    connection = lite.connect(desk.database, key[:32])
    connection.executemany("INSERT INTO meta VALUES (?, ?)", [(str(n), "x" * 4000) for n in range(4000)])
    connection.close()
    current, journal = key, desk.database.with_name("desk.db-journal")
    for turn in range(KILLS):
        fresh = bytes([turn]) * 32 + key[32:]
        keys._reseal(desk, (fresh, current))
        process = racers.context().Process(target=racers.rekey, args=(str(desk.database), current[:32], fresh[:32]))
        process.start()
        while process.is_alive() and not size_of(journal) > turn * 1_000_000:
            os.sched_yield()
        process.kill()
        process.join()
        before, current = current, keys.unlock(desk, "8001", PHRASE, AT).key
        assert current in (fresh, before)
        opened = lite.connect(desk.database, current[:32])
        assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert opened.execute("SELECT count(*) FROM meta").fetchone() == (4000,)
        opened.close()


def size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return -1


def test_guessing_in_parallel_buys_nothing(desk: homes.Home) -> None:
    chosen = racers.context()
    barrier = chosen.Barrier(6, timeout=240)
    arguments = (str(desk.root), "8001", AT, barrier)
    processes = [chosen.Process(target=racers.guess, args=arguments) for _ in range(6)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert sorted(process.exitcode or 0 for process in processes) == [0] * throttle.FREE_TRIES + [6] * 3


def test_rekeying_waits_for_nobody_and_breaks_nothing(desk: homes.Home, key: bytes) -> None:
    other = lite.connect(desk.database, key[:32])
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy):
        lite.rekey(desk.database, key[:32], bytes(32), busy_ms=50)
    other.execute("ROLLBACK")
    other.close()
    assert keys.unlock(desk, "8001", PHRASE, AT).key == key


def test_strays_are_found(desk: homes.Home) -> None:
    assert keys.strays(desk, ["8001"]) == keys.Strays((), ())
    assert keys.strays(desk, ["8002"]) == keys.Strays(("8001",), ("8002",))


def test_a_damaged_slot_is_named(desk: homes.Home) -> None:
    slots.path_of(desk.slots, "8001").write_bytes(b"{")
    with pytest.raises(BadData) as refused:
        keys.unlock(desk, "8001", PHRASE, AT)
    assert refused.value.code == "slot_damaged"


def test_everything_is_the_owners_alone(desk: homes.Home, key: bytes) -> None:
    sessions.write(sessions.SignIn("d", "8001", key, AT, AT + 100))
    with pytest.raises(NotPermitted):
        keys.unlock(desk, "8001", "wrong passphrase", AT)
    connection = lite.connect(desk.database, key[:32])
    connection.execute("INSERT INTO meta VALUES ('a', 'b')")
    places = [*desk.root.rglob("*"), *sessions.runtime_directory().rglob("*"), desk.root]
    assert len(places) > 6
    open_to_others = [place.name for place in places if stat.S_IMODE(place.stat().st_mode) & 0o077]
    connection.close()
    assert open_to_others == []


def test_a_session_is_read_back_until_it_ends(key: bytes) -> None:
    signed_in = sessions.SignIn("d", "8001", key, AT, AT + 100)
    sessions.write(signed_in)
    assert sessions.current("d", AT + 99) == signed_in
    with pytest.raises(NotPermitted) as refused:
        sessions.current("d", AT + 100)
    assert refused.value.code == "session_expired"
    assert sessions.current("d", AT + 100, finishing=True) == signed_in
    assert sessions.end("d")
    with pytest.raises(NotPermitted):
        sessions.current("d", AT)


def test_a_scripts_session_stands_beside_a_persons(key: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each in a file of its own; a command goes by the account that is named, else by the person, never by a guess."""
    person = sessions.SignIn("d", "8001", key, AT, AT + 100)
    script, other = (sessions.SignIn("d", name, key, AT, AT + 100, ("check",)) for name in ("bot", "../bot 2"))
    for each in (person, script, other):
        sessions.write(each)
    assert sorted(path.name for path in sessions.runtime_directory().iterdir()) == sorted(
        ["d.session", "d.626f74.session", f"d.{b'../bot 2'.hex()}.session"]
    )
    assert sessions.read("d") == person
    assert {each.staff for each in sessions.every("d")} == {"8001", "bot", "../bot 2"}
    for name, found in (("bot", script), ("../bot 2", other), ("8001", person), ("8002", None), ("x" * 9999, None)):
        monkeypatch.setenv(sessions.CHOICE, name)
        assert sessions.read("d") == found
        assert sessions.read("e") is None
    monkeypatch.setenv(sessions.CHOICE, "bot")
    assert sessions.end("d")
    assert not sessions.end("d")
    monkeypatch.delenv(sessions.CHOICE)
    assert sessions.read("d") == person
    sessions.end_of("d", "8001")
    with pytest.raises(NotPermitted) as refused:
        sessions.current("d", AT)
    assert "COLLECTDESK_SESSION" in refused.value.hint
    sessions.end_all("d")
    assert sessions.every("d") == []


def test_a_session_of_another_boot_is_worth_nothing(key: bytes) -> None:
    sessions.write(sessions.SignIn("d", "8001", key, AT, AT + 100))
    path = sessions.runtime_directory() / "d.session"
    path.write_text(path.read_text().replace(sessions.boot(), "00000000"))
    assert sessions.read("d") is None


def test_a_runtime_directory_others_can_enter_is_refused(tmp_path: Path) -> None:
    (tmp_path / "run" / "collectdesk").mkdir(mode=0o755)
    (tmp_path / "run" / "collectdesk").chmod(0o755)
    with pytest.raises(NotPermitted):
        sessions.runtime_directory()


def test_reading_a_session_imports_no_cryptography() -> None:
    code = "import sys; from collectdesk.store import sessions, home; sessions.read('d'); print(*sys.modules)"
    modules = set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.split())
    assert "collectdesk.store.sessions" in modules
    assert not modules & {"cryptography", "argon2", "sqlalchemy", "sqlmodel", "pydantic", "sqlcipher3"}
