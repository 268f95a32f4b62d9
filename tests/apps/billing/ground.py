"""Acorn under the sample agreement with another credit rule, and a February in which its shop was down, as facts."""

from copy import deepcopy
from dataclasses import replace
from typing import Any

from tests.apps.watched import KEY, SIGNED
from tests.core.sample import BLOCKS, CALENDARS, DOCUMENT, covered, outage
from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.services import add_version, sign_agreement
from upheld.apps.billing.models import Credit
from upheld.apps.billing.services.credits import propose_credits
from upheld.apps.findings.queries import period_at
from upheld.apps.ledger.services import record
from upheld.apps.parties.services import add_customer
from upheld.core.facts import Fact
from upheld.core.timeline import DAY, Instant, Span
from upheld.gateways.signing import FakeSigner

FEBRUARY = "2026-02-14T12:00Z"
MARCH = Instant.parse("2026-03-03T09:00Z")
LATER = MARCH + DAY


def sign_with(**changes: Any) -> Agreement:
    """The sample with these words of its credit changed: `claim="not needed"`, or taken out with None."""
    blocks = deepcopy(BLOCKS)
    blocks["credits"]["tenfold"] |= {name.replace("_", " "): value for name, value in changes.items()}
    blocks["credits"]["tenfold"] = {name: value for name, value in blocks["credits"]["tenfold"].items() if value is not None}
    if changes.get("claim") == "not needed":
        blocks.pop("claims", None)
    return sign_agreement(
        key=KEY, customer=add_customer(slug="acorn", name="Acorn"),
        version=add_version(
            source="# Harbour hosting\n", document=replace(DOCUMENT, blocks=blocks), calendars=CALENDARS, at=SIGNED
        ),
        parameters={"monthly-price": "EUR 720.00"}, signed_at=SIGNED, by="person-1", at=SIGNED, signer=FakeSigner(),
    )  # fmt: skip


def note(*facts: Fact) -> None:
    """Record facts of the sample under Acorn's agreement."""
    record(facts=[replace(fact, agreement=KEY) for fact in facts])


def measure(month: str = "02", after: str = "03") -> None:
    note(covered(f"2026-{month}-01T00:00Z", f"2026-{after}-01T00:00Z"))


def break_down(name: str = "O-1", start: str = "2026-02-14T12:00Z", end: str = "2026-02-14T17:00Z", cause: str = "") -> None:
    """The shop was down; five hours, unless said otherwise."""
    note(*outage(name, start, end, cause))


def february(agreement: Agreement) -> Span:
    return period_at(agreement, Instant.parse(FEBRUARY))


def propose(agreement: Agreement, at: Instant = MARCH) -> list[Credit]:
    """The credits of February, as found at an instant."""
    propose_credits(agreement=agreement, period=february(agreement), at=at)
    return list(Credit.objects.order_by("number"))
