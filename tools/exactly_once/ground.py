"""An agreement, a month with outages, and what by plain arithmetic has to come of them: known before anything is done."""

import os
from copy import deepcopy
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import django

KEY = "acorn-harbour"
PRICE_CENTS = 71_999
HOURS_OF_FEBRUARY = 28 * 24
TIMES = 10
SIGNED, FEBRUARY, AT = "2026-01-01T00:00Z", "2026-02-01T00:00Z", "2026-03-03T09:00Z"


@dataclass(frozen=True, slots=True)
class Expected:
    """What must be there at the end, each once: so many credits, invoices and notices, and the cents of all credits."""

    names: tuple[str, ...]
    cents: int


def start_django(home: Path) -> None:
    """Django over an installation in this folder; where UPHELD_DATABASE_URL says so, over that database."""
    os.environ |= {
        "UPHELD_HOME": str(home), "DJANGO_SETTINGS_MODULE": "upheld.project.settings", "UPHELD_LOG_LEVEL": "error",
    }  # fmt: skip
    django.setup()


def plan_outages(number: int) -> list[tuple[str, int, int]]:
    """Name, minute of the month at which it begins, and minutes that it lasts: never two that touch."""
    apart = 28 * 24 * 60 // number
    return [(f"O-{place + 1}", place * apart, 61 + (place * 37) % max(1, apart - 90)) for place in range(number)]


def reckon(number: int) -> Expected:
    """Ten times the price of an hour for each full hour of each outage, rounded once: not by the product's code."""
    hours = sum(lasting // 60 for _, _, lasting in plan_outages(number))
    exact = Fraction(PRICE_CENTS, HOURS_OF_FEBRUARY) * TIMES * hours
    return Expected(tuple(name for name, _, _ in plan_outages(number)), int(exact + Fraction(1, 2)))


def lay_ground(number: int) -> None:
    """Tables, the customer, the agreement, the month's facts."""
    from django.core.management import call_command

    from tests.core.sample import BLOCKS, CALENDARS, DOCUMENT, covered, outage
    from upheld.apps.agreements.services import add_version, sign_agreement
    from upheld.apps.ledger.services import record
    from upheld.apps.parties.services import add_contact, add_customer, name_provider
    from upheld.core.timeline import MINUTE, Instant
    from upheld.gateways.signing import FakeSigner

    call_command("migrate", verbosity=0)
    blocks = deepcopy(BLOCKS)
    blocks["credits"]["tenfold"]["claim"] = "not needed"
    blocks.pop("claims")
    signed_at, start = Instant.parse(SIGNED), Instant.parse(FEBRUARY)
    name_provider(name="Harbour")
    customer = add_customer(slug="acorn", name="Acorn")
    add_contact(customer=customer, name="Acorn", email="ops@acorn.example")
    version = add_version(source="# Harbour\n", document=replace(DOCUMENT, blocks=blocks), calendars=CALENDARS, at=signed_at)
    price = f"EUR {PRICE_CENTS // 100}.{PRICE_CENTS % 100:02d}"
    sign_agreement(
        key=KEY, customer=customer, version=version, parameters={"monthly-price": price}, signed_at=signed_at,
        by="person-1", at=signed_at, signer=FakeSigner(),
    )  # fmt: skip
    facts = [covered("2026-02-01T00:00Z", "2026-03-01T00:00Z")]
    for name, begins, lasting in plan_outages(number):
        span = (start + MINUTE * begins, start + MINUTE * (begins + lasting))
        facts += outage(name, str(span[0]), str(span[1]))
    record(facts=[replace(fact, agreement=KEY) for fact in facts])
