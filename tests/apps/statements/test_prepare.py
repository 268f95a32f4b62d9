"""Statements: made of the ledger, recorded in it, and checked by the customer's verifier."""

from hashlib import sha256

import pytest

from tests.apps.watched import KEY, NOON, at, observe, pack, sign, watch
from upheld.apps.findings import queries as findings
from upheld.apps.findings.queries import CannotJudge
from upheld.apps.ledger.queries import facts_of, latest_checkpoint
from upheld.apps.probes.queries import outage
from upheld.apps.probes.services import assign_cause, ingest
from upheld.apps.statements import jobs, queries, services
from upheld.apps.statements.models import Statement
from upheld.core.facts import StatementIssued, of_kind
from upheld.core.timeline import DAY, HOUR, MICRO, MINUTE, SECOND, Duration, Instant, Span
from upheld.gateways.signing import FakeSigner
from upheld.verify import Outcome, verify_bundle

pytestmark = pytest.mark.django_db

MARCH = Instant.parse("2026-03-01T00:00Z")


@pytest.fixture(autouse=True)
def agreement(settings, tmp_path):
    """Acorn's shop was down from 12:00:11 to 12:00:41."""
    settings.UPHELD_SAMPLES, settings.UPHELD_KEYS = tmp_path / "samples", tmp_path / "keys"
    agreement = sign()
    watch()
    seen = [observe(1, 0), observe(2, 10, "bad"), observe(3, 20, "bad"), observe(4, 30, "bad"), observe(5, 40)]
    ingest(batch=pack(*seen), at=at(60))
    return agreement


def prepare(agreement, at=MARCH + HOUR, period="2026-02"):
    return services.prepare(agreement=agreement, period=period, by="person-1", at=at, signer=FakeSigner())


class TestPrepare:
    def test_records_what_was_told(self, agreement):
        """The last fact of the ledger names the statement and the digest of its bytes, and the head over it is signed."""
        statement = prepare(agreement)

        fact, signed = facts_of(KEY)[-1], latest_checkpoint(KEY)
        assert isinstance(fact, StatementIssued)
        assert signed is not None
        assert signed.size == statement.ledger_size
        assert ("acorn-harbour/2026-02/1", sha256(bytes(statement.content)).hexdigest(), statement.ledger_size) == (
            fact.statement,
            fact.digest,
            len(facts_of(KEY)),
        )

    def test_looks_from_a_whole_second(self, agreement):
        """What runs is as long as it is shown: the parts of the running month add up to their sum on the page."""
        ingest(batch=pack(observe(6, 50, "bad"), sequence=2), at=at(60))

        statement = prepare(agreement, at=at(62) + Duration(345_678))

        [uptime] = [one for one in queries.content_of(statement)["findings"] if one["rule"] == "availability/uptime"]
        lengths = [step["value"]["micros"] for step in uptime["why"]["because"] if "micros" in step["value"]]
        assert (Instant.of(statement.as_of), []) == (at(63), [one for one in lengths if one % SECOND.micros])
        assert at(62) + Duration(345_678) == facts_of(KEY)[-1].recorded_at

    def test_does_not_end_a_period_that_still_runs(self, agreement):
        """In the last second of a month, the next whole one would be over."""
        statement = prepare(agreement, at=MARCH.before(MICRO))

        assert (False, MARCH.before(MICRO)) == (statement.is_over, Instant.of(statement.as_of))

    def test_states_the_down_time(self, agreement):
        """Thirty seconds, of the month that is over."""
        content = queries.content_of(prepare(agreement))

        [uptime] = [finding for finding in content["findings"] if finding["rule"] == "availability/uptime"]
        assert (True, (SECOND * 30).micros) == (content["is_over"], uptime["quantities"]["down"]["micros"])

    def test_states_no_down_time_that_nobody_saw(self, agreement):
        """Down again at 12:01:01, seen for ten seconds, and the prober came no more: the rest of the month is unknown."""
        ingest(batch=pack(observe(6, 50), observe(7, 60, "bad"), observe(8, 70, "bad"), sequence=2), at=at(80))

        content = queries.content_of(prepare(agreement))

        [uptime] = [finding for finding in content["findings"] if finding["rule"] == "availability/uptime"]
        assert (SECOND * 40).micros == uptime["quantities"]["down"]["micros"]

    def test_seals_what_was_seen_before(self, agreement):
        """Observations of the last seconds belong into it."""
        ingest(batch=pack(observe(6, 50), sequence=2), at=at(60))

        content = queries.content_of(prepare(agreement, at=at(70)))

        [uptime] = [finding for finding in content["findings"] if finding["rule"] == "availability/uptime"]
        measured = (at(70) - Instant.parse("2026-02-01T00:00Z")).micros - uptime["quantities"]["not measured"]["micros"]
        assert ((SECOND * 50).micros, False) == (measured, content["is_over"])

    def test_follows_the_earlier_one(self, agreement):
        """A cause that comes later changes the figure by a further statement; the first one stays as it was told."""
        first = prepare(agreement)
        told = bytes(first.content)
        assert not queries.is_outdated(first, MARCH + DAY)
        span = Span(at(11), at(41))
        assign_cause(outage=outage("O-1"), span=span, cause="storm", evidence="probes", by="person-1", at=MARCH + DAY)

        second = prepare(agreement, at=MARCH + DAY * 2)

        first.refresh_from_db()
        assert (2, first, told, True) == (
            second.number,
            second.follows,
            bytes(first.content),
            queries.is_outdated(first, MARCH + DAY * 2),
        )

    def test_refuses_time_to_come(self, agreement):
        with pytest.raises(services.CannotPrepare, match="has not begun"):
            prepare(agreement, period="2026-04")

    def test_refuses_a_word_that_is_no_period(self, agreement):
        with pytest.raises(services.CannotPrepare, match="names no period"):
            prepare(agreement, period="last month")

    def test_refuses_a_clock_that_went_back(self, agreement):
        """A statement as of a time before its facts would not hold them."""
        with pytest.raises(services.CannotPrepare, match="went back"):
            prepare(agreement, at=NOON)

        assert [] == of_kind(facts_of(KEY), StatementIssued)

    def test_is_made_once_for_two_who_ask_for_the_same(self, agreement):
        """Both saw that none is issued; the second is told, and no further statement is made."""
        services.prepare(agreement=agreement, period="2026-02", number=1, by="person-1", at=MARCH, signer=FakeSigner())

        with pytest.raises(services.AlreadyIssued, match="not the next one, 2 is"):
            services.prepare(agreement=agreement, period="2026-02", number=1, by="person-2", at=MARCH, signer=FakeSigner())
        assert 1 == Statement.objects.count() == len(of_kind(facts_of(KEY), StatementIssued))


class TestBundle:
    def test_verifies_alone(self, agreement):
        """The customer's verifier, with the key of the agreement, recomputes every figure."""
        bundle = queries.bundle_of(prepare(agreement))

        report = verify_bundle(bundle, FakeSigner().verifier_key())
        assert Outcome.VERIFIED == report.outcome, report.checks

    def test_is_always_the_same(self, agreement):
        """Later facts and later heads do not change it."""
        statement = prepare(agreement)
        before = queries.bundle_of(statement)
        prepare(agreement, at=MARCH + DAY)

        assert before == queries.bundle_of(statement)

    def test_waits_for_the_signature(self, agreement, monkeypatch):
        """The program died between the commit and the signing: the worker signs, then the bundle can be had."""
        monkeypatch.setattr(services, "sign_checkpoint", lambda **_: None)
        statement = prepare(agreement)

        with pytest.raises(queries.NotSignedYet, match="try again in a minute"):
            queries.bundle_of(statement)


class TestDue:
    def test_prepares_each_period_once(self, agreement):
        """January and February are over; a second round makes nothing more."""
        counts = [jobs.prepare_due(MARCH + HOUR), jobs.prepare_due(MARCH + HOUR * 2)]

        names = sorted(Statement.objects.values_list("name", flat=True))
        assert ([2, 0], ["acorn-harbour/2026-01/1", "acorn-harbour/2026-02/1"]) == (counts, names)

    def test_waits_for_late_samples(self, agreement):
        """Ten minutes of grace after the end of the period."""
        jobs.prepare_due(MARCH + SECOND * 599)

        assert ["acorn-harbour/2026-01/1"] == [row.name for row in queries.list_statements(agreement)]

    def test_an_interim_statement_does_not_stand_for_it(self, agreement):
        prepare(agreement, at=MARCH.before(DAY))

        jobs.prepare_due(MARCH + HOUR)

        assert [2, 1] == [row.number for row in queries.list_statements() if "2026-02" in row.name]

    def test_leaves_alone_what_a_person_issued_meanwhile(self, agreement, monkeypatch):
        """Between looking for what is due and making it, somebody issued it: the worker makes no second one."""
        due = queries.list_next(MARCH + HOUR)
        prepare(agreement)
        monkeypatch.setattr(jobs, "list_next", lambda at: due)

        jobs.prepare_due(MARCH + HOUR)

        assert [1] == [row.number for row in queries.list_statements() if "2026-02" in row.name]

    def test_an_agreement_that_cannot_be_judged_keeps_no_other_back(self, agreement, monkeypatch, caplog):
        """Its trouble is in the log; the statements of the others are made."""
        real = queries.periods_between  # type: ignore[attr-defined]

        def stumble(row, start, end):
            if row.key == "acorn-barge":
                raise CannotJudge("acorn-barge cannot be judged")
            return real(row, start, end)

        monkeypatch.setattr(queries, "periods_between", stumble)
        sign(key="acorn-barge")

        assert 2 == jobs.prepare_due(MARCH + HOUR)
        assert "acorn-barge" in [record.agreement for record in caplog.records if record.levelname == "ERROR"]


class TestLookAhead:
    def test_says_when_the_promise_is_missed_and_what_is_owed(self, agreement):
        """
        Down again since 13:00:01: February bears 201.6 minutes, 30 s of them are used, so it is missed 12,066 s later. Three
        hours are full by then, each worth ten times 720/672 euros; the next ones follow by the hour.
        """
        ingest(batch=pack(observe(1, 3600, "bad", vouches_from=at(3601).micros), boot="b2"), at=at(3602))

        found = findings.look_ahead(agreement, at(3610))

        start = at(3601)
        assert start + SECOND * 12_066 + MICRO == found.missed_at
        assert [
            ("tenfold", found.missed_at, "EUR 32.14"),
            ("tenfold", start + HOUR * 4, "EUR 42.86"),
            ("tenfold", start + HOUR * 5, "EUR 53.57"),
            ("tenfold", start + HOUR * 6, "EUR 64.29"),
        ] == [(owed.credit, owed.at, str(owed.amount)) for owed in found.owed]

    def test_goes_on_after_the_promise_is_missed(self, agreement):
        """Four and a half hours down: the fifth hour is the next that is owed."""
        seen = [observe(number, 3590 + 10 * number, "bad") for number in range(1, 1622)]
        ingest(batch=pack(*seen, boot="b2"), at=at(3601) + HOUR * 4 + MINUTE * 30)

        found = findings.look_ahead(agreement, at(3601) + HOUR * 4 + MINUTE * 30)

        assert (None, at(3601) + HOUR * 5) == (found.missed_at, found.owed[0].at)

    def test_says_nothing_of_what_nobody_sees(self, agreement):
        """Down when it was last seen, an hour ago: whether it lasts is unknown, and so is what it would cost."""
        ingest(batch=pack(observe(1, 3600, "bad", vouches_from=at(3601).micros), boot="b2"), at=at(3602))

        found = findings.look_ahead(agreement, at(7200))

        assert (None, (), SECOND * 30) == (found.missed_at, found.owed, found.budgets[0].used)

    def test_says_nothing_while_nothing_runs(self, agreement):
        found = findings.look_ahead(agreement, at(3600))

        assert (None, (), SECOND * 30) == (found.missed_at, found.owed, found.budgets[0].used)


def test_an_unknown_statement_is_told_so():
    with pytest.raises(queries.UnknownStatement, match="no statement is called"):
        queries.statement("x/2026-01/1")
