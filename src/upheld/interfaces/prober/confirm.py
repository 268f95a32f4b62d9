"""From a failed attempt to a verdict. `bad` takes two failed attempts and a control that answered before and after.

Everything else that is not good is `unseen`: the prober was cut off, stopped, hindered or forbidden to look.
"""

from __future__ import annotations

import asyncio
from typing import NamedTuple

from upheld.gateways.probe import Answer, Order, Verdict
from upheld.gateways.samples import Outcome
from upheld.interfaces.prober.controls import Asker, Controls
from upheld.interfaces.prober.vigil import STALL_US, Vigil
from upheld.interfaces.prober.watch import Watch

Asked = list[tuple[Order, Answer]]


class Judgement(NamedTuple):
    """What a probe comes to. `speaks` is the attempt whose end is the instant seen."""

    outcome: Outcome
    reason: str
    speaks: Answer
    attempts: tuple[Answer, ...]
    controls: Asked


async def confirm(watch: Watch, order: Order, first: Answer, line: Asker, controls: Controls, vigil: Vigil) -> Judgement:
    """Judge a first attempt that was not good, by a second one on a new socket and by the controls."""
    if first.verdict is not Verdict.FAILED:
        return Judgement(Outcome.UNSEEN, first.reason, first, (first,), [])
    if because := find_disturbance(watch, vigil):
        return Judgement(Outcome.UNSEEN, f"{because} ({first.reason})", first, (first,), [])
    before, _ = await asyncio.gather(controls.ask(watch.controls), asyncio.sleep(watch.pause_us / 1e6))
    second = await line.ask(order, first=1)
    attempts = (first, second)
    if second.verdict is Verdict.GOOD:
        return Judgement(Outcome.GOOD, f"good at the second attempt; the first: {first.reason}", second, attempts, before)
    if second.verdict is not Verdict.FAILED:
        return Judgement(Outcome.UNSEEN, second.reason, first, attempts, before)
    # A name that is not found may be our resolver's fault: only a control that needs one shows that it works.
    by_name = first.resolve_us is None or second.resolve_us is None
    after = await controls.ask(watch.controls) if _has_answered(before, by_name) else []
    asked = before + after
    if because := find_disturbance(watch, vigil):
        return Judgement(Outcome.UNSEEN, f"{because} ({first.reason})", first, attempts, asked)
    if _has_answered(before, by_name) and _has_answered(after, by_name):
        return Judgement(Outcome.BAD, second.reason, first, attempts, asked)
    return Judgement(Outcome.UNSEEN, f"{second.reason}, but {_name_silence(watch, asked, by_name)}", first, attempts, asked)


def find_disturbance(watch: Watch, vigil: Vigil) -> str | None:
    """Why a failure may be the prober's own: since the probe began (or, for a step, since the last one)."""
    vigil.look()
    missing = vigil.missing_us - watch.missing_us
    if missing > min(STALL_US, watch.deadline_us // 4):
        return f"the prober did not run for {missing // 1_000} ms while it probed"
    if vigil.breaks != watch.breaks:
        return "the clock stepped or the machine slept since the last probe"
    return None


def _has_answered(asked: Asked, by_name: bool) -> bool:
    return any(answer.verdict is Verdict.GOOD and (order.names_a_host or not by_name) for order, answer in asked)


def _name_silence(watch: Watch, asked: Asked, by_name: bool) -> str:
    if not watch.controls:
        return "no control target is set, so this prober cannot tell a failed target from its own blindness"
    for order, answer in asked:
        if answer.verdict is not Verdict.GOOD:
            return f"no control target answered either ({order.target.url}: {answer.reason})"
    assert by_name, "every control answered, yet none counted"
    return "no control target is given by name, so this prober cannot tell a lost name from its own resolver"
