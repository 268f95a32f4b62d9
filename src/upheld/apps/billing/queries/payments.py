"""Payments as they are on record, and the invoices that a reference names."""

import re

from django.db.models import Q

from upheld.apps.agreements.models import Agreement
from upheld.apps.billing.models import Invoice, Payment

LONGEST_REFERENCE = 1000
OURS = re.compile(r"INV[^0-9A-Z]*([0-9]{4})[^0-9A-Z]*([0-9]{4,})(?![0-9])")
SHORTEST = 4
"""Letters and digits of a number that is looked for within other words."""


class UnknownPayment(LookupError):
    """A payment that is not on record."""


def payment(name: str) -> Payment:
    """The payment `P-7`; raises UnknownPayment."""
    number = name.removeprefix("P-")
    known = name.startswith("P-") and number.isascii() and number.isdigit() and len(number) < 10
    rows = Payment.objects.select_related("invoice__agreement", "reversal")
    found = rows.filter(number=int(number)).first() if known else None
    if found is None:
        raise UnknownPayment(f"no payment is called {name!r}; they are called P-1, P-2 and so on")
    return found


def payments_of(invoice: Invoice) -> list[Payment]:
    """What was paid towards an invoice, the first first."""
    return list(invoice.payments.select_related("reversal").order_by("paid_at", "number"))


def list_payments(agreement: Agreement | None = None) -> list[Payment]:
    """Every payment towards an invoice, the reversed ones too, the latest first."""
    rows = Payment.objects.filter(invoice__isnull=False).select_related("invoice__agreement__customer", "reversal")
    if agreement is not None:
        rows = rows.filter(invoice__agreement=agreement)
    return list(rows.order_by("-paid_at", "-number"))


def list_waiting_payments() -> list[Payment]:
    """Money that came and counts towards nothing yet, and lines that could not be read; the oldest first."""
    return list(Payment.objects.filter(invoice__isnull=True, aside_at__isnull=True).order_by("number"))


def list_aside_payments() -> list[Payment]:
    """What a person put aside, as for no invoice; what was put aside last first."""
    return list(Payment.objects.filter(aside_at__isnull=False).order_by("-aside_at", "-number"))


def find_named(reference: str) -> list[Invoice]:
    """
    The invoices whose numbers stand in a reference, however it is written: `inv 2026/0001` names `INV-2026-0001`.

    A number is not found within a longer one: `INV-2026-00011` names another invoice. Short numbers of invoices that were
    written elsewhere have to be the whole reference.
    """
    written = reference[:LONGEST_REFERENCE].upper()
    ours = [f"INV-{year}-{place}" for year, place in OURS.findall(written)]
    rows = Invoice.objects.filter(kind=Invoice.Kind.INVOICE).select_related("agreement__customer", "agreement__version")
    known = rows.filter(series__isnull=True).values_list("pk", "number")
    others = [pk for pk, number in known.iterator() if is_named(number, written)]
    return list(rows.filter(Q(number__in=ours, series__isnull=False) | Q(pk__in=others)).order_by("issued_at", "pk")[:10])


def is_named(number: str, written: str) -> bool:
    parts = re.findall(r"[0-9A-Z]+", number.upper())
    if sum(map(len, parts)) < SHORTEST:
        return number.strip().upper() == written.strip()
    pattern = r"[^0-9A-Z]*".join(map(re.escape, parts))
    return re.search(rf"(?<![0-9A-Z]){pattern}(?![0-9A-Z])", written) is not None
