"""On call: two rotas, a page that nobody answered and one that Mara sees to, a policy, and how a person is reached."""

from dataclasses import replace

from tests.pages.samples.ground import NOW, at, span
from upheld.core.service_hours import Zone
from upheld.language.calendars import transitions
from upheld.pages.contexts import oncall as c
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import Choice, Field, Form, Problem

LONDON = Zone.from_json("Europe/London", [list(row) for row in transitions("Europe/London", 2025, 2028)])
BACK = Link("On call", "oncall-data.html")
WEEKS = (
    c.ShiftShown(span=span("08-24T08:00", "08-31T08:00"), person="Mara Ellis"),
    c.ShiftShown(span=span("08-31T08:00", "09-07T08:00"), person="Tom Okafor"),
    c.ShiftShown(span=span("09-07T08:00", "09-09T18:00"), person="Mara Ellis"),
    c.ShiftShown(span=span("09-09T18:00", "09-10T06:00"), person="Ines Duarte", steps_in=True),
    c.ShiftShown(span=span("09-10T06:00", "09-14T08:00"), person="Mara Ellis"),
    c.ShiftShown(span=span("09-14T08:00", "09-21T08:00"), person="Tom Okafor"),
)
NIGHTS = c.RotaRow(name="Nights", url="rota-data.html", zone=LONDON, now=WEEKS[0], next=WEEKS[1])
EMPTY = c.RotaRow(name="Databases", url="rota-empty.html", zone=LONDON, next=WEEKS[3])
SEE_TO_IT = Form(url="/on-call/pages/P-7", deed="I see to it", fields=())
WAITS = c.PageRow(
    name="P-7", url="page-running.html", subject="Teamplify is down since 14:38 UTC", about="O-3", state="running",
    began_at=at("08-28T14:39"), next_at=at("08-28T14:54"), deed=SEE_TO_IT,
)  # fmt: skip
UNANSWERED = replace(WAITS, name="P-5", state="unanswered", is_urgent=False, next_at=None)
SEEN_TO = replace(
    WAITS, name="P-6", state="acknowledged", next_at=None, answered_by="Mara Ellis", answered_at=at("08-28T14:41"), deed=None
)
OVER = replace(SEEN_TO, name="P-4", state="resolved", ended_at=at("08-28T14:45"))
ONCALL = c.OnCallPage(
    as_of=NOW,
    rotas=(NIGHTS, EMPTY),
    open_pages=(WAITS, UNANSWERED),
    links=(Link("Pages", "pages-data.html"), Link("Escalation policies", "policies-data.html")),
    add=Link("Write a rota", "rota-form.html"),
)
QUIET_ONCALL = replace(ONCALL, open_pages=())
NO_ROTA = c.OnCallPage(as_of=NOW, who_may="An administrator writes rotas.")
STEP_IN = Form(
    url="/on-call/rotas/nights",
    deed="Step in",
    fields=(
        Field(name="person", label="Who", value="mara", choices=(Choice("mara", "Mara Ellis"),), is_list=True),
        Field(name="from_at", label="From", value="Fri 28 Aug 2026 16:00 London"),
    ),
)
ROTA = c.RotaPage(
    as_of=NOW,
    row=NIGHTS,
    window=span("08-25T14:50", "09-21T08:00"),
    shifts=WEEKS,
    layers=("Mara Ellis, then Tom Okafor; hand-off every week on Monday at 09:00",),
    stepping_in=(
        c.SteppingIn(shift=WEEKS[3], deed=Form(url="/on-call/rotas/nights/withdraw", deed="Take it back", fields=())),
    ),
    form=STEP_IN,
    change=Link("Change the rota", "rota-form.html"),
    calendar_url="https://sla.provider.example/on-call/calendar/1-2~c29tZXRoaW5nIHNlY3JldA.ics",
    renew=Form(url="/on-call/rotas/nights/calendar", deed="Make another address", fields=()),
    back=BACK,
)
EMPTY_ROTA = c.RotaPage(as_of=NOW, row=EMPTY, window=ROTA.window, back=BACK)
ROTA_FORM = c.FormPage(
    as_of=NOW,
    asks="Change Nights",
    says="A line for each person: `mara@provider.example`.",
    form=Form(
        url="/on-call/rotas/nights/change",
        deed="Change it from now on",
        fields=(Field(name="people", label="People in turn", kind="long", value="mara@provider.example"),),
        problems=(Problem("people", "Nobody signs in as 'mara'"),),
    ),
    back=BACK,
)
ROTA_READER = c.FormPage(as_of=NOW, asks="Change Nights", who_may="An administrator writes rotas.", lines=ROTA.layers)
PAGES = c.PagesPage(as_of=NOW, rows=(WAITS, SEEN_TO, UNANSWERED, OVER), older=Link("Older pages", "#"), back=BACK)
STEPS = (
    c.StepRow(
        at=at("08-28T14:39"),
        messages=(
            c.MessageRow(to="Mara Ellis", way="SMS", sent_at=at("08-28T14:39")),
            c.MessageRow(to="Mara Ellis", way="Telegram", trouble="api.telegram.org answered 403: bot was blocked"),
            c.MessageRow(to="ops", way="Slack"),
            c.MessageRow(to="Tom Okafor", way="Mail", is_dropped=True),
        ),
    ),
    c.StepRow(at=at("08-28T14:49"), left_out=("nobody is on call by Databases",)),
)
RESOLVE = Form(url="/r", deed="It is over", fields=(Field(name="because", label="Why it is over"),))
PAGE = c.OnePage(
    as_of=NOW, row=WAITS, text="The first failed answer: connection refused\nIt is O-3.", policy="Outages", steps=STEPS,
    deeds=(SEE_TO_IT, RESOLVE), back=(BACK, Link("Pages", "pages-data.html")),
)  # fmt: skip
NEW_PAGE = replace(PAGE, steps=(), text="")
OVER_PAGE = replace(PAGE, row=OVER, deeds=(), resolved_because="the outage closed")
POLICIES = c.PoliciesPage(
    as_of=NOW,
    rows=(
        c.PolicyRow(
            name="Outages", url="policy-form.html", is_default=True, steps=("Mara Ellis, at once",), notes=("Once more.",)
        ),
        c.PolicyRow(name="Reminders", url="policy-form.html", steps=("the channel ops, at once",)),
    ),
    channels=(c.ChannelRow("ops", "by Slack"),),
    add=Link("Write a policy", "policy-form.html"),
    form=Form(url="/on-call/policies", deed="Keep this channel", fields=(Field(name="name", label="Name of the channel"),)),
    back=BACK,
)
NO_POLICIES = c.PoliciesPage(as_of=NOW, who_may="An administrator writes policies.")
WAYS = c.WaysPage(
    as_of=NOW,
    rows=(
        c.WayRow(
            way="SMS", address="+442079460000", used_for="for urgent pages", remove=Form(url="/r", deed="Remove", fields=())
        ),
        c.WayRow(
            way="Telegram", address="77", used_for="for all pages", remove=Form(url="/r", deed="Remove", fields=()),
            confirm=Form(url="/c", deed="Confirm", fields=(Field(name="code2", label="The code that was sent to 77"),)),
        ),
    ),
    form=Form(url="/on-call/me", deed="Send a code there", fields=(Field(name="address", label="Address"),)),
    calendar_url="https://upheld.example.com/on-call/calendar/2-1~x7Jx.ics",
    renew=Form(url="/on-call/me/calendar", deed="Make another address", fields=()),
    back=BACK,
)  # fmt: skip
NO_WAYS = c.WaysPage(as_of=NOW)
ANSWER = c.AnswerPage(asks="Teamplify is down", says=("P-7, about O-3. You answer as Mara Ellis.",), form=SEE_TO_IT)
ANSWERED = c.AnswerPage(asks="You see to it", says=("Nobody is paged further.",))
