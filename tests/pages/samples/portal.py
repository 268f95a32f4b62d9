"""What a customer sees: home on a bad day, lists with what may be done, a claim with its conditions, a password by link."""

from dataclasses import replace

from tests.pages.samples.ground import AUGUST, BITS, BUDGET, NOW, TEAMPLIFY, at, eur, mins
from upheld.core.explain import Step
from upheld.pages import contexts as c
from upheld.pages.contexts.chat import ChatPage, ChatPart
from upheld.pages.contexts.lists import TermsPage
from upheld.pages.states import State

NAV = (
    c.NavEntry("Home", "home-down.html"),
    c.NavEntry("Claims", "claims-open.html"),
    c.NavEntry("People", "colleagues.html"),
)
AROUND = c.Around(brand="Demo provider", home_url="home-down.html", whose="Acorn Legal")
PORTAL_BITS = replace(BITS, nav=NAV, around=AROUND, reader="Lena Vogt", reader_note="Manager")
LOOKING_BITS = replace(
    PORTAL_BITS,
    around=replace(
        AROUND,
        looking="You look at the portal as Acorn Legal sees it, until Fri 28 Aug 16:40 UTC.",
        stop_url="/portal/look/stop",
    ),
)
WHY = c.Why(step=Step("99.6008 %", "178 min of 44,600 min were down", ("TP-31",)), agreement=TEAMPLIFY)
SHARE = c.Figure(value="99.6008 %", says="August, if nothing more fails. Promised: at least 99.5 %.", why=WHY)
OPEN = c.Entry(
    words="The outage of 19 Aug may be claimed", url="claim-open.html", badge=c.Badge("5 of 7 conditions met", "run"),
    says=("It has to come before Wed 26 Aug 2026 00:00 UTC.",), clauses=("TP-45",), agreement=TEAMPLIFY,
)  # fmt: skip
TURN = c.Form(url="/portal/access/switch", deed="Turn support user off", fields=(), hidden=(("to", "off"),))
SWITCH = c.Entry(
    words="Support user", badge=c.Badge("On", "up", "up"), at=at("08-27T09:00"), says=("While it is on, it opens pages.",),
    deeds=(TURN,), links=(c.Link("#19", "fact-data.html"),),
)  # fmt: skip
ASK = c.Form(
    url="/portal/duties", deed="Ask for it", agreement=TEAMPLIFY,
    fields=(c.Field(name="warned", label="The warning", choices=(c.Choice("read", "I have read it"),)),),
)  # fmt: skip
SECTIONS = (
    c.Section(anchor="waiting", heading="Waiting for you", entries=(OPEN,), more=c.Link("All claims", "claims-open.html")),
    c.Section(anchor="work", heading="Planned work", empty="No work is planned."),
    c.Section(anchor="access", heading="Switches", entries=(SWITCH,)),
    c.Section(anchor="ask", heading="Ask for it", says="Before you ask: it may disturb.", form=ASK),
)
DOWN = c.ServiceHere(
    agreement=TEAMPLIFY, state=State.DOWN, period=AUGUST, since=at("08-28T14:38"), lasting=mins(12),
    outage=c.Link("outage O-3", "outage-open.html"), figure=SHARE, budget=BUDGET, missed_at=at("08-28T15:35"),
    amount=eur("100.00"), amount_at=at("08-28T15:35"),
)  # fmt: skip
UP = c.ServiceHere(agreement=TEAMPLIFY, state=State.UP, period=AUGUST, says="No share of availability is promised.")
HOME_DOWN = c.HomePage(as_of=NOW, services=(DOWN,), sections=SECTIONS, deeds=(c.Link("File a claim", "claims-open.html"),))
HOME_UP = c.HomePage(as_of=NOW, services=(UP, replace(UP, says="It cannot be judged: price is missing.", period=None)))
LIST = c.ListPage(as_of=NOW, answer="1 switch is on", sections=SECTIONS[2:], way=(c.Link("Home", "#"), c.Link("Access")))
CLAIMS = c.ClaimsPage(as_of=NOW, answer="No claim waits", sections=SECTIONS[:2])
DETAIL = c.Field(
    name="d-areas", label="Functional areas", kind="long", is_needed=False, note="needed", clauses=("TP-54",),
    hint="The agreement asks for these details.",
)  # fmt: skip
FILING = c.ClaimsPage(
    as_of=NOW, answer="Claim tenfold for the outage O-2", way=(c.Link("Claims", "claims-open.html"), c.Link("O-2")),
    sections=(
        c.Section(
            anchor="conditions", heading="As it would stand now",
            entries=(
                c.Entry(
                    words="All details that are asked for are given", badge=c.Badge("Not known yet", "unknown", "unknown"),
                    says=("Still to give: functional areas and ticket number.",), clauses=("TP-54",), agreement=TEAMPLIFY,
                ),
            ),
        ),
        c.Section(
            anchor="file", heading="What is asked of you",
            says="Needed with the claim: areas and ticket number. It has to come before Wed 26 Aug 2026 00:00 UTC.",
            form=c.Form(
                url="/portal/claims/file", deed="File the claim", agreement=TEAMPLIFY,
                fields=(
                    DETAIL,
                    c.Field(name="d-number", label="Ticket number", is_needed=False, note="needed"),
                    c.Field(name="exhibit", label="A file of yours", is_needed=False),
                ),
            ),
        ),
    ),
)  # fmt: skip
INVOICES = c.InvoicesPage(
    as_of=NOW, answer="GBP 540.00 is due", deeds=(c.Link("When a contract ends", "#"),),
    sections=(
        c.Section(
            anchor="due", heading="Due",
            entries=(
                c.Entry(
                    words="INV-2026-0001: GBP 540.00", badge=c.Badge("Overdue", "down", "down"), agreement=TEAMPLIFY,
                    says=("For 1 Jul 2026 to 31 Jul 2026.", "Due Sun 27 Sep 12:00 UTC."), why=WHY,
                ),
            ),
        ),
        c.Section(anchor="settled", heading="Settled, and credit notes", empty="No invoice is settled yet."),
    ),
)  # fmt: skip
CLOCK = c.Entry(
    words="Respond: 3 h 15 min left", badge=c.Badge("Runs", "run"), says=("Due Mon 31 Aug 08:05 UTC.",), clauses=("TP-39",),
    agreement=TEAMPLIFY, why=WHY,
)  # fmt: skip
REPLY = c.Form(
    url="/portal/tickets/T-1", deed="Send this to us",
    fields=(
        c.Field(name="text", label="Your message", kind="long"),
        c.Field(name="files", label="Files", kind="file", is_needed=False),
    ),
)  # fmt: skip
TICKET = c.TicketsPage(
    as_of=NOW, answer="T-1: Nobody can sign in", way=(c.Link("Tickets", "#"), c.Link("T-1")),
    sections=(
        c.Section(anchor="clocks", heading="Clocks", entries=(CLOCK,)),
        c.Section(anchor="said", heading="What was said", entries=(c.Entry(words="Tom Okafor", at=NOW),), form=REPLY),
    ),
)  # fmt: skip
CHAT = ChatPage(
    as_of=NOW, answer="T-9: How do I see yesterday?", way=(c.Link("Tickets", "#"), c.Link("Live chat", "#"), c.Link("T-9")),
    said=ChatPart(
        lines=(c.Entry(words="Lena Vogt", at=NOW, says=("How do I see yesterday?",)), c.Entry(words="Tom Okafor", at=NOW)),
        more_url="/portal/chats/T-9/after/2",
    ),
    line=c.Entry(
        words="It was handed over", badge=c.Badge("Second line", "run"), clauses=("TP-39",), agreement=TEAMPLIFY,
        says=("The chat is not for funnel setup. It goes on by email: answers come there, and stay to be read here.",),
    ),
    clocks=(CLOCK,), ticket=c.Link("T-9 as a ticket", "#"), form=REPLY,
)  # fmt: skip
REASONS = c.WhyPage(
    figure="99.4342 %", says="Teamplify for Acorn Legal, July 2026", why=WHY, dispute=c.Link("Dispute this figure", "#"),
)  # fmt: skip
CHAT_QUIET = replace(CHAT, clocks=(), silence="No clause promises a time for it: nothing runs.", form=None, ticket=None)
DUTIES = c.DutiesPage(as_of=NOW, answer="1 duty of ours is open", sections=SECTIONS[2:])
TERMS = TermsPage(as_of=NOW, answer="Version 2026-10 instead of 2023-01", sections=SECTIONS[2:])
APPROVALS = c.ApprovalsPage(as_of=NOW, answer="1 proposal waits for a second person", sections=SECTIONS[2:])
COLLEAGUES = c.ColleaguesPage(as_of=NOW, answer="2 people of yours may sign in", sections=SECTIONS[2:3])
CLAIM = c.ClaimPage(
    as_of=NOW, list_url="claims-open.html", name="C-41", agreement=TEAMPLIFY,
    outage=c.Link("outage O-2", "outage-closed.html"),
    answer="C-41 cannot be granted as things stand: 1 condition is not met",
    conditions=(
        c.Condition(False, "No invoice is overdue", ("TP-45",), "Overdue: EUR\u00a07,240.00."),
        c.Condition(None, "Uptime was not met", (), "Uptime is not known."),
        c.Condition(
            True, "The ticket came within 5 business days after the end of the outage", ("TP-51",),
            "Ticket Tue 4 Aug 2026 09:20 UTC; 5 business days after outage end ends Wed 12 Aug 2026 00:00 UTC.",
        ),
    ),
    amount=c.Figure(value=eur("100.00"), says="the credit of its month", why=WHY), told=(("When", "Mon 10 Aug"),),
    decision="Refused by Mara Ellis, Fri 28 Aug: the invoice is unpaid", appeal=("Appealed by Lena Vogt: it was paid",),
    evidence=(c.Link("Fact #62,871", "fact-data.html"),),
    form=c.Form(
        url="/portal/claims/C-41/appeal", deed="Appeal", not_done="Nothing was sent.",
        fields=(c.Field(name="because", label="Why you do not accept it", kind="long", hint="You may appeal once."),),
    ),
)  # fmt: skip
FORGOTTEN = c.PasswordPage(
    answer="Ask for a new password", says="A mail with a link is on its way within a minute.",
    form=c.Form(url="/forgotten", deed="Send me the link", fields=(c.Field(name="name", label="E-mail address"),)),
)  # fmt: skip
MAILED = c.PasswordPage(answer="Look into your mail", link=c.Link("Sign in", "signin-data.html"))

PORTAL_PAGES: dict[str, tuple[c.Page, c.RequestBits]] = {
    "home-down": (HOME_DOWN, PORTAL_BITS), "home-up": (HOME_UP, PORTAL_BITS), "home-looked-at": (HOME_DOWN, LOOKING_BITS),
    "home-nothing": (c.HomePage(as_of=NOW), PORTAL_BITS), "list-data": (LIST, PORTAL_BITS),
    "customers-ticket": (TICKET, PORTAL_BITS),
    "chat-data": (CHAT, PORTAL_BITS), "chat-quiet": (CHAT_QUIET, PORTAL_BITS),
    "why-disputed": (REASONS, PORTAL_BITS),
    "duties-open": (DUTIES, BITS), "approvals": (APPROVALS, BITS), "terms": (TERMS, BITS),
    "invoices": (INVOICES, PORTAL_BITS),
    "claims-open": (CLAIMS, PORTAL_BITS), "claim-filing": (FILING, PORTAL_BITS),
    "colleagues": (COLLEAGUES, PORTAL_BITS), "claim-open": (CLAIM, PORTAL_BITS),
    "password-forgotten": (FORGOTTEN, BITS), "password-mailed": (MAILED, BITS),
}  # fmt: skip
