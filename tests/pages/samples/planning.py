"""Work that would count, work that would not, and a form that was not accepted."""

from dataclasses import replace

from tests.pages.samples.ground import NOTICE, NOW, TEAMPLIFY, WINDOW, eur, mins, span, step
from tests.pages.samples.now import BAD_WINDOW, GOOD_WINDOW
from upheld.pages import contexts as c

COST_STEP = step(
    mins(36),
    "left",
    adds=True,
    because=(
        step(mins(216), "0.5 % of 43,200 min; a little less with maintenance", "TP-39"),
        step(mins(180), "this work", "TP-13", sign="−"),
    ),
)
VERDICT = c.PlanVerdict(
    agreement=TEAMPLIFY,
    span=span("09-03T16:00", "09-03T19:00"),
    counts=mins(180),
    judged_as="emergency",
    effect="counts as down",
    effect_clauses=("TP-13",),
    reading=c.Link("emergency-counts", "agreement-data.html#emergency-counts"),
    reading_says="under the others it would not",
    tests=(
        c.PlanTest(
            False,
            "Notice, at least 5 business days",
            "If it goes out now, Fri 28 Aug 14:50 UTC, the fifth business "
            "day ends Sat 5 Sep 00:00 UTC. The work begins 1 d 8 h before that.",
            ("TP-09", "TP-27"),
        ),
        c.PlanTest(
            False,
            "Outside business hours",
            "16:00–17:00 UTC lies inside. By itself this would count 60 min and leave 120 out of base.",
            ("TP-10", "TP-29"),
        ),
        c.PlanTest(True, "The customer can be told", "ops@acorn.example, named support contact.", ("TP-14", "TP-16")),
    ),
    cost=c.PlanCost(
        period=span("09-01T00:00", "10-01T00:00"),
        budget=c.Budget(mins(216), mins(180)),
        amount=eur("310.00"),
        why=c.Why(step=COST_STEP, agreement=TEAMPLIFY),
    ),
    nearest=(
        c.NearestTime(
            span("09-05T00:00", "09-05T03:00"),
            "all 180 min out of base",
            "Sat 5 Sep 2026 00:00 UTC",
            "Sat 5 Sep 2026 03:00 UTC",
        ),
        c.NearestTime(
            span("09-07T17:00", "09-07T20:00"),
            "all 180 min out of base, first weekday evening",
            "Mon 7 Sep 2026 17:00 UTC",
            "Mon 7 Sep 2026 20:00 UTC",
        ),
    ),
)
GOOD_VERDICT = replace(
    VERDICT,
    span=span("09-05T20:00", "09-05T23:00"),
    counts=mins(0),
    out_of_base=mins(180),
    judged_as="scheduled",
    effect="is out of base",
    effect_clauses=("TP-26", "TP-27"),
    reading=None,
    cost=None,
    nearest=(),
    tests=tuple(replace(test, passes=True) for test in VERDICT.tests[2:]),
)
KINDS = (
    c.Choice("scheduled", "Scheduled Maintenance", ("TP-27",)),
    c.Choice("regular", "Regular Maintenance, once per week", ("TP-21",)),
    c.Choice("failover-test", "Failover Test, 20 business days ahead", ("TP-15",)),
    c.Choice("emergency", "Emergency Maintenance", ("TP-13",)),
)
PLAN_FORM = c.Form(
    url="/maintenance/plan",
    deed="Save it as a draft",
    agreement=TEAMPLIFY,
    not_done="This work was not saved.",
    fields=(
        c.Field(
            name="service",
            label="Service",
            value="1",
            choices=(c.Choice("1", "Teamplify · application · 1 customer"),),
            is_list=True,
        ),
        c.Field(name="kind", label="Kind", value="scheduled", choices=KINDS),
        c.Field(name="starts", label="Starts", value="Thu 3 Sep 2026 16:00 UTC", hint="With its zone."),
        c.Field(name="ends", label="Ends", value="Thu 3 Sep 2026 19:00 UTC", hint="3 h. In London it is 17:00 to 20:00."),
        c.Field(name="reason", label="Reason, as the customer will read it", value="Replace the file storage"),
        c.Field(
            name="vendor",
            label="A vendor told us late",
            is_needed=False,
            example="none",
            clauses=("TP-28",),
            hint="Only if its own notice came less than 5 business days ahead; name the fact",
        ),
    ),
)
PLAN = c.PlanPage(
    list_url="windows-data.html",
    form=PLAN_FORM,
    verdict=VERDICT,
    verdict_url="plan-verdict-part.html",
    notice_deed="Give notice although it counts…",
)
PLAN_WRONG = replace(
    PLAN,
    verdict=None,
    form=replace(
        PLAN_FORM,
        problems=(
            c.Problem("starts", "Thu 3 Sep 16:00 has no zone; write for instance Thu 3 Sep 2026 16:00 UTC"),
            c.Problem("ends", "Ends lies before Starts"),
        ),
    ),
)
WINDOWS = c.WindowsPage(
    as_of=NOW, ahead=(BAD_WINDOW, GOOD_WINDOW), past=(replace(GOOD_WINDOW, status="over"),), plan_url="plan-data.html"
)
WINDOW_PAGE = c.WindowPage(
    as_of=NOW,
    list_url="windows-data.html",
    row=GOOD_WINDOW,
    verdict=GOOD_VERDICT,
    facts=(WINDOW, NOTICE),
    deeds=(
        c.Form(url="/maintenance/M-77/start", deed="Start the work", fields=()),
        c.Form(url="/maintenance/M-77/cancel", deed="Cancel the work…", fields=()),
    ),
)
