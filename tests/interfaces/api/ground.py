"""Two customers with everything that the API speaks of: an agreement, a shop, an outage, work, a claim, a statement."""

from dataclasses import replace
from datetime import date
from typing import Any

from tests.apps.oncall.people import add_person
from tests.core.sample import CALENDARS, DOCUMENT
from upheld.apps.agreements.queries import agreement
from upheld.apps.agreements.services import add_version, sign_agreement
from upheld.apps.billing import services as billing
from upheld.apps.billing.models import Credit
from upheld.apps.desk.services import (
    Asked,
    Attached,
    Done,
    Report,
    Sender,
    buy_time,
    give_quote,
    hold_review,
    hold_ticket,
    keep_exhibit,
    log_work,
    open_hold,
    open_ticket,
    propose_appointment,
    save_macro,
)
from upheld.apps.fleet.services import watch_service
from upheld.apps.maintenance import services as maintenance
from upheld.apps.oncall import services as oncall
from upheld.apps.oncall.queries import Turns
from upheld.apps.parties.services import add_contact, add_customer
from upheld.apps.probes.queries import outage
from upheld.apps.probes.services import assign_cause, ingest
from upheld.apps.statements.services import prepare
from upheld.core.money import Money
from upheld.core.timeline import DAY, HOUR, SECOND, Instant, Span
from upheld.gateways.bank import read_rows
from upheld.gateways.samples import Batch, Observation, Outcome
from upheld.gateways.signing import FakeSigner

SIGNED = Instant.parse("2026-01-01T00:00Z")
NOON = Instant.parse("2026-02-14T12:00Z")
AFTER = NOON + HOUR * 6
"""Down for a little more than five hours: February is missed, five full hours are worth money."""
FLOOD_AT = AFTER + HOUR
"""When the flood was put on the fifth hour: nobody has approved it, so the hour keeps its usual cause."""
MARCH = Instant.parse("2026-03-01T01:00Z")
NOW = Instant.parse("2026-03-10T09:00Z")
EVERY = 600
"""Seconds between two observations."""
CUSTOMERS = ("acorn", "birch")


DESK = {
    "desk": {
        "priority set by": "staff", "high load": "declared before",
        "matrix": {"all": {"now": "high", "later": "low"}, "one": {"now": "low", "later": "low"}},
    },
    "channels": {name: {"opens ticket": True} for name in ("email", "api", "live-chat")},
    "topics": {
        "fault": {"covered": True}, "wish": {"covered": True},
        "copy": {"covered": True, "warning": "it may be slow meanwhile"},
    },
    "duties": {
        "hand-over-copies": {
            "who": "provider", "does": "hand over copies of the databases", "strength": "promise", "topic": "copy",
            "evidence": ["probes"],
        },
    },
    "switches": {"support-user": {"held by": "customer", "at first": False, "takes effect": "at once"}},
    "access": {"pages": {"who": ["staff"], "what": ["application ui"], "rule": "while on", "switch": "support-user"}},
    "priorities": {"high": {"is": "the shop is down"}, "low": {"is": "all else"}},
    "clocks": {
        "respond": {
            "strength": "promise", "starts": "received", "stops": "reply by a person", "repeats": "never",
            "within": "2 hours", "hours": "business", "pauses": [{"waiting for": "customer"}], "after change": "from start",
            "evidence": ["probes"],
        }
    },
    "charges": {
        "help": {
            "is": "help by time", "price": "EUR 100 per hour", "for each": "request", "least": "1 hour",
            "step": "15 minutes", "approval": ["second person"],
        },
        "server": {
            "is": "a server", "price": "EUR 20 per month", "for each": "server", "least": "none", "part period": "full",
        },
        "arrangement": {"is": "what is arranged", "price": "by quote", "for each": "request", "least": "none"},
    },
    "term": {"starts": "signed", "least": "12 months", "renews": "until ended", "early end": "refused", "notice": "none"},
    "plans": {
        "onboarding": {"lasts": "2 weeks", "steps": ["account", "first mail"], "done when": "customer signs off"},
    },
}  # fmt: skip
"""A desk with one clock."""
MONEY = {"money": {**DOCUMENT.blocks["money"], "prices": "before tax"}}
WITH_DESK = replace(DOCUMENT, blocks={**DOCUMENT.blocks, **DESK, **MONEY})


def build(signer: FakeSigner) -> None:
    for number, customer in enumerate(CUSTOMERS):
        build_one(customer, number, signer)
    build_on_call()
    build_desk()
    build_bills()


def build_bills() -> None:
    """Of each customer January's invoice for one server, and a payment of which nobody knows what it was for."""
    january = Span(SIGNED, Instant.parse("2026-02-01T00:00Z"))
    for customer in CUSTOMERS:
        bound = agreement(f"{customer}-harbour")
        billing.start_resource(agreement=bound, resource="web-1", kind="server", from_at=SIGNED, by="person-2", at=MARCH)
        billing.issue_draft(agreement=bound, period=january, by="person-2", at=MARCH)
        rows = read_rows(f"date,amount,currency,reference\n2026-02-20,5.00,EUR,{customer}\n".encode())
        billing.import_payments(rows=rows, origin="february.csv", by="person-2", at=MARCH)


def build_desk() -> None:
    """Of each customer another ticket, a held one, and a macro that is called like the customer."""
    for customer in CUSTOMERS:
        bound = agreement(f"{customer}-harbour")
        asks = Report(f"{customer} asks")
        ticket = open_ticket(agreement=bound, way="email", report=asks, sender=Sender("person-2"), at=MARCH)
        keep_exhibit(
            customer=bound.customer, kind="document", file=Attached(f"{customer}.txt", "text/plain", b"seen"), says="",
            by="person-3", shown_as="", at=MARCH,
        )  # fmt: skip
        save_macro(name=customer, text="Hello {customer}", by="person-2", at=MARCH)
        keep_besides(bound, ticket)
    for customer in CUSTOMERS:
        hold_ticket(
            way="email", report=Report("Whose is it?"), sender=Sender("somebody"), because="several agreements", at=MARCH,
            customer=agreement(f"{customer}-harbour").customer,
        )  # fmt: skip


def keep_besides(bound: Any, ticket: Any) -> None:
    """Work, a price, an appointment, a review with an action, time bought ahead: the first of each is acorn's."""
    log_work(ticket=ticket, done=Done("help", MARCH.before(HOUR), HOUR), by="person-99", at=MARCH)
    give_quote(
        ticket=ticket, charge="arrangement", amount=Money.parse("EUR 240.00"), words="A report", by="person-2", at=MARCH
    )
    propose_appointment(
        ticket=ticket, from_at=NOW + DAY, to_at=NOW + DAY + HOUR, side="provider", by="person-2", at=MARCH, words="A call"
    )
    asks = (Asked("Watch the disks"),)
    hold_review(agreement=bound, summary="The disk was full", is_public=True, asks=asks, by="person-2", at=MARCH)
    buy_time(agreement=bound, charge="help", lasted=HOUR * 5, reference="2026-7", by="person-2", at=MARCH)


def build_on_call() -> None:
    """A rota, a policy and a page for each customer's shop; all of one person."""
    night = add_person("Night")
    for number, customer in enumerate(CUSTOMERS, start=1):
        name = f"{customer} shop"
        turns = Turns((night.pk,), date(2026, 1, 5), 540, 7)
        rota = oncall.add_rota(name=name, zone="Europe/London", layers=[turns], by="person-1", at=SIGNED)
        policy = oncall.save_policy(name=name, steps=[oncall.WantedStep(0, (rota,))], at=SIGNED)
        oncall.page(
            policy=policy, key="opened", about=f"O-{number}", urgent=True, subject="The shop is down", text="", at=NOON
        )  # fmt: skip
    oncall.escalate_due(NOON)


def build_one(customer: str, number: int, signer: FakeSigner) -> None:
    """Outages, windows, claims and tickets are counted through the installation: acorn has the first of each."""
    party = add_customer(slug=customer, name=customer.title())
    add_contact(customer=party, name="Operations", email=f"ops@{customer}.example")
    agreement = sign_agreement(
        key=f"{customer}-harbour", customer=party,
        version=add_version(source="# Harbour hosting\n", document=WITH_DESK, calendars=CALENDARS, at=SIGNED),
        parameters={"monthly-price": "EUR 720.00"}, signed_at=SIGNED, by="person-1", at=SIGNED, signer=signer,
    )  # fmt: skip
    watch_service(
        slug=f"{customer}-shop", name="Shop", customer=party, agreement=agreement.key, terms_service="shop",
        component="web", url="http://127.0.0.1:9/", interval_seconds=EVERY, deadline_seconds=4, allow=["127.0.0.0/8"],
    )  # fmt: skip
    seen = [look(customer, 1, NOON.before(SECOND * EVERY), "good")]
    seen += [look(customer, place + 2, NOON + SECOND * EVERY * place, "bad") for place in range(31)]
    seen.append(look(customer, 33, NOON + SECOND * EVERY * 31, "good"))
    ingest(batch=Batch("local", f"b{number}", 1, NOON.micros, AFTER.micros, (), tuple(seen)), at=AFTER)
    ticket = open_ticket(
        agreement=agreement, way="email", sender=Sender("person-2"), at=AFTER,
        report=Report("The shop was down", outage=f"O-{number + 1}", attached=[Attached("log.txt", "text/plain", b"502")]),
    )  # fmt: skip
    open_hold(ticket=ticket, waiting_for="customer", until_at=NOW + DAY, by="person-2", at=AFTER)
    billing.file_claim(
        agreement=agreement, credit="tenfold", outage_name=f"O-{number + 1}", channel="email",
        details=("date and time", "users"), filed_at=AFTER, by="person-2", at=AFTER,
    )  # fmt: skip
    billing.issue_invoice(
        agreement=agreement, number=f"2026-{number}", amount=Money.parse("EUR 720.00"), issued_at=AFTER,
        due_at=AFTER + DAY * 90, by="person-2", at=AFTER,
    )  # fmt: skip
    leave_to_discretion(agreement)
    part = Span(NOON + HOUR * 4, NOON + HOUR * 5)
    assign_cause(outage=outage(f"O-{number + 1}"), span=part, cause="flood", evidence="probes", by="person-x", at=FLOOD_AT)
    work = Span(Instant.parse("2026-03-21T20:00Z"), Instant.parse("2026-03-21T22:00Z"))
    maintenance.plan(agreement=agreement, kind="scheduled", span=work, reason="new disks", by="person-1", at=MARCH)
    prepare(agreement=agreement, period="2026-02", by="person-1", at=MARCH, signer=signer)


def leave_to_discretion(agreement: Any) -> None:
    """The credit that was claimed, as if the agreement left it to the provider: to decide it takes two persons."""
    Credit.objects.filter(agreement=agreement).update(kind="discretion")


def grant_credits() -> None:
    """What was found is given, by two persons."""
    Credit.objects.update(
        state="granted", decided_by="person-1", confirmed_by="person-2", decided_at=NOW.utc(), because="so"
    )  # fmt: skip


def look(customer: str, sequence: int, at: Instant, outcome: str) -> Observation:
    """An observation that began at an instant and was known one second later; it vouches for the time since the last."""
    seen = at + SECOND
    return Observation(
        check_id=f"{customer}-shop", sequence=sequence, started_at=at.micros, finished_at=seen.micros, seen_at=seen.micros,
        vouches_from=seen.before(SECOND * EVERY).micros, duration_us=1_000_000, outcome=Outcome(outcome),
        reason="200 OK" if outcome == "good" else "connection refused", phases={"connect": 800},
    )  # fmt: skip
