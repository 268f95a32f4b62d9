"""From observations to edges: outages with conservative instants, and the time that nobody measured."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upheld.core.availability.confirm import (
    BAD,
    GOOD,
    MOST_WAITING,
    UNSEEN,
    Blind,
    Closed,
    Course,
    Edge,
    Opened,
    Sighting,
    confirm,
    settle,
)
from upheld.core.timeline import SECOND, Duration, Instant, Span

ALLOWANCE = SECOND * 15
NOON = Instant.parse("2026-02-14T12:00Z")


def at(second: int) -> Instant:
    return NOON + SECOND * second


def see(number: int, second: int, outcome: str = GOOD, *, boot: str = "b1", vouches: int | None = None) -> Sighting:
    """Observation `number`: began at `second`, its answer known one second later; it vouches for the 10 s before."""
    since = at(second + 1 - 10) if vouches is None else at(vouches)
    reason = {GOOD: "", BAD: "connection refused", UNSEEN: "no control target answered"}[outcome]
    return Sighting(boot, number, at(second), at(second + 1), since, outcome, reason)


def run(*sightings: Sighting) -> tuple[Course, list[Edge]]:
    return confirm(Course(), sightings, ALLOWANCE)


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


def confirm_more(course: Course, seen: Sighting, before: list[Edge]) -> tuple[Course, list[Edge]]:
    later, edges = confirm(course, [seen], ALLOWANCE)
    return later, [*before, *edges]


# --- against a naive twin ---------------------------------------------------------------------------------------------

STEPS = st.lists(
    st.tuples(
        st.sampled_from([GOOD, GOOD, BAD, UNSEEN]),
        st.integers(1, 20),
        st.sampled_from(["same", "same", "same", "restart", "lost", "unvouched"]),
    ),
    max_size=25,
)


def write_history(steps: Sequence[tuple[str, int, str]]) -> list[Sighting]:
    """A history as a prober would tell it: observations `wait` seconds apart, with restarts, losses and broken vouching."""
    seen: list[Sighting] = []
    second, boot, number = 0, 1, 0
    for outcome, wait, how in steps:
        second += wait
        boot, number = (boot + 1, 1) if how == "restart" else (boot, number + (2 if how == "lost" and seen else 1))
        unbroken = how == "same" and seen and outcome != UNSEEN and seen[-1].outcome != UNSEEN
        vouches = seen[-1].seen_at if unbroken else at(second + 1)
        seen.append(Sighting(f"b{boot}", number, at(second), at(second + 1), vouches, outcome))
    return seen


def paint(history: Sequence[Sighting]) -> dict[int, str]:
    """The naive twin: each second between two observations is what the first of them saw, if the time was measured."""
    colours: dict[int, str] = {}
    for one, two in pairwise(history):
        measured = (
            one.boot == two.boot
            and two.sequence == one.sequence + 1
            and two.vouches_from == one.seen_at
            and (two.started_at - one.started_at).micros <= ALLOWANCE.micros
            and UNSEEN not in (one.outcome, two.outcome)
        )
        for micros in range(one.seen_at.micros, two.seen_at.micros, SECOND.micros):
            colours[micros] = one.outcome if measured else UNSEEN
    return colours


def paint_edges(edges: Sequence[Edge], history: Sequence[Sighting]) -> dict[int, str]:
    """The same picture from the edges: good unless an outage or a blindness says otherwise; blindness wins."""
    if not history:
        return {}
    start, end = history[0].seen_at, history[-1].seen_at
    down: list[Span] = []
    since: Instant | None = None
    for edge in edges:
        if isinstance(edge, Opened):
            since = edge.first_bad_at
        elif isinstance(edge, Closed):
            assert since is not None
            down.append(Span(since, edge.first_good_at))
            since = None
    if since is not None:
        down.append(Span(since, max(since, end)))
    blind = [edge.span for edge in edges if isinstance(edge, Blind)]
    colours = {}
    for micros in range(start.micros, end.micros, SECOND.micros):
        instant = Instant(micros)
        colours[micros] = BAD if any(span.contains(instant) for span in down) else GOOD
        if any(span.contains(instant) for span in blind):
            colours[micros] = UNSEEN
    return colours


def tell(history: Sequence[Sighting]) -> list[Edge]:
    """All edges of a history; a boot long after it ends the waiting for what never came."""
    end = Sighting("end", 1, at(10**6), at(10**6 + 1), at(10**6 + 1), GOOD)
    return confirm(Course(), [*history, end], ALLOWANCE)[1]


class TestAgainstANaiveTwin:
    @given(STEPS)
    def test_every_second_has_the_state_that_was_seen(self, steps):
        """Not one second is down that was not seen bad, none up that was not seen good, and none is left out."""
        history = write_history(steps)

        edges = tell(history)

        assert paint(history) == paint_edges(edges, history)

    @given(STEPS, st.randoms(use_true_random=False))
    def test_order_and_doubles_of_arrival_decide_nothing(self, steps, chance):
        """Within one boot, and within the allowance of waiting, any arrival gives the same edges."""
        history = write_history([(outcome, wait, "same") for outcome, wait, _ in steps])
        arrivals = [*history, *chance.sample(history, len(history) // 2)]
        chance.shuffle(arrivals)
        patient = Duration(10**12)

        course, edges = confirm(Course(), history, patient)

        assert (course, edges) == confirm(Course(), arrivals, patient)

    @given(STEPS)
    def test_is_good_since_the_first_good_answer_after_trouble(self, steps):
        """Counted back from the end: as far as the seconds are good."""
        history = write_history([(outcome, wait, "same" if how == "lost" else how) for outcome, wait, how in steps])

        course, _ = confirm(Course(), history, ALLOWANCE)

        colours = sorted(paint(history).items(), reverse=True)
        since = history[-1].seen_at.micros if history and history[-1].outcome == GOOD else None
        for micros, colour in colours if since else []:
            if colour != GOOD:
                break
            since = micros
        assert since == (course.good_since.micros if course.good_since else None)

    @given(STEPS, st.integers(0, 25), st.randoms(use_true_random=False))
    def test_a_course_survives_its_row(self, steps, place, chance):
        """Written down and read again at any moment, it goes on as if nothing had been."""
        history = write_history(steps)
        chance.shuffle(history)
        whole = confirm(Course(), history, ALLOWANCE)

        course, edges = confirm(Course(), history[:place], ALLOWANCE)
        course, more = confirm(Course.from_json(course.to_json()), history[place:], ALLOWANCE)

        assert whole == (course, edges + more)

    @given(STEPS, st.randoms(use_true_random=False))
    def test_whatever_arrives_outages_open_and_close_in_turn(self, steps, chance):
        """Any order, any loss: instants never run backwards inside an edge, and no outage is closed that is not open."""
        history = write_history(steps)
        chance.shuffle(history)

        course, edges = confirm(Course(), history, ALLOWANCE)

        kinds = [type(edge) for edge in edges if not isinstance(edge, Blind)]
        expected = [Opened, Closed] * (len(kinds) // 2) + ([Opened] if len(kinds) % 2 else [])
        assert (expected, bool(len(kinds) % 2)) == (kinds, course.down_since is not None)
        for edge in edges:
            if isinstance(edge, Opened):
                assert edge.last_good_at is None or edge.last_good_at <= edge.first_bad_at
            elif isinstance(edge, Closed):
                assert edge.last_bad_at <= edge.first_good_at


@pytest.mark.parametrize("outcome", [GOOD, BAD, UNSEEN])
def test_a_sighting_survives_its_row(outcome):
    """Exact to the microsecond."""
    seen = replace(see(1, 0, outcome), seen_at=Instant(NOON.micros + 1))

    assert seen == Sighting.from_json(seen.to_json())
