"""What is at risk, what is planned, what is calm; and a first run."""

from dataclasses import replace

from tests.pages.samples.desk import QUEUE
from tests.pages.samples.ground import (
    AUGUST,
    BUDGET,
    FUNNELFLUX,
    LEFT_STEP,
    LINES,
    NOW,
    TEAMPLIFY,
    at,
    eur,
    mins,
    span,
)
from upheld.core.timeline import Duration
from upheld.pages import contexts as c
from upheld.pages.states import State

RISK = c.Risk(
    agreement=TEAMPLIFY,
    state=State.DOWN,
    period=AUGUST,
    left=mins(45),
    budget=BUDGET,
    since=at("08-28T14:38"),
    missed_at=at("08-28T15:35"),
    promised="99.5 %",
    outage_url="outage-open.html",
    cause_url="outage-open.html#assign",
    owed=(
        c.Owed(at("08-28T15:35"), eur("100.00"), "the full hour lost on 4 Aug becomes a credit"),
        c.Owed(at("08-28T15:38"), eur("100.00"), "this outage fills its first full hour", is_more=True),
    ),
    why=c.Why(step=LEFT_STEP, agreement=TEAMPLIFY, facts=LINES),
)
CALM_RISK = c.Risk(
    agreement=FUNNELFLUX,
    state=State.UP,
    period=AUGUST,
    left=Duration(1_538_000_000),
    promised="99.9 %",
    budget=c.Budget(Duration(2_678_000_000), mins(19)),
    says="A credit is given on request only.",
)
GOOD_WINDOW = c.WindowRow(
    name="M-77",
    url="window-told.html",
    agreement=TEAMPLIFY,
    span=span("09-05T20:00", "09-05T23:00"),
    kind="scheduled",
    reason="Larger database",
    would_count=False,
    verdict="Out of base",
    says="notice delivered Thu 27 Aug 09:12 UTC",
    clauses=("TP-27",),
    status="told",
)
BAD_WINDOW = c.WindowRow(
    name="M-78",
    url="window-told.html",
    agreement=FUNNELFLUX,
    span=span("08-30T06:00", "08-30T06:30"),
    kind="scheduled",
    reason="Database change",
    would_count=True,
    verdict="Would count: no notice yet",
    clauses=("FF-16",),
)
LANES = (
    c.Lane(
        "Teamplify",
        "Acorn Legal, down",
        (c.StateSpan(span("08-28T14:38", "08-28T14:50"), State.DOWN, True),),
        (
            c.Flag(at("08-28T15:35"), "EUR 100.00", "missed"),
            c.Flag(at("08-28T15:38"), "EUR 100.00 more", "this outage fills an hour"),
        ),
    ),
    c.Lane(
        "FunnelFlux",
        "Kettle Media, slow",
        (c.StateSpan(span("08-28T14:30", "08-28T14:50"), State.DEGRADED, True),),
        (c.Flag(at("08-28T18:20"), "USD 12.00"),),
    ),
)
BESIDES = (
    c.Lane(
        "Managed Server, Enhanced, second site",
        "Fenland Press, down",
        (c.StateSpan(span("08-28T14:44", "08-28T14:50"), State.DOWN, True),),
        (c.Flag(at("08-28T17:00"), "GBP 20.00"),),
    ),
    c.Lane("Tickets", "1 clock due", flags=(c.Flag(at("08-28T14:56:07"), "T-7", "first response"),)),
)
NOW_PAGE = c.NowPage(
    as_of=NOW,
    risks=(RISK, CALM_RISK),
    lanes=(*LANES, *BESIDES),
    window=span("08-28T14:30", "08-28T18:30"),
    windows=(BAD_WINDOW, GOOD_WINDOW),
    plan_url="plan-empty.html",
    services_url="services-data.html",
    desk_url="desk-data.html",
    clocks=tuple(row for row in QUEUE.rows if row.due),
    calm=(
        c.CalmRow(
            c.Link("RedTrack · Orchard Ads", "service-up.html"),
            "99.9871 %",
            (c.StateSpan(span("08-06T10:00", "08-06T10:22"), State.DOWN),),
            AUGUST,
            "115 min",
        ),
        c.CalmRow(
            c.Link("Flosum · Nine Elms", "service-up.html"),
            "100 %",
            (c.StateSpan(span("08-21T10:00", "08-21T12:00"), State.EXCLUDED),),
            AUGUST,
            "no target",
        ),
    ),
    desk=(c.Link("1 ticket is over the promised time", "desk-data.html"),),
    held=(
        c.Held(
            "1 sample batch is held.",
            "It names a component that no service has: `reports`. The batch is kept.",
            (c.Link("Say whose it is", "#held"),),
        ),
    ),
)
FIRST_RUN = c.NowPage(
    as_of=NOW,
    plan_url="",
    next_steps=(
        c.Empty(
            "1. Keep an agreement",
            "The demo agreement is here to read; yours is a text of the same kind.",
            c.Link("Read the demo agreement", "agreement-data.html"),
        ),
        c.Empty("2. Sign it for a customer", "Who is bound, from when, and with which price."),
        c.Empty("3. Watch a service", "Give a probe an address. Its first sample shows here within a minute."),
    ),
)
QUIET = replace(NOW_PAGE, risks=(CALM_RISK,), lanes=(), window=None, windows=(), held=())
