"""Whether what looks can prove what is promised: how much may be lost between two looks, and how long an interval is."""

from upheld.core.terms.quantities import Months, Percent, parse_comparison, parse_length
from upheld.core.timeline import DAY, MINUTE, SECOND, ZERO, Duration
from upheld.language.meaning.subject import Subject
from upheld.language.merge import Said

SAMPLES_IN_A_BUDGET = 3
MONTH = DAY * 30


def check_proof(subject: Subject, rule: Said) -> None:
    """Warn where the sampling of the evidence is too coarse for the target, the interval or the shortest outage."""
    if not check_named_evidence(subject, rule):
        return
    finest = find_finest(subject, rule)
    kinds = {subject.value("evidence", name, "kind") for name in subject.names_at(*rule.path, "evidence")}
    allowed = allowance(subject, rule)
    if allowed == ZERO and "customer" in kinds:
        # No sampling sees every outage; where the customer's reports count, what it misses can be told.
        allowed = None
    for name in subject.names_at(*rule.path, "evidence"):
        every = subject.read(parse_length, "evidence", name, "every")
        if not isinstance(every, Duration):
            continue
        looks = f"{name} looks every {seconds(every)}"
        if finest is not None and every > finest[1]:
            subject.warn(
                ("evidence", name, "every"),
                f"the sampling cannot prove {rule.path[1]}: {finest[0]} {seconds(finest[1])}, and {looks}",
                f"look at least every {seconds(finest[1])}",
            )
        elif allowed is not None and allowed >= ZERO and every * SAMPLES_IN_A_BUDGET > allowed:
            most = allowed.micros // SAMPLES_IN_A_BUDGET // SECOND.micros
            budget = seconds(allowed) if allowed else "nothing"
            advice = f"look at least every {most} s, so that {SAMPLES_IN_A_BUDGET} samples lie in what is allowed"
            subject.warn(
                ("evidence", name, "every"),
                f"the sampling cannot prove the target of {rule.path[1]}: {budget} of a period may be down, and {looks}",
                advice if most else "no sampling sees every outage: let the customer's reports count as well",
            )


def seconds(length: Duration) -> str:
    return f"{length.micros // SECOND.micros} s"


def find_finest(subject: Subject, rule: Said) -> tuple[str, Duration] | None:
    """The shortest thing that must be told apart, in words and as a length."""
    found: list[tuple[str, Duration]] = []
    each = subject.read(parse_length, *rule.path, "each")
    if isinstance(each, Duration):
        found.append(("an interval has", each))
    shortest = subject.read(parse_comparison, *rule.path, "shortest outage")
    found += [
        ("an outage counts from", edge) for _, edge in (shortest.edges if shortest else ()) if isinstance(edge, Duration)
    ]
    if subject.value(*rule.path, "whole minutes") is True:
        found.append(("whole minutes are told apart by", MINUTE))
    return min(found, key=lambda pair: pair[1], default=None)


def check_named_evidence(subject: Subject, rule: Said) -> bool:
    """Whether a promise names what proves it; one that does not is listed as one that cannot be proven."""
    if not subject.has(*rule.path, "evidence"):
        return False
    named = bool(subject.names_at(*rule.path, "evidence"))
    if not named and subject.value(*rule.path, "strength") == "promise":
        subject.warn(
            (*rule.path, "evidence"), f"cannot be proven: {rule.path[1]} is a promise and names no evidence",
            "name what proves it, or call it an objective",
        )  # fmt: skip
    return named


def allowance(subject: Subject, rule: Said) -> Duration | None:
    """The time down that the target allows in one period of usual length."""
    target, length = subject.read(parse_comparison, *rule.path, "target"), period_length(subject, rule)
    edges = target.edges if target else ()
    shares = [edge.exact for sign, edge in edges if sign in (">=", ">", "=") and isinstance(edge, Percent)]
    if not shares or length is None:
        return None
    allowed = (1 - max(shares)) * length.micros
    return Duration(allowed.numerator // allowed.denominator)


def period_length(subject: Subject, rule: Said) -> Duration | None:
    length = subject.read(parse_length, "periods", str(subject.value(*rule.path, "period")), "length")
    if isinstance(length, Months):
        return MONTH * length.number
    return length if isinstance(length, Duration) else None
