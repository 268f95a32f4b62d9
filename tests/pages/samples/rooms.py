"""What the desk keeps besides tickets: plans, reviews, time bought ahead, appointments, who is told; what customers see."""

from tests.pages.samples.ground import NOW, TEAMPLIFY, at
from tests.pages.samples.portal import PORTAL_BITS, WHY
from upheld.pages import contexts as c
from upheld.pages.contexts.work import WorkPage

DESK_LINK = c.Link("Desk", "/desk")
STEP = c.Form(url="/desk/plans/step", deed="Done: tenant login", fields=(), hidden=(("step", "tenant login"),))
PLAN = c.Entry(
    words="Hosted implementation: 1 of 5 steps done", badge=c.Badge("Under way", "run"), at=at("08-24T09:00"), deeds=(STEP,),
    says=("Done: self-registration.", "1 of 2 meetings held.", "Finished when: customer signs off."), clauses=("TP-31",),
    agreement=TEAMPLIFY, why=WHY, anchor="plan",
)  # fmt: skip
PLANS = WorkPage(
    as_of=NOW, answer="1 plan is under way", way=(DESK_LINK, c.Link("Plans")),
    sections=(c.Section(anchor="acorn", heading="Teamplify · Acorn Legal", entries=(PLAN,)),),
)  # fmt: skip
HELD = c.Form(
    url="/desk/reviews", deed="Keep this review", problems=(c.Problem("summary", "What was learnt is missing"),),
    fields=(
        c.Field(name="agreement", label="Agreement", choices=(c.Choice("a", "Teamplify"),), is_list=True),
        c.Field(name="summary", label="What was learnt", kind="long"),
        c.Field(name="seen", label="Who reads it", choices=(c.Choice("", "only ourselves"),), is_list=True),
    ),
)  # fmt: skip
ACTION = c.Entry(
    words="R-1-a1: Watch the disks", url="/desk/reviews/R-1", badge=c.Badge("Late", "down", "down"),
    says=("Tom Okafor sees to it. Due Thu 27 Aug 16:00 UTC.",), agreement=TEAMPLIFY,
)  # fmt: skip
REVIEWS = WorkPage(
    as_of=NOW, answer="1 action is late", way=(DESK_LINK, c.Link("Reviews")),
    sections=(
        c.Section(anchor="actions", heading="To be done", entries=(ACTION,)),
        c.Section(anchor="reviews", heading="Reviews", empty="Nothing was gone through yet.", form=HELD),
        c.Section(anchor="meetings", heading="The agreement itself", says="It is a fact."),
    ),
)  # fmt: skip
PREPAID = WorkPage(
    as_of=NOW, answer="Time that was bought ahead", way=(DESK_LINK, c.Link("Prepaid time")),
    sections=(
        c.Section(anchor="help", heading="help, Teamplify", entries=(
            c.Entry(words="9\u00a0h left", badge=c.Badge("There is time left", "up", "up"), agreement=TEAMPLIFY,
                    says=("10\u00a0h bought, 1\u00a0h used.",)),
            c.Entry(words="Bought: 10\u00a0h, 2026-114", at=at("08-01T09:00"), says=("It does not end.",)),
            c.Entry(words="Used: 1\u00a0h for T-1", url="/desk/T-1", at=at("08-20T09:00"), links=(c.Link("#31", "#"),)),
        )),
    ),
)  # fmt: skip
TIMES = WorkPage(
    as_of=NOW, answer="1 appointment is agreed", way=(DESK_LINK, c.Link("Appointments")),
    deeds=(c.Link("The calendar as a file", "/desk/appointments.ics"),),
    sections=(
        c.Section(anchor="agreed", heading="Agreed", entries=(
            c.Entry(words="T-1: Move the server", url="#", at=at("09-01T09:00"), badge=c.Badge("Agreed", "up", "up")),
        )),
        c.Section(anchor="proposed", heading="Proposed", empty="No time waits for an answer."),
    ),
)  # fmt: skip
REMOVE = c.Form(url="/desk/told", deed="Remove this line", fields=(), hidden=(("line", "1"),))
TOLD = WorkPage(
    as_of=NOW, answer="1 line says who is told", way=(DESK_LINK, c.Link("Who is told")),
    sections=(
        c.Section(anchor="lines", heading="Clocks", entries=(
            c.Entry(words="Nights is told once the time is over", says=("Of every clock.",), deeds=(REMOVE,)),
        )),
        c.Section(anchor="outages", heading="Outages that open a ticket", empty="No outage opens a ticket by itself."),
    ),
)  # fmt: skip
FORESEEN = WorkPage(
    as_of=NOW, answer="T-1: what each priority would make due", lede="The customer wished high. It is low now.",
    way=(DESK_LINK, c.Link("Look at T-1", "/desk/T-1"), c.Link("Priorities")),
    sections=(
        c.Section(anchor="p-high", heading="High", entries=(
            c.Entry(words="Respond is due Fri 28 Aug 15:00", badge=c.Badge("Would be over at once", "down", "down"),
                    agreement=TEAMPLIFY, clauses=("TP-66",), says=("Our agreement times it anew from the change.",)),
        )),
        c.Section(anchor="p-low", heading="Low, as it is now", empty="No clock would run."),
    ),
)  # fmt: skip
CODE = c.Entry(words="/start ABCDEFGHJKLM", says=("Send this line to our bot.",))
TELEGRAM = c.ColleaguesPage(
    as_of=NOW, answer="No chat is linked", way=(c.Link("People", "#"), c.Link("Telegram")),
    sections=(
        c.Section(anchor="code", heading="Your code, good once", entries=(CODE,)),
        c.Section(anchor="link", heading="Link a chat", form=c.Form(url="#", deed="Show me a code", fields=())),
        c.Section(anchor="linked", heading="Linked chats", empty="Nobody writes in your name from Telegram."),
    ),
)  # fmt: skip
LEARNT = c.ListPage(
    as_of=NOW, answer="R-1: what was learnt", way=(c.Link("Home", "#"), c.Link("Reviews", "#"), c.Link("R-1")),
    sections=(
        c.Section(anchor="learnt", heading="What happened", entries=(
            c.Entry(words="What was learnt", says=("The disk was full.",), links=(c.Link("T-1", "#"),)),
        )),
        c.Section(anchor="actions", heading="What is done about it", entries=(ACTION,)),
    ),
)  # fmt: skip
AGREE = c.Form(url="/desk/T-1/working/agree", deed="Agree to charge W-3", fields=(), hidden=(("work", "W-3"),))
MISUSE = WorkPage(
    as_of=NOW, answer="1 charge for misuse waits for another person", way=(DESK_LINK, c.Link("Misuse")),
    sections=(
        c.Section(
            anchor="acorn", heading="Teamplify · Acorn Legal", says="misuse: EUR 100 per hour for each ticket (TP-31).",
            entries=(
                c.Entry(words="W-3, 20 min on T-1 Exports are empty", url="#", badge=c.Badge("Waits", "pause"), at=NOW,
                        clauses=("TP-31",), agreement=TEAMPLIFY, says=("Nothing was down.",), deeds=(AGREE,)),
                c.Entry(words="K-1 about T-1 Exports are empty", badge=c.Badge("Misuse", "excluded"), agreement=TEAMPLIFY,
                        links=(c.Link("Propose a charge for it", "#"),)),
            ),
        ),
    ),
)  # fmt: skip
LOADS = WorkPage(
    as_of=NOW, answer="1 time of high load runs", way=(DESK_LINK, c.Link("High load")),
    sections=(
        c.Section(
            anchor="acorn", heading="Teamplify · Acorn Legal", says="Counts where it was declared before (TP-31).",
            entries=(c.Entry(words="Fri 28 Aug 14:00–16:00 UTC", badge=c.Badge("Runs", "run"), says=("40 wait.",)),),
        ),
        c.Section(
            anchor="declare", heading="Declare a high load",
            form=c.Form(url="#", deed="Declare the high load", fields=(c.Field(name="to", label="Until"),)),
        ),
    ),
)  # fmt: skip

TEMPLATES = WorkPage(
    as_of=NOW, answer="2 templates are kept", way=(DESK_LINK, c.Link("Templates")),
    deeds=(c.Link("Open a ticket for a customer", "/desk/open"),),
    sections=(
        c.Section(anchor="kept", heading="What a ticket begins with", entries=(
            c.Entry(
                words="Access for a new colleague", links=(c.Link("Change", "#write"),),
                says=("Access for a new colleague of {customer}", "Service request; tags access people.",
                      "For our people, and customers in the portal. By Mara Ellis."),
                deeds=(c.Form(url="#", deed="Remove", fields=(), hidden=(("template", "Access for a new colleague"),)),),
            ),
            c.Entry(words="Certificate ends", says=("Incident.", "For our people alone. By Mara Ellis.")),
        )),
        c.Section(anchor="write", heading="Write a template", form=c.Form(
            url="/desk/templates", deed="Keep this template",
            fields=(
                c.Field(name="name", label="Name", example="Access for a new colleague"),
                c.Field(name="offered", label="Who begins from it",
                        choices=(c.Choice("", "our people alone"), c.Choice("yes", "our people, and customers"))),
                c.Field(name="subject", label="Subject"),
                c.Field(name="text", label="Text", kind="long", is_needed=False),
            ),
        )),
    ),
)  # fmt: skip
BEGUN = c.TicketsPage(
    as_of=NOW, answer="Report it as high, Teamplify", lede="The software cannot be used. You set how pressing it is.",
    way=(c.Link("Tickets", "#"), c.Link("Report", "#"), c.Link("Report it as high")),
    sections=(
        c.Section(anchor="begin", heading="Begin with", entries=(
            c.Entry(words="Access for a new colleague", url="?template=Access+for+a+new+colleague#report"),
            c.Entry(words="A report is empty", url="?template=A+report+is+empty#report"),
        )),
        c.Section(anchor="report", heading="What we need to know", form=c.Form(
            url="#", deed="Send the report", agreement=TEAMPLIFY, hidden=(("template", "Access for a new colleague"),),
            fields=(
                c.Field(name="subject", label="In one line", value="Access for a new colleague of Acorn Legal"),
                c.Field(name="text", label="What happens, and since when", kind="long", value="Name:\nFrom when:"),
            ),
        )),
    ),
)  # fmt: skip

ROOM_PAGES: dict[str, WorkPage] = {
    "desk-plans": PLANS, "desk-reviews": REVIEWS, "desk-prepaid": PREPAID, "desk-appointments": TIMES, "desk-told": TOLD,
    "desk-foreseen": FORESEEN, "desk-misuse": MISUSE, "desk-loads": LOADS,
    "desk-templates": TEMPLATES,
}  # fmt: skip
CUSTOMERS_ROOMS: dict[str, tuple[c.Page, c.RequestBits]] = {
    "customers-telegram": (TELEGRAM, PORTAL_BITS), "customers-review": (LEARNT, PORTAL_BITS),
    "customers-report": (BEGUN, PORTAL_BITS),
}  # fmt: skip
