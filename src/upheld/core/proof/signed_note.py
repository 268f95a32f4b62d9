"""Opening a signed note: its text is believed only when a key already trusted has signed it (C2SP signed-note)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from upheld.core.proof import ed25519
from upheld.core.proof.note import NotANote, Signature, note_to_sign, parse_note
from upheld.core.proof.verifier_key import ED25519, VerifierKey


class NoteFault(Enum):
    """Why a note is not believed."""

    MALFORMED = "it is not a signed note"
    WRONG_SIGNATURE = "a signature by a known key does not fit its text"
    NO_KNOWN_SIGNER = "no known key has signed it"


@dataclass(frozen=True, slots=True)
class NoteProblem:
    """Why a note is not believed, with a sentence for the person who has to act on it."""

    because: NoteFault
    what: str

    def __str__(self) -> str:
        return self.what


@dataclass(frozen=True, slots=True)
class IgnoredSignature:
    """A signature that proved nothing and harmed nothing, and why it was not verified."""

    name: str
    key_id: bytes
    because: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A believed text, the keys (at least one) that have signed it, and the signatures that were not verified."""

    text: str
    signed_by: tuple[VerifierKey, ...]
    ignored: tuple[IgnoredSignature, ...]


def open_note(note: str | bytes, keys: Sequence[VerifierKey]) -> Opened | NoteProblem:
    """The text of a note that at least one of `keys` has signed, or why it is not believed.

    A signature belongs to a key when both its name and its id are the key's. Signatures of other keys, and of types
    other than Ed25519, are ignored and listed. One wrong signature by a known key refuses the whole note, whoever
    else signed.
    """
    try:
        parsed = parse_note(note)
    except NotANote as wrong:
        return NoteProblem(NoteFault.MALFORMED, str(wrong))
    message = note_to_sign(parsed.text)
    signed_by: list[VerifierKey] = []
    ignored: list[IgnoredSignature] = []
    for signature in parsed.signatures:
        owners = [key for key in keys if (key.name, key.key_id) == (signature.name, signature.key_id)]
        verified = [key for key in owners if key.signature_type == ED25519]
        if not verified:
            ignored.append(IgnoredSignature(signature.name, signature.key_id, _why_ignored(owners)))
        for key in verified:
            if problem := ed25519.verify(key.public_key, message, signature.signature):
                return NoteProblem(NoteFault.WRONG_SIGNATURE, f"the signature by {signature.name}: {problem}")
            if key not in signed_by:
                signed_by.append(key)
    if not signed_by:
        return NoteProblem(NoteFault.NO_KNOWN_SIGNER, _name_signers(parsed.signatures, keys))
    return Opened(parsed.text, tuple(signed_by), tuple(ignored))


def _why_ignored(owners: Sequence[VerifierKey]) -> str:
    if owners:
        return f"signatures of type 0x{owners[0].signature_type:02x} are not verified here"
    return "no known key has this name and id"


def _name_signers(signatures: Sequence[Signature], keys: Sequence[VerifierKey]) -> str:
    came = ", ".join(f"{signature.name}+{signature.key_id.hex()}" for signature in signatures[:5])
    known = ", ".join(f"{key.name}+{key.key_id.hex()}" for key in keys) or "none"
    return f"no known key has signed the note: known {known}; signed by {came}. Take the key from the signed agreement"
