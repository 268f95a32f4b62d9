"""Numbers without gaps: each is taken in the transaction that uses it, from a row that one transaction holds at a time."""

from django.db import transaction

from upheld.apps.billing.models import Series
from upheld.core.timeline import Instant

INVOICES, CREDIT_NOTES = "INV", "CN"


def take_number(prefix: str, at: Instant) -> tuple[Series, int, str]:
    """
    The next number of a year's series, `INV-2026-0001`. The year is that of the day of issue in UTC.

    Called within the transaction that issues: whoever fails gives the number back by it, and a second one waits.
    """
    assert transaction.get_connection().in_atomic_block, "a number is taken together with what bears it"
    name = f"{prefix}-{at.utc().year}"
    Series.objects.get_or_create(name=name)
    series = Series.objects.select_for_update().get(name=name)
    series.last += 1
    series.save(update_fields=["last"])
    return series, series.last, f"{name}-{series.last:04d}"
