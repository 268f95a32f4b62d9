"""What a check would call open is settled where the file says so: by a reading, or by a price that only a quote names."""

import pytest

from tests.golden.record import AS_OF
from tests.language.samples import check_changed, sentences
from upheld.language import Checked, check, run_examples

UNPLANNED = "unplanned: {counts as: down, measured: time down, notice: none, otherwise: none, cite: MH-03}"
EXCUSED = UNPLANNED.replace("down", "up", 1)
READING = """
readings:
  telling:
    cite: MH-03
    question: Must such work be told?
    we read: not at all
    senses: {not at all: none, before it begins: at least 0 minutes}
    because: the text says nothing of it
    favours: provider"""
PRICED = """
```terms
agreement:
  {language: 1, id: a, title: A, clauses: AA, provider: p, customer: c, version: 1, effective: 2025-01-01,
   applies: latest version}
```

**AA-01** Further help costs extra (10).

```terms
charges: {extra: {price: PRICE, for each: request, least: none}}
```
"""


def about(name: str, checked: Checked) -> list[str]:
    return [what for what in sentences(checked) if name in what]


class TestExcusedByName:
    def test_work_excused_without_notice_or_test_is_told(self):
        found = check_changed((UNPLANNED, EXCUSED))

        assert any("exclusion without evidence" in what for what in sentences(found))

    def test_a_reading_of_the_notice_settles_it(self):
        found = check_changed((UNPLANNED, EXCUSED.replace("notice: none", "notice: reading telling") + READING))

        assert not any("exclusion without evidence" in what for what in sentences(found))
        assert ["untested reading: no example shows telling under 'before it begins'"] == about("telling", found)


class TestPricesThatNeedNoMoney:
    @pytest.mark.parametrize(("price", "told"), [("by quote", False), ("none", False), ("GBP 10 once", True)])
    def test_only_an_amount_asks_how_money_is_rounded(self, price, told):
        found = check(PRICED.replace("PRICE", price), as_of=AS_OF)

        assert told == any(what.startswith("money is used") for what in sentences(found))


class TestFirstDays:
    NONE = ("  effective: 2025-01-01\n", "  effective: none\n")
    READ = ("  effective: 2025-01-01\n", "  effective: reading first-day\n")
    FIRST_DAY = READING.replace("telling", "first-day").replace("{not at all: none, before it begins: at least 0 minutes}",
                                                               "{not at all: none, at once: 2025-01-01}")  # fmt: skip

    def test_an_edition_that_names_no_day_is_told(self):
        assert any("from when it takes effect" in what for what in sentences(check_changed(self.NONE)))

    def test_a_reading_that_asked_from_when_settles_it(self):
        found = check_changed(self.READ, (UNPLANNED, UNPLANNED + self.FIRST_DAY))

        assert not any("from when it takes effect" in what for what in sentences(found))
        assert ["untested reading: no example shows first-day under 'at once'"] == about("first-day", found)


class TestClaimsInSteps:
    LATE = "late: {claim: later than 10 office days after outage end}"

    @pytest.mark.parametrize(("fact", "told"), [("claim", True), ("ticket", False)])
    def test_each_step_of_a_claim_counts_in_its_own_days(self, fact, told):
        """A ticket within elapsed days and the claim within office days: two steps. The claim by both: nobody could say."""
        found = check_changed((self.LATE, f"{self.LATE}\n      other: {{{fact}: later than 2 weeks after outage end}}"))

        assert told == any("mixes kinds of days" in what for what in sentences(found))


class TestPeriodsOfCaps:
    YEAR = "  year: {length: 12 months, starts: 1 January, zone: UTC, counts as: elapsed time, cite: MH-02}\n"

    @pytest.mark.parametrize(("cap", "told"), [("none", True), ("{at most: 100 %, of: monthly price, per: year}", False)])
    def test_a_period_that_only_a_cap_names_is_used(self, cap, told):
        found = check_changed(("periods:\n", f"periods:\n{self.YEAR}"), ("    cap: none\n", f"    cap: {cap}\n"))

        assert told == any("unused period" in what for what in sentences(found))


class TestPromisesOfTheWhole:
    REPORTS = "  reports: {kind: customer, from: what customers tell, every: none}\n"

    @pytest.mark.parametrize(("evidence", "told"), [("[probes]", True), ("[probes, reports]", False)])
    def test_reports_of_the_customer_stand_beside_sampling(self, evidence, told):
        """No sampling sees every outage of a service that is promised for all of the time; a customer's report can."""
        found = check_changed(
            ("    target: at least 99.9 %", "    target: at least 100 %"), ("evidence:\n", f"evidence:\n{self.REPORTS}"),
            ("    evidence: [probes]", f"    evidence: {evidence}"),
        )  # fmt: skip

        assert told == any("cannot prove the target" in what for what in sentences(found))


class TestFlagsAsParameters:
    def test_a_flag_of_an_example_is_the_word_that_conditions_ask_for(self):
        """`{alone: true}` in an example and `when: {alone: true}` in a rule are the same."""
        right = "{who: customer, to: leave, when: {alone: true}, notice: none, use within: none, refund: none}"
        terms = f"parameters: {{alone: {{kind: flag}}}}\nrights: {{leave: {right}}}"
        history = "period: 2025-06\nparameters: {alone: FLAG}\nfacts: []\nexpect: {leave: {may: true}}"
        text = PRICED.replace("charges: {extra: {price: PRICE, for each: request, least: none}}", terms)
        text += f"```example Alone\n{history}\n```"

        for flag, differing in (("true", 0), ("false", 1)):
            checked = check(text.replace("FLAG", flag), as_of=AS_OF)

            assert differing == len(run_examples(checked)), sentences(checked)
