"""Programs hear of each deed once, in its transaction, and nobody's name, address or words are in what they hear."""

import json
from typing import Any

import pytest
from django.db import transaction

from tests.apps import billed, watched
from tests.apps.billing import ground
from upheld.apps.billing import services as billing
from upheld.apps.billing.models import Credit
from upheld.apps.billing.services import credits_decided
from upheld.apps.billing.services.credits_applying import apply_credit
from upheld.apps.maintenance import services as maintenance
from upheld.apps.oncall.models import Event, Message
from upheld.apps.oncall.services import add_recipient
from upheld.apps.parties.services import add_contact
from upheld.core.money import Money
from upheld.core.timeline import DAY, HOUR, Span

pytestmark = pytest.mark.django_db

HOOK = "https://hooks.example/x"


@pytest.fixture(autouse=True)
def _recipient() -> None:
    add_recipient(kind="webhook", address=HOOK, events=Event.values)


def heard(*prefixes: str) -> list[tuple[str, dict[str, Any]]]:
    """The events of these kinds, in their order, each with its fields."""
    told = (json.loads(one.body) for one in Message.objects.filter(to=HOOK).order_by("pk"))
    return [(one["type"], one["data"]) for one in told if one["type"].startswith(prefixes)]


def test_planned_work_is_told_step_by_step() -> None:
    """Planned, begun and over; another one planned and cancelled. The reasons stay here."""
    agreement, at = watched.sign(), watched.NOON
    span = Span(at + DAY * 13, at + DAY * 13 + HOUR)
    done, left = (
        maintenance.plan(agreement=agreement, kind="scheduled", span=span, reason="Mara's disk", by="person-1", at=at)
        for _ in range(2)
    )
    maintenance.start(window=done, by="person-1", at=span.start)
    maintenance.end(window=done, by="person-1", at=span.end)
    maintenance.cancel(window=left, because="Mara is ill", by="person-1", at=at + DAY)

    told = heard("maintenance.")

    assert [("planned", "M-1"), ("planned", "M-2"), ("started", "M-1"), ("ended", "M-1"), ("cancelled", "M-2")] == [
        (event.removeprefix("maintenance."), fields["window"]) for event, fields in told
    ]
    assert (str(span.start), "acorn", False) == (told[0][1]["from_at"], told[0][1]["customer"], "Mara" in str(told))


def test_a_notice_of_planned_work_is_told_once_it_was_sent() -> None:
    """Written it is not told yet; sent it is, once however often the worker looks, by role and without the address."""
    agreement, at = watched.sign(), watched.NOON
    add_contact(customer=agreement.customer, name="Mara", email="mara@acorn.example")
    span = Span(at + DAY * 13, at + DAY * 13 + HOUR)
    window = maintenance.plan(agreement=agreement, kind="scheduled", span=span, reason="", by="person-1", at=at)
    maintenance.give_notice(window=window, by="person-1", at=at)
    maintenance.write_notices(write=lambda notice: ("Work", notice.to), at=at)
    maintenance.record_notices(at=at)
    before = heard("maintenance.announced")
    Message.objects.filter(kind="mail").update(sent_at=at.utc(), due_at=None)
    for hours in (1, 2):
        maintenance.record_notices(at=at + HOUR * hours)

    [(_, told)] = heard("maintenance.announced")

    assert ([], "M-1", "contact", str(at)) == (before, told["window"], told["role"], told["notice_at"])
    assert "mara" not in str(told).lower()


def test_a_credit_is_told_as_it_is_found_decided_and_corrected() -> None:
    """Looked for again it is not told again; a decision that is taken back with its transaction is not told at all."""
    agreement = ground.sign_with(claim="not needed")
    ground.measure()
    ground.break_down()
    [row] = ground.propose(agreement)
    with transaction.atomic():
        credits_decided.decide_credit(credit=row, granted=True, because="Mara agreed", by="ada", at=ground.LATER)
        transaction.set_rollback(True)
    ground.propose(agreement, ground.LATER)
    row.refresh_from_db()
    credits_decided.decide_credit(credit=row, granted=True, because="Mara agreed", by="ada", at=ground.LATER)
    waiting = credits_decided.correct_credit(
        credit=row, amount="EUR 4.00", because="Mara asked", by="ada", at=ground.LATER
    )  # fmt: skip
    credits_decided.confirm_credit(approval=waiting, by="bob", at=ground.LATER)

    told = heard("credit.")

    assert [
        ("credit.proposed", "CR-1", "proposed", "EUR 53.57"), ("credit.decided", "CR-1", "granted", "EUR 53.57"),
        ("credit.corrected", "CR-2", "granted", "EUR 4.00"),
    ] == [(event, one["credit"], one["state"], one["amount"]) for event, one in told]  # fmt: skip
    assert "Mara" not in str(told)


def test_the_money_of_an_invoice_is_told() -> None:
    """Issued with a credit taken off, and paid in two parts: an event for each, and one when nothing is left."""
    agreement = billed.sign()
    billed.look_after(agreement, 1)
    invoice = billing.issue_draft(agreement=agreement, period=billed.MARCH, by=billed.ANNA, at=billed.AFTER)
    credit = Credit.objects.create(
        number=1, agreement=agreement, credit="prorated", kind="discretion", state="granted", amount="GBP 5.00",
        found="GBP 5.00", reason="As found.", subject="O-1", decided_by=billed.ANNA, confirmed_by=billed.BEN, because="So.",
        period_from_at=billed.MARCH.start.utc(), period_to_at=billed.MARCH.end.utc(), proposed_at=billed.AFTER.utc(),
        decided_at=billed.AFTER.utc(),
    )  # fmt: skip
    for _ in range(2):
        apply_credit(credit=credit, invoice=invoice, by=billed.ANNA, at=billed.AFTER)
    for amount in ("GBP 100.00", None):
        billing.record_payment(
            invoice=invoice, paid_at=billed.AFTER + DAY, by=billed.ANNA, at=billed.AFTER + DAY,
            amount=Money.parse(amount) if amount else None, reference="from Mara",
        )  # fmt: skip

    told = heard("credit.", "invoice.", "payment.")

    assert ["invoice.issued", "credit.applied", "payment.received", "payment.received", "invoice.paid"] == [
        event for event, _ in told
    ]
    assert ("P-1", "GBP 100.00", invoice.number) == tuple(told[2][1][name] for name in ("payment", "amount", "invoice"))
    assert "Mara" not in str(told)
