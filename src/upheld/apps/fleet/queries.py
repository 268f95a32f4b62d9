"""What is watched, for whom, and what a prober is asked to do."""

from upheld.apps.fleet.models import Service
from upheld.gateways.samples import Assignment


class UnknownService(LookupError):
    """A service that is not on record."""


def service(slug: str) -> Service:
    """One service; raises UnknownService."""
    found = Service.objects.select_related("customer").filter(slug=slug).first()
    if found is None:
        raise UnknownService(f"no service is called {slug!r}")
    return found


def list_services() -> list[Service]:
    return list(Service.objects.select_related("customer").order_by("name", "slug"))


def services_of(agreement: str) -> list[Service]:
    """What is watched for an agreement, also what is not watched any more."""
    return list(Service.objects.select_related("customer").filter(agreement=agreement).order_by("name", "slug"))


def list_assignments() -> list[Assignment]:
    """What the probers are to watch now; an assignment's id is the slug of its service."""
    return [assignment_of(row) for row in Service.objects.filter(is_watched=True).order_by("slug")]


def assignment_of(row: Service) -> Assignment:
    return Assignment(
        id=row.slug,
        kind=row.kind,
        url=row.url,
        interval_seconds=row.interval_seconds,
        deadline_seconds=row.deadline_seconds,
        status=row.status,
        body=row.body,
        redirects=row.redirects,
        allow=tuple(row.allow),
        controls=tuple(row.controls),
    )
