"""The judge's answer to planned work before anything is saved: would it count, because of what, and what it would cost."""

from upheld.apps.agreements.queries import document_of
from upheld.apps.findings.queries import cost_of_work
from upheld.apps.maintenance.queries import NobodyToTell, Plan, addressees_of
from upheld.core.maintenance import Judgement, Tested
from upheld.core.service_hours import Zone
from upheld.core.timeline import ZERO, Instant, Span
from upheld.doors.lines import FactLines
from upheld.doors.naming import Agreement, name_agreement
from upheld.doors.written_times import write_time
from upheld.pages.contexts.maintenance import NearestTime, PlanCost, PlanTest, PlanVerdict
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import AgreementName, Budget, Why
from upheld.pages.words import join_words, keep_together, say_minutes, say_sentence
from upheld.pages.words.zones import say_in_zone

TESTS = {
    "notice": "Notice",
    "outside": "Hours",
    "inside": "Hours",
    "not within": "Other work",
    "at most": "Its turn",
    "longest": "Length",
    "budget": "What is left",
    "must stay up": "What stays up",
}
EFFECTS = {"down": "counts as down", "up": "counts as up", "out of base": "is out of base"}


def tell_verdict(agreement: Agreement, plan: Plan, span: Span, *, told_at: Instant, as_of: Instant) -> PlanVerdict:
    naming, judgement = name_agreement(agreement, span.start), plan.judgement
    excused = judgement.excused.within(span).total
    readings = judgement.readings
    return PlanVerdict(
        agreement=naming,
        span=span,
        counts=plan.counts,
        out_of_base=excused if judgement.effect == "out of base" else ZERO,
        counts_as_up=excused if judgement.effect == "up" else ZERO,
        tests=(
            *(tell_test(kind, test, judgement, naming.zone) for kind, test in judgement.trials),
            tell_addressee(agreement, judgement, as_of),
        ),
        judged_as=judgement.kind.name,
        effect=EFFECTS[judgement.effect],
        effect_clauses=judgement.kind.counts_as.clauses,
        reading=Link(readings[0], f"{naming.clauses_url}#{readings[0]}") if readings else None,
        reading_says="under another sense it might not" if readings and plan.counts else "",
        cost=tell_cost(agreement, naming, plan, span, told_at, as_of) if plan.counts else None,
        nearest=tuple(
            NearestTime(
                near, f"none of the {say_minutes(near.length)} would count",
                write_time(near.start, naming.zone), write_time(near.end, naming.zone),
            )
            for near in plan.nearest
        ),
    )  # fmt: skip


def tell_test(kind: str, test: Tested, judgement: Judgement, zone: Zone) -> PlanTest:
    """One test of one kind. A part that is left unexcused fails it, though the rest stands."""
    name = TESTS.get(test.name, test.name.capitalize())
    of = f", as {kind} work" if kind != judgement.window.kind else ""
    words = keep_together(say_in_zone(test.words.removeprefix("notice "), zone))
    passes = test.passed and not test.surplus
    return PlanTest(passes, f"{name}{of}", say_sentence(words), test.clauses)


def tell_addressee(agreement: Agreement, judgement: Judgement, as_of: Instant) -> PlanTest:
    """Whether anybody can be told."""
    try:
        found = addressees_of(agreement, judgement.window.kind, as_of)
    except NobodyToTell as problem:
        return PlanTest(False, "The customer can be told", f"{problem}.")
    told = join_words([f"{one.address} ({one.role.replace('-', ' ')})" for one in found])
    return PlanTest(True, "The customer can be told", f"{told}.")


def tell_cost(
    agreement: Agreement, naming: AgreementName, plan: Plan, span: Span, told_at: Instant, as_of: Instant
) -> PlanCost | None:
    component = first_component(agreement, span.start)
    kind = plan.judgement.window.kind
    cost = cost_of_work(agreement, kind=kind, span=span, told_at=told_at, component=component, as_of=as_of)
    if cost is None:
        return None
    return PlanCost(
        period=cost.period,
        budget=Budget(cost.allowed, cost.before, cost.taken),
        before=cost.before,
        amount=cost.amount,
        why=Why(step=cost.why, agreement=naming, facts=FactLines(agreement.key, as_of)),
    )


def first_component(agreement: Agreement, at: Instant) -> str:
    """Work is planned for a whole service: each of its parts is taken to be down, told by the first."""
    services = document_of(agreement, at).blocks.get("services", {})
    return next((part for service in services.values() for part in service.get("components", {})), "")
