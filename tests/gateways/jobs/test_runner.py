"""The embedded runner: jobs come when due, one that fails keeps nobody from theirs."""

import threading

import pytest

from upheld.core.timeline import MINUTE, SECOND, Instant
from upheld.gateways.clock import SettableClock, SystemClock
from upheld.gateways.jobs import EmbeddedRunner, Job

START_US = 1_771_070_400_000_000


@pytest.fixture
def clock():
    return SettableClock(now_us=START_US)


def test_runs_each_job_at_its_own_interval(clock):
    """Told the wall's time; between two jobs the runner says how long it may sleep."""
    ran: list[tuple[str, Instant]] = []
    runner = EmbeddedRunner(
        [
            Job("often", SECOND * 10, lambda at: ran.append(("often", at))),
            Job("seldom", MINUTE, lambda at: ran.append(("seldom", at))),
        ],
        clock,
    )

    pauses = [runner.run_due()]
    clock.advance(pauses[0].micros)
    pauses.append(runner.run_due())

    assert [SECOND * 10, SECOND * 10] == pauses
    first, second = Instant(START_US), Instant(START_US) + SECOND * 10
    assert [("often", first), ("seldom", first), ("often", second)] == ran


def test_runs_a_job_once_after_a_standstill(clock):
    """An hour asleep is one run, not sixty."""
    ran: list[Instant] = []
    runner = EmbeddedRunner([Job("minutely", MINUTE, ran.append)], clock)
    runner.run_due()
    clock.suspend(MINUTE.micros * 60)
    clock.advance(MINUTE.micros * 60)

    runner.run_due()

    assert len(ran) == 2


def test_does_not_run_faster_when_the_wall_clock_is_put_forward(clock):
    """Pauses go by the clock that never steps."""
    ran: list[Instant] = []
    runner = EmbeddedRunner([Job("minutely", MINUTE, ran.append)], clock)
    runner.run_due()
    clock.step(MINUTE.micros * 600)

    pause = runner.run_due()

    assert (1, MINUTE) == (len(ran), pause)


def test_keeps_going_when_a_job_fails(clock, caplog):
    """The failure is in the log with the job's name; the next job runs, and the failed one comes again."""
    ran: list[object] = []

    def fail(at):
        ran.append("failed")
        raise RuntimeError("no rows today")

    tidied = []
    runner = EmbeddedRunner(
        [Job("broken", MINUTE, fail), Job("sound", MINUTE, ran.append)], clock, after_each=lambda: tidied.append(1)
    )
    runner.run_due()
    clock.advance(MINUTE.micros)
    runner.run_due()

    assert ["failed", Instant(START_US), "failed", Instant(START_US) + MINUTE] == ran
    assert [1, 1, 1, 1] == tidied
    assert ["broken", "broken"] == [record.job for record in caplog.records]


def test_stops_when_it_is_told_to():
    """The thread ends within the pause, not after it."""
    stop, ran = threading.Event(), threading.Event()
    runner = EmbeddedRunner([Job("hourly", MINUTE * 60, lambda at: ran.set())], SystemClock())
    thread = threading.Thread(target=runner.run_until, args=(stop,))
    thread.start()

    assert ran.wait(5)
    stop.set()
    thread.join(5)

    assert not thread.is_alive()
