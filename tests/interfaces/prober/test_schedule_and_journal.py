"""Slots that never drift, and a journal that keeps what it cannot write."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upheld.gateways.clock import SystemClock
from upheld.gateways.samples import Assignment, Disturbance, Observation, Outcome, Spool
from upheld.interfaces.prober.journal import Journal, Signature
from upheld.interfaces.prober.schedule import Schedule
from upheld.interfaces.prober.vigil import Vigil
from upheld.interfaces.prober.watch import Watch

SECOND = 1_000_000


def watch(name="web", interval=10, **more):
    return Watch(Assignment(name, "tcp", "tcp://127.0.0.1:1", interval, 1, **more))


class TestSlots:
    @given(st.integers(0, 2**50), st.integers(-(2**50), 2**50), st.integers(1, 86_400), st.text(max_size=9))
    def test_lie_at_one_phase_of_the_wall_clock(self, after_us, wall_offset, interval, name):
        """Whenever a prober starts, a check's slots are the same instants of the wall clock, one per interval."""
        check = watch(name, interval)
        slot = check.find_slot(after_us, wall_offset)
        later = check.find_slot(slot, wall_offset)

        assert after_us < slot <= after_us + interval * SECOND
        assert interval * SECOND == later - slot

    def test_of_ten_thousand_checks_are_spread_evenly(self):
        """No herd: of 10,000 checks every 10 s, no tenth of a second gets more than twice its share."""
        tenths = [0] * 100
        for number in range(10_000):
            tenths[watch(f"check {number}").find_slot(0, 0) // 100_000 % 100] += 1

        assert max(tenths) < 200

    def test_of_one_check_do_not_depend_on_the_others(self):
        """The phase comes from the id alone."""
        assert watch("a").find_slot(0, 0) == watch("a", body="x").find_slot(0, 0)


class TestSchedule:
    def run(self, steps, interval=1, stall_at=None):
        """Run on a loop whose monotonic clock can be pushed, as if the process had been stopped."""
        pushed = [0]

        class PushedClock(SystemClock):
            @staticmethod
            def monotonic_us():
                return SystemClock.monotonic_us() + pushed[0]

        started, missed = [], []

        async def play():
            clock = PushedClock()
            vigil = Vigil(clock, lambda disturbance: None)
            schedule = Schedule(
                vigil,
                lambda check: started.append((check.assignment.id, clock.monotonic_us())),
                lambda check, due, now: missed.append((check.assignment.id, now - due)),
            )
            checks = [watch(f"c{number}", interval) for number in range(20)]
            schedule.add(checks)
            await steps(checks, pushed)
            schedule.close()
            count = len(started)
            await asyncio.sleep(0.3)
            assert count == len(started), "a closed schedule starts nothing"
            return checks

        return asyncio.run(play()), started, missed

    def test_starts_each_check_once_in_its_slot(self):
        """Twenty checks a second apart: in 2.1 s each starts twice or three times, within 50 ms of its slot, undrifted."""

        async def steps(checks, pushed):
            await asyncio.sleep(2.1)

        checks, started, missed = self.run(steps)
        by_name = {check.assignment.id: [at for name, at in started if name == check.assignment.id] for check in checks}

        assert [] == missed
        for check in checks:
            lateness = [(at - check.due_us) % SECOND for at in by_name[check.assignment.id]]
            assert 2 <= len(lateness) <= 3
            assert max(lateness) < 200_000

    def test_misses_what_it_slept_through_and_goes_on(self):
        """Stopped for five seconds: one missed entry per check, no burst of starts, and the next slots are kept."""

        async def steps(checks, pushed):
            await asyncio.sleep(1.05)
            pushed[0] = 5 * SECOND
            await asyncio.sleep(1.05)

        checks, started, missed = self.run(steps)
        before = [name for name, at in started]

        assert {check.assignment.id for check in checks} == {name for name, _ in missed}
        assert 20 == len(missed)
        assert len(before) <= 20 * 3

    def test_forgets_a_retired_check(self):
        """A check that is no longer watched is not started again."""

        async def steps(checks, pushed):
            for check in checks:
                check.is_retired = True
            await asyncio.sleep(1.1)

        _, started, missed = self.run(steps)

        assert ([], []) == (started, missed)


class FailingSpool(Spool):
    """A spool on a disk that is full until the test makes room."""

    is_full = True

    def seal(self, batch):
        if self.is_full:
            raise OSError(28, "No space left on device")
        return super().seal(batch)


def see(number, name="web", outcome=Outcome.GOOD):
    return Observation(name, number, number, number, number, max(number - 1, 0), 0, outcome, "", {})


class TestJournal:
    @pytest.fixture
    def spool(self, tmp_path):
        return FailingSpool(tmp_path)

    def keep(self, spool, play, most_kept=1_000):
        async def run():
            with ThreadPoolExecutor(1) as writer:
                journal = Journal(spool, Signature("local", "boot", 1), lambda: 7, writer, most_kept)
                await play(journal)
                await journal.close()

        asyncio.run(run())
        return list(spool.waiting_batches())

    def test_seals_a_change_at_once(self, spool):
        """A change of outcome is on the disk without waiting for the timer, with what was seen before it."""
        spool.is_full = False

        async def play(journal):
            journal.add(see(1), is_change=False)
            await asyncio.sleep(0.05)
            assert [] == list(spool.waiting_batches())
            journal.add(see(2, outcome=Outcome.BAD), is_change=True)
            await asyncio.sleep(0.2)
            assert [1] == [batch.sequence for batch in spool.waiting_batches()]

        (batch,) = self.keep(spool, play)

        assert [see(1), see(2, outcome=Outcome.BAD)] == list(batch.observations)

    def test_gathers_many_changes_into_few_batches(self, spool):
        """A thousand checks change in one moment: not a thousand files."""
        spool.is_full = False

        async def play(journal):
            for number in range(1_000):
                journal.add(see(1, f"check {number}"), is_change=True)
            await asyncio.sleep(0.2)

        batches = self.keep(spool, play)

        assert 1_000 == sum(len(batch.observations) for batch in batches)
        assert len(batches) <= 3

    def test_seals_a_thousand_without_waiting(self, spool):
        """Much is seen: it goes to the disk in portions, so that writing never takes long."""
        spool.is_full = False

        async def play(journal):
            for number in range(999):
                journal.add(see(number + 1), is_change=False)
            await asyncio.sleep(0.1)
            assert [] == list(spool.waiting_batches())
            journal.add(see(1_000), is_change=False)
            await asyncio.sleep(0.5)
            assert [1_000] == [len(batch.observations) for batch in spool.waiting_batches()]

        self.keep(spool, play)

    def test_keeps_everything_while_the_disk_is_full(self, spool, caplog):
        """The disk is full for a while: nothing is lost, the order stays, and the log says it once."""

        async def play(journal):
            for number in range(1, 51):
                journal.add(see(number), is_change=number % 10 == 0)
                await asyncio.sleep(0.002)
            spool.is_full = False
            await asyncio.sleep(1.3)

        batches = self.keep(spool, play)

        assert list(range(1, 51)) == [seen.sequence for batch in batches for seen in batch.observations]
        assert list(range(1, len(batches) + 1)) == [batch.sequence for batch in batches]
        assert 1 == sum("cannot be written" in record.message for record in caplog.records)

    def test_says_what_it_had_to_drop(self, spool):
        """Memory is full too: what is dropped is stood for by one unseen observation per check, and counted."""

        async def play(journal):
            for number in range(1, 101):
                journal.add(see(number, f"check {number % 2}"), is_change=False)
                if number % 10 == 0:
                    journal.seal_now_and_then()
                    await asyncio.sleep(0.01)
            spool.is_full = False
            await asyncio.sleep(1.3)

        batches = self.keep(spool, play, most_kept=30)
        seen = [observation for batch in batches for observation in batch.observations]
        dropped = [disturbance for batch in batches for disturbance in batch.disturbances]
        unseen = [observation for observation in seen if observation.outcome is Outcome.UNSEEN]

        assert {"observations dropped"} == {disturbance.kind for disturbance in dropped}
        assert {"check 0", "check 1"} == {observation.check_id for observation in unseen}
        assert all(observation.vouches_from == observation.seen_at for observation in unseen)
        assert 100 in {observation.sequence for observation in seen}
        assert len(seen) < 100

    def test_says_what_is_lost_at_the_end(self, spool, caplog):
        """Stopped while the disk is still full: the log says how many observations are lost."""

        async def play(journal):
            for number in range(1, 8):
                journal.add(see(number), is_change=False)

        self.keep(spool, play)

        assert any("7 observations are lost" in record.message for record in caplog.records)

    def test_seals_what_happened_to_the_prober(self, spool):
        """A disturbance is sealed even when nothing was observed."""
        spool.is_full = False
        stalled = Disturbance("stalled", 5, 60 * SECOND)

        async def play(journal):
            journal.note(stalled)

        (batch,) = self.keep(spool, play)

        assert (stalled,) == batch.disturbances
