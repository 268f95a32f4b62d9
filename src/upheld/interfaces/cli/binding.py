"""A customer bound to the text of an agreement: version, customer, contact, signature, values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from upheld.core.terms.document import Document
from upheld.core.timeline import Instant
from upheld.interfaces.cli.parameters import NOBODY, fill_parameters
from upheld.interfaces.cli.slugs import make_slug

BY = "operator, upheld watch"


class CannotBind(ValueError):
    """Why nobody is bound; every reason at once."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = tuple(reasons)


@dataclass(frozen=True, slots=True)
class Bound:
    """Who is bound by what: the slug of the customer, the key of the agreement, and what was done for it, in sentences."""

    customer: str
    agreement: str
    deeds: tuple[str, ...]


def bind_customer(
    document: Document,
    calendars: Mapping[str, Any],
    text: str,
    *,
    customer: str,
    given: Mapping[str, str],
    price: str | None,
    contact: str | None,
    every_seconds: int,
    at: Instant,
) -> Bound:
    """
    Bind a customer to a text from `at` on, in one transaction; what is there already stays as it is.

    Raises CannotBind, or the ValueError of the app that refuses.
    """
    from django.db import transaction

    from upheld.apps.agreements import services as agreements
    from upheld.apps.agreements.queries import UnknownAgreement, list_agreements, version
    from upheld.apps.parties import services as parties

    filled = fill_parameters(document, given, price=price, contact=contact, every_seconds=every_seconds)
    if filled.missing:
        raise CannotBind([f"{document.title} asks for values that only you know:", *filled.missing])
    slug = make_slug(customer)
    key = f"{slug}-{document.id}"
    deeds: list[str] = []
    with transaction.atomic():
        name_provider(str(document.blocks["agreement"].get("provider", "")), deeds)
        party = parties.add_customer(slug=slug, name=customer)
        if contact is not None and contact != NOBODY:
            parties.add_contact(customer=party, name=customer, email=contact)
        try:
            # The calendars are frozen for the years around the day of reading; those of the first reading stay.
            edition = version(document.id, document.version)
            if edition.source_digest != sha256(text.encode()).hexdigest():
                edition = agreements.add_version(source=text, document=document, calendars=calendars, at=at)
        except UnknownAgreement:
            edition = agreements.add_version(source=text, document=document, calendars=calendars, at=at)
            deeds.append(f"kept {document.title}, version {document.version}")
        was_bound = any(one.key == key for one in list_agreements())
        try:
            agreements.sign_agreement(
                key=key, customer=party, version=edition, parameters=filled.values, signed_at=at, by=BY, at=at
            )
        except agreements.ParametersDoNotFit as problem:
            raise CannotBind([f"the values do not fit {document.title}:", *problem.reasons]) from None
    if was_bound:
        deeds.append(f"{customer} is bound by {key} already; its values stay as they are")
    else:
        said = ", ".join(f"{name} {value}" for name, value in sorted(filled.values.items()))
        deeds += [f"{customer} is bound by {key} from {at} on: {said}", *filled.remarks]
    return Bound(slug, key, tuple(deeds))


def name_provider(name: str, deeds: list[str]) -> None:
    """Give the installation the provider of its first agreement, where it has none."""
    from upheld.apps.parties.queries import UnknownParty, provider_name
    from upheld.apps.parties.services import name_provider as give_name

    try:
        provider_name()
    except UnknownParty:
        if not name:
            raise CannotBind(["the agreement names no provider, and the installation has none yet"]) from None
        give_name(name=name)
        deeds.append(f"the provider is {name}")
