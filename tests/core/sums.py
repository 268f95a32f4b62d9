"""A page shows how figures add up; this looks whether they do."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from upheld.core.explain import Count, Finding, Level, Step
from upheld.core.money import Money
from upheld.core.timeline import Duration

SHOWN = ("down", "excluded", "maintenance", "unknown", "out of base", "up")


def measure_of(step: Step) -> int | Fraction:
    if isinstance(step.value, Money):
        return -step.value.amount if step.sign == "−" else step.value.amount
    if isinstance(step.value, Duration):
        return step.value.micros
    if isinstance(step.value, Level):
        return step.value.exact
    assert isinstance(step.value, Count), f"{step.words}: {step.value!r} cannot be added up"
    return step.value.number


def find_wrong_sums(findings: Iterable[Finding]) -> list[str]:
    """Every step that says its parts add up to it although they do not, or whose spans are not its length."""
    return [wrong for finding in findings for step in finding.why.walk() for wrong in look_at(step)]


def look_at(step: Step) -> Iterator[str]:
    if step.adds and measure_of(step) != (parts := sum(measure_of(part) for part in step.because)):
        yield f"{step.words}: {measure_of(step)} is not the sum of its parts, {parts}"
    if step.spans and step.state in SHOWN and isinstance(step.value, Duration):
        covered = sum(span.length.micros for span in step.spans)
        if covered != step.value.micros:
            yield f"{step.words}: {step.value.micros} is not the length of its spans, {covered}"
