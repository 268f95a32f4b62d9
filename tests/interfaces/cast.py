"""The cast: one provider, two customers who must never see each other, people of each; and a month that really happened."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.services import add_version, sign_agreement
from upheld.apps.fleet.models import Service
from upheld.apps.fleet.services import watch_service
from upheld.apps.parties.models import Role, User
from upheld.apps.parties.services import add_contact, add_customer, add_user, name_provider
from upheld.apps.probes.services import ingest, seal
from upheld.core.timeline import HOUR, MINUTE, SECOND, Duration, Instant
from upheld.gateways.samples import Batch, Observation, Outcome
from upheld.language.checking import check

AGREEMENTS = Path(__file__).parents[2] / "agreements"
PASSWORD = "a long enough password"
SIGNED = Instant.parse("2026-07-20T00:00Z")
NOW = Instant.parse("2026-08-28T14:50Z")
ACORN, KETTLE = "acorn-legal-teamplify", "kettle-media-teamplify"


def bind(slug: str, name: str, price: str, *, signed_at: Instant = SIGNED) -> Agreement:
    """A customer under the shipped agreement, with a person who is told of work."""
    text = (AGREEMENTS / "teamplify.md").read_text(encoding="utf-8")
    checked = check(text, as_of=NOW)
    assert checked.document is not None
    customer = add_customer(slug=slug, name=name)
    add_contact(customer=customer, name=f"{name}, operations", email=f"ops@{slug}.example")
    return sign_agreement(
        key=f"{slug}-teamplify",
        customer=customer,
        version=add_version(source=text, document=checked.document, calendars=checked.calendars, at=signed_at),
        parameters={
            "monthly-price": price,
            "currency": "EUR",
            "sample-every": "1 minute",
            "main-person": f"lena@{slug}.example",
            "support-contact": f"ops@{slug}.example",
            "measured-by": "Upheld probes",
        },
        signed_at=signed_at,
        by="person-1",
        at=signed_at,
    )


def watch(agreement: Agreement, every: Duration) -> Service:
    return watch_service(
        slug=f"{agreement.customer.slug}-app",
        name=f"{agreement.customer.name}, application",
        customer=agreement.customer,
        agreement=agreement.key,
        terms_service="saas",
        component="application",
        url="http://127.0.0.1:9/",
        interval_seconds=every.micros // SECOND.micros,
        deadline_seconds=4,
        allow=["127.0.0.0/8"],
    )


def people() -> dict[str, User]:
    """Mara may do everything, Tom works here, Lena is Acorn's, Otto left."""
    name_provider(name="FuryBit")
    acorn = add_customer(slug="acorn-legal", name="Acorn Legal")

    def add(name: str, role: Role, customer: Any = None) -> User:
        return add_user(
            email=f"{name.split()[0].lower()}@example.org",
            name=name,
            role=role,
            password=PASSWORD,
            at=SIGNED,
            customer=customer,
        )

    cast = {
        "mara": add("Mara Ellis", Role.ADMINISTRATOR),
        "tom": add("Tom Okafor", Role.STAFF),
        "lena": add("Lena Vogt", Role.CUSTOMER, acorn),
    }
    otto = add("Otto Brandt", Role.STAFF)
    otto.is_active = False
    otto.save()
    return {**cast, "otto": otto}


def see(service: Service, start: Instant, end: Instant, every: Duration, down: Iterable[tuple[str, str]] = ()) -> None:
    """A prober's month: good from start to end, bad within `down` (each from, to), in batches of a few hours."""
    bad = [(Instant.parse(one), Instant.parse(two)) for one, two in down]
    at, before, number, waiting = start, start, 0, []
    batches = []
    while at <= end:
        number += 1
        is_bad = any(one <= at < two for one, two in bad)
        seen = at + Duration(SECOND.micros // 4)
        waiting.append(
            Observation(
                check_id=service.slug, sequence=number, started_at=at.micros, finished_at=seen.micros, seen_at=at.micros,
                vouches_from=before.micros, duration_us=250_000, outcome=Outcome.BAD if is_bad else Outcome.GOOD,
                reason="status 503, expected 200-299" if is_bad else "200 OK", phases={"connect": 800},
            )
        )  # fmt: skip
        before = at
        if len(waiting) == 500 or at + every > end:
            batches.append(tuple(waiting))
            waiting = []
        at = at + every
    for place, batch in enumerate(batches, 1):
        sealed = Instant(batch[-1].finished_at)
        ingest(batch=Batch("local", f"boot-{service.slug}", place, batch[0].started_at, sealed.micros, (), batch), at=sealed)
        seal(at=sealed + SECOND, agreement=service.agreement)


def live_through(every: Duration = HOUR) -> dict[str, Agreement]:
    """July's end and August up to now: Acorn was down twice and is down again; Kettle is up."""
    acorn, kettle = bind("acorn-legal", "Acorn Legal", "EUR 7440.00"), bind("kettle-media", "Kettle Media", "EUR 1200.00")
    down = [("2026-07-23T15:00Z", "2026-07-23T17:00Z"), ("2026-08-04T09:00Z", "2026-08-04T11:00Z")]
    see(watch(acorn, every), SIGNED, NOW.before(HOUR), every, down)
    see(watch(kettle, every), SIGNED, NOW.before(HOUR), every)
    go_on(acorn, ("2026-08-28T14:38Z", "2026-08-29T00:00Z"))
    go_on(kettle)
    return {"acorn": acorn, "kettle": kettle}


def go_on(agreement: Agreement, *down: tuple[str, str]) -> None:
    """The last hour, a sample each minute, by a prober that was started anew."""
    service = watch(agreement, MINUTE)
    bad = [(Instant.parse(one), Instant.parse(two)) for one, two in down]
    waiting = []
    at, before = NOW.before(HOUR), NOW.before(HOUR)
    number = 0
    while at <= NOW:
        number += 1
        is_bad = any(one <= at < two for one, two in bad)
        waiting.append(
            Observation(
                check_id=service.slug, sequence=number, started_at=at.micros, finished_at=at.micros, seen_at=at.micros,
                vouches_from=before.micros, duration_us=3_000, outcome=Outcome.BAD if is_bad else Outcome.GOOD,
                reason="connection refused by 127.0.0.1" if is_bad else "200 OK", phases={"connect": 800},
            )
        )  # fmt: skip
        before, at = at, at + MINUTE
    ingest(batch=Batch("local", f"boot-2-{service.slug}", 1, waiting[0].started_at, NOW.micros, (), tuple(waiting)), at=NOW)
