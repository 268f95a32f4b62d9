"""Availability of a month, with its bounds and its reasons: contract words, real months."""

from fractions import Fraction

import pytest

from tests.core.sample import CALENDARS, covered, header, outage, price, state, window
from tests.core.spans import at
from tests.core.sums import find_wrong_sums
from tests.core.terms.changed import changed
from upheld.core.explain import Share, tell
from upheld.core.facts import AgreementSigned, OutageClosed, OutageOpened
from upheld.core.statement import build
from upheld.core.terms import Document
from upheld.core.timeline import DAY, HOUR, MINUTE, SECOND

ASKED = "at least 99.5 % was promised  [HH-1]"


def uptime(*args, **kwargs):
    return state(*args, **kwargs).findings[0]


def signed(when: str) -> AgreementSigned:
    texts = dict.fromkeys(("document", "version", "customer", "source_digest", "terms_digest", "calendars_digest"), "x")
    return AgreementSigned(**header("signed", when), **texts, verifier_key="k")  # type: ignore[arg-type]


class TestFigure:
    @pytest.mark.parametrize(("end", "shown", "verdict"), [("13:28", "99.5019 %", "met"), ("13:29", "99.4995 %", "missed")])
    def test_of_a_leap_february(self, end, shown, verdict):
        """29 days bear 208.8 minutes: 208 are met, 209 are not."""
        finding = uptime("2024-02", outage("o1", "2024-02-14T10:00Z", f"2024-02-14T{end}Z", "own"))

        assert (shown, verdict) == (finding.shown, finding.verdict.value)

    @pytest.mark.parametrize(("as_of", "verdict"), [("2025-06-30T23:59:59Z", "not known yet"), ("2025-07-01T00:00Z", "met")])
    def test_of_a_month_is_known_at_its_end(self, as_of, verdict):
        """A second before the last midnight June may still be missed; at that midnight it is over."""
        found = uptime("2025-06", [covered("2025-06-01T00:00Z", as_of)], as_of=as_of, measured=False)

        assert verdict == found.verdict.value

    def test_is_not_shown_as_its_target_when_it_misses_by_a_second(self):
        """223 min 13 s down in January: below 99.5 %, and shown below it."""
        finding = uptime("2025-01", outage("o1", "2025-01-15T10:00:00Z", "2025-01-15T13:43:13Z"))

        assert ("99.4999 %", "missed", SECOND * 13_393) == (finding.shown, finding.verdict.value, finding.quantity("down"))

    def test_takes_the_part_of_an_outage_that_lies_in_the_month(self):
        """Begun on 31 January at 22:00, ended on 1 February at 05:00: five hours are February's."""
        facts = outage("o1", "2025-01-31T22:00Z", "2025-02-01T05:00Z")

        assert [HOUR * 2, HOUR * 5] == [uptime(month, facts).quantity("down") for month in ("2025-01", "2025-02")]

    def test_of_a_month_of_maintenance_is_undefined(self):
        """Down all month in excused work: nothing is left to be available."""
        work = window("w1", "scheduled", "2025-06-01T00:00Z", "2025-07-01T00:00Z", "2025-04-01T00:00Z")
        blocks = changed(calendars__business__open=["sun 00:00-00:01"])
        blocks["maintenance"]["scheduled"].pop("outside")
        facts = [*work, *outage("o1", "2025-06-01T00:00Z", "2025-07-01T00:00Z"), price("EUR 720.00")]
        finding = build(Document(blocks), CALENDARS, facts, "2025-06", at("2030-01-01T00:00Z"), others=False).findings[0]

        assert ("undefined", "undefined", None) == (finding.value, finding.verdict.value, finding.lower)
        assert "(43,200 − 43,200 − 0) / (43,200 − 43,200) (min) divides by nothing: undefined" == finding.why.arithmetic


class TestBounds:
    def test_hold_the_edges_between_two_observations(self):
        """Last good 05:58, first bad 06:00, last bad 06:58, first good 07:00: 60 minutes count, 58 at least, 62 at most."""
        opened = OutageOpened(
            **header("o", "2025-06-11T06:00Z"), outage="o1", component="web",
            first_bad_at=at("2025-06-11T06:00Z"), last_good_at=at("2025-06-11T05:58Z"),
        )  # fmt: skip
        closed = OutageClosed(
            **header("c", "2025-06-11T07:00Z"), outage="o1", last_bad_at=at("2025-06-11T06:58Z"),
            first_good_at=at("2025-06-11T07:00Z"),
        )  # fmt: skip
        finding = uptime("2025-06", [opened, closed])

        assert [MINUTE * 58, MINUTE * 60, MINUTE * 62] == [
            finding.quantity(name) for name in ("down at least", "down", "down at most")
        ]
        assert (Share(Fraction(43_138, 43_200)), Share(Fraction(43_142, 43_200))) == (finding.lower, finding.upper)

    def test_of_a_running_month_take_in_what_is_ahead(self):
        """As of the 16th, the second half can still go either way."""
        finding = uptime(
            "2025-06", [covered("2025-06-01T00:00Z", "2025-06-15T00:00Z")], as_of="2025-06-16T00:00Z", measured=False
        )

        assert ("not known yet", Share(Fraction(14, 30)), Share(Fraction(1))) == (
            finding.verdict.value, finding.lower, finding.upper,
        )  # fmt: skip
        assert Share(Fraction(14, 15)) == finding.coverage

    def test_of_a_month_that_has_not_begun(self):
        """Nothing is covered, since nothing has happened."""
        assert uptime("2025-06", [], as_of="2025-05-16T00:00Z").coverage is None


class TestBeforeSigning:
    def test_the_time_before_counts_as_up_or_leaves(self):
        """Signed on the 16th of a month of 30 days: the reading says what becomes of the first half."""
        facts = [signed("2025-06-16T00:00Z"), *outage("o1", "2025-06-15T00:00Z", "2025-06-16T06:00Z")]
        whole, trimmed = (uptime("2025-06", facts, part_period=sense) for sense in ("whole period counts", "trimmed"))

        assert [DAY * 30, DAY * 15] == [finding.quantity("all time") for finding in (whole, trimmed)]
        assert HOUR * 6 == whole.quantity("down") == trimmed.quantity("down")
        assert "the time before it counts as up" in whole.why.because[0].words
        assert "the time before it left the base" in trimmed.why.because[0].words


class TestReasons:
    def test_lead_from_the_figure_to_facts_and_clauses(self):
        """The formula's letters in its own order, the spans of each, their facts, the arithmetic."""
        facts = [
            *outage("o1", "2025-06-11T06:00Z", "2025-06-11T06:40Z", "own"),
            *outage("o2", "2025-06-12T06:00Z", "2025-06-12T06:30Z", "storm"),
            *outage("o3", "2025-06-13T06:00Z", "2025-06-13T06:10Z", "dropped"),
        ]

        assert [
            "99.9073 %  of Sun 1 Jun 2025 00:00 – Tue 1 Jul 2025 00:00 UTC the service was available; " + ASKED,
            "  43,200 min  T, the whole period: 30 days of 1,440 min  [HH-1]",
            "  − 10 min  M, taken out of the calculation  [HH-1]",
            "    10 min  Fri 13 Jun 2025 06:00–06:10 UTC, o3: dropped  <o3-opened, o3-closed, o3-cause>",
            "  − 40 min  D, down and counted  [HH-1]",
            "    40 min  Wed 11 Jun 2025 06:00–06:40 UTC, o1: own  <o1-opened, o1-closed, o1-cause>",
            "  30 min  not counted, counts as up",
            "    30 min  Thu 12 Jun 2025 06:00–06:30 UTC, o2: storm  <o2-opened, o2-closed, o2-cause>",
            "  215 min 57 s  of down time are borne; 175 min 57 s are left  [HH-1]",
            "  (43,200 − 10 − 40) / (43,200 − 10) in min = 4,315 / 4,319 = 99.90738596… %, shown floored as 99.9073 %",
        ] == list(tell(uptime("2025-06", facts).why))

    def test_say_by_how_much_it_was_missed_and_that_it_runs(self):
        """What would have been borne, what was too much, and which outage has not ended."""
        finding = uptime("2025-06", outage("o1", "2025-06-11T06:00Z", None), as_of="2025-06-11T12:00:00.5Z")
        lines = list(tell(finding.why))

        assert any("216 min  of down time would have been borne; it was 144 min more" in line for line in lines)
        assert any("o1: own, still running" in line for line in lines)
        assert "in µs =" in finding.why.arithmetic

    def test_leave_out_what_the_agreement_does_not_ask(self):
        """Counted as elapsed time, without a target: no days of 1,440 minutes, nothing borne."""
        document = Document(changed(availability__uptime__target="none", periods__month__counts_as="elapsed time"))
        why = build(document, CALENDARS, [price("EUR 720.00")], "2025-06", at("2030-01-01T00:00Z")).findings[0].why

        assert ["T, the whole period", "M, taken out of the calculation", "D, down and counted"] == [
            step.words for step in why.because[:3]
        ]
        assert not any("borne" in step.words for step in why.walk())

    def test_show_a_formula_without_letters(self):
        """A quantity that the formula does not name stands without a letter, and only where there is some."""
        document = Document(
            changed(availability__uptime__formula="(T - D) / T", availability__uptime__where={"T": "all time", "D": "down"})
        )
        facts = [price("EUR 720.00"), *outage("o1", "2025-06-13T06:00Z", "2025-06-13T06:10Z", "dropped")]
        why = build(document, CALENDARS, facts, "2025-06", at("2030-01-01T00:00Z")).findings[0].why

        assert ["T, the whole period", "D, down and counted", "taken out of the calculation"] == [
            step.words.split(":")[0] for step in why.because[:3]
        ]

    def test_no_cause_is_told_as_none(self):
        """An agreement without a usual cause: the time counts, and the page says that no cause was given."""
        document = Document(changed(causes__own__otherwise=False))
        facts = [price("EUR 720.00"), *outage("o1", "2025-06-13T06:00Z", "2025-06-13T06:10Z")]
        lines = tell(build(document, CALENDARS, facts, "2025-06", at("2030-01-01T00:00Z")).findings[0].why)

        assert any("o1: no cause given" in line for line in lines)

    @pytest.mark.parametrize("unmeasured", ["down", "out of base", "undecided"])
    @pytest.mark.parametrize("cause", ["own", "storm", "dropped"])
    def test_add_up_however_many_there_are(self, cause, unmeasured):
        """700 outages: the first 500 are told one by one, the rest together, and the sum is the sum."""
        facts = [
            fact
            for n in range(700)
            for fact in outage(
                f"o{n}", str(at("2025-06-01T00:00Z") + HOUR * n), str(at("2025-06-01T00:01Z") + HOUR * n), cause
            )
        ]
        statement = state("2025-06", facts, measured=False, unmeasured_time=unmeasured)

        assert [] == find_wrong_sums(statement.findings)
        assert any("200 further stretches" in line for line in tell(statement.findings[0].why))
