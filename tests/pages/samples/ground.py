"""The agreements, the instants, the facts and the frame that all samples share."""

from upheld.core import facts as kinds
from upheld.core.explain import Step
from upheld.core.money import Money
from upheld.core.service_hours import ServiceHours, Zone
from upheld.core.timeline import HOUR, MINUTE, Duration, Instant, Span
from upheld.pages import contexts as c
from upheld.pages.words import UTC

AGREEMENT_KEY = "acorn-legal-teamplify"


def at(text: str) -> Instant:
    return Instant.parse(f"2026-{text}Z")


def span(start: str, end: str) -> Span:
    return Span(at(start), at(end))


def mins(number: int) -> Duration:
    return MINUTE * number


def eur(figure: str) -> Money:
    return Money.parse(f"EUR {figure}")


NOW = at("08-28T14:50")
AUGUST, JULY = span("08-01T00:00", "09-01T00:00"), span("07-01T00:00", "08-01T00:00")
WORKDAY = ((HOUR * 7, HOUR * 17),)
BUSINESS = ServiceHours("business", UTC, (WORKDAY,) * 5 + ((),) * 2, frozenset(), "whole")

TEAMPLIFY = c.AgreementName(
    key=AGREEMENT_KEY,
    service="Teamplify",
    customer="Acorn Legal",
    url="service-data.html",
    clauses_url="agreement-data.html",
    version="2023-01",
    prose={
        "TP-11": "Downtime: minutes in which the customer cannot get in, Scheduled and Regular Maintenance apart.",
        "TP-39": "The service is available for at least 99.5 % of each month.",
        "TP-45": "When availability is missed, FuryBit gives a 10x credit for every full hour without service,",
    },
)
FUNNELFLUX = c.AgreementName(
    key="kettle-media-funnelflux",
    service="FunnelFlux",
    customer="Kettle Media",
    url="service-up.html",
    clauses_url="agreement-data.html",
    version="2024-05",
)


def fact(number: int, what: type, occurred: str, recorded: str = "", **fields: object) -> c.FactLine:
    """A recorded fact with its number in the ledger."""
    made = what(
        id=f"f-{number}",
        agreement=AGREEMENT_KEY,
        occurred_at=at(occurred),
        recorded_at=at(recorded or occurred),
        source="probe application",
        **fields,
    )
    return c.FactLine(number, made, f"/facts/{number}")


OPENED = fact(
    61204,
    kinds.OutageOpened,
    "08-04T09:12",
    "08-04T09:14:02",
    outage="O-301",
    component="application",
    first_bad_at=at("08-04T09:12"),
    last_good_at=at("08-04T09:11"),
    because="status 503",
)
CLOSED = fact(
    61322,
    kinds.OutageClosed,
    "08-04T11:10",
    "08-04T11:13:01",
    outage="O-301",
    last_bad_at=at("08-04T11:09"),
    first_good_at=at("08-04T11:10"),
)
CAUSE = fact(
    61340,
    kinds.CauseAssigned,
    "08-04T11:40:20",
    outage="O-301",
    from_at=at("08-04T09:12"),
    to_at=at("08-04T11:10"),
    cause="own",
    evidence="cloudwatch",
    by="Tom Okafor",
    note="failed database switch-over",
)
RUNNING = fact(
    62871,
    kinds.OutageOpened,
    "08-28T14:38",
    "08-28T14:40:01",
    outage="O-318",
    component="application",
    first_bad_at=at("08-28T14:38"),
    last_good_at=at("08-28T14:37"),
    because="connection refused",
)
BLIND = fact(
    61702,
    kinds.NotMeasured,
    "08-12T02:25",
    component="application",
    from_at=at("08-12T02:00"),
    to_at=at("08-12T02:25"),
    because="the control target did not answer",
)
SEALED = fact(
    61703,
    kinds.ObservationsSealed,
    "08-12T03:00",
    component="application",
    from_at=at("08-12T02:25"),
    to_at=at("08-12T03:00"),
    every=60_000_000,
    good=35,
    bad=0,
    unseen=0,
    digest="9f2c" * 16,
)
NOTICE = fact(
    61011,
    kinds.NoticeGiven,
    "08-27T09:12:14",
    window="M-77",
    to="ops@acorn.example",
    by="email",
    delivery="accepted",
)
WINDOW = fact(
    61010,
    kinds.WindowPlanned,
    "08-27T09:12:02",
    window="M-77",
    kind="scheduled",
    from_at=at("09-05T20:00"),
    to_at=at("09-05T23:00"),
    reason="larger database",
)
LINES = {line.fact.id: line for line in (OPENED, CLOSED, CAUSE, RUNNING, BLIND, SEALED, NOTICE, WINDOW)}


def step(value: object, words: str, *clauses: str, **more: object) -> Step:
    return Step(value, words, clauses, **more)  # type: ignore[arg-type]


LEFT_STEP = step(
    mins(45),
    "left. If the 25 min not measured on 12 Aug were all down: 20 min",
    adds=True,
    because=(
        step(mins(223), "down is allowed in August: 0.5 % of 44,600 min", "TP-39", "TP-41"),
        step(mins(118), "Tue 4 Aug 09:12–11:10 UTC, own fault", "TP-11", sign="−", facts=("f-61204", "f-61322", "f-61340")),
        step(mins(48), "Wed 19 Aug 13:05–13:53 UTC, own fault", "TP-11", sign="−"),
        step(
            mins(12), "running since 14:38 UTC; no cause assigned yet, so it counts", "TP-11", sign="−", facts=("f-62871",)
        ),
    ),
)
BUDGET = c.Budget(mins(223), mins(166), mins(12))
NAV = (
    c.NavEntry("Now", "now-data.html", 1, "outage open", is_trouble=True, key="n"),
    c.NavEntry("Services", "services-data.html", 3, key="s"),
    c.NavEntry("Maintenance", "windows-data.html", 2, key="m"),
    c.NavEntry("Agreements", "agreements-data.html", 2, key="a"),
    c.NavEntry("Statements", "statements-data.html", key="t"),
    c.NavEntry("Facts", "facts-data.html", key="f"),
)
BERLIN = Zone("Europe/Berlin", (Instant(-(10**18)),), (7200,))
BITS = c.RequestBits(
    as_of=NOW,
    here="/now",
    csrf_token="t0ken",
    nav=NAV,
    reader="Mara Ellis",
    reader_note="Administrator, on call until Mon 31 Aug 08:00 London",
    sign_out_url="/sign-out",
    theme_url="/theme",
    assets=c.Assets("upheld.css", "upheld.js", "htmx.min.js", "mark.svg"),
)
