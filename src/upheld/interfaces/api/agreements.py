"""Agreements: who is bound by which version, from when, with which values."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel

from upheld.apps.agreements.queries import list_agreements, parameters_of, source_of, version_at
from upheld.apps.fleet.queries import services_of
from upheld.apps.ledger.queries import head_of
from upheld.interfaces.api.entering import find_agreement, now, sees
from upheld.interfaces.api.fields import InstantTold, tell_instant

router = Router(tags=["agreements"])


class VersionTold(BaseModel):
    """An edition of a text. The digests (SHA-256, hexadecimal) are those that the fact `agreement-signed/1` holds."""

    document: str
    version: str
    title: str
    source_digest: str
    terms_digest: str
    calendars_digest: str


class AgreementTold(BaseModel):
    """A customer is bound by a version of a text, from `signed_at` on."""

    key: str
    customer: str
    customer_name: str
    signed_at: InstantTold
    version: VersionTold


class ParameterTold(BaseModel):
    """A value that holds for this customer from an instant on."""

    name: str
    value: str
    from_at: InstantTold
    set_at: InstantTold
    fact: str


class AgreementWhole(AgreementTold):
    """The same with every value that was ever set, what is watched for it, and how many facts its ledger holds."""

    parameters: list[ParameterTold]
    services: list[str]
    facts: int


@router.get("/agreements", response=list[AgreementTold], summary="List agreements")
def list_all(request: HttpRequest) -> list[AgreementTold]:
    """Every agreement that you may see: the provider's people all, a customer's people their own."""
    return [tell_agreement(row) for row in list_agreements() if sees(request, row.customer)]


@router.get("/agreements/{key}", response=AgreementWhole, summary="One agreement")
def show(request: HttpRequest, key: str) -> AgreementWhole:
    """An agreement with its version and its dated parameters."""
    row = find_agreement(request, key)
    head = head_of(row.key)
    return AgreementWhole(
        **tell_agreement(row).model_dump(),
        parameters=[tell_parameter(each) for each in parameters_of(row)],
        services=[service.slug for service in services_of(row.key)],
        facts=head.size if head else 0,
    )


@router.get("/agreements/{key}/text", response=str, summary="The text of an agreement")
def show_text(request: HttpRequest, key: str) -> HttpResponse:
    """The literate text that was signed, byte for byte: its SHA-256 is `source_digest`."""
    row = find_agreement(request, key)
    return HttpResponse(source_of(version_at(row, now())).encode(), content_type="text/markdown; charset=utf-8")


def tell_agreement(row: Any) -> AgreementTold:
    version = version_at(row, now())
    return AgreementTold(
        key=row.key,
        customer=row.customer.slug,
        customer_name=row.customer.name,
        signed_at=tell_instant(row.signed_at) or "",
        version=VersionTold(
            document=version.document_id,
            version=version.version,
            title=version.title,
            source_digest=version.source_digest,
            terms_digest=version.terms_digest,
            calendars_digest=version.calendars_digest,
        ),
    )


def tell_parameter(row: Any) -> ParameterTold:
    return ParameterTold(
        name=row.name,
        value=row.value,
        from_at=tell_instant(row.from_at) or "",
        set_at=tell_instant(row.set_at) or "",
        fact=row.fact_id,
    )
