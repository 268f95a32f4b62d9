"""The programme of faults in its quick tier; `make faults` runs it in full."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TELL_SECONDS = 500


@pytest.mark.slow
def test_every_process_may_be_killed():
    """Each process killed once under load: nothing acknowledged is lost or doubled, no outage is made up or missed."""
    tried = subprocess.run(
        [sys.executable, "-m", "tools.faults", "--kills", "1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=TELL_SECONDS,
    )

    assert 0 == tried.returncode, tried.stdout + tried.stderr
    assert "\n0 wrong\n" in tried.stdout
