"""Journey (c): planned work, from the verdict before it is saved to the minutes that it excuses, or does not."""

import pytest
from django.conf import settings

from tests.journeys.fast_forward import FakeProber, FastForward, bind_acorn
from upheld.apps.ledger.queries import facts_of
from upheld.apps.ledger.services import open_signer
from upheld.apps.maintenance import services
from upheld.apps.maintenance.queries import check_plan, check_window, window
from upheld.apps.statements.queries import bundle_of, content_of, list_statements
from upheld.core.facts import NoticeGiven, of_kind
from upheld.core.timeline import HOUR, MINUTE, SECOND, Instant, Span
from upheld.gateways.samples import Spool
from upheld.verify import Outcome, verify_bundle

pytestmark = pytest.mark.django_db

SIGNED = Instant.parse("2026-02-01T00:00Z")
MONDAY = Instant.parse("2026-02-02T09:00Z")
WISHED = Span(Instant.parse("2026-02-05T20:00Z"), Instant.parse("2026-02-05T22:00Z"))


def test_from_a_plan_to_the_minutes_it_excuses():
    """
    Thursday would be too soon: the verdict says so, and proposes Tuesday, when five business days have passed.

    The notice counts from its sending, the work overruns by half an hour, and only the announced time leaves the base.
    """
    agreement, service = bind_acorn(SIGNED)
    forward = FastForward(MONDAY)
    prober = FakeProber(Spool(settings.UPHELD_SPOOL), service.slug)

    # Would it count? Asked before anything is saved.
    verdict = check_plan(agreement=agreement, kind="scheduled", span=WISHED, as_of=forward.now)
    assert (True, "emergency", WISHED.length) == (verdict.would_count, verdict.judgement.kind.name, verdict.counts)
    [nearest] = verdict.nearest
    assert Instant.parse("2026-02-10T00:00Z") == nearest.start

    # Planned at that time; the customer's support contact is told, and the ledger says when.
    planned = services.plan(
        agreement=agreement, kind="scheduled", span=nearest, reason="a new database", by="person-1", at=forward.now
    )
    services.give_notice(window=planned, by="person-1", at=forward.now)
    forward.work()

    [mail] = forward.mailer.taken
    [notice] = of_kind(facts_of(agreement.key), NoticeGiven)
    assert ("ops@acorn.example", "support-contact", "told") == (mail.to, notice.to, window("M-1").state)
    assert "It starts Tue 10 Feb 2026 00:00 UTC.\nIt ends Tue 10 Feb 2026 02:00 UTC." in mail.text
    assert not check_window(planned, forward.now).would_count

    # The work begins in time and takes half an hour too long; the service is down all the while.
    prober.watch(nearest.start.before(HOUR), nearest.start)
    forward.pass_to(nearest.start)
    services.start(window=planned, by="person-1", at=nearest.start)
    prober.watch(nearest.start, nearest.end + MINUTE * 30, "bad")
    forward.pass_to(prober.watch(nearest.end + MINUTE * 30, nearest.end + HOUR))
    services.end(window=planned, by="person-1", at=forward.now)

    # At the end of the month the announced time is out of base, the overrun is down.
    forward.pass_to(Instant.parse("2026-03-01T00:15Z"))

    [statement] = list_statements(agreement)
    [uptime] = [found for found in content_of(statement)["findings"] if found["rule"] == "availability/uptime"]
    out, down = (uptime["quantities"][name]["micros"] for name in ("out of base", "down"))
    assert abs(out - (HOUR * 2).micros) <= SECOND.micros
    assert abs(down - (MINUTE * 30).micros) <= SECOND.micros
    assert Outcome.VERIFIED == verify_bundle(bundle_of(statement), open_signer().verifier_key()).outcome


def test_work_that_was_not_told_counts():
    """The same window without a notice: its minutes are down like any others."""
    agreement, service = bind_acorn(SIGNED)
    forward = FastForward(MONDAY)
    prober = FakeProber(Spool(settings.UPHELD_SPOOL), service.slug)
    span = Span(Instant.parse("2026-02-10T00:00Z"), Instant.parse("2026-02-10T02:00Z"))
    services.plan(agreement=agreement, kind="scheduled", span=span, reason="", by="person-1", at=forward.now)
    prober.watch(span.start.before(HOUR), span.start)
    prober.watch(span.start, span.end, "bad")
    prober.watch(span.end, span.end + HOUR)

    forward.pass_to(Instant.parse("2026-03-01T00:15Z"))

    [statement] = list_statements(agreement)
    [uptime] = [found for found in content_of(statement)["findings"] if found["rule"] == "availability/uptime"]
    assert abs(uptime["quantities"]["down"]["micros"] - (HOUR * 2).micros) <= SECOND.micros
