"""The queue, a ticket in the middle of its work, one that is held, and the pages around them."""

from dataclasses import replace
from fractions import Fraction

from tests.pages.samples.ground import AUGUST, FUNNELFLUX, NOTICE, NOW, TEAMPLIFY, WINDOW, at, mins, step
from upheld.core.explain import Share, Verdict
from upheld.core.timeline import Span
from upheld.pages import contexts as c
from upheld.pages.contexts.attainment import AttainmentPage, AttainmentRow, LeftOut
from upheld.pages.contexts.desk import DueClock, MacroRow, MacrosPage, QueuePage, Several, TicketRow
from upheld.pages.contexts.portal import Condition
from upheld.pages.contexts.tickets import (
    Answering,
    CalendarStrip,
    ClockCard,
    Detail,
    File,
    FormPage,
    OthersPart,
    Said,
    Telephone,
    TicketPage,
)

OVER = DueClock(clock="first response", due_at=at("08-28T13:30"), over=mins(80), is_over=True)
SOON = DueClock(clock="first response", due_at=at("08-28T14:56:07"), left=mins(6))
CALM = DueClock(clock="resolution", due_at=at("09-01T10:20"), left=mins(210), hours="support-hours")
STATES = (c.Choice("open", "open"), c.Choice("every", "every"))
SEVERAL = Several(form=c.Form(
    url="/desk/several", deed="Do it with the chosen tickets", not_done="Nothing was done.",
    fields=(
        c.Field(name="deed", label="What is done", is_list=True, choices=(c.Choice("assign", "give them to a person"),)),
        c.Field(name="assignee", label="Who works on them", note="for a person", is_list=True,
                choices=(c.Choice("2", "Tom Okafor"),)),
        c.Field(name="one-tag", label="Tag", note="for a tag", is_needed=False),
        c.Field(name="macro", label="Macro", note="for a note", is_list=True, choices=(c.Choice("seen", "seen"),)),
    ),
))  # fmt: skip
REFUSED_DEED = replace(
    SEVERAL,
    chosen=("T-3", "T-4"),
    refused=("T-3 was merged into T-7, which goes on for both; do it there.", "T-4 has no tag 'slow'."),
)
MISSING = (c.Problem("one-tag", "Write the tag"),)
WRONG_DEED = replace(SEVERAL, chosen=("T-5",), form=replace(SEVERAL.form, problems=MISSING))
QUEUE = QueuePage(
    as_of=NOW,
    overdue=1,
    url="/desk",
    search=c.Field(name="q", label="Words in it", kind="search", is_needed=False),
    filters=(c.Field(name="state", label="State", value="open", choices=STATES, is_list=True),),
    rows=(
        TicketRow(name="T-9", url="ticket-held.html", subject="It does not work", state="New", kind="incident",
                  customer="joan@fenland.example", held_because="No contact has this address."),
        TicketRow(name="T-3", url="#", subject="Exports are empty", state="In progress", kind="incident", priority="high",
                  agreement=TEAMPLIFY, customer="Acorn Legal", assignee="Tom Okafor", due=OVER, tags=("export",)),
        TicketRow(name="T-7", url="ticket-data.html", subject="Checkout times out", state="New", kind="incident",
                  priority="urgent", agreement=TEAMPLIFY, customer="Acorn Legal", due=SOON),
        TicketRow(name="T-4", url="#", subject="A longer report", state="Waiting", kind="question", agreement=FUNNELFLUX,
                  customer="Kettle Media", due=CALM),
        TicketRow(name="T-8", url="#", subject="A slow list", state="New", kind="incident", agreement=TEAMPLIFY,
                  customer="Acorn Legal", needs="needs a priority"),
        TicketRow(name="T-5", url="#", subject="Thanks", state="In progress", kind="question", customer="Kettle Media"),
    ),
    later=c.Link("Tickets after these", "/desk?after=50"),
    several=SEVERAL,
    deeds=(c.Link("Open a ticket for a customer", "/desk/open"), c.Link("Record a call", "/desk/call")),
    rooms=(c.Link("Appointments", "/desk/appointments"), c.Link("Macros", "/desk/macros")),
)  # fmt: skip
DUE_WHY = c.Why(
    step=step(at("08-28T14:56:07"), "due; exactly then is still in time", "TP-39", adds=True,
              because=(step(at("08-28T14:41:07"), "received, through the portal", "TP-11"),
                       step(mins(15), "Urgent, round the clock", "TP-39", sign="+"))),
    agreement=TEAMPLIFY,
)  # fmt: skip
RESPOND = ClockCard(
    clock="first response", state="running", verdict=Verdict.NOT_YET_KNOWN, used=mins(9), allowed=mins(15),
    hours="round the clock", start_at=at("08-28T14:41:07"), due=SOON, due_at=SOON.due_at, why=DUE_WHY, clauses=("TP-39",),
)  # fmt: skip


def opening(day: str) -> Span:
    return Span(at(f"{day}T08:00"), at(f"{day}T16:00"))


CROSSING = CalendarStrip(
    calendar="support-hours", opened=(opening("08-28"), opening("09-01")), start_at=at("08-28T10:20"),
    due_at=at("09-01T10:20"), used=(Span(at("08-28T10:20"), at("08-28T12:00")), Span(at("08-28T13:00"), NOW)),
    paused=(Span(at("08-28T12:00"), at("08-28T13:00")),),
    left=(Span(NOW, at("08-28T16:00")), Span(at("09-01T08:00"), at("09-01T10:20"))),
)  # fmt: skip
RESOLVE = ClockCard(
    clock="resolution", state="running", verdict=Verdict.NOT_YET_KNOWN, used=mins(210), allowed=mins(420),
    hours="in the hours of support-hours", start_at=at("08-28T10:20"), due=CALM, due_at=CALM.due_at, strip=CROSSING,
)  # fmt: skip
LATE = replace(
    RESOLVE, due=replace(OVER, due_at=at("08-28T14:00")),
    strip=replace(CROSSING, opened=CROSSING.opened[:1], due_at=at("08-28T14:00"), left=(),
                  used=CROSSING.used[:1], over=(Span(at("08-28T14:00"), NOW),)),
)  # fmt: skip
PAUSED = ClockCard(
    clock="restore", state="paused", verdict=Verdict.NOT_YET_KNOWN, used=mins(30), allowed=mins(240),
    hours="in the hours of support-hours", start_at=at("08-28T14:00"),
    why=replace(DUE_WHY, url="/desk/T-7/clocks/resolution/1", depth=1),
)  # fmt: skip
MET = ClockCard(
    clock="update, 1", state="stopped", verdict=Verdict.MET, used=mins(12), allowed=mins(60), hours="round the clock",
    start_at=at("08-28T13:00"), stop_at=at("08-28T13:12"), due_at=at("08-28T14:00"),
)  # fmt: skip
UNSET = ClockCard(
    clock="confirmation", state="not known", verdict=Verdict.NOT_YET_KNOWN, hours="round the clock",
    start_at=at("08-28T14:41:07"), needs="needs a priority",
)  # fmt: skip
ABOUT = c.Field(name="about", label="T-7", value="related", is_list=True, choices=(c.Choice("related", "has to do with"),))
OTHERS = OthersPart(url="others-part.html", others=("Tom Okafor writes here.", "Ines Duarte looks at this ticket too."))
ALONE = replace(OTHERS, others=())
ANSWERING = Answering(
    form=c.Form(
        url="/desk/T-7/do/reply", deed="Send reply to the customer",
        fields=(c.Field(name="reply", label="Your reply", kind="long"),
                c.Field(name="files", label="Files", kind="file", is_needed=False)),
    ),
    whom="Joan Pryce", says="Sent to Joan Pryce now. Stops what runs now: first response.", clauses=("TP-39",),
    macros=c.Field(name="macro", label="Begin from a macro", is_list=True, choices=(c.Choice("", "none"),)),
    macros_url="ticket-data.html",
    note=c.Form(url="/desk/T-7/do/note", deed="Keep this note", fields=(c.Field(name="note", label="Note", kind="long"),)),
    writes_url="others-part.html?writes=1",
)  # fmt: skip
MESSAGES = (
    Said(number=1, kind="customer", by="Joan Pryce", at=at("08-28T14:41:07"), channel="portal",
         text="Since about half past three the checkout ends in a gateway timeout.\n<b>Two</b> customers have rung us.",
         files=(File("trace.txt", "/files/T-7/1/1", "12 kB"),), fact=c.Link("#61,010", "/facts/61010")),
    Said(number=2, kind="machine", by="Automatic", at=at("08-28T14:41:09"), channel="portal", text="It has arrived."),
    Said(number=3, kind="note", by="Tom Okafor", at=at("08-28T14:48:30"), channel="internal note", text="php-fpm is full."),
    Said(number=4, kind="person", by="Tom Okafor", at=at("08-28T14:49:30"), channel="portal", says="an update",
         text="We look into it."),
    Said(number=5, kind="customer", by="Joan Pryce", at=at("08-28T14:49:50"), channel="portal", text="Thank you.",
         layout_url="/files/T-7/5/layout", original_url="/files/T-7/5/original", waived="a word of thanks",
         doubts=("Words that its layout hides from a reader were left out; they stand in the mail as it came.",)),
)  # fmt: skip
TICKET = TicketPage(
    as_of=NOW,
    name="T-7",
    subject="Checkout times out",
    state="In progress",
    customer="Acorn Legal",
    agreement=TEAMPLIFY,
    priority="urgent",
    priority_says="decided by staff; the customer wished high",
    priority_clauses=("TP-39",),
    messages=MESSAGES,
    earlier=c.Link("All 35 messages", "/desk/T-7?all=1"),
    clocks=(RESPOND, RESOLVE, PAUSED, UNSET, MET),
    telephone=Telephone(is_open=False, heading="Telephone: closed until 14:56 UTC", says="Nobody has answered yet.",
                        number="+44 (0)20 3588 2200", why=DUE_WHY, clauses=("TP-11",), conditions=(
                            Condition(True, "There is a ticket", ("TP-11",)),
                            Condition(True, "Its priority is urgent or high", ("TP-39",), "it is urgent"),
                            Condition(None, "15 min went by without an answer", found="not before 14:56 UTC is over"),
                        )),
    details=(Detail("Topic", "web server, covered", ("TP-11",)), Detail("Related", "", links=(c.Link("T-3", "#t3"),)),
             Detail("Rated by the customer", "4 of 5: quick")),
    holds=(Said(number=1, kind="open", by="Waits for a third party", at=at("08-28T14:45"), channel="",
                text="their ticket 4711"),),
    calls=(Detail("K-1", "14:50 UTC, too early: asked for news", links=(c.Link("#61,011", "/facts/61011"),)),),
    others=OTHERS,
    answering=ANSWERING,
    deeds=(
        c.Form(url="/desk/T-7/do/work", deed="Work has begun", fields=()),
        c.Form(url="/desk/T-7/do/link", deed="Link it with another ticket", agreement=TEAMPLIFY,
               fields=(ABOUT, c.Field(name="other", label="The other ticket", example="T-7"))),
    ),
    facts=(WINDOW, NOTICE),
    facts_url="/facts",
)  # fmt: skip
REFUSED = replace(
    TICKET.deeds[1],
    not_done="This was not done.",
    problems=(c.Problem("other", "No ticket is called 'T-99'; they are called T-1, T-2 and so on"),),
)
HELD = replace(
    TICKET, agreement=None, customer="joan@fenland.example", held_because="No contact has this address.", clocks=(),
    telephone=None, priority="", priority_says="", facts=(), is_unverified=True, holds=(), calls=(), others=None,
)  # fmt: skip
MERGED = replace(
    HELD, agreement=TEAMPLIFY, held_because="", is_unverified=False, merged_into=c.Link("T-3 Exports are empty", "#t3"),
    answering=None, deeds=(), state="Merged",
)  # fmt: skip
PAST = replace(
    MERGED, merged_into=None, priority_says="decided by staff",
    why_none="You look from a past instant. Go back to now to answer.",
    no_clocks="No clause promises a time for it. Nothing runs.",
)  # fmt: skip
OPENING = FormPage(
    as_of=NOW,
    verb="Open a ticket for a customer",
    lede="First whose it is.",
    choose=c.Form(url="/desk/open", deed="Go on with these", fields=(
        c.Field(name="agreement", label="Agreement", value="a", choices=(c.Choice("a", "Acorn"),), is_list=True),
        c.Field(name="template", label="Begin from a template", choices=(c.Choice("", "none"),), is_list=True),
    )),
    form=c.Form(url="/desk/open", deed="Open the ticket", not_done="No ticket was opened.", agreement=TEAMPLIFY, fields=(
        c.Field(name="subject", label="Subject"),
        c.Field(name="asked-0", label="Is it down for others too?", clauses=("TP-11",), hint="Asked before such a report."),
    ), problems=(c.Problem("subject", "The subject is missing"),)),
    warnings=("urgent: nobody can work.",),
)  # fmt: skip
CALLING = FormPage(
    as_of=NOW, verb="Record a call", answer=TICKET.telephone, agreement=TEAMPLIFY,
    form=c.Form(url="/desk/call", deed="Keep this call", fields=(c.Field(name="came", label="When"),)),
)  # fmt: skip
MACROS = MacrosPage(
    as_of=NOW,
    rows=(
        MacroRow(name="thanks", text="Dear {requester},\nthank you.", use="an answer", by="Mara Ellis",
                 deed=c.Form(url="/desk/macros/remove", deed="Remove", fields=(), hidden=(("macro", "thanks"),))),
        MacroRow(name="seen", text="Seen.", use="a note", by="Mara Ellis"),
    ),
    form=c.Form(url="/desk/macros", deed="Keep this macro", fields=(c.Field(name="text", label="Text", kind="long"),)),
)  # fmt: skip
NO_MACROS = MacrosPage(as_of=NOW, who_may="An administrator writes macros.")
KEPT = AttainmentRow(
    agreement=TEAMPLIFY, period=AUGUST, clock="first response", priority="all", due=6, met=3, missed=1, running=1,
    verdict=Verdict.MISSED, clauses=("TP-39",), left_out=(LeftOut("T-2", "no time is promised (TP-11)"),),
    share=Share(Fraction(3, 4)), url="why-data.html",
)  # fmt: skip
ATTAINMENT = AttainmentPage(
    as_of=NOW, url="/desk/attainment", csv_url="/desk/attainment.csv",
    rows=(KEPT, replace(KEPT, priority="urgent", due=1, met=0, missed=0, running=1, left_out=(), share=None, url="",
                        verdict=Verdict.NOT_YET_KNOWN)),
    filters=(c.Field(name="period", label="Period", kind="search", is_needed=False, example="2026-08"),),
    held=(c.Held("FunnelFlux · Kettle Media cannot be judged.", "A parameter is missing."),),
    before=c.Link("The period of 2026-07", "/desk/attainment?period=2026-07"),
)  # fmt: skip
NOTHING_KEPT = AttainmentPage(as_of=NOW, url="/desk/attainment")

DESK: dict[str, c.Page] = {
    "desk-data": QUEUE,
    "desk-next": replace(QUEUE, overdue=0, rows=QUEUE.rows[2:]),
    "desk-unset": replace(QUEUE, overdue=0, rows=QUEUE.rows[4:]),
    "desk-several": replace(QUEUE, several=REFUSED_DEED),
    "desk-wrong": replace(QUEUE, several=WRONG_DEED),
    "desk-reader": replace(QUEUE, several=None),
    "desk-quiet": replace(QUEUE, overdue=0, rows=QUEUE.rows[5:]),
    "desk-empty": replace(QUEUE, overdue=0, rows=(), later=None),
    "desk-none-found": replace(QUEUE, overdue=0, rows=(), later=None, is_filtered=True),
    "ticket-data": TICKET,
    "ticket-over": replace(
        TICKET, clocks=(replace(RESPOND, due=OVER, used=mins(95)), LATE, MET), others=replace(OTHERS, others=())
    ),
    "ticket-refused": replace(TICKET, deeds=(REFUSED,)),
    "ticket-held": HELD,
    "ticket-merged": MERGED,
    "ticket-past": PAST,
    "ticket-opening": OPENING,
    "call-data": CALLING,
    "macros-data": MACROS,
    "macros-empty": NO_MACROS,
    "attainment-data": ATTAINMENT,
    "attainment-empty": NOTHING_KEPT,
}
