"""The supervisor: parts that die start again, the end is clean, and a killed supervisor leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from upheld.interfaces.cli.supervise import tell_end

# Two parts under supervision: one writes its process id into a file, one does so together with a child that it forks.
SUPERVISED = """
import sys
from upheld.interfaces.cli.supervise import Part, Supervisor
SLEEP = "import os, sys, time; {} open(sys.argv[1], 'a').write(str(os.getpid()) + chr(10)); {} time.sleep(600)"
alone = [sys.executable, "-c", SLEEP.format("", "print('part is up', flush=True);"), sys.argv[1]]
family = [sys.executable, "-c", SLEEP.format("child = os.fork();", ""), sys.argv[1] + ".family"]
Supervisor([Part("one", alone), Part("two", family)], {}).run()
"""


def is_alive(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except FileNotFoundError:
        return False


def wait_for(condition, seconds: float = 15.0):
    give_up_at = time.monotonic() + seconds
    while time.monotonic() < give_up_at:
        if condition():
            return True
        time.sleep(0.05)
    return False


def read_ids(path: Path, count: int) -> list[int]:
    wait_for(lambda: path.exists() and len(path.read_text().split()) >= count)
    return [int(word) for word in path.read_text().split()]


@pytest.fixture
def supervised(tmp_path):
    note = tmp_path / "ids"
    process = subprocess.Popen(
        [sys.executable, "-c", SUPERVISED, str(note)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    yield process, note
    process.kill()
    process.communicate()
    for each in [*read_ids(note, 1), *read_ids(tmp_path / "ids.family", 2)]:
        if is_alive(each):
            os.kill(each, signal.SIGKILL)


class TestSupervisor:
    def test_starts_again_what_died(self, supervised):
        """A killed part is there again within seconds, and the output says what happened to it."""
        process, note = supervised
        [first] = read_ids(note, 1)
        os.kill(first, signal.SIGKILL)

        ids = read_ids(note, 2)
        process.terminate()
        printed, _ = process.communicate(timeout=20)

        assert 2 == len(ids)
        assert "one was ended by SIGKILL; it starts again in 0.5 s" in printed
        assert "one     part is up" in printed

    def test_ends_the_children_of_a_part_that_died(self, supervised):
        """A killed web server leaves its workers behind, and they hold its port: they are ended before it starts again."""
        _, note = supervised
        family = read_ids(Path(f"{note}.family"), 2)
        leader = min(family)
        os.kill(leader, signal.SIGKILL)

        assert wait_for(lambda: not any(is_alive(each) for each in family))

    @pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
    def test_ends_everything_cleanly(self, supervised, sent):
        """SIGTERM, and Ctrl-C, end all parts within seconds, and the supervisor with 0."""
        process, note = supervised
        started = [*read_ids(note, 1), *read_ids(Path(f"{note}.family"), 2)]
        began = time.monotonic()
        process.send_signal(sent)

        assert 0 == process.wait(15)
        assert not any(is_alive(each) for each in started)
        assert time.monotonic() - began < 10

    def test_takes_its_parts_with_it_when_it_is_killed(self, supervised):
        """The kernel ends the parts of a supervisor that was killed."""
        process, note = supervised
        [part] = read_ids(note, 1)
        read_ids(Path(f"{note}.family"), 2)
        process.kill()

        assert wait_for(lambda: not is_alive(part))


def test_tells_how_a_process_ended():
    """An exit code as a number, a signal by its name."""
    assert ("ended with 3", "was ended by SIGKILL", "was ended by signal 200") == (tell_end(3), tell_end(-9), tell_end(-200))
