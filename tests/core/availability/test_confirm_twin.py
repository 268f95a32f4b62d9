"""Edges against a naive twin that paints every second by what was seen last."""

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.core.availability.sightings import ALLOWANCE, at
from upheld.core.availability.confirm import BAD, GOOD, UNSEEN, Blind, Closed, Course, Edge, Opened, Sighting, confirm
from upheld.core.timeline import SECOND, Duration, Instant, Span

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
