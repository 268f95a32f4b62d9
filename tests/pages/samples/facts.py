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
    at,
)
from upheld.pages import contexts as c
from upheld.pages.contexts.lists import WitnessesPage

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
    witnesses=c.Link("Who keeps the heads outside", "witnesses-data.html"),
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
WITNESSES = WitnessesPage(
    as_of=NOW, answer="1 witness is behind", way=(c.Link("Facts", "facts-data.html"), c.Link("Witnesses")),
    lede="Whoever holds an older head can prove that nothing under it was changed since.",
    sections=(
        c.Section(anchor="head", heading="The head over all ledgers", entries=(
            c.Entry(words="1,204 heads of ledgers", says=("Signed Fri 28 Aug 14:49 UTC.",), links=(c.Link("Shown", "#h"),)),
        )),
        c.Section(anchor="witnesses", heading="Witnesses", says="Ask the customer whether it still runs.", entries=(
            c.Entry(words="acorn.example", badge=c.Badge("Behind", "degraded", "degraded"),
                    says=("Named 1 Mar for acorn-legal-teamplify.", "It has countersigned nothing yet.")),
        )),
        c.Section(anchor="stamps", heading="Stamps of an authority", empty="No authority is named."),
        c.Section(anchor="mailings", heading="What was mailed", entries=(
            c.Entry(words="2 mails", at=at("08-28T00:05"), says=("The head over 1,198.",)),
        )),
    ),
)  # fmt: skip
