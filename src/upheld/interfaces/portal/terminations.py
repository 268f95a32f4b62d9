"""When a customer's contracts can end; and asking for it, which the agreement answers at once."""

from upheld.apps.billing.queries import SaysNothing
from upheld.apps.billing.services import CannotEnd, request_end
from upheld.apps.parties.queries import may_act_for_customer
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked, explain_length
from upheld.doors.refusing import NotAllowed
from upheld.doors.shown.endings import NotADay, read_day, show_agreement
from upheld.pages.contexts.lists import InvoicesPage, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import Problem
from upheld.pages.words import say_sentence


def show_endings(asked: Asked) -> Answer:
    return make_page(asked, {})


def make_page(asked: Asked, sent: dict[str, str], problems: tuple[Problem, ...] = ()) -> InvoicesPage:
    may = not asked.is_past and may_act_for_customer(asked.user)
    found = [
        show_agreement(asked, one, sent if mine else {}, problems if mine else (), may=may)
        for one in asked.agreements()
        for mine in [sent.get("agreement") == one.key]
    ]
    none = Section(anchor="none", heading="Ends", empty="You are bound by no agreement here.")
    return InvoicesPage(
        as_of=asked.as_of, answer="When your contracts end", sections=tuple(found) or (none,),
        lede="The answer is your agreement’s, with its clause. What you ask for is on record.",
        way=(Link("Home", asked.url_of("home")), Link("Invoices", asked.url_of("invoices")), Link("Ends")),
    )  # fmt: skip


def ask(asked: Asked) -> Answer:
    """Record that the customer wants a contract to end; the agreement answers."""
    if asked.is_past:
        raise NotAllowed("It is asked for now", "You look from a past instant. Go back to now to ask.")
    agreement = asked.agreement(asked.sent("agreement"))
    sent = {name: asked.sent(name) for name in ("agreement", "on", "because")}
    try:
        if words := explain_length("The reason", sent["because"]):
            raise CannotEnd(words)
        ending = request_end(
            agreement=agreement, side="customer", by=asked.by, at=asked.at, wished_on=read_day(sent["on"]),
            because=sent["because"],
        )  # fmt: skip
    except (CannotEnd, NotADay, SaysNothing) as problem:
        words = say_sentence(str(problem))
        return answer(asked, make_page(asked, sent, (Problem("on", words),)), status=422)
    leave_toast(asked, f"{ending.termination.name} is on record; the agreement's answer stands beside it.")
    return to("portal:endings")
