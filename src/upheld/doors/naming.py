"""How pages name an agreement: the service, the customer, where its clauses are read, in which zone its days lie."""

import re
from typing import Any

from django.urls import reverse

from upheld.apps.agreements.queries import UnknownAgreement, document_of
from upheld.apps.findings.queries.standing import zone_of_days
from upheld.apps.parties.queries import person_called
from upheld.core.service_hours import Zone
from upheld.core.terms import Document
from upheld.core.timeline import Instant
from upheld.doors.asking import Asked
from upheld.pages.contexts.parts import AgreementName

Agreement = Any
"""A row of the agreements, as their queries give it: what is read of it are its names."""
PLAIN = re.compile(r"\s+(service level agreement|SLA|agreement|service levels)\s*$", re.IGNORECASE)


def name_agreement(agreement: Agreement, at: Instant, namespace: str = "") -> AgreementName:
    """
    Named by the version that binds at an instant. `namespace` begins the names of the addresses that are linked: those of
    the interface that shows them.
    """
    document = document_of(agreement, at)
    return AgreementName(
        key=agreement.key,
        service=short_title(document),
        customer=agreement.customer.name,
        url=reverse(f"{namespace}service", args=[document.id, agreement.customer.slug]),
        clauses_url=reverse(f"{namespace}agreement", args=[document.id, document.version]),
        version=document.version,
        zone=zone_of(agreement),
        prose=document.clauses,
    )


def name_for(asked: Asked, agreement: Agreement, at: Instant | None = None) -> AgreementName:
    """The same, linked within the interface that was asked; of the instant from which the page looks, or of another."""
    return name_agreement(agreement, at or asked.as_of, asked.frame.namespace)


def short_title(document: Document) -> str:
    """The title without the words that every agreement has."""
    return PLAIN.sub("", document.title) or document.title


def zone_of(agreement: Agreement) -> Zone:
    """The zone on whose dates the agreement's period lies."""
    return zone_of_days(agreement)


def find_agreement(asked: Asked, document: str, customer: str) -> Agreement:
    """The agreement of an address; raises UnknownAgreement also where whoever asks may not learn of it."""
    for agreement in asked.agreements():
        if agreement.version.document_id == document and agreement.customer.slug == customer:
            return agreement
    raise UnknownAgreement(f"{customer} is bound by no agreement called {document}")


def say_person(name: str) -> str:
    """Somebody who signs in by the name that people know; anybody else as the facts have it."""
    found = person_called(name)
    return found.name if found else name
