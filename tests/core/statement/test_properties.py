"""Truths about every statement, whatever happened in the month."""

from dataclasses import replace
from functools import reduce
from itertools import pairwise
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.naive.history import History, make_history, write_facts
from tests.core.sample import CALENDARS, DOCUMENT, header, price
from upheld.core.explain import Share
from upheld.core.facts import CauseAssigned, Fact, FactCorrected
from upheld.core.proof import canonical_bytes
from upheld.core.statement import Statement, build
from upheld.core.timeline import DAY, Instant, Span

FEW = settings(max_examples=40)
histories = st.integers(0, 10**6).filter(lambda seed: seed % 20).map(make_history)
"""Any history but the ones in single seconds, which are slow to write."""


def judge(made: History, facts: list[Fact], as_of: Instant | None = None, others: bool = False) -> Statement:
    when = as_of or made.instant(made.as_of)
    return build(DOCUMENT, CALENDARS, facts, made.period, when, readings=made.readings, others=others)


def written(statement: Statement) -> bytes:
    return canonical_bytes(statement.to_json())


class TestFacts:
    @FEW
    @given(histories, st.integers())
    def test_their_order_and_number_change_nothing(self, made, seed):
        """Shuffled and told twice: the same bytes."""
        facts = write_facts(made)
        shuffled = [*facts, *facts[::2]]
        Random(seed).shuffle(shuffled)

        assert written(judge(made, facts)) == written(judge(made, shuffled))

    @FEW
    @given(histories, st.integers(0, 100))
    def test_later_ones_are_not_known_yet(self, made, place):
        """What is written down after the instant that is looked from changes nothing, whenever it happened."""
        facts = write_facts(made)
        late = replace(facts[place % len(facts)], id="late", recorded_at=made.instant(made.as_of) + DAY)

        assert written(judge(made, facts)) == written(judge(made, [*facts, late]))

    @FEW
    @given(histories, st.integers(0, 100), st.booleans())
    def test_a_correction_undone_leaves_no_trace_in_the_figures(self, made, place, again):
        """Corrected, and the correction corrected: as if neither had been; corrected once more: as if the fact had not."""
        facts = write_facts(made)
        wrong = facts[1:][place % len(facts[1:])] if len(facts) > 1 else facts[0]
        names = ["slip-1", "slip-2", "slip-3"][: 3 if again else 2]
        head = {**header("x", "2020-01-01T00:00Z"), "because": "a slip", "by": "Mara"}
        chain = [
            FactCorrected(**{**head, "id": name}, corrects=before)
            for before, name in zip([wrong.id, *names], names, strict=False)
        ]
        without = [fact for fact in facts if fact != wrong] if again else facts
        one, two = (judge(made, [*given, price("EUR 720.00", "2019-01-01T00:00Z")]) for given in (without, [*facts, *chain]))

        assert [finding.to_json() for finding in one.findings] == [finding.to_json() for finding in two.findings]


class TestFigures:
    @FEW
    @given(histories, st.integers(0, 8), st.integers(-40, 800), st.integers(0, 800))
    def test_an_excluded_cause_never_lowers_availability(self, made, number, start, length):
        """Putting an excluded cause on any span of any outage: no more down, no lower figure, no met month missed."""
        facts = write_facts(made)
        storm = CauseAssigned(
            **{**header("storm", "2030-01-01T00:00Z"), "recorded_at": made.instant(made.as_of)}, outage=f"o{number}",
            from_at=made.instant(start), to_at=made.instant(start + length), cause="storm", evidence="e", by="Mara",
        )  # fmt: skip
        before = {fact.id for fact in facts if isinstance(fact, CauseAssigned)}
        plain = [fact for fact in facts if fact.id not in before]
        one, two = judge(made, plain).findings[0], judge(made, [*plain, storm]).findings[0]

        assert two.to_json()["quantities"]["down"]["micros"] <= one.to_json()["quantities"]["down"]["micros"]
        if isinstance(one.value, Share) and isinstance(two.value, Share):
            assert one.value.exact <= two.value.exact
        assert not (one.verdict == "met" and two.verdict == "missed")

    @FEW
    @given(histories, st.lists(st.integers(1, 27), min_size=1, max_size=4))
    def test_of_parts_add_up_to_the_whole(self, made, days):
        """The month cut at any midnights: what counts as down in the parts is what counts in the month."""
        made.readings["unmeasured-time"] = "undecided"
        facts, when = write_facts(made), made.instant(made.as_of)
        edges = [made.period.start, *(made.period.start + DAY * day for day in sorted(set(days))), made.period.end]
        parts = [
            build(DOCUMENT, CALENDARS, facts, Span(start, end), when, readings=made.readings, others=False)
            for start, end in pairwise(edges)
        ]
        names = ("down", "out of base", "up by exclusion", "not measured")

        for name in names:
            whole = judge(made, facts).to_json()["findings"][0]["quantities"][name]["micros"]
            assert whole == sum(part.to_json()["findings"][0]["quantities"][name]["micros"] for part in parts)

    @FEW
    @given(histories, st.integers(0, 400))
    def test_a_finished_month_stays_as_it_was(self, made, days):
        """With the same facts, no later instant makes a missed month met or changes any figure of it."""
        end = made.instant(made.ticks * 3)
        facts = [fact for fact in write_facts(made) if fact.recorded_at <= end]
        closed = {str(getattr(fact, "outage", "")) for fact in facts if fact.TYPE == "outage-closed/1"}
        facts = [fact for fact in facts if fact.TYPE != "outage-opened/1" or getattr(fact, "outage", "") in closed]
        one, two = judge(made, facts, end), judge(made, facts, end + DAY * days)

        assert one.findings == two.findings

    @FEW
    @given(histories, st.integers(0, 1000), st.integers(0, 1000))
    def test_a_running_month_that_is_missed_stays_missed(self, made, first, second):
        """With everything known from the start, looking later never mends what can no longer be met."""
        made.readings["own-cause-wins"] = "down wins"
        early, late = sorted((made.instant(first), made.instant(second)))
        start = made.instant(-made.ticks * 2)
        facts = [replace(fact, recorded_at=start) for fact in write_facts(made) if not fact.TYPE.startswith("outage-closed")]
        verdicts = [judge(made, facts, when).findings[0].verdict.value for when in (early, late)]

        assert verdicts[0] != "missed" or verdicts[1] in ("missed", "undefined")


class TestWriting:
    @settings(max_examples=10)
    @given(histories)
    def test_is_canonical_with_all_other_senses(self, made):
        """Whatever happened: one writing, the same again, and every reading that a figure used is in it."""
        statement = judge(made, write_facts(made), others=True)
        used = reduce(lambda names, finding: {*names, *finding.readings}, statement.findings, set[str]())

        assert used == {entry["reading"] for entry in statement.to_json()["readings"]}
        assert written(statement) == written(judge(made, write_facts(made), others=True))
