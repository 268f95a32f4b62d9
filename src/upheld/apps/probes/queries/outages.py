"""Outages as they are on record."""

from upheld.apps.fleet.models import Service
from upheld.apps.probes.models import Outage


class UnknownOutage(LookupError):
    """An outage that is not on record."""


def outage(name: str) -> Outage:
    """The outage `O-7`; raises UnknownOutage."""
    number = name.removeprefix("O-")
    found = (
        Outage.objects.select_related("service__customer").filter(number=int(number)).first()
        if name.startswith("O-") and number.isascii() and number.isdigit() and len(number) < 10
        else None
    )
    if found is None:
        raise UnknownOutage(f"no outage is called {name!r}; they are called O-1, O-2 and so on")
    return found


def list_outages(*, agreement: str | None = None, limit: int = 100, before: int | None = None) -> list[Outage]:
    """Outages, the running ones first, then the latest; `before` is the number where the page above this one ended."""
    rows = Outage.objects.select_related("service__customer")
    if agreement is not None:
        rows = rows.filter(service__agreement=agreement)
    if before is not None:
        rows = rows.filter(number__lt=before)
    latest = list(rows.order_by("-number")[:limit])
    return sorted(latest, key=lambda row: (row.first_good_at is not None, -row.number))


def running_outage(service: Service) -> Outage | None:
    return Outage.objects.select_related("service__customer").filter(service=service, first_good_at__isnull=True).first()


def count_running() -> int:
    """How many outages run now."""
    return Outage.objects.filter(first_good_at__isnull=True, is_void=False).count()
