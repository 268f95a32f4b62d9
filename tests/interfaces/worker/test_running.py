"""The worker as a process: it takes what waits, is the only one, ends when told to, and goes on after a kill."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.apps.watched import observe, pack
from upheld.core.timeline import SECOND
from upheld.gateways.clock import now_us
from upheld.gateways.samples import Spool
from upheld.interfaces.worker.responder import Responder, read_port

pytestmark = pytest.mark.slow

PREPARE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.apps.watched import sign, watch
sign()
watch()
"""
PATIENCE = 30


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("UPHELD_")}
    return {**kept, "UPHELD_HOME": str(home), "DJANGO_SETTINGS_MODULE": "upheld.project.settings", "PYTHONPATH": os.getcwd()}


@pytest.fixture
def home(tmp_path):
    subprocess.run([sys.executable, "-c", PREPARE], env=environment(tmp_path), check=True, capture_output=True)
    return tmp_path


@pytest.fixture
def start(home):
    started: list[subprocess.Popen] = []

    def start_worker() -> subprocess.Popen:
        worker = subprocess.Popen(
            [sys.executable, "-m", "upheld.interfaces.worker"], env=environment(home), stderr=subprocess.PIPE, text=True
        )
        started.append(worker)
        return worker

    yield start_worker
    for worker in started:
        if worker.poll() is None:
            worker.kill()
        worker.communicate()


def wait_for(condition):
    give_up_at = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < give_up_at, "it did not come to pass"
        time.sleep(0.05)


def count(home: Path, table: str) -> int:
    with sqlite3.connect(f"file:{home / 'upheld.sqlite3'}?mode=ro", uri=True) as rows:
        return int(rows.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def live(sequence: int, outcome: str = "good"):
    """An observation of just now."""
    now = now_us()
    return observe(sequence, 0, outcome, started_at=now - SECOND.micros, finished_at=now, seen_at=now, vouches_from=now)


class TestWorker:
    def test_takes_batches_tells_the_prober_and_signs(self, home, start):
        """A batch that is laid down is facts a moment later; checks are assigned, the control target answers."""
        spool = Spool(home / "spool")
        worker = start()
        wait_for(lambda: spool.read_assignments())

        spool.seal(pack(live(1, "bad"), boot="b1"))
        wait_for(lambda: count(home, "probes_outage"))
        wait_for(lambda: (home / "status" / "index.html").is_file())
        wait_for(lambda: count(home, "ledger_checkpoint"))

        with urllib.request.urlopen(f"http://127.0.0.1:{read_port(home / 'responder.json')}/", timeout=5) as answer:
            assert b"here\n" == answer.read()
        worker.send_signal(signal.SIGTERM)
        assert (0, []) == (worker.wait(PATIENCE), list(spool.waiting_batches()))

    def test_goes_on_after_a_kill(self, home, start):
        """Killed with batches waiting: the next worker takes each of them once, and no lock is left behind."""
        spool = Spool(home / "spool")
        first = start()
        wait_for(lambda: spool.read_assignments())
        for sequence in range(1, 21):
            spool.seal(pack(live(sequence), sequence=sequence))
            if sequence == 10:
                first.kill()
                first.wait()

        start()
        wait_for(lambda: not list(spool.waiting_batches()))

        assert (20, 20) == (count(home, "probes_batch"), count(home, "probes_observation"))

    def test_is_the_only_one(self, home, start):
        """A second one says who is there, and leaves."""
        start()
        wait_for((home / "worker.lock").is_file)
        wait_for(lambda: (home / "worker.lock").read_text())

        second = start()

        assert 1 == second.wait(PATIENCE)
        assert "a worker runs already (process" in second.stderr.read()


class TestResponder:
    def test_keeps_its_address(self, tmp_path):
        """Checks are asked to go there: after a restart it answers at the same port."""
        ports = []
        for _ in range(2):
            responder = Responder(tmp_path)
            responder.see_to_it()
            ports.append(read_port(tmp_path / "responder.json"))
            with urllib.request.urlopen(f"http://127.0.0.1:{ports[-1]}/", timeout=5) as answer:
                assert 200 == answer.status
            responder.close()

        assert ports[0] == ports[1]

    def test_says_that_a_note_cannot_be_read(self, tmp_path, caplog):
        (tmp_path / "responder.json").write_text('{"responder": 0}')

        with pytest.raises(ValueError, match="remove it"):
            read_port(tmp_path / "responder.json")
