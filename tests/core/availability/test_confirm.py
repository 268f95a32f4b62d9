"""From observations to edges: outages with conservative instants, and the time that nobody measured."""

from dataclasses import replace

import pytest

from tests.core.availability.sightings import ALLOWANCE, NOON, at, confirm_more, run, see
from upheld.core.availability.confirm import (
    BAD,
    GOOD,
    MOST_WAITING,
    UNSEEN,
    Blind,
    Closed,
    Course,
    Opened,
    Sighting,
    confirm,
    explain_break,
    is_late,
    settle,
)
from upheld.core.timeline import Instant, Span


class TestOutage:
    def test_counts_no_second_before_the_fault(self):
        """It begins at the end of the first bad observation; the last good one vouches only for its start."""
        _, edges = run(see(1, 0), see(2, 10, BAD))

        assert [Opened(at(0), at(11), "connection refused")] == edges

    def test_ends_at_the_first_good_answer(self):
        """Certainly bad until the last bad observation began, certainly good when the good answer was there."""
        _, edges = run(see(1, 0), see(2, 10, BAD), see(3, 20, BAD), see(4, 30))

        assert [Opened(at(0), at(11), "connection refused"), Closed(at(20), at(31))] == edges

    def test_of_one_bad_observation_never_runs_backwards(self):
        """Its last bad instant is not before its first."""
        _, edges = run(see(1, 0), see(2, 10, BAD), see(3, 20))

        assert Closed(at(11), at(21)) == edges[1]

    def test_without_a_good_observation_before_it_has_no_last_good_instant(self):
        """The very first observation is bad: nobody knows since when."""
        _, edges = run(see(1, 0, BAD))

        assert [Opened(None, at(1), "connection refused")] == edges

    def test_stays_open_while_nothing_is_seen(self):
        """Blindness ends no outage; its time is put on record as not measured."""
        course, edges = run(see(1, 0), see(2, 10, BAD), see(3, 20, UNSEEN), see(4, 30, BAD), see(5, 40))

        assert (
            [
                Opened(at(0), at(11), "connection refused"),
                Blind(Span(at(11), at(31)), "no control target answered"),
                Closed(at(30), at(41)),
            ],
            None,
        ) == (edges, course.down_since)

    def test_is_not_opened_twice(self):
        """Two outages lie behind each other, each with its own instants."""
        _, edges = run(see(1, 0, BAD), see(2, 10), see(3, 20, BAD), see(4, 30))

        assert [Opened, Closed, Opened, Closed] == [type(edge) for edge in edges]


class TestBlindness:
    def test_lasts_from_the_last_to_the_next_that_saw(self):
        """Two unseen answers make one span, whose reason is the first one's."""
        _, edges = run(see(1, 0), see(2, 10, UNSEEN), see(3, 20, UNSEEN), see(4, 30))

        assert [Blind(Span(at(1), at(31)), "no control target answered")] == edges

    def test_is_the_time_of_a_restart(self):
        """The prober was stopped for a minute: not down, not silently up."""
        _, edges = run(see(1, 0), see(1, 60, boot="b2", vouches=61))

        assert [Blind(Span(at(1), at(61)), "the prober was started anew")] == edges

    def test_is_a_gap_beyond_the_allowance(self):
        """Also where the prober itself vouches for it."""
        _, edges = run(see(1, 0), see(2, 16, vouches=1))

        assert [Blind(Span(at(1), at(17)), "no observation began for 16 s")] == edges

    def test_is_time_that_the_prober_does_not_vouch_for(self):
        """A step of its clock, for instance."""
        _, edges = run(see(1, 0), see(2, 10, vouches=11))

        assert [Blind(Span(at(1), at(11)), "the prober does not vouch for the time since its last observation")] == edges

    def test_covers_a_second_that_happened_twice(self):
        """The clock went back by 7 s: which of the two was meant, nobody can say."""
        _, edges = run(see(1, 10), see(2, 3, vouches=4))

        assert [Blind(Span(at(4), at(11)), "the prober's clock went back")] == edges

    def test_leaves_no_span_without_length(self):
        """Nothing was seen before the first unseen answer: the blindness begins with it."""
        _, edges = run(see(1, 0, UNSEEN), see(2, -1, vouches=0), see(3, 0, vouches=5))

        assert [
            Blind(Span(at(0), at(1)), "no control target answered"),
            Blind(Span(at(0), at(1)), "the prober does not vouch for the time since its last observation"),
        ] == edges

    def test_of_no_length_is_not_recorded(self):
        """A new boot that saw at the very instant, told by a first unseen answer only."""
        _, edges = run(see(1, 0, UNSEEN), replace(see(2, 0), vouches_from=at(1)))

        assert [] == edges

    def test_so_far_is_told_when_the_time_is_to_be_vouched_for(self):
        """A seal must not wait for the end of a blindness; the rest follows when it is over, without overlap."""
        course, edges = run(see(1, 0), see(2, 10, UNSEEN))
        course, settled = settle(course)
        again = settle(course)[1]
        course, later = confirm(course, [see(3, 20)], ALLOWANCE)

        reason = "no control target answered"
        assert ([], [Blind(Span(at(1), at(11)), reason)], [], [Blind(Span(at(11), at(21)), reason)]) == (
            edges,
            settled,
            again,
            later,
        )

    def test_settling_tells_nothing_where_nothing_was_seen(self):
        """An empty course has no time to speak of."""
        assert (Course(), []) == settle(Course())


class TestOrder:
    def test_a_doubled_observation_changes_nothing(self):
        """The hub died between its commit and its thanks: the batch comes again."""
        seen = [see(1, 0), see(2, 10, BAD), see(3, 20)]

        assert run(*seen) == run(*seen, *seen)

    def test_one_that_comes_too_early_waits_for_those_before_it(self):
        """Number 3 came before number 2: the outage is found all the same, with its true instants."""
        waiting, edges = run(see(1, 0), see(3, 20))

        assert ([], run(see(1, 0), see(2, 10, BAD), see(3, 20))) == (edges, confirm_more(waiting, see(2, 10, BAD), edges))

    def test_missing_ones_are_waited_for_no_longer_than_the_allowance(self):
        """Number 2 never comes: then its time is unknown, and says why."""
        _, edges = run(see(1, 0), see(3, 20), see(4, 30), see(5, 40, BAD))

        assert [
            Blind(Span(at(1), at(21)), "1 of the prober's observations did not arrive, from number 2 on"),
            Opened(at(30), at(41), "connection refused"),
        ] == edges

    @pytest.mark.parametrize(("second", "waiting"), [(35, 2), (36, 0)])
    def test_the_allowance_is_long_enough_for_what_comes_at_its_end(self, second, waiting):
        """Fifteen seconds after the first that waits it still waits; a second later it is taken."""
        course, _ = run(see(1, 0), see(3, 20), see(4, second))

        assert waiting == len(course.waiting)

    def test_one_that_comes_too_late_changes_nothing(self):
        """Its time was told as not measured already."""
        course, _ = run(see(1, 0), see(3, 20), see(4, 30), see(5, 40))

        assert (course, []) == confirm(course, [see(2, 10, BAD)], ALLOWANCE)

    def test_settling_leaves_the_waiting_ones_waiting(self):
        """A seal vouches up to the last one that was taken; what waits is told when its turn has come."""
        course, edges = run(see(1, 0), see(3, 20, BAD))

        assert ([], (course, [])) == (edges, settle(course))

    def test_a_new_boot_ends_the_waiting(self):
        """What waited in the old boot is taken first."""
        _, edges = run(see(1, 0), see(3, 20, BAD), see(1, 60, boot="b2", vouches=61))

        assert [Blind, Opened, Blind, Closed] == [type(edge) for edge in edges]

    def test_an_old_boot_does_not_come_back(self):
        """A batch of an earlier boot whose instants lie before what was seen since."""
        course, _ = run(see(1, 0), see(1, 60, boot="b2", vouches=61))

        assert (course, []) == confirm(course, [see(2, 10, BAD)], ALLOWANCE)

    def test_a_late_one_that_ends_the_waiting_is_still_late(self):
        """It belongs to the boot before the one that waits, and that one has seen later instants."""
        course, edges = run(see(1, 0), see(2, 60, boot="b2"), see(2, 10, BAD))

        boot = course.last and course.last.boot
        assert ([Blind(Span(at(1), at(61)), "the prober was started anew")], "b2") == (edges, boot)

    def test_too_many_are_not_waited_for(self):
        """The course stays small whatever arrives."""
        crowd = [replace(see(number, 0), seen_at=at(1)) for number in range(3, MOST_WAITING + 4)]

        course, _ = run(see(1, 0), *crowd)

        assert () == course.waiting

    def test_as_many_as_may_wait_do(self):
        """One fewer than too many."""
        crowd = [replace(see(number, 0), seen_at=at(1)) for number in range(3, MOST_WAITING + 3)]

        assert MOST_WAITING == len(run(see(1, 0), *crowd)[0].waiting)

    def test_of_a_first_boot_is_waited_for_too(self):
        """Nothing is known yet, and number 2 comes first."""
        course, edges = run(see(2, 10, BAD))

        assert ([], 1, [Opened(at(0), at(11), "connection refused")]) == (
            edges,
            len(course.waiting),
            confirm(course, [see(1, 0)], ALLOWANCE)[1],
        )


class TestClockGoneBack:
    def test_makes_no_outage_that_ends_before_it_began(self):
        """The clock went back by a minute while the service was down: no length is known, so none is claimed."""
        _, edges = run(see(1, 100, BAD), see(2, 50, vouches=51))

        assert Closed(at(101), at(101)) == edges[-1]

    def test_never_puts_the_last_good_instant_after_the_first_bad(self):
        """Good at 100 s, then the clock says 50 s: the outage did not begin in the future."""
        _, edges = run(see(1, 100), see(2, 50, BAD, vouches=51))

        assert Opened(at(51), at(51), "connection refused") == edges[-1]


@pytest.mark.parametrize("outcome", [GOOD, BAD, UNSEEN])
def test_a_sighting_survives_its_row(outcome):
    """Exact to the microsecond."""
    seen = replace(see(1, 0, outcome), seen_at=Instant(NOON.micros + 1))

    assert seen == Sighting.from_json(seen.to_json())


class TestPast:
    @pytest.mark.parametrize(
        ("number", "second", "boot", "expected"),
        [(5, 20, "b1", True), (6, 10, "b1", False), (9, 10, "b2", True), (1, 11, "b2", False)],
    )
    def test_of_one_boot_goes_by_number_and_of_another_by_time(self, number, second, boot, expected):
        """The last one was number 5 at second 10: the same number, or of another boot the same instant, is past."""
        assert expected == is_late(see(5, 10), see(number, second, boot=boot))

    def test_a_clock_that_stands_still_did_not_go_back(self):
        """The next number at the same instant leaves no gap; at an earlier one nobody knows how long it was."""
        last, same, earlier = see(1, 10), see(2, 10, vouches=11), see(2, 9, vouches=11)

        assert [None, "the prober's clock went back"] == [explain_break(last, one, ALLOWANCE) for one in (same, earlier)]
