"""Findings at hand: the judge's own answer, kept only while nothing changed."""

import pytest

from tests.append_only import triggers_stand_aside
from tests.apps.watched import KEY, at, observe, pack, sign, watch
from upheld.apps.agreements.queries import calendars_of, document_of
from upheld.apps.findings import queries
from upheld.apps.ledger.queries import facts_of
from upheld.apps.probes.services import ingest
from upheld.core.statement import build
from upheld.core.timeline import MICRO, MINUTE, SECOND, ZERO, Instant, Span

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def agreement(settings, tmp_path):
    settings.UPHELD_SAMPLES = tmp_path / "samples"
    watch()
    return sign()


def take(*observations, **changes):
    ingest(batch=pack(*observations, **changes), at=at(5))


class TestStateOf:
    def test_is_what_the_judge_says(self, agreement):
        """The same value that is built from the ledger by hand."""
        take(observe(1, 0, "bad"))

        found = queries.state_of(agreement, "2026-02", at(30))

        document, calendars = document_of(agreement, at(0)), calendars_of(agreement, at(0))
        by_hand = build(document, calendars, facts_of(KEY), "2026-02", at(30), others=False)
        assert by_hand.to_json() == found.to_json()

    def test_is_kept_for_a_minute(self, agreement):
        take(observe(1, 0, "bad"))

        first, second, later = (queries.state_of(agreement, "2026-02", at(second)) for second in (30, 40, 95))

        assert (True, False) == (first is second, first is later)

    def test_from_a_whole_second_is_never_one_from_within_a_second(self, agreement):
        """A program that asks at any microsecond does not spoil the lengths of a page that looks right after it."""
        take(observe(1, 0, "bad"))
        queries.state_of(agreement, "2026-02", at(250) + MICRO)

        assert at(251) == queries.state_of(agreement, "2026-02", at(251)).as_of

    def test_is_made_anew_with_every_fact(self, agreement):
        """In the same minute: what was recorded shows at once."""
        before = queries.state_of(agreement, "2026-02", at(10))
        take(observe(1, 0, "bad"))

        after = queries.state_of(agreement, "2026-02", at(10))

        assert [ZERO, SECOND * 9] == [state.findings[0].quantity("down") for state in (before, after)]

    def test_looks_from_the_past_as_well(self, agreement):
        """An earlier instant of the same minute is not answered with a later one's state."""
        take(observe(1, 0, "bad"))
        queries.state_of(agreement, "2026-02", at(590))

        assert at(570) == queries.state_of(agreement, "2026-02", at(570)).as_of


class TestKnownFacts:
    def test_are_those_of_the_ledger_however_it_grew(self, agreement):
        counts = []
        for sequence in range(1, 4):
            take(observe(sequence, sequence * 10, ["good", "bad"][sequence % 2]), sequence=sequence)
            _, facts = queries.known_facts(KEY)
            counts.append(list(facts) == facts_of(KEY))

        assert [True, True, True] == counts

    def test_are_read_anew_where_the_ledger_is_another(self, agreement):
        """A backup was put back under the running program: what was at hand does not belong to it any more."""
        take(observe(1, 0, "bad"))
        queries.known_facts(KEY)
        from django.db import connection

        with triggers_stand_aside(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM ledger_entry")
            cursor.execute("UPDATE ledger_tree SET size = 0, peaks = '[]'")
        take(observe(1, 60), observe(2, 70, "unseen"), observe(3, 80), boot="b2")
        take(observe(4, 90), boot="b2", sequence=2)

        assert facts_of(KEY) == list(queries.known_facts(KEY)[1])

    def test_of_no_ledger_are_none(self):
        assert (None, ()) == queries.known_facts("nobody")


class TestPeriods:
    def test_are_the_agreements_own(self, agreement):
        february = Span(Instant.parse("2026-02-01T00:00Z"), Instant.parse("2026-03-01T00:00Z"))
        january = Span(Instant.parse("2026-01-01T00:00Z"), february.start)

        assert ([january, february], february) == (
            queries.periods_between(agreement, january.start, february.start + MINUTE),
            queries.period_at(agreement, at(0)),
        )
