"""What is looked after under an agreement, and for which kinds of things it charges."""

from dataclasses import dataclass

from upheld.apps.agreements.models import Agreement
from upheld.apps.findings.queries import known_facts, terms_of
from upheld.core.facts import ResourceEnded, ResourceStarted, known_at, of_kind
from upheld.core.terms.charges import CONTRACT, ONCE, Rate
from upheld.core.timeline import Instant


@dataclass(frozen=True, slots=True)
class Resource:
    """One thing that is, or was, looked after."""

    name: str
    kind: str
    from_at: Instant
    ended_at: Instant | None


def list_kinds(agreement: Agreement, at: Instant) -> list[str]:
    """Each kind of thing that costs something by its being there: once, or again and again. Raises CannotJudge."""
    rules = [case.rule for cases in terms_of(agreement, at).fees.charges.values() for case in cases.each]
    standing = [
        rule
        for rule in rules
        if isinstance(rule.price.value, Rate) and (rule.price.value.per == ONCE or rule.price.value.months)
    ]
    counted = [rule.for_each.value for rule in standing if rule.how_many is None and rule.for_each.value != CONTRACT]
    return list(dict.fromkeys(counted))


def list_resources(agreement: Agreement, as_of: Instant) -> list[Resource]:
    """Everything that was ever looked after, as it was known at an instant."""
    _, facts = known_facts(agreement.key)
    known = known_at(facts, as_of)
    ends = {fact.resource: fact.occurred_at for fact in reversed(of_kind(known, ResourceEnded))}
    return [
        Resource(fact.resource, fact.kind, fact.occurred_at, ends.get(fact.resource))
        for fact in of_kind(known, ResourceStarted)
    ]
