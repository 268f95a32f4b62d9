"""How each duty stands: done, due, overdue, waiting, or simply standing; and what was missed in a period."""

from collections.abc import Iterator, Sequence

from upheld.core.explain import Count, Finding, Step, Verdict, show_instant
from upheld.core.facts import DutyAsked, DutyDone, Fact, Frozen, TicketOpened, frozen_class, of_kind
from upheld.core.terms.answers import answer
from upheld.core.terms.duties import Duty
from upheld.core.terms.rules import Terms
from upheld.core.timeline import Instant, Span

DONE, DUE, OVERDUE, WAITING, STANDING = "done", "due", "overdue", "waiting", "standing"
NOT_OWED = "not owed"


@frozen_class
class Asked(Frozen):
    """One time that a duty was asked for: by a request, by a ticket, or by the time that has passed."""

    name: str
    at: Instant
    due_at: Instant | None
    done_at: Instant | None
    facts: tuple[str, ...]

    def state_at(self, at: Instant) -> str:
        """Done at exactly the due instant is in time."""
        if self.done_at is not None and self.done_at <= at:
            return DONE if self.due_at is None or self.done_at <= self.due_at else OVERDUE
        if self.due_at is None:
            return WAITING
        return OVERDUE if at > self.due_at else DUE

    def is_open_at(self, at: Instant) -> bool:
        return self.done_at is None or self.done_at > at


@frozen_class
class DutyState(Frozen):
    """How a duty stands at an instant, and why."""

    duty: Duty
    state: str
    asked: tuple[Asked, ...]
    why: Step


def state_of(terms: Terms, duty: Duty, facts: Sequence[Fact], signed_at: Instant | None, at: Instant) -> DutyState:
    """The worst of what is open; where nothing is, done if anything was asked, else it stands and nothing is due."""
    held = answer(duty.when, terms.circumstances({})).holds if duty.when else True
    if held is False:
        return DutyState(duty, NOT_OWED, (), Step(NOT_OWED, f"{duty.does}: not owed to this customer", duty.clauses))
    asked = tuple(one for one in list_asked(terms, duty, facts, signed_at, at) if one.at <= at)
    open_states = {one.state_at(at) for one in asked if one.is_open_at(at)}
    state = next((word for word in (OVERDUE, DUE, WAITING) if word in open_states), DONE if asked else STANDING)
    steps = tuple(tell_asked(one, at) for one in asked)
    return DutyState(duty, state, asked, Step(state, tell_duty(duty), duty.clauses, because=steps))


def tell_duty(duty: Duty) -> str:
    who = {"both": "both sides"}.get(duty.who.value, f"the {duty.who.value}")
    words = f"{duty.name}, owed by {who}: {duty.does}"
    return words if duty.evidence.value else f"{words}; the agreement names no evidence, so it cannot be proven"


def tell_asked(one: Asked, at: Instant) -> Step:
    words = f"{one.name}, from {show_instant(one.at)}"
    words += f", due {show_instant(one.due_at)}" if one.due_at else ""
    words += f", done {show_instant(one.done_at)}" if one.done_at else ""
    return Step(one.state_at(at), words, facts=one.facts)


def list_asked(terms: Terms, duty: Duty, facts: Sequence[Fact], signed_at: Instant | None, at: Instant) -> Iterator[Asked]:
    done = [fact for fact in of_kind(facts, DutyDone) if fact.duty == duty.name]
    for asked in of_kind(facts, DutyAsked):
        if asked.duty == duty.name:
            yield settle(asked.request, asked.occurred_at, asked.due_at, done, asked.id)
    for ticket in of_kind(facts, TicketOpened) if duty.topic else ():
        if duty.topic and ticket.topic == duty.topic.value:
            yield settle(ticket.ticket, ticket.occurred_at, None, done, ticket.id)
    if duty.every:
        yield from list_rounds(terms, duty, done, signed_at, at)


def settle(name: str, at: Instant, due_at: Instant | None, done: Sequence[DutyDone], fact: str) -> Asked:
    """What was asked with the first deed that answers it: one that names it, or names nothing and came after."""
    answers = [deed for deed in done if deed.request == name or (not deed.request and deed.occurred_at >= at)]
    first = min(answers, key=lambda deed: deed.occurred_at, default=None)
    facts = (fact, first.id) if first else (fact,)
    return Asked(name, at, due_at, first.occurred_at if first else None, facts)


def list_rounds(
    terms: Terms, duty: Duty, done: Sequence[DutyDone], signed_at: Instant | None, at: Instant
) -> Iterator[Asked]:
    """
    A duty that comes again: from each time that it was done, until the next. It begins with the signature where the
    provider promised it, since he has to prove it; of others nothing is assumed before it was first recorded.
    """
    assert duty.every is not None, "asked only of a duty that comes again"
    deeds = [deed for deed in done if not deed.request]
    starts: list[tuple[Instant, tuple[str, ...]]] = []
    if duty.who.value == "provider" and duty.strength.value == "promise" and duty.evidence.value and signed_at:
        starts.append((signed_at, ()))
    starts += [(deed.occurred_at, (deed.id,)) for deed in deeds]
    circumstances = terms.circumstances({})
    for place, (start, told) in enumerate(starts):
        following = starts[place + 1] if place + 1 < len(starts) else None
        due_at = circumstances.end_of(duty.every.value, start)
        facts = (*told, *(following[1] if following else ()))
        yield Asked("the next time", start, due_at, following[0] if following else None, facts)


def judge_duties(
    terms: Terms, facts: Sequence[Fact], period: Span, signed_at: Instant | None, as_of: Instant
) -> list[Finding]:
    """
    One finding for each duty of which something was due, done or waiting in the period. Only a promise of the provider
    with evidence is missed; what else is late is shown.
    """
    findings = []
    until = min(period.end, as_of)
    for duty in terms.besides.duties.values():
        state = state_of(terms, duty, facts, signed_at, until)
        asked = [one for one in state.asked if touches(one, period)]
        if not asked:
            continue
        late = [one for one in asked if is_late_within(one, period, until)]
        value = Count(len(late), "times late")
        is_promise = duty.who.value != "customer" and duty.strength.value == "promise" and bool(duty.evidence.value)
        verdict = Verdict.NOT_APPLICABLE
        if is_promise:
            verdict = Verdict.MISSED if late else Verdict.MET if until == period.end else Verdict.NOT_YET_KNOWN
        why = Step(value, tell_duty(duty), duty.clauses, because=tuple(tell_asked(one, until) for one in asked))
        quantities = (("state", state.state), ("count", Count(len(asked), "times")), ("overdue", value))
        findings.append(Finding(f"duties/{duty.name}", period, value, verdict, why, quantities=quantities))
    return findings


def touches(one: Asked, period: Span) -> bool:
    """Whether anything of it lies in the period: it was asked, or done, or was open in it."""
    return one.at < period.end and (one.done_at is None or one.done_at >= period.start)


def is_late_within(one: Asked, period: Span, until: Instant) -> bool:
    """Whether it was late for some time of the period: due before its end, and not done when due."""
    if one.due_at is None or one.due_at >= until:
        return False
    return one.done_at is None or (one.done_at > one.due_at and one.done_at > period.start)
