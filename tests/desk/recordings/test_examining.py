"""What is read of a file: its digest, size, real format and length; and what is refused (article 14.1)."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from collectdesk.desk.recordings import folder
from collectdesk.desk.recordings.audio import SUFFIXES, Unfit
from collectdesk.desk.recordings.examining import CHUNK, examine, inside
from collectdesk.errors import NotFound
from tests.desk.recordings.sounding import SOUNDS, three, wav


@pytest.mark.parametrize(
    ("name", "kind", "milliseconds"),
    [
        ("three.mp3", "mp3", 3168),
        ("three.ogg", "ogg", 3000),
        ("three.opus", "ogg", 3000),
        ("three.flac", "flac", 3000),
        ("three.m4a", "m4a", 3000),
    ],
)
def test_the_real_format_and_length_are_read(name: str, kind: str, milliseconds: int) -> None:
    """Article 14.1: by a library, of the content, whatever the name."""
    found = examine(SOUNDS / name)
    assert found.sound == (kind, milliseconds)
    assert found.digest == hashlib.sha256((SOUNDS / name).read_bytes()).hexdigest()


def test_a_name_does_not_make_a_format(tmp_path: Path) -> None:
    path = tmp_path / "call.mp3"
    wav(tmp_path / "call.wav", 7).rename(path)
    assert examine(path).sound == ("wav", 7000)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"this is a text", "not_sound"),
        (b"", "not_sound"),
        (b"RIFF\x00\x00\x00\x00WAVE", "silent"),
        (b"\xff\xfb" + bytes(range(256)) * 8, "silent"),
        (b"%PDF-1.7", "not_sound"),
    ],
    ids=["text", "empty", "head alone", "noise", "a document"],
)
def test_what_lies_is_refused(content: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "call.wav"
    path.write_bytes(content)
    with pytest.raises(Unfit) as unfit:
        examine(path)
    assert unfit.value.code == code


@pytest.mark.parametrize("name", ["call.wav", "call.mp3"])
def test_a_file_cut_short_is_refused(name: str, tmp_path: Path) -> None:
    path = wav(tmp_path / name, 60) if name.endswith("wav") else three(tmp_path / name)
    os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(Unfit) as unfit:
        examine(path)
    assert unfit.value.code == "cut_short"


def test_a_file_that_is_still_written_is_left_for_later(tmp_path: Path) -> None:
    """Somebody writes to it while it is read, as an exchange does during a call."""
    path = wav(tmp_path / "call.wav")
    with path.open("ab") as more:
        more.write(bytes(4 * CHUNK))

        def write_on(_bytes: int) -> None:
            more.write(b"\x00")
            more.flush()

        with pytest.raises(Unfit) as unfit:
            examine(path, write_on)
    assert unfit.value.code == "changing"


def test_a_file_put_in_its_place_meanwhile_shows(tmp_path: Path) -> None:
    path, other = wav(tmp_path / "call.wav"), wav(tmp_path / "other.wav", tone=1)

    def swap(_bytes: int) -> None:
        other.replace(path)

    with pytest.raises(Unfit) as unfit:
        examine(path, swap)
    assert unfit.value.code == "changing"


def test_nothing_outside_the_folder_is_read(tmp_path: Path) -> None:
    root = tmp_path / "kept"
    wav(root / "2026" / "call.wav")
    secret = wav(tmp_path / "secret.wav")
    (root / "link.wav").symlink_to(secret)
    (root / "away").symlink_to(tmp_path, target_is_directory=True)
    assert inside(root, "2026/call.wav") == root / "2026" / "call.wav"
    for file, code in [
        ("link.wav", "outside"), ("away/secret.wav", "outside"), ("../secret.wav", "outside"), ("2026", "outside"),
        ("2026/gone.wav", "vanished"), (str(secret), "outside"),
    ]:  # fmt: skip
        with pytest.raises(Unfit) as unfit:
            inside(root, file)
        assert (file, unfit.value.code) == (file, code)
    with pytest.raises(Unfit):
        examine(root / "link.wav")


def test_a_folder_is_walked_in_order_and_links_are_told_of(tmp_path: Path) -> None:
    wav(tmp_path / "b.wav")
    three(tmp_path / "a" / "z.mp3")
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / ".part.wav").write_bytes(b"")
    (tmp_path / "link.wav").symlink_to(tmp_path / "b.wav")
    (tmp_path / os.fsdecode(b"\xff.wav")).write_bytes(b"")
    found = [(each.file.encode("utf-8", "replace"), each.fault) for each in folder.listed(tmp_path)]
    assert found == [(b"a/z.mp3", None), (b"b.wav", None), (b"link.wav", "link"), (b"?.wav", "name")]
    assert {path.suffix for path in SOUNDS.iterdir()} <= set(SUFFIXES)


def test_a_folder_that_goes_while_it_is_walked_ends_the_walk(tmp_path: Path) -> None:
    """What was seen so far was given out before."""
    root = tmp_path / "kept"
    for name in ("a/1.wav", "b/2.wav"):
        wav(root / name)
    walk = folder.listed(root)
    assert next(walk).file == "a/1.wav"
    root.rename(tmp_path / "gone")
    with pytest.raises(NotFound) as refused:
        list(walk)
    assert refused.value.code == "recording_folder"
    assert str(tmp_path) not in str(refused.value.params)
