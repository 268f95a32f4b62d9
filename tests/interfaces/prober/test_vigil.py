"""The prober's eye on itself: stops, sleeps and steps are told apart, and none is missed."""

import pytest

from upheld.gateways.clock import SettableClock
from upheld.gateways.samples import Disturbance
from upheld.interfaces.prober.vigil import BEAT_US, Vigil

SECOND = 1_000_000


@pytest.fixture
def clock():
    return SettableClock(now_us=1_760_000_000 * SECOND, monotonic_us=5 * SECOND)


@pytest.fixture
def noted():
    return []


@pytest.fixture
def vigil(clock, noted):
    return Vigil(clock, noted.append)


def beat(clock, vigil, times=4):
    for _ in range(times):
        clock.advance(BEAT_US)
        vigil.look()


def test_is_quiet_while_all_is_well(clock, vigil, noted):
    """Beats that come in time leave no trace."""
    beat(clock, vigil, 1_000)

    assert (0, 0, []) == (vigil.missing_us, vigil.breaks, noted)


def test_notices_that_the_process_did_not_run(clock, vigil, noted):
    """Stopped for a minute: the time missing is that minute, and it is put on record."""
    clock.advance(60 * SECOND + BEAT_US)
    vigil.look()

    assert (60 * SECOND, 0) == (vigil.missing_us, vigil.breaks)
    assert [Disturbance("stalled", clock.now_us(), 60 * SECOND)] == noted


def test_adds_up_small_delays_without_a_word(clock, vigil, noted):
    """A starved machine: delays too short for the record still count as time not run."""
    for _ in range(10):
        clock.advance(BEAT_US + 200_000)
        vigil.look()

    assert (2 * SECOND, []) == (vigil.missing_us, noted)


@pytest.mark.parametrize("seconds", [-172_800, -3_600, -1, 1, 3_600, 172_800])
def test_notices_a_step_of_the_wall_clock(clock, vigil, noted, seconds):
    """Steps of a second to two days, both ways: a break, on record with its size and sign."""
    beat(clock, vigil)
    clock.step(seconds * SECOND)
    beat(clock, vigil)

    assert (1, ["clock stepped"], [seconds * SECOND]) == (vigil.breaks, [d.kind for d in noted], [d.amount for d in noted])


def test_notes_a_small_step_without_a_break(clock, vigil, noted):
    """A fifth of a second is noted, and the record goes on."""
    clock.step(200_000)
    beat(clock, vigil)

    assert (0, ["clock stepped"]) == (vigil.breaks, [disturbance.kind for disturbance in noted])


def test_tells_sleep_from_a_step(clock, vigil, noted):
    """A suspended machine's wall clock moves on as well: that is sleep, and no step."""
    clock.suspend(90 * SECOND)
    beat(clock, vigil)

    assert (1, [("suspended", 90 * SECOND)]) == (vigil.breaks, [(d.kind, d.amount) for d in noted])


def test_tells_a_step_during_sleep(clock, vigil, noted):
    """Asleep for 90 s and set back by 30 s meanwhile: both are on record."""
    clock.suspend(90 * SECOND)
    clock.step(-30 * SECOND)
    beat(clock, vigil)

    assert {("suspended", 90 * SECOND), ("clock stepped", -30 * SECOND)} == {(d.kind, d.amount) for d in noted}


def test_tells_wall_instants_from_one_regime(clock, vigil):
    """Durations on the wall equal those on the monotonic clock until a look says that the wall has stepped."""
    before = vigil.tell_wall(5 * SECOND)
    clock.step(7 * SECOND)

    assert before == vigil.tell_wall(5 * SECOND)
    vigil.look()
    assert before + 7 * SECOND == vigil.tell_wall(5 * SECOND)


def test_is_not_fooled_when_stopped_between_two_readings(noted):
    """The process is stopped after it read one clock and before it read the other: no step is seen."""

    class StoppedInBetween(SettableClock):
        stops = 0

        def now_us(self):
            seen = super().now_us()
            if self.stops:
                self.stops -= 1
                self.advance(40 * SECOND)
            return seen

    clock = StoppedInBetween()
    vigil = Vigil(clock, noted.append)
    clock.advance(BEAT_US)
    clock.stops = 2
    vigil.look()

    assert (0, ["stalled"], [80 * SECOND]) == (vigil.breaks, [d.kind for d in noted], [d.amount for d in noted])
