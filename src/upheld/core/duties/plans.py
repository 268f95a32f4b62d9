"""Courses of work in steps: whether one is open to the customer, when it ends, how far it has come."""

from collections.abc import Mapping, Sequence
from datetime import date

from upheld.core.explain import Count, Finding, Step, Value, Verdict, show, show_count, show_instant
from upheld.core.facts import Fact, Frozen, PlanSignedOff, PlanStarted, PlanStepDone, SessionHeld, frozen_class, of_kind
from upheld.core.terms.answers import answer
from upheld.core.terms.conditions import read_condition
from upheld.core.terms.duties import Plan
from upheld.core.terms.lengths import later_date
from upheld.core.terms.place import Desk, Place
from upheld.core.terms.rules import Terms
from upheld.core.timeline import Duration, Instant, Span

SIGNED, KICK_OFF = "signed", "kick-off"


@frozen_class
class PlanDecision(Frozen):
    """
    What a plan is for this customer. `is_valid` is None where that is not known; an invalid plan has no end and no steps.
    """

    plan: Plan
    is_valid: bool | None
    ends_on: date | None
    sessions: int
    steps: tuple[str, ...]
    why: Step


def decide_plan(terms: Terms, plan: Plan, started_on: date | None) -> PlanDecision:
    """A plan is valid where its condition holds and every value that such customers must choose has been chosen."""
    at = terms.circumstances({})
    held = answer(plan.when, at) if plan.when else None
    word = {True: "holds", False: "does not hold", None: "is not known"}
    steps = [Step(word[held.holds], *reason) for reason in held.reasons] if held else []
    unfilled = find_unfilled(terms)
    steps += [Step("not chosen", f"{name} must be chosen", clauses) for name, clauses in unfilled.items()]
    is_valid = held.holds if held else True
    if unfilled:
        is_valid = False
    if not is_valid:
        value = "undecided" if is_valid is None else "not valid"
        return PlanDecision(plan, is_valid, None, 0, (), Step(value, plan.name, plan.clauses, because=tuple(steps)))
    ends_on = later_date(started_on, plan.lasts.value) if started_on and plan.lasts.value else None
    sessions = int(plan.sessions.value) if plan.sessions else 0
    steps += tell_plan(plan, ends_on, sessions)
    return PlanDecision(
        plan, True, ends_on, sessions, plan.steps.value, Step("valid", plan.name, plan.clauses, because=tuple(steps))
    )


def find_unfilled(terms: Terms) -> Mapping[str, tuple[str, ...]]:
    """Choices that are asked for this customer, and that nobody has made, with their clauses."""
    unfilled: dict[str, tuple[str, ...]] = {}
    declared = terms.document.blocks.get("parameters", {})
    for name, entry in declared.items():
        if entry.get("kind") != "choice" or entry.get("optional") or terms.parameters.get(name) is not None:
            continue
        desk = Desk(terms.document, {}, terms.readings)
        asked = read_condition(Place(desk, ("parameters", name, "when"), entry.get("when", {})))
        if answer(asked, terms.circumstances({})).holds:
            unfilled[name] = terms.document.clauses_of("parameters", name)
    return unfilled


def tell_plan(plan: Plan, ends_on: date | None, sessions: int) -> list[Step]:
    lasts, steps = plan.lasts, plan.steps
    length = show(lasts.value) if isinstance(lasts.value, Duration) else str(lasts.value or "no time that is named")
    told = [Step(Count(len(steps.value), "steps"), ", ".join(steps.value), steps.clauses, steps.readings)]
    words = f"it lasts {length}"
    told.append(Step(ends_on.isoformat() if ends_on else "no end", words, lasts.clauses, lasts.readings))
    if plan.sessions:
        told.append(Step(Count(sessions, "sessions"), "meetings", plan.sessions.clauses, plan.sessions.readings))
    told.append(Step(plan.done_when.value, "it is finished when", plan.done_when.clauses, plan.done_when.readings))
    return told


def judge_plans(
    terms: Terms, facts: Sequence[Fact], period: Span, signed_at: Instant | None, as_of: Instant
) -> list[Finding]:
    """One finding for each plan that was begun and was not yet signed off when the period began."""
    findings = []
    for plan in terms.besides.plans.values():
        started_at, told, is_named = find_start(plan, facts, signed_at)
        signed_off = next((fact for fact in of_kind(facts, PlanSignedOff) if fact.plan == plan.name), None)
        if started_at is None or started_at >= period.end or (signed_off and signed_off.occurred_at < period.start):
            continue
        zone = terms.statement_period.zone
        decided = decide_plan(terms, plan, zone.date_at(started_at))
        if decided.is_valid is False and not is_named:
            continue
        done = [fact for fact in of_kind(facts, PlanStepDone) if fact.plan == plan.name and fact.step in decided.steps]
        held = [fact for fact in of_kind(facts, SessionHeld) if fact.plan == plan.name]
        today = zone.date_at(as_of)
        is_late = decided.ends_on is not None and signed_off is None and decided.ends_on < today
        state = "signed off" if signed_off else "overdue" if is_late else "under way"
        if not decided.is_valid:
            state = str(decided.why.value)
        steps = len({fact.step for fact in done})
        quantities: tuple[tuple[str, Value], ...] = (
            ("valid", {True: "yes", False: "no", None: "undecided"}[decided.is_valid]),
            ("ends", decided.ends_on.isoformat() if decided.ends_on else "none"),
            ("sessions", Count(decided.sessions, "sessions")),
            ("steps", Count(len(decided.steps), "steps")),
            ("steps done", Count(steps, "steps")),
            ("sessions held", Count(len(held), "sessions")),
            ("state", state),
        )
        of_them = show_count(len(decided.steps), "steps")
        words = f"{plan.name}: begun on {show_instant(started_at)}, {steps} of {of_them} done"
        seen = (*told, *(fact.id for fact in (*done, *held)), *((signed_off.id,) if signed_off else ()))
        why = Step(state, words, plan.clauses, facts=seen, because=(decided.why,))
        verdict = Verdict.UNDECIDED if decided.is_valid is None else Verdict.NOT_APPLICABLE
        findings.append(Finding(f"plans/{plan.name}", period, state, verdict, why, quantities=quantities))
    return findings


def find_start(plan: Plan, facts: Sequence[Fact], signed_at: Instant | None) -> tuple[Instant | None, tuple[str, ...], bool]:
    """When a plan began, and whether it was named: at its kick-off, or with the signature where the agreement says so."""
    started = [fact for fact in of_kind(facts, PlanStarted) if fact.plan in ("", plan.name)]
    if started:
        return started[0].occurred_at, (started[0].id,), started[0].plan == plan.name
    return (signed_at if plan.starts and plan.starts.value == SIGNED else None), (), False
