"""A customer under the agreement with fees, with servers that are looked after, for tests of invoices."""

from functools import cache
from pathlib import Path
from typing import Any

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.services import add_version, sign_agreement
from upheld.apps.billing import queries, services
from upheld.apps.billing.models import Invoice
from upheld.apps.billing.queries import Draft
from upheld.apps.parties.services import add_customer, name_provider
from upheld.core.terms import Document
from upheld.core.timeline import Instant, Span
from upheld.gateways.signing import FakeSigner
from upheld.language import check, stand_in_parameters

AGREEMENTS = Path(__file__).parents[2] / "agreements"
FROZEN_AT = Instant.parse("2025-01-01T00:00Z")
SIGNED = Instant.parse("2026-01-01T00:00Z")
MARCH = Span(Instant.parse("2026-03-01T00:00Z"), Instant.parse("2026-03-31T23:00Z"))
"""Of London, where the clocks change on the 29th."""
APRIL = Span(MARCH.end, Instant.parse("2026-04-30T23:00Z"))
AFTER = Instant.parse("2026-04-02T09:00Z")
ANNA, BEN = "person-1", "person-2"


@cache
def read_agreement(name: str) -> tuple[str, Document, Any]:
    source = (AGREEMENTS / f"{name}.md").read_text(encoding="utf-8")
    checked = check(source, as_of=FROZEN_AT)
    assert checked.document is not None, "\n".join(map(str, checked.problems))
    return source, checked.document, checked.calendars


def sign(
    key: str = "harbour-hosting", name: str = "code-enigma", signed_at: Instant = SIGNED, customer: str = "", **values: str
) -> Agreement:
    """Harbour, or another customer, is bound by a shipped agreement, at 20 % of tax where it asks for a rate."""
    source, document, calendars = read_agreement(name)
    wanted = {"vat": "20 %", **{name.replace("_", "-"): value for name, value in values.items()}}
    known = {name: value for name, value in wanted.items() if name in document.blocks.get("parameters", {})}
    slug = customer or key.partition("-")[0]
    if not customer:
        name_provider(name="Provider")
    return sign_agreement(
        key=key,
        customer=add_customer(slug=slug, name=slug.replace("-", " ").title()),
        version=add_version(source=source, document=document, calendars=calendars, at=FROZEN_AT),
        parameters=stand_in_parameters(document, known),
        signed_at=signed_at,
        by=ANNA,
        at=signed_at,
        signer=FakeSigner(),
    )


def look_after(agreement: Agreement, servers: int, from_at: Instant = SIGNED) -> None:
    """So many managed servers since an instant."""
    for number in range(servers):
        services.start_resource(
            agreement=agreement, resource=f"server-{number}", kind="managed server", from_at=from_at, by=ANNA, at=from_at
        )


def draft(agreement: Agreement, period: Span, at: Instant) -> Draft:
    """The draft of a period, which there is."""
    found = queries.draft_of(agreement, period, at)
    assert found is not None, "the agreement charges nothing"
    return found


JULY = Span(Instant.parse("2026-06-30T23:00Z"), Instant.parse("2026-07-31T23:00Z"))


def invoice_july(customer: str) -> Invoice:
    """A customer of others is bound since July, for one server: GBP 540 for July, set-up and tax included."""
    agreement = sign(f"{customer}-hosting", customer=customer, signed_at=JULY.start)
    look_after(agreement, 1, JULY.start)
    return services.issue_draft(agreement=agreement, period=JULY, by=ANNA, at=Instant.parse("2026-08-03T09:00Z"))
