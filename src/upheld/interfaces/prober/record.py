"""From a judgement to the observation that is kept: instants on the wall clock, and the time it vouches for."""

from __future__ import annotations

from upheld.gateways.probe import Answer, Verdict
from upheld.gateways.samples import Attempted, Observation, Outcome
from upheld.interfaces.prober.confirm import Judgement
from upheld.interfaces.prober.vigil import Vigil
from upheld.interfaces.prober.watch import SLACK_US, Watch

_LONGEST_REASON = 400


def record_judgement(watch: Watch, judgement: Judgement, vigil: Vigil, ended_us: int) -> Observation:
    """The observation of a probe; moves the thread of its watch on."""
    speaks = judgement.speaks
    return _record(
        watch,
        vigil,
        started_us=judgement.attempts[0].started_us,
        seen_us=speaks.ended_us,
        ended_us=ended_us,
        outcome=judgement.outcome,
        reason=judgement.reason,
        speaks=speaks,
        attempts=tuple(_write_down(watch.assignment.url, answer, vigil) for answer in judgement.attempts),
        controls=tuple(_write_down(order.target.url, answer, vigil) for order, answer in judgement.controls),
    )


def record_good(watch: Watch, answer: Answer, vigil: Vigil) -> Observation:
    """The observation of a probe that was good at once: the common case, kept short."""
    return _record(
        watch,
        vigil,
        started_us=answer.started_us,
        seen_us=answer.ended_us,
        ended_us=answer.ended_us,
        outcome=Outcome.GOOD,
        reason=answer.reason,
        speaks=answer,
    )


def record_unseen(watch: Watch, vigil: Vigil, *, started_us: int, ended_us: int, reason: str) -> Observation:
    """The observation of probes that were due and not sent."""
    return _record(
        watch,
        vigil,
        started_us=started_us,
        seen_us=ended_us,
        ended_us=ended_us,
        outcome=Outcome.UNSEEN,
        reason=reason,
        speaks=None,
    )


def _record(
    watch: Watch,
    vigil: Vigil,
    *,
    started_us: int,
    seen_us: int,
    ended_us: int,
    outcome: Outcome,
    reason: str,
    speaks: Answer | None,
    attempts: tuple[Attempted, ...] = (),
    controls: tuple[Attempted, ...] = (),
) -> Observation:
    seen_at = vigil.tell_wall(seen_us)
    is_unbroken = (
        outcome is not Outcome.UNSEEN
        and watch.outcome in (Outcome.GOOD, Outcome.BAD)
        and watch.breaks == vigil.breaks
        and started_us - watch.started_us <= watch.interval_us + watch.deadline_us + SLACK_US
        and watch.seen_at <= seen_at
    )
    watch.sequence += 1
    observation = Observation(
        check_id=watch.assignment.id,
        sequence=watch.sequence,
        started_at=vigil.tell_wall(started_us),
        finished_at=vigil.tell_wall(ended_us),
        seen_at=seen_at,
        vouches_from=watch.seen_at if is_unbroken else seen_at,
        duration_us=ended_us - started_us,
        outcome=outcome,
        reason=_plain(reason),
        phases=speaks.phases if speaks is not None else {},
        address=speaks.address if speaks is not None else None,
        status=speaks.status if speaks is not None else None,
        attempts=attempts,
        controls=controls,
    )
    # A first good answer changes nothing for anybody; ten thousand of them at a start are no news to hurry with.
    watch.is_changed = outcome is not (watch.outcome or Outcome.GOOD)
    watch.outcome, watch.seen_at, watch.started_us, watch.breaks = outcome, seen_at, started_us, vigil.breaks
    return observation


def _write_down(url: str, answer: Answer, vigil: Vigil) -> Attempted:
    return Attempted(
        url=url,
        started_at=vigil.tell_wall(answer.started_us),
        finished_at=vigil.tell_wall(answer.ended_us),
        verdict=Verdict(answer.verdict).value,
        reason=_plain(answer.reason),
        address=answer.address,
    )


def _plain(text: str) -> str:
    """A sentence without anything that a page or a log could stumble over: a target's words may be in it."""
    if text.isprintable() and len(text) <= _LONGEST_REASON:
        return text
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text[:_LONGEST_REASON])
