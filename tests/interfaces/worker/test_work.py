"""What the worker does for many: one that cannot be done keeps no other back."""

import pytest

from tests.append_only import triggers_stand_aside
from tests.apps.watched import NOON, sign
from upheld.apps.ledger.models import Node, Tree
from upheld.apps.ledger.queries import latest_checkpoint
from upheld.apps.ledger.services import record, sign_checkpoint
from upheld.apps.maintenance import services as planning
from upheld.apps.oncall.models import Message
from upheld.apps.parties.services import add_contact, name_provider
from upheld.core.facts import ClockStepped
from upheld.core.timeline import DAY, HOUR, SECOND, Span
from upheld.interfaces.worker.work import sign_heads, write_cancellations, write_notices

pytestmark = pytest.mark.django_db


def step(agreement, number):
    at = NOON + SECOND * number
    return ClockStepped(id=f"step-{number}", agreement=agreement, occurred_at=at, recorded_at=at, source="test", by=number)


@pytest.mark.parametrize("harm", ["a hash is gone", "the state is none"])
def test_a_ledger_that_was_altered_keeps_no_other_unsigned(settings, tmp_path, caplog, harm):
    """Somebody laid hands on the rows of one ledger: its head is signed no more, the next one's is."""
    settings.UPHELD_KEYS = tmp_path / "keys"
    sign("acorn-a")
    sign("acorn-b")
    record(facts=[step("acorn-a", 0)])
    sign_checkpoint(agreement="acorn-a", at=NOON)
    before = latest_checkpoint("acorn-a")
    record(facts=[step("acorn-a", 1), step("acorn-b", 1)])
    with triggers_stand_aside():
        if harm == "a hash is gone":
            Node.objects.filter(tree__agreement="acorn-a").delete()
        else:
            Tree.objects.filter(agreement="acorn-a").update(peaks=["00"])

    sign_heads(NOON + SECOND * 30)

    signed = latest_checkpoint("acorn-b")
    assert signed is not None
    assert (before, 3) == (latest_checkpoint("acorn-a"), signed.size)
    assert ["acorn-a"] == [told.agreement for told in caplog.records if told.levelname == "ERROR"]


def test_a_customer_who_had_notice_of_work_is_told_that_it_is_cancelled():
    """By a mail of the same outbox: which work, when it would have been, and why it is not."""
    name_provider(name="Harbour")
    agreement = sign()
    add_contact(customer=agreement.customer, name="Ana", email="ana@acorn.example")
    span = Span(NOON + DAY * 14, NOON + DAY * 14 + HOUR)
    window = planning.plan(agreement=agreement, kind="scheduled", span=span, reason="a new disk", by="person-1", at=NOON)
    planning.give_notice(window=window, by="person-1", at=NOON)
    write_notices(NOON)
    Message.objects.update(sent_at=NOON.utc(), due_at=None)
    planning.cancel(window=window, because="The disk did not come.", by="person-1", at=NOON + DAY)

    write_cancellations(NOON + DAY)

    mail = Message.objects.get(sent_at=None)
    assert ("ana@acorn.example", "Harbour: no work Sat 28 Feb 12:00–13:00 UTC, it is cancelled") == (mail.to, mail.subject)
    assert all(
        words in mail.body
        for words in (
            "scheduled maintenance, M-1",
            "would have started Sat 28 Feb",
            "Why it is cancelled: The disk did not come.",
        )
    )
