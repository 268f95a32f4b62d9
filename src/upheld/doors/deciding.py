"""Deciding credits and claims, for pages and programs alike: the decision and the mail about it, both or neither."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from upheld.apps.billing.queries.claims import judge_claim, tell_grounds
from upheld.apps.billing.services import decide_claim
from upheld.apps.billing.services.claims_appeals import appeal_claim, decide_appeal
from upheld.apps.billing.services.credits_decided import confirm_credit, decide_credit
from upheld.apps.oncall.services import write_message
from upheld.apps.parties.queries import addresses_of
from upheld.core.timeline import Instant
from upheld.doors.letters import write_letter
from upheld.pages.words import say_instant

Row = Any
"""A row of claims, credits or approvals, as their queries give it."""


def settle_claim(*, claim: Row, granted: bool, because: str, by: str, at: Instant, against: bool = False) -> Row:
    """Decide a claim and tell the customer; raises CannotDecide."""
    grounds = tell_grounds(judge_claim(claim, at)) if not granted else ()
    done = decide_claim(claim=claim, granted=granted, because=because, by=by, at=at, against_the_judge=against)
    told = {**describe_claim(done), "because": done.because, "grounds": "\n".join(f"- {ground}" for ground in grounds)}
    tell_customer(done.agreement, "claim_decided", f"{done.name}:decided", at, **told)
    return done


def file_appeal(*, claim: Row, because: str, by: str, who: str, at: Instant, marks: Sequence[str] = ()) -> Row:
    """
    Record a customer's appeal, and tell the provider; `who` is the person as the mail names them. `marks` name files that
    were handed over: they stand below the reason, and with it in the ledger, each by its digest. Raises CannotAppeal.
    """
    because = "\n".join([because, *marks]) if because else ""
    done = appeal_claim(claim=claim, because=because, by=by, at=at)
    subject, text = write_letter(
        "claim_appealed", customer=done.agreement.customer.name, claim=done.name, because=because,
        at=say_instant(at, full=True), by=who, url=f"{settings.UPHELD_URL}/claims/{done.name}",
    )  # fmt: skip
    write_message(kind="mail", to=settings.UPHELD_EMAIL_FROM, subject=subject, body=text, key=f"{done.name}:appealed", at=at)
    return done


def settle_appeal(*, claim: Row, granted: bool, because: str, by: str, at: Instant) -> Row:
    """Decide an appeal and tell the customer; raises CannotDecide."""
    done = decide_appeal(claim=claim, granted=granted, because=because, by=by, at=at)
    told = {**describe_claim(done), "because": done.appeal_answer}
    tell_customer(done.agreement, "claim_decided", f"{done.name}:appeal", at, **told)
    return done


def settle_credit(*, credit: Row, granted: bool, because: str, by: str, at: Instant) -> Row | None:
    """Decide a credit and tell the customer; what waits for a second person is returned, and nobody is told yet."""
    waiting = decide_credit(credit=credit, granted=granted, because=because, by=by, at=at)
    if waiting is None:
        tell_credit(credit, at)
    return waiting


def confirm(*, approval: Row, by: str, at: Instant) -> Row:
    """Confirm as the second person, and tell the customer."""
    credit = confirm_credit(approval=approval, by=by, at=at)
    tell_credit(credit, at)
    return credit


def tell_credit(credit: Row, at: Instant) -> None:
    tell_customer(
        credit.agreement, "credit_decided", f"{credit.name}:decided", at, credit=credit.name, what=credit.credit,
        subject=credit.subject, amount=credit.amount, granted="granted" if credit.is_given else "refused",
        because=credit.because, paid=credit.paid if credit.is_given else "", clauses=", ".join(credit.clauses),
        url=f"{settings.UPHELD_URL}/portal/claims",
    )  # fmt: skip


def describe_claim(claim: Row) -> dict[str, str]:
    return {
        "claim": claim.name, "credit": claim.credit, "granted": "granted" if claim.is_granted else "refused",
        "appeal": "yes" if claim.appeal_granted is not None else "",
        "may_appeal": "yes" if claim.granted is False and claim.appealed_at is None else "",
        "url": f"{settings.UPHELD_URL}/portal/claims/{claim.name}",
    }  # fmt: skip


def tell_customer(agreement: Row, template: str, key: str, at: Instant, **words: str) -> None:
    """One mail to each address of the customer, in the caller's transaction; once for each key."""
    subject, text = write_letter(template, customer=agreement.customer.name, at=say_instant(at, full=True), **words)
    for address in addresses_of(agreement.customer):
        write_message(kind="mail", to=address, subject=subject, body=text, key=f"{key}:{address}", at=at)
