"""
A process that issues every draft that waits, one by one, until there is none: `python -m tests.anomalies.invoices_process`.

With `prepare` it first makes what is invoiced: a year of one server for two customers, and three granted credits of each.
"""

import sys

import django

django.setup()

from tests.apps.billed import ANNA, BEN, look_after, sign  # noqa: E402
from upheld.apps.billing.models import Credit  # noqa: E402
from upheld.apps.billing.queries import list_drafts  # noqa: E402
from upheld.apps.billing.services import CannotIssue, issue_draft  # noqa: E402
from upheld.core.timeline import DAY, Instant  # noqa: E402

SIGNED, AT = Instant.parse("2026-01-01T00:00Z"), Instant.parse("2027-01-05T09:00Z")


def prepare() -> None:
    for customer in ("harbour", "quay"):
        agreement = sign(f"{customer}-hosting", signed_at=SIGNED)
        look_after(agreement, 1, SIGNED)
        for number in range(3):
            start = SIGNED + DAY * 31 * number
            Credit.objects.create(
                number=Credit.objects.count() + 1, agreement=agreement, credit="prorated", kind="discretion",
                state="granted", amount="GBP 1.00", found="GBP 1.00", reason="As found.", paid="next invoice",
                decided_by=ANNA, confirmed_by=BEN, period_from_at=start.utc(), period_to_at=(start + DAY).utc(),
                proposed_at=start.utc(), decided_at=start.utc(), because="As found.",
            )  # fmt: skip


def issue_all() -> None:
    while drafts := list_drafts(AT):
        for draft in drafts:
            try:
                print(issue_draft(agreement=draft.agreement, period=draft.period, by=ANNA, at=AT).number, flush=True)
            except CannotIssue:
                continue  # the other process was faster


if __name__ == "__main__":
    if sys.argv[1:] == ["prepare"]:
        prepare()
    else:
        issue_all()
