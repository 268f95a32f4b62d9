"""One July, missed, with its reasons, claims and readings; and one without."""

from dataclasses import replace
from fractions import Fraction

from tests.pages.samples.agreement import KEY
from tests.pages.samples.ground import JULY, LINES, NOW, TEAMPLIFY, at, eur, mins, span, step
from upheld.core.explain import Share, Verdict
from upheld.pages import contexts as c
from upheld.pages.contexts.attainment import ClockKept
from upheld.pages.contexts.samples import SampleRow
from upheld.pages.states import State
from upheld.pages.words import UTC

JULY_SHARE = Share(Fraction(44288, 44540))
JULY_STEP = step(
    JULY_SHARE,
    "of July the service was available; at least 99.5 % was promised",
    "TP-39",
    because=(
        step(mins(44640), "T, the month: 31 days of 1,440 min", "TP-31"),
        step(
            mins(100),
            "M, maintenance, taken out of the calculation",
            "TP-41",
            "TP-42",
            sign="−",
            adds=True,
            because=(
                step(
                    mins(40),
                    "Regular Maintenance, Tue 7, 14, 21, 28 Jul 18:00–18:10 UTC, once each week, outside business hours.",
                    "TP-21",
                    readings=("M-holds-regular",),
                ),
                step(
                    mins(60),
                    "Scheduled Downtime, Sat 18 Jul 20:00–21:00 UTC, inside the window announced for 20:00–22:00",
                    "TP-26",
                    "TP-27",
                    facts=("f-61010", "f-61011"),
                ),
            ),
        ),
        step(
            mins(252),
            "D, down, by the provider’s own fault",
            "TP-08",
            "TP-11",
            sign="−",
            adds=True,
            because=(
                step(
                    mins(152),
                    "Wed 8 Jul 06:14–08:46 UTC, storage full. 2 full hours",
                    facts=("f-61204", "f-61322", "f-61340"),
                ),
                step(
                    mins(100), "Thu 23 Jul 15:20–17:00 UTC, failed release 4.29. 1 full hour", facts=("f-57730", "f-57815")
                ),
            ),
        ),
        step(mins(35), "not counted: Mon 13 Jul 07:10–07:45 UTC, the customer’s internet provider; counts as up", "TP-12"),
        step(mins(12), "not measured, Wed 29 Jul 03:10–03:22 UTC; were they down, 99.4072 %: missed either way", "TP-40"),
    ),
    arithmetic="(44,640 − 100 − 252) / (44,640 − 100) in min = 11,072 / 11,135 = 99.43421643… %, shown floored as 99.4342 %",
)
CREDIT_STEP = step(
    eur("200.00"),
    "granted for tenfold; paid on the next invoice",
    "TP-45",
    because=(
        step("holds", "availability was missed, and the provider answers for it", "TP-48"),
        step(eur("100.00"), "for each full hour: EUR 7,440.00 shared over 744 h, x 10", "TP-47", readings=("hour-price",)),
        step("× 2", "Wed 8 Jul: 152 min hold 2 full hours", "TP-46", readings=("per-interruption",)),
        step(
            "refused",
            "Thu 23 Jul, 1 full hour: the claim came on Mon 3 Aug 09:12 UTC; the clause allows until Fri 31 Jul 00:00 UTC",
            "TP-53",
        ),
    ),
)
STATEMENT = c.StatementPage(
    list_url="statements-data.html",
    agreement=TEAMPLIFY,
    period=JULY,
    number=1,
    issued_at=at("08-06T10:00"),
    verdict=Verdict.MISSED,
    credited=eur("200.00"),
    facts=214,
    bundle_url="#b",
    bundle_name="acorn-legal-teamplify-2026-07.zip",
    pdf_url="#p",
    json_url="#j",
    csv_url="#c",
    verify_url="#v",
    page_url="#w",
    verifier_key=KEY,
    checkpoint=58977,
    checkpoint_at=at("08-06T09:58"),
    signed="Signed. Countersigned by Acorn Legal on Fri 7 Aug 08:31 UTC",
    line=c.PeriodLine(
        days=JULY,
        name="uptime",
        spans=(
            c.StateSpan(span("07-08T06:14", "07-08T08:46"), State.DOWN),
            c.StateSpan(span("07-13T07:10", "07-13T07:45"), State.EXCLUDED),
            c.StateSpan(span("07-18T20:00", "07-18T21:00"), State.MAINTENANCE),
            c.StateSpan(span("07-23T15:20", "07-23T17:00"), State.DOWN),
            c.StateSpan(span("07-29T03:10", "07-29T03:22"), State.UNKNOWN),
        ),
        as_of=at("08-06T10:00"),
        zone=UTC,
    ),
    budget=c.Budget(mins(223), mins(252)),
    figures=(
        c.Figure(
            value=JULY_SHARE,
            says="available; at least 99.5 % was promised",
            verdict=Verdict.MISSED,
            is_final=True,
            anchor="a1",
        ),
        c.Figure(
            value=mins(252), says="down and counted, in 2 interruptions; 222 min 42 s would have been borne", anchor="a1"
        ),
        c.Figure(
            value=eur("200.00"),
            says="credit on the next invoice; EUR 100.00 refused, the claim was late",
            anchor="a2",
            agreement=TEAMPLIFY,
            clauses=("TP-53",),
        ),
    ),
    sections=(
        c.ReasonSection(
            anchor="a1",
            heading="Availability",
            verdict=Verdict.MISSED,
            why=c.Why(
                step=JULY_STEP,
                agreement=TEAMPLIFY,
                facts=LINES,
                is_open=True,
                note="99.5 % would have borne 222 min 42 s. It was 29 min 18 s more.",
            ),
        ),
        c.ReasonSection(
            anchor="a2",
            heading="Credits",
            shown="EUR 200.00",
            why=c.Why(step=CREDIT_STEP.to_json(), agreement=TEAMPLIFY, facts=LINES, is_open=True),
        ),
    ),
    corrections=("Credit downtime for O-0192 is corrected by −EUR 12.00: the outage ended earlier than we first saw.",),
    claims=(
        c.ClaimRow(
            claim="C-0040",
            outage="O-288",
            filed_at=at("07-10T09:00"),
            amount=eur("200.00"),
            verdict="granted",
            because="all five conditions hold",
            clauses=("TP-50", "TP-54"),
        ),
        c.ClaimRow(
            claim="C-0041",
            outage="O-294",
            filed_at=at("08-03T09:12"),
            amount=eur("100.00"),
            verdict="refused",
            because="the claim came on Mon 3 Aug 09:12 UTC; the clause allows until Fri 31 Jul 00:00 UTC",
            clauses=("TP-53",),
        ),
    ),
    readings=(
        c.UsedReading(
            name="M-holds-regular",
            question="Does M hold Regular Maintenance as well?",
            ours="out of base: 99.4342 %",
            others=("up: 99.4347 %",),
            changes="figures",
            clauses=("TP-41", "TP-42"),
        ),
        c.UsedReading(
            name="hour-price",
            question="How many hours has the month whose price is shared?",
            ours="of July, 744: EUR 300.00",
            others=("730: EUR 305.75",),
            changes="money",
            clauses=("TP-47",),
        ),
    ),
    coverage=c.Coverage(
        mins(44628),
        mins(44640),
        "our own probes, once a minute",
        ("Wed 29 Jul 03:10–03:22 UTC: the prober was stopped",),
        ("TP-40",),
    ),
    samples=(
        SampleRow(component="application", due=44640, kept=44628, missing=12, short=(span("07-29T00:00", "07-30T00:00"),)),
        SampleRow(component="tracking", due=44640, kept=44640, missing=0),
    ),
    promises=(
        c.PromiseRow(
            promise="Maintenance time (goal)",
            figure="100 min",
            says="2 planned; no target",
            verdict=Verdict.NOT_APPLICABLE,
            clauses=("TP-18",),
            is_goal=True,
        ),
    ),
    attained=(
        ClockKept(clock="first-response", shown="75.0000 %", met=3, missed=1, running=1, url="why-data.html"),
        ClockKept(clock="update", shown="100.0000 %", met=12, missed=0, running=0),
    ),
    digests=(("Statement", "sha256 " + "9f2c41aa" * 8), ("Terms", "sha256 " + "1b77c0e4" * 8)),
    follows=c.Link("June 2026, statement 1", "statement-met.html"),
    open_questions=("Claim C-0042 waits for a person.",),
)
STATEMENT_MET = replace(
    STATEMENT,
    verdict=Verdict.MET,
    credited=None,
    claims=(),
    readings=(),
    sections=(),
    open_questions=(),
    promises=(),
    figures=(
        c.Figure(
            value="undecided", says="Two causes claim 14 min; name one, or choose a reading", verdict=Verdict.UNDECIDED
        ),
        c.Figure(
            value=Share(Fraction(1)), says="available; at least 99.5 % was promised", verdict=Verdict.MET, is_final=True
        ),
    ),
    issued_at=None,
    bundle_url="",
    bundle_name="",
    pdf_url="",
    signed="",
    followed_by=c.Link("statement 2", "statement-data.html"),
)
STATEMENTS = c.StatementsPage(
    as_of=NOW,
    deeds=(c.Link("Issue July 2026 for Kettle Media", "#i"),),
    rows=(
        c.StatementRow(
            url="statement-data.html",
            agreement=TEAMPLIFY,
            period=JULY,
            number=1,
            issued_at=at("08-06T10:00"),
            verdict=Verdict.MISSED,
            figure="99.4342 %",
            credited=eur("200.00"),
        ),
        c.StatementRow(
            url="statement-met.html",
            agreement=TEAMPLIFY,
            period=span("06-01T00:00", "07-01T00:00"),
            number=2,
            issued_at=at("07-06T10:00"),
            verdict=Verdict.MET,
            figure="100.0000 %",
        ),
    ),
)
WHY = c.WhyPage(
    figure="99.4342 %",
    says="Teamplify for Acorn Legal, July 2026",
    verdict=Verdict.MISSED,
    why=replace(STATEMENT.sections[0].why),
    back=c.Link("Statement July 2026", "statement-data.html"),
)
SHALLOW = replace(
    STATEMENT,
    sections=(
        replace(STATEMENT.sections[0], why=replace(STATEMENT.sections[0].why, is_open=False, depth=1, url="why-part.html")),
    ),
)
