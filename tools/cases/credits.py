"""Cases of credits that a period's outages give."""

from typing import Any

from tools.cases.outages import availability, state
from tools.cases.question import Question
from upheld.core.money import Money
from upheld.core.timeline import HOUR, Duration


def credit(question: Question) -> dict[str, Any]:
    judged = state(question).judged
    finding = judged.credits[0].finding
    free, amount = finding.quantity("free time"), finding.quantity("credit")
    assert isinstance(free, Duration)
    assert isinstance(amount, Money)
    return {
        **availability(question),
        "full_hours": judged.credits[0].units,
        "free_hours": free.micros // HOUR.micros,
        "credit": str(amount).split(" ")[1],
        "exceeds_monthly_price": finding.quantity("over price") == "yes",
    }
