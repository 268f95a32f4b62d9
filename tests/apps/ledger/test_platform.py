"""The tree over all signed heads: nobody is shown another ledger than everybody else."""

import pytest
from django.db import connection

from tests.append_only import triggers_stand_aside
from tests.apps.ledger.facts_at_hand import ACORN, BIRCH, NOON, started
from upheld.apps.ledger import platform, queries, services
from upheld.apps.ledger.queries.recorded import PLATFORM
from upheld.core.proof import (
    leaf_hash,
    parse_canonical,
    parse_verifier_key,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from upheld.core.timeline import MINUTE
from upheld.gateways.signing import FakeSigner

pytestmark = pytest.mark.django_db

SIGNER = FakeSigner()
KEYS = (parse_verifier_key(SIGNER.verifier_key()),)


def sign(agreement, number, at=NOON):
    """One more fact of an agreement, and its head signed."""
    services.record(facts=[started(number, agreement=agreement)])
    return services.sign_checkpoint(agreement=agreement, at=at, signer=SIGNER)


class TestSignPlatform:
    def test_covers_every_signed_head(self):
        """Two heads of one ledger and one of another: three entries, and a signed head over them."""
        heads = [sign(ACORN, 1), sign(BIRCH, 1), sign(ACORN, 2)]

        signed = platform.sign_platform(at=NOON, signer=SIGNER)

        assert signed is not None
        leaves = queries.leaves_of(PLATFORM, signed.size)
        assert [(head.origin, head.size, head.root.hex()) for head in heads] == [
            (entry["origin"], entry["size"], entry["root"]) for entry in map(parse_canonical, leaves)
        ]
        assert (root_of(map(leaf_hash, leaves)), "upheld/~heads") == (signed.root, signed.origin)

    def test_takes_a_head_once(self):
        """However often it runs: the same signed head while nothing was signed elsewhere."""
        sign(ACORN, 1)
        first = platform.sign_platform(at=NOON, signer=SIGNER)

        assert first == platform.sign_platform(at=NOON + MINUTE, signer=SIGNER)

    def test_grows_from_what_was_shown(self):
        """A later head of the platform continues the earlier one."""
        sign(ACORN, 1)
        old = platform.sign_platform(at=NOON, signer=SIGNER)
        sign(BIRCH, 1)
        sign(ACORN, 2)
        new = platform.sign_platform(at=NOON + MINUTE, signer=SIGNER)

        assert old is not None
        assert new is not None
        proof = queries.prove_consistency(PLATFORM, old.size, new.size)
        assert (1, 3) == (old.size, new.size)
        assert verify_consistency(old.size, old.root, new.size, new.root, proof) is None

    def test_signs_nothing_while_nothing_was_signed(self):
        """An empty tree proves nothing."""
        assert platform.sign_platform(at=NOON, signer=SIGNER) is None

    def test_is_no_agreement(self):
        """It stands in no list of ledgers, and no fact can be recorded in it."""
        sign(ACORN, 1)
        platform.sign_platform(at=NOON, signer=SIGNER)

        assert [ACORN] == queries.list_agreements()
        with pytest.raises(services.UnusableKey, match="~heads is the tree over the heads"):
            services.record(facts=[started(1, agreement=PLATFORM)])


class TestProveHead:
    def test_shows_that_the_signed_platform_covers_a_head(self):
        """By core's own verification; the newest head of that ledger that is in it."""
        sign(ACORN, 1)
        newest = sign(ACORN, 2)
        sign(BIRCH, 1)
        platform.sign_platform(at=NOON, signer=SIGNER)
        sign(ACORN, 3)

        proven = platform.prove_head(ACORN)

        assert newest == proven.head
        shown = leaf_hash(proven.leaf)
        assert None is verify_inclusion(shown, proven.index, proven.platform.size, proven.proof, proven.platform.root)

    def test_is_not_made_before_the_head_is_in(self):
        """It says when it will be."""
        sign(ACORN, 1)

        with pytest.raises(queries.NotRecorded, match="the worker takes it in within a minute"):
            platform.prove_head(ACORN)


class TestReadRow:
    def test_gives_what_proofs_are_made_of(self):
        """Rows of 300 entries: two of level 0, one root in that of level 1, nothing beyond."""
        for number in range(300):
            sign(ACORN, number)
        signed = platform.sign_platform(at=NOON, signer=SIGNER)

        hashes = [leaf_hash(leaf) for leaf in queries.leaves_of(PLATFORM, 300)]
        assert signed is not None
        assert [hashes[:256], hashes[256:], [], [root_of(hashes[:256])]] == [
            platform.read_row(level, number, signed.size) for level, number in ((0, 0), (0, 1), (0, 2), (1, 0))
        ]


class TestVerifyPlatform:
    def test_finds_nothing_in_a_sound_tree(self):
        """Nor where there is none yet."""
        assert [] == platform.verify_platform()
        sign(ACORN, 1)
        platform.sign_platform(at=NOON, signer=SIGNER)

        assert [] == platform.verify_platform(keys=KEYS)

    def test_finds_a_head_that_was_replaced(self):
        """An owner of the database signs another head for a ledger and puts it in the place of the one that was shown."""
        sign(ACORN, 1)
        platform.sign_platform(at=NOON, signer=SIGNER)
        with triggers_stand_aside(), connection.cursor() as cursor:
            cursor.execute("UPDATE ledger_checkpoint SET root = %s WHERE size = 1 AND root <> %s", [bytes(32), b""])

        problems = platform.verify_platform()

        assert "the platform's tree, entry 0: it is not the head of 1 of acorn-legal" in problems
