"""Rows of agreements and their facts."""

from dataclasses import replace
from typing import TypeVar

from upheld.apps.agreements.models import Agreement, Amendment, Parameter, Version
from upheld.core.facts import AgreementSigned, ParameterSet
from upheld.core.timeline import Instant

Agreed = TypeVar("Agreed", AgreementSigned, ParameterSet)
APPROVED = "-approved"
"""How the second person's fact ends, behind the name of the first one's."""


def signed_fact(agreement: Agreement, *, by: str, at: Instant, verifier_key: str) -> AgreementSigned:
    """That a customer is bound by a version, with the digests of what was signed."""
    fact_id = f"signed-{agreement.version.document_id}-{agreement.version.version}"
    bound = agreement, agreement.version, Instant.of(agreement.signed_at)
    return bound_fact(fact_id, *bound, by=by, at=at, verifier_key=verifier_key)


def amended_fact(row: Amendment, *, verifier_key: str) -> AgreementSigned:
    """That the customer is bound by another version from then on: of a period, the latest of its beginning holds."""
    bound = row.agreement, row.version, Instant.of(row.from_at)
    return bound_fact(row.fact_id, *bound, by=row.source, at=Instant.of(row.recorded_at), verifier_key=verifier_key)


def bound_fact(
    fact_id: str, agreement: Agreement, version: Version, from_at: Instant, *, by: str, at: Instant, verifier_key: str
) -> AgreementSigned:
    return AgreementSigned(
        id=fact_id,
        agreement=agreement.key,
        occurred_at=from_at,
        recorded_at=at,
        source=by,
        document=version.document_id,
        version=version.version,
        customer=agreement.customer.slug,
        source_digest=version.source_digest,
        terms_digest=version.terms_digest,
        calendars_digest=version.calendars_digest,
        verifier_key=verifier_key,
    )


def approved_fact(fact: Agreed, approved_by: str) -> Agreed:
    """The same once more in the name of the second person: each of the two put their name under it."""
    return replace(fact, id=f"{fact.id}{APPROVED}", source=approved_by)


def parameter_fact(row: Parameter) -> ParameterSet:
    """That a value holds from an instant on."""
    set_at = Instant.of(row.set_at)
    return ParameterSet(
        id=row.fact_id,
        agreement=row.agreement.key,
        occurred_at=set_at,
        recorded_at=set_at,
        source=row.source,
        name=row.name,
        value=row.value,
        from_at=Instant.of(row.from_at),
        zone=tuple(row.zone or ()),
    )
