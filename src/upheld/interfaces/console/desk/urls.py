"""Every address of the console's desk, with who may look and who may act."""

from functools import partial

from django.urls import URLPattern

from upheld.apps.parties.queries import is_administrator, may_change_facts
from upheld.doors import addresses
from upheld.interfaces.console.desk import (
    appointments,
    attainment,
    calls,
    deeds,
    foreseen,
    loads,
    macros,
    misuse,
    opening,
    others,
    plans,
    prepaid,
    queue,
    review,
    reviews,
    seeing,
    several_deeds,
    templates,
    ticket,
    told,
    working,
    working_deeds,
)
from upheld.interfaces.console.frame import FRAME

address = partial(addresses.address, frame=FRAME)
TWIN = ("json",)

DESK: list[URLPattern] = [
    *address("desk", "desk", forms=TWIN, show=queue.show_desk),
    *address("desk/several", "tickets-deed", do=several_deeds.act, may_do=may_change_facts),
    *address("desk/open", "ticket-open", show=opening.show_open, do=opening.open_it, may_do=may_change_facts),
    *address("desk/call", "call", show=calls.show_call, do=calls.record, may_do=may_change_facts),
    *address("desk/macros", "macros", forms=TWIN, show=macros.show_macros, do=macros.save, may_do=is_administrator),
    *address("desk/macros/remove", "macro-remove", do=macros.remove, may_do=is_administrator),
    *address("desk/templates", "templates", forms=TWIN, show=templates.show_templates, do=templates.save,
             may_do=is_administrator),
    *address("desk/templates/remove", "template-remove", do=templates.remove, may_do=is_administrator),
    *address("desk/attainment", "attainment", forms=(*TWIN, "csv"), show=attainment.show_attainment),
    *address("desk/plans", "plans", forms=TWIN, show=plans.show_plans),
    *address("desk/plans/<slug:deed>", "plans-deed", do=plans.act, may_do=may_change_facts),
    *address("desk/reviews", "reviews", forms=TWIN, show=reviews.show_reviews, do=reviews.act, may_do=may_change_facts),
    *address("desk/reviews/<slug:name>", "review", forms=TWIN, show=review.show_review, do=review.act,
             may_do=may_change_facts),
    *address("desk/prepaid", "prepaid", forms=TWIN, show=prepaid.show_prepaid, do=prepaid.buy, may_do=may_change_facts),
    *address("desk/misuse", "misuse", forms=TWIN, show=misuse.show_misuse, do=misuse.mark, may_do=may_change_facts),
    *address("desk/high-loads", "loads", forms=TWIN, show=loads.show_loads, do=loads.declare, may_do=may_change_facts),
    *address("desk/appointments", "appointments", forms=(*TWIN, "ics"), show=appointments.show_appointments),
    *address("desk/told", "told", forms=TWIN, show=told.show_told, do=told.act, may_do=may_change_facts),
    *address("desk/<slug:name>", "ticket", forms=TWIN, show=ticket.show_ticket),
    *address("desk/<slug:name>/others", "ticket-others", show=others.show_others),
    *address("desk/<slug:name>/clocks/<slug:clock>/<int:number>", "ticket-clock", forms=TWIN, show=ticket.show_reasons),
    *address("desk/<slug:name>/do/<slug:deed>", "ticket-deed", do=deeds.act, may_do=may_change_facts),
    *address("desk/<slug:name>/priority", "ticket-priority", forms=TWIN, show=foreseen.show_foreseen),
    *address("desk/<slug:name>/work", "ticket-work", forms=TWIN, show=working.show_working),
    *address("desk/<slug:name>/working/<slug:deed>", "ticket-work-deed", do=working_deeds.act, may_do=may_change_facts),
    *address("exhibits/<slug:name>", "exhibit", show=seeing.send_exhibit),
    *address("files/<slug:name>/<int:message>/layout", "layout", show=seeing.show_layout),
    *address("files/<slug:name>/<int:message>/original", "original", show=seeing.send_original),
    *address("files/<slug:name>/<int:message>/<int:number>", "attachment", show=seeing.send_file),
]  # fmt: skip
"""Every ticket is open to all of the provider's people; macros and templates are written by an administrator."""
