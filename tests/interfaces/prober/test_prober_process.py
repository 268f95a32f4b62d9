"""A real prober process against real servers: what it calls bad was bad, and what it could not see it does not judge."""

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest

from upheld.gateways.samples import Assignment, Observation, Outcome, Spool, measure_spans

ROOT = Path(__file__).parents[3]
LOOPBACK = ("127.0.0.0/8",)
GOOD, BAD, UNSEEN = Outcome.GOOD, Outcome.BAD, Outcome.UNSEEN
SECOND = 1_000_000


class Target:
    """An HTTP server in a thread that answers after `slowness` seconds; it can be killed and raised on its port."""

    def __init__(self, slowness: float = 0) -> None:
        self.slowness = slowness
        self._listener = self._listen(0)
        self.port = self._listener.getsockname()[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def as_control(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    def kill(self) -> int:
        """Stop listening; returns the wall instant after which nobody was answered."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        return time.time_ns() // 1000

    def raise_again(self) -> int:
        """Listen again; returns the wall instant from which everybody is answered."""
        self._listener = self._listen(self.port)
        return time.time_ns() // 1000

    def _listen(self, port: int) -> socket.socket:
        listener = socket.create_server(("127.0.0.1", port), backlog=128)
        threading.Thread(target=self._serve, args=(listener,), daemon=True).start()
        return listener

    def _serve(self, listener: socket.socket) -> None:
        while True:
            try:
                accepted, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(accepted,), daemon=True).start()

    def _answer(self, accepted: socket.socket) -> None:
        with accepted:
            try:
                if accepted.recv(4096):
                    time.sleep(self.slowness)
                    accepted.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            except OSError:
                return


class Running:
    """A prober process on its own spool."""

    def __init__(self, folder: Path, log: Path) -> None:
        self.spool = Spool(folder)
        self.spool.prepare()
        self.log = log
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "upheld.interfaces.prober", "--spool", str(self.spool.path), "--name", "local"]
        with self.log.open("a") as log:
            self.process = subprocess.Popen([*command, "--seal-seconds", "1"], cwd=ROOT, stderr=log)
        self.wait_for(lambda: self.process.poll() is None and self.spool.read_heartbeat() is not None)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(10)

    def see(self, check: str = "web") -> list[Observation]:
        return [seen for batch in self.spool.waiting_batches() for seen in batch.observations if seen.check_id == check]

    def see_outcomes(self, check: str = "web") -> set[Outcome]:
        return {seen.outcome for seen in self.see(check)}

    def wait_for(self, claim, seconds: float = 20) -> None:
        """Wait until a claim holds; fail after some seconds with what the prober logged."""
        end = time.monotonic() + seconds
        while not claim():
            assert time.monotonic() < end, self.log.read_text()
            time.sleep(0.02)


@pytest.fixture
def prober(tmp_path):
    running = Running(tmp_path / "spool", tmp_path / "log.txt")
    yield running
    if running.process.poll() is None:
        running.process.send_signal(signal.SIGCONT)
        running.process.kill()
        running.process.wait()


@pytest.fixture
def target():
    return Target()


@pytest.fixture
def control():
    return Target()


def watch(target: Target, *controls: Target, interval: int = 1, deadline: int = 1) -> Assignment:
    asked = tuple(control.as_control for control in controls)
    return Assignment("web", "http", target.url, interval, deadline, body="ok", allow=LOOPBACK, controls=asked)


class TestAHealthyTarget:
    def test_is_good_in_every_slot(self, prober, target, control):
        """Observation after observation vouches for the time since the one before."""
        prober.spool.write_assignments([watch(target, control)])
        prober.wait_for(lambda: len(prober.see()) >= 4)
        seen = prober.see()

        assert {GOOD} == {each.outcome for each in seen}
        assert [first.seen_at for first in seen[:-1]] == [second.vouches_from for second in seen[1:]]
        assert len(seen) - 1 == len(list(measure_spans(seen)))

    @pytest.mark.slow
    def test_is_never_bad_however_the_prober_is_stopped(self, prober, control):
        """SIGSTOP at random moments, most of them with a probe under way: no bad observation, and the stops are gaps."""
        target = Target(slowness=0.4)
        prober.spool.write_assignments([watch(target, control)])
        prober.wait_for(lambda: len(prober.see()) >= 2)
        chance = random.Random(20260222)
        stops = []
        for _ in range(6):
            time.sleep(1 + chance.random() * 1.2)
            prober.process.send_signal(signal.SIGSTOP)
            began = time.time_ns() // 1000
            time.sleep(2.5 + chance.random())
            stops.append((began, time.time_ns() // 1000))
            prober.process.send_signal(signal.SIGCONT)
        time.sleep(2.5)
        prober.stop()
        seen = prober.see()
        measured = list(measure_spans(seen))

        assert BAD not in {each.outcome for each in seen}
        assert GOOD is seen[-1].outcome
        for began, ended in stops:
            middle = (began + ended) // 2
            assert not [span for span in measured if span.start_at <= middle < span.end_at]

    def test_watched_without_a_control_says_so_in_the_log(self, prober, target):
        """The missing setting is named before the first failure."""
        prober.spool.write_assignments([watch(target)])
        prober.wait_for(lambda: "no control target is set" in prober.log.read_text())


class TestADeadTarget:
    def test_is_bad_within_interval_and_deadline_and_good_again_after(self, prober, target, control):
        """Killed and raised: one outage, its edges within interval and deadline of the truth, no second before it."""
        prober.spool.write_assignments([watch(target, control, interval=2)])
        prober.wait_for(lambda: GOOD in prober.see_outcomes())
        killed_at = target.kill()
        prober.wait_for(lambda: BAD in prober.see_outcomes())
        told_after = time.time_ns() // 1000 - killed_at
        time.sleep(2)
        raised_at = target.raise_again()
        prober.wait_for(lambda: prober.see()[-1].outcome is GOOD)
        bad = [span for span in measure_spans(prober.see()) if span.outcome is BAD]

        assert told_after < 3 * SECOND + 500_000
        assert 0 <= bad[0].start_at - killed_at <= 3 * SECOND
        assert 0 <= bad[-1].end_at - raised_at <= 3 * SECOND
        assert all(first.end_at == second.start_at for first, second in pairwise(bad))

    def test_is_unseen_when_the_control_is_dead_too(self, prober, target, control):
        """Target and control die together: that looks like our own uplink, and is not called bad."""
        prober.spool.write_assignments([watch(target, control)])
        prober.wait_for(lambda: GOOD in prober.see_outcomes())
        control.kill()
        target.kill()
        prober.wait_for(lambda: sum(seen.outcome is UNSEEN for seen in prober.see()) >= 3)

        assert {GOOD, UNSEEN} == prober.see_outcomes()
        assert "no control target answered either" in prober.see()[-1].reason

    def test_carries_its_evidence(self, prober, target, control):
        """A bad observation holds both failed attempts and the control's answers around the second."""
        prober.spool.write_assignments([watch(target, control)])
        target.kill()
        prober.wait_for(lambda: BAD in prober.see_outcomes())
        bad = next(seen for seen in prober.see() if seen.outcome is BAD)
        (first, second), (before, after) = bad.attempts, bad.controls

        assert ["failed", "failed", "good", "good"] == [each.verdict for each in (first, second, before, after)]
        assert first.finished_at <= before.started_at <= second.started_at <= second.finished_at <= after.started_at
        assert bad.seen_at == first.finished_at


class TestTheProcess:
    def test_seals_what_it_has_and_ends_cleanly(self, prober, target, control):
        """SIGTERM: exit code 0, the last observations are on the spool, and the log says that it stopped."""
        prober.spool.write_assignments([watch(target, control)])
        prober.wait_for(lambda: prober.see())
        code = prober.stop()

        assert 0 == code
        assert "prober local stopped" in prober.log.read_text()
        assert [] == list((prober.spool.path / "batches").glob(".*"))

    def test_is_another_boot_after_a_restart(self, prober, target, control):
        """Killed and started: a new boot id, numbers from 1, and the time in between is vouched for by nobody."""
        prober.spool.write_assignments([watch(target, control)])
        prober.wait_for(lambda: len(prober.see()) >= 2)
        prober.process.kill()
        prober.process.wait()
        known = {batch.boot for batch in prober.spool.waiting_batches()}
        prober.start()
        prober.wait_for(lambda: len({batch.boot for batch in prober.spool.waiting_batches()}) == 2)
        fresh = next(batch for batch in prober.spool.waiting_batches() if batch.boot not in known)

        assert (1, 1) == (fresh.sequence, fresh.observations[0].sequence)
        assert fresh.observations[0].vouches_from == fresh.observations[0].seen_at
        assert max(known) < fresh.boot

    def test_takes_up_and_drops_checks_while_it_runs(self, prober, target, control):
        """The hub changes the assignments: new checks are probed, dropped ones fall silent, unchanged ones keep counting."""
        other = Assignment("db", "tcp", control.as_control, 1, 1, allow=LOOPBACK, controls=(control.as_control,))
        prober.spool.write_assignments([watch(target, control)])
        prober.wait_for(lambda: len(prober.see()) >= 2)
        prober.spool.write_assignments([watch(target, control), other])
        prober.wait_for(lambda: len(prober.see("db")) >= 2)
        prober.spool.write_assignments([other])
        prober.wait_for(lambda: "web: no longer watched" in prober.log.read_text())
        time.sleep(1.2)
        count = len(prober.see())
        time.sleep(2.2)
        numbers = [seen.sequence for seen in prober.see()]

        assert count == len(numbers)
        assert list(range(1, len(numbers) + 1)) == numbers

    def test_goes_on_with_what_it_knows_when_assignments_are_damaged(self, prober, target, control):
        """A file that cannot be read changes nothing but the log."""
        prober.spool.write_assignments([watch(target, control)])
        prober.wait_for(lambda: prober.see())
        (prober.spool.path / "assignments.json").write_bytes(b"{")
        prober.wait_for(lambda: "cannot be used; going on with 1 checks" in prober.log.read_text())
        count = len(prober.see())
        prober.wait_for(lambda: len(prober.see()) >= count + 2)

        assert {GOOD} == prober.see_outcomes()

    def test_records_a_check_that_cannot_be_probed(self, prober):
        """A URL that leads nowhere is no silence: each slot says why nothing was seen."""
        prober.spool.write_assignments([Assignment("web", "http", "http://user@example.org/", 1, 1)])
        prober.wait_for(lambda: len(prober.see()) >= 2)

        assert {UNSEEN} == prober.see_outcomes()
        assert "this check cannot be probed: expected a URL without a user" in prober.see()[0].reason

    def test_records_a_closed_address_without_a_packet(self, prober, target, control):
        """An address that is not allowed is refused in every slot, and the server never hears of it."""
        refused = Assignment("web", "http", target.url, 1, 1, controls=(control.as_control,))
        prober.spool.write_assignments([refused])
        prober.wait_for(lambda: len(prober.see()) >= 2)

        assert {UNSEEN} == prober.see_outcomes()
        assert "refused: 127.0.0.1 is loopback" in prober.see()[0].reason

    def test_refuses_a_second_prober_on_its_spool(self, prober):
        """Two on one folder would overwrite each other: the second says so and goes."""
        command = [sys.executable, "-m", "upheld.interfaces.prober", "--spool", str(prober.spool.path), "--name", "two"]
        second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=20)

        assert 1 == second.returncode
        assert "expected to be the only prober" in second.stderr

    def test_beats_each_second(self, prober):
        """The hub sees that the prober lives: the heartbeat is never much older than a second."""
        first = prober.spool.read_heartbeat()
        prober.wait_for(lambda: prober.spool.read_heartbeat() != first, seconds=3)
        second = prober.spool.read_heartbeat()

        assert (first.boot, "local") == (second.boot, second.prober)
        assert 900_000 < second.at - first.at < 3 * SECOND

    def test_needs_no_django_and_no_core(self):
        """The prober's process is small: neither Django nor the judges are loaded."""
        code = (
            "import sys, upheld.interfaces.prober.__main__\n"
            "print(sorted(name for name in sys.modules if name.split('.')[0] == 'django' or name.startswith('upheld.core')))"
        )
        loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=20)

        assert ("[]\n", "") == (loaded.stdout, loaded.stderr)

    @pytest.mark.root
    def test_loses_nothing_on_a_full_disk(self, tmp_path, target, control):
        """A real disk without space (a small tmpfs): batches wait in memory and arrive when there is room."""
        folder = tmp_path / "small"
        folder.mkdir()
        mounting = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=256k", "none", str(folder)], capture_output=True, text=True
        )
        if mounting.returncode:
            pytest.skip(f"no tmpfs may be mounted here: {mounting.stderr.strip()}")
        try:
            running = Running(folder / "spool", tmp_path / "log.txt")
            try:
                running.spool.write_assignments([watch(target, control)])
                running.wait_for(lambda: running.see())
                ballast = folder / "ballast"
                with ballast.open("wb", buffering=0) as file:
                    try:
                        while True:
                            file.write(bytes(1024))
                    except OSError:
                        pass
                running.wait_for(lambda: "keeping batches in memory" in running.log.read_text())
                time.sleep(2.5)
                ballast.unlink()
                count = len(running.see())
                running.wait_for(lambda: len(running.see()) >= count + 3)
                assert 0 == running.stop()
                numbers = [seen.sequence for seen in running.see()]
            finally:
                if running.process.poll() is None:
                    running.process.kill()
                    running.process.wait()
            assert list(range(1, len(numbers) + 1)) == numbers
        finally:
            subprocess.run(["umount", "-l", str(folder)], check=True)


def test_ends_on_sigint_too(prober):
    """Ctrl-C is as clean as SIGTERM."""
    os.kill(prober.process.pid, signal.SIGINT)

    assert 0 == prober.process.wait(10)
