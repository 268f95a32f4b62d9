"""Journeys (a) and (e): a failed probe becomes an outage, a claim, a credit, a statement that the customer checks alone."""

import json
from fractions import Fraction

import pytest
from django.conf import settings

from tests.journeys.fast_forward import FakeProber, FastForward, bind_acorn
from upheld.apps.billing.queries import judge_claim
from upheld.apps.billing.services import decide_claim, file_claim
from upheld.apps.desk.services import Report, Sender, open_ticket
from upheld.apps.findings.queries import look_ahead
from upheld.apps.ledger.queries import facts_of, verify_ledger
from upheld.apps.ledger.services import open_signer
from upheld.apps.probes.queries import outage, standing_of
from upheld.apps.probes.services import assign_cause
from upheld.apps.statements.queries import bundle_of, content_of, is_outdated, list_statements
from upheld.apps.statements.services import prepare
from upheld.core.facts import NotMeasured, OutageClosed, OutageOpened, of_kind
from upheld.core.timeline import DAY, HOUR, MINUTE, SECOND, Instant, Span
from upheld.gateways.samples import Spool
from upheld.verify import Outcome, verify_bundle

pytestmark = pytest.mark.django_db

SIGNED = Instant.parse("2026-02-01T00:00Z")
MORNING = Instant.parse("2026-02-16T11:00Z")
"""A Monday."""
FAULT = Instant.parse("2026-02-16T12:00Z")
MENDED = FAULT + HOUR * 4 + MINUTE * 30
DETAILS = ("functional areas", "date and time", "usernames and emails", "estimated minutes", "ticket number")


def figure(content, rule):
    return next(finding for finding in content["findings"] if finding["rule"] == rule)


def test_from_a_failed_probe_to_a_statement_that_verifies():
    """
    Four and a half hours down, with the prober itself stopped for a minute in between.

    The outage is told twice, the minute is not measured and not down, four full hours are credited tenfold, and the bundle
    verifies with the key of the agreement; a cause that is found later changes the figure by a second statement only.
    """
    agreement, service = bind_acorn(SIGNED)
    forward = FastForward(MORNING)
    prober = FakeProber(Spool(settings.UPHELD_SPOOL), service.slug)

    # Up for an hour, then down: known at the next round of the worker, told by mail and webhook.
    prober.watch(MORNING, FAULT)
    forward.pass_to(prober.watch(FAULT, FAULT + SECOND * 20, "bad"))

    standing = standing_of(service, forward.now)
    assert ("down", "O-1") == (standing.state, standing.outage and standing.outage.name)
    assert ["Teamplify is down since Mon 16 Feb 2026 12:00:01 UTC"] == [mail.subject for mail in forward.mailer.taken]
    assert "outage.opened" == json.loads(forward.poster.taken[0].body)["type"]

    # What comes next is told before it comes: the promise is missed after 201.6 minutes.
    ahead = look_ahead(agreement, forward.now)
    assert (MINUTE * 201 + SECOND * 36, ["EUR 332.14", "EUR 442.86", "EUR 553.57", "EUR 664.29"]) == (
        ahead.budgets[0].allowed,
        [str(owed.amount) for owed in ahead.owed],
    )

    # The prober is stopped for a minute; nobody knows what was then.
    prober.watch(FAULT + SECOND * 20, FAULT + HOUR, "bad")
    prober.restart("b2")
    prober.watch(FAULT + HOUR + MINUTE, MENDED, "bad")
    forward.pass_to(prober.watch(MENDED, MENDED + HOUR))

    facts = facts_of(agreement.key)
    [opened], [closed] = of_kind(facts, OutageOpened), of_kind(facts, OutageClosed)
    [blind] = of_kind(facts, NotMeasured)
    assert opened.last_good_at is not None
    assert opened.last_good_at < FAULT <= opened.first_bad_at
    assert closed.last_bad_at < MENDED <= closed.first_good_at
    assert "the prober was started anew" == blind.because
    assert 4 == len(forward.mailer.taken) + len(forward.poster.taken)

    # The customer claims within five business days; the agreement accepts; a person grants.
    ticket = open_ticket(
        agreement=agreement, way="email", report=Report("The shop was down", outage="O-1"), sender=Sender("person-2"),
        received_at=MENDED + HOUR, at=forward.now,
    )  # fmt: skip
    claim = file_claim(
        agreement=agreement, credit="tenfold", outage_name="O-1", channel="email", details=DETAILS,
        filed_at=MENDED + HOUR * 2, ticket=ticket.name, by="person-2", at=forward.now + HOUR,
    )  # fmt: skip
    judged = judge_claim(claim, forward.now + HOUR * 2)
    assert judged is not None
    assert (True, Fraction(4)) == (judged.checked.accepted, judged.units)
    decide_claim(claim=claim, granted=True, because="all is there", by="person-1", at=forward.now + HOUR * 2)

    # The month ends; the worker prepares the statement by itself.
    forward.pass_to(Instant.parse("2026-03-01T00:15Z"))

    [statement] = list_statements(agreement)
    content = content_of(statement)
    uptime = figure(content, "availability/uptime")
    assert ("acorn-legal-teamplify/2026-02/1", True, "missed") == (statement.name, content["is_over"], uptime["verdict"])
    counted = closed.first_good_at - opened.first_bad_at - (blind.to_at - blind.from_at)
    assert counted.micros == uptime["quantities"]["down"]["micros"]
    assert "EUR 442.86" == content["credits"][0]["granted"]

    key = open_signer().verifier_key()
    bundle = bundle_of(statement)
    assert Outcome.VERIFIED == verify_bundle(bundle, key).outcome
    changed = bytearray(bundle)
    changed[len(changed) // 2] ^= 1
    assert Outcome.WRONG == verify_bundle(bytes(changed), key).outcome

    # Weeks later the cause is found: the first statement stays, a second one follows it.
    later = Instant.parse("2026-03-20T09:00Z")
    forward.pass_to(later)
    assign_cause(
        outage=outage("O-1"), span=Span(opened.first_bad_at, closed.first_good_at), cause="force-majeure",
        evidence="written-reason", by="person-1", at=later,
    )  # fmt: skip
    assert is_outdated(statement, later + DAY)
    second = prepare(agreement=agreement, period="2026-02", by="person-1", at=later + DAY)

    statement.refresh_from_db()
    assert (2, statement.pk, content) == (second.number, second.follows_id, content_of(statement))
    assert 0 == figure(content_of(second), "availability/uptime")["quantities"]["down"]["micros"]
    assert Outcome.VERIFIED == verify_bundle(bundle_of(second), key).outcome
    assert bundle == bundle_of(statement)
    assert [] == verify_ledger(agreement.key)


def test_a_prober_that_cannot_see_makes_no_downtime():
    """Cut off for ten minutes, its controls silent too: nothing is down, nobody is woken, the statement shows the gap."""
    agreement, service = bind_acorn(SIGNED)
    forward = FastForward(MORNING)
    prober = FakeProber(Spool(settings.UPHELD_SPOOL), service.slug)
    prober.watch(MORNING, FAULT)
    prober.watch(FAULT, FAULT + MINUTE * 10, "unseen")
    end = prober.watch(FAULT + MINUTE * 10, FAULT + HOUR)

    forward.pass_to(end)
    statement = prepare(agreement=agreement, period=Span(SIGNED, SIGNED + DAY * 28), by="person-1", at=forward.now)

    [blind] = of_kind(facts_of(agreement.key), NotMeasured)
    sums = figure(content_of(statement), "availability/uptime")["quantities"]
    seen = (end - MORNING) - (blind.to_at - blind.from_at)
    assert ([], [], 0) == (forward.mailer.taken, of_kind(facts_of(agreement.key), OutageOpened), sums["down"]["micros"])
    measured = (forward.now - SIGNED).micros - sums["not measured"]["micros"]
    assert abs(measured - seen.micros) <= SECOND.micros * 2
    assert MINUTE * 10 <= blind.to_at - blind.from_at <= MINUTE * 10 + SECOND * 20
