"""Witnesses of customers: named by their keys, and what they countersign taken in where it verifies."""

import logging
from collections.abc import Iterator

from upheld.apps.agreements.models import Agreement
from upheld.apps.ledger.platform import platform_head_of
from upheld.apps.ledger.services import verifier_key
from upheld.apps.witnesses.models import Countersignature, Witness
from upheld.core.proof import (
    NotACheckpoint,
    NotANote,
    NotAVerifierKey,
    NoteProblem,
    VerifierKey,
    ed25519,
    open_note,
    parse_checkpoint,
    parse_note,
    parse_verifier_key,
    signature_line,
)
from upheld.core.proof.verifier_key import key_id_of
from upheld.core.timeline import MINUTE, SECOND, Instant

log = logging.getLogger("upheld.witnesses")

COSIGNATURE = 0x04
"""The signature type of a cosigner (C2SP tlog-cosignature): Ed25519 over a time and a head."""
TIME_SIZE, SIGNATURE_SIZE, PUBLIC_SIZE = 8, 64, 32
MOST_WITNESSES = 20
AHEAD = MINUTE * 5
"""A witness's clock may be so far before ours."""


class UnfitWitness(ValueError):
    """No key of a cosigner, or one more than an agreement may have."""


class NotCountersigned(ValueError):
    """A note that is not a head of ours with a line of a witness that the agreement names."""


def add_witness(*, agreement: Agreement, key: str, by: str, at: Instant) -> Witness:
    """Name a witness of an agreement by its key, `name+id+key` as it lies in the witness's folder. Raises UnfitWitness."""
    parsed = read_cosigner(key)
    there = Witness.objects.filter(agreement=agreement)
    if not there.filter(key=str(parsed)).exists() and there.count() >= MOST_WITNESSES:
        raise UnfitWitness(f"an agreement names at most {MOST_WITNESSES} witnesses")
    made, _ = Witness.objects.get_or_create(
        agreement=agreement,
        key=str(parsed),
        defaults={"name": parsed.name[:200], "added_at": at.utc(), "added_by": by},
    )
    return made


def read_cosigner(text: str) -> VerifierKey:
    """The key of a cosigner; raises UnfitWitness."""
    try:
        key = parse_verifier_key(text.strip())
    except NotAVerifierKey as problem:
        raise UnfitWitness(str(problem)) from None
    if key.signature_type != COSIGNATURE or len(key.public_key) != PUBLIC_SIZE:
        raise UnfitWitness(
            "expected the key of a witness, which lies in its folder as witness.vkey; came another kind of key"
        )
    if key.key_id != (computed := key_id_of(key.name, COSIGNATURE, key.public_key)):
        raise UnfitWitness(f"the id of this key of {key.name} is {computed.hex()}, came {key.key_id.hex()}: copy it again")
    return key


def take_countersignature(*, agreement: Agreement, note: str, at: Instant) -> Countersignature:
    """
    Keep that a witness of the agreement countersigned a head over all ledgers; the same one again where it is kept.

    The head must be one that we signed and kept, and the line must verify with the key that was named. Raises
    NotCountersigned.
    """
    text, size = read_own_head(note)
    keys = dict(list_keys(agreement))
    for line in parse_note(note).signatures:
        for witness, key in keys.items():
            if (line.name, line.key_id) != (key.name, key.key_id):
                continue
            seen_at = verify_cosignature(key, text, line.signature)
            if seen_at > at + AHEAD:
                raise NotCountersigned(f"{key.name} countersigned at {seen_at}, which is still to come: set its clock right")
            made, is_new = Countersignature.objects.get_or_create(
                witness_id=witness,
                size=size,
                defaults={
                    "line": signature_line(key, line.signature),
                    "seen_at": seen_at.utc(),
                    "received_at": at.utc(),
                },
            )
            if is_new:
                log.info("head countersigned", extra={"agreement": agreement.key, "size": size})
            return made
    named = ", ".join(key.name for key in keys.values()) or "none"
    raise NotCountersigned(f"no line under the head is of a witness that {agreement.key} names; it names {named}")


def list_keys(agreement: Agreement) -> Iterator[tuple[int, VerifierKey]]:
    """Each witness of an agreement with its key."""
    for row in agreement.witnesses.all():
        try:
            yield row.pk, read_cosigner(row.key)
        except UnfitWitness:
            # An erasure took a person's name out of it: nothing verifies with it any more, others go on.
            log.warning("a witness has no key any more", extra={"agreement": agreement.key, "witness": row.pk})


def read_own_head(note: str) -> tuple[str, int]:
    """Text and size of a head over all ledgers that we signed and kept; raises NotCountersigned."""
    opened = open_note(note, [parse_verifier_key(verifier_key())])
    if isinstance(opened, NoteProblem):
        raise NotCountersigned(f"expected a head of ours with a line of the witness: {opened}")
    try:
        stated = parse_checkpoint(opened.text)
    except (NotACheckpoint, NotANote) as problem:
        raise NotCountersigned(str(problem)) from None
    kept = platform_head_of(stated.size)
    if kept is None or (kept.origin, kept.root) != (stated.origin, stated.root):
        log.error("a countersigned head is not one of ours", extra={"origin": stated.origin, "size": stated.size})
        raise NotCountersigned(
            f"the head of {stated.size} entries of {stated.origin} has our signature and is not among the heads that are "
            "kept here: keep your folder as it is, it is evidence"
        )
    return opened.text, stated.size


def verify_cosignature(key: VerifierKey, text: str, blob: bytes) -> Instant:
    """When the witness saw the head (C2SP tlog-cosignature); raises NotCountersigned where the line does not verify."""
    if len(blob) != TIME_SIZE + SIGNATURE_SIZE:
        raise NotCountersigned(f"the line of {key.name} has {len(blob)} bytes, a cosignature has 72")
    seconds = int.from_bytes(blob[:TIME_SIZE], "big")
    message = f"cosignature/v1\ntime {seconds}\n{text}".encode()
    if problem := ed25519.verify(key.public_key, message, blob[TIME_SIZE:]):
        raise NotCountersigned(f"the line of {key.name} does not verify: {problem}")
    try:
        at = Instant(seconds * SECOND.micros)
        at.utc()
    except (ValueError, OverflowError):
        raise NotCountersigned(f"the line of {key.name} states a time that is none: {seconds}") from None
    return at
