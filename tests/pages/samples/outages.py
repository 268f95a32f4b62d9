"""One outage that runs and one that is over."""

from dataclasses import replace

from tests.pages.samples.ground import CAUSE, LINES, NOW, TEAMPLIFY, at, eur, mins, span, step
from tests.pages.samples.now import RISK
from tests.pages.samples.services import EDGES, OPEN_EDGES
from upheld.pages import contexts as c

CAUSES = (
    c.Choice("own", "Own fault", ("TP-08",), "counts as down"),
    c.Choice("customer-isp", "The customer’s internet provider", ("TP-12",), "counts as up; needs the supplier’s notice"),
    c.Choice("outside-control", "Outside our control", ("TP-12",), "counts as up; a second person approves"),
)
CAUSE_FORM = c.Form(
    url="/outages/O-318/cause",
    deed="Assign this cause",
    agreement=TEAMPLIFY,
    not_done="No cause was assigned.",
    fields=(
        c.Field(name="cause", label="Cause", value="own", choices=CAUSES),
        c.Field(name="starts", label="From", value="Fri 28 Aug 2026 14:38 UTC"),
        c.Field(
            name="ends",
            label="To",
            value="Fri 28 Aug 2026 14:50 UTC",
            hint="A part of the outage may have a cause of its own.",
        ),
        c.Field(name="evidence", label="Evidence", hint="What shows it: a notice, a record, a log."),
        c.Field(name="note", label="Note, as the customer will read it", kind="long", is_needed=False),
    ),
)
BAD_FORM = replace(
    CAUSE_FORM,
    problems=(
        c.Problem("starts", "Fri 28 Aug 14:38 has no zone; write for instance Fri 28 Aug 2026 14:38 UTC"),
        c.Problem("cause", "outside-control needs a written reason as evidence (TP-12); none is named"),
    ),
)
OUTAGE = c.OutagePage(
    as_of=NOW,
    agreement=TEAMPLIFY,
    component="application",
    edges=OPEN_EDGES,
    counted=mins(12),
    form=CAUSE_FORM,
    seen="connection refused by 127.0.0.1 after 3 ms",
    list_url="services-data.html",
    until=at("08-28T15:35"),
    figures=(
        c.Figure(
            value=mins(12), says="counted so far; no full hour yet", agreement=TEAMPLIFY, clauses=("TP-45",), anchor="edges"
        ),
        c.Figure(value=mins(45), says="more, and August is missed", why=RISK.why),
        c.Figure(
            value=eur("100.00"),
            says="could then be claimed, and EUR 100.00 more from 15:38 UTC",
            agreement=TEAMPLIFY,
            clauses=("TP-45", "TP-47"),
            anchor="edges",
        ),
    ),
)
CLOSED_OUTAGE = replace(
    OUTAGE,
    edges=EDGES,
    counted=mins(118),
    until=None,
    figures=(),
    form=None,
    seen="status 503 in place of 200",
    who_may="The statement of August is not issued yet; Mara Ellis or Tom Okafor may still correct the cause.",
    causes=(
        c.AssignedCause(
            span=span("08-04T09:12", "08-04T11:10"),
            cause="own",
            counts_as="down",
            evidence="cloudwatch",
            by="Tom Okafor",
            fact=CAUSE,
            clauses=("TP-08",),
        ),
    ),
    why=c.Why(step=step(mins(118), "counted", "TP-11", facts=("f-61204", "f-61322")), agreement=TEAMPLIFY, facts=LINES),
)
OUTAGES = c.OutagesPage(
    as_of=NOW,
    services_url="services-data.html",
    rows=(
        c.OutageRow(
            name="O-318",
            url="outage-open.html",
            agreement=TEAMPLIFY,
            component="application",
            started_at=at("08-28T14:38"),
            ended_at=None,
            cause="",
            counts_as="down",
        ),
        c.OutageRow(
            name="O-301",
            url="outage-closed.html",
            agreement=TEAMPLIFY,
            component="application",
            started_at=at("08-04T09:12"),
            ended_at=at("08-04T11:10"),
            cause="own",
            counts_as="down",
        ),
    ),
)
