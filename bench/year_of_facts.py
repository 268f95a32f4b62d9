"""A busy year of one agreement, 10,000 facts, made by chance from a seed: seals, outages, causes, windows, claims."""

from collections.abc import Iterator
from random import Random
from typing import Any

from upheld.core.facts import (
    AgreementSigned,
    CauseAssigned,
    ClaimFiled,
    Fact,
    NoticeGiven,
    NotMeasured,
    ObservationsSealed,
    OutageClosed,
    OutageOpened,
    ParameterSet,
    TicketOpened,
    WindowPlanned,
)
from upheld.core.timeline import DAY, HOUR, MINUTE, SECOND, Duration, Instant

YEAR_STARTS_AT = Instant.parse("2025-01-01T00:00:00Z")
DAYS = 365
PARAMETERS = {
    "monthly-price": "EUR 720.00", "currency": "EUR", "main-person": "ana@customer.example",
    "backup-person": "bo@customer.example", "sample-every": "1 minute",
}  # fmt: skip
CAUSES = ("own", "own", "own", "customer-isp", "force-majeure", "customer-action")


def make_year(count: int = 10_000, *, component: str = "application", seed: int = 1) -> list[Fact]:
    """So many facts, by when they happened. Of a hundred, about 80 are seals, the others what people and probers tell."""
    chance = Random(seed)
    facts = [*begin(component), *(told for number in range(count // 80) for told in tell_trouble(number, component, chance))]
    seals = count - len(facts)
    every = Duration(DAY.micros * DAYS // seals)
    facts += (seal(number, component, every) for number in range(seals))
    return sorted(facts, key=lambda fact: fact.occurred_at)


def header(name: str, at: Instant) -> dict[str, Any]:
    return {"id": name, "agreement": "bench", "occurred_at": at, "recorded_at": at + SECOND, "source": "bench"}


def begin(component: str) -> Iterator[Fact]:
    at = YEAR_STARTS_AT.before(DAY)
    named: dict[str, Any] = dict.fromkeys(
        ("document", "version", "customer", "source_digest", "terms_digest", "calendars_digest"), "x"
    )
    yield AgreementSigned(**header("signed", at), verifier_key="k", **named)
    for name, value in PARAMETERS.items():
        yield ParameterSet(**header(f"set-{name}", at), name=name, value=value, from_at=at)


def tell_trouble(number: int, component: str, chance: Random) -> Iterator[Fact]:
    """An outage with its cause and, at times, a window around it, a ticket, a claim, a stretch that nobody saw."""
    start = YEAR_STARTS_AT + SECOND * chance.randrange(DAYS * 86_400 - 90_000)
    end = start + SECOND * chance.randrange(20, 20_000)
    outage = f"outage-{number}"
    if number % 4 == 0:
        told = start.before(DAY * chance.randrange(2, 12))
        window = f"window-{number}"
        yield WindowPlanned(
            **header(f"{window}-planned", told), window=window, kind=chance.choice(("regular", "scheduled", "emergency")),
            from_at=start.before(MINUTE), to_at=end + MINUTE,
        )  # fmt: skip
        yield NoticeGiven(**header(f"{window}-notice", told), window=window, to="ops", by="email")
    yield OutageOpened(
        **header(f"{outage}-opened", start), outage=outage, component=component, first_bad_at=start,
        last_good_at=start.before(MINUTE),
    )  # fmt: skip
    yield OutageClosed(**header(f"{outage}-closed", end), outage=outage, last_bad_at=end.before(SECOND), first_good_at=end)
    yield CauseAssigned(
        **header(f"{outage}-cause", end + MINUTE), outage=outage, from_at=start, to_at=end, cause=chance.choice(CAUSES),
        evidence="the log of the night", by="Mara",
    )  # fmt: skip
    if number % 3 == 0:
        ticket = f"ticket-{number}"
        yield TicketOpened(**header(ticket, end + HOUR), ticket=ticket, channel="email", outage=outage)
        yield ClaimFiled(
            **header(f"claim-{number}", end + DAY), claim=f"claim-{number}", credit="tenfold", outage=outage,
            channel="email", details=("functional areas", "date and time"), ticket=ticket,
        )  # fmt: skip
    if number % 5 == 0:
        yield NotMeasured(
            **header(f"blind-{number}", end + HOUR * 2), component=component, from_at=end + HOUR,
            to_at=end + HOUR + MINUTE * 7, because="the prober was started anew",
        )  # fmt: skip


def seal(number: int, component: str, every: Duration) -> Fact:
    start, end = YEAR_STARTS_AT + every * number, YEAR_STARTS_AT + every * (number + 1)
    return ObservationsSealed(
        **header(f"seal-{number}", end), component=component, from_at=start, to_at=end, every=MINUTE.micros,
        good=60, bad=0, unseen=0, digest="0" * 64,
    )  # fmt: skip


