"""The pictures in the READMEs are what the program draws."""

from __future__ import annotations

import verdict_picture


def test_the_pictures_are_current() -> None:
    assert verdict_picture.main(["--check"]) == 0
