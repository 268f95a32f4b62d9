"""The customer's credits: how much, for what, where each stands, and why; what is at discretion is never passed over."""

from collections.abc import Iterator
from typing import Any

from upheld.apps.billing.queries.credits import list_credits, tell_parts
from upheld.core.timeline import Instant
from upheld.doors.asking import Asked
from upheld.doors.naming import Agreement, name_for, say_person
from upheld.pages.contexts.lists import Badge, Entry
from upheld.pages.contexts.parts import AgreementName
from upheld.pages.words import say_instant, say_month

Credit = Any
"""A row of credits, as their queries give it."""
STATES = {
    "proposed": Badge("Proposed", "run"), "claimed": Badge("Claimed", "run"), "granted": Badge("Granted", "up", "up"),
    "applied": Badge("Taken off an invoice", "up", "up"), "refused": Badge("Refused", "down", "down"),
    "lapsed": Badge("Not claimed in time", "pause"), "withdrawn": Badge("Nothing owed", "pause"),
}  # fmt: skip


def list_credited(asked: Asked, agreement: Agreement) -> Iterator[Entry]:
    """Every credit that was proposed by the instant that the page looks from; what waits for us first."""
    for row in list_credits(agreement):
        if Instant.of(row.proposed_at) <= asked.as_of:
            yield tell_credit(asked, agreement, row)


def tell_credit(asked: Asked, agreement: Agreement, row: Credit) -> Entry:
    name = name_for(asked, agreement)
    about = f" for {row.subject}" if row.subject else ""
    month = say_month(row.period, name.zone)
    return Entry(
        words=f"{row.name}: {row.amount or 'amount not defined'}, {row.credit.replace('-', ' ')}{about}",
        url=asked.url_of("claim", row.claim.name) if row.claim else "", badge=STATES[row.state],
        says=tuple(line for line in (f"{month}, {name.service}.", row.reason, *tell_course(row, name, asked)) if line),
        clauses=tuple(row.clauses), agreement=name,
    )  # fmt: skip


def tell_course(row: Credit, name: AgreementName, asked: Asked) -> Iterator[str]:
    """Who decided and why, where it is paid, which invoice took it off; of what nobody decided, who has to."""
    if row.kind == "discretion" and row.is_open:
        yield "The agreement leaves it to us whether it is given; two persons decide, and you are told."
    if row.decided_at and Instant.of(row.decided_at) <= asked.as_of:
        when = say_instant(Instant.of(row.decided_at), name.zone, as_of=asked.as_of)
        yield f"Decided by {say_person(row.decided_by)}, {when}: {row.because}"
    if told := tell_parts(row):
        yield told
    elif row.state == "granted" and row.paid:
        yield f"Paid: {row.paid}."
