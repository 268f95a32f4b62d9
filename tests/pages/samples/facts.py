"""The ledger and one of its facts."""

from dataclasses import replace

from tests.pages.samples.ground import (
    AGREEMENT_KEY,
    BLIND,
    CAUSE,
    CLOSED,
    NOTICE,
    NOW,
    OPENED,
    RUNNING,
    SEALED,
    TEAMPLIFY,
    WINDOW,
)
from upheld.pages import contexts as c

FACTS = c.FactsPage(
    as_of=NOW,
    url="/facts",
    rows=(
        RUNNING,
        replace(CAUSE, corrected_by=c.Link("#61,341", "/facts/61341")),
        CLOSED,
        OPENED,
        SEALED,
        BLIND,
        NOTICE,
        WINDOW,
    ),
    agreement=AGREEMENT_KEY,
    agreements=(c.Choice(AGREEMENT_KEY, "Teamplify · Acorn Legal"),),
    kinds=(c.Choice("outage-opened/1", "outage opened"),),
    size=62_872,
    older=c.Link("Older facts", "#older"),
    checkpoint="Checkpoint of 62,872 facts, signed Fri 28 Aug 14:45 UTC",
)
FACT = c.FactPage(
    as_of=NOW,
    list_url="facts-data.html",
    line=OPENED,
    agreement=TEAMPLIFY,
    leaf="ab12" * 16,
    proof=("cd34" * 16, "ef56" * 16),
    canonical='{"agreement":"acorn-legal-teamplify","component":"application","first_bad_at":"2026-08-04T09:12:00.000000Z"}',
    head="0f0f" * 16,
    head_size=62_872,
    changed=(c.Link("August 2026, Teamplify", "service-data.html"),),
)
