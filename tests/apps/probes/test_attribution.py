"""Causes and corrections: what a person says about an outage, and when it is refused."""

import pytest

from tests.apps.watched import KEY, at, observe, pack, sign, watch
from upheld.apps.agreements.queries import agreement
from upheld.apps.findings.queries import state_of
from upheld.apps.ledger import queries as ledger
from upheld.apps.ledger.queries import NotRecorded
from upheld.apps.ledger.services import record
from upheld.apps.oncall.models import Message
from upheld.apps.probes import queries, services
from upheld.core.facts import CauseApproved, CauseAssigned, FactCorrected, NoticeSent, OutageClosed, OutageOpened, of_kind
from upheld.core.timeline import Span

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outage(settings, tmp_path):
    """O-1, from 12:00:11 to 12:00:41."""
    settings.UPHELD_SAMPLES = tmp_path / "samples"
    sign()
    watch()
    seen = [observe(1, 0), observe(2, 10, "bad"), observe(3, 20, "bad"), observe(4, 30, "bad"), observe(5, 40)]
    services.ingest(batch=pack(*seen), at=at(60))


def assign(start=11, end=41, cause="storm", evidence="probes", **changes):
    row = queries.outage("O-1")
    return services.assign_cause(
        outage=row, span=Span(at(start), at(end)), cause=cause, evidence=evidence, by="person-1", at=at(100), **changes
    )


class TestApproveCause:
    """Tests of the rule are core's; here: who is refused, and what is recorded."""

    def test_records_who_approved_what(self):
        fact = services.approve_cause(agreement=KEY, assignment=assign().id, by="person-2", at=at(110))

        assert [fact] == of_kind(ledger.facts_of(KEY), CauseApproved)

    def test_refuses_the_person_who_put_the_cause(self):
        with pytest.raises(services.CannotAssign, match="a second person; person-1 put this one on O-1"):
            services.approve_cause(agreement=KEY, assignment=assign().id, by="person-1", at=at(110))

    def test_refuses_a_fact_that_is_no_cause(self):
        with pytest.raises(services.CannotAssign, match="is no cause put on an outage"):
            services.approve_cause(agreement=KEY, assignment="O-1-opened", by="person-2", at=at(110))


class TestAssignCause:
    def test_records_who_said_what_on_which_evidence(self):
        assign(note="the roof is gone")

        [fact] = of_kind(ledger.facts_of(KEY), CauseAssigned)
        assert ("O-1", at(11), at(41), "storm", "probes", "person-1", "the roof is gone") == (
            fact.outage,
            fact.from_at,
            fact.to_at,
            fact.cause,
            fact.evidence,
            fact.by,
            fact.note,
        )

    def test_takes_a_part_of_the_outage(self):
        """The first ten seconds were the storm; the rest was not."""
        assert Span(at(11), at(21)) == Span(assign(11, 21).from_at, assign(11, 21).to_at)

    def test_refuses_a_cause_that_the_agreement_does_not_know(self):
        with pytest.raises(services.CannotAssign, match="knows no cause 'weather'; it knows"):
            assign(cause="weather")

    @pytest.mark.parametrize("evidence", ["hearsay", ""])
    def test_refuses_evidence_that_the_cause_does_not_name(self, evidence):
        with pytest.raises(services.CannotAssign, match="the cause storm is shown by probes; came"):
            assign(evidence=evidence)

    @pytest.mark.parametrize(("start", "end"), [(10, 41), (11, 42), (20, 20)])
    def test_refuses_time_outside_the_outage(self, start, end):
        """A cause explains what happened, not what did not."""
        with pytest.raises(services.CannotAssign, match="O-1 lasted"):
            assign(start, end)


class TestPutCauseBesides:
    def put(self, start=21, end=41, cause="storm", **changes):
        return services.put_cause_besides(
            outage=queries.outage("O-1"), span=Span(at(start), at(end)), cause=cause, evidence="probes", by="person-1",
            at=at(100), **changes,
        )  # fmt: skip

    def test_what_else_was_broken_is_an_outage_of_its_own_within_the_first(self):
        """Down from 11 to 41, and in that from 21 on by something else too: nothing longer, and no cause is replaced."""
        first = assign()
        second = self.put(note="both lines were cut")

        row = queries.outage("O-2")
        opened = [(fact.outage, fact.first_bad_at) for fact in of_kind(ledger.facts_of(KEY), OutageOpened)]
        closed = [
            (fact.outage, fact.last_bad_at, fact.first_good_at) for fact in of_kind(ledger.facts_of(KEY), OutageClosed)
        ]
        assert [("O-1", at(11)), ("O-2", at(21))] == opened
        assert [("O-1", at(30), at(41)), ("O-2", at(30), at(41))] == closed
        assert [first, second] == of_kind(ledger.facts_of(KEY), CauseAssigned)
        assert ("O-2", "both lines were cut") == (second.outage, second.note)
        assert (at(21), at(41), "besides O-1, in a part of its time") == (row.began_at, row.ended_at, row.because)

    def test_nothing_is_counted_or_told_twice(self):
        """The same time down, the same credit, one interruption; nobody is written to again, and nobody is paged."""
        assign(cause="own")
        before, written = figures(), Message.objects.count()

        self.put(cause="own")

        assert before == figures()
        assert written == Message.objects.count()

    def test_who_was_told_of_the_first_was_told_of_it(self):
        """No second notice is owed: the one of the first outage stands for it too."""
        notice = NoticeSent(
            id="notice-outages-1", agreement=KEY, occurred_at=at(50), recorded_at=at(50), source="person-1",
            notice="outages", about="O-1", to="every client", by="email",
        )  # fmt: skip
        record(facts=[notice])

        self.put()

        assert [("O-1", at(50)), ("O-2", at(50))] == [
            (fact.about, fact.occurred_at) for fact in of_kind(ledger.facts_of(KEY), NoticeSent)
        ]

    def test_goes_with_the_outage_that_it_is_within(self):
        """Where the first outage is taken back, nothing of it is left down."""
        assign()
        self.put()

        services.correct_fact(
            agreement=KEY, fact_id="O-1-opened", because="a test of ours", by="person-1", approved_by="person-2", at=at(120)
        )

        assert [True, True] == [queries.outage(name).is_void for name in ("O-1", "O-2")]
        assert {"O-1-opened", "O-2-opened"} == {fact.corrects for fact in of_kind(ledger.facts_of(KEY), FactCorrected)}

    def test_nothing_is_down_that_was_not_seen_to_be(self):
        """Outside the first outage there can be no second one; nothing of it is left."""
        with pytest.raises(services.CannotAssign, match="O-1 lasted"):
            self.put(10, 41)

        assert 1 == len(of_kind(ledger.facts_of(KEY), OutageOpened))
        with pytest.raises(queries.UnknownOutage):
            queries.outage("O-2")


def figures():
    """Every figure of the period with its verdict; each credit with its interruptions, however their outages are called."""
    content = state_of(agreement(KEY), "2026-02", at(200)).to_json()
    told = [(one["rule"], one["shown"], one["verdict"], one["quantities"]) for one in content["findings"]]
    breaks = [(one["span"], one["counted"]) for credit in content["credits"] for one in credit["interruptions"]]
    return told, breaks, [(one["granted"], one["state"], one["units"]) for one in content["credits"]]


class TestCorrectFact:
    def correct(self, fact_id="O-1-opened", approved_by="person-2", because="a test of ours"):
        return services.correct_fact(
            agreement=KEY, fact_id=fact_id, because=because, by="person-1", approved_by=approved_by, at=at(100)
        )

    def test_names_the_fact_and_both_persons(self):
        self.correct()

        [fact] = of_kind(ledger.facts_of(KEY), FactCorrected)
        assert ("O-1-opened", "person-1", "person-2", True) == (
            fact.corrects,
            fact.by,
            fact.approved_by,
            queries.outage("O-1").is_void,
        )

    def test_needs_a_second_person(self):
        with pytest.raises(services.CannotCorrect, match="approved by a second person"):
            self.correct(approved_by="person-1")

    def test_needs_a_reason(self):
        with pytest.raises(services.CannotCorrect, match="say why"):
            self.correct(because=" ")

    def test_needs_a_fact(self):
        with pytest.raises(NotRecorded):
            self.correct(fact_id="O-9-opened")


@pytest.mark.parametrize("name", ["O-2", "1", "O-x", "O-", "O-99999999999999"])
def test_an_unknown_outage_is_told_so(name):
    with pytest.raises(queries.UnknownOutage, match="no outage is called"):
        queries.outage(name)
