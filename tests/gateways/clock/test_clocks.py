"""The clock gateway: whole microseconds, and a fake that moves only when told."""

import doctest

import pytest

from upheld.gateways.clock import SettableClock, SystemClock, boottime_us, clocks, monotonic_us, now_us


def test_looks_at_the_wall_in_whole_microseconds():
    """The wall clock counts from 1970 and is far past 2020, in microseconds, as an int."""
    seen = now_us()

    assert type(seen) is int
    assert seen > 1_577_836_800_000_000


def test_never_runs_back():
    """Two looks at the monotonic clocks are in order."""
    first, second = monotonic_us(), monotonic_us()
    asleep_first, asleep_second = boottime_us(), boottime_us()

    assert first <= second
    assert asleep_first <= asleep_second


def test_the_system_clock_is_the_functions():
    """The object and the functions are the same clock."""
    clock = SystemClock()

    assert now_us() <= clock.now_us() <= now_us()
    assert monotonic_us() <= clock.monotonic_us() <= monotonic_us()


class TestSettableClock:
    def test_stands_still(self):
        """Nobody moves it: it shows the same instant."""
        clock = SettableClock(now_us=7)

        assert (clock.now_us(), clock.now_us()) == (7, 7)

    def test_steps_the_wall_alone(self):
        """A step of the wall clock leaves the monotonic clock alone, as in reality."""
        clock = SettableClock(now_us=10_000_000)

        clock.step(-4_000_000)

        assert (clock.now_us(), clock.monotonic_us(), clock.boottime_us()) == (6_000_000, 0, 0)

    def test_suspends_without_the_monotonic_clock(self):
        """A sleeping machine: wall and boot time go on, the monotonic clock does not."""
        clock = SettableClock()

        clock.suspend(5)

        assert (clock.now_us(), clock.monotonic_us(), clock.boottime_us()) == (5, 0, 5)

    def test_refuses_to_let_time_pass_backwards(self):
        """Going back is a step of the wall clock, never passing time."""
        with pytest.raises(ValueError, match="use step"):
            SettableClock().advance(-1)


def test_the_example_in_the_docstring_runs():
    """The example shown is true."""
    assert doctest.testmod(clocks).failed == 0
