"""What was known at an instant: late facts, repeated ones, corrections and corrections of corrections."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.sample import header, outage, ticket
from tests.core.spans import at
from upheld.core.facts import Fact, FactCorrected, FactsDiffer, OutageOpened, known_at, of_kind, remembered

NOON, LATER = "2025-06-11T12:00Z", "2025-06-30T12:00Z"


def corrected(name: str, wrong: str, recorded: str = NOON) -> FactCorrected:
    return FactCorrected(**header(name, NOON, recorded), corrects=wrong, because="it was another one", by="Mara")


def ids(*facts, as_of=LATER):
    return [fact.id for fact in known_at(facts, at(as_of))]


class TestKnownAt:
    def test_ignores_what_was_written_down_later(self):
        """As of noon, a fact recorded at one is not known, whenever it happened."""
        facts = outage("o1", "2025-06-11T06:00Z", "2025-06-11T13:00Z")

        assert ["o1-opened"] == ids(*facts, as_of=NOON)
        assert ["o1-opened", "o1-closed"] == ids(*facts)

    def test_finds_the_facts_of_a_kind_again(self):
        """Asked twice, and after somebody changed the answer: the same as a plain tuple gives."""
        known = known_at(outage("o1", "2025-06-11T06:00Z", "2025-06-11T07:00Z"), at(LATER))
        of_kind(known, OutageOpened).clear()

        assert of_kind(tuple(known), OutageOpened) == of_kind(known, OutageOpened) == [known[0]]
        assert list(known) == of_kind(known, Fact)

    def test_remembers_what_was_made_of_it(self):
        """Of known facts a thing is made once for a name; of any others at each question."""
        known, made = known_at([ticket(NOON, "o1")], at(LATER)), []

        def count() -> int:
            made.append(1)
            return len(made)

        assert [1, 1, 2] == [remembered(known, name, count) for name in ("one", "one", "other")]
        assert [3, 4] == [remembered(tuple(known), "one", count) for _ in range(2)]

    def test_orders_by_what_happened_first(self):
        """Not by arrival."""
        first, second = ticket("2025-06-11T06:00Z", "o1", "B"), ticket("2025-06-11T07:00Z", "o1", "A")

        assert ["B", "A"] == ids(second, first)

    def test_holds_each_fact_once(self):
        """A fact that arrives twice is one fact."""
        assert ["T-1"] == ids(ticket(NOON, "o1"), ticket(NOON, "o1"))

    def test_believes_neither_of_two_that_differ(self):
        """Two facts under one id: the first must not win by its place, so neither does."""
        with pytest.raises(FactsDiffer, match="two facts are called T-1 and differ"):
            known_at([ticket(NOON, "o1"), ticket(NOON, "o2")], at(LATER))

    def test_drops_what_was_corrected(self):
        """The wrong fact goes; the correction stays to be seen."""
        assert ["c1"] == ids(ticket(NOON, "o1"), corrected("c1", "T-1"))

    def test_keeps_it_as_of_before_the_correction(self):
        """What was known then was known then."""
        assert ["T-1"] == ids(ticket(NOON, "o1"), corrected("c1", "T-1", LATER), as_of="2025-06-12T00:00Z")

    @pytest.mark.parametrize(("first", "second"), [("a", "b"), ("b", "a")])
    @pytest.mark.parametrize("late", [NOON, "2025-06-11T11:00Z", "2025-06-11T13:00Z"])
    def test_a_correction_of_a_correction_brings_the_fact_back(self, first, second, late):
        """Whatever the two are called, and whichever was written down first."""
        facts = [ticket(NOON, "o1"), corrected(first, "T-1"), corrected(second, first, late)]

        assert {"T-1", second} == set(ids(*facts))

    def test_a_third_correction_takes_it_away_again(self):
        """Corrections alternate as far as they go."""
        chain = [ticket(NOON, "o1"), corrected("a", "T-1"), corrected("b", "a"), corrected("c", "b")]

        assert {"a", "c"} == set(ids(*chain))

    def test_one_standing_correction_is_enough(self):
        """Corrected twice, and one of the two withdrawn: it does not hold."""
        facts = [ticket(NOON, "o1"), corrected("a", "T-1"), corrected("b", "T-1"), corrected("c", "a")]

        assert {"b", "c"} == set(ids(*facts))

    def test_corrections_in_a_circle_correct_nothing(self):
        """Two that withdraw each other leave both, and what hangs on them, as it was."""
        facts = [ticket(NOON, "o1"), corrected("a", "b"), corrected("b", "a"), corrected("c", "c")]

        assert {"T-1", "a", "b", "c"} == set(ids(*facts))

    @given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=12), st.integers())
    def test_does_not_depend_on_the_order(self, pairs, seed):
        """Any tangle of corrections, shuffled and repeated: the same facts hold, in the same order."""
        facts = [corrected(f"c{number}", f"c{wrong}") for number, (_, wrong) in enumerate(pairs)]
        shuffled = [*facts, *facts[::2]]
        Random(seed).shuffle(shuffled)

        assert ids(*facts) == ids(*shuffled)


def test_of_kind_picks_one_class():
    """Only what is asked for."""
    correction = corrected("c", "T-1")

    assert [correction] == of_kind([ticket(NOON, "o1"), correction], FactCorrected)
