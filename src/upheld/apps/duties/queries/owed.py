"""How each duty stands, and what a customer can ask for because the provider owes it."""

from dataclasses import dataclass

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import terms_of
from upheld.apps.duties.queries.recorded import facts_of
from upheld.core.duties import DutyState, state_of
from upheld.core.terms.duties import Duty
from upheld.core.timeline import Instant


@dataclass(frozen=True, slots=True)
class Asking:
    """What the provider does when he is asked, and the warning that has to be read before."""

    duty: Duty
    warning: str
    clauses: tuple[str, ...]


def list_duties(agreement: Agreement, as_of: Instant) -> list[DutyState]:
    """Every duty of both sides as it stands, in the order of the agreement. Raises CannotJudge."""
    terms, facts = terms_of(agreement, as_of), facts_of(agreement.key, as_of)
    signed_at = Instant.of(agreement.signed_at)
    return [state_of(terms, duty, facts, signed_at, as_of) for duty in terms.besides.duties.values()]


def askable(agreement: Agreement, as_of: Instant) -> list[Asking]:
    """What the customer may ask for: the provider's duties that a topic of its own asks for. Raises CannotJudge."""
    terms = terms_of(agreement, as_of)
    found = []
    for duty in terms.besides.duties.values():
        topic = terms.desk.topics.get(duty.topic.value) if duty.topic else None
        if duty.who.value == "provider" and topic is not None and topic.covered.value and duty.strength.value == "promise":
            found.append(Asking(duty, topic.warning, tuple(dict.fromkeys((*duty.clauses, *topic.clauses)))))
    return found
