"""What waits for the customer: prices we named, open claims, outages that may be claimed still, duties that are late."""

from collections.abc import Iterator

from upheld.apps.billing.queries import judge_claim, list_claims
from upheld.apps.desk.queries import open_quotes_of
from upheld.apps.duties.queries import list_duties
from upheld.apps.findings.queries import CannotJudge
from upheld.core.duties.standing import DUE, OVERDUE
from upheld.core.money import Money
from upheld.core.timeline import Instant
from upheld.doors.asking import Asked
from upheld.doors.naming import Agreement, name_for
from upheld.interfaces.portal.claimable import list_open, tell_open
from upheld.interfaces.portal.frame import customer_of
from upheld.pages.contexts.lists import Badge, Entry
from upheld.pages.words import join_words, say_money

LATE = {OVERDUE: Badge("Late", "degraded", "degraded"), DUE: Badge("Due", "run")}


def list_waiting(asked: Asked) -> Iterator[Entry]:
    yield from list_priced(asked)
    for agreement in asked.agreements():
        try:
            yield from list_claimed(asked, agreement)
            yield from (tell_open(asked, agreement, one) for one in list_open(asked, agreement))
            yield from list_late(asked, agreement)
        except CannotJudge:
            continue


def list_priced(asked: Asked) -> Iterator[Entry]:
    """Prices that nobody of theirs accepted or declined yet: nothing is worked for them before."""
    customer = customer_of(asked)
    for quote in open_quotes_of(customer) if customer else ():
        if Instant.of(quote.given_at) <= asked.as_of:
            yield Entry(
                words=f"{quote.name}: {say_money(Money.parse(quote.amount))}, {quote.ticket.subject}",
                badge=Badge("Waits for you", "pause"), url=asked.url_of("agreed", quote.ticket.name),
                agreement=name_for(asked, quote.ticket.agreement),
            )  # fmt: skip


def list_claimed(asked: Asked, agreement: Agreement) -> Iterator[Entry]:
    """Claims that nobody decided yet."""
    name = name_for(asked, agreement)
    for claim in list_claims(agreement):
        if claim.granted is not None:
            continue
        judged = judge_claim(claim, asked.as_of)
        refused = judged.checked.refused_for if judged else ()
        wrong = (
            f"the agreement refuses it for {join_words([code.replace('-', ' ') for code in refused])}"
            if refused
            else "we have not decided it yet"
        )
        url = asked.url_of("claim", claim.name)
        about = f", outage {claim.outage}" if claim.outage else ""
        yield Entry(words=f"Claim {claim.name}{about}: {wrong}", url=url, agreement=name)


def list_late(asked: Asked, agreement: Agreement) -> Iterator[Entry]:
    """Duties of the customer's own side that are due or late."""
    name = name_for(asked, agreement)
    for state in list_duties(agreement, asked.as_of):
        if state.duty.who.value != "provider" and state.state in LATE:
            yield Entry(
                words=state.duty.does, badge=LATE[state.state], url=asked.url_of("duties"), clauses=state.duty.clauses,
                agreement=name,
            )  # fmt: skip
