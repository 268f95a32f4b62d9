"""A customer's agreement with one watched service, and a prober's batches, for tests of what stands on them."""

from typing import Any

from tests.core.sample import CALENDARS, DOCUMENT
from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.services import add_version, sign_agreement
from upheld.apps.fleet.models import Service
from upheld.apps.fleet.services import watch_service
from upheld.apps.parties.services import add_customer
from upheld.core.timeline import SECOND, Instant
from upheld.gateways.samples import Batch, Disturbance, Observation, Outcome
from upheld.gateways.signing import FakeSigner

KEY = "acorn-harbour"
SIGNED = Instant.parse("2026-01-01T00:00Z")
NOON = Instant.parse("2026-02-14T12:00Z")
EVERY = 10
"""Seconds between two observations."""


def sign(key: str = KEY, **parameters: str) -> Agreement:
    """Acorn is bound to the sample agreement since the first of January, for 720 euros a month."""
    return sign_agreement(
        key=key,
        customer=add_customer(slug="acorn", name="Acorn"),
        version=add_version(source="# Harbour hosting\n", document=DOCUMENT, calendars=CALENDARS, at=SIGNED),
        parameters={"monthly-price": "EUR 720.00", **{name.replace("_", "-"): text for name, text in parameters.items()}},
        signed_at=SIGNED,
        by="person-1",
        at=SIGNED,
        signer=FakeSigner(),
    )


def watch(slug: str = "shop", agreement: str = KEY) -> Service:
    """Its shop, probed every ten seconds."""
    return watch_service(
        slug=slug,
        name="Shop",
        customer=add_customer(slug="acorn", name="Acorn"),
        agreement=agreement,
        terms_service="shop",
        component="web",
        url="http://127.0.0.1:9/",
        interval_seconds=EVERY,
        deadline_seconds=4,
        allow=["127.0.0.0/8"],
    )


def at(second: int) -> Instant:
    """Seconds after noon."""
    return NOON + SECOND * second


def observe(sequence: int, second: int, outcome: str = "good", *, slug: str = "shop", **changes: Any) -> Observation:
    """An observation that began at a second after noon and was known one second later; it vouches for the ten before."""
    seen = at(second + 1)
    given: dict[str, Any] = {
        "check_id": slug,
        "sequence": sequence,
        "started_at": at(second).micros,
        "finished_at": seen.micros,
        "seen_at": seen.micros,
        "vouches_from": at(second + 1 - EVERY).micros,
        "duration_us": 1_000_000,
        "outcome": Outcome(outcome),
        "reason": {"good": "200 OK", "bad": "connection refused", "unseen": "no control target answered"}[outcome],
        "phases": {"connect": 800},
        **changes,
    }
    return Observation(**given)


def pack(
    *observations: Observation, sequence: int = 1, boot: str = "b1", disturbances: tuple[Disturbance, ...] = ()
) -> Batch:
    """A batch, sealed when the last of its observations was seen."""
    sealed = max((observation.finished_at for observation in observations), default=NOON.micros)
    return Batch("local", boot, sequence, NOON.micros, sealed, disturbances, observations)
