"""Verifier keys of signed notes: a signer's public half, in one line that fits in a contract (C2SP signed-note)."""

from dataclasses import dataclass
from hashlib import sha256

from upheld.core.proof.base64_text import NotBase64, parse_base64, write_base64
from upheld.core.proof.ed25519 import KEY_SIZE

ED25519 = 0x01
"""The signature type of plain Ed25519, the one type that is verified here."""

ID_SIZE = 4
"""Bytes in a key id."""


class NotAVerifierKey(ValueError):
    """Text that is not `name+id+key`, or whose parts do not belong together."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A signer's name, the id which its signatures carry, the type of signature and the public key of that type.

    Types other than 0x01 are kept and printed, but nothing is verified with them.
    """

    name: str
    key_id: bytes
    signature_type: int
    public_key: bytes

    def __str__(self) -> str:
        material = write_base64(bytes((self.signature_type,)) + self.public_key)
        return f"{self.name}+{self.key_id.hex()}+{material}"


def ed25519_key(name: str, public_key: bytes) -> VerifierKey:
    """The verifier key of an Ed25519 public key (32 bytes) under a name such as `upheld.example/acme/contract-17`.

    Raises NotAVerifierKey for a name or key that no signature line could carry.
    """
    if problem := explain_name(name):
        raise NotAVerifierKey(problem)
    if len(public_key) != KEY_SIZE:
        raise NotAVerifierKey(f"an Ed25519 public key has {KEY_SIZE} bytes, came {len(public_key)}")
    return VerifierKey(name, key_id_of(name, ED25519, public_key), ED25519, public_key)


def key_id_of(name: str, signature_type: int, public_key: bytes) -> bytes:
    """The id of a key: the first four bytes of SHA-256(name || 0x0A || type || key). It is a label, not a proof."""
    return sha256(name.encode() + b"\n" + bytes((signature_type,)) + public_key).digest()[:ID_SIZE]


def parse_verifier_key(text: str) -> VerifierKey:
    """The key of `name+id+key`; raises NotAVerifierKey, with what is wrong, for anything else.

    For a type other than 0x01 the id is taken as it stands: some types compute it in their own way.

    >>> parse_verifier_key("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k").name
    'example.com/foo'
    """
    # Base64 may contain a plus too, so only the first two divide.
    parts = text.split("+", 2)
    if len(parts) != 3:
        raise NotAVerifierKey(f"a verifier key is name+id+key, came {text[:80]!r}")
    name, key_id, encoded = parts
    if problem := explain_name(name):
        raise NotAVerifierKey(problem)
    if len(key_id) != 2 * ID_SIZE or not set(key_id) <= set("0123456789abcdef"):
        raise NotAVerifierKey(f"a key id is {2 * ID_SIZE} lower-case hex digits, came {key_id[:80]!r}")
    try:
        material = parse_base64(encoded)
    except NotBase64 as wrong:
        raise NotAVerifierKey(f"the key of {name}: {wrong}") from None
    if len(material) < 2:
        raise NotAVerifierKey(f"the key of {name} holds no public key")
    key = VerifierKey(name, bytes.fromhex(key_id), material[0], material[1:])
    if key.signature_type == ED25519 and key != (computed := ed25519_key(name, key.public_key)):
        raise NotAVerifierKey(
            f"the id of this key of {name} is {computed.key_id.hex()}, came {key_id};"
            " copy the whole key again from the agreement"
        )
    return key


def explain_name(name: str) -> str | None:
    """Why this cannot name a signer, or None: a name is not empty and has no space, plus sign or control character."""
    if not name:
        return "the name of a signer is empty"
    if any(letter.isspace() or letter == "+" or letter < " " or "\ud800" <= letter <= "\udfff" for letter in name):
        return f"the name of a signer has no spaces, plus signs or control characters, came {name[:80]!r}"
    return None
