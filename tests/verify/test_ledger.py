"""The facts are the whole ledger, in its order, each there once, up to the signed head."""

from dataclasses import replace

import pytest

from tests.core.sample import outage
from tests.verify.outcomes import KEY, entries_of, results, told, without, wrong
from tests.verify.samples import (
    february,
    honest,
    issued_from,
    live_through_february,
    watch,
)
from upheld.core.facts import StatementIssued
from upheld.core.timeline import Duration
from upheld.verify import Outcome, verify_bundle, write_container


class TestLedger:
    @pytest.mark.parametrize("gone", ["o1-opened", "o1-closed", "o1-cause", watch()[4].id, "T-1", "C-1"])
    def test_a_fact_left_out_changes_the_figures(self, gone):
        """The provider itself leaves a fact out and signs anew: the statement that it issued no longer follows."""
        report = verify_bundle(without(february(), gone).pack(), KEY)

        assert {"figures"} == wrong(report)
        assert report.discrepancies

    def test_a_fact_moved_behind_the_statement_does_not_count(self):
        """What was not in the ledger when the statement was issued cannot carry it, whatever date it bears."""
        facts = february().facts
        moved = [fact for fact in facts if fact.id == "o1-cause"]
        report = verify_bundle(replace(february(), facts=(*(f for f in facts if f not in moved), *moved)).pack(), KEY)

        assert {"figures"} == wrong(report)
        assert any("1 facts were recorded after the statement" in remark for remark in report.remarks)

    def test_a_fact_put_in_behind_does_not_count(self):
        """An excuse written later and dated back is in the tree, and does not touch the statement."""
        late = outage("o9", "2026-02-03T10:00Z", "2026-02-03T12:00Z", cause="storm")
        report = verify_bundle(issued_from(live_through_february(), after=late).pack(), KEY)

        assert Outcome.VERIFIED == report.outcome
        assert any("3 facts were recorded after the statement" in remark for remark in report.remarks)

    def test_two_facts_that_change_places_are_another_tree(self):
        """The signed root is over the facts in their order; a provider who signs a new order shows times that run back."""
        facts = list(february().facts)
        facts[3], facts[9] = facts[9], facts[3]
        swapped = replace(february(), facts=tuple(facts))

        assert {"tree"} == wrong(verify_bundle(swapped.pack(checkpoint=february().sign()), KEY))
        resigned = verify_bundle(swapped.pack(), KEY)
        assert Outcome.VERIFIED == resigned.outcome
        assert "written before the one in front of them" in resigned.remarks[0]

    def test_a_fact_that_changes_places_with_the_statement_is_missed(self):
        """Order matters in one place: before the statement or behind it."""
        facts = list(february().facts)
        place = next(i for i, fact in enumerate(facts) if fact.id == "C-1")
        facts[place], facts[-1] = facts[-1], facts[place]

        assert "figures" in wrong(verify_bundle(replace(february(), facts=tuple(facts)).pack(), KEY))

    def test_a_fact_given_twice_is_refused(self):
        """Also where the tree with both was signed with the real key."""
        facts = february().facts
        report = verify_bundle(replace(february(), facts=(facts[4], *facts)).pack(), KEY)

        assert {"facts"} == wrong(report)
        assert f"entry 5: the id {facts[4].id} is that of entry 0" in told(report, "facts")

    def test_a_fact_of_another_agreement_is_refused(self):
        """One ledger, one agreement."""
        strange = replace(february().facts[0], id="strange", agreement="harbour-cellar")
        report = verify_bundle(replace(february(), facts=(*february().facts, strange)).pack(), KEY)

        assert {"facts"} == wrong(report)
        assert "belongs to the agreement harbour-cellar" in told(report, "facts")

    def test_a_tree_of_another_agreement_is_refused(self):
        """A signed head of a different tree is no head of this one."""
        report = verify_bundle(replace(february(), origin="harbour.example/harbour-cellar").pack(), KEY)

        assert {"agreement's ledger"} == wrong(report)

    def test_a_ledger_cut_short_is_refused(self):
        """The checkpoint says how many facts there are."""
        short = replace(february(), facts=february().facts[1:])
        report = verify_bundle(short.pack(checkpoint=february().sign()), KEY)

        assert "the checkpoint covers" in told(report, "tree")
        assert "tree" in wrong(report)

    def test_a_ledger_cut_short_and_signed_anew_has_no_statement(self):
        """Without the fact that it was issued, the statement is nobody's."""
        report = verify_bundle(replace(february(), facts=february().facts[:-1]).pack(), KEY)

        assert {"issued"} == wrong(report)
        assert "not tried" == results(report)["figures"]

    @pytest.mark.parametrize(
        "line",
        [b"", b"{}", b"[1]", b'{"type":"outage-opened/9"}', b'{ "a":1}', b'{"type":"outage-opened/1","extra":1}', b"\xff"],
    )
    def test_an_unreadable_fact_is_named(self, line):
        """The entry's number and what is wrong with it; nothing is computed from a ledger that cannot be read whole."""
        entries = entries_of(honest())
        first, rest = entries["facts.jsonl"].split(b"\n", 1)
        report = verify_bundle(write_container({**entries, "facts.jsonl": first + b"\n" + line + b"\n" + rest}), KEY)

        assert {"facts"} == wrong(report)
        assert "facts.jsonl, entry 1: " in told(report, "facts")

    def test_no_facts_at_all_are_refused(self):
        """An empty ledger proves nothing."""
        report = verify_bundle(write_container({**entries_of(honest()), "facts.jsonl": b""}), KEY)

        assert "holds no fact" in told(report, "facts")

    def test_a_line_without_its_end_is_refused(self):
        """A file that was cut off is not read up to the cut."""
        entries = entries_of(honest())
        report = verify_bundle(write_container({**entries, "facts.jsonl": entries["facts.jsonl"][:-1]}), KEY)

        assert "cut off" in told(report, "entries")


def test_times_that_run_back_are_a_remark():
    """A clock that was set back, or two writers at one lock, change no figure."""
    issued = february().facts[-1]
    assert isinstance(issued, StatementIssued)
    early = replace(issued, recorded_at=issued.recorded_at.before(Duration(86_400_000_000 * 10)))
    report = verify_bundle(replace(february(), facts=(*february().facts[:-1], early)).pack(), KEY)

    assert Outcome.VERIFIED == report.outcome
    assert "1 of " in report.remarks[0]
