"""The catalogue's keeper and the build hook, on a copy of the checkout."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLACE = Path("collectdesk/lang/zh_CN/LC_MESSAGES")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What a clone holds: nothing compiled."""
    for folder in ("collectdesk", "scripts", "data"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
    for file in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / file, tmp_path / file)
    return tmp_path


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A checkout with a few modules: enough sentences for the catalogue, and soon gathered."""
    for folder in ("collectdesk/lang", "scripts"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
    (tmp_path / "collectdesk" / "show").mkdir()
    for file in ("__init__.py", "errors.py", "show/__init__.py", "show/notices.py"):
        shutil.copy(ROOT / "collectdesk" / file, tmp_path / "collectdesk" / file)
    return tmp_path


def lang(checkout: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run scripts/lang there."""
    return subprocess.run(
        [sys.executable, checkout / "scripts" / "lang", *words], capture_output=True, encoding="utf-8", check=False
    )


def test_a_new_sentence_is_found_translated_and_compiled(small: Path) -> None:
    new = small / "collectdesk" / "show" / "new.py"
    new.write_text('from collectdesk.lang import _\n\nprint(_("A sentence {n} nobody has seen."))\n')
    assert "out of date" in lang(small, "check").stderr
    assert "A sentence {n} nobody has seen." in lang(small, "update").stderr
    done = lang(small, "check")
    assert (done.returncode, "no translation: A sentence {n} nobody has seen." in done.stderr) == (1, True)
    words = small / "words.json"
    words.write_text(json.dumps({"A sentence {n} nobody has seen.": "没人见过的第 {n} 句。"}))
    assert lang(small, "merge", str(words)).returncode == 0
    assert "A sentence {n} nobody has seen." not in lang(small, "check").stderr
    text = (small / PLACE / "collectdesk.po").read_text(encoding="utf-8")
    assert 'msgstr "没人见过的第 {n} 句。"' in text
    code = "from collectdesk import lang; lang.use('zh_CN'); print(lang._('A sentence {n} nobody has seen.'))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", cwd=small, check=True)
    assert done.stdout == "没人见过的第 {n} 句。\n"


def test_a_sentence_that_is_gone_is_dropped_and_updating_twice_changes_nothing(small: Path) -> None:
    new = small / "collectdesk" / "show" / "new.py"
    new.write_text('from collectdesk.errors import N_\n\nX = N_("Soon gone.")\n')
    catalogue = small / PLACE / "collectdesk.po"
    lang(small, "update")
    assert '"Soon gone."' in catalogue.read_text(encoding="utf-8")
    new.unlink()
    lang(small, "update")
    once = catalogue.read_bytes()
    assert b'"Soon gone."' not in once
    lang(small, "update")
    assert catalogue.read_bytes() == once


def test_anything_else_says_how_it_is_used(checkout: Path) -> None:
    done = lang(checkout, "translate")
    assert (done.returncode, done.stdout) == (2, "")
    assert "scripts/lang update" in done.stderr


def test_a_checkout_that_was_never_built_says_so(checkout: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "collectdesk", "--lang", "zh_CN", "--help"],
        capture_output=True, encoding="utf-8", cwd=checkout, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "collectdesk: no compiled catalogue for zh_CN: run scripts/lang compile\n"


def test_a_wheel_carries_the_compiled_catalogue(checkout: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel"], cwd=checkout, check=True, capture_output=True
    )
    (wheel,) = (checkout / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert str(PLACE / "collectdesk.mo") in archive.namelist()
