"""Instructions: whose word counts is the agreement's answer, and what others say is shown and not carried out."""

from django.db.models import Max

from upheld.apps.desk.facts import instructed_fact
from upheld.apps.desk.models import Instruction, Ticket
from upheld.apps.desk.queries.words import judge_instruction
from upheld.apps.desk.services.announcing import announce
from upheld.apps.desk.services.deeds import CannotDo, change, refuse_held, touch
from upheld.apps.ledger.services import record
from upheld.apps.parties.services import mark_text
from upheld.core.timeline import Instant


def receive_instruction(
    *, ticket: Ticket, by: str, what: str, at: Instant, received_at: Instant | None = None
) -> Instruction:
    """
    Somebody of the customer's told us to do something. `by` is as the agreement names people (`queries.name_in_agreement`).

    It is kept whoever said it; `queries.judge_instruction` says whether it counts. Raises CannotDo without words.
    """
    came = received_at or at
    if not what.strip():
        raise CannotDo("say what is to be done")
    if came > at:
        raise CannotDo(f"the instruction lies ahead, at {came}; write when it came")
    with change(ticket, at) as locked:
        refuse_held(locked, "take instructions on it")
        instruction = Instruction.objects.create(
            ticket=locked,
            number=(locked.instructions.aggregate(last=Max("number"))["last"] or 0) + 1,
            by=mark_text(by),
            what=what.strip(),
            received_at=came.utc(),
        )
        record(facts=[instructed_fact(instruction, at=at)])
        announce("instruction.received", locked, key=f"{instruction.name}-received", at=at,
                 words="the customer instructed us", instruction=instruction.name)  # fmt: skip
    return instruction


def carry_out(*, instruction: Instruction, by: str, at: Instant) -> Instruction:
    """It was done. Raises CannotDo where the agreement does not let the word of whoever gave it count; done once."""
    with touch(instruction.ticket, at):
        rows = Instruction.objects.select_for_update(of=("self",)).select_related("ticket__agreement__version")
        fresh = rows.get(pk=instruction.pk)
        decided = judge_instruction(fresh, at)
        if decided is not None and not decided.is_accepted:
            cited = ", ".join(decided.why.clauses)
            raise CannotDo(f"{cited}: {decided.why.words} is {decided.outcome}; ask somebody whose word counts")
        if fresh.carried_out_at is None:
            fresh.carried_out_at, fresh.carried_out_by = at.utc(), by
            fresh.save(update_fields=["carried_out_at", "carried_out_by"])
    return fresh
