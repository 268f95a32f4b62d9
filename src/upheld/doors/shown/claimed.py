"""What both sides' pages of a claim share: what its credit comes to, with the reasons."""

from typing import Any

from upheld.apps.billing.queries.claims import periods_about
from upheld.apps.findings.queries import CannotJudge, state_of
from upheld.core.explain import Verdict
from upheld.core.money import Money
from upheld.doors.asking import Asked
from upheld.doors.lines import lines_of
from upheld.pages.contexts.parts import AgreementName, Figure, Why

Claim = Any
"""A row of claims, as their queries give it."""
OPEN = (Verdict.NOT_YET_KNOWN, Verdict.UNDECIDED, Verdict.UNDEFINED)


def tell_amount(asked: Asked, claim: Claim, naming: AgreementName) -> Figure | None:
    """What the credit of the claim's period comes to, with its reasons and whether it is open; None for no amount."""
    try:
        credits = state_of(claim.agreement, periods_about(claim, asked.as_of)[0], asked.as_of).judged.credits
    except CannotJudge:
        return None
    found = next((one.finding for one in credits if one.credit.name == claim.credit), None)
    if found is None or not isinstance(found.value, Money):
        return None
    why = Why(step=found.why.to_json(), agreement=naming, facts=lines_of(asked, naming.key))
    return Figure(
        value=found.value, says="the credit of its month, all outages together", why=why, agreement=naming,
        verdict=found.verdict if found.verdict in OPEN else None,
    )  # fmt: skip
