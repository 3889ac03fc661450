"""What a file of sound is (音频格式与时长): read from its content by tinytag, never from its name."""

from __future__ import annotations

from typing import BinaryIO, NamedTuple

FORMATS = {"audio/wav": "wav", "audio/mpeg": "mp3", "audio/ogg": "ogg", "audio/flac": "flac", "audio/mp4": "m4a"}
"""The kinds of content that are kept, and what each is called."""
SUFFIXES = (".wav", ".mp3", ".ogg", ".oga", ".opus", ".flac", ".m4a")
"""The names a scan looks at."""
SLACK = 1.05
"""A header may promise a twentieth more than there is: the rounding of rates."""
CONSTANT = ("wav", "mp3")
"""Formats whose rate is told apart from the size, so that a file cut short shows."""


class Sound(NamedTuple):
    """The real format and how long it lasts, in milliseconds."""

    format: str
    duration_ms: int


class Unfit(Exception):
    """A file that cannot be kept; ``code`` says why: ``not_sound``, ``cut_short``, ``silent``, ``changing`` …"""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def sound(handle: BinaryIO) -> Sound:
    """Read the head of an open file.

    Raises:
        Unfit: it is no sound of a kind that is kept, tells no length, or is shorter than it says.
    """
    from tinytag import TinyTag, TinyTagException

    handle.seek(0)
    try:
        found = TinyTag.get(file_obj=handle, tags=False)
    except TinyTagException:
        raise Unfit("not_sound") from None
    kind = FORMATS.get((found.mime_type or "").partition(";")[0])
    if kind is None:
        raise Unfit("not_sound")
    if not found.duration or found.duration <= 0:
        raise Unfit("silent")
    promised = (found.bitrate or 0) * 1000 / 8 * found.duration
    if kind in CONSTANT and promised > found.filesize * SLACK:
        raise Unfit("cut_short")
    return Sound(kind, round(found.duration * 1000))
