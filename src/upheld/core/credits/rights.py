"""What a side may do now: a right's condition over this period and those before it, until when it may be used."""

from collections.abc import Sequence

from upheld.core.credits.setting import Setting
from upheld.core.explain import Finding, Step, Value, Verdict, show, show_instant
from upheld.core.facts import Frozen, RightUsed, frozen_class
from upheld.core.terms.answers import answer
from upheld.core.terms.circumstances import Circumstances, Known
from upheld.core.terms.rights import Right
from upheld.core.timeline import Duration, Instant


@frozen_class
class Standing(Frozen):
    """A right in one period: whether it may be used (None: not known yet), until when, and whether it was."""

    right: Right
    may: bool | None
    until_at: Instant | None
    used_at: Instant | None
    finding: Finding


def judge_right(setting: Setting, right: Right, facts: dict[str, Known], used: Sequence[RightUsed]) -> Standing:
    """
    The right as the period gives it. `facts` are what conditions may ask besides the findings (causes, credits earned);
    `used` the times that a side made use of it.
    """
    at = setting.known(facts)
    found = answer(right.when, at)
    until = at.deadline(right.use_within.value) if right.use_within.value else None
    own = [fact for fact in used if fact.right == right.name and fact.occurred_at >= setting.period.start]
    in_time = [fact for fact in own if until is None or fact.occurred_at < until]
    taken = min(in_time, key=lambda fact: (fact.occurred_at, fact.id), default=None) if found.holds else None
    steps = [Step(HELD[found.holds], words, cited, readings) for words, cited, readings in found.reasons]
    steps += tell_use(right, until, taken, at)
    may = "yes" if found.holds else "no" if found.holds is False else "not known yet"
    quantities: list[tuple[str, Value]] = [("may", may)]
    quantities += [("until", until)] if until and found.holds else []
    quantities += [("used", taken.occurred_at)] if taken else []
    words = {True: f"the {right.who.value} may {right.to.value}", False: "there is no such right", None: "not known yet"}
    finding = Finding(
        rule=f"rights/{right.name}", period=setting.period, value=words[found.holds],
        verdict=Verdict.NOT_APPLICABLE if found.holds is not None else Verdict.NOT_YET_KNOWN,
        why=Step(words[found.holds], right.name, right.clauses, because=tuple(steps)), quantities=tuple(quantities),
    )  # fmt: skip
    return Standing(right, found.holds, until if found.holds else None, taken.occurred_at if taken else None, finding)


HELD = {True: "holds", False: "does not hold", None: "is not known yet"}


def tell_use(right: Right, until: Instant | None, taken: RightUsed | None, at: Circumstances) -> list[Step]:
    """Until when it may be used, with which notice, what is paid back, and whether it was used."""
    steps = []
    if until is not None and right.use_within.value:
        words = f"it may be used until then: {right.use_within.value}"
        steps.append(Step(until, words, right.use_within.clauses, right.use_within.readings))
    if (notice := right.notice.value) is not None:
        length = show(notice) if isinstance(notice, Duration) else str(notice)
        steps.append(Step(length, "must be told ahead", right.notice.clauses, right.notice.readings))
    if right.refund.value is not None:
        steps.append(Step(right.refund.value, "is paid back", right.refund.clauses, right.refund.readings))
    if taken is not None:
        words = f"it was used by {taken.by}"
        end = None if right.notice.value is None else at.end_of(right.notice.value, taken.occurred_at)
        words += f", and takes effect {show_instant(end)}" if end else ""
        steps.append(Step(taken.occurred_at, words, right.clauses, facts=(taken.id,)))
    return steps
