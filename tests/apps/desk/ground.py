"""A customer bound to shipped agreements, and what people do on a ticket, in a few words."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import terms_of
from upheld.apps.agreements.services import add_version, sign_agreement
from upheld.apps.desk import services
from upheld.apps.desk.models import Message, Run, Ticket
from upheld.apps.ledger.queries import facts_of
from upheld.apps.parties.services import add_customer, name_provider
from upheld.core.clocks import look_at_desk
from upheld.core.facts import Fact, known_at
from upheld.core.timeline import MINUTE, Instant
from upheld.gateways.signing import FakeSigner
from upheld.language import check, stand_in_parameters
from upheld.language.checking import Checked

SHIPPED = Path(__file__).parents[3] / "agreements"
SIGNED = Instant.parse("2025-01-01T00:00Z")
MONDAY = Instant.parse("2025-06-16T09:00Z")
"""A Monday morning on which every office is open."""
STAFF, OTHER, CUSTOMER = "person-1", "person-2", "person-9"


@lru_cache(maxsize=8)
def shipped(name: str) -> Checked:
    """A shipped agreement, read once in a run."""
    return check((SHIPPED / f"{name}.md").read_text("utf-8"), as_of=SIGNED)


def sign(name: str = "teamplify", key: str = "", **parameters: str) -> Agreement:
    """Acorn is bound to a shipped agreement since January, with the values given and others that stand in."""
    read = shipped(name)
    assert read.document is not None
    name_provider(name="Harbour")
    given = {word.replace("_", "-"): value for word, value in parameters.items()}
    return sign_agreement(
        key=key or f"acorn-{name}",
        customer=add_customer(slug="acorn", name="Acorn"),
        version=add_version(source=f"# {name}\n", document=read.document, calendars=read.calendars, at=SIGNED),
        parameters={**stand_in_parameters(read.document, given), **given},
        signed_at=SIGNED,
        by=STAFF,
        at=SIGNED,
        signer=FakeSigner(),
    )


def after(minutes: int) -> Instant:
    """Minutes after the Monday morning."""
    return MONDAY + MINUTE * minutes


def open_one(agreement: Agreement, at: Instant = MONDAY, way: str = "portal", **report: Any) -> Ticket:
    """Acorn reports something."""
    told = services.Report(**{"subject": "The search is slow", "text": "Since this morning.", **report})
    sender = services.Sender(by=CUSTOMER, shown_as="Ana")
    return services.open_ticket(agreement=agreement, way=way, report=told, sender=sender, at=at)


def answer(ticket: Ticket, at: Instant, *says: str, text: str = "We look into it.") -> Message:
    said = services.Said(text=text, says=says)
    return services.reply(ticket=ticket, said=said, by=STAFF, shown_as="Eve", at=at)


def write_back(ticket: Ticket, at: Instant, text: str = "It still is.", sent_at: Instant | None = None) -> Message:
    sender = services.Sender(by=CUSTOMER, shown_as="Ana")
    return services.receive(ticket=ticket, said=services.Said(text=text), sender=sender, at=at, sent_at=sent_at)


def raise_to(ticket: Ticket, priority: str, at: Instant) -> None:
    services.set_priority(ticket=ticket, priority=priority, by=STAFF, because="as we see it", at=at)


def recorded(agreement: Agreement, kind: type[Any]) -> list[Any]:
    """The facts of one kind in an agreement's ledger."""
    return [fact for fact in facts_of(agreement.key) if isinstance(fact, kind)]


def rows_of(ticket: Ticket) -> dict[tuple[str, int], tuple[Any, ...]]:
    """The runs of a ticket as the queue has them."""
    return {
        (row.clock, row.number): (row.state, row.verdict, row.start_us, row.due_us, row.stop_us, row.used_us)
        for row in Run.objects.filter(ticket=ticket)
    }


def runs_by_core(agreement: Agreement, ticket: Ticket, at: Instant) -> dict[tuple[str, int], tuple[Any, ...]]:
    """The same runs as the core finds them in the whole ledger, with nothing left out."""
    facts: list[Fact] = list(known_at(facts_of(agreement.key), at))
    desk = look_at_desk(terms_of(agreement, at), facts, at)
    return {
        (run.clock, run.number): (
            run.state, run.verdict.value, micros(run.start_at), micros(run.due_at), micros(run.stop_at), run.used.micros,
        )
        for run in desk.of_ticket(ticket.name)
        if not run.is_superseded
    }  # fmt: skip


def micros(at: Instant | None) -> int | None:
    return None if at is None else at.micros
