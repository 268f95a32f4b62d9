"""Pages name the witness that saw a ledger, from the head on that covers what they show."""

import pytest

from tests.apps.watched import NOON, sign
from upheld.apps.ledger.platform import place_of_head, platform_head
from upheld.apps.ledger.queries import head_of
from upheld.apps.ledger.services import verifier_key
from upheld.apps.witnesses.services import add_witness, take_countersignature
from upheld.core.timeline import DAY, HOUR, SECOND
from upheld.doors.shown.witnessed import tell_witnessed
from upheld.interfaces.cli.witness.notes import Head, Key, cosign, cosigner_key
from upheld.interfaces.worker.work import sign_heads

pytestmark = pytest.mark.django_db

SEED = bytes(range(32))


def countersign(agreement, at):
    head = platform_head()
    assert head is not None
    line = cosign(Head(head.note, Key(verifier_key())), "acorn.example", SEED, at.micros // SECOND.micros)
    take_countersignature(agreement=agreement, note=head.note + line, at=at)


def test_a_witness_is_named_from_when_it_saw_the_head(settings, tmp_path):
    """Not before, not for facts that came later; and its first look at them counts."""
    settings.UPHELD_KEYS, settings.UPHELD_STATUS = tmp_path / "keys", tmp_path / "status"
    agreement = sign()
    sign_heads(NOON)
    add_witness(agreement=agreement, key=cosigner_key("acorn.example", SEED), by="person-2", at=NOON)
    head = head_of(agreement.key)
    assert head is not None
    countersign(agreement, NOON + HOUR)

    told = [tell_witnessed(agreement, size, at) for size, at in (
        (head.size, NOON + HOUR), (1, NOON + DAY), (head.size, NOON), (head.size + 1, NOON + HOUR)
    )]  # fmt: skip

    assert (0, None) == (place_of_head(agreement.key, head.size), place_of_head(agreement.key, head.size + 1))
    assert "Countersigned by acorn.example on Sat 14 Feb 13:00 UTC" == told[0].replace("\N{NO-BREAK SPACE}", " ")
    assert [True, "", ""] == [told[1].startswith("Countersigned by acorn.example"), *told[2:]]
