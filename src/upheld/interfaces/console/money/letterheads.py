"""What stands below the names on invoices: addresses, tax numbers, where to pay, and why no tax is charged."""

from typing import Any

from upheld.apps.parties.queries import UnknownParty, customer, is_administrator, list_customers, provider
from upheld.apps.parties.services import CannotWrite, write_address, write_own_address
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked
from upheld.doors.refusing import NotAllowed, NotHere
from upheld.pages.contexts.lists import Entry, MoneyPage, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import Field, Form, Problem
from upheld.pages.words import capitalise

PAST = "You look from a past instant. Go back to now to write it."
LEDE = "It stands on invoices that are issued from now on. Those that were issued never change."
WHO_MAY = "An administrator writes it."
ADDRESS = "Line by line: street, town, country, tax number."
UNTAXED = "For instance: Reverse charge: the customer owes the tax. It stands only on invoices whose agreement charges none."
Problems = tuple[Problem, ...]


def show_letterheads(asked: Asked) -> Answer:
    return make_own(asked)


def make_own(asked: Asked, problems: Problems = ()) -> MoneyPage:
    row = find_own()
    fields = (
        write_field(asked, "address", "Your address", row.address, ADDRESS),
        write_field(asked, "pay_to", "Where invoices are paid to", row.pay_to, "Line by line: bank, account, whose it is."),
    )
    ours = Section(anchor="ours", heading=row.name, **make_form(asked, "letterheads", (), fields, problems))
    theirs = tuple(
        Entry(
            words=one.name,
            url=asked.url_of("letterhead", one.slug),
            says=tuple(one.address.splitlines()) or ("No address.",),
        )
        for one in list_customers()
    )
    return MoneyPage(
        as_of=asked.as_of, answer="Addresses on invoices", lede=LEDE, way=tell_way(asked),
        sections=(ours, Section(anchor="customers", heading="Customers", entries=theirs, empty="There is no customer yet.")),
    )  # fmt: skip


def show_letterhead(asked: Asked, slug: str) -> Answer:
    return make_one(asked, find_customer(slug))


def make_one(asked: Asked, row: Any, problems: Problems = ()) -> MoneyPage:
    fields = (
        write_field(asked, "address", "Their address", row.address, ADDRESS),
        write_field(asked, "untaxed_because", "Why there is no tax", row.untaxed_because, UNTAXED),
    )
    form = make_form(asked, "letterhead", (row.slug,), fields, problems)
    return MoneyPage(
        as_of=asked.as_of, answer=f"{row.name} on invoices", lede=LEDE, way=tell_way(asked, row.name),
        sections=(Section(anchor="theirs", heading="Below the name", **form),),
    )  # fmt: skip


def write_field(asked: Asked, name: str, label: str, kept: str, hint: str) -> Field:
    value = asked.sent(name) if asked.request.method == "POST" else kept
    return Field(name=name, label=label, kind="long", value=value, hint=hint, is_needed=False)


def make_form(asked: Asked, view: str, names: tuple[str, ...], fields: tuple[Field, ...], problems: Problems) -> Any:
    """The form for whoever may write, the words themselves for everybody else."""
    if not is_administrator(asked.user) or asked.is_past:
        told = tuple(Entry(words=one.label, says=tuple(one.value.splitlines()) or ("Nothing yet.",)) for one in fields)
        return {"entries": told, "says": WHO_MAY}
    form = Form(
        url=asked.url_of(view, *names), deed="Write it", not_done="Nothing was written.", fields=fields, problems=problems
    )
    return {"form": form}


def write_own(asked: Asked) -> Answer:
    """Our own address and where to pay."""
    refuse_past(asked)
    find_own()
    try:
        write_own_address(address=asked.sent("address"), pay_to=asked.sent("pay_to"), by=asked.by)
    except CannotWrite as problem:
        return answer(asked, make_own(asked, tell_problem(problem)), status=422)
    leave_toast(asked, "It stands on invoices from now on.")
    return to("letterheads")


def write_theirs(asked: Asked, slug: str) -> Answer:
    """A customer's address, and the words about tax that is not charged."""
    refuse_past(asked)
    row, untaxed = find_customer(slug), asked.sent("untaxed_because")
    try:
        write_address(customer=row, address=asked.sent("address"), untaxed_because=untaxed, by=asked.by)
    except CannotWrite as problem:
        return answer(asked, make_one(asked, row, tell_problem(problem)), status=422)
    leave_toast(asked, f"It stands on invoices to {row.name} from now on.")
    return to("letterheads")


def refuse_past(asked: Asked) -> None:
    if asked.is_past:
        raise NotAllowed("It is written now", PAST)


def tell_problem(problem: CannotWrite) -> Problems:
    return (Problem("address", capitalise(problem)),)


def find_own() -> Any:
    try:
        return provider()
    except UnknownParty:
        raise NotHere(says="The provider has no name yet.") from None


def find_customer(slug: str) -> Any:
    try:
        return customer(slug)
    except UnknownParty:
        raise NotHere() from None


def tell_way(asked: Asked, last: str = "") -> tuple[Link, ...]:
    first = (Link("Credits", asked.url_of("credits")), Link("Invoices", asked.url_of("invoices")))
    if not last:
        return (*first, Link("Addresses"))
    return (*first, Link("Addresses", asked.url_of("letterheads")), Link(last))
