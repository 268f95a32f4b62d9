"""What a statement is made from: facts as they were known, the customer's parameters, when the agreement began."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date
from fractions import Fraction
from typing import Any

from upheld.core.facts import (
    AgreementSigned,
    ClaimFiled,
    Fact,
    Frozen,
    InvoiceIssued,
    InvoicePaid,
    ParameterSet,
    TicketOpened,
    frozen_class,
    known_at,
    of_kind,
)
from upheld.core.terms import Document, TermProblem, Terms, bind
from upheld.core.timeline import Instant, Span

ALWAYS = Instant.parse("1900-01-01T00:00Z")
LAST_YEAR = 9999


class TermsDoNotBind(ValueError):
    """The agreement cannot be judged as it stands: an open question, or a parameter without a value."""

    def __init__(self, problems: Sequence[TermProblem]) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


@frozen_class
class Case(Frozen):
    """One question to the judge: whose agreement, which facts, seen from when, under which readings."""

    document: Document
    calendars: Mapping[str, Any]
    facts: tuple[Fact, ...]
    as_of: Instant
    readings: Mapping[str, str]
    parameters: Mapping[str, str] = field(default_factory=dict)
    """Values that stand in where no fact has set one."""

    @property
    def signed_at(self) -> Instant:
        """From when anybody is bound; without a signature, always (a question about no customer)."""
        signed = of_kind(self.facts, AgreementSigned)
        return min((fact.occurred_at for fact in signed), default=ALWAYS)


def gather(
    document: Document, calendars: Mapping[str, Any], facts: Sequence[Fact], as_of: Instant, readings: Mapping[str, str]
) -> Case:
    return Case(document, calendars, known_at(facts, as_of), as_of, readings)


def bind_case(case: Case, at: Instant, parameters: Mapping[str, str]) -> Terms:
    """The rules for this customer as they stood at an instant; `parameters` stand in where no fact has set a value."""
    values = {**parameters, **parameters_at(case.facts, at)}
    terms = bind(case.document, case.calendars, values, case.readings, zones_at(case.facts, at))
    if isinstance(terms, list):
        raise TermsDoNotBind(terms)
    return terms


def parameters_at(facts: Sequence[Fact], at: Instant) -> dict[str, str]:
    """Each parameter's value in force; one that was first set later counts from then back to the signing."""
    return {name: fact.value for name, fact in find_in_force(facts, at).items()}


def zones_at(facts: Sequence[Fact], at: Instant) -> dict[str, tuple[str, ...]]:
    """The frozen zone of each value in force that has one."""
    return {name: fact.zone for name, fact in find_in_force(facts, at).items() if fact.zone}


def find_in_force(facts: Sequence[Fact], at: Instant) -> dict[str, ParameterSet]:
    """The fact in force for each parameter that was set."""
    found: dict[str, ParameterSet] = {}
    for fact in sorted(of_kind(facts, ParameterSet), key=lambda fact: (fact.from_at, fact.recorded_at, fact.id)):
        if fact.from_at <= at or fact.name not in found:
            found[fact.name] = fact
    return found


def overdue_at(facts: Sequence[Fact], at: Instant, currency: str) -> tuple[Fraction, tuple[str, ...]]:
    """What was due and unpaid at an instant, with the invoices' facts."""
    paid = {fact.invoice for fact in of_kind(facts, InvoicePaid) if fact.occurred_at <= at}
    late = [
        fact
        for fact in of_kind(facts, InvoiceIssued)
        if fact.due_at <= at and fact.invoice not in paid and fact.amount.currency == currency
    ]
    return sum((fact.amount.amount for fact in late), Fraction(0)), tuple(fact.id for fact in late)


def ticket_of(facts: Sequence[Fact], claim: ClaimFiled, outages: Sequence[str]) -> TicketOpened | None:
    """The ticket that documents what is claimed: the one the claim names, else the first about the outage."""
    tickets = of_kind(facts, TicketOpened)
    named = [fact for fact in tickets if fact.ticket == claim.ticket]
    about = [fact for fact in tickets if fact.outage and fact.outage in outages]
    return min(named or about, key=lambda fact: fact.occurred_at, default=None)


def read_period(terms: Terms, written: str) -> Span:
    """
    The period that `2026-02` names: of months the one that begins in that month, or in which its first day lies; that of
    `2026-02-09` is the one in which that day begins.
    """
    period = terms.statement_period
    found = re.fullmatch(r"(\d{1,4})-(\d{1,2})(?:-(\d\d))?", written, re.ASCII)
    try:
        day = date(*(int(part or 1) for part in found.groups())) if found else None
    except ValueError:
        day = None
    if found is None or day is None or day.year == LAST_YEAR:
        raise ValueError(f"{written!r} names no period; write year and month, for instance 2026-02")
    if found[3]:
        return period.containing(period.zone.midnight(day))
    return period.containing(period.starting(day.year, day.month).start)
