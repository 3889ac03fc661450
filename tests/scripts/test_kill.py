"""A call killed at random moments: twenty kills here, ``scripts/kill`` the full number."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

KILL = Path(__file__).parents[2] / "scripts" / "kill"


def test_twenty_kills_lose_nothing() -> None:
    """Whatever was acknowledged stands, the call goes on behind it, the database and the journal are sound."""
    done = subprocess.run([sys.executable, KILL, "20"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "20 kills" in done.stdout
