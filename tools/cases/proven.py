"""What the application states of a case: a statement that it issues, as the customer's verifier computes it again."""

from tools.cases.story import ENGINEER
from upheld.apps.agreements.models import Agreement
from upheld.apps.statements.queries import bundle_of
from upheld.apps.statements.services import prepare
from upheld.core.statement import Statement
from upheld.core.timeline import Instant, Span
from upheld.gateways.signing import FakeSigner
from upheld.verify import Outcome, verify_bundle


def state_and_prove(agreement: Agreement, period: Span, at: Instant) -> Statement:
    """The statement of a period, issued at an instant; read from its bundle alone."""
    signer = FakeSigner()
    issued = prepare(agreement=agreement, period=period, by=ENGINEER, at=at, signer=signer)
    report = verify_bundle(bundle_of(issued), signer.verifier_key())
    if report.outcome is not Outcome.VERIFIED or report.statement is None:
        wrong = [f"{check.name}: {check.told[0]}" for check in report.checks if check.result.value != "ok"]
        raise ValueError(f"the bundle of {issued.name} does not hold: {'; '.join(wrong)}")
    return report.statement
