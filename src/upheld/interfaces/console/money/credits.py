"""Credits: what waits for a person first, what each is worth, and what other readings would make of it."""

from upheld.apps.approvals.queries import list_waiting
from upheld.apps.billing.queries.credits import difference_of, list_credits, tell_parts
from upheld.apps.billing.queries.credits_otherwise import worth_otherwise
from upheld.apps.billing.services.credits_decided import KINDS
from upheld.apps.findings.queries import CannotJudge
from upheld.core.explain import show
from upheld.core.timeline import Instant
from upheld.doors.addresses import Answer
from upheld.doors.asking import Asked
from upheld.doors.naming import name_for
from upheld.interfaces.console.money.telling import STATES, Credit, name_credit, say_amount, say_until
from upheld.pages.contexts.lists import Badge, Entry, MoneyPage, Section
from upheld.pages.contexts.page import Link
from upheld.pages.words import say_count, say_month

SECOND = Badge("Waits for a second person", "pause")
DIFFERS = Badge("Differs from the finding", "degraded", "degraded")
MOST_DECIDED = 100
"""Decided credits that the list shows; each stays on its own page."""


def show_credits(asked: Asked) -> Answer:
    rows = [row for row in list_credits() if Instant.of(row.proposed_at) <= asked.as_of]
    seconds = {one.subject for one in list_waiting(kinds=KINDS)}
    waiting = [row for row in rows if row.is_open or row.name in seconds or difference_of(row)]
    decided = [row for row in rows if row not in waiting]
    return MoneyPage(
        as_of=asked.as_of,
        answer=f"{say_count(len(waiting), 'credit waits', 'credits wait')} for somebody" if waiting else "No credit waits",
        lede="Credits are proposed by the judge’s findings when a period is over. A decided one is never changed: what is "
        "found later stands beside it, and a correction puts it right.",
        way=(Link("Credits"),),
        deeds=(Link("Claims", asked.url_of("claims")), Link("Invoices", asked.url_of("invoices"))),
        sections=(
            Section(
                anchor="waiting", heading="Waiting", entries=tuple(tell_waiting(asked, row, seconds) for row in waiting),
                empty="Nothing is owed that nobody decided.",
            ),
            Section(
                anchor="decided", heading="Decided", empty="Nothing was decided yet.",
                entries=tuple(tell_credit(asked, row) for row in decided[:MOST_DECIDED]),
            ),
        ),
    )  # fmt: skip


def tell_waiting(asked: Asked, row: Credit, seconds: set[str]) -> Entry:
    """One that somebody has to look at, with the range that other readings give."""
    badge = SECOND if row.name in seconds else STATES[row.state] if row.is_open else DIFFERS
    return tell_credit(asked, row, badge, tell_range(asked, row))


def tell_credit(asked: Asked, row: Credit, badge: Badge | None = None, more: str = "") -> Entry:
    name = name_for(asked, row.agreement)
    end = Instant.of(row.claim_by_at) if row.claim_by_at and row.state == "proposed" else None
    lines = (
        f"{say_amount(row)}, {say_month(row.period, name.zone)}, {name.words}.",
        row.reason,
        say_until("It has to be claimed before", end, asked.as_of, name),
        tell_parts(row),
        f"The finding differs by {difference} now." if (difference := difference_of(row)) else "",
        more,
    )
    return Entry(
        words=name_credit(row), url=asked.url_of("credit", row.name), badge=badge or STATES[row.state],
        says=tuple(line for line in lines if line), clauses=tuple(row.clauses), agreement=name,
    )  # fmt: skip


def tell_range(asked: Asked, row: Credit) -> str:
    """What the whole period’s credit would be under other senses; nothing where all come to the same."""
    try:
        found = worth_otherwise(row.agreement, row.period, row.rule, asked.as_of)
    except CannotJudge:
        return ""
    told = dict.fromkeys(f"{show(one.value)} ({one.sense})" for one in found)
    return f"Under other readings the period comes to {'; '.join(told)}." if told else ""
