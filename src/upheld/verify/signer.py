"""Who signed the checkpoint: the one question that a bundle cannot answer about itself."""

from collections.abc import Sequence

from upheld.core.facts import AgreementSigned
from upheld.core.proof import (
    Checkpoint,
    NotACheckpoint,
    NotANote,
    NotAVerifierKey,
    NoteProblem,
    VerifierKey,
    open_note,
    parse_checkpoint,
    parse_note,
    parse_verifier_key,
)
from upheld.verify.bundle import CHECKPOINT
from upheld.verify.report import Check, Result

SIGNATURE_CHECK, KEY_CHECK = "signature", "key"
ED25519 = 0x01


def read_key(text: str) -> VerifierKey:
    """The key that a customer holds against a bundle; raises NotAVerifierKey where nothing can be verified with it."""
    key = parse_verifier_key(text.strip())
    if key.signature_type != ED25519:
        raise NotAVerifierKey(
            f"this key is of type {key.signature_type:#04x}; a verifier verifies Ed25519, type {ED25519:#04x}."
            " Take the key from the signed agreement"
        )
    return key


def read_checkpoint(note: bytes) -> Checkpoint | Check:
    """What the note states, whoever signed it; or the failed check where it states nothing."""
    try:
        return parse_checkpoint(parse_note(note).text)
    except (NotANote, NotACheckpoint) as wrong:
        return Check.of(SIGNATURE_CHECK, [f"{CHECKPOINT}: {wrong}"], "")


def check_signature(note: bytes, given: VerifierKey | None, signed: Sequence[AgreementSigned]) -> tuple[Check, list[str]]:
    """
    The signature under the checkpoint, by the key given; with none, by the key that the bundle itself names.

    The latter proves that the parts fit, not who made them: whoever makes a bundle can make a key too. Remarks come second.
    """
    key = given or named_key(signed)
    if isinstance(key, str):
        return Check.of(SIGNATURE_CHECK, [key], ""), []
    opened = open_note(note, [key])
    if isinstance(opened, NoteProblem):
        return Check.of(SIGNATURE_CHECK, [str(opened)], ""), []
    remarks = [
        f"{CHECKPOINT} has another signature, by {other.name}+{other.key_id.hex()}; it was not verified: {other.because}"
        for other in opened.ignored
    ]
    if given:
        return Check.of(SIGNATURE_CHECK, [], f"the checkpoint is signed with the key given, of {key.name}"), remarks
    told = (
        f"the checkpoint is signed with the key that this bundle itself names, {key}: anybody can make such a bundle."
        " Compare it with the key in your copy of the signed agreement, and give that one with --key"
    )
    return Check(SIGNATURE_CHECK, Result.NOT_PROVEN, (told,)), remarks


def check_key(given: VerifierKey | None, signed: Sequence[AgreementSigned]) -> Check:
    """
    The key given is the one that the agreement names.

    Of several signings the last in the ledger counts: a new key is agreed by signing again, and signs from then on.
    """
    named = named_key(signed)
    if isinstance(named, str):
        return Check.of(KEY_CHECK, [named], "")
    problems = []
    if given and given != named:
        what = f"the agreement, as last signed on {signed[-1].occurred_at}, names the key {named}; given is {given}"
        problems = [f"{what}. Ask the provider which of the two holds, by a way other than this file"]
    return Check.of(KEY_CHECK, problems, f"the agreement names this key: {named}")


def named_key(signed: Sequence[AgreementSigned]) -> VerifierKey | str:
    """The key that the last signing names, or why there is none."""
    if not signed:
        return "no fact says that the agreement was signed (agreement-signed/1), so nothing names its key"
    try:
        return read_key(signed[-1].verifier_key)
    except NotAVerifierKey as wrong:
        return f"the agreement as signed ({signed[-1].id}) names no usable key: {wrong}"
