"""What the worker does for many: one that cannot be done keeps no other back."""

import pytest

from tests.append_only import triggers_stand_aside
from tests.apps.watched import NOON, sign
from upheld.apps.ledger.models import Node, Tree
from upheld.apps.ledger.queries import latest_checkpoint
from upheld.apps.ledger.services import record, sign_checkpoint
from upheld.core.facts import ClockStepped
from upheld.core.timeline import SECOND
from upheld.interfaces.worker.work import sign_heads

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
