"""What the sides do besides in a made-up history: duties, notices, persons, switches, access, plans, checks, reviews."""

from datetime import timedelta
from typing import Any

from tools.statements.pen import Pen
from tools.statements.watched import SOMEBODY
from upheld.core.facts import (
    AccessAsked,
    AccessUsed,
    CheckCompared,
    DutyAsked,
    DutyDone,
    EventHappened,
    InstructionReceived,
    NoticeSent,
    PersonNamed,
    PlanSignedOff,
    PlanStarted,
    PlanStepDone,
    ReviewHeld,
    SessionHeld,
    SwitchTurned,
    VersionPublished,
)
from upheld.core.timeline import DAY, HOUR, MINUTE, SECOND

PEOPLE = ("ada@example.org", "ben@example.org", "")


def tell_besides(pen: Pen) -> None:
    """A little of each that the agreement speaks of."""
    tell_duties(pen)
    tell_persons(pen)
    tell_access(pen)
    tell_plans(pen)
    for check in pen.terms.besides.checks:
        for number in pen.some(2):
            required = ("one.example", "two.example")
            found = pen.any_of((required, required[:1], (*required, "three.example")))
            pen.write(CheckCompared, pen.moment(), check=check, subject=f"domain-{number}", required=required, found=found)
    if pen.chance(10):
        pen.write(ReviewHeld, pen.moment(), next_on=day(pen))
    if pen.chance(10):
        pen.write(VersionPublished, pen.period.start.before(DAY), version="another edition", effective_on=day(pen))


def day(pen: Pen) -> str:
    """A day within a year after the period began, as the agreement's fields write it."""
    return str(pen.period.start.utc().date() + timedelta(days=pen.random.randrange(365)))


def tell_duties(pen: Pen) -> None:
    duties = list(pen.terms.besides.duties)
    for number in pen.some(3) if duties else ():
        duty, at, request = pen.any_of(duties), pen.moment(), f"request-{number + 1}"
        asked = pen.chance(50)
        if asked:
            due_at = at + DAY if pen.chance(50) else None
            pen.write(DutyAsked, at, request=request, duty=duty, because="the customer asked", due_at=due_at)
        if pen.chance(70):
            done_at = at + pen.length(MINUTE, DAY * 2)
            pen.write(DutyDone, done_at, duty=duty, request=request if asked else "", by=SOMEBODY, evidence="a record")
    for rule in pen.terms.besides.notices.values():
        if pen.chance(30):
            pen.write(EventHappened, pen.moment(), event=pen.any_of(rule.upon.value), name="event-1")
        about = pen.any_of([*pen.windows, *(name for name, _ in pen.outages), "event-1"])
        if pen.chance(60):
            way, states = pen.any_of([*rule.by.value, "email"]), pen.few_of(rule.states.value)
            pen.write(NoticeSent, pen.moment(), notice=rule.name, about=about, to="customer", by=way, states=states)


def tell_persons(pen: Pen) -> None:
    rule = pen.terms.besides.instructions
    roles = list(rule.roles) if rule else []
    for role in roles:
        if rule and pen.chance(30):
            at, way = pen.moment(), pen.any_of([*rule.change_by.value, "phone"])
            confirmed_at = at + HOUR if pen.chance(60) else None
            person = pen.any_of(PEOPLE)
            pen.write(PersonNamed, at, role=role, person=person, channel=way, confirmed_at=confirmed_at)
    for number in pen.some(2):
        by = pen.any_of(PEOPLE) or "nobody"
        pen.write(InstructionReceived, pen.moment(), instruction=f"instruction-{number + 1}", by=by)


def tell_access(pen: Pen) -> None:
    for switch in pen.terms.doors.switches.values():
        for _ in pen.some(3):
            side = switch.held_by.value if pen.chance(90) else "provider"
            pen.write(SwitchTurned, pen.moment(), switch=switch.name, on=pen.chance(50), side=side, by=SOMEBODY)
    rules = list(pen.terms.doors.rules.values())
    for _ in pen.some(3) if rules else ():
        rule = pen.any_of(rules)
        if not (rule.who.value and rule.what.value):
            continue
        who, what = pen.any_of(rule.who.value), pen.any_of(rule.what.value)
        purpose, given = pen.any_of([*rule.purposes.value, "out of interest"]), pen.few_of(rule.needs.value)
        at = pen.moment()
        told: dict[str, Any] = {"who": who, "what": what, "person": SOMEBODY, "purpose": purpose, "given": given}
        if pen.chance(50):
            pen.write(AccessUsed, at, ended_at=at + pen.length(SECOND, HOUR), **told)
        else:
            pen.write(AccessAsked, at, **told)


def tell_plans(pen: Pen) -> None:
    for plan in pen.terms.besides.plans.values():
        if pen.chance(60):
            continue
        at = pen.moment()
        pen.write(PlanStarted, at, plan=plan.name if pen.chance(80) else "")
        for step in pen.few_of(plan.steps.value):
            at = at + pen.length(MINUTE, DAY * 2)
            pen.write(PlanStepDone, at, plan=plan.name, step=step, by=SOMEBODY)
        for _ in pen.some(4):
            pen.write(SessionHeld, at, plan=plan.name)
        if pen.chance(30):
            pen.write(PlanSignedOff, at + HOUR, plan=plan.name, by="a customer")
