"""The public page in trouble, calm and empty."""

from dataclasses import replace

from tests.pages.samples.agreement import KEY
from tests.pages.samples.ground import AUGUST, NOW, at, span
from tests.pages.samples.services import SPANS
from upheld.pages import contexts as c
from upheld.pages.states import State

DAYS = span("05-31T00:00", "08-29T00:00")
TROUBLE = (
    c.StateSpan(span("07-08T06:14", "07-08T08:46"), State.DOWN),
    c.StateSpan(span("07-18T20:00", "07-18T21:00"), State.MAINTENANCE),
    c.StateSpan(span("07-23T15:20", "07-23T17:00"), State.DOWN),
    *SPANS,
)
STATUS = c.StatusPage(
    provider="Demo provider",
    as_of=NOW,
    days=DAYS,
    history_url="status-month-data.html",
    sign_in_url="signin-data.html",
    components=(
        c.ComponentStatus(
            name="Teamplify application",
            state=State.DOWN,
            since=at("08-28T14:38"),
            spans=TROUBLE,
            says="August so far: 178 min down. July: 252 min.",
        ),
        c.ComponentStatus(
            name="FunnelFlux redirects",
            state=State.DEGRADED,
            since=at("08-28T11:20"),
            says="August so far: none down.",
            spans=(c.StateSpan(span("08-28T11:20", "08-28T14:50"), State.DEGRADED, True),),
        ),
        c.ComponentStatus(name="FunnelFlux reporting", state=State.UP, spans=(), says="August so far: none down."),
        c.ComponentStatus(
            name="Managed servers",
            state=State.UP,
            says="Watched since 1 July.",
            spans=(c.StateSpan(span("05-31T00:00", "07-01T00:00"), State.UNKNOWN),),
        ),
    ),
    words=(c.StatusWord(at("08-28T14:46"), "The database does not accept connections after a change of disks."),),
    next_word_at=at("08-28T15:16"),
    planned=(c.PlannedWork(span("09-05T20:00", "09-05T23:00"), "Teamplify application", "scheduled maintenance"),),
    troubles=(
        c.TroubledDay(span("08-28T14:38", "08-28T14:50"), "Teamplify application down.", is_running=True),
        c.TroubledDay(
            span("08-19T13:05", "08-19T13:53"),
            "Teamplify application down after a release.",
            link=c.Link("What we changed", "#r"),
        ),
    ),
    verifier_keys=(KEY,),
    verifier_url="upheld-verify.pyz",
    head_url="heads/head.json",
    stamp_url="heads/stamp.json",
    witness_url="upheld-witness.pyz",
    kept="This page is kept on another machine.",
    feeds=(c.Link("JSON", "status.json"),),
)
CALM_STATUS = replace(STATUS, components=STATUS.components[2:], words=(), next_word_at=None, planned=(), troubles=())
STATUS_MONTH = c.StatusMonthPage(
    provider="Demo provider",
    as_of=NOW,
    month=AUGUST,
    components=(replace(STATUS.components[0], spans=SPANS),),
    troubles=STATUS.troubles,
    history_url="#",
    before=c.Link("July 2026", "#"),
    verifier_keys=(KEY,),
    verifier_url="upheld-verify.pyz",
)
