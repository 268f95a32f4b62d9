"""The desk, recovery and backups in a statement: their findings, and the facts that nothing knows."""

from typing import Any

from tests.core.clocks.agreement import CALENDARS, CLOCK, at, call, changed, failed, held, put, said, ticket
from tests.core.sample import header
from tests.core.sums import find_wrong_sums
from upheld.core.explain import Verdict
from upheld.core.facts import (
    BackupTaken,
    BackupTested,
    DisasterDeclared,
    Fact,
    HoldClosed,
    RecoveryPointUsed,
    RestoreDone,
    TicketMerged,
    TopicSet,
)
from upheld.core.statement import Statement, build
from upheld.core.terms import Document

MON = "2026-02-02"
OBJECTIVE = {**CLOCK, "strength": "objective", "hours": "always"}
PLACES: dict[str, Any] = {
    "recovery": {
        "rto": {**OBJECTIVE, "starts": "outage start", "stops": "outage end", "within": "8 hours"},
        "rpo": {**OBJECTIVE, "starts": "last recovery point", "stops": "outage start", "within": "30 hours"},
    },
    "backups": {"cloud": {"of": "shop", "every": "night", "must be": "none", "evidence": ["tickets"]}},
    "telephone": {"number": "+1", "needs ticket": True, "priorities": ["high"], "opens after": "respond"},
    "channels": {"mail": {"opens ticket": True}},
    "topics": {"plans": {"covered": True}},
}


def state(facts: list[Fact], as_of: str = "2026-06-01T00:00Z", **places: Any) -> Statement:
    document = Document(changed(**places), {"clocks/respond": ("HH-1",)}, {"HH-1": "…"})
    return build(document, CALENDARS, facts, "2026-02", at(as_of))


def copied(when: str, kind: str = "cloud") -> Fact:
    return BackupTaken(**header(f"copy/{when}", when), backup=f"copy/{when}", kind=kind)


class TestFindings:
    def test_every_family_has_its_findings(self):
        """One for each clock and each run, each call, each time of recovery, the points, each duty, each restore."""
        restored = RestoreDone(
            **header("restored", f"{MON}T12:00Z"), restore="R-1", kind="single", asked_at=at(f"{MON}T11:00Z")
        )
        facts = [*ticket(f"{MON}T10:00Z"), said(f"{MON}T10:30Z"), call(f"{MON}T10:10Z"),
                 *failed(f"{MON}T08:00Z", f"{MON}T09:00Z"), copied("2026-02-01T22:00Z"), restored]  # fmt: skip
        found = state(facts, **PLACES)

        assert [
            "clocks/respond", "clocks/respond/T-1", f"telephone/call/{MON}T10:10Z", "recovery/rto", "recovery/rto/O-1",
            "recovery/rpo", "recovery/rpo/O-1", "recovery/rpo/points", "backups/cloud", "restores/R-1",
        ] == [finding.rule for finding in found.findings]  # fmt: skip
        assert [] == find_wrong_sums(found.findings)
        assert Verdict.MET is found.findings[1].verdict
        assert ("HH-1",) == found.findings[0].clauses

    def test_an_agreement_without_a_desk_has_none(self):
        """Nothing is told of what nobody promised."""
        blocks = changed()
        del blocks["clocks"]

        assert () == build(Document(blocks, {}), CALENDARS, [], "2026-02", at("2026-06-01T00:00Z")).findings

    def test_recovery_alone(self):
        """An agreement may promise recovery and have no clocks."""
        blocks = changed(**PLACES)
        for block in ("clocks", "telephone", "channels", "topics"):
            del blocks[block]
        facts = failed(f"{MON}T08:00Z", f"{MON}T09:00Z")
        found = build(Document(blocks, {}), CALENDARS, facts, "2026-02", at("2026-06-01T00:00Z"))

        assert "recovery/rto/O-1" in [finding.rule for finding in found.findings]

    def test_a_call_of_another_period_is_not_told(self):
        """It has its own statement."""
        assert not [one for one in state([call("2026-03-02T10:00Z")], **PLACES).findings if one.rule.startswith("telephone")]


class TestHeld:
    def test_facts_that_name_what_nothing_knows(self):
        """Each is shown with the reason, and nothing fails."""
        merged = TicketMerged(**header("merge", f"{MON}T11:00Z"), ticket="T-1", into="T-9", by="Mara")
        closed = HoldClosed(**header("closed", f"{MON}T11:00Z"), ticket="T-1", hold="H-9")
        named = TopicSet(**header("named", f"{MON}T11:00Z"), ticket="T-1", topic="plants", by="Mara")
        tested = BackupTested(**header("tested", f"{MON}T11:00Z"), backup="copy-9", is_good=True, by="Mara")
        point = RecoveryPointUsed(**header("point", f"{MON}T11:00Z"), outage="O-9", point_at=at(f"{MON}T08:00Z"))
        disaster = DisasterDeclared(**header("disaster", f"{MON}T11:00Z"), outage="O-9", by="Mara")
        facts = [
            *ticket(f"{MON}T10:00Z", "hgh", channel="pigeon", topic="plants"), put(f"{MON}T10:00Z", "high", "T-8"), merged,
            closed, named, *held(f"{MON}T10:00Z", evidence=""), *held(f"{MON}T10:30Z", waiting_for="", cause="storms"),
            call(f"{MON}T11:00Z", "T-7"), call(f"{MON}T11:10Z", ""), copied("2026-02-01T22:00Z", "clod"), tested, point,
            disaster,
        ]  # fmt: skip
        held_back = {line.partition(": ")[0]: line.partition(": ")[2] for line in state(facts, **PLACES).held}

        assert "no ticket is called 'T-8'; nothing of it is judged" == held_back[f"T-8/high/{MON}T10:00Z"]
        assert "no ticket is called 'T-9'; nothing is merged into it" == held_back["merge"]
        assert "priority 'hgh' is not in the agreement; no time is promised for it" == held_back[f"T-1/hgh/{MON}T10:00Z"]
        assert held_back["T-1/opened"].startswith("topic 'plants' is not in the agreement")
        assert "topic 'plants' is not in the agreement; it takes away no clock" == held_back["named"]
        assert "nothing proves hold" in held_back[f"hold/{MON}T10:00Z"]
        assert "cause 'storms' is not in the agreement; it stops no clock" == held_back[f"hold/{MON}T10:30Z"]
        assert "no hold of ticket 'T-1' is called 'H-9'; it ends nothing" == held_back["closed"]
        assert "the call counts as one without a ticket" in held_back[f"call/{MON}T11:00Z"]
        assert f"call/{MON}T11:10Z" not in held_back
        assert "no duty of backups is called 'clod'; the copy serves none" == held_back["copy/2026-02-01T22:00Z"]
        assert "no backup is called 'copy-9'; its test says nothing" == held_back["tested"]
        assert {"point", "disaster"} < set(held_back)

    def test_what_the_agreement_knows_is_not_held(self):
        """A desk in good order holds nothing back."""
        facts = [*ticket(f"{MON}T10:00Z", topic="plans"), *held(f"{MON}T10:00Z", f"{MON}T11:00Z"),
                 copied("2026-02-01T22:00Z"),
                 TopicSet(**header("named", f"{MON}T11:00Z"), ticket="T-1", topic="plans", by="Mara"),
                 TicketMerged(**header("merge", f"{MON}T11:00Z"), ticket="T-1", into="T-1", by="Mara"),
                 call(f"{MON}T11:00Z"),
                 *failed(f"{MON}T08:00Z", f"{MON}T09:00Z"),
                 BackupTested(**header("t", f"{MON}T11:00Z"), backup="copy/2026-02-01T22:00Z", is_good=True, by="Mara"),
                 RecoveryPointUsed(**header("point", f"{MON}T11:00Z"), outage="O-1", point_at=at(f"{MON}T08:00Z")),
                 DisasterDeclared(**header("disaster", f"{MON}T11:00Z"), outage="O-1", by="Mara")]  # fmt: skip

        assert () == state(facts, **PLACES).held

    def test_where_nothing_is_promised_nothing_is_held(self):
        """Tickets of an agreement without clocks are only tickets."""
        blocks = changed()
        for block in ("clocks", "priorities"):
            del blocks[block]
        found = build(Document(blocks, {}), CALENDARS, ticket(f"{MON}T10:00Z"), "2026-02", at("2026-06-01T00:00Z"))

        assert () == found.held

    def test_lists_that_an_agreement_does_not_have_refuse_nothing(self):
        """Without channels, topics, priorities and backups of its own it takes them as they come."""
        blocks = changed(recovery=PLACES["recovery"])
        del blocks["priorities"]
        facts = [*ticket(f"{MON}T10:00Z", topic="plans"), copied("2026-02-01T22:00Z", "any")]

        assert () == build(Document(blocks, {}), CALENDARS, facts, "2026-02", at("2026-06-01T00:00Z")).held
