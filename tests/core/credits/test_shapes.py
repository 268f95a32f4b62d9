"""Every way of paying: shares, hours, days and months of service, lost time, fixed amounts, formulas, cases."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from tests.core.credits.owed import down, owed, state_credits
from tests.core.sample import BLOCKS, header
from tests.core.spans import at
from tests.core.sums import find_wrong_sums
from tests.core.terms.changed import GONE
from upheld.core.credits import add_finding
from upheld.core.credits.setting import allow_nothing
from upheld.core.explain import Count, Level, Verdict, show
from upheld.core.facts import CreditDecided, Fact, LevelMeasured, MessageSent, ParameterSet, ShareAffected, TicketOpened
from upheld.core.timeline import HOUR, Span

TWO_OUTAGES = [*down(330, 2), *down(90, 3)]
HOURS, DAYS = {"hour is worth": "of / hours of the period"}, {"day is worth": "of / 30"}
EACH = {"per": "outage", "counted": "per outage", "touching": "as one"}
CLOCK = {
    "strength": "promise", "starts": "received", "stops": "reply by a person", "repeats": "never", "within": "15 minutes",
    "hours": "always", "pauses": "none", "after change": "from start", "evidence": ["probes"],
}  # fmt: skip
LATENCY = {
    "of": "shop", "figure": "latency in ms", "taken as": "mean", "strength": "promise", "period": "month",
    "target": "at most 3", "evidence": ["probes"],
}  # fmt: skip

UNKNOWN = "the formula divides by nothing, or a quantity of it is not known"


def priced(value: str, day: str):
    begin = at(f"{day}T00:00Z")
    return ParameterSet(**header(f"p{day}", "2020-01-01T00:00Z"), name="monthly-price", value=value, from_at=begin)


def level(figure: str, value: str):
    span: dict[str, Any] = {"from_at": at("2025-06-02T00:00Z"), "to_at": at("2025-06-03T00:00Z")}
    return LevelMeasured(
        **header(f"level-{figure}", "2025-06-03T00:00Z"), figure=figure, component="web", level=value, **span
    )


class TestShapes:
    @pytest.mark.parametrize(
        ("credit", "shown", "units"),
        [
            ({"pays": "10 %"}, "EUR 72.00", 1),
            ({"pays": "price"}, "EUR 720.00", 1),
            ({"pays": "EUR 5"}, "EUR 5.00", 1),
            ({"pays": "1 month of service"}, "EUR 720.00", 1),
            ({"pays": "time lost", **HOURS}, "EUR 7.00", 7),
            ({"pays": "time lost", **HOURS, "times": "10 x"}, "EUR 70.00", 7),
            ({"pays": "time lost", "hour is worth": "of"}, "EUR 5,040.00", 7),
            ({"pays": "time lost", **HOURS, "beyond": "the target"}, "EUR 3.40", Fraction(17, 5)),
            ({"pays": "10 hours of service", **HOURS}, "EUR 10.00", 1),
            ({"pays": "daily price", "for each": "full hour", **DAYS}, "EUR 168.00", 7),
            ({"pays": "1 elapsed day of service", "for each": "full hour", "day is worth": "of / days of the period"},
             "EUR 168.00", 7),
            ({"pays": "1 elapsed day of service", "for each": "full 15 minutes", "beyond": "the target", **DAYS},
             "EUR 312.00", 13),
            ({"pays": "1 %", "for each": "full hour", **EACH}, "EUR 43.20", 6),
            ({"pays": "1 %", "for each": "started hour", **EACH}, "EUR 57.60", 8),
            ({"pays": "1 %", "for each": "exact hour", **EACH}, "EUR 50.40", 7),
            ({"pays": "1 %", "for each": "full hour", "beyond": "2 hours", **EACH}, "EUR 21.60", 3),
            ({"pays": "1 %", "for each": "case", **EACH}, "EUR 14.40", 2),
            ({"formula": "P * D / T", "where": {"P": "price", "D": "down", "T": "all time"}}, "EUR 7.00", 1),
        ],
    )  # fmt: skip
    def test_comes_to_what_a_calculator_says(self, credit, shown, units):
        """5 h 30 and 1 h 30 without service in a June of 720 hours that costs 720."""
        found = owed(credit, *TWO_OUTAGES)

        assert (shown, units, "due") == (found.finding.shown, found.units, found.state)
        assert [] == find_wrong_sums([found.finding])

    @pytest.mark.parametrize(
        ("pays", "unit", "value", "ends"),
        [("1 elapsed day of service", "full 30 minutes", Count(14, "days"), "2027-04-14"),
         ("1 month of service", "case", Count(1, "months"), "2027-04-30"),
         ("12 hours of service", "full 2 hours", Count(36, "hours"), "2027-04-01"),
         ("1 elapsed day of service", "exact 40 minutes", Level(Fraction(21, 2), "days"), None)],
    )  # fmt: skip
    def test_gives_time_instead_of_money(self, pays, unit, value, ends):
        """Seven hours without service put off the end of the term; time needs no price and no rounding."""
        credit = {"pays": pays, "for each": unit, "as": "term extension", "extends": "2027-03-31"}
        found = owed(credit, *TWO_OUTAGES)

        assert (value, ends) == (found.finding.value, dict(found.finding.quantities).get("ends"))
        assert found.unit_price is None

    def test_a_formula_that_divides_by_nothing_is_undefined(self):
        """The reason is told."""
        found = owed({"formula": "P / (T - T)", "where": {"P": "price", "T": "all time"}}, *TWO_OUTAGES)

        assert ("undefined", UNKNOWN) == (found.finding.shown, found.lines[0].why)

    def test_a_formula_may_weigh_by_the_share_of_users(self):
        """Nobody recorded a share, so all were hit."""
        where = {"P": "price", "D": "down", "R": "affected share", "T": "all time"}

        assert "EUR 7.00" == owed({"formula": "P * D * R / T", "where": where}, *TWO_OUTAGES).finding.shown

    def test_a_formula_counts_minutes(self):
        """A price of one, times minutes."""
        found = owed({"formula": "P * D", "where": {"P": "price", "D": "down"}, "of": "EUR 1"}, *TWO_OUTAGES)

        assert "EUR 420.00" == found.finding.shown

    @pytest.mark.parametrize(
        ("said", "shown"),
        [("this period", "EUR 72.00"), ("period before", "EUR 36.00"), ("outage start", "EUR 100.00"),
         ("next invoice", "EUR 150.00"), ("30 days before claim", "EUR 36.00")],
    )  # fmt: skip
    def test_the_price_of_another_time(self, said, shown):
        """360 in May, 720 from June on, 1000 from the tenth, 1500 from July."""
        prices = [
            priced(value, day)
            for day, value in (("2025-01-01", "EUR 360"), ("2025-06-01", "EUR 720"), ("2025-06-10", "EUR 1000"),
                               ("2025-07-01", "EUR 1500"))
        ]  # fmt: skip
        found = owed({"pays": "10 %", "of period": said, "per": "outage", "touching": "as one"}, *prices, *down(300, 11))

        assert shown == found.finding.shown

    @pytest.mark.parametrize("since", ["2025-05-31T23:59:59.999999Z", "2025-05-01T00:00Z"])
    def test_the_price_of_the_period_before_is_the_one_of_its_last_instant(self, since):
        """A price that was raised in May, be it a microsecond before its end, is May's."""
        raised = ParameterSet(**header("p-may", "2020-01-01T00:00Z"), name="monthly-price", value="EUR 400",
                              from_at=at(since))  # fmt: skip
        found = owed({"pays": "10 %", "of period": "period before"}, priced("EUR 900", "2025-06-01"), raised, *down(300))

        assert "EUR 40.00" == found.finding.shown

    def test_outages_at_several_prices_are_told_one_by_one(self):
        """Ten per cent of 720, then of 1000."""
        dearer = ParameterSet(**header("p", "2020-01-01T00:00Z"), name="monthly-price", value="EUR 1000",
                              from_at=at("2025-06-10T00:00Z"))  # fmt: skip
        credit = {"pays": "10 %", "for each": "full hour", "of period": "outage start", **EACH}
        found = owed(credit, dearer, *down(60, 3), *down(180, 12))

        told = [(str(step.value), step.words) for step in found.finding.why.because[-3:]]
        assert "EUR 372.00" == found.finding.shown
        assert [
            ("EUR 72.00", "o-2025-06-3, 10 % of EUR 720.00"), ("EUR 300.00", "o-2025-06-12, 10 % of EUR 1,000.00, x 3"),
            ("EUR 372.00", "together, rounded half up to 1/100 once"),
        ] == told  # fmt: skip

    def test_each_outage_is_asked_for_itself(self):
        """Only what lasted more than two hours pays, and a storm never does."""
        credit = {"when": {"length": "more than 2 hours", "cause": "own"}, "pays": "EUR 5", **EACH}
        found = owed(credit, *down(330, 2), *down(90, 3), *down(600, 4, cause="storm"))

        assert ("EUR 5.00", ["o-2025-06-2"]) == (found.finding.shown, [line.thing.key for line in found.lines])

    @pytest.mark.parametrize(("credit", "shown"), [
        ({"pays": "EUR 10", "for each": "full 3"}, "EUR 10.00"), ({"pays": "EUR 10", "for each": "started 3"}, "EUR 20.00"),
        ({"bands": [{"latency": "at most 6", "pays": "EUR 1"}, {"latency": "more than 6", "pays": "EUR 4"}]}, "EUR 4.00"),
    ])  # fmt: skip
    def test_a_figure_beyond_its_target_pays_by_its_own_unit(self, credit, shown):
        """7 ms where 3 were promised: one further 3 ms are full, a second has started."""
        found = owed({**credit, "when": {"latency": "missed"}}, level("latency in ms", "7"), measures__latency=LATENCY)

        assert shown == found.finding.shown

    def test_a_figure_in_per_cent_is_cut_in_per_cent(self):
        """2 % of packets lost where none may be: two full per cent."""
        loss = {**LATENCY, "figure": "packet loss", "target": "at most 0 %"}
        credit = {"pays": "EUR 10", "for each": "full 1 %", "when": {"loss": "missed"}}

        assert "EUR 20.00" == owed(credit, level("packet loss", "2"), measures__loss=loss).finding.shown

    def test_the_time_beyond_a_target_pays_by_time(self):
        """A day at 7 ms where 3 were promised: two full units of ten hours, four hours over."""
        credit = {"pays": "EUR 10", "for each": "full 10 hours", "when": {"latency": "missed"}}

        assert "EUR 20.00" == owed(credit, level("latency in ms", "7"), measures__latency=LATENCY).finding.shown

    def test_each_ticket_that_was_answered_late(self):
        """Two of three were late: two cases; what was never late is told as well."""
        facts: list[Fact] = []
        for number, minutes in ((1, 10), (2, 25), (3, 40)):
            opened = f"2025-06-0{number}T10:00Z"
            facts.append(TicketOpened(**header(f"t{number}", opened), ticket=f"T-{number}", channel="email"))
            facts.append(MessageSent(**header(f"m{number}", f"2025-06-0{number}T10:{minutes}Z"), ticket=f"T-{number}",
                                     message=f"M-{number}", author="person"))  # fmt: skip
        found = owed({"when": {"respond": "missed"}, "per": "ticket", "pays": "EUR 5", "for each": "case"}, *facts,
                     clocks={"respond": CLOCK})  # fmt: skip

        assert ("EUR 10.00", ["T-2", "T-3"]) == (found.finding.shown, [line.thing.key for line in found.lines])
        assert ["does not hold", "holds", "holds"] == [step.value for step in found.finding.why.because[:3]]
        assert [] == find_wrong_sums([found.finding])

    def test_each_clock_hour_with_more_than_six_minutes(self):
        """Seven minutes of hour 10 and eight over the edge of 11 and 12: one hour is not charged."""
        hour = {"length": "1 hour", "starts": "1 January", "zone": "UTC", "counts as": "elapsed time"}
        promise = {**BLOCKS["availability"]["uptime"], "period": "clock-hour", "target": "none"}
        credit = {"when": {"hourly": "more than 6 minutes"}, "pays": "EUR 0.50", "as": "waiver"}
        facts = [*down(7, 3, hour=10), *down(0, 4)]
        found = owed(credit, *facts, availability__hourly=promise, **{"periods__clock-hour": hour})

        assert "EUR 0.50" == found.finding.shown


class TestDiscretion:
    @pytest.mark.parametrize(("granted", "state", "given"), [(None, "proposed", "EUR 0.00"), (True, "granted", "EUR 5.00"),
                                                             (False, "refused", "EUR 0.00")])  # fmt: skip
    def test_is_never_silent(self, granted, state, given):
        """Proposed until somebody decides; then it says what was decided."""
        decided = [] if granted is None else [
            CreditDecided(**header("d", "2025-07-03T00:00Z"), credit="one", period_from_at=at("2025-06-01T00:00Z"),
                          granted=granted, by="Mara", because="told the customer")
        ]  # fmt: skip
        statement = state_credits({"one": {"pays": "EUR 5", "granted": "at discretion"}}, *down(300), *decided)
        written = statement.to_json()["credits"][0]

        assert (state, given) == (written["state"], written["granted"])

    def test_nothing_is_proposed_where_nothing_was_missed(self):
        """A credit at discretion stands nowhere in a month that was kept."""
        assert "none" == owed({"pays": "EUR 5", "granted": "at discretion"}, *down(30)).state


class TestCases:
    def test_the_case_that_holds_for_the_customer_pays(self):
        """Two plans, two amounts; the rule says the rest."""
        cases = {"small": {"when": {"plan": "small"}, "pays": "EUR 1"}, "large": {"otherwise": True, "pays": "EUR 9"}}
        plan = {"parameters__plan": {"kind": "choice", "choices": ["small", "large"], "usual": "large"}}

        assert "EUR 9.00" == owed({"cases": cases}, *down(300), **plan).finding.shown

    def test_no_case_is_no_credit_and_two_are_undecided(self):
        """A plan of which no case speaks gets nothing; one of which two speak has an open credit."""
        plan = {"parameters__plan": {"kind": "choice", "choices": ["small", "large"], "usual": "large"}}
        none = {"cases": {"small": {"when": {"plan": "small"}, "pays": "EUR 1"}}}
        both = {
            "cases": {"a": {"when": {"plan": "large"}, "pays": "EUR 1"}, "b": {"when": {"plan": "large"}, "pays": "EUR 2"}}
        }

        assert ["none", "open"] == [owed(credit, *down(300), **plan).state for credit in (none, both)]


class TestWorth:
    def test_free_time_is_that_of_the_units(self):
        """Seven full half hours at ten times their price are thirty-five hours."""
        credit = {"pays": "hourly price", "for each": "full 30 minutes", "times": "10 x", **HOURS, **EACH}
        found = owed(credit, *down(210), availability__uptime__target="at least 100 %")

        assert (HOUR * 35, "EUR 35.00") == (found.finding.quantity("free time"), found.finding.shown)


class TestEdges:
    def test_a_credit_may_hang_on_no_availability_at_all(self):
        """An agreement that promises only an answer: an hour is one of the month's, down time there is none."""
        late = TicketOpened(**header("t", "2025-06-02T10:00Z"), ticket="T-1", channel="email")
        places = {"availability": GONE, "clocks": {"respond": CLOCK}}
        credit = {"when": {"respond": "missed"}, "per": "ticket", "pays": "hourly price", **HOURS}
        formula = {"when": {"respond": "missed"}, "formula": "P * T", "where": {"P": "price", "T": "all time"}}

        assert "EUR 1.00" == owed(credit, late, **places).finding.shown
        assert "undefined" == owed(formula, late, **places).finding.shown

    def test_a_cap_in_days_of_a_credit_in_days(self):
        """Seven days of service, of which three are given: four are above."""
        credit = {"pays": "1 elapsed day of service", "for each": "full hour", "as": "term extension"}
        found = owed({**credit, "cap": {"at most": "3 elapsed days of service", "per": "period"}}, *TWO_OUTAGES)

        assert (Count(3, "days"), Count(4, "days")) == (found.finding.value, found.finding.quantity("above"))

    def test_a_unit_of_a_figure_that_there_is_not(self):
        """A month without a base has no figure, and no per cent beyond its target."""
        credit = {"pays": "EUR 1", "for each": "full 1 %", "when": {"responsible": ["provider", "nobody"]}}

        assert "EUR 0.00" == owed(credit, *down(300), availability__uptime__formula="(T - D) / (M - M)").finding.shown

    def test_beyond_what_a_clock_allowed(self):
        """Five hours and a half where two are allowed: three full hours."""
        clock = {**CLOCK, "starts": "outage start", "stops": "outage end", "within": "2 hours"}
        credit = {"pays": "EUR 1", "for each": "full hour", "beyond": "resolve", **EACH}
        found = owed(credit, *down(330), clocks={"resolve": clock})

        assert ("EUR 3.00", HOUR * 2) == (found.finding.shown, found.finding.quantity("beyond"))

    def test_a_number_of_outages_may_be_what_is_promised(self):
        """Two were one too many."""
        measure = {**LATENCY, "figure": "outages", "taken as": "count", "target": "at most 1"}
        credit = {"pays": "EUR 1", "for each": "full 1", "when": {"calm": "more than 1"}}

        assert "EUR 1.00" == owed(credit, *TWO_OUTAGES, measures__calm=measure).finding.shown

    def test_a_formula_weighs_by_the_recorded_share_of_users(self):
        """A hundred minutes for a tenth of the users."""
        share = ShareAffected(**header("s", "2025-06-11T01:40Z"), outage="o-2025-06-11", from_at=at("2025-06-11T00:00Z"),
                              to_at=at("2025-06-11T01:40Z"), hit=1, all=10)  # fmt: skip
        where = {"P": "price", "D": "down", "R": "affected share", "T": "all time"}
        places = {"availability__uptime__counting": "affected time", "availability__uptime__target": "at least 100 %",
                  "availability__uptime__formula": GONE, "availability__uptime__where": GONE}  # fmt: skip
        found = owed({"formula": "P * D * R / T", "where": where}, *down(100), share, **places)

        assert "EUR 0.17" == found.finding.shown

    def test_the_lines_of_an_interruption(self):
        """What one outage brings of a credit."""
        found = owed({"pays": "EUR 5", **EACH}, *TWO_OUTAGES)

        assert "EUR 5.00" == show(found.value_of(found.lines_of("o-2025-06-2")))
        assert found.unit_price
        assert Fraction(5) == found.unit_price.amount

    def test_of_several_runs_the_missed_one_speaks(self):
        """An update that came too late is not healed by one that came in time."""
        facts: list[Fact] = [TicketOpened(**header("t", "2025-06-02T10:00Z"), ticket="T-1", channel="email")]
        for number, minute in ((1, "10:40"), (2, "10:50")):
            facts.append(MessageSent(**header(f"m{number}", f"2025-06-02T{minute}Z"), ticket="T-1", message=f"M-{number}",
                                     author="person", says=("update",)))  # fmt: skip
        clock = {**CLOCK, "starts": "received", "stops": "update sent", "repeats": "at each stop"}
        found = owed({"when": {"update": "missed"}, "per": "ticket", "pays": "EUR 5"}, *facts, clocks={"update": clock})

        assert ["T-1/1", "T-1/3"] == [line.thing.key for line in found.lines]
        assert "missed" == str(found_of(found, "T-1"))


def found_of(assessment, ticket: str):
    """What a whole ticket comes to for its clock, over all its runs."""
    known: dict[str, Any] = {}
    terms: Any = None
    for line in assessment.lines:
        for finding in line.thing.findings:
            add_finding(terms, known, "update", finding)
    met = replace(assessment.lines[0].thing.findings[0], verdict=Verdict.MET)
    add_finding(terms, known, "update", met)
    return known["update"]


def test_without_clocks_nobody_knows_what_one_allowed():
    """A setting that no desk was judged for."""
    assert allow_nothing("resolve", Span(at("2025-06-02T00:00Z"), at("2025-06-02T01:00Z"))) is None
