"""What the findings on an invoice say of it."""

from tests.core.orchard import JUNE, bound, work
from upheld.core.explain import Verdict
from upheld.core.fees.judging import judge_fees


def test_an_invoice_of_known_lines_is_decided() -> None:
    """Help of an hour is charged, and nothing of it waits for anybody: an amount, and no open question."""
    _, findings = judge_fees(bound(), [work("help", "2025-06-10T10:00Z", 60)], JUNE, None, lambda by, at: None)

    assert {"charges/help": Verdict.NOT_APPLICABLE, "money/invoice": Verdict.NOT_APPLICABLE} == {
        one.rule: one.verdict for one in findings
    }
