"""A statement reaches its customer by itself: once, with its address and its bundle; a later one names the earlier one."""

import pytest

from tests.apps.watched import NOON, at, observe, pack, sign, watch
from upheld.apps.oncall.models import Message
from upheld.apps.oncall.models.outbox import Enclosure
from upheld.apps.parties.services import add_contact, name_provider
from upheld.apps.probes.queries import outage
from upheld.apps.probes.services import assign_cause, ingest
from upheld.apps.statements import jobs, services
from upheld.apps.statements.models import Statement
from upheld.core.timeline import DAY, HOUR, MINUTE, Instant, Span
from upheld.gateways.signing import FakeSigner
from upheld.interfaces.worker.stating import send_statements
from upheld.verify import Outcome, verify_bundle

pytestmark = pytest.mark.django_db

MARCH = Instant.parse("2026-03-01T00:00Z")


@pytest.fixture(autouse=True)
def agreement(settings, tmp_path):
    """Acorn's shop was down from 12:00:11 to 12:00:41; two people of Acorn are told things."""
    settings.UPHELD_SAMPLES, settings.UPHELD_KEYS = tmp_path / "samples", tmp_path / "keys"
    settings.UPHELD_URL = "https://upheld.example"
    name_provider(name="Harbour")
    agreement = sign()
    for name in ("ana", "bo"):
        add_contact(customer=agreement.customer, name=name, email=f"{name}@acorn.example")
    watch()
    seen = [observe(1, 0), observe(2, 10, "bad"), observe(3, 20, "bad"), observe(4, 30, "bad"), observe(5, 40)]
    ingest(batch=pack(*seen), at=at(60))
    return agreement


def issue(agreement, at=MARCH + HOUR):
    return services.prepare(agreement=agreement, period="2026-02", by="person-1", at=at, signer=FakeSigner())


def test_a_month_that_is_over_is_stated_and_sent(settings):
    """Nobody asks: the worker prepares it after the month, and writes to both with the bundle."""
    jobs.prepare_due(MARCH)
    send_statements(MARCH)
    Message.objects.all().delete()

    assert 1 == jobs.prepare_due(MARCH + MINUTE * 11)
    assert 2 == send_statements(MARCH + MINUTE * 11)

    mails = list(Message.objects.order_by("to"))
    assert ["ana@acorn.example", "bo@acorn.example"] == [mail.to for mail in mails]
    assert "Harbour: February 2026, Harbour hosting" == mails[0].subject
    assert "https://upheld.example/portal/statements/acorn/harbour/2026-02\n" in mails[0].body
    assert Statement.objects.get(name="acorn-harbour/2026-02/1").digest in mails[0].body


def test_the_bundle_that_goes_with_it_holds(agreement):
    """What lies in the customer's mailbox is all that the verifier needs."""
    issue(agreement)
    send_statements(MARCH + HOUR)

    first = Enclosure.objects.order_by("pk")[0]
    assert "acorn-harbour-2026-02-1.zip" == first.file_name
    assert Outcome.VERIFIED == verify_bundle(bytes(first.content), FakeSigner().verifier_key()).outcome


def test_it_is_sent_once(agreement):
    """However often the worker asks."""
    issue(agreement)

    assert [2, 0, 0] == [send_statements(MARCH + HOUR + MINUTE * step) for step in range(3)]
    assert 2 == Message.objects.count()


def test_a_late_fact_leads_to_a_second_statement_that_names_the_first(agreement):
    """The first keeps its bytes; the mail of the second says what it follows, and has an address of its own."""
    first = issue(agreement)
    told = bytes(first.content)
    send_statements(MARCH + HOUR)
    down = outage("O-1")
    assert down.ended_at is not None
    span = Span(down.began_at, down.ended_at)
    assign_cause(outage=down, span=span, cause="flood", evidence="probes", by="person-1", at=MARCH + DAY)
    second = issue(agreement, MARCH + DAY * 2)
    send_statements(MARCH + DAY * 2)

    mail = Message.objects.order_by("-pk")[0]
    assert mail.subject.endswith(", stated anew")
    assert f"Facts came after {first.name} was issued. This one, {second.name}, follows it" in mail.body
    assert "/portal/statements/acorn/harbour/2026-02/2\n" in mail.body
    first.refresh_from_db()
    assert told == bytes(first.content)


def test_an_interim_one_is_not_sent(agreement):
    """Who asked for it reads it on its page."""
    services.prepare(agreement=agreement, period="2026-02", by="person-1", at=NOON + DAY, signer=FakeSigner())

    assert 0 == send_statements(NOON + DAY)


def test_a_bundle_that_no_mail_takes_stays_on_the_page(agreement, monkeypatch):
    """The mail says so."""
    monkeypatch.setattr(services, "LARGEST_ENCLOSED", 10)
    issue(agreement)
    send_statements(MARCH + HOUR)

    assert 0 == Enclosure.objects.count()
    assert "The bundle is too large for a mail; it is on the page" in Message.objects.order_by("pk")[0].body
