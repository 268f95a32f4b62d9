"""Money of a made-up history: invoices and whether they were paid, claims and decisions, work, quotes, charges."""

from typing import Any

from tools.statements.pen import Pen
from tools.statements.watched import SECOND_PERSON, SOMEBODY
from upheld.core.facts import (
    ChargeApproved,
    ClaimDecided,
    ClaimFiled,
    CreditApplied,
    CreditDecided,
    EndRequested,
    InvoiceIssued,
    InvoicePaid,
    QuoteAccepted,
    QuoteGiven,
    ResourceEnded,
    ResourceStarted,
    RestoreDone,
    RightUsed,
    TicketOpened,
    VolumeMeasured,
    WorkLogged,
)
from upheld.core.money import Money
from upheld.core.terms.claiming import Claim
from upheld.core.timeline import DAY, HOUR, MINUTE, SECOND, Duration, Instant, Span


def tell_money(pen: Pen) -> None:
    """What is charged, what was billed before, what is asked back."""
    tell_invoices(pen)
    tell_charges(pen)
    rules = [rule for rule in pen.terms.claims.values() if rule.credits]
    for number in pen.some(3) if rules else ():
        tell_claim(pen, pen.any_of(rules), f"C-{number + 1}")
    for credit in pen.terms.credits:
        if pen.chance(15):
            pen.write(
                CreditDecided, pen.period.end.before(HOUR), credit=credit, period_from_at=pen.period.start,
                granted=pen.chance(60), by=SECOND_PERSON, because="after a talk with the customer",
            )  # fmt: skip
        if pen.chance(10):
            pen.write(CreditApplied, pen.moment(), credit=credit, amount=amount(pen, 2000))
    for right in pen.terms.rights:
        if pen.chance(5):
            pen.write(RightUsed, pen.moment(), right=right, by="customer")
    if pen.terms.fees.term is not None and pen.chance(10):
        at = pen.moment()
        pen.write(EndRequested, at, by="customer", ends_at=at + DAY * pen.random.randrange(400) if pen.chance(60) else None)


def amount(pen: Pen, most: int) -> Money:
    return Money.parse(f"{pen.terms.currency or 'EUR'} {pen.random.randrange(most)}.{pen.random.randrange(100):02d}")


def tell_invoices(pen: Pen) -> None:
    """Two earlier ones: paid in time, late, or not."""
    for number in range(2):
        issued_at = pen.period.start.before(DAY * 40 * (number + 1))
        due_at, name = issued_at + DAY * 14, f"I-{number + 1}"
        pen.write(InvoiceIssued, issued_at, invoice=name, amount=amount(pen, 900), due_at=due_at)
        if pen.chance(95):
            pen.write(InvoicePaid, issued_at + pen.length(DAY, DAY * pen.any_of((14, 14, 14, 40))), invoice=name)


def tell_claim(pen: Pen, rule: Claim, name: str) -> None:
    """A claim that tells most of what it must, about one outage or about the whole period; mostly in time."""
    lasting = sorted(pen.outages, key=lambda one: one[1].length.micros)
    outage, down = pen.any_of(lasting[-3:]) if lasting and pen.chance(85) else ("", pen.told)
    at = down.end + pen.length(SECOND, DAY * pen.any_of((2, 3, 12)))
    told: dict[str, Any] = {} if outage else {"period_from_at": pen.period.start}
    if pen.chance(85):
        told["ticket"] = ticket = f"T-{len(pen.tickets) + 1}"
        pen.tickets.append((ticket, down.end))
        opened_at = down.end + pen.length(SECOND, DAY)
        pen.write(
            TicketOpened, opened_at, ticket=ticket, channel=pen.any_of([*pen.terms.desk.channels, "portal"]), outage=outage
        )
        at = max(at, opened_at + MINUTE)
    details = tuple(one for one in rule.details if pen.chance(97))
    channel = pen.any_of([*rule.channels.value * 4, "phone"])
    credit = pen.any_of(rule.credits)
    pen.write(ClaimFiled, at, claim=name, credit=credit, outage=outage, channel=channel, details=details, **told)
    if pen.chance(50):
        pen.write(ClaimDecided, at + DAY, claim=name, granted=pen.chance(50), by=SECOND_PERSON, because="as the text says")


def tell_charges(pen: Pen) -> None:
    """What is looked after, and work that was done: some approved, some quoted, some at somebody's fault."""
    kinds = {service.each for service in pen.terms.services.values() if service.each}
    for number, kind in enumerate(sorted(kinds) * pen.random.randint(1, 2)):
        started_at = pen.period.start.before(DAY * 30) if pen.chance(70) else pen.moment()
        pen.write(ResourceStarted, started_at, resource=f"resource-{number + 1}", kind=kind)
        if pen.chance(10):
            pen.write(ResourceEnded, pen.moment(Span(started_at, pen.period.end)), resource=f"resource-{number + 1}")
    charges = [*pen.terms.fees.charges, *pen.terms.fees.topics]
    for number in pen.some(4) if charges else ():
        tell_work(pen, pen.any_of(charges), f"work-{number + 1}")
    for charge in pen.terms.fees.charges:
        if pen.chance(10):
            size = pen.random.randrange(2 * 10**11)
            pen.write(VolumeMeasured, pen.moment(), charge=charge, name="everything", bytes=size)


def tell_work(pen: Pen, charge: str, work: str) -> None:
    at, lasted = pen.moment(), pen.length(MINUTE, HOUR * 9)
    told: dict[str, Any] = {}
    if pen.chance(30):
        told["quote"] = f"quote-{work}"
        pen.write(QuoteGiven, at.before(HOUR), quote=told["quote"], charge=charge, amount=amount(pen, 5000), by=SOMEBODY)
        if pen.chance(70):
            pen.write(QuoteAccepted, at.before(MINUTE), quote=told["quote"], by="a customer")
    side = pen.any_of(("", "provider", "customer"))
    told |= {"responsible": side, "deleted_by": side} if pen.chance(50) else {}
    told |= {"restore": pen.any_of(("disaster", "single"))} if pen.chance(30) else {}
    told |= {"request": "request-1"} if pen.chance(30) else {}
    if pen.chance(20):
        asked_at = at.before(pen.length(Duration(0), HOUR * 5))
        pen.write(RestoreDone, at, restore=f"restore-{work}", kind=pen.any_of(("disaster", "single")), asked_at=asked_at)
    pen.write(WorkLogged, at, work=work, charge=charge, from_at=at.before(lasted), lasted=lasted.micros, by=SOMEBODY, **told)
    if pen.chance(75):
        pen.write(ChargeApproved, at + HOUR, work=work, by=SECOND_PERSON)


def began(at: Instant, lasted: Duration) -> Instant:
    return at.before(lasted)
