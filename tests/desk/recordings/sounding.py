"""Real sound for the tests: WAV files made as they are needed, and three seconds of each other format."""

from __future__ import annotations

import shutil
import wave
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

SOUNDS = Path(__file__).with_name("sounds")
BEIJING = timezone(timedelta(hours=8))
RATE = 100
"""Samples a second: short files sound as long as real calls."""


def wav(path: Path, seconds: float = 3, *, tone: int = 0) -> Path:
    """A WAV file of that length; another ``tone`` is another content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(RATE)
        file.writeframes(bytes((128 + tone + at % 7) % 256 for at in range(int(seconds * RATE))))
    return path


def three(path: Path) -> Path:
    """Three seconds of the format the name ends in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(SOUNDS / f"three{path.suffix}", path)
    return path


def stamp(at: int) -> str:
    """An instant as exchanges write it in a name, in Beijing."""
    return datetime.fromtimestamp(at, UTC).astimezone(BEIJING).strftime("%Y%m%d-%H%M%S")
