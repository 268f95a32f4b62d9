"""`python -m tests.upgrades.keep 0.1.0`: keep the state of this release, so that every later version is tried on it."""

import sys
import tempfile
from pathlib import Path

from tests.anomalies.own import own_installation, run

STATES = Path(__file__).parent / "states"
PROCESS = "tests.upgrades.state_process"

if __name__ == "__main__":
    [name] = sys.argv[1:]
    with tempfile.TemporaryDirectory() as home, own_installation(Path(home)) as environment:
        run(environment, PROCESS, "fill")
        run(environment, PROCESS, "keep", str(STATES / name))
