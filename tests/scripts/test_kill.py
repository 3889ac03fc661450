"""A call killed at random moments: a dozen kills here, ``scripts/kill`` the full number."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

KILL = Path(__file__).parents[2] / "scripts" / "kill"


def test_a_dozen_kills_lose_nothing() -> None:
    """Whatever was acknowledged stands, the call goes on behind it, the database and the journal are sound."""
    done = subprocess.run([sys.executable, KILL, "12"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "12 kills" in done.stdout
