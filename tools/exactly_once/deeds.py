"""The deeds that every client repeats over the same things; that somebody else was faster is an answer, not an error."""

from collections.abc import Callable

from tools.exactly_once.ground import AT, FEBRUARY, KEY

DONE, BEFORE, WAITED = "done", "done before", "waited in vain"
Deed = Callable[[str, str], str]


def list_deeds() -> dict[str, Deed]:
    """Each deed by its name; it is given the outage that it is about, and who does it."""
    return {"propose": propose, "grant": grant, "invoice": invoice, "notice": notice}


def propose(subject: str, by: str) -> str:
    """The worker's look at the month: all its credits at once."""
    from upheld.apps.agreements.queries import agreement
    from upheld.apps.billing.services.credits import propose_credits
    from upheld.apps.findings.queries import period_at
    from upheld.core.timeline import Instant

    bound = agreement(KEY)
    period = period_at(bound, Instant.parse(FEBRUARY))
    return DONE if propose_credits(agreement=bound, period=period, at=Instant.parse(AT)) else BEFORE


def find_credit(subject: str):  # type: ignore[no-untyped-def]
    from upheld.apps.billing.models import Credit

    return Credit.objects.select_related("agreement", "claim").filter(subject=subject).first()


def grant(subject: str, by: str) -> str:
    """Grant the credit of an outage."""
    from upheld.apps.billing.services.credits_decided import CannotDecideCredit
    from upheld.core.timeline import Instant
    from upheld.doors.deciding import settle_credit

    credit = find_credit(subject)
    if credit is None:
        return BEFORE
    from django.db import transaction

    try:
        with transaction.atomic():
            settle_credit(credit=credit, granted=True, because="as found", by=by, at=Instant.parse(AT))
    except CannotDecideCredit:
        return BEFORE
    return DONE


def invoice(subject: str, by: str) -> str:
    """Issue the invoice of an outage and take its credit off, both or neither."""
    from django.db import transaction

    from upheld.apps.agreements.queries import agreement
    from upheld.apps.billing.services import issue_invoice
    from upheld.apps.billing.services.credits_applying import AlreadyApplied, apply_credit
    from upheld.core.money import Money
    from upheld.core.timeline import DAY, Instant

    credit, at = find_credit(subject), Instant.parse(AT)
    if credit is None:
        return BEFORE
    is_first = credit.state == "granted"
    try:
        with transaction.atomic():
            issued = issue_invoice(
                agreement=agreement(KEY), number=f"for-{subject}", amount=Money.parse("EUR 719.99"), issued_at=at,
                due_at=at + DAY * 14, by="worker", at=at,
            )  # fmt: skip
            apply_credit(credit=credit, invoice=issued, by="worker", at=at)
    except AlreadyApplied:
        return BEFORE
    return DONE if is_first else BEFORE


def notice(subject: str, by: str) -> str:
    """Tell the customer of an outage."""
    from upheld.apps.oncall.services import write_message
    from upheld.core.timeline import Instant

    write_message(
        kind="mail", to="ops@acorn.example", subject=f"About {subject}", body="It is on record.", key=f"notice-{subject}",
        at=Instant.parse(AT),
    )  # fmt: skip
    return DONE
