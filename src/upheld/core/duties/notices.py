"""Notices: of what the agreement wants to be told, what was told, and what is missing."""

from collections.abc import Sequence

from upheld.core.explain import Count, Finding, Step, Verdict, show_count, show_instant
from upheld.core.facts import Fact, Frozen, NoticeGiven, NoticeSent, frozen_class, of_kind
from upheld.core.terms.answers import compares
from upheld.core.terms.circumstances import Lead
from upheld.core.terms.duties import Notice
from upheld.core.terms.rules import Terms
from upheld.core.timeline import MICRO, Instant, Span

TOLD, LATE, INCOMPLETE, MISSING, WAITS = "told", "too late", "incomplete", "missing", "to be told"


@frozen_class
class Trigger(Frozen):
    """Something of which a notice may have to tell: the names of its events, its own name, when it was, its facts."""

    events: tuple[str, ...]
    name: str
    at: Instant
    facts: tuple[str, ...]


@frozen_class
class Telling(Frozen):
    """A notice that went out."""

    at: Instant
    to: str
    by: str
    states: tuple[str, ...]
    fact: str


def judge_notices(
    terms: Terms, facts: Sequence[Fact], triggers: Sequence[Trigger], period: Span, as_of: Instant
) -> list[Finding]:
    """One finding for each rule of notices that something in the period set off."""
    findings = []
    for notice in terms.besides.notices.values():
        mine = [one for one in triggers if set(one.events) & set(notice.upon.value) and period.contains(one.at)]
        told = [one for one in mine if is_owed(terms, notice, one)]
        # Where the agreement names nobody to be told (a contact that was left open), nothing is owed.
        owed = told if notice.to.value else []
        if told:
            findings.append(judge_notice(terms, notice, facts, owed, period, as_of))
    return findings


def is_owed(terms: Terms, notice: Notice, trigger: Trigger) -> bool:
    """A notice that is only owed outside some hours is not owed of what happens within them."""
    if notice.outside is None:
        return True
    return not terms.calendars[notice.outside.value].open_within(Span(trigger.at, trigger.at + MICRO))


def judge_notice(
    terms: Terms, notice: Notice, facts: Sequence[Fact], owed: Sequence[Trigger], period: Span, as_of: Instant
) -> Finding:
    steps = tuple(judge_telling(terms, notice, facts, trigger, as_of) for trigger in owed)
    wrong = sum(step.value in (MISSING, LATE, INCOMPLETE) for step in steps)
    value = Count(wrong, "notices missing")
    to = ", ".join(notice.to.value) or "nobody"
    words = f"{notice.name}: {show_count(len(owed), 'times')} to be told to {to}, by {' or '.join(notice.by.value)}"
    cited = tuple(dict.fromkeys((*notice.clauses, *notice.to.clauses)))
    why = Step(value, words, cited, notice.to.readings, because=steps)
    waits = any(step.value == WAITS for step in steps)
    decided = Verdict.MISSED if wrong else Verdict.NOT_YET_KNOWN if waits else Verdict.MET
    verdict = decided if owed else Verdict.NOT_APPLICABLE
    quantities = (("count", Count(len(owed), "to be told")), ("missing", value), ("met", "no" if wrong else "yes"))
    return Finding(f"notices/{notice.name}", period, value, verdict, why, quantities=quantities)


def judge_telling(terms: Terms, notice: Notice, facts: Sequence[Fact], trigger: Trigger, as_of: Instant) -> Step:
    """Whether one event was told, in time and whole; while its time is not over, it may still be told."""
    told = sorted(list_tellings(notice, facts, trigger), key=lambda telling: (telling.at, telling.fact))
    named = f"{trigger.name}, {show_instant(trigger.at)}"
    if not told:
        state = WAITS if as_of < trigger.at and is_in_time(terms, notice, as_of, trigger) else MISSING
        return Step(state, f"{named}: nothing was sent", notice.upon.clauses, notice.upon.readings, trigger.facts)
    in_time = [telling for telling in told if is_in_time(terms, notice, telling.at, trigger)]
    first = (in_time or told)[0]
    facts_told = (*trigger.facts, first.fact)
    words = f"{named}: told to {first.to} by {first.by} on {show_instant(first.at)}"
    if not in_time:
        ahead, words = notice.ahead, f"{words}; asked is {notice.ahead.value} ahead"
        return Step(LATE, words, ahead.clauses, ahead.readings, facts_told)
    lacks = [what for what in notice.states.value if first.states and what not in first.states]
    if lacks:
        return Step(INCOMPLETE, f"{words}; it does not state {', '.join(lacks)}", notice.states.clauses, facts=facts_told)
    return Step(TOLD, words, notice.clauses, facts=facts_told)


def list_tellings(notice: Notice, facts: Sequence[Fact], trigger: Trigger) -> list[Telling]:
    """Notices that name the event, and those that were given of a window."""
    sent = [
        Telling(fact.occurred_at, fact.to, fact.by, fact.states, fact.id)
        for fact in of_kind(facts, NoticeSent)
        if fact.about == trigger.name and fact.notice == notice.name
    ]
    given = [
        # What the product itself sends of a window states all that the window is.
        Telling(fact.occurred_at, fact.to, fact.by, (), fact.id)
        for fact in of_kind(facts, NoticeGiven)
        if fact.window == trigger.name
    ]
    return [*sent, *given]


def is_in_time(terms: Terms, notice: Notice, at: Instant, trigger: Trigger) -> bool:
    if notice.ahead.value is None:
        return True
    return compares(Lead(at, trigger.at), notice.ahead.value, terms.circumstances({}))
