"""A customer disputes a figure or a verdict of ours, with words and evidence whose digests the ledger keeps."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction

from upheld.apps.agreements.models import Agreement
from upheld.apps.desk.models import Author, Kind, State, Ticket
from upheld.apps.desk.queries.disputes import (
    ACCEPTED,
    DISPUTED,
    FIGURE,
    REFUSED,
    RULE,
    VERDICT,
    Decision,
    find_decision,
    is_dispute,
)
from upheld.apps.desk.services.deciding import resolve
from upheld.apps.desk.services.deeds import CannotDo, change
from upheld.apps.desk.services.joining import link
from upheld.apps.desk.services.opening import Attached, Report, Sender, open_ticket
from upheld.apps.desk.services.talking import Said, write
from upheld.core.timeline import Instant


@dataclass(frozen=True, slots=True)
class Disputed:
    """What is not accepted: where it stands (`statement acorn-harbour/2026-07/1`, `T-7`), by which rule, as we say it."""

    stands_in: str
    rule: str
    figure: str
    verdict: str
    ticket: Ticket | None = None
    """The ticket of whose clock it is the verdict."""


def dispute(
    *, agreement: Agreement, disputed: Disputed, words: str, attached: Sequence[Attached], sender: Sender, at: Instant
) -> Ticket:
    """
    A complaint that names the rule, the statement and the figure. Its fact holds the digests of the customer's words and
    files, so that neither side can say later that they were others. Raises CannotDo for one without words.
    """
    if not words.strip():
        raise CannotDo("say what you hold to be true instead, and how it can be seen")
    told = (
        f"{DISPUTED}: {disputed.stands_in}", f"{RULE}: {disputed.rule}", f"{FIGURE}: {disputed.figure}",
        f"{VERDICT}: {disputed.verdict}", f"words: sha256 {sha256(words.encode()).hexdigest()}",
        *(f"evidence {number}: {line}" for number, line in enumerate(digest_files(attached), 1)),
    )  # fmt: skip
    subject = f"Dispute of {disputed.rule} in {disputed.stands_in}"
    report = Report(subject=subject, text=words, kind=Kind.COMPLAINT, told=told, attached=attached)
    with transaction.atomic():
        ticket = open_ticket(agreement=agreement, way="portal", report=report, sender=sender, at=at)
        if disputed.ticket is not None:
            link(one=ticket, other=disputed.ticket, about="disputes", by=sender.by, at=at)
    return ticket


def decide_dispute(
    *, ticket: Ticket, is_accepted: bool, because: str, by: str, shown_as: str, at: Instant
) -> Decision:  # fmt: skip
    """
    A person decides a dispute, and the customer reads it with the reason: an answer that stops what an answer stops, after
    which the ticket is resolved. Its fact holds the outcome and the digest of the reason. An issued statement keeps its
    figures; where the customer is right, a later one follows it.

    Raises CannotDo for a ticket that is no dispute, without words, and for one that is settled: open it again first.
    """
    if not is_dispute(ticket):
        raise CannotDo(f"{ticket.name} disputes nothing; answer it instead")
    if not because.strip():
        raise CannotDo("say why: the customer reads it, and may go on from it")
    outcome = ACCEPTED if is_accepted else REFUSED
    said = Said(because.strip(), says=(outcome, f"because sha256 {sha256(because.strip().encode()).hexdigest()}"))
    with transaction.atomic():
        with change(ticket, at) as locked:
            if locked.state in (State.RESOLVED, State.MERGED):
                raise CannotDo(f"{locked.name} is settled; open it again to decide it anew")
            write(locked, Author.PERSON, said, by, shown_as, at, at, locked.channel)
        resolve(ticket=ticket, by=by, because=outcome, at=at)
    decided = find_decision(ticket, at)
    assert decided is not None, "it was written a moment ago"
    return decided


def digest_files(attached: Sequence[Attached]) -> tuple[str, ...]:
    """Each file as a ledger names it: by its digest and size, never by its name, which may tell of people."""
    return tuple(f"sha256 {sha256(one.content).hexdigest()}, {len(one.content)} bytes" for one in attached)
