"""Cases of invoices and of the contract's end."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from tools.cases.question import Question, header
from upheld.core.facts import AgreementSigned, ChargeApproved, CreditApplied, Fact, ResourceStarted, WorkLogged
from upheld.core.fees import decide_end, reckon_invoice
from upheld.core.money import Money
from upheld.core.statement import read_period
from upheld.core.terms import Terms
from upheld.core.timeline import DAY, MINUTE, Instant, Span
from upheld.language.examples.histories.fees import asked_of_work

BILLED, LONG_BEFORE = "2025-06", Instant.parse("2000-01-01T00:00Z")
SOMEBODY_AT_FAULT = re.compile(r"(?P<work>.+)-(?P<side>provider|customer)-fault")
NAMES = ("document", "version", "customer", "source_digest", "terms_digest", "calendars_digest", "verifier_key")
UNSIGNED: dict[str, Any] = dict.fromkeys(NAMES, "")
"""What a case does not tell of the signature."""


def invoice(question: Question) -> dict[str, Any]:
    """The invoice of one month; `servers` are what the service calls its instances, or a parameter of that name."""
    asked = replace(question, given={**question.given, **told_parameter(question, "money", "tax", percent_of(question))})
    terms = asked.terms()
    period = read_period(terms, BILLED)
    facts = list(invoice_facts(asked, terms, period))
    signed_at = period.start if question.given.get("first") else LONG_BEFORE
    _, reckoned = reckon_invoice(terms, facts, period, signed_at, lambda by, at: None)
    if reckoned is None:
        return dict.fromkeys(("net", "tax", "gross"), None)
    return {"net": figure(reckoned.net), "tax": figure(reckoned.tax), "gross": figure(reckoned.gross)}


def percent_of(question: Question) -> str | None:
    return f"{question.given['tax_pct']} %" if "tax_pct" in question.given else None


def told_parameter(question: Question, block: str, key: str, value: str | None) -> dict[str, str]:
    """The given value of a key, as the parameter that the agreement names there; nothing where it names none."""
    written = question.agreement.document.blocks.get(block, {}).get(key, "")
    if value is None or not str(written).startswith("parameter "):
        return {}
    return {str(written).removeprefix("parameter "): value}


def invoice_facts(question: Question, terms: Terms, period: Span) -> Iterator[Fact]:
    given = question.given
    since = period.start if given.get("first") else LONG_BEFORE
    yield AgreementSigned(**header("signed", since), **UNSIGNED)
    kind = next((service.each for service in terms.services.values()), "")
    for number in range(given.get("servers", 0)):
        yield ResourceStarted(**header(f"resource/{number}", since), resource=f"resource-{number}", kind=kind)
    at = period.start + DAY
    for number, done in enumerate(given.get("work", ())):
        charge, told = work_of(terms, done)
        name = f"work-{number}"
        yield WorkLogged(
            **header(name, at),
            work=name,
            charge=charge,
            from_at=at,
            lasted=MINUTE.micros * done["minutes"],
            by="staff",
            **told,
        )
        # Work of a case is approved by whoever had to approve it.
        yield ChargeApproved(**header(f"{name}/approved", at), work=name, by="second person")
    for number, amount in enumerate(given.get("credits", ())):
        money = Money.parse(f"{terms.currency} {amount}")
        yield CreditApplied(**header(f"credit/{number}", at), credit="credit", amount=money)


def work_of(terms: Terms, done: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """
    The charge or topic that a kind of work names, with the fields that its condition asks for: work of that kind is such
    work. `…-provider-fault` is the same work where that side is at fault, unless the agreement knows it by that name.
    """
    name, known = done["kind"], {*terms.fees.charges, *terms.fees.topics}
    found = SOMEBODY_AT_FAULT.fullmatch(name)
    if name not in known and found and found["work"] in known:
        told = asked_of_work(terms.document, found["work"])
        return found["work"], {**told, "responsible": found["side"], "deleted_by": found["side"]}
    return name, asked_of_work(terms.document, name)


def figure(amount: Money | None) -> str | None:
    return None if amount is None else str(amount).split(" ")[1]


def term(question: Question) -> dict[str, Any]:
    """A wish, told on a day, that the contract ends on that day."""
    start, cancel = (date.fromisoformat(question.given[key]) for key in ("start", "cancel"))
    asked = replace(question, given={**question.given, **told_parameter(question, "term", "starts", start.isoformat())})
    rule = asked.terms().fees.term
    assert rule is not None, "the agreement says nothing of its term"
    decided = decide_end(rule, start, cancel, cancel)
    assert decided is not None, "it is known when the contract began"
    return {"accepted": decided.is_accepted, "earliest": decided.earliest_on.isoformat()}
