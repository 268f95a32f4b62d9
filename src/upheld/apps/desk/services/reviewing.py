"""What is learnt afterwards: reviews of what went wrong with their actions, and reviews of the agreement itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import terms_of
from upheld.apps.desk.facts import action_done_fact, action_fact
from upheld.apps.desk.models import Action, Review, Ticket
from upheld.apps.desk.queries.words import facts_known
from upheld.apps.desk.services.deeds import CannotDo
from upheld.apps.ledger.services import record
from upheld.apps.parties.models import User
from upheld.apps.parties.services import take_turn
from upheld.core.facts import ReviewHeld, of_kind
from upheld.core.timeline import Instant


@dataclass(frozen=True, slots=True)
class Asked:
    """What a review asks: what, of whom, until when. `duty` is the duty of the agreement that it serves, if any."""

    what: str
    owner: User | None = None
    due_at: Instant | None = None
    duty: str = ""


def hold_review(
    *, agreement: Agreement, summary: str, by: str, at: Instant, cause: str = "", ticket: Ticket | None = None,
    outage: str = "", is_public: bool = False, asks: Sequence[Asked] = (),
) -> Review:  # fmt: skip
    """
    People went through what had happened. An action that serves a duty of the agreement is asked of it, with its due day.

    Raises CannotDo: without words, for another agreement's ticket, for a duty that the agreement does not have.
    """
    if not summary.strip():
        raise CannotDo("say what was learnt")
    if ticket is not None and ticket.agreement_id != agreement.pk:
        raise CannotDo(f"{ticket.name} is no ticket under {agreement.key}")
    with transaction.atomic():
        take_turn()
        review = Review.objects.create(
            number=(Review.objects.aggregate(last=Max("number"))["last"] or 0) + 1,
            agreement=agreement,
            ticket=ticket,
            outage=outage,
            summary=summary.strip(),
            cause=cause.strip(),
            held_at=at.utc(),
            by=by,
            is_public=is_public,
        )
        for asked in asks:
            add_action(review=review, asked=asked, by=by, at=at)
    return review


def add_action(*, review: Review, asked: Asked, by: str, at: Instant) -> Action:
    """One thing more that is to be done. Raises CannotDo as `hold_review` does."""
    if not asked.what.strip():
        raise CannotDo("say what is to be done")
    if asked.due_at is not None and asked.due_at <= at:
        raise CannotDo(f"it would be due at {asked.due_at}, which is over")
    duties = terms_of(review.agreement, at).besides.duties if asked.duty else {}
    if asked.duty and asked.duty not in duties:
        raise CannotDo(f"{review.agreement.key} has no duty {asked.duty!r}; it has {', '.join(duties) or 'none'}")
    with transaction.atomic():
        Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
        action = Action.objects.create(
            review=review,
            number=(review.actions.aggregate(last=Max("number"))["last"] or 0) + 1,
            what=asked.what.strip(),
            owner=asked.owner,
            duty=asked.duty,
            due_at=asked.due_at.utc() if asked.due_at else None,
        )
        if action.duty:
            record(facts=[action_fact(action, by=by, at=at)])
    return action


def finish_action(*, action: Action, evidence: str, by: str, at: Instant) -> Action:
    """It was done, and this shows it. Raises CannotDo without what shows it; the first time stays."""
    if not evidence.strip():
        raise CannotDo("say what shows that it was done: a change, a test, a ticket")
    with transaction.atomic():
        rows = Action.objects.select_for_update(of=("self",)).select_related("review__agreement")
        fresh = rows.get(pk=action.pk)
        if fresh.done_at is None:
            fresh.done_at, fresh.done_by, fresh.evidence = at.utc(), by, evidence.strip()
            fresh.save(update_fields=["done_at", "done_by", "evidence"])
            if fresh.duty:
                record(facts=[action_done_fact(fresh, at=at)])
    return fresh


def review_agreement(*, agreement: Agreement, next_on: date | None, by: str, at: Instant) -> ReviewHeld:
    """The sides went through the agreement together, and named the day of the next time. Raises CannotDo for a day past."""
    if next_on is not None and next_on <= terms_of(agreement, at).statement_period.zone.date_at(at):
        raise CannotDo(f"the next review would be on {next_on}, which is not ahead")
    with transaction.atomic():
        take_turn()
        number = len(of_kind(facts_known(agreement, at), ReviewHeld)) + 1
        held = ReviewHeld(
            id=f"review-{number}", agreement=agreement.key, occurred_at=at, recorded_at=at, source=by,
            next_on=next_on.isoformat() if next_on else "",
        )  # fmt: skip
        record(facts=[held])
    return held
