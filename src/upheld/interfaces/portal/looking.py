"""One of the provider's people looks at the portal as a customer sees it: changing nothing, and on record."""

from upheld.apps.parties import services
from upheld.apps.parties.queries import customer, is_staff, list_customers
from upheld.doors.addresses import Answer, to
from upheld.doors.asking import Asked
from upheld.doors.refusing import NotHere
from upheld.interfaces.portal.frame import LOOKS_AS
from upheld.pages.contexts.lists import Entry, ListPage, Section
from upheld.pages.contexts.parts import Form


def may_look(user: object) -> bool:
    return is_staff(user)


def show_choice(asked: Asked) -> Answer:
    entries = tuple(
        Entry(
            words=one.name,
            deeds=(Form(url=asked.url_of("look"), deed=f"Look as {one.name}", fields=(), hidden=(("customer", one.slug),)),),
        )
        for one in list_customers()
    )
    return ListPage(
        as_of=asked.as_of,
        answer="As whom do you look at the portal?",
        lede="You see what the customer sees and change nothing. The customer sees that you looked, and when.",
        sections=(Section(anchor="customers", heading="Customers", entries=entries, empty="There is no customer yet."),),
    )


def look(asked: Asked) -> Answer:
    found = customer(asked.sent("customer"))
    services.note_look(user=asked.user, customer=found, at=asked.at)
    asked.request.session[LOOKS_AS] = found.slug
    return to("portal:home")


def stop(asked: Asked) -> Answer:
    if asked.request.session.pop(LOOKS_AS, None) is None:
        raise NotHere()
    return to("portal:look")
