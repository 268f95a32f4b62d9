"""How content a customer was in a period: of how many settled tickets they said so, and what."""

from collections import Counter
from dataclasses import dataclass

from upheld.apps.agreements.models import Agreement
from upheld.apps.desk.models import Rating, State, Ticket
from upheld.core.timeline import Span

LOW = 2
"""At most this much is a score at which somebody looks."""


@dataclass(frozen=True, slots=True)
class Contentment:
    """Of `settled` tickets those that were rated, how often each score was given, and the tickets with a low one."""

    settled: int
    scores: dict[int, int]
    low: tuple[str, ...]

    @property
    def rated(self) -> int:
        return sum(self.scores.values())

    @property
    def tenths(self) -> int | None:
        """The mean in tenths, half a tenth rounded up; None where nobody said anything."""
        total = sum(score * count for score, count in self.scores.items())
        return (20 * total + self.rated) // (2 * self.rated) if self.rated else None


def contentment_in(agreement: Agreement, period: Span) -> Contentment:
    """Of the tickets under an agreement that were settled in a period and are settled still."""
    within = {"resolved_at__gte": period.start.utc(), "resolved_at__lt": period.end.utc()}
    settled = Ticket.objects.filter(agreement=agreement, state=State.RESOLVED, **within)
    rows = Rating.objects.filter(ticket__in=settled).select_related("ticket").order_by("ticket__number")
    return Contentment(
        settled=settled.count(),
        scores=dict(Counter(row.score for row in rows)),
        low=tuple(row.ticket.name for row in rows if row.score <= LOW),
    )
