"""What happened at the demo's desk: each matter once, by the services that pages and mails use."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from upheld.apps.desk import services as desk
from upheld.apps.desk.queries import holds_of, tickets_of
from upheld.apps.parties.queries import pseudonym_of
from upheld.core.timeline import HOUR, MINUTE, Duration, Instant
from upheld.interfaces.demo.letters import Letter, bring

Row = Any
"""A row of an app, as its queries give it."""
OUT, SLOW = "The web shop answers with error 502", "Search on the site takes half a minute"
RESTORED, STUCK = "Last night's backup is marked incomplete", "Redirects of one campaign end at the wrong page"
POSTBACK = "Conversions of one partner are missing"
STRANGER = Letter(
    "Sam Roe", "sam@roe-travel.example", "Do you also host trackers?",
    "Hello,\n\na friend who is a customer of yours named you. Whom do I ask about prices?\n\nSam", "asks-for-prices",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cast:
    """Who takes part: agreements and people by the slug of the customer, the provider's people, and what time it is."""

    agreements: dict[str, Row]
    people: dict[str, list[Row]]
    staff: list[Row]
    at: Instant

    def ago(self, length: Duration) -> Instant:
        return self.at.before(length)


def report(cast: Cast, customer: str, told: desk.Report, ago: Duration) -> Row:
    """What a customer's first person reports in the portal; received so long ago, recorded now."""
    person = cast.people[customer][0]
    sender = desk.Sender(by=pseudonym_of(person), shown_as=person.name, user=person, address=person.email)
    return desk.open_ticket(
        agreement=cast.agreements[customer], way="portal", report=told, sender=sender, at=cast.at, received_at=cast.ago(ago)
    )  # fmt: skip


def rank(cast: Cast, ticket: Row, priority: str, because: str) -> None:
    """The first of the provider's people says how much it matters."""
    desk.set_priority(ticket=ticket, priority=priority, by=pseudonym_of(cast.staff[0]), because=because, at=cast.at)


def answer(cast: Cast, ticket: Row, text: str, says: tuple[str, ...] = ()) -> Row:
    """The first of the provider's people answers now, and has the ticket."""
    by = cast.staff[0]
    desk.assign(ticket=ticket, to=by, at=cast.at, by=pseudonym_of(by))
    said = desk.Said(text, says=says)
    return desk.reply(ticket=ticket, said=said, by=pseudonym_of(by), shown_as=by.name, at=cast.at)


def urgent_one_runs(cast: Cast) -> None:
    told = desk.Report(
        OUT, "Every page of the shop shows 502 Bad Gateway since a few minutes. Two colleagues see it too, on the phone "
        "network as well.", topic="software-failure", wish="urgent", is_urgent=True,
        told=("the site is down for others too: yes", "no unsupported part is at fault: yes"),
    )  # fmt: skip
    ticket = report(cast, "bramble-press", told, MINUTE * 4)
    call(cast, ticket, MINUTE * 2, "rang before the time was out; told to write to the ticket")


def one_is_overdue(cast: Cast) -> None:
    told = desk.Report(
        SLOW, "A search for any title takes 20 to 40 seconds since we came in. Editors cannot work like this.",
        topic="software-failure", wish="high",
        told=("no unsupported part is at fault: yes", "where to look: /search?q=anything"),
    )  # fmt: skip
    call(cast, None, HOUR * 6, "wanted to report a slow search by telephone; asked to open a ticket first")
    ticket = report(cast, "bramble-press", told, HOUR * 5)
    call(cast, ticket, HOUR * 2, "asked why nobody has answered yet")


def one_is_resolved(cast: Cast) -> None:
    told = desk.Report(
        RESTORED, "The report of last night's run says 'incomplete' for two objects. Is anything lost?", kind="question",
        wish="other",
    )  # fmt: skip
    ticket = report(cast, "cedar-clinics", told, MINUTE * 50)
    answer(cast, ticket, "Nothing is lost: both objects were locked by an import and are in the run of 06:00.")
    desk.resolve(ticket=ticket, by=pseudonym_of(cast.staff[0]), because="both objects are in the next run", at=cast.at)


def one_waits_for_the_customer(cast: Cast) -> None:
    told = desk.Report(STUCK, "Visitors of the new campaign land on last year's page. All others are fine.", wish="other")
    ticket = report(cast, "dune-media", told, HOUR * 3)
    rank(cast, ticket, "other", "one campaign, and no traffic is lost")
    asked = answer(cast, ticket, "Which of the two landing pages is the right one: /offer or /offer-b?", ("question",))
    desk.open_hold(
        ticket=ticket, waiting_for="customer", asked_in=asked, by=pseudonym_of(cast.staff[0]), at=cast.at
    )  # fmt: skip


def stranger_writes(cast: Cast) -> None:
    """Nobody is known by this address, so the ticket is held until somebody says whose it is."""
    bring(STRANGER, received_at=cast.ago(HOUR * 7), at=cast.at)


def one_waits_for_another(cast: Cast) -> None:
    """By mail; then it waits for a party outside, with the number of their ticket."""
    person = cast.people["ember-games"][0]
    text = "No conversions of Northlight have come in since yesterday, though they say that they send them.\n\nOtis"
    ticket = bring(
        Letter(person.name, person.email, POSTBACK, text, "conversions-missing"), received_at=cast.ago(HOUR * 26), at=cast.at
    )
    with transaction.atomic():
        if not holds_of(ticket):
            rank(cast, ticket, "medium", "one partner of many")
            answer(cast, ticket, "Their postbacks come without the click id. We have asked them; their number is NL-20931.")
            desk.open_hold(
                ticket=ticket, waiting_for="third-party", evidence="Northlight's ticket NL-20931",
                by=pseudonym_of(cast.staff[0]), at=cast.at,
            )  # fmt: skip


def call(cast: Cast, ticket: Row | None, ago: Duration, words: str, customer: str = "bramble-press") -> None:
    """The customer rang so long ago; the log keeps what the agreement says of that instant."""
    desk.record_call(
        agreement=cast.agreements[customer], ticket=ticket, by=pseudonym_of(cast.people[customer][0]),
        called_at=cast.ago(ago), taken_by=pseudonym_of(cast.staff[1]), at=cast.at, words=words,
    )  # fmt: skip


STORIES: tuple[tuple[str, str, Callable[[Cast], None]], ...] = (
    ("bramble-press", SLOW, one_is_overdue),
    ("cedar-clinics", RESTORED, one_is_resolved),
    ("dune-media", STUCK, one_waits_for_the_customer),
    ("bramble-press", OUT, urgent_one_runs),
)
"""Each of one customer, known by its subject: what is there already is not told again."""
LETTERS = (stranger_writes, one_waits_for_another)
"""These see for themselves whether they were told."""


def tell_stories(cast: Cast) -> None:
    """All that is not there yet, each wholly or not at all."""
    for customer, subject, story in STORIES:
        with transaction.atomic():
            known = tickets_of(cast.agreements[customer].customer)
            if not any(ticket.subject == subject for ticket in known):
                story(cast)
    for letter in LETTERS:
        letter(cast)
