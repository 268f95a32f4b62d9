"""Harbour hosting and its customer Orchard: a month of facts, its statement, its ledger, signed; to be tampered with."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.core.sample import CALENDARS, DOCUMENT, KEY, claim, header, outage, price, ticket, window
from upheld.core.facts import AgreementSigned, Fact, ObservationsSealed, StatementIssued
from upheld.core.proof import (
    Checkpoint,
    VerifierKey,
    canonical_bytes,
    ed25519_key,
    leaf_hash,
    note_to_sign,
    parse_canonical,
    root_of,
    signature_line,
    write_checkpoint,
    write_note,
)
from upheld.core.statement import Statement, build
from upheld.core.terms import Document
from upheld.core.timeline import DAY, Instant, Span
from upheld.verify import make_bundle

AGREEMENT = b"# Harbour hosting\n\n**HH-1** The shop is open 99.5 % of each month.\n"
TERMS = canonical_bytes(DOCUMENT.to_json())
FROZEN = canonical_bytes(CALENDARS)
# As signed, not as written: canonical JSON keeps no order of names, and statements are made from what was signed.
SIGNED_DOCUMENT = Document.from_json(parse_canonical(TERMS))
ORIGIN = f"harbour.example/{KEY}"
AS_OF = Instant.parse("2026-03-10T00:00Z")
FEBRUARY = "2026-02"


@dataclass(frozen=True)
class Provider:
    """Somebody with a key under a name."""

    name: str
    words: str

    @property
    def private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(sha256(self.words.encode()).digest())

    @property
    def key(self) -> VerifierKey:
        return ed25519_key(self.name, self.private.public_key().public_bytes_raw())

    def sign(self, text: str) -> str:
        return signature_line(self.key, self.private.sign(note_to_sign(text)))


HARBOUR = Provider("harbour.example", "the key that is printed in the agreement")
IMPOSTOR = Provider("harbour.example", "a key that somebody else made under the same name")


def signing(at: str = "2026-01-20T12:00Z", name: str = "signed", by: Provider = HARBOUR) -> AgreementSigned:
    return AgreementSigned(
        **header(name, at),
        document=DOCUMENT.id,
        version=DOCUMENT.version,
        customer="Orchard",
        source_digest=sha256(AGREEMENT).hexdigest(),
        terms_digest=sha256(TERMS).hexdigest(),
        calendars_digest=sha256(FROZEN).hexdigest(),
        verifier_key=str(by.key),
    )


def watch(month: str = FEBRUARY, days: int = 28) -> list[Fact]:
    """A sealed batch of observations for each day."""
    starts = [Instant.parse(f"{month}-{day:02d}T00:00Z") for day in range(1, days + 1)]
    return [
        ObservationsSealed(
            **header(f"seen-{start}", str(start + DAY)),
            component="web",
            from_at=start,
            to_at=start + DAY,
            every=60_000_000,
            good=1440,
            bad=0,
            unseen=0,
            digest=sha256(str(start).encode()).hexdigest(),
        )
        for start in starts
    ]


def live_through_february() -> list[Fact]:
    """Signed and priced; a window of work, an outage of five hours that is Harbour's own, a ticket and a claim for it."""
    facts = [
        signing(),
        price("EUR 720.00", "2026-01-20T12:00Z"),
        *window("w1", "scheduled", "2026-02-21T20:00Z", "2026-02-21T22:00Z", notice="2026-02-10T09:00Z"),
        *outage("o1", "2026-02-11T10:00Z", "2026-02-11T15:00Z", cause="own"),
        *outage("o2", "2026-02-21T20:30Z", "2026-02-21T21:00Z", cause="own"),
        ticket("2026-02-12T08:00Z", "o1"),
        claim("2026-02-12T09:00Z", "o1"),
        *watch(),
    ]
    return sorted(facts, key=lambda fact: (fact.recorded_at, fact.id))


def state(facts: Sequence[Fact], as_of: Instant = AS_OF, period: str | Span = FEBRUARY) -> Statement:
    return build(SIGNED_DOCUMENT, CALENDARS, facts, period, as_of)


def issue(statement: Statement, content: bytes, at: str = "2026-03-10T08:00Z", name: str = "issued") -> StatementIssued:
    return StatementIssued(
        **header(name, at),
        statement=statement.id,
        period_from_at=statement.period.start,
        period_to_at=statement.period.end,
        as_of=statement.as_of,
        digest=sha256(content).hexdigest(),
        follows=statement.follows,
    )


@dataclass(frozen=True)
class Issued:
    """The parts of a bundle before they are packed; a test replaces what it likes, and whoever it likes signs."""

    facts: tuple[Fact, ...]
    statement: bytes
    agreement: bytes = AGREEMENT
    terms: bytes = TERMS
    calendars: bytes = FROZEN
    origin: str = ORIGIN

    def leaves(self) -> list[bytes]:
        return [canonical_bytes(fact.to_json()) for fact in self.facts]

    def sign(self, by: Provider = HARBOUR) -> str:
        leaves = self.leaves()
        text = write_checkpoint(Checkpoint(self.origin, len(leaves), root_of(map(leaf_hash, leaves))))
        return write_note(text, [by.sign(text)])

    def pack(self, by: Provider = HARBOUR, checkpoint: str = "") -> bytes:
        return make_bundle(
            agreement=self.agreement,
            terms=self.terms,
            calendars=self.calendars,
            leaves=self.leaves(),
            checkpoint=checkpoint or self.sign(by),
            statement=self.statement,
        )


def amend(facts: Sequence[Fact], id_: str, **changes: Any) -> tuple[Fact, ...]:
    """The facts with some fields of one of them changed."""
    return tuple(replace(fact, **changes) if fact.id == id_ else fact for fact in facts)


@cache
def february() -> Issued:
    """The honest bundle's parts: issued as it should be, one fact recorded after it."""
    return issued_from(live_through_february())


def issued_from(facts: Sequence[Fact], after: Sequence[Fact] = ()) -> Issued:
    """The statement of these facts, issued; `after` stand behind it in the ledger."""
    statement = state(facts)
    content = canonical_bytes(statement.to_json())
    return Issued((*facts, issue(statement, content), *after), content)


@cache
def honest() -> bytes:
    """The honest bundle."""
    return february().pack()
