"""Facts of money, access, duties and plans that the judge cannot use, each with the reason."""

from collections.abc import Collection, Iterator, Sequence

from upheld.core.facts import (
    CheckCompared,
    CreditApplied,
    DutyAsked,
    DutyDone,
    Fact,
    NoticeSent,
    PersonNamed,
    PlanSignedOff,
    PlanStarted,
    PlanStepDone,
    QuoteAccepted,
    QuoteGiven,
    ResourceEnded,
    ResourceStarted,
    ReviewHeld,
    SessionHeld,
    SwitchTurned,
    VersionPublished,
    VolumeMeasured,
    WorkLogged,
    of_kind,
)
from upheld.core.terms import Terms
from upheld.core.terms.quantities import NotAQuantity, parse_date


def find_unusable_besides(terms: Terms, facts: Sequence[Fact]) -> Iterator[str]:
    """Every fact of these families that names what neither the agreement nor another fact knows."""
    yield from find_unknown_names(terms, facts)
    yield from find_lost_ends(terms, facts)
    for fact in of_kind(facts, CreditApplied):
        if terms.currency and fact.amount.currency != terms.currency:
            money = f"the credit is in {fact.amount.currency}, the agreement's money in {terms.currency}"
            yield f"{fact.id}: {money}; it is taken off no invoice"
    for published in of_kind(facts, VersionPublished):
        if not is_date(published.effective_on):
            yield f"{published.id}: {published.effective_on!r} is not a date; nobody can be bound by that edition"
    for held in of_kind(facts, ReviewHeld):
        if held.next_on and not is_date(held.next_on):
            yield f"{held.id}: {held.next_on!r} is not a date; no next review is known"


def find_unknown_names(terms: Terms, facts: Sequence[Fact]) -> Iterator[str]:
    """Facts that name a rule which the agreement does not have."""
    besides, fees = terms.besides, terms.fees
    priced = {*fees.charges, *fees.topics}
    named: list[tuple[str, Fact, str, Collection[str], str]] = []
    named += [("charge", one, one.charge, priced, "it is not charged") for one in of_kind(facts, WorkLogged)]
    named += [("charge", one, one.charge, fees.charges, "it is a price for nothing") for one in of_kind(facts, QuoteGiven)]
    named += [("charge", one, one.charge, fees.charges, "it is not charged") for one in of_kind(facts, VolumeMeasured)]
    switches = terms.doors.switches
    named += [("switch", one, one.switch, switches, "it opens nothing") for one in of_kind(facts, SwitchTurned)]
    owed: list[DutyAsked | DutyDone] = [*of_kind(facts, DutyAsked), *of_kind(facts, DutyDone)]
    named += [("duty", one, one.duty, besides.duties, "nothing of it is judged") for one in owed]
    named += [("notice", one, one.notice, besides.notices, "it tells of nothing") for one in of_kind(facts, NoticeSent)]
    begun: list[PlanStepDone | SessionHeld | PlanSignedOff] = [*of_kind(facts, PlanStepDone), *of_kind(facts, SessionHeld)]
    begun += of_kind(facts, PlanSignedOff)
    named += [("plan", one, one.plan, besides.plans, "nothing of it is judged") for one in begun]
    named += [("plan", one, one.plan, besides.plans, "it begins nothing") for one in of_kind(facts, PlanStarted) if one.plan]
    named += [("check", one, one.check, besides.checks, "nothing is compared") for one in of_kind(facts, CheckCompared)]
    roles = besides.instructions.roles if besides.instructions else ()
    named += [("role", one, one.role, roles, "it changes nobody's word") for one in of_kind(facts, PersonNamed)]
    for noun, fact, name, known, therefore in named:
        if name not in known:
            yield f"{fact.id}: no {noun} of the agreement is called {name!r}; {therefore}"


def find_lost_ends(terms: Terms, facts: Sequence[Fact]) -> Iterator[str]:
    """Ends of what never began, and consents to what nobody proposed."""
    resources = {fact.resource for fact in of_kind(facts, ResourceStarted)}
    for ended in of_kind(facts, ResourceEnded):
        if ended.resource not in resources:
            yield f"{ended.id}: no resource is called {ended.resource!r}; it ends nothing"
    quotes = {fact.quote for fact in of_kind(facts, QuoteGiven)}
    for accepted in of_kind(facts, QuoteAccepted):
        if accepted.quote not in quotes:
            yield f"{accepted.id}: no quote is called {accepted.quote!r}; nothing is accepted"


def is_date(written: str) -> bool:
    try:
        parse_date(written)
    except NotAQuantity:
        return False
    return True
