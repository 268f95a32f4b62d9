"""Which time was measured: exactly the time for which two neighbouring observations vouch."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from upheld.gateways.samples import Measured, Observation, Outcome, measure_spans

GOOD, BAD, UNSEEN = Outcome.GOOD, Outcome.BAD, Outcome.UNSEEN


def see(sequence: int, seen_at: int, vouches_from: int, outcome: Outcome = GOOD) -> Observation:
    return Observation("web", sequence, seen_at, seen_at, seen_at, vouches_from, 0, outcome, "", {})


def test_one_observation_measures_nothing():
    """A single answer speaks for an instant, and an instant has no length."""
    assert [] == list(measure_spans([see(1, 10, 10)]))


def test_the_state_holds_until_a_change_is_seen():
    """Good, bad, good: the outage lasts from the first failure seen to the first good answer seen."""
    seen = [see(1, 10, 10), see(2, 20, 10, BAD), see(3, 30, 20, BAD), see(4, 40, 30)]

    assert [Measured(10, 20, GOOD), Measured(20, 30, BAD), Measured(30, 40, BAD)] == list(measure_spans(seen))


def test_unseen_measures_nothing_before_or_after():
    """A blind moment leaves the time on both its sides unknown."""
    seen = [see(1, 10, 10), see(2, 20, 20, UNSEEN), see(3, 30, 30), see(4, 40, 30)]

    assert [Measured(30, 40, GOOD)] == list(measure_spans(seen))


def test_a_lost_observation_leaves_a_hole():
    """Number 2 was lost: what number 3 vouches for began in a state that nobody knows."""
    seen = [see(1, 10, 10), see(3, 30, 20), see(4, 40, 30)]

    assert [Measured(30, 40, GOOD)] == list(measure_spans(seen))


def test_what_nobody_vouches_for_is_unknown():
    """Number 2 came too late to vouch for the time since number 1."""
    assert [] == list(measure_spans([see(1, 10, 10), see(2, 500, 500)]))


@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from(Outcome), st.booleans(), st.booleans()), max_size=30))
def test_measured_time_never_overlaps_and_never_exceeds_what_is_vouched_for(history):
    """Whatever is lost, blind or late: spans are in order, apart, and within what observations vouch for."""
    seen, now = [], 0
    for number, (gap, outcome, is_kept, vouches) in enumerate(history, 1):
        before, now = now, now + gap
        if is_kept:
            seen.append(see(number, now, before if vouches else now, outcome))
    spans = list(measure_spans(seen))

    assert all(first.end_at <= second.start_at for first, second in pairwise(spans))
    assert sum(span.end_at - span.start_at for span in spans) <= sum(each.seen_at - each.vouches_from for each in seen)
    assert UNSEEN not in {span.outcome for span in spans}
