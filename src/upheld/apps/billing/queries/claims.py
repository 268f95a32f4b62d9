"""Claims as they are on record, and what the judge says of them."""

from upheld.apps.agreements.models import Agreement
from upheld.apps.billing.models import Claim
from upheld.apps.findings.queries import period_at, periods_between, state_of
from upheld.apps.ledger.queries import known_facts
from upheld.apps.probes.queries import outage
from upheld.core.facts import ClaimFiled, Fact
from upheld.core.statement import ClaimJudged
from upheld.core.timeline import Instant, Span
from upheld.pages.words.claims import list_conditions

OF_CLAIMS = (ClaimFiled.TYPE,)


class UnknownClaim(LookupError):
    """A claim that is not on record."""


def claim(name: str) -> Claim:
    """The claim `C-7`; raises UnknownClaim."""
    number = name.removeprefix("C-")
    known = name.startswith("C-") and number.isascii() and number.isdigit() and len(number) < 10
    found = Claim.objects.select_related("agreement__customer").filter(number=int(number)).first() if known else None
    if found is None:
        raise UnknownClaim(f"no claim is called {name!r}; they are called C-1, C-2 and so on")
    return found


def list_claims(agreement: Agreement | None = None) -> list[Claim]:
    """Claims, those first that wait for a person, then the latest."""
    rows = Claim.objects.select_related("agreement__customer")
    if agreement is not None:
        rows = rows.filter(agreement=agreement)
    return sorted(rows, key=lambda row: (not row.waits, -row.number))


def judge_claim(claim: Claim, as_of: Instant) -> ClaimJudged | None:
    """
    What the agreement says of a claim, as of an instant: each condition met or not, with its clause.

    None where it does not say anything: the outage is not there, or no credit of the agreement is for it.
    """
    judged = state_of(claim.agreement, periods_about(claim, as_of)[0], as_of).judged.claims
    return next((found for found in judged if found.filed.claim == claim.name), None)


def tell_grounds(judged: ClaimJudged | None) -> tuple[str, ...]:
    """Each condition that is not met, with what was found of it, and its clauses."""
    wrong = [one for one in list_conditions(judged.checked) if one.is_met is False] if judged else []
    return tuple(f"not met: {one.words}. {one.found.rstrip('.')}{cite(one.clauses)}" for one in wrong)


def cite(clauses: tuple[str, ...]) -> str:
    return f" ({', '.join(clauses)})" if clauses else ""


def periods_about(claim: Claim, as_of: Instant) -> list[Span]:
    """The periods that a claim is about: those that its outage touches, else the one that it names. Raises CannotJudge."""
    if claim.outage:
        found = outage(claim.outage)
        end = found.ended_at or as_of
        return [period_at(claim.agreement, found.began_at), *periods_between(claim.agreement, found.began_at, end)[1:]]
    assert claim.period_from_at is not None, "a claim without an outage names its period"
    return [period_at(claim.agreement, Instant.of(claim.period_from_at))]


def list_evidence(agreement: Agreement, outage_name: str, ticket: str = "") -> list[Fact]:
    """The facts of the ledger that speak of an outage, or of a ticket, in order: what may support a claim."""
    names = {name for name in (outage_name, ticket) if name}
    _, facts = known_facts(agreement.key)
    return [fact for fact in facts if is_about(fact, names) and fact.TYPE not in OF_CLAIMS]


def is_about(fact: Fact, names: set[str]) -> bool:
    told = (getattr(fact, field, "") for field in ("outage", "ticket"))
    return any(name in names for name in told if name)
