"""One sequence for each ledger, whoever else tries to write; and no head is shown that was not kept."""

import pytest
from django.db import IntegrityError, transaction

from tests.apps.ledger.facts_at_hand import ACORN, NOON, started
from upheld.apps.ledger import queries, services
from upheld.apps.ledger.leaves import write_leaves
from upheld.core.timeline import SECOND
from upheld.gateways.signing import FakeSigner, NoSigner

pytestmark = pytest.mark.django_db


class TestASecondSequencer:
    """It read the tree before somebody else added to it, and did not wait for the lock."""

    def test_cannot_take_a_place_that_is_taken(self):
        """The rows that it would write have the places of others: none of them is written, and the ledger is sound."""
        services.record(facts=[started(1)])
        stale = services.lock_tree(ACORN)
        services.record(facts=[started(2)])

        with pytest.raises(IntegrityError), transaction.atomic():
            services.append_rows(stale, list(zip([started(3)], write_leaves([started(3)]), strict=True)))

        assert ([started(1), started(2)], []) == (queries.facts_of(ACORN), queries.verify_ledger(ACORN))

    def test_cannot_leave_a_gap(self):
        """One that believes in more entries than there are writes behind nothing: it is told so, and nothing stays."""
        services.record(facts=[started(1)])
        ahead = services.lock_tree(ACORN)
        ahead.size, ahead.peaks = 2, ["00" * 32]

        with (
            pytest.raises(services.LedgerWentBack, match="no longer of 2 entries; nothing was recorded"),
            transaction.atomic(),
        ):
            services.append_rows(ahead, list(zip([started(3)], write_leaves([started(3)]), strict=True)))

        assert ([started(1)], []) == (queries.facts_of(ACORN), queries.verify_ledger(ACORN))


class Dying(FakeSigner):
    """It signs, and is killed before its answer arrives."""

    def sign(self, text: str) -> str:
        super().sign(text)
        raise NoSigner("killed")


class TestASignerThatIsKilled:
    def test_leaves_no_head_behind(self):
        """Neither kept nor shown; the next one signs the very same text, so that no two heads of one size exist."""
        services.record(facts=[started(1), started(2)])
        dying, next_one = Dying(), FakeSigner()

        with pytest.raises(NoSigner):
            services.sign_checkpoint(agreement=ACORN, at=NOON, signer=dying)
        kept_by_then = queries.latest_checkpoint(ACORN)
        signed = services.sign_checkpoint(agreement=ACORN, at=NOON + SECOND, signer=next_one)

        assert (None, dying.signed) == (kept_by_then, next_one.signed)
        assert [signed] == queries.checkpoints(ACORN)
