"""What a missed month is worth, and why."""

from fractions import Fraction

import pytest

from tests.core.credits.owed import down, owed
from tests.core.sample import CALENDARS, covered, header, outage, price, state
from tests.core.spans import at
from tests.core.sums import find_wrong_sums
from tests.core.terms.changed import changed
from upheld.core.explain import Count
from upheld.core.facts import AgreementSigned
from upheld.core.statement import build
from upheld.core.terms import Document
from upheld.core.timeline import HOUR

SEVEN_HOURS = outage("o1", "2025-06-11T06:00Z", "2025-06-11T13:00Z", "own")
FOUR_OF_59 = [
    fact
    for day in (2, 9, 16, 23)
    for fact in outage(f"o{day}", f"2025-06-{day:02d}T06:00Z", f"2025-06-{day:02d}T06:59Z", "own")
]


def credit(facts, **kwargs):
    return state("2025-06", facts, **kwargs).judged.credits[0]


class TestAssess:
    @pytest.mark.parametrize(
        ("facts", "readings", "units", "amount"),
        [
            (SEVEN_HOURS, {}, 7, "EUR 70.00"),
            (outage("o1", "2025-06-11T06:00Z", "2025-06-11T13:59Z", "own"), {}, 7, "EUR 70.00"),
            (outage("o1", "2025-06-11T06:00Z", "2025-06-11T09:30Z", "own"), {}, 0, "EUR 0.00"),
            (FOUR_OF_59, {}, 0, "EUR 0.00"),
            (FOUR_OF_59, {"per_interruption": "over the period"}, 3, "EUR 30.00"),
            (outage("o1", "2025-06-10T00:00Z", "2025-06-13T08:00Z", "own"), {}, 80, "EUR 800.00"),
            (outage("o1", "2025-06-10T00:00Z", "2025-06-13T08:00Z", "own"), {"no_cap": "month"}, 80, "EUR 720.00"),
            (SEVEN_HOURS, {"hour_price": "730"}, 7, "EUR 69.04"),
        ],
    )
    def test_ten_times_each_full_hour(self, facts, readings, units, amount):
        """TP-45, TP-47: full hours per interruption, ten times the hourly price; nothing in a month that was kept."""
        found = credit(facts, **readings)

        assert (units, amount) == (found.units, found.finding.shown)
        assert Count(units, "full hours") == found.finding.quantity("units")
        assert HOUR * units * 10 == found.finding.quantity("free time")

    def test_marks_a_credit_above_the_price(self):
        """TP-70: no cap in the text; the statement says that it is above."""
        found = credit(outage("o1", "2025-06-10T00:00Z", "2025-06-13T08:00Z", "own"))

        assert "yes" == found.finding.quantity("over price")
        assert "is the price of the period: the credit is above it" == found.finding.why.because[-1].words

    @pytest.mark.parametrize(("pays", "over"), [("EUR 720", "no"), ("EUR 720.01", "yes")])
    def test_a_credit_of_the_whole_price_is_not_above_it(self, pays, over):
        """The price is EUR 720: a cent more is above it, and the reasons say so."""
        found = owed({"pays": pays}, *down(300)).finding

        assert over == found.quantity("over price")
        assert (over == "yes") == any("the credit is above it" in step.words for step in found.why.because)

    def test_is_rounded_once(self):
        """Seven hours at 720/730 x 10: 69.0410… is rounded to cents, not seven times 9.86."""
        found = credit(SEVEN_HOURS, hour_price="730")

        assert ["EUR 9.8630…", "EUR 69.04"] == [
            step.to_json()["shown"] for step in found.finding.why.because if "EUR" in step.to_json()["shown"]
        ]

    def test_tells_each_condition_with_its_own_outcome(self):
        """The month was missed, and the provider answers for it; or only one of the two."""
        held = {step.words: step.value for step in credit(SEVEN_HOURS).finding.why.because[:2]}
        storm = [*outage("o1", "2025-06-11T06:00Z", "2025-06-11T13:00Z", "storm")]
        unheld = {step.words: step.value for step in credit(storm, unmeasured_time="up").finding.why.because[:2]}

        assert {"uptime is missed; asked is missed": "holds", "responsible is provider; asked is provider": "holds"} == held
        assert {
            "uptime is met; asked is missed": "does not hold",
            "responsible is nobody; asked is provider": "does not hold",
        } == unheld

    @pytest.mark.parametrize(("claim", "words"), [("needed", "can be claimed for"), ("not needed", "is owed for")])
    def test_says_whether_it_is_there_to_be_claimed(self, claim, words):
        """What is owed comes by itself, or waits for the customer's claim where the agreement asks for one."""
        blocks = changed(credits__tenfold__claim=claim)
        found = build(Document(blocks), CALENDARS, [price("EUR 720.00"), *SEVEN_HOURS], "2025-06", at("2030-01-01T00:00Z"))

        assert found.judged.credits[0].finding.why.words.startswith(f"{words} tenfold; ")

    def test_tells_what_one_unit_would_bring_where_none_is_owed(self):
        """An hour down in a month that was kept: no hour is paid, and the reasons say what one would have been worth."""
        found = credit(outage("o1", "2025-06-11T06:00Z", "2025-06-11T07:00Z", "own"))
        told = [step.to_json()["shown"] for step in found.finding.why.because if step.words.startswith("for each of the")]

        assert ("none", ["EUR 10.00"]) == (found.state, told)

    def test_waits_while_the_month_is_open(self):
        """As of the 12th nothing is missed yet, and nothing is said of the credit but that."""
        found = credit(outage("o1", "2025-06-11T06:00Z", "2025-06-11T07:00Z", "own"), as_of="2025-06-12T00:00Z")

        assert (None, "not known yet", 0) == (found.is_owed, found.finding.verdict.value, found.units)
        assert found.finding.why.words.startswith("not known yet for tenfold")
        assert ("is not known yet", "uptime is not known") == (
            found.finding.why.because[0].value,
            found.finding.why.because[0].words,
        )

    def test_owes_nothing_where_nothing_was_promised(self):
        """Every minute of the month is left out of the base: nothing could be missed, and that is known for good."""
        gone = outage("o1", "2025-06-01T00:00Z", "2025-07-01T00:00Z", "dropped")
        found = credit(gone)

        assert (False, "none", "not applicable") == (found.is_owed, found.state, found.finding.verdict.value)
        assert ("does not hold", "uptime is undefined; asked is missed") == (
            found.finding.why.because[0].value,
            found.finding.why.because[0].words,
        )

    def test_waits_where_the_agreement_leaves_the_promise_undefined(self):
        """A month begun late of which the text does not speak is no month without a promise: nobody knows what is owed."""
        texts = ("document", "version", "customer", "source_digest", "terms_digest", "calendars_digest", "verifier_key")
        signed = AgreementSigned(**{**header("signed", "2025-06-03T00:00Z"), **dict.fromkeys(texts, "x")})
        blocks = changed(availability__uptime__part_period="does not arise")
        facts = [price("EUR 720.00"), covered("2025-06-01T00:00Z", "2025-07-01T00:00Z"), signed, *SEVEN_HOURS]
        statement = build(Document(blocks), CALENDARS, facts, "2025-06", at("2030-01-01T00:00Z"), others=False)
        (found,) = statement.judged.credits

        assert "undefined" == statement.judged.accounts[0].finding.verdict.value
        assert (None, "open", "undecided") == (found.is_owed, found.state, found.finding.verdict.value)

    def test_pays_by_right_where_no_claim_is_needed(self):
        """An agreement that says `claim: not needed` grants what is owed."""
        blocks = changed(credits__tenfold__claim="not needed", credits__tenfold__for_each="full 30 minutes")
        statement = build(
            Document(blocks), CALENDARS, [price("EUR 720.00"), *SEVEN_HOURS], "2025-06", at("2030-01-01T00:00Z")
        )
        found = statement.judged.credits[0]

        assert (Fraction(14), "EUR 70.00") == (found.units, found.finding.shown)
        assert "full units of 30 min" in found.finding.why.because[2].words
        assert "is owed for tenfold; paid on the invoice of the period after confirmation" == found.finding.why.words
        given = statement.judged.granted(found)
        assert (Fraction(14), found.finding.value) == (given.units, given.value)

    def test_a_condition_may_hold_where_there_is_nothing_to_count(self):
        """Owed for each outage of a month that was kept, and there was none: it is owed, and comes to nothing."""
        each = {"pays": "EUR 5", "per": "outage", "counted": "per outage", "touching": "apart"}
        kept, missed = (owed({**each, "when": {"uptime": verdict}}) for verdict in ("met", "missed"))

        assert ((), "none", "EUR 0.00") == (kept.lines, kept.state, kept.finding.shown)
        assert (True, False) == (kept.is_owed, missed.is_owed)

    def test_knows_the_lines_of_each_interruption(self):
        """Seven hours and four times 59 minutes are five lines: each interruption takes part in its own."""
        found = credit([*FOUR_OF_59, *SEVEN_HOURS])

        assert {"o1": 7, "o2": 0} == {name: sum(line.units for line in found.lines_of(name)) for name in ("o1", "o2")}
        assert [1, 1, 0] == [len(found.lines_of(name)) for name in ("o1", "o2", "o3")]

    def test_free_time_may_be_no_whole_hour(self):
        """One unit of a minute is ten free minutes."""
        blocks = changed(credits__tenfold__for_each="full minute", availability__uptime__target="at least 100 %")
        facts = [price("EUR 720.00"), *outage("o1", "2025-06-11T06:00Z", "2025-06-11T06:01Z")]
        statement = build(Document(blocks), CALENDARS, facts, "2025-06", at("2030-01-01T00:00Z"))

        assert "no whole hours" == statement.judged.credits[0].finding.quantity("free time")

    @pytest.mark.parametrize("counted", ["per outage", "over the period"])
    def test_units_add_up(self, counted):
        """The units of the interruptions are those of the credit, where they are counted one by one."""
        assert [] == find_wrong_sums([credit([*FOUR_OF_59, *SEVEN_HOURS], per_interruption=counted).finding])
