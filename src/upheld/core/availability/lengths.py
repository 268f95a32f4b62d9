"""Outages judged one by one by their lengths, where the agreement promises no percentage."""

from dataclasses import replace

from upheld.core.availability.figure import SETTLED, kept_or_lost
from upheld.core.availability.partition import Partition
from upheld.core.availability.scene import Scene
from upheld.core.explain import Finding, Step, Verdict, show, show_count, show_span
from upheld.core.timeline import ZERO, Duration, Span

GRAVEST = (Verdict.MISSED, Verdict.NOT_REACHED, Verdict.UNDECIDED, Verdict.NOT_YET_KNOWN)


def measure_lengths(scene: Scene, usual: Finding, ever: Partition) -> tuple[Finding, tuple[Finding, ...]]:
    """
    The longest outage of a period, and a finding for each. An outage belongs to the period in which it ends, with its
    whole length; one that runs is judged once it is too long.
    """
    each = tuple(measure_length(scene, run) for run in ever.down if belongs(scene, run))
    longest = max((found.value for found in each if isinstance(found.value, Duration)), default=ZERO)
    target = scene.promise.target.value
    verdict = next((one for one in GRAVEST if one in {found.verdict for found in each}), None)
    if verdict is None:
        is_over = scene.as_of >= scene.period.end
        verdict = kept_or_lost(scene.promise, is_kept=True) if is_over else Verdict.NOT_YET_KNOWN
    if usual.verdict in SETTLED:
        verdict = usual.verdict
    elif scene.promise.unmeasured.value == "undecided" and verdict in (Verdict.MET, Verdict.REACHED):
        gap = max((span.length for span in scene.unseen()), default=ZERO)
        verdict = verdict if target is None or target.holds(gap) else Verdict.UNDECIDED
    asked = f"; {target} was promised for each" if target else ""
    why = Step(
        longest, f"the longest of {show_count(len(each), 'outages')} that ended in {show_span(scene.period)}{asked}",
        tuple(dict.fromkeys((*scene.promise.clauses, *scene.promise.target.clauses))), scene.promise.target.readings,
        because=(*(found.why for found in each), *usual.why.because),
    )  # fmt: skip
    return replace(usual, value=longest, verdict=verdict, why=why, lower=None, upper=None), each


def belongs(scene: Scene, run: Span) -> bool:
    """Whether an outage ends in the period; one that runs ends, for now, at the instant that is looked from."""
    return scene.period.start < run.end <= scene.period.end


def measure_length(scene: Scene, run: Span) -> Finding:
    """One outage against the promised length."""
    outages = [outage for outage in scene.outages if outage.span.overlap(run)]
    names = "+".join(outage.id for outage in outages)
    target, is_kept = scene.promise.target.value, True
    if target is not None:
        is_kept = target.holds(run.length)
    verdict = kept_or_lost(scene.promise, is_kept=is_kept)
    if is_kept and any(outage.is_running for outage in outages):
        verdict = Verdict.NOT_YET_KNOWN
    facts = tuple(dict.fromkeys(fact for outage in outages for fact in outage.facts))
    asked = f"; asked is {target}" if target else ""
    why = Step(
        run.length, f"{show_span(run)}, {names}: {show(run.length)}{asked}", scene.promise.target.clauses,
        scene.promise.target.readings, facts, (run,), state="down",
    )  # fmt: skip
    return Finding(f"availability/{scene.promise.name}/{names}", scene.period, run.length, verdict, why)
