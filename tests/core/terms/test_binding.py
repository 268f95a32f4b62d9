"""From a document to rules: each value with its clauses and readings, or everything that is wrong, with its path."""

from fractions import Fraction

import pytest

from tests.core.sample import BLOCKS, CALENDARS, DOCUMENT
from tests.core.terms.changed import GONE, PRICE, bind_blocks, changed, problems, terms
from upheld.core.money import Money
from upheld.core.terms import Document, Terms, bind
from upheld.core.timeline import MINUTE


class TestBind:
    def test_binds_the_sample(self):
        """Every block of the agreement becomes a rule that knows its clauses and readings."""
        bound = bind(DOCUMENT, CALENDARS, PRICE, {})

        assert isinstance(bound, Terms)
        uptime, credit = bound.availability["uptime"], bound.credits["tenfold"]
        assert ("HH-1",) == uptime.target.clauses == uptime.clauses
        assert ("own-cause-wins",) == uptime.overlap.readings
        assert ("HH-2",) == credit.clauses
        assert credit.price is not None
        assert Money.parse("EUR 720.00") == credit.price.value
        assert "whole" == bound.readings["whole-days"]
        assert "own" == bound.usual_cause.name if bound.usual_cause else False

    def test_takes_another_sense_where_one_is_chosen(self):
        """A reading acts where it is named, and its own clauses go with it."""
        cites = {"availability/uptime": ("HH-1",), "readings/own-cause-wins": ("HH-9",)}
        bound = bind_blocks(BLOCKS, cites=cites, own_cause_wins="up wins")

        assert isinstance(bound, Terms)
        assert "up wins" == bound.availability["uptime"].overlap.value
        assert ("HH-1", "HH-9") == bound.availability["uptime"].overlap.clauses

    @pytest.mark.parametrize(
        ("places", "problem"),
        [
            (
                {"credits__tenfold__times": "often"},
                "credits/tenfold/times: 'often' is not a multiple; write for instance 10 x",
            ),
            ({"credits__tenfold__pays": GONE}, "credits/tenfold: pays in 0 ways (none); give exactly one of pays, bands"),
            ({"credits__tenfold__as": GONE}, "credits/tenfold/as: 'as' is missing; it must be said, since it can"),
            ({"credits__tenfold__paid": GONE}, "credits/tenfold/paid: 'paid' is missing"),
            ({"credits__tenfold__cap": {"at most": "1"}}, "credits/tenfold/cap: a cap says for what it holds"),
            ({"credits__tenfold__for_each": "hour"}, "credits/tenfold/for each: 'hour' is no unit that pays"),
            ({"credits__tenfold__for_each": "full 1 month"}, "credits/tenfold/for each: 'full 1 month' counts days of a"),
            ({"credits__tenfold__hour_is_worth": "much"}, "credits/tenfold/hour is worth: 'much' does not say what it is"),
            ({"credits__tenfold__of": "USD 5"}, "credits/tenfold/of: the price is in USD, the agreement's money in EUR"),
            ({"credits__tenfold__when": {"sheep": "missed"}}, "credits/tenfold/when/sheep: 'sheep' is not known here"),
            ({"money": GONE}, "credits/tenfold/of: the price is in EUR, the agreement's money in "),
            ({"money__step": GONE}, "money/step: 'step' is missing"),
            ({"calendars__business__zone": "Europe/Paris"}, "calendars/business/zone: zone Europe/Paris was not frozen"),
            ({"calendars__business__open": ["all day"]}, "calendars/business/open: 'all day' are no opening hours"),
            ({"periods__month__zone": "Europe/Paris"}, "periods/month/zone: zone Europe/Paris was not frozen"),
            ({"periods__month__length": "5 business days"}, "periods/month/length: a period of 5 business days has no"),
            ({"periods__month__length": "0 hours"}, "periods/month/length: 0 min is no length of a period"),
            ({"periods__month__starts": "32"}, "periods/month/starts: '32' is no day of a month"),
            ({"periods__month__starts": GONE}, "periods/month/starts: 'starts' is missing"),
            ({"periods__month__counts_as": "1 per week"}, "periods/month/counts as: '1 per week' is no denominator"),
            ({"evidence__probes__kind": "rumour"}, "evidence/probes/kind: 'rumour' is not one of probe, import"),
            ({"services__shop__each": GONE}, "services/shop/each: 'each' is missing"),
            (
                {"causes__own__counts_as": "dwn"},
                "causes/own/counts as: 'dwn' is not one of down, up, out of base; nearest is",
            ),
            ({"causes__own__otherwise": "yes"}, "causes/own/otherwise: 'yes' stands where true or false is expected"),
            ({"maintenance__regular__measured": GONE}, "maintenance/regular/measured: 'measured' is missing"),
            ({"maintenance__regular__otherwise": GONE}, "maintenance/regular/otherwise: 'otherwise' is missing"),
            ({"maintenance__regular__outside": "party"}, "maintenance/regular/outside: no calendar is called 'party'"),
            ({"availability__uptime__counting": "sheep"}, "availability/uptime/counting: 'sheep' is not one of time down"),
            (
                {"availability__uptime__counting": "bad intervals"},
                "availability/uptime/each: bad intervals needs 'each'; without it nothing can be counted",
            ),
            ({"availability__uptime__formula": "(T - X) / T"}, "availability/uptime/formula: the formula speaks of X"),
            ({"availability__uptime__where": {}}, "availability/uptime/formula: the formula speaks of T"),
            ({"availability__uptime__formula": "(T - D"}, "availability/uptime/formula: a parenthesis of the formula"),
            ({"availability__uptime__period": "week"}, "availability/uptime/period: no period is called 'week'"),
            ({"availability__uptime__period": ["month"]}, "availability/uptime/period: ['month'] stands where a text"),
            ({"availability__uptime__where__T": "time"}, "availability/uptime/where/T: 'time' is not one of all time"),
            ({"claims__tenfold-claim__details": "all"}, "claims/tenfold-claim/details: 'all' stands where a list of"),
            (
                {"claims__tenfold-claim__refused_when__x": {"ticket": {"later": "5"}}},
                "claims/tenfold-claim/refused when/x/ticket",
            ),
            ({"causes": "none"}, "causes: 'none' stands where a map is expected"),
        ],
    )
    def test_says_what_is_wrong_and_where(self, places, problem):
        """The path of the value, what came, and what to write."""
        found = problems(**places)

        assert [problem] == [each[: len(problem)] for each in found if each.startswith(problem)]

    def test_names_everything_at_once(self):
        """Two mistakes in two blocks: both are told."""
        assert 2 == len(problems(credits__tenfold__paid=GONE, causes__own__responsible=GONE))

    def test_says_that_credits_need_money(self):
        """A credit in a file without `money` has no currency and no rounding."""
        found = problems(money=GONE, credits__tenfold__of="EUR 1")

        assert any("the file has no `money` block" in each for each in found)

    def test_knows_no_reading_that_is_not_there(self):
        """A misspelt reading would silently change nothing."""
        found = bind_blocks(BLOCKS, own_cause_win="up wins")

        assert isinstance(found, list)
        assert ["readings/own-cause-win: no reading is called 'own-cause-win'"] == [str(each) for each in found]

    def test_takes_no_sense_that_is_not_there(self):
        """Neither of a list of senses nor of named ones."""
        for chosen in ({"own_cause_wins": "maybe"}, {"whole_days": "maybe"}):
            found = bind_blocks(BLOCKS, PRICE, None, **chosen)

            assert isinstance(found, list)
            assert "has no sense 'maybe'; it has " in str(found[0])


class TestParameters:
    def test_refuses_to_judge_without_a_value(self):
        """The price is not in the text and has no usual value: nothing is defaulted that can change a verdict."""
        found = bind_blocks(BLOCKS, {})

        assert isinstance(found, list)
        assert "credits/tenfold/of: parameter 'monthly-price' has no value; give one" in str(found[0])

    def test_takes_the_usual_value(self):
        """`usual` is what the published text prints; the customer's own replaces it."""
        assert "EUR" == terms().currency
        other = bind_blocks(BLOCKS, {"currency": "GBP", "monthly-price": "GBP 720.00"})
        assert isinstance(other, Terms)
        assert "GBP" == other.currency

    def test_an_optional_one_may_be_missing(self):
        """A list loses the entry; what needs a text says so."""
        blocks = changed(parameters__second={"kind": "text", "optional": True})
        blocks["causes"]["own"]["evidence"] = ["probes", "parameter second"]
        bound = bind_blocks(blocks)

        assert isinstance(bound, Terms)
        assert ("probes",) == bound.causes["own"].evidence

    def test_says_which_name_is_nearest(self):
        """A slip of the pen is told as one."""
        assert ["credits/tenfold/of: no parameter is called 'monthly-prize'; nearest is 'monthly-price'"] == problems(
            credits__tenfold__of="parameter monthly-prize"
        )
        assert ["credits/tenfold/cap: no reading is called 'no-cup'; nearest is 'no-cap'"] == problems(
            credits__tenfold__cap="reading no-cup"
        )

    def test_a_reading_that_refers_to_itself_is_found(self):
        """It would never end."""
        entry = {"we read": "round", "senses": {"round": "reading loop"}, "question": "", "because": "", "favours": ""}

        assert ["credits/tenfold/cap: the reading refers to itself"] == problems(
            readings__loop=entry, credits__tenfold__cap="reading loop"
        )


class TestVariants:
    def test_a_shorter_unit_pays_too(self):
        """`full 30 minutes`, `full minute`: any elapsed time can be the unit."""
        for written, step in (("full 30 minutes", MINUTE * 30), ("full minute", MINUTE)):
            unit = terms(credits__tenfold__for_each=written).credits["tenfold"].unit

            assert unit
            assert step == unit.value.step

    def test_periods_may_count_elapsed_time(self):
        """Without so much per day, a period is as long as it is."""
        assert terms(periods__month__counts_as="elapsed time").periods["month"].denominator is None

    def test_an_agreement_need_not_speak_of_money(self):
        """No money, credits or claims: availability can be judged all the same."""
        bound = terms(money=GONE, credits=GONE, claims=GONE)

        assert ("", {}, {}) == (bound.currency, bound.credits, bound.claims)

    def test_a_worth_may_be_a_fixed_number_of_hours(self):
        """730 hours a month, as many price lists have it."""
        hour = terms(credits__tenfold__hour_is_worth="of / 730").credits["tenfold"].hour

        assert hour
        assert Fraction(730) == hour.value.over

    def test_a_target_may_be_none(self):
        """A goal without a figure is measured and not judged."""
        assert terms(availability__uptime__target="none").availability["uptime"].target.value is None

    def test_an_agreement_without_readings(self):
        """Where the text is plain no reading is needed."""
        blocks = changed(money=GONE, credits=GONE, claims=GONE, maintenance=GONE, calendars=GONE, readings=GONE)
        blocks["availability"]["uptime"].update(
            {"overlap": "down wins", "unmeasured": "up", "part period": "trimmed"},
        )
        bound = bind_blocks(blocks)

        assert isinstance(bound, Terms)
        assert {} == bound.readings

    def test_none_is_the_empty_list(self):
        """A cause that needs no evidence says so."""
        assert () == terms(causes__own__evidence="none").causes["own"].evidence


class TestDocument:
    def test_reads_back_what_it_writes(self):
        """The canonical terms hold the whole document."""
        assert DOCUMENT == Document.from_json(DOCUMENT.to_json())
        assert ("harbour", "2023-01", "Harbour hosting") == (DOCUMENT.id, DOCUMENT.version, DOCUMENT.title)

    def test_refuses_another_language(self):
        """Terms of a later language are not guessed at."""
        with pytest.raises(ValueError, match="this judge reads language 1"):
            Document.from_json({**DOCUMENT.to_json(), "language": "2"})

    def test_a_value_carries_the_clauses_of_the_nearest_place(self):
        """Its own, else those of what encloses it, else none."""
        cited = Document(BLOCKS, {"a": ("HH-1",), "a/b": ("HH-2",)})

        assert [("HH-2",), ("HH-1",), ()] == [
            cited.clauses_of("a", "b", "c"),
            cited.clauses_of("a", "x"),
            cited.clauses_of("b"),
        ]
