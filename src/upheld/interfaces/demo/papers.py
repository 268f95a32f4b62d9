"""What the demo plans, bills and is asked back: work ahead, an invoice, and a claim for an outage that really was."""

import time
import urllib.request
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db import transaction

from upheld.apps.agreements.queries import terms_of
from upheld.apps.billing import services as billing
from upheld.apps.billing.queries import invoices_of, list_claims, list_kinds, list_resources
from upheld.apps.desk.services import Report
from upheld.apps.findings.queries import periods_between
from upheld.apps.maintenance import services as maintenance
from upheld.apps.maintenance.queries import windows_of
from upheld.apps.parties.queries import pseudonym_of
from upheld.apps.probes.queries import list_outages
from upheld.core.money import Money
from upheld.core.timeline import DAY, HOUR, SECOND, ZERO, Instant, Span
from upheld.gateways.clock import now_us
from upheld.interfaces.demo.stories import Cast, report

INVOICE = "2026-118"
CLAIMED = "Our server did not answer"
PATIENCE = SECOND * 90
LOOK_SECONDS = 0.5


class NotSeen(RuntimeError):
    """The prober saw nothing in time; the next start tries again."""


def plan_work(cast: Cast) -> None:
    """A window in three days, with notice to the customer; nothing where work is planned already."""
    agreement, by = cast.agreements["cedar-clinics"], pseudonym_of(cast.staff[1])
    start = (cast.at + DAY * 3).floored(DAY) + HOUR * 20
    with transaction.atomic():
        if not windows_of(agreement.key):
            window = maintenance.plan(
                agreement=agreement, kind="planned", span=Span(start, start + HOUR * 2),
                reason="The archive moves to larger disks", by=by, at=cast.at,
            )  # fmt: skip
            maintenance.give_notice(window=window, by=by, at=cast.at)


def bill(cast: Cast) -> None:
    """
    An invoice of four days ago that was written elsewhere; then one for each month that is over, for a server that is
    looked after: the first is paid, of the second a part. Nothing where one was issued.
    """
    agreement = cast.agreements["bramble-press"]
    if not any(one.is_drawn_up for one in invoices_of(agreement)):
        draw_up(cast, agreement)
    if not any(one.number == INVOICE for one in invoices_of(agreement)):
        issued = cast.ago(DAY * 4).floored(HOUR)
        billing.issue_invoice(
            agreement=agreement, number=INVOICE, amount=Money.parse("GBP 300.00"), issued_at=issued,
            due_at=issued + DAY * 30, by=pseudonym_of(cast.staff[1]), at=cast.at,
        )  # fmt: skip


def draw_up(cast: Cast, agreement: Any) -> None:
    """Months after the signature that are over; none on a first start soon after it."""
    by, signed_at = pseudonym_of(cast.staff[1]), Instant.of(agreement.signed_at)
    with transaction.atomic():
        if not list_resources(agreement, cast.at):
            billing.start_resource(
                agreement=agreement, resource="web-1", kind=list_kinds(agreement, cast.at)[0], from_at=signed_at, by=by,
                at=cast.at,
            )  # fmt: skip
        over = [period for period in periods_between(agreement, signed_at, cast.at) if period.end <= cast.at]
        issued = [billing.issue_draft(agreement=agreement, period=one, by=by, at=cast.at) for one in over]
        for invoice, amount in zip(issued, (None, Money.parse("GBP 100.00")), strict=False):
            billing.record_payment(
                invoice=invoice, paid_at=cast.at, by=by, at=cast.at, amount=amount, reference=f"Bramble, {invoice.number}"
            )


def claim_back(cast: Cast, switch: str) -> None:
    """
    The managed server is broken by its switch until the prober saw it, and the customer files a claim for that outage.

    Nothing where a claim is filed already. Raises NotSeen.
    """
    agreement = cast.agreements["bramble-press"]
    if list_claims(agreement):
        return
    ended = find_ended(agreement.key)
    if ended is None:
        turn(f"{switch}server/break")
        try:
            wait_for(lambda: bool(list_outages(agreement=agreement.key)), "the server's outage was not seen")
        finally:
            turn(f"{switch}server/mend")
        wait_for(lambda: find_ended(agreement.key) is not None, "the server's outage was not seen to end")
        ended = find_ended(agreement.key)
    assert ended is not None
    at = Instant(now_us())
    with transaction.atomic():
        told = Report(
            CLAIMED, f"It did not answer during {ended.name}. We ask for the credit for the time lost.", kind="complaint",
            topic="software-failure", wish="normal", outage=ended.name, told=("no unsupported part is at fault: yes",),
        )  # fmt: skip
        ticket = report(replace(cast, at=at), "bramble-press", told, ZERO)
        promised = terms_of(agreement, at).claims["prorated-claim"]
        billing.file_claim(
            agreement=agreement, credit=promised.credits[0], outage_name=ended.name, channel=promised.channels.value[0],
            details=promised.details, filed_at=at, by=pseudonym_of(cast.people["bramble-press"][0]), at=at,
            ticket=ticket.name,
        )  # fmt: skip


def find_ended(agreement: str) -> Any:
    """An outage that is over, None where there is none."""
    return next((one for one in list_outages(agreement=agreement) if one.first_good_at is not None), None)


def turn(address: str) -> None:
    # A proxy of the environment has no business on the way to this machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    opener.open(address, data=b"", timeout=10).close()


def wait_for(holds: Callable[[], bool], otherwise: str) -> None:
    give_up_at = now_us() + PATIENCE.micros
    while not holds():
        if now_us() > give_up_at:
            raise NotSeen(f"{otherwise} within {PATIENCE.micros // SECOND.micros} s")
        time.sleep(LOOK_SECONDS)
