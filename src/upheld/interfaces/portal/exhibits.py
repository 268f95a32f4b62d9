"""The customer's own files: handed over, listed as they came, put forward with a claim or a dispute."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse

from upheld.apps.desk.queries.exhibits import EXHIBIT_KINDS, UnknownExhibit, exhibit, exhibits_of, room_of
from upheld.apps.desk.services import Attached, CannotDo, keep_exhibits
from upheld.apps.parties.queries import may_act_for_customer
from upheld.core.timeline import Instant
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import leave_toast
from upheld.doors.asking import Asked, explain_length
from upheld.doors.files import TooMuch, hand_out, say_size, take_in
from upheld.doors.refusing import NotHere
from upheld.interfaces.portal.frame import customer_of
from upheld.pages.contexts.lists import Badge, Entry, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import Choice, Field, Form, Problem
from upheld.pages.words import capitalise, join_words, say_count

Exhibit = Any
"""A row, as its queries give it."""
FIELD = "exhibit"
MOST_FLAWS = 20
LONGEST_SAYS = 500
HINTS = {
    "measurements": "A line for each, with the columns at (2026-02-14T10:00Z) and result.",
    "incidents": "A line for each, with the columns start and end (2026-02-14T10:00Z).",
    "document": "Anything else: it is kept and not read.",
}
READS, DOUBTFUL = Badge("Read", "up", "up"), Badge("Not all can be read", "degraded", "degraded")


def list_exhibits(asked: Asked) -> list[Exhibit]:
    """This customer's, on record by the instant looked from."""
    customer: Any = customer_of(asked)
    return [one for one in (exhibits_of(customer) if customer else []) if Instant.of(one.received_at) <= asked.as_of]


def tell_exhibits(asked: Asked, sent: dict[str, str], problems: tuple[Problem, ...] = ()) -> Section:
    """What was handed over, and the form for more."""
    may = may_act_for_customer(asked.user) and not asked.is_past
    choices = tuple(Choice(kind, label, hint=HINTS[kind]) for kind, label in EXHIBIT_KINDS.items())
    form = Form(
        url=asked.url_of("own"), deed="Hand it over", not_done="Nothing was kept.", problems=problems,
        fields=(
            Field(name="kind", label="What it is", choices=choices, value=sent.get("kind", "")),
            Field(name="files", label="Files", kind="file"),
            Field(name="says", label="What it shows", value=sent.get("says", ""), is_needed=False),
        ),
    )  # fmt: skip
    return Section(
        anchor="handed-over", heading="What you handed over",
        says="Each file is kept as it came. Put it forward with a claim or a dispute: the ledger keeps its digest then. "
        f"{say_room(asked)}",
        entries=tuple(tell_exhibit(asked, one) for one in list_exhibits(asked)),
        empty="Nothing yet. Your own measurements, incidents and documents can support a claim or a dispute.",
        form=form if may else None,
    )  # fmt: skip


def say_room(asked: Asked) -> str:
    """`12 MB of 500 MB are used.`"""
    customer: Any = customer_of(asked)
    if customer is None:
        return ""
    room = room_of(customer, settings.UPHELD_RECORDS_MEGABYTES)
    full = "" if room.left else " Ask us for more room, or attach files to a ticket."
    return f"{say_size(room.used)} of {say_size(room.allowed)} are used.{full}"


def tell_exhibit(asked: Asked, one: Exhibit) -> Entry:
    flaws = tuple(say_flaw(*flaw) for flaw in one.flaws[:MOST_FLAWS])
    more = (f"And {len(one.flaws) - MOST_FLAWS} more.",) if len(one.flaws) > MOST_FLAWS else ()
    rows = f" {say_count(one.rows, 'row')}." if one.rows is not None else ""
    lines = (
        f"{one.says.rstrip('.')}." if one.says else "",
        f"{one.get_kind_display()}, {one.size:,} bytes, handed over by {one.shown_as or one.by}.{rows}",
        f"SHA-256 `{one.digest}`",
    )
    return Entry(
        words=f"{one.name} {one.file_name}", url=asked.url_of("own-handed-over", one.name), at=Instant.of(one.received_at),
        badge=None if one.rows is None else DOUBTFUL if one.flaws else READS,
        says=(*(line for line in lines if line), *flaws, *more), anchor=one.name.lower(),
    )  # fmt: skip


def say_flaw(line: int, column: str, words: str) -> str:
    """`Line 7, column end: it is empty.`"""
    place = f"Line {line}, column {column}" if column and not column.startswith("byte ") else f"Line {line}"
    place = f"{place}, {column}" if column.startswith("byte ") else place
    return f"{place}: {words.rstrip('.')}."


def hand_over(asked: Asked, sent: dict[str, str]) -> tuple[Problem, ...] | Answer:
    """Keep the files that were sent; the problems where none was kept."""
    customer: Any = customer_of(asked)
    if customer is None:
        raise NotHere()
    problems, files = list[Problem](), list[Attached]()
    if sent["kind"] not in EXHIBIT_KINDS:
        problems.append(Problem("kind", "Say what it is"))
    if words := explain_length("This", sent["says"], most=LONGEST_SAYS):
        problems.append(Problem("says", words))
    try:
        files = take_in(asked, "files")
    except TooMuch as problem:
        problems.append(Problem("files", str(problem)))
    else:
        empty = [one.file_name for one in files if not one.content]
        if empty or not files:
            words = f"{join_words(empty)}: nothing is in it" if empty else "Choose a file"
            problems.append(Problem("files", words))
    if problems:
        return tuple(problems)
    try:
        kept = keep_exhibits(
            customer=customer, kind=sent["kind"], files=files, says=sent["says"], by=asked.by, shown_as=asked.user.name,
            at=asked.at,
        )  # fmt: skip
    except CannotDo as problem:
        return (Problem("files", capitalise(problem)),)
    doubtful = sum(1 for one in kept if one.flaws)
    names = join_words([one.name for one in kept])
    told = " Not all of it can be read: the lines are named below." if doubtful else ""
    leave_toast(asked, f"{names} {'is' if len(kept) == 1 else 'are'} kept.{told}")
    return to("portal:own")


def download(asked: Asked, name: str) -> HttpResponse:
    """The bytes as they came; NotHere for those of another customer."""
    found = find_exhibit(asked, name)
    if found is None:
        raise NotHere()
    return hand_out(bytes(found.content), found.file_name)


def find_exhibit(asked: Asked, name: str) -> Exhibit | None:
    """This customer's one of that name; None where there is none."""
    customer: Any = customer_of(asked)
    try:
        return exhibit(name, customer) if customer is not None else None
    except UnknownExhibit:
        return None


# --- put forward ----------------------------------------------------------------------------------------
def ask_exhibit(asked: Asked, sent: dict[str, str]) -> tuple[Field, ...]:
    """The question which of their own files goes with a claim or a dispute; none where nothing was handed over."""
    choices = [Choice(one.name, f"{one.name} {one.file_name} ({say_size(one.size)})") for one in list_exhibits(asked)]
    if not choices:
        return ()
    return (
        Field(
            name=FIELD, label="A file that you handed over", choices=(Choice("", "None"), *choices), is_list=True,
            value=sent.get(FIELD, ""), is_needed=False, hint="The ledger keeps its digest.",
        ),
    )  # fmt: skip


def read_exhibit(asked: Asked) -> tuple[Exhibit | None, tuple[Problem, ...]]:
    """Which one was chosen, and what is wrong with the choice."""
    name = asked.sent(FIELD)
    found = find_exhibit(asked, name) if name else None
    return found, (Problem(FIELD, "Choose one that you handed over, or none"),) if name and found is None else ()


def link_exhibit(asked: Asked, name: str) -> Link:
    return Link(name, asked.url_of("own-handed-over", name))
