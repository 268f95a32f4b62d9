"""An edition as it should be, and one with problems."""

from dataclasses import replace

from upheld.core.timeline import Instant
from upheld.pages import contexts as c
from upheld.pages.contexts.agreements import Part

CHECKED = c.Checked(clauses=70, placed=70, examples=19, examples_right=19, not_judged=("TP-03", "TP-05"),
                    warnings=("teamplify-2023-01.md:12:1: warning: TP-07 is long",))  # fmt: skip
PARTS = (
    Part(
        heading="4 Levels: Credits",
        clauses=(
            c.Clause(
                id="TP-45",
                prose="When availability is missed, FuryBit gives a 10x credit for every full hour without service,",
                figures=("10x",),
            ),
            c.Clause(id="TP-46", prose="counted from the start of the outage until the service is Available again."),
            c.Clause(
                id="TP-47",
                prose="It is 10x what the service costs per hour (7 hours without service bring 70 hours free).",
                figures=("10x",),
            ),
            c.Clause(id="TP-48", prose="It is owed where FuryBit answers for the reason.", is_judged=False),
        ),
        terms="credits:\n  tenfold:\n    cite: [TP-45, TP-46, TP-47]\n    when: {uptime: missed,\n"
        "           responsible: provider,\n"
        "           cite: TP-48}\n    per: outage\n    times: 10 x\n    for each: full hour\n"
        "    counted: reading per-interruption\n    # rounded once\n    cap: none",
        examples=(
            c.Example(
                name="TP-CR-01",
                title="The text’s own figures",
                comes_out=True,
                happened="Down Wed 11 Jun 2025 06:00–13:00 UTC, own fault. EUR 720.00 a month.",
                expected=(("full hours", "7"), ("free time", "70 hours"), ("credit", "EUR 70.00")),
            ),
            c.Example(
                name="TP-CR-04",
                title="Four interruptions of 59 minutes hold no full hour",
                comes_out=False,
                happened="Down 2, 9, 16, 23 Jun 2025, 06:00–06:59 UTC each.",
                instead="credit EUR 30.00",
                expected=(("down", "236 min"), ("full hours", "0"), ("credit", "EUR 0.00")),
            ),
        ),
        url="agreement-part.html",
    ),
    Part(heading="5 Contact", clauses=(c.Clause(id="TP-03", prose="Questions are welcome.", is_judged=False),)),
)
READING = c.Reading(
    name="per-interruption",
    question="Are full hours counted per interruption or over the month?",
    favours="provider",
    clauses=("TP-45", "TP-46"),
    because="the count runs from the outage until the service is back",
    url="agreement-reading.html",
    ours=c.Sense(
        name="per outage",
        says="The count runs from the outage until the service is back.",
        figure="July for Acorn Legal: 3 hours, EUR 300.00",
        tested_by="TP-CR-04",
    ),
    others=(
        c.Sense(
            name="over the period",
            says="All down minutes of the month are added first.",
            figure="4 hours, EUR 400.00",
            tested_by="TP-AL-05",
        ),
    ),
)
PART = c.AgreementPartPage(
    list_url="agreements-data.html",
    edition=c.Link("Teamplify service level agreement, 2023-01", "agreement-data.html"),
    part=PARTS[0],
    readings=(READING,),
)
READING_PAGE = c.ReadingPage(list_url="agreements-data.html", edition=PART.edition, reading=READING)
KEY = "upheld.example/acorn-legal-teamplify+7c1e2a90+AXyG9yG8Qh2pJ2b4kVdJx3mQe0n1bXq0nq1mC2Yc7h8="
AGREEMENT = c.AgreementPage(
    list_url="agreements-data.html",
    agreement_title="Teamplify service level agreement",
    name="Teamplify",
    version="2023-01",
    effective="13 Jan 2023",
    bound=(("Acorn Legal", Instant.parse("2024-03-01T00:00Z")),),
    checked=CHECKED,
    parts=PARTS,
    readings=(READING,),
    parameters=(("monthly-price", "EUR 7,440.00", "1 Mar 2024"),),
    verifier_key=KEY,
    source_url="#text",
    digests=(("Text", "sha256 " + "1b77c0e4" * 8), ("Terms", "sha256 " + "9f2c41aa" * 8)),
)
AGREEMENT_WRONG = replace(
    AGREEMENT,
    bound=(),
    checked=c.Checked(
        clauses=70,
        placed=68,
        examples=19,
        examples_right=18,
        problems=(
            "teamplify.md:212:9: TP-45: `times: 10` has no unit; write `10 x`",
            "teamplify.md:240:1: TP-48 is placed in no block; cite it or account for it",
        ),
    ),
)
EDITION = c.EditionRow(
    title="Teamplify service level agreement",
    version="2023-01",
    url="agreement-data.html",
    effective="13 Jan 2023",
    customers=("Acorn Legal",),
    checked=CHECKED,
)
