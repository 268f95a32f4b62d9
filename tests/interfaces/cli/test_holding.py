"""Who holds a home, and what a killed supervisor left running."""

import os
import signal
import subprocess
import sys

import pytest

from upheld.interfaces.cli.holding import MARK, HomeInUse, end_leftovers, find_marked, hold_home

HOLDER = """
import sys, time
from pathlib import Path
from upheld.interfaces.cli.holding import hold_home
held = hold_home(Path(sys.argv[1]), "first")
print("up", flush=True)
time.sleep(600)
"""
SLEEPER = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(600)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(600)",
]


def start_marked(command, home):
    process = subprocess.Popen(command, env={**os.environ, MARK: str(home)}, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert "up\n" == process.stdout.readline()
    return process


class TestHoldHome:
    def test_refuses_a_second_holder_and_names_the_first(self, tmp_path):
        """The second one learns who is there and where, and what to do."""
        words = "process 42 runs there, at http://127.0.0.1:8000"
        with hold_home(tmp_path, words), pytest.raises(HomeInUse) as refused:
            hold_home(tmp_path, "another")

        assert (
            f"{tmp_path} is in use: process 42 runs there, at http://127.0.0.1:8000. End that first, or take another "
            "home with --home"
        ) == str(refused.value)

    def test_takes_over_from_a_holder_that_was_killed(self, tmp_path):
        """The kernel lets go: nothing has to be removed by hand."""
        holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        assert holder.stdout
        assert "up\n" == holder.stdout.readline()
        holder.kill()
        holder.wait()

        with hold_home(tmp_path, "second"):
            words = (tmp_path / "running.lock").read_text()

        assert "second" == words


class TestEndLeftovers:
    def test_ends_what_carries_the_mark_of_this_home_alone(self, tmp_path):
        """A process of another home, and one without a mark, go on."""
        ours = start_marked(SLEEPER, tmp_path / "ours")
        theirs = start_marked(SLEEPER, tmp_path / "theirs")
        try:
            ended = end_leftovers(tmp_path / "ours")

            assert [ours.pid] == ended
            assert -signal.SIGTERM == ours.wait(5)
            assert theirs.poll() is None
        finally:
            for process in (ours, theirs):
                process.kill()
                process.wait()

    def test_kills_what_does_not_listen(self, tmp_path, monkeypatch):
        """SIGTERM first; what ignores it is killed."""
        monkeypatch.setattr("upheld.interfaces.cli.holding.ENDING_SECONDS", 0.3)
        stubborn = start_marked(STUBBORN, tmp_path)
        try:
            end_leftovers(tmp_path)

            assert -signal.SIGKILL == stubborn.wait(5)
            assert [] == find_marked(tmp_path)
        finally:
            stubborn.kill()
            stubborn.wait()
