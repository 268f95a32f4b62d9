"""One of the provider's people looks at the portal as a customer sees it: changing nothing, for a while, and on record."""

from upheld.apps.parties import services
from upheld.apps.parties.queries import customer, is_staff, list_customers
from upheld.core.timeline import HOUR, MINUTE
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer
from upheld.doors.asking import Asked, explain_length
from upheld.doors.coming import explain_ticket
from upheld.doors.refusing import NotHere
from upheld.interfaces.portal.frame import LOOKS_AS, find_look
from upheld.pages.contexts.lists import ListPage, Section
from upheld.pages.contexts.parts import Choice, Field, Form, Problem
from upheld.pages.words import capitalise

LASTS = {"15 minutes": MINUTE * 15, "1 hour": HOUR, "4 hours": HOUR * 4, "1 day": HOUR * 24}
LONGEST_PURPOSE = 500


def may_look(user: object) -> bool:
    return is_staff(user)


def show_choice(asked: Asked) -> Answer:
    return make_page(asked)


def make_page(asked: Asked, problems: tuple[Problem, ...] = ()) -> ListPage:
    customers = tuple(Choice(one.slug, one.name) for one in list_customers())
    form = Form(
        url=asked.url_of("look"), deed="Look as this customer", not_done="You see nothing of them.", problems=problems,
        fields=(
            Field(name="customer", label="As whom", value=asked.sent("customer"), choices=customers, is_list=True),
            Field(name="purpose", label="What for", value=asked.sent("purpose"), hint="The customer reads it."),
            Field(name="ticket", label="Ticket", value=asked.sent("ticket"), example="T-7",
                  hint="Because of which you look; one of ours, or as their own desk calls it."),
            Field(name="lasts", label="For how long at most", value=asked.sent("lasts") or "1 hour",
                  choices=tuple(Choice(name, name) for name in LASTS), is_list=True),
        ),
    )  # fmt: skip
    return ListPage(
        as_of=asked.as_of,
        answer="As whom do you look at the portal?",
        lede="You see what the customer sees and change nothing. The customer sees who looked, what for, and until when.",
        sections=(
            Section(anchor="customers", heading="Look", form=form if customers else None, empty="There is no customer yet."),
        ),
    )


def look(asked: Asked) -> Answer:
    found = customer(asked.sent("customer"))
    problems = []
    if words := explain_length("What it is for", asked.sent("purpose"), most=LONGEST_PURPOSE):
        problems.append(Problem("purpose", words))
    if words := explain_ticket(asked.sent("ticket"), found):
        problems.append(Problem("ticket", words))
    if asked.sent("lasts") not in LASTS:
        problems.append(Problem("lasts", "Say for how long at most"))
    if not problems:
        try:
            begun = services.note_look(
                user=asked.user, customer=found, purpose=asked.sent("purpose"), ticket=asked.sent("ticket"),
                until_at=asked.at + LASTS[asked.sent("lasts")], at=asked.at,
            )  # fmt: skip
        except services.CannotLook as problem:
            problems.append(Problem("purpose", capitalise(problem)))
        else:
            asked.request.session[LOOKS_AS] = begun.pk
            return to("portal:home")
    return answer(asked, make_page(asked, tuple(problems)), status=422)


def stop(asked: Asked) -> Answer:
    begun = find_look(asked)
    if asked.request.session.pop(LOOKS_AS, None) is None:
        raise NotHere()
    if begun is not None:
        services.end_look(look=begun, at=asked.at)
    return to("portal:look")
