"""A service in one August: spans, figures and edges that add up."""

from fractions import Fraction

from tests.pages.samples.ground import (
    AUGUST,
    BUDGET,
    BUSINESS,
    CAUSE,
    CLOSED,
    FUNNELFLUX,
    LINES,
    NOW,
    OPENED,
    RUNNING,
    TEAMPLIFY,
    at,
    mins,
    span,
    step,
)
from upheld.core.explain import Share, Verdict
from upheld.core.timeline import MINUTE, Duration
from upheld.pages import contexts as c
from upheld.pages.states import State

ROWS = (
    c.CountedSpan(
        spans=(span("08-04T09:12", "08-04T11:10"),),
        state=State.DOWN,
        counts_as="down",
        clauses=("TP-08", "TP-11"),
        because="Own fault: failed database switch-over. 1 full hour",
    ),
    c.CountedSpan(
        spans=tuple(span(f"08-{day:02d}T18:00", f"08-{day:02d}T18:10") for day in (4, 11, 18, 25)),
        state=State.MAINTENANCE,
        counts_as="out of base",
        clauses=("TP-21", "TP-42"),
        because="Regular, once per week, outside business hours",
    ),
    c.CountedSpan(
        spans=(span("08-12T02:00", "08-12T02:25"),),
        state=State.UNKNOWN,
        counts_as="not known",
        clauses=("TP-40",),
        because="The control target did not answer. Shown as a bound, never guessed",
    ),
    c.CountedSpan(
        spans=(span("08-14T07:30", "08-14T08:05"),),
        state=State.EXCLUDED,
        counts_as="up",
        clauses=("TP-12",),
        because="Customer’s internet provider. Supplier’s notice; decided by Ines Duarte, Mon 17 Aug",
    ),
    c.CountedSpan(
        spans=(span("08-19T13:05", "08-19T13:53"),),
        state=State.DOWN,
        counts_as="down",
        clauses=("TP-08", "TP-11"),
        because="Own fault: release 4.31. No full hour",
    ),
    c.CountedSpan(
        spans=(span("08-28T14:38", "08-28T14:50"),),
        state=State.DOWN,
        counts_as="down",
        clauses=("TP-11",),
        is_running=True,
        because="No cause assigned yet, so it counts.",
        deed=c.Link("Assign a cause", "outage-open.html#assign"),
    ),
)
EDGES = c.Edges(
    name="O-301",
    url="outage-closed.html",
    first_bad_at=at("08-04T09:12"),
    last_bad_at=at("08-04T11:09"),
    last_good_at=at("08-04T09:11"),
    first_good_at=at("08-04T11:10"),
    every=MINUTE,
    bad=118,
    facts=(OPENED, CLOSED, CAUSE),
)
OPEN_EDGES = c.Edges(
    name="O-318",
    url="outage-open.html",
    first_bad_at=at("08-28T14:38"),
    last_bad_at=at("08-28T14:49"),
    last_good_at=at("08-28T14:37"),
    every=MINUTE,
    bad=12,
    facts=(RUNNING,),
)
SPANS = tuple(c.StateSpan(one, row.state, row.is_running) for row in ROWS for one in row.spans)
SO_FAR = Share(Fraction(44422, 44600))
SO_FAR_STEP = step(
    SO_FAR,
    "of August the service is available, if nothing more fails; 99.5 % was promised",
    "TP-39",
    because=(
        step(mins(44640), "T, the whole period", "TP-31"),
        step(
            mins(40),
            "M, taken out of the calculation",
            "TP-41",
            "TP-42",
            readings=("M-holds-regular",),
            sign="−",
            because=tuple(step(mins(10), f"Tue {d} Aug 18:00–18:10 UTC, regular", "TP-21") for d in (4, 11, 18, 25)),
            adds=True,
        ),
        step(
            mins(178),
            "D, down and counted",
            "TP-08",
            "TP-11",
            sign="−",
            adds=True,
            because=(
                step(mins(118), "Tue 4 Aug 09:12–11:10 UTC, O-301: own", "TP-11", facts=("f-61204", "f-61322", "f-61340")),
                step(mins(48), "Wed 19 Aug 13:05–13:53 UTC, O-312: own", "TP-11"),
                step(
                    mins(12), "Fri 28 Aug 14:38–14:50 UTC, O-318: no cause given, still running", "TP-11", facts=("f-62871",)
                ),
            ),
        ),
    ),
    arithmetic="(44,640 − 40 − 178) / (44,640 − 40) in min = 22,211 / 22,300 = 99.60089686… %, shown floored as 99.6008 %",
)
WHY_SO_FAR = c.Why(step=SO_FAR_STEP, agreement=TEAMPLIFY, facts=LINES)
FIGURES = (
    c.Figure(
        value=SO_FAR,
        says="August, if nothing more fails. Promised: at least 99.5 %.",
        verdict=Verdict.NOT_YET_KNOWN,
        verdict_words="Not decided before 1 Sep",
        why=WHY_SO_FAR,
    ),
    c.Figure(
        value=mins(178),
        says="down and counted, of 223 min that August can bear. 2 interruptions over, 1 running",
        anchor="counts",
        agreement=TEAMPLIFY,
        clauses=("TP-45",),
    ),
    c.Figure(
        value=Share(Fraction(39745, 39770)),
        anchor="counts",
        agreement=TEAMPLIFY,
        clauses=("TP-40",),
        says="of the time gone by was measured: 39,745 of 39,770 min. If the other 25 were down: 99.5448 %, still met.",
    ),
)
SERVICE = c.ServicePage(
    as_of=NOW,
    list_url="services-data.html",
    agreement=TEAMPLIFY,
    period=AUGUST,
    state=State.DOWN,
    component="application",
    since=at("08-28T14:38"),
    budget=BUDGET,
    missed_at=at("08-28T15:35"),
    figures=FIGURES,
    rows=ROWS,
    up=mins(39492),
    open_hours=BUSINESS.open_within(AUGUST),
    hours_clauses=("TP-10",),
    edges=(EDGES, OPEN_EDGES),
    measured_by="our own probes, once a minute",
    before=c.Link("July 2026", "service-decided.html"),
    csv_url="spans.csv",
)

SERVICES = c.ServicesPage(
    as_of=NOW,
    rows=(
        c.ServiceRow(
            agreement=TEAMPLIFY,
            state=State.DOWN,
            period=AUGUST,
            since=at("08-28T14:38"),
            so_far="99.6008 %",
            promised="99.5 %",
            left=mins(45),
            spans=SPANS,
            sampled_at=at("08-28T14:49:20"),
        ),
        c.ServiceRow(
            agreement=FUNNELFLUX,
            state=State.UP,
            period=AUGUST,
            so_far="99.9574 %",
            promised="99.9 %",
            left=Duration(1_538_000_000),
            sampled_at=at("08-28T14:49:40"),
            spans=(c.StateSpan(span("08-09T02:02", "08-09T02:21"), State.DOWN),),
        ),
    ),
)
