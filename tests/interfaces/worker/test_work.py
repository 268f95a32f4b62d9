"""What the worker does for many: one that cannot be done keeps no other back."""

import json
from itertools import pairwise

import pytest

from tests.append_only import triggers_stand_aside
from tests.apps.watched import NOON, sign
from upheld.apps.ledger.models import Entry, Tree
from upheld.apps.ledger.queries import checkpoints, latest_checkpoint
from upheld.apps.ledger.services import record, sign_checkpoint
from upheld.apps.maintenance import services as planning
from upheld.apps.oncall.models import Message
from upheld.apps.parties.services import add_contact, name_provider
from upheld.core.facts import ClockStepped
from upheld.core.proof import parse_base64, parse_checkpoint, parse_note, root_of
from upheld.core.timeline import DAY, HOUR, MINUTE, SECOND, Instant, Span
from upheld.interfaces.worker.work import list_telling, sign_heads, write_cancellations, write_notices

pytestmark = pytest.mark.django_db


def step(agreement, number):
    at = NOON + SECOND * number
    return ClockStepped(id=f"step-{number}", agreement=agreement, occurred_at=at, recorded_at=at, source="test", by=number)


@pytest.mark.parametrize("harm", ["a hash is gone", "the state is none"])
def test_a_ledger_that_was_altered_keeps_no_other_unsigned(settings, tmp_path, caplog, harm):
    """Somebody laid hands on the rows of one ledger: its head is signed no more, the next one's is."""
    settings.UPHELD_KEYS, settings.UPHELD_STATUS = tmp_path / "keys", tmp_path / "status"
    sign("acorn-a")
    sign("acorn-b")
    record(facts=[step("acorn-a", 0)])
    sign_checkpoint(agreement="acorn-a", at=NOON)
    before = latest_checkpoint("acorn-a")
    record(facts=[step("acorn-a", 1), step("acorn-b", 1)])
    with triggers_stand_aside():
        if harm == "a hash is gone":
            Entry.objects.filter(tree__agreement="acorn-a").update(hashes=b"")
        else:
            Tree.objects.filter(agreement="acorn-a").update(peaks=["00"])

    sign_heads(NOON + SECOND * 30)

    signed = latest_checkpoint("acorn-b")
    assert signed is not None
    assert (before, 3) == (latest_checkpoint("acorn-a"), signed.size)
    assert ["acorn-a"] == [told.agreement for told in caplog.records if told.levelname == "ERROR"]


def test_every_fact_is_under_a_signed_head_within_a_minute(settings, tmp_path):
    """Facts arrive every seven seconds for five minutes; heads are signed as often as the worker does it."""
    settings.UPHELD_KEYS, settings.UPHELD_STATUS = tmp_path / "keys", tmp_path / "status"
    [job] = [job for job in list_telling() if job.name == "sign heads"]
    sign("acorn-a")
    arrived: dict[int, Instant] = {}
    for second in range(300):
        if second % 7 == 0:
            record(facts=[step("acorn-a", second)])
            arrived[len(arrived) + 2] = NOON + SECOND * second
        if second % (job.every.micros // SECOND.micros) == 0:
            job.run(NOON + SECOND * second)
    job.run(NOON + SECOND * 300)

    heads = checkpoints("acorn-a")
    late = {size: min(head.signed_at for head in heads if head.size >= size) - at for size, at in arrived.items()}
    assert max(late.values()) <= MINUTE
    assert max(b.signed_at - a.signed_at for a, b in pairwise(heads)) <= MINUTE


def test_the_platform_shows_its_head_with_what_proofs_are_made_of(settings, tmp_path):
    """In files of the status page: the newest signed head, and rows of hashes whose root is the one in it."""
    settings.UPHELD_KEYS, settings.UPHELD_STATUS = tmp_path / "keys", tmp_path / "status"
    for name in ("acorn-a", "acorn-b"):
        sign(name)

    sign_heads(NOON)

    shown = json.loads((tmp_path / "status/heads/head.json").read_bytes())
    row = json.loads((tmp_path / "status/heads/row-0-0.json").read_bytes())
    stated = parse_checkpoint(parse_note(shown["head"]).text)
    assert (2, str(NOON)) == (stated.size, shown["signed_at"])
    assert stated.root == root_of([parse_base64(hash_) for hash_ in row["hashes"]])


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
