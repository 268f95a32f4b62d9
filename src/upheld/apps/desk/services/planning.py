"""Plans carried out: the kick-off, each step, each session, and the word of whoever says that it is finished."""

from typing import Any

from django.db import transaction

from upheld.apps.agreements.models import Agreement
from upheld.apps.desk.queries.plans import Progress, plan_of
from upheld.apps.desk.queries.words import facts_known
from upheld.apps.desk.services.deeds import CannotDo
from upheld.apps.ledger.services import record
from upheld.apps.parties.services import take_turn
from upheld.core.facts import PlanSignedOff, PlanStarted, PlanStepDone, SessionHeld, of_kind
from upheld.core.timeline import Instant


def start_plan(*, agreement: Agreement, plan: str, by: str, at: Instant) -> Progress:
    """The kick-off. Raises CannotDo for a plan that is not open to this customer, with the reason, and for one begun."""
    with transaction.atomic():
        take_turn()
        progress = plan_of(agreement, plan, at)
        if progress.decided.is_valid is not True:
            why = progress.decided.why
            reasons = "; ".join(step.words for step in why.because)
            raise CannotDo(
                f"{', '.join(why.clauses)}: {plan} is {why.value} for this customer: {reasons or 'it is not open'}"
            )
        if of_plan(agreement, PlanStarted, plan, at):
            raise CannotDo(f"{plan} was begun {progress.started_at}")
        note(agreement, PlanStarted, plan, source=by, at=at)
    return plan_of(agreement, plan, at)


def do_step(*, agreement: Agreement, plan: str, step: str, by: str, at: Instant) -> Progress:
    """A step was done; done twice it is done once. Raises CannotDo for a step that the plan does not have."""
    with transaction.atomic():
        take_turn()
        progress = refuse_unstarted(agreement, plan, at)
        if step not in progress.decided.steps:
            raise CannotDo(f"{plan} has no step {step!r}; it has {', '.join(progress.decided.steps)}")
        if step not in progress.done:
            note(agreement, PlanStepDone, plan, source=by, at=at, step=step, by=by)
    return plan_of(agreement, plan, at)


def hold_session(*, agreement: Agreement, plan: str, by: str, at: Instant) -> Progress:
    """A meeting of the plan took place. Raises CannotDo where it was not begun."""
    with transaction.atomic():
        take_turn()
        refuse_unstarted(agreement, plan, at)
        note(agreement, SessionHeld, plan, source=by, at=at)
    return plan_of(agreement, plan, at)


def sign_off(*, agreement: Agreement, plan: str, by: str, at: Instant, source: str = "") -> Progress:
    """
    Whoever has to say that the plan is finished (`by`) said so; `source` recorded it, where that is somebody else. Raises
    CannotDo where it was not begun; said once.
    """
    with transaction.atomic():
        take_turn()
        progress = refuse_unstarted(agreement, plan, at)
        if progress.signed_off is None:
            note(agreement, PlanSignedOff, plan, source=source or by, at=at, by=by)
    return plan_of(agreement, plan, at)


def refuse_unstarted(agreement: Agreement, plan: str, at: Instant) -> Progress:
    progress = plan_of(agreement, plan, at)
    if progress.started_at is None:
        raise CannotDo(f"{plan} was not begun; record its kick-off first")
    return progress


def of_plan(agreement: Agreement, kind: type[Any], plan: str, at: Instant) -> list[Any]:
    return [fact for fact in of_kind(facts_known(agreement, at), kind) if fact.plan == plan]


def note(agreement: Agreement, kind: type[Any], plan: str, *, source: str, at: Instant, **fields: Any) -> None:
    """A fact about a plan, numbered among those of its kind."""
    number = len(of_plan(agreement, kind, plan, at)) + 1
    record(facts=[
        kind(
            id=f"{plan}-{kind.TYPE}-{number}", agreement=agreement.key, occurred_at=at, recorded_at=at, source=source,
            plan=plan, **fields,
        )
    ])  # fmt: skip
