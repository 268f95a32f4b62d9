"""Whose word counts at the desk: instructions, and the names under which the agreement knows people."""

from collections.abc import Callable, Sequence

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import terms_of
from upheld.apps.desk.models import Instruction, Ticket
from upheld.apps.ledger.queries import live_facts
from upheld.apps.parties.models import User
from upheld.apps.parties.queries import names_in_facts, pseudonym_of
from upheld.apps.parties.services import mark_text
from upheld.core.duties import InstructionDecision, decide_instruction, persons_at
from upheld.core.explain import Step
from upheld.core.facts import Fact, known_at
from upheld.core.timeline import Instant


def facts_known(agreement: Agreement, at: Instant) -> Sequence[Fact]:
    """All facts of an agreement as they were known at an instant."""
    return known_at(live_facts(agreement.key, at)[1], at)


def judge_word(agreement: Agreement, by: str, said_at: Instant, known_by: Instant) -> InstructionDecision | None:
    """What becomes of somebody's word; None where the agreement does not say whose counts. Raises CannotJudge."""
    return decide_instruction(terms_of(agreement, said_at), facts_known(agreement, known_by), mark_text(by), said_at)


def judge_instruction(instruction: Instruction, as_of: Instant) -> InstructionDecision | None:
    """Whether it may be carried out, and why; None where the agreement does not say whose word counts."""
    agreement = instruction.ticket.agreement
    assert agreement is not None, "a held ticket takes no instructions"
    return judge_word(agreement, instruction.by, Instant.of(instruction.received_at), as_of)


def instructions_of(ticket: Ticket) -> list[Instruction]:
    """Every instruction on a ticket, in its order."""
    return list(ticket.instructions.select_related("ticket__agreement__version").order_by("number"))


def name_in_agreement(agreement: Agreement, user: User, at: Instant) -> str:
    """
    How facts name somebody whose word is asked for: by the pseudonym, or by the mark of the address where the agreement's
    own roles were filled with it before the person signed in here. Raises CannotJudge.
    """
    rule = terms_of(agreement, at).besides.instructions
    if rule is not None:
        held = [naming.person for naming in persons_at(rule, facts_known(agreement, at), at).values()]
        names = names_in_facts(user)
        for person in (*held, *rule.persons):
            if person.lower() in names:
                return person
    return pseudonym_of(user)


def refuser_of(agreement: Agreement, at: Instant) -> Callable[[str, Instant], Step | None]:
    """Asks why somebody's consent does not count; answers None where it does."""

    def refuse_word(by: str, said_at: Instant) -> Step | None:
        decided = judge_word(agreement, by, said_at, at)
        return None if decided is None or decided.is_accepted else decided.why

    return refuse_word
