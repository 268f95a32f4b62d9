"""One promise in a statement of another length: shorter periods, longer ones, sliding ones."""

from fractions import Fraction

from tests.core.availability.made import down, promised, stated
from tests.core.sample import header, outage
from tests.core.spans import span
from tests.core.sums import find_wrong_sums
from upheld.core.facts import ClaimFiled, TicketOpened

WEEKS = {"length": "1 week", "starts": "monday", "zone": "UTC", "counts as": "elapsed time"}
HOURS = {"length": "1 hour", "starts": "1 January", "zone": "UTC", "counts as": "elapsed time"}
ROLLING = {"length": "30 elapsed days", "starts": "1 January", "zone": "UTC", "counts as": "elapsed time", "sliding": True}


def accounts(facts, period="2026-04", named="other", as_of="2030-01-01T00:00Z", **other):
    """The accounts of a monthly promise and of one over another period, in one statement."""
    blocks = promised()
    blocks["periods"][named] = other
    blocks["availability"]["second"] = {**blocks["availability"]["uptime"], "period": named}
    judged = stated(blocks, facts, period=period, as_of=as_of).judged
    assert [] == find_wrong_sums(judged.findings)
    return judged.accounts


class TestSeveral:
    def test_weeks_are_judged_in_the_month_in_which_they_end(self):
        """Five hours on a Friday miss the week of 99.5 %, not the month's other weeks."""
        first, weeks = accounts(down("2026-04-10T10:00Z", "2026-04-10T15:00Z"), **WEEKS)

        assert "missed" == first.finding.verdict.value
        assert ["met", "missed", "met", "met"] == [part.finding.verdict.value for part in weeks.parts]
        assert "availability/second/2026-04-06" == weeks.parts[1].finding.rule
        assert ("missed", 1 - Fraction(5, 168)) == (weeks.finding.verdict.value, weeks.finding.value.exact)
        assert "1 periods" == str(weeks.finding.to_json()["quantities"]["periods missed"]["count"]) + " periods"

    def test_of_hours_only_those_that_were_hit_are_told(self):
        """Seven minutes at ten: one hour of 720."""
        _, hours = accounts(down("2026-04-10T10:00Z", "2026-04-10T10:07Z"), **HOURS)

        assert ["availability/second/2026-04-10T10:00:00.000000Z"] == [part.finding.rule for part in hours.parts]
        assert 1 - Fraction(7, 60) == hours.finding.value.exact

    def test_of_hours_without_trouble_none_is_told(self):
        """The month was kept, and so were its hours."""
        _, hours = accounts([], **HOURS)

        assert ((), "met", Fraction(1)) == (hours.parts, hours.finding.verdict.value, hours.finding.value.exact)

    def test_a_week_without_a_figure_is_told_before_those_with_one(self):
        """Nothing is asked of the weeks: of the one that left the base nobody knows how it was, and it stands for all."""
        facts = [
            *outage("gone", "2026-04-06T00:00Z", "2026-04-13T00:00Z", "dropped"),
            *outage("lost", "2026-04-15T10:00Z", "2026-04-15T15:00Z", "own"),
        ]
        blocks = promised(target="none")
        blocks["periods"]["other"] = WEEKS
        blocks["availability"]["second"] = {**blocks["availability"]["uptime"], "period": "other"}
        _, weeks = stated(blocks, facts).judged.accounts

        assert ["100.0000 %", "undefined", "97.0238 %", "100.0000 %"] == [part.finding.shown for part in weeks.parts]
        assert ("undefined", "not applicable") == (weeks.finding.shown, weeks.finding.verdict.value)

    def test_a_quarter_is_told_while_it_runs(self):
        """In the statement of April the quarter goes on to June."""
        quarter = WEEKS | {"length": "3 months", "starts": "1 January"}
        _, found = accounts([], as_of="2026-05-01T00:00Z", **quarter)

        assert span("2026-04-01T00:00Z", "2026-07-01T00:00Z") == found.finding.period
        assert "not known yet" == found.finding.verdict.value


class TestSliding:
    def test_the_worst_window_counts(self):
        """Four hours in April and four in May lie within thirty days: eight hours of 720."""
        facts = [*down("2026-04-20T00:00Z", "2026-04-20T04:00Z"), *down("2026-05-10T00:00Z", "2026-05-10T04:00Z")]
        month, rolling = accounts(facts, period="2026-05", **ROLLING)

        assert 1 - Fraction(4, 744) == month.finding.value.exact
        assert 1 - Fraction(8, 720) == rolling.finding.value.exact

    def test_of_windows_that_are_equally_bad_the_first_counts(self):
        """Two hours on the tenth of May lie in every window until June: the one that ends with them is told."""
        _, rolling = accounts(down("2026-05-10T10:00Z", "2026-05-10T12:00Z"), period="2026-05", **ROLLING)

        assert span("2026-04-10T12:00Z", "2026-05-10T12:00Z") == rolling.finding.period

    def test_without_trouble_it_is_the_last_one(self):
        """The thirty days before the end of the month."""
        _, rolling = accounts([], **ROLLING)

        assert span("2026-04-01T00:00Z", "2026-05-01T00:00Z") == rolling.finding.period

    def test_the_year_before_a_claim(self):
        """One window for each claim; the figure is that of the worst."""
        facts = [
            *down("2026-04-10T10:00Z", "2026-04-10T12:00Z"),
            ClaimFiled(**header("c1", "2026-04-09T00:00Z"), claim="c1", credit="x", outage="o", channel="email"),
            ClaimFiled(**header("c2", "2026-04-11T00:00Z"), claim="c2", credit="x", outage="o", channel="email"),
        ]
        _, rolling = accounts(facts, **ROLLING | {"ends": "claim received"})

        assert [Fraction(1), 1 - Fraction(2, 720)] == [part.finding.value.exact for part in rolling.parts]

    def test_of_a_claim_at_midnight_is_of_the_month_that_ends(self):
        """A claim at the first midnight of May is April's, with five hours; that of June is May's, with one in 30 days."""
        lost = [*down("2026-04-20T10:00Z", "2026-04-20T15:00Z"), *down("2026-05-20T10:00Z", "2026-05-20T11:00Z")]
        claims = [
            ClaimFiled(**header(name, when), claim=name, credit="x", outage="o", channel="email")
            for name, when in (("c1", "2026-05-01T00:00Z"), ("c2", "2026-06-01T00:00Z"))
        ]
        _, rolling = accounts([*lost, *claims], period="2026-05", **ROLLING | {"ends": "claim received"})

        assert 1 - Fraction(1, 720) == rolling.finding.value.exact

    def test_ends_with_other_events(self):
        """A ticket, the end of an outage, the end of the month: one event each is one window."""
        lost = down("2026-04-10T10:00Z", "2026-04-10T12:00Z")
        ticket = TicketOpened(**header("t", "2026-04-12T00:00Z"), ticket="t", channel="email")
        for event, end in (
            ("ticket opened", "2026-04-12"),
            ("outage end", "2026-04-10T12:00Z"),
            ("period end", "2026-05-01"),
        ):
            end = end if "T" in end else f"{end}T00:00Z"
            _, rolling = accounts([*lost, ticket], **ROLLING | {"ends": event})

            assert span("2026-01-01T00:00Z", end).end == rolling.finding.period.end

    def test_without_an_event_there_is_no_window(self):
        """Nobody claimed: the month's own sums, and no window to judge."""
        _, rolling = accounts([], **ROLLING | {"ends": "claim received"})

        assert () == rolling.parts
