"""
Cases of invoices and of the contract's end, carried out: what a case tells is done by the product's own services, and the
invoice that was issued, or the wish that is on record, is what is compared.

Needs a database with the product's tables: see `tools.cases.billed`.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from tools.cases.fees import BILLED, percent_of, told_parameter, work_of
from tools.cases.question import Question
from tools.cases.story import CUSTOMER, ENGINEER, LONG_BEFORE, SECOND_PERSON, sign
from upheld.apps.agreements.models import Agreement
from upheld.apps.billing import queries, services
from upheld.apps.billing.models import Credit
from upheld.apps.desk import services as desk
from upheld.apps.desk.queries.work import is_quoted, needs_approval
from upheld.core.money import Money
from upheld.core.statement import read_period
from upheld.core.terms import Terms
from upheld.core.timeline import DAY, HOUR, MINUTE, Duration, Instant, Span

FIGURES = ("net", "tax", "gross", "accepted", "earliest")


def invoice(question: Question) -> dict[str, Any]:
    """The invoice of one month, as it was issued after it; nothing to be paid where there was nothing to issue."""
    asked = replace(question, given={**question.given, **told_parameter(question, "money", "tax", percent_of(question))})
    given, terms = asked.given, asked.terms()
    period = read_period(terms, BILLED)
    since = period.start if given.get("first") else LONG_BEFORE
    agreement = sign(asked, signed_at=since)
    kind = next((service.each for service in terms.services.values()), "")
    for number in range(given.get("servers", 0)):
        services.start_resource(
            agreement=agreement, resource=f"resource-{number}", kind=kind, from_at=since, by=ENGINEER, at=since
        )
    for done in given.get("work", ()):
        log_work(agreement, terms, done, period.start + DAY)
    for number, amount in enumerate(given.get("credits", ()), 1):
        grant(agreement, terms, period, Money.parse(f"{terms.currency} {amount}"), number)
    at = period.end + HOUR
    draft = queries.draft_of(agreement, period, at)
    if draft is None:
        return dict.fromkeys(("net", "tax", "gross"), None)
    if draft.is_empty:
        return tell(draft.content)
    return tell(services.issue_draft(agreement=agreement, period=period, by=ENGINEER, at=at).content)


def log_work(agreement: Agreement, terms: Terms, done: Mapping[str, Any], at: Instant) -> None:
    """One request on a ticket of its own: its quote where the price is by quote, the work, the second person's consent."""
    charge, told = work_of(terms, done)
    ticket = desk.open_ticket(
        agreement=agreement, way="portal", report=desk.Report(subject="Case", text="As told."),
        sender=desk.Sender(by=CUSTOMER), at=at,
    )  # fmt: skip
    quote = None
    if is_quoted(terms, charge) and done.get("quote"):
        price = Money.parse(f"{terms.currency} {done['quote']}")
        given = desk.give_quote(ticket=ticket, charge=charge, amount=price, words="As told.", by=ENGINEER, at=at)
        quote = desk.accept_quote(quote=given, by=CUSTOMER, at=at)
    fields = {("is_erroneous" if name == "erroneous" else name): value for name, value in told.items()}
    lasted = Duration(MINUTE.micros * done["minutes"])
    work = desk.log_work(
        ticket=ticket, done=desk.Done(charge=charge, from_at=at, lasted=lasted, quote=quote, **fields), by=ENGINEER,
        at=at + lasted,
    )  # fmt: skip
    if needs_approval(terms, charge):
        desk.approve_charge(work=work, by=SECOND_PERSON, at=at + lasted)


def grant(agreement: Agreement, terms: Terms, period: Span, amount: Money, number: int) -> None:
    """
    A granted credit that waits for the invoice. A case tells its amount and not what it is for, so it is not found by the
    judge of an outage but stands as a discretionary one that two persons granted.
    """
    earlier = Span(period.start.before(DAY * number), period.start)
    Credit.objects.create(
        number=Credit.objects.count() + 1, agreement=agreement, credit=next(iter(terms.credits), "credit"),
        period_from_at=earlier.start.utc(), period_to_at=earlier.end.utc(), kind="discretion", state="granted",
        amount=str(amount), found=str(amount), reason="As told.", paid="next invoice", proposed_at=period.start.utc(),
        decided_by=ENGINEER, confirmed_by=SECOND_PERSON, decided_at=period.start.utc(), because="As told.",
    )  # fmt: skip


def tell(content: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: content[name] for name in ("net", "tax", "gross")}
    return {name: None if amount is None else amount.split(" ")[1] for name, amount in told.items()}


def term(question: Question) -> dict[str, Any]:
    """A wish, told on a day, that the contract ends on that day: as it is on record, with the agreement's answer."""
    start, cancel = (date.fromisoformat(question.given[key]) for key in ("start", "cancel"))
    asked = replace(question, given={**question.given, **told_parameter(question, "term", "starts", start.isoformat())})
    zone = asked.terms().statement_period.zone
    agreement = sign(asked, signed_at=zone.midnight(start))
    told_at = zone.midnight(cancel) + HOUR
    services.request_end(agreement=agreement, side="customer", by=CUSTOMER, at=told_at, wished_on=cancel)
    [ending] = queries.endings_of(agreement, told_at)
    return {"accepted": ending.decided.is_accepted, "earliest": ending.decided.earliest_on.isoformat()}
