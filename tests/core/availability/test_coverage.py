"""What was not measured is neither down nor silently up."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from tests.core.sample import covered, header, outage, state
from tests.core.spans import at, span
from tests.core.terms.changed import terms
from upheld.core.availability import blind_time, measured_time
from upheld.core.explain import Share
from upheld.core.facts import NotMeasured, ObservationsSealed, OutageOpened
from upheld.core.timeline import HOUR, Duration, Timeline


def sealed(component: str, start: str, end: str) -> ObservationsSealed:
    counts: dict[str, Any] = {"every": 60_000_000, "good": 60, "bad": 0, "unseen": 0, "digest": "0" * 64}
    return ObservationsSealed(
        **header(f"{component}-{start}", end), component=component, from_at=at(start), to_at=at(end), **counts
    )


def blind(start: str, end: str, component: str = "web") -> NotMeasured:
    return NotMeasured(
        **header(f"blind-{start}", end),
        component=component,
        from_at=at(start),
        to_at=at(end),
        because="the control target failed",
    )


class TestMeasuredTime:
    def test_is_what_every_component_was_seen(self):
        """Two of three parts decide: only where both were watched, whoever saw the third; a record covers the whole."""
        service = terms(
            services__shop__components={"web": {"covered": True}, "mail": {"covered": True}, "help": {"covered": True}},
            services__shop__down_when={"any": ["web", "mail"]},
        ).services["shop"]
        facts = [
            sealed("web", "2025-06-11T06:00Z", "2025-06-11T08:00Z"),
            sealed("mail", "2025-06-11T07:00Z", "2025-06-11T09:00Z"),
            covered("2025-06-12T00:00Z", "2025-06-13T00:00Z"),
            blind("2025-06-12T06:00Z", "2025-06-12T07:00Z", "mail"),
            blind("2025-06-12T08:00Z", "2025-06-12T07:00Z"),
            blind("2025-06-12T10:00Z", "2025-06-12T12:00Z", "another"),
            blind("2025-06-12T13:00Z", "2025-06-12T14:00Z", "help"),
        ]

        assert Timeline.of([
            span("2025-06-11T07:00Z", "2025-06-11T08:00Z"),
            span("2025-06-12T00:00Z", "2025-06-12T06:00Z"),
            span("2025-06-12T07:00Z", "2025-06-13T00:00Z"),
        ]) == measured_time(service, facts)  # fmt: skip
        assert Timeline.of([span("2025-06-12T06:00Z", "2025-06-12T07:00Z")]) == blind_time(service, facts)

    def test_asks_for_no_observations_of_a_check(self):
        """What is looked at besides may bring the service down; that it was not looked at leaves nothing unmeasured."""
        service = terms(
            services__shop__checks={"ping": {"is": "a ping"}}, services__shop__down_when={"any": ["web", "ping"]}
        ).services["shop"]
        facts = [sealed("web", "2025-06-11T06:00Z", "2025-06-11T08:00Z")]

        assert Timeline.of([span("2025-06-11T06:00Z", "2025-06-11T08:00Z")]) == measured_time(service, facts)

    def test_is_nothing_without_observations(self):
        """Nobody looked."""
        assert not measured_time(terms().services["shop"], [])


class TestStatement:
    def test_says_what_was_not_measured_and_why(self):
        """An hour in which the prober could not see: shown with its fact, and no verdict turns on it."""
        statement = state("2025-06", [blind("2025-06-11T06:00Z", "2025-06-11T07:00Z")])
        finding = statement.findings[0]
        step = next(step for step in finding.why.because if step.words.startswith("not measured"))

        assert HOUR == finding.quantity("not measured")
        assert ("blind-2025-06-11T06:00Z",) == step.because[0].facts
        assert "not measured; were all of it down, 99.8611 %" == step.words
        assert "met" == finding.verdict.value

    def test_a_figure_that_unmeasured_time_could_turn_has_no_verdict(self):
        """Nobody looked all month: undecided, not met; or as the reading says."""
        verdicts = {
            sense: state("2025-06", [], measured=False, unmeasured_time=sense).findings[0].verdict.value
            for sense in ("undecided", "up", "down", "out of base")
        }

        assert {"undecided": "undecided", "up": "met", "down": "missed", "out of base": "undefined"} == verdicts

    def test_a_blind_hour_of_an_outage_was_not_seen_down(self):
        """Eight hours out, two of them unseen: six count, at most eight."""
        facts = [*outage("o1", "2025-06-11T06:00Z", "2025-06-11T14:00Z"), blind("2025-06-11T08:00Z", "2025-06-11T10:00Z")]
        finding = state("2025-06", facts).findings[0]

        assert [HOUR * 6, HOUR * 8, HOUR * 2] == [
            finding.quantity(name) for name in ("down", "down at most", "not measured")
        ]

    def test_doubt_is_counted_once(self):
        """The gap before the first bad observation was not measured: the lower bound takes it once, not twice."""
        opened, closed = outage("o1", "2025-06-11T06:00Z", "2025-06-11T07:00Z")
        assert isinstance(opened, OutageOpened)
        opened = replace(opened, last_good_at=at("2025-06-11T00:00Z"))
        finding = state("2025-06", [opened, closed, blind("2025-06-11T00:00Z", "2025-06-11T06:00Z")]).findings[0]

        assert Share(Fraction(30 * 24 - 7, 30 * 24)) == finding.lower


class TestLostTime:
    """Down at ten, and the prober was never heard of again."""

    DOWN = outage("o1", "2025-06-11T10:00Z", None)

    def test_begins_with_the_last_that_was_seen(self):
        """An hour of it was seen: the rest of the month is not measured, and no credit is owed for it."""
        watched = [sealed("web", "2025-06-01T00:00Z", "2025-06-11T11:00Z")]

        finding = state("2025-06", [*self.DOWN, *watched], measured=False).findings[0]

        unseen = at("2025-07-01T00:00Z") - at("2025-06-11T11:00Z")
        assert (HOUR, unseen) == (finding.quantity("down"), finding.quantity("not measured"))
        assert (HOUR, "undecided") == (finding.quantity("down at least"), finding.verdict.value)

    def test_may_be_all_of_it(self):
        """The first observation of all was bad, and the last."""
        watched = [sealed("web", "2025-06-11T10:00Z", "2025-06-11T10:00Z")]

        assert Duration(0) == state("2025-06", [*self.DOWN, *watched], measured=False).findings[0].quantity("down")

    def test_is_none_where_a_record_tells_or_where_nobody_watched(self):
        """Another's record covers the month, or the outage itself is all that was told: it lasts to the end."""
        watched = [sealed("web", "2025-06-01T00:00Z", "2025-06-11T11:00Z")]
        record = [covered("2025-06-01T00:00Z", "2025-07-01T00:00Z")]

        whole = at("2025-07-01T00:00Z") - at("2025-06-11T10:00Z")
        assert [whole, whole] == [
            state("2025-06", [*self.DOWN, *more], measured=False).findings[0].quantity("down")
            for more in ([*watched, *record], [])
        ]

    def test_of_one_outage_takes_nothing_from_another(self):
        """A person recorded two hours of the same trouble that no probe saw: those count."""
        watched = [sealed("web", "2025-06-01T00:00Z", "2025-06-11T11:00Z")]
        told = outage("o2", "2025-06-11T12:00Z", "2025-06-11T14:00Z")

        finding = state("2025-06", [*self.DOWN, *told, *watched], measured=False).findings[0]

        assert HOUR * 3 == finding.quantity("down")
