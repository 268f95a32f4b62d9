"""The signer is the one whose key the customer holds, and the one that the agreement names; nobody else."""

from dataclasses import replace

import pytest

from tests.verify.outcomes import KEY, entries_of, results, told, wrong
from tests.verify.samples import (
    IMPOSTOR,
    amend,
    february,
    honest,
    issued_from,
    live_through_february,
    signing,
)
from upheld.core.timeline import Instant
from upheld.verify import Outcome, verify_bundle, write_container


class TestSigner:
    def test_of_another_key_is_refused(self):
        """The same bundle signed by an impostor, who calls himself what the provider is called."""
        report = verify_bundle(february().pack(IMPOSTOR), KEY)

        assert {"signature"} == wrong(report)
        assert "no known key has signed the note" in told(report, "signature")

    def test_of_another_key_is_refused_without_a_key_too(self):
        """The agreement in the bundle names one key, the checkpoint is signed with another."""
        assert {"signature"} == wrong(verify_bundle(february().pack(IMPOSTOR), None))

    def test_cannot_be_replaced_together_with_everything_else(self):
        """
        A whole forged world: a rosier outage, its statement, digests, tree, agreement naming the forger's key, signature.

        It is consistent, and says so; only the key from the customer's own copy tells it from the true one.
        """
        soon = Instant.parse("2026-02-11T10:01Z")
        rosier = amend(live_through_february(), "o1-closed", first_good_at=soon, last_bad_at=soon)
        forged = issued_from(amend(rosier, "signed", verifier_key=str(IMPOSTOR.key))).pack(IMPOSTOR)

        assert Outcome.SIGNER_NOT_PROVEN == verify_bundle(forged, None).outcome
        assert {"signature", "key"} == wrong(verify_bundle(forged, KEY))

    def test_must_be_the_one_that_the_agreement_names(self):
        """A checkpoint by the key given, over an agreement that names another key: one of them is not what was agreed."""
        facts = amend(live_through_february(), "signed", verifier_key=str(IMPOSTOR.key))

        assert {"key"} == wrong(verify_bundle(issued_from(facts).pack(), KEY))

    @pytest.mark.parametrize("named", ["", "harbour.example", KEY[:-1]])
    def test_must_be_named_by_the_agreement(self, named):
        """An agreement without a usable key in it binds nobody's signature."""
        facts = amend(live_through_february(), "signed", verifier_key=named)
        bundle = issued_from(facts).pack()

        assert {"key"} == wrong(verify_bundle(bundle, KEY))
        assert {"signature", "key"} == wrong(verify_bundle(bundle, None))

    def test_may_change_by_signing_again(self):
        """A new key, agreed by a signing that stands in the ledger, signs from then on; the old one no longer does."""
        heir = IMPOSTOR
        facts = [*live_through_february(), signing("2026-03-09T12:00Z", "signed-again", by=heir)]
        issued = issued_from(facts)

        assert Outcome.VERIFIED == verify_bundle(issued.pack(heir), str(heir.key)).outcome
        assert "key" in wrong(verify_bundle(issued.pack(), KEY))

    def test_may_have_a_witness_beside_it(self):
        """A second signature by somebody unknown disturbs nothing and is mentioned."""
        witness = replace(IMPOSTOR, name="orchard.example")
        note = february().sign()
        report = verify_bundle(february().pack(checkpoint=note + witness.sign(note.split("\n\n")[0] + "\n")), KEY)

        assert Outcome.VERIFIED == report.outcome
        assert "orchard.example" in report.remarks[0]

    @pytest.mark.parametrize("note", ["", "words", "a\n1\nb\n\n— harbour.example AAAAAAAA\n"])
    def test_needs_a_checkpoint(self, note):
        """What is no signed note, or states no tree, is refused with the reason; the rest is checked all the same."""
        report = verify_bundle(write_container({**entries_of(honest()), "checkpoint.txt": note.encode()}), KEY)

        assert {"signature"} == wrong(report)
        assert "not tried" == results(report)["tree"]
        assert "ok" == results(report)["figures"]
