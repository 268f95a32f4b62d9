"""Time down weighed by the share of users that it hit."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from upheld.core.availability.outages import Outage
from upheld.core.explain import Share, Step, show, show_span
from upheld.core.facts import Fact, ShareAffected, of_kind
from upheld.core.timeline import Duration, Span, Timeline

WHOLE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Weighed:
    """Microseconds of time down, each by its share of users; and the same stretch by stretch."""

    micros: Fraction
    steps: tuple[Step, ...]


def weigh(down: Timeline, outages: Sequence[Outage], facts: Sequence[Fact]) -> Weighed:
    """The greatest share that is told of a moment holds; where none is told, everybody was hit."""
    names = {outage.id for outage in outages}
    told = [(share_of(fact), fact) for fact in of_kind(facts, ShareAffected) if fact.outage in names and fact.all > 0]
    total, left, steps = Fraction(0), down, []
    for share, fact in sorted(told, key=lambda pair: (-pair[0], pair[1].from_at.micros, pair[1].id)):
        part = left.within(Span.forward(fact.from_at, fact.to_at))
        if part:
            steps.append(tell(part, share, (fact.id,)))
            total, left = total + part.total.micros * share, left.subtract(part)
    if left and told:
        steps.append(tell(left, WHOLE, ()))
    return Weighed(total + left.total.micros, tuple(steps))


def share_of(fact: ShareAffected) -> Fraction:
    return min(max(Fraction(fact.hit, fact.all), Fraction(0)), WHOLE)


def tell(time: Timeline, share: Fraction, facts: tuple[str, ...]) -> Step:
    spans = ", ".join(show_span(span) for span in time)
    who = "nobody told whom it hit, so everybody" if not facts else f"{show(Share(share))} of the users"
    micros = time.total.micros * share
    length = Duration(micros.numerator // micros.denominator)
    return Step(length, f"{spans}: {show(time.total)} for {who}", facts=facts)
