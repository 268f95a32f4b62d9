"""Facts that the judge cannot use, each with the reason: they are shown, never dropped."""

from collections.abc import Iterator, Sequence

from upheld.core.availability import approved_assignments
from upheld.core.facts import (
    CauseAssigned,
    ClaimFiled,
    Fact,
    InvoiceIssued,
    OutageClosed,
    OutageOpened,
    WindowPlanned,
    of_kind,
)
from upheld.core.statement.held_besides import find_unusable_besides
from upheld.core.statement.held_counts import find_uncounted
from upheld.core.statement.held_desk import find_unusable_of_desk
from upheld.core.terms import Terms


def find_unusable(terms: Terms, facts: Sequence[Fact]) -> Iterator[str]:
    """Every fact that names what neither the agreement nor another fact knows, family by family."""
    components = {part for service in terms.services.values() for part in (*service.components, *service.uncovered)}
    outages = {fact.outage for fact in of_kind(facts, OutageOpened)}
    for opened in of_kind(facts, OutageOpened):
        if opened.component not in components:
            yield f"{opened.id}: component {opened.component!r} is not in the agreement; nothing of it is judged"
    for closed in of_kind(facts, OutageClosed):
        if closed.outage not in outages:
            yield f"{closed.id}: no outage is called {closed.outage!r}; it closes nothing"
    in_force = {assigned.id for assigned, _ in approved_assignments(terms, facts)}
    for assigned in of_kind(facts, CauseAssigned):
        if assigned.cause not in terms.causes:
            yield f"{assigned.id}: cause {assigned.cause!r} is not in the agreement; the time keeps its usual cause"
        elif assigned.id not in in_force:
            yield f"{assigned.id}: cause {assigned.cause!r} waits for a second person; until then the time keeps its own"
        if assigned.outage not in outages:
            yield f"{assigned.id}: no outage is called {assigned.outage!r}; its cause is put on nothing"
    for planned in of_kind(facts, WindowPlanned):
        if planned.kind not in terms.maintenance:
            yield f"{planned.id}: maintenance of kind {planned.kind!r} is not in the agreement; it excuses nothing"
    for issued in of_kind(facts, InvoiceIssued):
        if terms.currency and issued.amount.currency != terms.currency:
            yield (
                f"{issued.id}: the invoice is in {issued.amount.currency}, the agreement's money in {terms.currency}; "
                "it is not added to what is overdue"
            )
    for filed in of_kind(facts, ClaimFiled):
        if filed.outage not in outages:
            yield f"{filed.id}: no outage is called {filed.outage!r}; the claim cannot be judged"
    yield from find_uncounted(terms, facts)
    yield from find_unusable_of_desk(terms, facts)
    yield from find_unusable_besides(terms, facts)
