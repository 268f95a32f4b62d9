"""Cases of claims for one interruption."""

from fractions import Fraction
from typing import Any

from tools.cases.question import Question, at
from upheld.core.credits import Filed, check_claim
from upheld.core.explain import Verdict


def claim(question: Question) -> dict[str, Any]:
    given, terms = question.given, question.terms()
    rule = next(iter(terms.claims.values()))
    promise = terms.credits[rule.credits[0]].time_of
    ended = at(given["interruption_end"])
    filed = Filed(
        claim_at=at(given["claim_at"]),
        channel=given.get("channel", rule.channels.value[0]),
        details=tuple(given["details"]),
        ticket_at=at(given["ticket_at"]) if given["ticket_at"] else None,
        overdue=Fraction(1 if given["overdue"] else 0),
        outage_start_at=None,
        outage_end_at=ended,
        responsible=(terms.causes[given["cause"]].responsible.value,),
        verdicts={promise: (Verdict.MET if given["availability_met"] else Verdict.MISSED).value},
    )
    checked = check_claim(terms, rule, filed)
    return {"accepted": checked.accepted, "reasons": list(checked.refused_for), "deadline": checked.deadline_at}
