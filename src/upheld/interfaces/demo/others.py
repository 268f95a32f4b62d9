"""The demo's other customers: each bound by an agreement of its own, one of them with a server that is watched too."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db import transaction

from upheld.apps.agreements import services as binding
from upheld.apps.agreements.queries import list_agreements
from upheld.apps.fleet import services as fleet
from upheld.apps.parties import services as parties
from upheld.core.timeline import DAY, Instant
from upheld.interfaces.demo.cast import BY, HOST, LOOPBACK, read_agreement_file

Agreement = Any
"""A row of the agreements, as their queries give it."""
SIGNED_DAYS = 9
"""So long ago they signed, where the cast says no other: what came to the desk since then stands under their agreements."""


def bind_others(
    cast: dict[str, Any], agreements: Path, *, port: int, controls: Sequence[str], at: Instant
) -> dict[str, Agreement]:
    """
    Sign the other agreements, and watch the server at `port`; each agreement by the slug of its customer.

    What is signed is left alone, and its text is not read again. Raises NoDemo.
    """
    for one in cast["others"]:
        known = find_agreement(one["customer"]["slug"])
        agreement = known or sign(one, agreements, at)
        if service := one.get("service"):
            terms_service, component = service["part"]
            fleet.watch_service(
                slug=service["slug"], name=service["name"], customer=agreement.customer, agreement=agreement.key,
                terms_service=terms_service, component=component, url=f"http://{HOST}:{port}/",
                interval_seconds=service["interval_seconds"], deadline_seconds=service["deadline_seconds"],
                allow=[LOOPBACK], controls=list(controls),
            )  # fmt: skip
    return {agreement.customer.slug: agreement for agreement in list_agreements()}


def find_agreement(customer: str) -> Agreement | None:
    return next((one for one in list_agreements() if one.customer.slug == customer), None)


def sign(one: dict[str, Any], agreements: Path, at: Instant) -> Agreement:
    """One customer with its contact and its agreement, wholly or not at all."""
    source, document, calendars = read_agreement_file(agreements / one["agreement_file"], at)
    with transaction.atomic():
        customer = parties.add_customer(slug=one["customer"]["slug"], name=one["customer"]["name"])
        parties.add_contact(customer=customer, name=one["contact"]["name"], email=one["contact"]["email"])
        version = binding.add_version(source=source, document=document, calendars=calendars, at=at)
        return binding.sign_agreement(
            key=f"{customer.slug}-{document.id}", customer=customer, version=version, parameters=one["parameters"],
            signed_at=at.before(DAY * one.get("signed_days_ago", SIGNED_DAYS)), by=BY, at=at,
        )  # fmt: skip
