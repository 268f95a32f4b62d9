"""Witnesses by the API: named by the customer's own people, and countersigning what everybody was shown."""

from tests.interfaces.api.ground import NOW
from upheld.apps.ledger import platform
from upheld.apps.ledger.services import verifier_key
from upheld.core.timeline import SECOND
from upheld.interfaces.cli.witness.notes import Head, Key, cosign, cosigner_key

WITNESSES = "/api/v1/agreements/acorn-harbour/witnesses"
POSTED = "/api/v1/agreements/acorn-harbour/countersignatures"
SEED = bytes(range(32))


def test_a_head_is_countersigned_by_the_customer_s_own_programme(cast, settings):
    """Named by its key, it sends head and line; both sides then read which head it saw, and the line itself."""
    settings.UPHELD_SIGNER = ""
    head = platform.sign_platform(at=NOW)
    assert head is not None
    note = head.note + cosign(Head(head.note, Key(verifier_key())), "acorn.example", SEED, NOW.micros // SECOND.micros)

    named = cast.post(WITNESSES, {"key": cosigner_key("acorn.example", SEED)}, "acorn", key="named")
    taken = cast.post(POSTED, {"note": note}, "acorn", key="taken")

    assert (201, 201) == (named.status_code, taken.status_code)
    for member in ("acorn", "staff"):
        [told] = cast.get(WITNESSES, member).json()["witnesses"]
        assert (head.size, str(NOW), note) == (told["size"], told["seen_at"], head.note + told["line"])


def test_the_provider_does_not_speak_for_a_witness(cast):
    """It could name one of its own, and so prove nothing."""
    answer = cast.post(WITNESSES, {"key": cosigner_key("acorn.example", SEED)}, "staff")

    assert (403, True) == (answer.status_code, "the customer's own people" in answer.json()["next"])
