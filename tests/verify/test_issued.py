"""A statement is the one that was issued, and says nothing but what the facts before it give."""

import json
from dataclasses import replace

import pytest

from tests.core.sample import header, outage, price
from tests.verify.outcomes import KEY, told, wrong
from tests.verify.samples import (
    Issued,
    amend,
    february,
    issue,
    issued_from,
    live_through_february,
    signing,
    state,
    watch,
)
from upheld.core.facts import FactCorrected
from upheld.core.proof import canonical_bytes
from upheld.core.timeline import Instant
from upheld.verify import Outcome, verify_bundle


class TestStatement:
    def restated(self, **changes) -> Issued:
        """A statement in which the provider changes values, issues it with its digest, and signs."""
        facts = live_through_february()
        written = {**state(facts).to_json(), **changes}
        content = canonical_bytes(written)
        return Issued((*facts, issue(state(facts), content)), content)

    def test_with_a_kinder_figure_is_found_out(self):
        """The provider states 99.9 % and signs all of it with its real key: figure, both values and clause are told."""
        written = state(live_through_february()).to_json()
        written["findings"][0].update(shown="99.9 %", verdict="met")
        report = verify_bundle(self.restated(findings=written["findings"]).pack(), KEY)

        assert {"figures"} == wrong(report)
        assert ["findings/availability/uptime/shown", "findings/availability/uptime/verdict"] == [
            discrepancy.figure for discrepancy in report.discrepancies
        ]
        assert '"99.9 %"' == report.discrepancies[0].stated
        assert "HH-1" in report.discrepancies[0].clauses

    def test_changed_after_it_was_issued_is_found_out(self):
        """The digest in the ledger is that of the statement as it was issued; and the figure is told as well."""
        written = json.loads(february().statement)
        written["findings"][0]["shown"] = "99.9 %"
        report = verify_bundle(replace(february(), statement=canonical_bytes(written)).pack(), KEY)

        assert {"issued", "figures"} == wrong(report)
        assert ["findings/availability/uptime/shown"] == [found.figure for found in report.discrepancies]

    @pytest.mark.parametrize(
        "changes",
        [
            {"as_of": "2026-03-11T00:00:00.000000Z"},
            {"period": ["2026-02-01T00:00:00.000000Z", "2026-02-28T00:00:00.000000Z"]},
            {"follows": "harbour-orchard/2026-02/0"},
            {"agreement": "harbour-cellar"},
        ],
    )
    def test_of_another_frame_than_it_was_issued_with_is_found_out(self, changes):
        """Period, instant, agreement and what it follows are said twice, in the statement and in the ledger, and alike."""
        assert "issued" in wrong(verify_bundle(self.restated(**changes).pack(), KEY))

    def test_over_chosen_days_is_found_out(self):
        """A span that is no period of the agreement: its figures are right, and it is no statement of a month."""
        facts = live_through_february()
        month = state(facts)
        statement = state(facts, period=replace(month.period, start=Instant.parse("2026-02-12T00:00Z")))
        content = canonical_bytes(statement.to_json())
        report = verify_bundle(Issued((*facts, issue(statement, content)), content).pack(), KEY)

        assert {"figures"} == wrong(report)
        assert ["period"] == [found.figure for found in report.discrepancies]

    def test_issued_twice_under_one_name_is_refused(self):
        """Two different statements of one name, each with its own digest: which one was told cannot be known."""
        [second] = amend(february().facts[-1:], "issued", id="issued-too", digest="00" * 32)
        report = verify_bundle(replace(february(), facts=(*february().facts, second)).pack(), KEY)

        assert {"issued"} == wrong(report)
        assert "was issued 2 times" in told(report, "issued")

    def test_that_nobody_issued_is_refused(self):
        """A statement of another name than any in the ledger."""
        report = verify_bundle(self.restated(statement="x/2026-02/1").pack(), KEY)

        assert "no fact of the ledger says" in told(report, "issued")

    def test_that_follows_another_is_verified(self):
        """The second statement of a month counts the first one's fact, and names it."""
        first = february().facts
        facts = (*first, *outage("o3", "2026-02-14T10:00Z", "2026-02-14T10:05Z"))
        statement = state(facts, Instant.parse("2026-03-12T00:00Z"))
        content = canonical_bytes(statement.to_json())
        second = Issued((*facts, issue(statement, content, "2026-03-12T08:00Z", "issued-2")), content)

        assert ("harbour-orchard/2026-02/2", "harbour-orchard/2026-02/1") == (statement.id, statement.follows)
        report = verify_bundle(second.pack(), KEY)
        assert Outcome.VERIFIED == report.outcome, report.to_json()

    def test_says_what_came_after_it(self):
        """A later statement of the same month, and a correction of the issuing, are remarks to the first one's bundle."""
        first = february().facts
        later = state(first, Instant.parse("2026-03-12T00:00Z"))
        after = [
            issue(later, b"", "2026-03-12T08:00Z", "issued-2"),
            FactCorrected(**header("oops", "2026-03-13T08:00Z"), corrects="issued", because="sent too early", by="Mara"),
        ]
        report = verify_bundle(replace(february(), facts=(*first, *after)).pack(), KEY)

        assert Outcome.VERIFIED == report.outcome
        assert any("a later statement of the same period was issued: harbour-orchard/2026-02/2" in r for r in report.remarks)
        assert any("sent too early (oops)" in remark for remark in report.remarks)

    def test_says_which_facts_it_leaves_out(self):
        """Facts that were there when it was issued, but were written after the instant from which it looks."""
        facts = live_through_february()
        statement = state(facts)
        content = canonical_bytes(statement.to_json())
        late = price("EUR 900.00", "2026-03-10T07:00Z")
        issued = Issued((*facts, late, issue(statement, content)), content)
        report = verify_bundle(issued.pack(), KEY)

        assert Outcome.VERIFIED == report.outcome
        assert any("1 facts stood in the ledger before the statement was issued" in remark for remark in report.remarks)

    def test_of_a_month_without_trouble_is_verified(self):
        """Nothing happened, all of it seen: met, and verified."""
        facts = [signing(), price("EUR 720.00", "2026-01-20T12:00Z"), *watch()]
        report = verify_bundle(issued_from(facts).pack(), KEY)

        assert Outcome.VERIFIED == report.outcome
        assert report.statement is not None
        assert "met" == report.statement.findings[0].verdict.value
