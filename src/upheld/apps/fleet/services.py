"""Writing about the fleet: what comes under watch, how it is probed, and when that ends."""

import logging
from collections.abc import Sequence

from django.db import transaction

from upheld.apps.fleet.models import Kind, Service
from upheld.apps.parties.models import Customer
from upheld.gateways.probe import prepare_order, read_target

log = logging.getLogger("upheld.fleet")


class UnfitCheck(ValueError):
    """A check that no prober could carry out; the message says which part, what was expected and what came."""


class ServiceDiffers(ValueError):
    """The name, or the component of the agreement, belongs to another service that is watched."""


def watch_service(
    *,
    slug: str,
    name: str,
    customer: Customer,
    agreement: str,
    terms_service: str,
    component: str,
    url: str,
    interval_seconds: int,
    deadline_seconds: int,
    status: str = "200-299",
    body: str | None = None,
    redirects: int = 0,
    allow: Sequence[str] = (),
    controls: Sequence[str] = (),
) -> Service:
    """
    Put a service under watch for an agreement, or change how the one that is called `slug` is watched.

    What it is for (agreement, service of the terms, component) does not change: facts stand under it. Raises UnfitCheck
    and ServiceDiffers.
    """
    kind = read_kind(url)
    try:
        prepare_order(
            url, deadline_seconds=deadline_seconds, status=status, body=body, allowed=tuple(allow), redirects=redirects
        )
        for control in controls:
            read_target(control)
    except ValueError as wrong:
        raise UnfitCheck(f"{slug}: {wrong}") from None
    if interval_seconds < deadline_seconds:
        raise UnfitCheck(
            f"{slug}: expected a deadline within the interval of {interval_seconds} s, came {deadline_seconds} s; "
            "a probe ends before the next begins"
        )
    purpose = {"agreement": agreement, "terms_service": terms_service, "component": component}
    way = {
        "name": name,
        "kind": kind,
        "url": url,
        "interval_seconds": interval_seconds,
        "deadline_seconds": deadline_seconds,
        "status": status,
        "body": body,
        "redirects": redirects,
        "allow": list(allow),
        "controls": list(controls),
        "is_watched": True,
    }
    with transaction.atomic():
        refuse_double(slug, customer, purpose)
        service, is_new = Service.objects.update_or_create(
            slug=slug, defaults=way, create_defaults={**purpose, **way, "customer": customer}
        )
    log.info("service watched" if is_new else "check changed", extra={"service": slug, "agreement": agreement, "url": url})
    return service


def refuse_double(slug: str, customer: Customer, purpose: dict[str, str]) -> None:
    known = Service.objects.select_for_update().filter(slug=slug).first()
    if known and (known.customer_id != customer.pk or any(getattr(known, part) != said for part, said in purpose.items())):
        raise ServiceDiffers(
            f"{slug} watches {known.terms_service}/{known.component} for {known.agreement}; facts are recorded under that, "
            "so give the other service a name of its own"
        )
    other = Service.objects.filter(**purpose).exclude(slug=slug).first()
    if other:
        raise ServiceDiffers(
            f"{purpose['terms_service']}/{purpose['component']} of {purpose['agreement']} is watched as {other.slug} already"
        )


def read_kind(url: str) -> Kind:
    return Kind.TCP if url.startswith("tcp://") else Kind.HTTP


def stop_watching(*, service: Service) -> None:
    """No more probes from now on; what was seen stays. Time without them is not measured, and shown so."""
    service.is_watched = False
    service.save(update_fields=["is_watched"])
    log.info("service no longer watched", extra={"service": service.slug, "agreement": service.agreement})
