"""Plans of an agreement, such as onboarding: whether one is open to the customer, how far it has come, as the core says."""

from dataclasses import dataclass

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import terms_of
from upheld.apps.desk.queries.words import facts_known
from upheld.core.duties import PlanDecision, decide_plan, judge_plans
from upheld.core.duties.plans import find_start
from upheld.core.explain import Finding
from upheld.core.facts import PlanSignedOff, PlanStepDone, SessionHeld, of_kind
from upheld.core.service_hours import ServiceHours
from upheld.core.terms.duties import Plan
from upheld.core.timeline import Duration, Instant, Span


class UnknownPlan(LookupError):
    """A plan that the agreement does not have."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A plan and how far it is. `finding` is the core's word on one that was begun, None before."""

    plan: Plan
    decided: PlanDecision
    started_at: Instant | None
    done: tuple[str, ...]
    """The steps that were done, in the order of the plan."""
    sessions_held: int
    signed_off: PlanSignedOff | None
    finding: Finding | None


@dataclass(frozen=True, slots=True)
class Attended:
    """A way in that has hours of its own: whether somebody is there now, and when next."""

    channel: str
    calendar: str
    is_open: bool
    opens_at: Instant | None
    clauses: tuple[str, ...]


def list_plans(agreement: Agreement, at: Instant) -> list[Progress]:
    """Every plan of an agreement as it stands. Raises CannotJudge."""
    terms, facts = terms_of(agreement, at), facts_known(agreement, at)
    signed_at, zone = Instant.of(agreement.signed_at), terms.statement_period.zone
    span = Span(min(signed_at, at), at + Duration(1))
    findings = {finding.rule: finding for finding in judge_plans(terms, facts, span, signed_at, at)}
    listed = []
    for name, plan in terms.besides.plans.items():
        started_at, _, _ = find_start(plan, facts, signed_at)
        decided = decide_plan(terms, plan, zone.date_at(started_at) if started_at else None)
        done = {fact.step for fact in of_kind(facts, PlanStepDone) if fact.plan == name}
        listed.append(
            Progress(
                plan=plan,
                decided=decided,
                started_at=started_at,
                done=tuple(step for step in plan.steps.value if step in done),
                sessions_held=sum(fact.plan == name for fact in of_kind(facts, SessionHeld)),
                signed_off=next((fact for fact in of_kind(facts, PlanSignedOff) if fact.plan == name), None),
                finding=findings.get(f"plans/{name}"),
            )
        )
    return listed


def plan_of(agreement: Agreement, name: str, at: Instant) -> Progress:
    """One plan; raises UnknownPlan."""
    plans = {progress.plan.name: progress for progress in list_plans(agreement, at)}
    if name not in plans:
        raise UnknownPlan(f"{agreement.key} has no plan {name!r}; it has {', '.join(plans) or 'none'}")
    return plans[name]


def list_attended(agreement: Agreement, at: Instant) -> list[Attended]:
    """The ways in of which the agreement names the hours: a personal manager's, a chat's. Raises CannotJudge."""
    terms = terms_of(agreement, at)
    written = terms.document.blocks.get("channels", {})
    found = []
    for name, channel in terms.desk.channels.items():
        calendar = str(written.get(name, {}).get("hours", ""))
        hours = terms.calendars.get(calendar)
        if hours is not None:
            is_open, opens_at = look_at_hours(hours, at)
            found.append(Attended(name, calendar, is_open, opens_at, channel.clauses))
    return found


def look_at_hours(hours: ServiceHours, at: Instant) -> tuple[bool, Instant | None]:
    """Whether it is open at an instant, and the next opening where it is not."""
    if hours.always or hours.elapsed(Span(at, at + Duration(1))):
        return True, None
    # One microsecond of open time from now on ends one microsecond after the next opening.
    return False, hours.due(at, Duration(1)).before(Duration(1))
