"""One record for each state of each page, with figures of one August and one July that add up."""

from dataclasses import replace
from fractions import Fraction

from upheld.core.explain import Share, Step, Verdict
from upheld.core.facts import kinds
from upheld.core.money import Money
from upheld.core.service_hours import ServiceHours
from upheld.core.timeline import HOUR, MINUTE, Duration, Instant, Span
from upheld.pages import contexts as c
from upheld.pages.contexts.agreements import Part
from upheld.pages.states import State
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
    key="kettle-media-funnelflux", service="FunnelFlux", customer="Kettle Media", url="service-up.html",
    clauses_url="agreement-data.html", version="2024-05",
)  # fmt: skip


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
    61204, kinds.OutageOpened, "08-04T09:12", "08-04T09:14:02", outage="O-301", component="application",
    first_bad_at=at("08-04T09:12"), last_good_at=at("08-04T09:11"), because="status 503",
)  # fmt: skip
CLOSED = fact(
    61322, kinds.OutageClosed, "08-04T11:10", "08-04T11:13:01", outage="O-301", last_bad_at=at("08-04T11:09"),
    first_good_at=at("08-04T11:10"),
)  # fmt: skip
CAUSE = fact(
    61340, kinds.CauseAssigned, "08-04T11:40:20", outage="O-301", from_at=at("08-04T09:12"), to_at=at("08-04T11:10"),
    cause="own", evidence="cloudwatch", by="Tom Okafor", note="failed database switch-over",
)  # fmt: skip
RUNNING = fact(
    62871, kinds.OutageOpened, "08-28T14:38", "08-28T14:40:01", outage="O-318", component="application",
    first_bad_at=at("08-28T14:38"), last_good_at=at("08-28T14:37"), because="connection refused",
)  # fmt: skip
BLIND = fact(
    61702, kinds.NotMeasured, "08-12T02:25", component="application", from_at=at("08-12T02:00"), to_at=at("08-12T02:25"),
    because="the control target did not answer",
)  # fmt: skip
SEALED = fact(
    61703, kinds.ObservationsSealed, "08-12T03:00", component="application", from_at=at("08-12T02:25"),
    to_at=at("08-12T03:00"), every=60_000_000, good=35, bad=0, unseen=0, digest="9f2c" * 16,
)  # fmt: skip
NOTICE = fact(
    61011, kinds.NoticeGiven, "08-27T09:12:14", window="M-77", to="ops@acorn.example", by="email", delivery="accepted",
)  # fmt: skip
WINDOW = fact(
    61010, kinds.WindowPlanned, "08-27T09:12:02", window="M-77", kind="scheduled", from_at=at("09-05T20:00"),
    to_at=at("09-05T23:00"), reason="larger database",
)  # fmt: skip
LINES = {line.fact.id: line for line in (OPENED, CLOSED, CAUSE, RUNNING, BLIND, SEALED, NOTICE, WINDOW)}


def step(value: object, words: str, *clauses: str, **more: object) -> Step:
    return Step(value, words, clauses, **more)  # type: ignore[arg-type]


LEFT_STEP = step(
    mins(45), "left. If the 25 min not measured on 12 Aug were all down: 20 min", adds=True,
    because=(
        step(mins(223), "down is allowed in August: 0.5 % of 44,600 min", "TP-39", "TP-41"),
        step(mins(118), "Tue 4 Aug 09:12–11:10 UTC, own fault", "TP-11", sign="−", facts=("f-61204", "f-61322", "f-61340")),
        step(mins(48), "Wed 19 Aug 13:05–13:53 UTC, own fault", "TP-11", sign="−"),
        step(mins(12), "running since 14:38 UTC; no cause assigned yet, so it counts", "TP-11", sign="−", facts=("f-62871",)),
    ),
)  # fmt: skip
BUDGET = c.Budget(mins(223), mins(166), mins(12))
NAV = (
    c.NavEntry("Now", "now-data.html", 1, "outage open", is_trouble=True, key="n"),
    c.NavEntry("Services", "services-data.html", 3, key="s"),
    c.NavEntry("Maintenance", "windows-data.html", 2, key="m"),
    c.NavEntry("Agreements", "agreements-data.html", 2, key="a"),
    c.NavEntry("Statements", "statements-data.html", key="t"),
    c.NavEntry("Facts", "facts-data.html", key="f"),
)
BITS = c.RequestBits(
    as_of=NOW, here="/now", csrf_token="t0ken", nav=NAV, reader="Mara Ellis", reader_note="Administrator",
    sign_out_url="/sign-out", theme_url="/theme", assets=c.Assets("upheld.css", "upheld.js", "htmx.min.js"),
)  # fmt: skip

ROWS = (
    c.CountedSpan(spans=(span("08-04T09:12", "08-04T11:10"),), state=State.DOWN, counts_as="down", clauses=("TP-08", "TP-11"),
                  because="Own fault: failed database switch-over. 1 full hour"),
    c.CountedSpan(spans=tuple(span(f"08-{day:02d}T18:00", f"08-{day:02d}T18:10") for day in (4, 11, 18, 25)),
                  state=State.MAINTENANCE, counts_as="out of base", clauses=("TP-21", "TP-42"),
                  because="Regular, once per week, outside business hours"),
    c.CountedSpan(spans=(span("08-12T02:00", "08-12T02:25"),), state=State.UNKNOWN, counts_as="not known",
                  clauses=("TP-40",), because="The control target did not answer. Shown as a bound, never guessed"),
    c.CountedSpan(spans=(span("08-14T07:30", "08-14T08:05"),), state=State.EXCLUDED, counts_as="up", clauses=("TP-12",),
                  because="Customer’s internet provider. Supplier’s notice; decided by Ines Duarte, Mon 17 Aug"),
    c.CountedSpan(spans=(span("08-19T13:05", "08-19T13:53"),), state=State.DOWN, counts_as="down",
                  clauses=("TP-08", "TP-11"), because="Own fault: release 4.31. No full hour"),
    c.CountedSpan(spans=(span("08-28T14:38", "08-28T14:50"),), state=State.DOWN, counts_as="down", clauses=("TP-11",),
                  is_running=True, because="No cause assigned yet, so it counts.",
                  deed=c.Link("Assign a cause", "outage-open.html#assign")),
)  # fmt: skip
EDGES = c.Edges(
    name="O-301", url="outage-closed.html", first_bad_at=at("08-04T09:12"), last_bad_at=at("08-04T11:09"),
    last_good_at=at("08-04T09:11"), first_good_at=at("08-04T11:10"), every=MINUTE, bad=118, facts=(OPENED, CLOSED, CAUSE),
)  # fmt: skip
OPEN_EDGES = c.Edges(
    name="O-318", url="outage-open.html", first_bad_at=at("08-28T14:38"), last_bad_at=at("08-28T14:49"),
    last_good_at=at("08-28T14:37"), every=MINUTE, bad=12, facts=(RUNNING,),
)  # fmt: skip
SPANS = tuple(c.StateSpan(one, row.state, row.is_running) for row in ROWS for one in row.spans)
SO_FAR = Share(Fraction(44422, 44600))
SO_FAR_STEP = step(
    SO_FAR, "of August the service is available, if nothing more fails; 99.5 % was promised", "TP-39",
    because=(
        step(mins(44640), "T, the whole period", "TP-31"),
        step(mins(40), "M, taken out of the calculation", "TP-41", "TP-42", readings=("M-holds-regular",), sign="−",
             because=tuple(step(mins(10), f"Tue {d} Aug 18:00–18:10 UTC, regular", "TP-21") for d in (4, 11, 18, 25)), adds=True),
        step(mins(178), "D, down and counted", "TP-08", "TP-11", sign="−", adds=True, because=(
            step(mins(118), "Tue 4 Aug 09:12–11:10 UTC, O-301: own", "TP-11", facts=("f-61204", "f-61322", "f-61340")),
            step(mins(48), "Wed 19 Aug 13:05–13:53 UTC, O-312: own", "TP-11"),
            step(mins(12), "Fri 28 Aug 14:38–14:50 UTC, O-318: no cause given, still running", "TP-11", facts=("f-62871",)),
        )),
    ),
    arithmetic="(44,640 − 40 − 178) / (44,640 − 40) in min = 22,211 / 22,300 = 99.60089686… %, shown floored as 99.6008 %",
)  # fmt: skip
WHY_SO_FAR = c.Why(step=SO_FAR_STEP, agreement=TEAMPLIFY, facts=LINES)
FIGURES = (
    c.Figure(value=SO_FAR, says="August, if nothing more fails. Promised: at least 99.5 %.", verdict=Verdict.NOT_YET_KNOWN,
             verdict_words="Not decided before 1 Sep", why=WHY_SO_FAR),
    c.Figure(value=mins(178), says="down and counted, of 223 min that August can bear. 2 interruptions over, 1 running",
             anchor="counts", agreement=TEAMPLIFY, clauses=("TP-45",)),
    c.Figure(value=Share(Fraction(39745, 39770)), anchor="counts", agreement=TEAMPLIFY, clauses=("TP-40",),
             says="of the time gone by was measured: 39,745 of 39,770 min. If the other 25 were down: 99.5448 %, still met."),
)  # fmt: skip
SERVICE = c.ServicePage(
    as_of=NOW, list_url="services-data.html", agreement=TEAMPLIFY, period=AUGUST, state=State.DOWN, component="application",
    since=at("08-28T14:38"), budget=BUDGET, missed_at=at("08-28T15:35"), figures=FIGURES, rows=ROWS, up=mins(39492),
    open_hours=BUSINESS.open_within(AUGUST), hours_clauses=("TP-10",), edges=(EDGES, OPEN_EDGES),
    measured_by="our own probes, once a minute", before=c.Link("July 2026", "service-decided.html"), csv_url="spans.csv",
)  # fmt: skip

RISK = c.Risk(
    agreement=TEAMPLIFY, state=State.DOWN, period=AUGUST, left=mins(45), budget=BUDGET, since=at("08-28T14:38"),
    missed_at=at("08-28T15:35"), promised="99.5 %", outage_url="outage-open.html", cause_url="outage-open.html#assign",
    owed=(c.Owed(at("08-28T15:35"), eur("100.00"), "the full hour lost on 4 Aug becomes a credit"),
          c.Owed(at("08-28T15:38"), eur("100.00"), "this outage fills its first full hour", is_more=True)),
    why=c.Why(step=LEFT_STEP, agreement=TEAMPLIFY, facts=LINES),
)  # fmt: skip
CALM_RISK = c.Risk(
    agreement=FUNNELFLUX, state=State.UP, period=AUGUST, left=Duration(1_538_000_000), promised="99.9 %",
    budget=c.Budget(Duration(2_678_000_000), mins(19)), says="A credit is given on request only.",
)  # fmt: skip
GOOD_WINDOW = c.WindowRow(
    name="M-77", url="window-told.html", agreement=TEAMPLIFY, span=span("09-05T20:00", "09-05T23:00"), kind="scheduled",
    reason="Larger database", would_count=False, verdict="Out of base", says="notice delivered Thu 27 Aug 09:12 UTC",
    clauses=("TP-27",), status="told",
)  # fmt: skip
BAD_WINDOW = c.WindowRow(
    name="M-78", url="window-told.html", agreement=FUNNELFLUX, span=span("08-30T06:00", "08-30T06:30"), kind="scheduled",
    reason="Database change", would_count=True, verdict="Would count: no notice yet", clauses=("FF-16",),
)  # fmt: skip
LANES = (
    c.Lane("Teamplify", "Acorn Legal, down", (c.StateSpan(span("08-28T14:38", "08-28T14:50"), State.DOWN, True),),
           (c.Flag(at("08-28T15:35"), "EUR 100.00", "missed"), c.Flag(at("08-28T15:38"), "EUR 100.00 more", "this outage fills an hour"))),
    c.Lane("FunnelFlux", "Kettle Media, slow", (c.StateSpan(span("08-28T14:30", "08-28T14:50"), State.DEGRADED, True),),
           (c.Flag(at("08-28T18:20"), "USD 12.00"),)),
)  # fmt: skip
NOW_PAGE = c.NowPage(
    as_of=NOW, risks=(RISK, CALM_RISK), lanes=LANES, window=span("08-28T14:30", "08-28T18:30"),
    windows=(BAD_WINDOW, GOOD_WINDOW), plan_url="plan-empty.html", services_url="services-data.html",
    calm=(c.CalmRow(c.Link("RedTrack · Orchard Ads", "service-up.html"), "99.9871 %",
                    (c.StateSpan(span("08-06T10:00", "08-06T10:22"), State.DOWN),), AUGUST, "115 min"),
          c.CalmRow(c.Link("Flosum · Nine Elms", "service-up.html"), "100 %",
                    (c.StateSpan(span("08-21T10:00", "08-21T12:00"), State.EXCLUDED),), AUGUST, "no target")),
    held=(c.Held("1 sample batch is held.", "It names a component that no service has: `reports`. The batch is kept.",
                 (c.Link("Say whose it is", "#held"),)),),
)  # fmt: skip
FIRST_RUN = c.NowPage(
    as_of=NOW, plan_url="",
    next_steps=(
        c.Empty("1. Keep an agreement", "The demo agreement is here to read; yours is a text of the same kind.",
                c.Link("Read the demo agreement", "agreement-data.html")),
        c.Empty("2. Sign it for a customer", "Who is bound, from when, and with which price."),
        c.Empty("3. Watch a service", "Give a probe an address. Its first sample shows here within a minute."),
    ),
)  # fmt: skip
QUIET = replace(NOW_PAGE, risks=(CALM_RISK,), lanes=(), window=None, windows=(), held=())

SERVICES = c.ServicesPage(
    as_of=NOW,
    rows=(
        c.ServiceRow(agreement=TEAMPLIFY, state=State.DOWN, period=AUGUST, since=at("08-28T14:38"), so_far="99.6008 %",
                     promised="99.5 %", left=mins(45), spans=SPANS, sampled_at=at("08-28T14:49:20")),
        c.ServiceRow(agreement=FUNNELFLUX, state=State.UP, period=AUGUST, so_far="99.9574 %", promised="99.9 %",
                     left=Duration(1_538_000_000), sampled_at=at("08-28T14:49:40"),
                     spans=(c.StateSpan(span("08-09T02:02", "08-09T02:21"), State.DOWN),)),
    ),
)  # fmt: skip

CAUSES = (c.Choice("own", "Own fault", ("TP-08",), "counts as down"),
          c.Choice("customer-isp", "The customer’s internet provider", ("TP-12",), "counts as up; needs the supplier’s notice"),
          c.Choice("outside-control", "Outside our control", ("TP-12",), "counts as up; a second person approves"))  # fmt: skip
CAUSE_FORM = c.Form(
    url="/outages/O-318/cause", deed="Assign this cause", agreement=TEAMPLIFY, not_done="No cause was assigned.",
    fields=(
        c.Field(name="cause", label="Cause", value="own", choices=CAUSES),
        c.Field(name="starts", label="From", value="Fri 28 Aug 2026 14:38 UTC"),
        c.Field(name="ends", label="To", value="Fri 28 Aug 2026 14:50 UTC", hint="A part of the outage may have a cause of its own."),
        c.Field(name="evidence", label="Evidence", hint="What shows it: a notice, a record, a log."),
        c.Field(name="note", label="Note, as the customer will read it", kind="long", is_needed=False),
    ),
)  # fmt: skip
BAD_FORM = replace(CAUSE_FORM, problems=(
    c.Problem("starts", "Fri 28 Aug 14:38 has no zone; write for instance Fri 28 Aug 2026 14:38 UTC"),
    c.Problem("cause", "outside-control needs a written reason as evidence (TP-12); none is named"),
))  # fmt: skip
OUTAGE = c.OutagePage(
    as_of=NOW, agreement=TEAMPLIFY, component="application", edges=OPEN_EDGES, counted=mins(12), form=CAUSE_FORM,
    seen="connection refused by 127.0.0.1 after 3 ms", list_url="services-data.html", until=at("08-28T15:35"),
    figures=(
        c.Figure(value=mins(12), says="counted so far; no full hour yet", agreement=TEAMPLIFY, clauses=("TP-45",), anchor="edges"),
        c.Figure(value=mins(45), says="more, and August is missed", why=RISK.why),
        c.Figure(value=eur("100.00"), says="could then be claimed, and EUR 100.00 more from 15:38 UTC", agreement=TEAMPLIFY,
                 clauses=("TP-45", "TP-47"), anchor="edges"),
    ),
)  # fmt: skip
CLOSED_OUTAGE = replace(
    OUTAGE, edges=EDGES, counted=mins(118), until=None, figures=(), form=None, seen="status 503 in place of 200",
    who_may="The statement of August is not issued yet; Mara Ellis or Tom Okafor may still correct the cause.",
    causes=(c.AssignedCause(span=span("08-04T09:12", "08-04T11:10"), cause="own", counts_as="down", evidence="cloudwatch",
                            by="Tom Okafor", fact=CAUSE, clauses=("TP-08",)),),
    why=c.Why(step=step(mins(118), "counted", "TP-11", facts=("f-61204", "f-61322")), agreement=TEAMPLIFY, facts=LINES),
)  # fmt: skip
OUTAGES = c.OutagesPage(as_of=NOW, services_url="services-data.html", rows=(
    c.OutageRow(name="O-318", url="outage-open.html", agreement=TEAMPLIFY, component="application",
                started_at=at("08-28T14:38"), ended_at=None, cause="", counts_as="down"),
    c.OutageRow(name="O-301", url="outage-closed.html", agreement=TEAMPLIFY, component="application",
                started_at=at("08-04T09:12"), ended_at=at("08-04T11:10"), cause="own", counts_as="down"),
))  # fmt: skip

COST_STEP = step(
    mins(36), "left", adds=True,
    because=(step(mins(216), "0.5 % of 43,200 min; a little less with maintenance", "TP-39"),
             step(mins(180), "this work", "TP-13", sign="−")),
)  # fmt: skip
VERDICT = c.PlanVerdict(
    agreement=TEAMPLIFY, span=span("09-03T16:00", "09-03T19:00"), counts=mins(180), judged_as="emergency",
    effect="counts as down", effect_clauses=("TP-13",), reading=c.Link("emergency-counts", "agreement-data.html#emergency-counts"),
    reading_says="under the others it would not",
    tests=(
        c.PlanTest(False, "Notice, at least 5 business days", "If it goes out now, Fri 28 Aug 14:50 UTC, the fifth business "
                   "day ends Sat 5 Sep 00:00 UTC. The work begins 1 d 8 h before that.", ("TP-09", "TP-27")),
        c.PlanTest(False, "Outside business hours", "16:00–17:00 UTC lies inside. By itself this would count 60 min and "
                   "leave 120 out of base.", ("TP-10", "TP-29")),
        c.PlanTest(True, "The customer can be told", "ops@acorn.example, named support contact.", ("TP-14", "TP-16")),
    ),
    cost=c.PlanCost(period=span("09-01T00:00", "10-01T00:00"), budget=c.Budget(mins(216), mins(180)), amount=eur("310.00"),
                    why=c.Why(step=COST_STEP, agreement=TEAMPLIFY)),
    nearest=(c.NearestTime(span("09-05T00:00", "09-05T03:00"), "all 180 min out of base", "Sat 5 Sep 2026 00:00 UTC",
                           "Sat 5 Sep 2026 03:00 UTC"),
             c.NearestTime(span("09-07T17:00", "09-07T20:00"), "all 180 min out of base, first weekday evening",
                           "Mon 7 Sep 2026 17:00 UTC", "Mon 7 Sep 2026 20:00 UTC")),
)  # fmt: skip
GOOD_VERDICT = replace(
    VERDICT, span=span("09-05T20:00", "09-05T23:00"), counts=mins(0), out_of_base=mins(180), judged_as="scheduled",
    effect="is out of base", effect_clauses=("TP-26", "TP-27"), reading=None, cost=None, nearest=(),
    tests=tuple(replace(test, passes=True) for test in VERDICT.tests[2:]),
)  # fmt: skip
KINDS = (c.Choice("scheduled", "Scheduled Maintenance", ("TP-27",)),
         c.Choice("regular", "Regular Maintenance, once per week", ("TP-21",)),
         c.Choice("failover-test", "Failover Test, 20 business days ahead", ("TP-15",)),
         c.Choice("emergency", "Emergency Maintenance", ("TP-13",)))  # fmt: skip
PLAN_FORM = c.Form(
    url="/maintenance/plan", deed="Save it as a draft", agreement=TEAMPLIFY, not_done="This work was not saved.",
    fields=(
        c.Field(name="service", label="Service", value="1", choices=(c.Choice("1", "Teamplify · application · 1 customer"),),
                is_list=True),
        c.Field(name="kind", label="Kind", value="scheduled", choices=KINDS),
        c.Field(name="starts", label="Starts", value="Thu 3 Sep 2026 16:00 UTC", hint="With its zone."),
        c.Field(name="ends", label="Ends", value="Thu 3 Sep 2026 19:00 UTC", hint="3 h. In London it is 17:00 to 20:00."),
        c.Field(name="reason", label="Reason, as the customer will read it", value="Replace the file storage"),
        c.Field(name="vendor", label="A vendor told us late", is_needed=False, example="none", clauses=("TP-28",),
                hint="Only if its own notice came less than 5 business days ahead; name the fact"),
    ),
)  # fmt: skip
PLAN = c.PlanPage(list_url="windows-data.html", form=PLAN_FORM, verdict=VERDICT, verdict_url="plan-verdict-part.html",
                  notice_deed="Give notice although it counts…")  # fmt: skip
PLAN_WRONG = replace(PLAN, verdict=None, form=replace(PLAN_FORM, problems=(
    c.Problem("starts", "Thu 3 Sep 16:00 has no zone; write for instance Thu 3 Sep 2026 16:00 UTC"),
    c.Problem("ends", "Ends lies before Starts"),
)))  # fmt: skip
WINDOWS = c.WindowsPage(as_of=NOW, ahead=(BAD_WINDOW, GOOD_WINDOW), past=(replace(GOOD_WINDOW, status="over"),),
                        plan_url="plan-data.html")  # fmt: skip
WINDOW_PAGE = c.WindowPage(
    as_of=NOW, list_url="windows-data.html", row=GOOD_WINDOW, verdict=GOOD_VERDICT, facts=(WINDOW, NOTICE),
    deeds=(c.Form(url="/maintenance/M-77/start", deed="Start the work", fields=()),
           c.Form(url="/maintenance/M-77/cancel", deed="Cancel the work…", fields=())),
)  # fmt: skip

CHECKED = c.Checked(clauses=70, placed=70, examples=19, examples_right=19, not_judged=("TP-03", "TP-05"))
PARTS = (
    Part(
        heading="4 Levels: Credits",
        clauses=(
            c.Clause(id="TP-45", prose="When availability is missed, FuryBit gives a 10x credit for every full hour without "
                     "service,", figures=("10x",)),
            c.Clause(id="TP-46", prose="counted from the start of the outage until the service is Available again."),
            c.Clause(id="TP-47", prose="It is 10x what the service costs per hour (7 hours without service bring 70 hours "
                     "free).", figures=("10x",)),
            c.Clause(id="TP-48", prose="It is owed where FuryBit answers for the reason.", is_judged=False),
        ),
        terms="credits:\n  tenfold:\n    cite: [TP-45, TP-46, TP-47]\n    when: {uptime: missed,\n           responsible: provider,\n"
        "           cite: TP-48}\n    per: outage\n    times: 10 x\n    for each: full hour\n"
        "    counted: reading per-interruption\n    # rounded once\n    cap: none",
        examples=(
            c.Example(name="TP-CR-01", title="The text’s own figures", comes_out=True,
                      happened="Down Wed 11 Jun 2025 06:00–13:00 UTC, own fault. EUR 720.00 a month.",
                      expected=(("full hours", "7"), ("free time", "70 hours"), ("credit", "EUR 70.00"))),
            c.Example(name="TP-CR-04", title="Four interruptions of 59 minutes hold no full hour", comes_out=False,
                      happened="Down 2, 9, 16, 23 Jun 2025, 06:00–06:59 UTC each.", instead="credit EUR 30.00",
                      expected=(("down", "236 min"), ("full hours", "0"), ("credit", "EUR 0.00"))),
        ),
    ),
    Part(heading="5 Contact", clauses=(c.Clause(id="TP-03", prose="Questions are welcome.", is_judged=False),)),
)  # fmt: skip
READING = c.Reading(
    name="per-interruption", question="Are full hours counted per interruption or over the month?", favours="provider",
    clauses=("TP-45", "TP-46"), because="the count runs from the outage until the service is back",
    ours=c.Sense(name="per outage", says="The count runs from the outage until the service is back.",
                 figure="July for Acorn Legal: 3 hours, EUR 300.00", tested_by="TP-CR-04"),
    others=(c.Sense(name="over the period", says="All down minutes of the month are added first.",
                    figure="4 hours, EUR 400.00", tested_by="TP-AL-05"),),
)  # fmt: skip
KEY = "upheld.example/acorn-legal-teamplify+7c1e2a90+AXyG9yG8Qh2pJ2b4kVdJx3mQe0n1bXq0nq1mC2Yc7h8="
AGREEMENT = c.AgreementPage(
    list_url="agreements-data.html", agreement_title="Teamplify service level agreement", name="Teamplify", version="2023-01",
    effective="13 Jan 2023", bound=(("Acorn Legal", Instant.parse("2024-03-01T00:00Z")),), checked=CHECKED, parts=PARTS,
    readings=(READING,), parameters=(("monthly-price", "EUR 7,440.00", "1 Mar 2024"),), verifier_key=KEY, source_url="#text",
    digests=(("Text", "sha256 " + "1b77c0e4" * 8), ("Terms", "sha256 " + "9f2c41aa" * 8)),
)  # fmt: skip
AGREEMENT_WRONG = replace(
    AGREEMENT, bound=(), checked=c.Checked(clauses=70, placed=68, examples=19, examples_right=18, problems=(
        "teamplify.md:212:9: TP-45: `times: 10` has no unit; write `10 x`",
        "teamplify.md:240:1: TP-48 is placed in no block; cite it or account for it",
    )),
)  # fmt: skip
EDITION = c.EditionRow(title="Teamplify service level agreement", version="2023-01", url="agreement-data.html",
                       effective="13 Jan 2023", customers=("Acorn Legal",), checked=CHECKED)  # fmt: skip

JULY_SHARE = Share(Fraction(44288, 44540))
JULY_STEP = step(
    JULY_SHARE, "of July the service was available; at least 99.5 % was promised", "TP-39",
    because=(
        step(mins(44640), "T, the month: 31 days of 1,440 min", "TP-31"),
        step(mins(100), "M, maintenance, taken out of the calculation", "TP-41", "TP-42", sign="−", adds=True, because=(
            step(mins(40), "Regular Maintenance, Tue 7, 14, 21, 28 Jul 18:00–18:10 UTC, once each week, outside business hours.",
                 "TP-21", readings=("M-holds-regular",)),
            step(mins(60), "Scheduled Downtime, Sat 18 Jul 20:00–21:00 UTC, inside the window announced for 20:00–22:00",
                 "TP-26", "TP-27", facts=("f-61010", "f-61011")),
        )),
        step(mins(252), "D, down, by the provider’s own fault", "TP-08", "TP-11", sign="−", adds=True, because=(
            step(mins(152), "Wed 8 Jul 06:14–08:46 UTC, storage full. 2 full hours", facts=("f-61204", "f-61322", "f-61340")),
            step(mins(100), "Thu 23 Jul 15:20–17:00 UTC, failed release 4.29. 1 full hour", facts=("f-57730", "f-57815")),
        )),
        step(mins(35), "not counted: Mon 13 Jul 07:10–07:45 UTC, the customer’s internet provider; counts as up", "TP-12"),
        step(mins(12), "not measured, Wed 29 Jul 03:10–03:22 UTC; were they down, 99.4072 %: missed either way", "TP-40"),
    ),
    arithmetic="(44,640 − 100 − 252) / (44,640 − 100) in min = 11,072 / 11,135 = 99.43421643… %, shown floored as 99.4342 %",
)  # fmt: skip
CREDIT_STEP = step(
    eur("200.00"), "granted for tenfold; paid on the next invoice", "TP-45",
    because=(
        step("holds", "availability was missed, and the provider answers for it", "TP-48"),
        step(eur("100.00"), "for each full hour: EUR 7,440.00 shared over 744 h, x 10", "TP-47", readings=("hour-price",)),
        step("× 2", "Wed 8 Jul: 152 min hold 2 full hours", "TP-46", readings=("per-interruption",)),
        step("refused", "Thu 23 Jul, 1 full hour: the claim came on Mon 3 Aug 09:12 UTC; the clause allows until Fri 31 Jul "
             "00:00 UTC", "TP-53"),
    ),
)  # fmt: skip
STATEMENT = c.StatementPage(
    list_url="statements-data.html", agreement=TEAMPLIFY, period=JULY, number=1, issued_at=at("08-06T10:00"),
    verdict=Verdict.MISSED, credited=eur("200.00"), facts=214, bundle_url="#b", bundle_name="acorn-legal-teamplify-2026-07.zip",
    pdf_url="#p", json_url="#j", verify_url="#v", verifier_key=KEY, checkpoint=58977, checkpoint_at=at("08-06T09:58"),
    signed="Signed. Countersigned by Acorn Legal on Fri 7 Aug 08:31 UTC",
    figures=(
        c.Figure(value=JULY_SHARE, says="available; at least 99.5 % was promised", verdict=Verdict.MISSED, is_final=True, anchor="a1"),
        c.Figure(value=mins(252), says="down and counted, in 2 interruptions; 222 min 42 s would have been borne", anchor="a1"),
        c.Figure(value=eur("200.00"), says="credit on the next invoice; EUR 100.00 refused, the claim was late", anchor="a2",
                 agreement=TEAMPLIFY, clauses=("TP-53",)),
    ),
    sections=(
        c.ReasonSection(anchor="a1", heading="Availability", verdict=Verdict.MISSED,
                        why=c.Why(step=JULY_STEP, agreement=TEAMPLIFY, facts=LINES, is_open=True,
                                  note="99.5 % would have borne 222 min 42 s. It was 29 min 18 s more.")),
        c.ReasonSection(anchor="a2", heading="Credits", shown="EUR 200.00",
                        why=c.Why(step=CREDIT_STEP.to_json(), agreement=TEAMPLIFY, facts=LINES, is_open=True)),
    ),
    claims=(
        c.ClaimRow(claim="C-0040", outage="O-288", filed_at=at("07-10T09:00"), amount=eur("200.00"), verdict="granted",
                   because="all five conditions hold", clauses=("TP-50", "TP-54")),
        c.ClaimRow(claim="C-0041", outage="O-294", filed_at=at("08-03T09:12"), amount=eur("100.00"), verdict="refused",
                   because="the claim came on Mon 3 Aug 09:12 UTC; the clause allows until Fri 31 Jul 00:00 UTC", clauses=("TP-53",)),
    ),
    readings=(
        c.UsedReading(name="M-holds-regular", question="Does M hold Regular Maintenance as well?", ours="out of base: 99.4342 %",
                      others=("up: 99.4347 %",), changes=False, clauses=("TP-41", "TP-42")),
        c.UsedReading(name="hour-price", question="How many hours has the month whose price is shared?",
                      ours="of July, 744: EUR 300.00", others=("730: EUR 305.75",), changes=True, clauses=("TP-47",)),
    ),
    coverage=c.Coverage(mins(44628), mins(44640), "our own probes, once a minute", ("Wed 29 Jul 03:10–03:22 UTC: the prober was stopped",),
                        ("TP-40",)),
    promises=(c.PromiseRow(promise="Maintenance time (goal)", within="no target", reached="100 min", verdict=Verdict.NOT_APPLICABLE,
                           clauses=("TP-18",), is_goal=True),),
    digests=(("Statement", "sha256 " + "9f2c41aa" * 8), ("Terms", "sha256 " + "1b77c0e4" * 8)),
    follows=c.Link("June 2026, statement 1", "statement-met.html"), open_questions=("Claim C-0042 waits for a person.",),
)  # fmt: skip
STATEMENT_MET = replace(
    STATEMENT, verdict=Verdict.MET, credited=None, claims=(), readings=(), sections=(), open_questions=(), promises=(),
    figures=(c.Figure(value="undecided", says="Two causes claim 14 min; name one, or choose a reading", verdict=Verdict.UNDECIDED),
             c.Figure(value=Share(Fraction(1)), says="available; at least 99.5 % was promised", verdict=Verdict.MET, is_final=True)),
    issued_at=None, bundle_url="", bundle_name="", pdf_url="", signed="", followed_by=c.Link("statement 2", "statement-data.html"),
)  # fmt: skip
STATEMENTS = c.StatementsPage(as_of=NOW, deeds=(c.Link("Issue July 2026 for Kettle Media", "#i"),), rows=(
    c.StatementRow(url="statement-data.html", agreement=TEAMPLIFY, period=JULY, number=1, issued_at=at("08-06T10:00"),
                   verdict=Verdict.MISSED, figure="99.4342 %", credited=eur("200.00")),
    c.StatementRow(url="statement-met.html", agreement=TEAMPLIFY, period=span("06-01T00:00", "07-01T00:00"), number=2,
                   issued_at=at("07-06T10:00"), verdict=Verdict.MET, figure="100.0000 %"),
))  # fmt: skip
WHY = c.WhyPage(figure="99.4342 %", says="Teamplify for Acorn Legal, July 2026", verdict=Verdict.MISSED,
                why=replace(STATEMENT.sections[0].why), back=c.Link("Statement July 2026", "statement-data.html"))  # fmt: skip
SHALLOW = replace(
    STATEMENT, sections=(replace(STATEMENT.sections[0], why=replace(
        STATEMENT.sections[0].why, is_open=False, depth=2, url="why-part.html")),),
)  # fmt: skip

FACTS = c.FactsPage(
    as_of=NOW, url="/facts", rows=(RUNNING, replace(CAUSE, corrected_by=c.Link("#61,341", "/facts/61341")), CLOSED, OPENED, SEALED,
                                   BLIND, NOTICE, WINDOW),
    agreement=AGREEMENT_KEY, agreements=(c.Choice(AGREEMENT_KEY, "Teamplify · Acorn Legal"),),
    kinds=(c.Choice("outage-opened/1", "outage opened"),), size=62_872, older=c.Link("Older facts", "#older"),
    checkpoint="Checkpoint of 62,872 facts, signed Fri 28 Aug 14:45 UTC",
)  # fmt: skip
FACT = c.FactPage(
    as_of=NOW, list_url="facts-data.html", line=OPENED, agreement=TEAMPLIFY, leaf="ab12" * 16, proof=("cd34" * 16, "ef56" * 16),
    canonical='{"agreement":"acorn-legal-teamplify","component":"application","first_bad_at":"2026-08-04T09:12:00.000000Z"}',
    head="0f0f" * 16, head_size=62_872, changed=(c.Link("August 2026, Teamplify", "service-data.html"),),
)  # fmt: skip

DAYS = span("05-31T00:00", "08-29T00:00")
TROUBLE = (
    c.StateSpan(span("07-08T06:14", "07-08T08:46"), State.DOWN), c.StateSpan(span("07-18T20:00", "07-18T21:00"), State.MAINTENANCE),
    c.StateSpan(span("07-23T15:20", "07-23T17:00"), State.DOWN), *SPANS,
)  # fmt: skip
STATUS = c.StatusPage(
    provider="Demo provider", as_of=NOW, days=DAYS, history_url="status-month-data.html", sign_in_url="signin-data.html",
    components=(
        c.ComponentStatus(name="Teamplify application", state=State.DOWN, since=at("08-28T14:38"), spans=TROUBLE,
                          says="August so far: 178 min down. July: 252 min."),
        c.ComponentStatus(name="FunnelFlux redirects", state=State.DEGRADED, since=at("08-28T11:20"), says="August so far: none down.",
                          spans=(c.StateSpan(span("08-28T11:20", "08-28T14:50"), State.DEGRADED, True),)),
        c.ComponentStatus(name="FunnelFlux reporting", state=State.UP, spans=(), says="August so far: none down."),
        c.ComponentStatus(name="Managed servers", state=State.UP, says="Watched since 1 July.",
                          spans=(c.StateSpan(span("05-31T00:00", "07-01T00:00"), State.UNKNOWN),)),
    ),
    words=(c.StatusWord(at("08-28T14:46"), "The database does not accept connections after a change of disks."),),
    next_word_at=at("08-28T15:16"),
    planned=(c.PlannedWork(span("09-05T20:00", "09-05T23:00"), "Teamplify application", "larger database"),),
    troubles=(c.TroubledDay(span("08-28T14:38", "08-28T14:50"), "Teamplify application down.", is_running=True),
              c.TroubledDay(span("08-19T13:05", "08-19T13:53"), "Teamplify application down after a release.",
                            link=c.Link("What we changed", "#r"))),
    verifier_keys=(KEY,), kept="This page is kept on another machine.", feeds=(c.Link("JSON", "status.json"),),
)  # fmt: skip
CALM_STATUS = replace(STATUS, components=STATUS.components[2:], words=(), next_word_at=None, planned=(), troubles=())
STATUS_MONTH = c.StatusMonthPage(
    provider="Demo provider", as_of=NOW, month=AUGUST, components=(replace(STATUS.components[0], spans=SPANS),),
    troubles=STATUS.troubles, history_url="#", before=c.Link("July 2026", "#"), verifier_keys=(KEY,),
)  # fmt: skip

SIGN_IN = c.SignInPage(
    behind="the statement of July 2026", status_url="status-data.html",
    form=c.Form(url="/sign-in", deed="Sign in", not_done="You are not signed in.", fields=(
        c.Field(name="name", label="E-mail address", kind="email", autocomplete="username"),
        c.Field(name="password", label="Password", kind="password", autocomplete="current-password"),
    )),
)  # fmt: skip
SETUP = c.SetupPage(
    where_code="The code stands in the first lines of the log of the server.",
    form=c.Form(url="/setup", deed="Name this administrator", not_done="Nobody was named.", fields=(
        c.Field(name="code", label="Code from the log"), c.Field(name="person", label="Name", autocomplete="name"),
        c.Field(name="email", label="E-mail address", kind="email", autocomplete="email"),
        c.Field(name="password", label="Password", kind="password", hint="At least 12 characters.", autocomplete="new-password"),
    )),
)  # fmt: skip
STATUS_BITS = c.RequestBits(as_of=NOW, assets=BITS.assets)

PAGES: dict[str, tuple[c.Page, c.RequestBits]] = {
    "now-data": (NOW_PAGE, replace(BITS, toast=c.Toast("Notice sent to ops@acorn.example at 14:50 UTC.", c.Link("Fact #62,913", "#f")))),
    "now-first-run": (FIRST_RUN, BITS),
    "now-quiet": (QUIET, BITS),
    "services-data": (SERVICES, BITS),
    "services-empty": (c.ServicesPage(as_of=NOW), BITS),
    "service-data": (SERVICE, BITS),
    "service-past": (SERVICE, replace(BITS, is_past=True)),
    "service-up": (replace(SERVICE, state=State.UP, since=None, missed_at=None, rows=ROWS[:5], up=mins(39504), figures=(),
                           budget=c.Budget(mins(223), mins(166)), edges=()), BITS),
    "service-empty": (replace(SERVICE, state=State.UNKNOWN, since=None, budget=None, rows=(), up=mins(0), figures=(), edges=()), BITS),
    "service-wrong-sum": (replace(SERVICE, up=mins(39490)), BITS),
    "service-decided": (replace(SERVICE, is_decided=True, as_of=at("09-02T00:00"), up=mins(44362), rows=ROWS[:5] + (
        replace(ROWS[5], is_running=False),)), replace(BITS, as_of=at("09-02T00:00"))),
    "outages-data": (OUTAGES, BITS),
    "outages-empty": (c.OutagesPage(as_of=NOW), BITS),
    "outage-open": (OUTAGE, BITS),
    "outage-closed": (CLOSED_OUTAGE, BITS),
    "outage-wrong": (replace(OUTAGE, form=BAD_FORM), BITS),
    "windows-data": (WINDOWS, BITS),
    "windows-empty": (c.WindowsPage(as_of=NOW, who_may="You may read this. Mara Ellis may plan work."), BITS),
    "window-told": (WINDOW_PAGE, BITS),
    "plan-data": (PLAN, BITS),
    "plan-good": (replace(PLAN, verdict=GOOD_VERDICT, notice_deed="Give notice to ops@acorn.example"), BITS),
    "plan-empty": (replace(PLAN, verdict=None), BITS),
    "plan-wrong": (PLAN_WRONG, BITS),
    "agreements-data": (c.AgreementsPage(rows=(EDITION, replace(EDITION, customers=(), checked=AGREEMENT_WRONG.checked))), BITS),
    "agreements-empty": (c.AgreementsPage(), BITS),
    "agreement-data": (AGREEMENT, BITS),
    "agreement-wrong": (AGREEMENT_WRONG, BITS),
    "statements-data": (STATEMENTS, BITS),
    "statements-empty": (c.StatementsPage(as_of=NOW), BITS),
    "statement-data": (STATEMENT, replace(BITS, as_of=at("08-06T10:00"))),
    "statement-met": (STATEMENT_MET, BITS),
    "statement-shallow": (SHALLOW, replace(BITS, as_of=at("08-06T10:00"))),
    "why-data": (WHY, BITS),
    "facts-data": (FACTS, BITS),
    "facts-empty": (c.FactsPage(as_of=NOW, url="/facts"), BITS),
    "fact-data": (FACT, BITS),
    "fact-corrected": (replace(FACT, line=FACTS.rows[1]), BITS),
    "status-data": (STATUS, STATUS_BITS),
    "status-calm": (CALM_STATUS, STATUS_BITS),
    "status-empty": (c.StatusPage(provider="Demo provider", as_of=NOW, days=DAYS), STATUS_BITS),
    "status-month-data": (STATUS_MONTH, STATUS_BITS),
    "status-month-empty": (replace(STATUS_MONTH, components=(), troubles=()), STATUS_BITS),
    "signin-data": (SIGN_IN, STATUS_BITS),
    "signin-wrong": (replace(SIGN_IN, form=replace(SIGN_IN.form, problems=(
        c.Problem("name", "No person with this address and password; both are looked at together"),))), STATUS_BITS),
    "setup-data": (SETUP, STATUS_BITS),
    "problem-403": (c.ProblemPage(status=403, words="You are not named as a person who may instruct for Acorn Legal",
                                  says="Lena Vogt and Piet Maas are."), STATUS_BITS),
    "problem-404": (c.ProblemPage(status=404, deeds=(c.Link("Go to what matters now", "now-data.html"),)), STATUS_BITS),
    "problem-429": (c.ProblemPage(status=429), STATUS_BITS),
    "problem-500": (c.ProblemPage(status=500, reference="H-88"), STATUS_BITS),
}  # fmt: skip
PARTS_ALONE: dict[str, tuple[c.Page, c.RequestBits]] = {
    "plan-verdict-part": (VERDICT, BITS),
    "why-part": (c.WhyPart(why=STATEMENT.sections[0].why, path="2"), BITS),
}
