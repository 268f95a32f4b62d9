"""Every address of the portal, with who may look and who may act. What is another customer's is not there."""

from functools import partial

from django.urls import URLPattern

from upheld.apps.parties.queries import is_customers, may_act_for_customer, may_manage_customer
from upheld.doors import addresses, converters
from upheld.doors.frames import anybody
from upheld.doors.shown import agreement, agreements, facts, outage, service, services, statement, statements, why
from upheld.interfaces.portal import (
    access,
    agreed,
    appealing,
    appointments,
    chat,
    chat_room,
    claims,
    disputes,
    duties,
    exhibits,
    filing,
    filing_periods,
    heads,
    home,
    invoices,
    looking,
    notices,
    own,
    people,
    persons,
    plans,
    prepaid,
    reporting,
    reviews,
    taking,
    telegram,
    terminations,
    tickets,
    work,
)
from upheld.interfaces.portal.frame import FRAME

app_name = "portal"
converters.register()
address = partial(addresses.address, frame=FRAME)

TWIN = ("json",)
TABLE = (*TWIN, "csv")
PAPER = (*TWIN, "pdf", "csv")
CALENDAR = (*TWIN, "ics")

DOORS: list[URLPattern] = [
    *address("calendar/<str:secret>.ics", "calendar", show=work.show_feed, may=anybody),
    *address("appointments/<str:secret>.ics", "appointments-calendar", show=appointments.show_feed, may=anybody),
]
"""Open to whoever has the address, which nobody guesses: a calendar programme cannot sign in."""

_STATEMENT = "statements/<slug:customer>/<slug:document>/<month:period>"
ROOMS: list[URLPattern] = [
    *address("", "home", show=home.show_home),
    *address("home", "home-twin", forms=TWIN, show=home.show_home),
    *address("services", "services", forms=TWIN, show=services.show_services),
    *address("services/<slug:document>/<slug:customer>", "service", forms=TABLE, show=service.show_service),
    *address("outages/<slug:name>", "outage", forms=TWIN, show=outage.show_outage),
    *address("maintenance", "maintenance", forms=CALENDAR, show=work.show_work),
    *address("maintenance/<slug:name>", "window", forms=TWIN, show=work.show_window),
    *address("notices", "notices", forms=TWIN, show=notices.show_notices),
    *address("agreements", "agreements", forms=TWIN, show=agreements.show_agreements),
    *address("agreements/<slug:document>/<edition:version>", "agreement", forms=TWIN, show=agreement.show_agreement),
    *address(
        "agreements/<slug:document>/<edition:version>/parts/<int:number>", "agreement-part", forms=TWIN,
        show=agreement.show_part,
    ),
    *address(
        "agreements/<slug:document>/<edition:version>/readings/<slug:name>", "agreement-reading", forms=TWIN,
        show=agreement.show_reading,
    ),
    *address("agreements/<slug:document>/<edition:version>/text", "agreement-text", show=agreement.show_text),
    *address("statements", "statements", forms=TWIN, show=statements.show_statements),
    *address(_STATEMENT, "statement", forms=PAPER, show=disputes.show_statement),
    *address(f"{_STATEMENT}/<int:number>", "later-statement", forms=PAPER, show=disputes.show_statement),
    *address(f"{_STATEMENT}/<int:number>/bundle.zip", "statement-bundle", show=statement.download_bundle),
    *address(f"{_STATEMENT}/<int:number>/why/<int:figure>", "statement-why", forms=TWIN, show=disputes.show_lines),
    *address(
        f"{_STATEMENT}/<int:number>/dispute", "statement-dispute", forms=TWIN, show=disputes.show_statement_dispute,
        do=disputes.dispute_statement, may_do=may_act_for_customer,
    ),
    *address("disputes", "disputes", forms=TWIN, show=disputes.show_disputes),
    *address(
        "tickets/<slug:name>/dispute", "ticket-dispute", forms=TWIN, show=disputes.show_clock_dispute,
        do=disputes.dispute_clock, may_do=may_act_for_customer,
    ),
    *address("why/<slug:key>/<month:period>/<rule:rule>", "why", forms=TWIN, show=why.show_why),
    *address("facts", "facts", forms=TWIN, show=facts.show_facts),
    *address("facts/<slug:key>/<int:number>", "fact", forms=TWIN, show=facts.show_fact),
    *address("records", "own", forms=TWIN, show=own.show_own, do=own.hand_over, may_do=may_act_for_customer),
    *address("records/handed-over/<slug:name>", "own-handed-over", show=exhibits.download),
    *address("records/everything.zip", "own-everything", show=taking.download_everything),
    *address("heads", "heads", forms=TWIN, show=heads.show_heads, do=heads.act, may_do=may_act_for_customer),
    *address("records/<slug:key>.jsonl", "own-facts", show=own.download_facts),
    *address("tickets", "tickets", forms=TWIN, show=tickets.show_tickets),
    *address(
        "tickets/<slug:name>", "ticket", forms=TWIN, show=tickets.show_ticket, do=reporting.write,
        may_do=may_act_for_customer,
    ),
    *address(
        "tickets/<slug:name>/agreed", "agreed", forms=TWIN, show=agreed.show_agreed, do=agreed.act,
        may_do=may_act_for_customer,
    ),
    *address("tickets/<slug:name>/priority", "ticket-priority", do=reporting.say_priority, may_do=may_act_for_customer),
    *address("tickets/<slug:name>/rating", "ticket-rating", do=reporting.rate_it, may_do=may_act_for_customer),
    *address("tickets/<slug:name>/clocks/<slug:clock>/<int:number>", "ticket-clock", forms=TWIN, show=disputes.show_clock),
    *address("tickets/<slug:name>/files/<int:message>/layout", "ticket-layout", show=tickets.show_layout),
    *address("tickets/<slug:name>/files/<int:message>/<int:number>", "ticket-file", show=tickets.send_file),
    *address("report", "report", show=reporting.show_report),
    *address(
        "report/<slug:key>/<slug:priority>", "reporting", show=reporting.show_form, do=reporting.report,
        may_do=may_act_for_customer,
    ),
    *address("chat", "chat", forms=TWIN, show=chat.show_doors),
    *address(
        "chat/<slug:key>", "chat-start", forms=TWIN, show=chat.show_start, do=chat.start, may_do=may_act_for_customer,
    ),
    *address("chats/<slug:name>", "chat-room", forms=TWIN, show=chat_room.show_chat, do=chat_room.say,
             may_do=may_act_for_customer),
    *address("chats/<slug:name>/after/<int:number>", "chat-after", show=chat_room.show_after),
    *address("appointments", "appointments", forms=CALENDAR, show=appointments.show_appointments),
    *address("plans", "plans", forms=TWIN, show=plans.show_plans, do=plans.sign_off, may_do=may_act_for_customer),
    *address("prepaid", "prepaid", forms=TWIN, show=prepaid.show_prepaid),
    *address("reviews", "reviews", forms=TWIN, show=reviews.show_reviews),
    *address("reviews/<slug:name>", "review", forms=TWIN, show=reviews.show_review),
    *address("telegram", "telegram", show=telegram.show_telegram, do=telegram.act, may_do=is_customers, is_once=False),
    *address("claims", "claims", forms=TWIN, show=claims.show_claims),
    *address("claims/<slug:name>", "claim", forms=TWIN, show=claims.show_claim),
    *address("claims/<slug:name>/appeal", "claim-appeal", do=appealing.appeal, may_do=may_act_for_customer),
    *address(
        "claims/<slug:name>/file", "claim-period", forms=TWIN, show=filing_periods.show_filing, do=filing_periods.file,
        may_do=may_act_for_customer,
    ),
    *address(
        "claims/file/<slug:key>/<slug:credit>/<slug:outage>", "claim-filing", forms=TWIN, show=filing.show_filing,
        do=filing.file, may_do=may_act_for_customer,
    ),
    *address("invoices", "invoices", forms=TWIN, show=invoices.show_invoices),
    *address("invoices/<slug:key>/of/<path:number>", "invoice", forms=(*TWIN, "pdf"), show=invoices.show_invoice),
    *address("endings", "endings", forms=TWIN, show=terminations.show_endings, do=terminations.ask,
             may_do=may_act_for_customer),
    *address("duties", "duties", forms=TWIN, show=duties.show_duties, do=duties.ask, may_do=may_act_for_customer),
    *address("access", "access", forms=TWIN, show=access.show_access),
    *address("access/switch", "switch", do=access.turn, may_do=may_act_for_customer),
    *address("persons", "persons", forms=TWIN, show=persons.show_persons, do=persons.name_person, may_do=is_customers),
    *address("people", "people", forms=TWIN, show=people.show_people, do=people.invite, may_do=may_manage_customer),
    *address("people/<slug:deed>", "person", do=people.change, may_do=may_manage_customer),
    *address("look", "look", show=looking.show_choice, do=looking.look, may=looking.may_look),
    *address("look/stop", "look-stop", do=looking.stop, may=looking.may_look),
]  # fmt: skip
"""For one customer's people; what only some of them may do is said beside it."""

urlpatterns: list[URLPattern] = [*DOORS, *ROOMS]
