"""The grammars of what is paid, and credits that do not say enough to be judged."""

from datetime import date
from fractions import Fraction

import pytest

from tests.core.credits.owed import BASE
from tests.core.sample import BLOCKS
from tests.core.terms.changed import GONE, problems, terms
from upheld.core.money import Money
from upheld.core.terms import paying
from upheld.core.terms.place import Unreadable
from upheld.core.terms.quantities import Months, NotAQuantity, Percent
from upheld.core.timeline import DAY, HOUR, MINUTE

WORD = {"pays": "10 %"}


def wrong(credit, **places):
    return problems(credits={"one": {**BASE, **credit}}, claims=GONE, **places)


class TestGrammars:
    @pytest.mark.parametrize(
        ("written", "pays", "shown"),
        [
            ("10 %", Percent(Fraction(1, 10), 0), "10 %"),
            ("USD 50", Money(Fraction(50), "USD"), "USD 50.00"),
            ("10 hours of service", paying.Service(HOUR * 10, "hours"), "10 hours of service"),
            ("1 elapsed day of service", paying.Service(DAY, "days"), "1 day of service"),
            ("1 month of service", paying.Service(Months(1), "months"), "1 month of service"),
            ("time lost", "time lost", "time lost"),
        ],
    )
    def test_pays(self, written, pays, shown):
        """A share, an amount, time of service, or the time that was lost; each shows as it was written."""
        assert (pays, shown) == (paying.parse_pays(written), str(paying.parse_pays(written)))

    @pytest.mark.parametrize(
        ("written", "how", "step"),
        [
            ("full hour", "full", HOUR), ("started 30 minutes", "started", MINUTE * 30), ("exact hour", "exact", HOUR),
            ("full elapsed day", "full", DAY), ("full 1 %", "full", Percent(Fraction(1, 100), 0)),
            ("full 3", "full", Fraction(3)), ("case", "case", None),
        ],
    )  # fmt: skip
    def test_units(self, written, how, step):
        """Full, started or exact, of a length, a share or a number; a case is a unit by itself."""
        assert paying.Unit(how, step) == paying.parse_unit(written)

    @pytest.mark.parametrize(
        ("parse", "written", "what"),
        [
            (paying.parse_pays, "plenty", "does not say what is paid"),
            (paying.parse_pays, "5 business days of service", "counts days of a calendar"),
            (paying.parse_unit, "half hour", "is no unit that pays"),
            (paying.parse_unit, "full", "is no unit that pays"),
            (paying.parse_unit, "full 5 business days", "counts days of a calendar"),
            (paying.parse_unit, "full 0", "is a unit of nothing"),
            (paying.parse_unit, "full 0 minutes", "is a unit of nothing"),
            (paying.parse_bands, "10 %", "are no bands"),
            (paying.parse_bands, [], "are no bands"),
            (paying.parse_bands, [{"uptime": "under 99 %"}], "is no band"),
            (paying.parse_bands, ["10 %"], "is no band"),
            (paying.parse_bands, [{"length": "under 5 business days", "pays": "1 %"}], "depends on a calendar"),
            (paying.parse_beyond, "5 business days", "depends on a calendar"),
            (paying.parse_worth, "a lot", "does not say what it is worth"),
            (paying.parse_worth, "of / 0", "does not say what it is worth"),
            (paying.parse_cap, {"at most": "1 %", "until": "x", "per": "period"}, "is no cap"),
            (paying.parse_cap, {"at most": "1 %"}, "a cap says for what it holds"),
            (paying.parse_cap, {"at most": "price", "per": "period"}, "is no upper limit"),
            (paying.parse_paid, "someday", "does not say where it is paid"),
        ],
    )
    def test_refuse_what_they_do_not_know(self, parse, written, what):
        """The sentence says what came and what to write."""
        with pytest.raises(Unreadable, match=what):
            parse(written)

    def test_a_place_may_have_a_deadline(self):
        """The place where a credit goes, and until when, as one text."""
        assert "next invoice, within 30 calendar days after confirmation" == paying.parse_paid(
            "next invoice, within 30 calendar days after confirmation"
        )
        with pytest.raises(NotAQuantity, match="is no deadline"):
            paying.parse_paid("next invoice, within reason")

    @pytest.mark.parametrize(
        ("written", "over", "shown"),
        [("of", 1, "1"), ("of / 730", 730, "730"), ("of / days of the period", None, "those of the period")],
    )
    def test_worth(self, written, over, shown):
        """What an hour or a day is worth: the price over the hours of the period, or over a number."""
        assert (over, shown) == (paying.parse_worth(written).over, str(paying.parse_worth(written)))

    def test_what_lies_beyond(self):
        """A length, the target, or the name of a clock, each from its own words."""
        assert [HOUR * 6, "the target", "resolve"] == [
            paying.parse_beyond(one) for one in ("6 hours", "the target", "resolve")
        ]

    def test_nothing_is_cut_from_nothing(self):
        """No less than no unit."""
        assert 0 == paying.parse_unit("full hour").count(Fraction(-5))


class TestCredits:
    @pytest.mark.parametrize(
        ("credit", "problem"),
        [
            (
                {"pays": "10 %", "bands": [{"uptime": "under 99 %", "pays": "5 %"}]},
                "credits/one: pays in 2 ways (pays, bands)",
            ),
            ({"formula": "P * X", "where": {"P": "price"}}, "credits/one/formula: the formula speaks of X"),
            ({**WORD, "time of": "sheep"}, "credits/one/time of: 'sheep' is not one of uptime"),
            ({"pays": "hourly price"}, "credits/one/hour is worth: hourly price is paid, and 'hour is worth' is not said"),
            (
                {"pays": "10 %", "cap": {"at most": "9 elapsed days of service", "per": "period"}},
                "credits/one/day is worth: at most 9 days of service is paid, and 'day is worth' is not said",
            ),
            ({"pays": "daily price"}, "credits/one/day is worth: daily price is paid, and 'day is worth' is not said"),
            ({"pays": "2 hours of service"}, "credits/one/hour is worth: 2 hours of service is paid"),
            ({"pays": "1 elapsed day of service"}, "credits/one/day is worth: 1 day of service is paid"),
            ({**WORD, "when": {"sheep": "missed"}}, "credits/one/when/sheep: 'sheep' is not known here"),
            ({**WORD, "when": {"uptime": "missed", "in a row": "twice"}}, "credits/one/when/in a row: 'twice' says no"),
            (
                {**WORD, "when": {"uptime": "missed", "in a row": "under 2"}},
                "credits/one/when/in a row: 'under 2' does not say",
            ),
            ({**WORD, "when": {"uptime": "missed", "times": "at least 2"}}, "credits/one/when/times: write either in a row"),
            ({**WORD, "each of": ["downtime"]}, "credits/one/each of: no promise is called 'downtime'"),
            ({**WORD, "only one of": ["two"]}, "credits/one/only one of: no credit is called 'two'"),
            ({"bands": [{"sheep": "under 99 %", "pays": "1 %"}]}, "credits/one/bands: 'sheep' has no figure"),
            ({**WORD, "beyond": "resolve"}, "credits/one/beyond: no clock is called 'resolve'"),
            (
                {**WORD, "cap": {"at most": "9 elapsed days of service", "per": "period"}},
                "credits/one/day is worth: at most 9 days of service is paid",
            ),
            ({**WORD, "cap": {"at most": "1 %", "per": "week"}}, "credits/one/cap: a cap for each 'week' is not judged"),
            ({"pays": "1 month of service", "as": "free period", "bands": GONE}, ""),
        ],
    )
    def test_says_what_is_missing(self, credit, problem):
        """Located, with what to write; nothing where all is said."""
        said = {key: value for key, value in credit.items() if value is not GONE}

        assert ([problem] if problem else []) == [one[: len(problem)] for one in wrong(said)]

    def test_a_part_of_a_price_needs_the_price(self):
        """Ten per cent of nothing said cannot be paid; the problem says what to write."""
        credit = {key: value for key, value in {**BASE, "pays": "10 %"}.items() if key != "of"}

        assert ["credits/one/of: 10 % is a part of a price; say of which: write of: parameter NAME"] == problems(
            credits={"one": credit}, claims=GONE
        )

    def test_given_time_has_one_measure(self):
        """Hours and months are not added: bands that give both are refused."""
        bands = [
            {"uptime": "under 99 %", "pays": "2 hours of service"},
            {"uptime": "at least 99 %", "pays": "1 month of service"},
        ]

        assert [
            "credits/one/pays: 1 month of service is no time in hours; a credit that gives time gives it in one measure"
        ] == wrong({"bands": bands, "as": "term extension"})

    def test_money_needs_the_block_that_rounds_it(self):
        """An amount without a currency and a rounding cannot be paid."""
        credit = {key: value for key, value in {**BASE, "pays": "EUR 5"}.items() if key != "of"}
        found = problems(credits={"one": credit}, claims=GONE, money=GONE)

        assert ["credits/one/as: a credit is money, and the file has no `money` block that says how it is rounded"] == found

    def test_time_that_pays_needs_a_promise_that_counts_it(self):
        """Two promises, and neither is named."""
        credit = {
            "per": "outage",
            "when": {"responsible": "provider"},
            "for each": "full hour",
            "touching": "as one",
            "pays": "EUR 1",
        }
        places = {"availability__second": BLOCKS["availability"]["uptime"]}

        assert ["credits/one/time of: time pays, and no promise says which time counts"] == [
            one.partition(";")[0] for one in wrong(credit, **places)
        ]
        bound = terms(credits={"one": {**BASE, **credit, "time of": "second"}}, claims=GONE, **places)
        assert "second" == bound.credits["one"].time_of

    def test_a_date_may_be_put_off(self):
        """Time that is given may move the end of the term, which the agreement names."""
        credit = {**BASE, "pays": "1 month of service", "as": "free period", "extends": "2026-12-31"}

        extends = terms(credits={"one": credit}, claims=GONE).credits["one"].extends

        assert extends
        assert date(2026, 12, 31) == extends.value


class TestClaimsAndRights:
    def test_a_claim_names_credits_that_there_are(self):
        """Another name is a problem, with the nearest."""
        assert ["claims/tenfold-claim/for: no credit is called 'ninefold'; nearest is 'tenfold'"] == problems(
            **{"claims__tenfold-claim__for": ["ninefold"]}
        )

    @pytest.mark.parametrize(
        ("right", "problem"),
        [
            ({"who": "nobody"}, "rights/leave/who: 'nobody' is not one of provider, customer"),
            ({"when": {}}, "rights/leave/when: says no condition"),
            ({"when": {"sheep": "missed"}}, "rights/leave/when/sheep: 'sheep' is not known here"),
            ({"notice": "5 lunar days"}, "rights/leave: no calendar is called 'lunar'"),
            ({"use within": "end of moon 2 after period end"}, "rights/leave: no period is called 'moon'"),
            ({"use within": "soon"}, "rights/leave/use within: 'soon' is not a deadline"),
        ],
    )
    def test_a_right_says_when_and_how(self, right, problem):
        """Each key that a right lacks, or that cannot be read, is located."""
        whole = {"who": "customer", "to": "terminate", "when": {"uptime": "missed"}, "notice": "none", "use within": "none",
                 "refund": "none", **right}  # fmt: skip

        assert [problem] == [one[: len(problem)] for one in problems(rights={"leave": whole})]
