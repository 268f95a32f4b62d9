"""What a clock allowed an issue that began with an outage: read from the findings of the clocks."""

from collections.abc import Sequence

from upheld.core.explain import Finding
from upheld.core.terms import Terms
from upheld.core.timeline import Duration, Span


def window_of(terms: Terms, findings: Sequence[Finding], clock: str, outage: Span) -> Duration | None:
    """
    The time that the clock allowed, pauses left out; None where no clock of that name ran for this outage.

    Of several issues within one outage the first counts.
    """
    own = [one for one in findings if one.rule.split("/")[1] == clock and one.period.start == outage.start]
    allowed = (dict(finding.quantities).get("allowed") for finding in own)
    return next((length for length in allowed if isinstance(length, Duration)), None)
