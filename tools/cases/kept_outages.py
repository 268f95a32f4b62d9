"""Cases of availability, planned work and credits, done in the application: a prober sees, people plan, assign and claim."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tools.cases.credits import figure, read_compensation, read_credit
from tools.cases.outages import JUDGED_BY_WINDOWS, read_availability
from tools.cases.proven import state_and_prove
from tools.cases.question import Question, at, maybe_at
from tools.cases.story import CUSTOMER, ENGINEER, SECOND_PERSON, Deed, Story, sign
from tools.cases.watching import Down, Watched, watch
from upheld.apps.agreements.queries import terms_of
from upheld.apps.billing.services import file_claim
from upheld.apps.desk import services as desk
from upheld.apps.maintenance import services as maintenance
from upheld.apps.oncall.services import deliver_due
from upheld.apps.parties.services import add_contact
from upheld.apps.probes.queries import outage
from upheld.apps.probes.services import approve_cause, assign_cause, put_cause_besides
from upheld.core.statement import Statement, read_period
from upheld.core.terms import Terms
from upheld.core.terms.conditions import tests_of
from upheld.core.timeline import DAY, SECOND, Instant, Span, Timeline
from upheld.gateways.mail import FakeMailer
from upheld.gateways.webhook import FakePoster


class CannotTell(NotImplementedError):
    """A case that the application has no deed for."""


def availability(question: Question) -> dict[str, Any]:
    return read_availability(live_through(question))


def credit(question: Question) -> dict[str, Any]:
    return read_credit(live_through(question))


def live_through(question: Question) -> Statement:
    """The period of the case, told and stated."""
    story, terms = begin(question)
    period = read_period(terms, question.given["period"])
    tell_period(story, terms, period, question.given)
    return state_and_prove(story.agreement, period, max(story.tell(), period.end) + DAY)


def begin(question: Question) -> tuple[Story, Terms]:
    agreement = sign(question)
    add_contact(customer=agreement.customer, name="Contact", email=f"contact@{agreement.customer.slug}.example")
    return Story(agreement), terms_of(agreement, now_of(question))


def now_of(question: Question) -> Instant:
    """An instant in the time of which the case tells."""
    records = [*question.given.get("outages", ()), *question.given.get("maintenance", ())]
    period = question.given.get("period")
    return at(records[0]["start"]) if records else at(f"{period}-01T00:00Z" if period else question.given["start"])


def tell_period(story: Story, terms: Terms, period: Span, given: Mapping[str, Any]) -> Watched:
    """Every outage, cause and window of the case; the prober watches the whole period."""
    components = next(iter(terms.services.values())).components
    records = given.get("outages", ())
    downs = [
        Down(record.get("component", components[0]), Span(at(record["start"]), at(record["end"]))) for record in records
    ]
    for record in given.get("maintenance", ()):
        tell_window(story, record)
    for number, record in enumerate(records):
        if is_work(record["cause"], terms):
            tell_window(story, {"id": f"W-{number}", "kind": record["cause"], **record})
    watched = watch(story, terms, period, downs)
    told = [
        (down, record)
        for record, down in zip(records, downs, strict=True)
        if record["cause"] != JUDGED_BY_WINDOWS and not is_work(record["cause"], terms)
    ]
    blame_all(story, terms, watched, told)
    return watched


def blame_all(story: Story, terms: Terms, watched: Watched, told: Sequence[tuple[Down, Mapping[str, str]]]) -> None:
    """
    Every recorded root cause. Where two records speak of one second, the later one's cause is put besides the earlier one's.
    """
    known: dict[str, Timeline] = {}
    for down, record in told:
        before = known.get(down.component, Timeline())
        for part in before.within(down.span).spans:
            story.then(down.span.end, blame(terms, watched, Down(down.component, part), record, put_cause_besides))
        for part in Timeline((down.span,)).subtract(before).spans:
            story.then(down.span.end, blame(terms, watched, Down(down.component, part), record))
        known[down.component] = before.union(Timeline((down.span,)))


def is_work(cause: str, terms: Terms) -> bool:
    """Whether the cause names planned work of a kind, and no cause of the agreement."""
    return cause not in terms.causes and cause in terms.maintenance


def blame(
    terms: Terms, watched: Watched, down: Down, record: Mapping[str, str], put_cause: Callable[..., Any] = assign_cause
) -> Deed:
    """The recorded root cause: somebody puts it on the outage, a second person approves it."""
    evidence = next(iter(terms.causes[record["cause"]].evidence), "recorded root cause")

    def deed(when: Instant) -> None:
        found = outage(watched.outage_of(down))
        put = put_cause(
            outage=found, span=down.span, cause=record["cause"], evidence=evidence, by=ENGINEER, at=when,
            software=record.get("software", ""), supplier=record.get("supplier", ""),
        )  # fmt: skip
        approve_cause(agreement=found.service.agreement, assignment=put.id, by=SECOND_PERSON, at=when)

    return deed


# --- planned work ---------------------------------------------------------------------------------------------------------


def tell_window(story: Story, record: Mapping[str, str]) -> None:
    """Work is planned when it is first spoken of, and the customer told when the case says so."""
    if record.get("vendor_notice"):
        raise CannotTell("a supplier's notice of the work behind a window")
    start, told_at = at(record["start"]), maybe_at(record.get("announced"))
    span = Span(start, at(record["end"]) if record.get("end") else start + SECOND)
    planned: list[Any] = []

    def plan(when: Instant) -> None:
        kind = record["kind"]
        work = maintenance.plan(agreement=story.agreement, kind=kind, span=span, reason="As told.", by=ENGINEER, at=when)
        planned.append(work)

    def tell(when: Instant) -> None:
        maintenance.give_notice(window=planned[0], by=ENGINEER, at=when)
        maintenance.write_notices(write=lambda notice: ("Work", "As planned."), at=when)
        deliver_due(now=lambda: when, mailer=FakeMailer(), poster=FakePoster())
        maintenance.record_notices(at=when)

    story.then(min(told_at, start) if told_at else start, plan)
    if told_at:
        story.then(told_at, tell)


def classified(question: Question) -> dict[str, Any]:
    """What kind of work the one window of the case is judged to be, in the statement of its period."""
    story, terms = begin(question)
    tell_window(story, {"id": "window", **question.given})
    period = terms.statement_period.containing(at(question.given["start"]))
    statement = state_and_prove(story.agreement, period, max(story.tell(), period.end) + DAY)
    [judged] = statement.judged.windows
    return {"classified": judged.kind.name, "earliest": judged.earliest_at}


# --- credits --------------------------------------------------------------------------------------------------------------


def compensation(question: Question) -> dict[str, Any]:
    """Outages of which each may lie in another period; every period is stated."""
    story, terms = begin(question)
    records = question.given["outages"]
    periods = list(dict.fromkeys(terms.statement_period.containing(at(record["start"])) for record in records))
    tell_period(story, terms, Span(periods[0].start, periods[-1].end), question.given)
    told_at = max(story.tell(), periods[-1].end) + DAY
    return read_compensation([state_and_prove(story.agreement, period, told_at) for period in periods])


def prorated(question: Question) -> dict[str, Any]:
    """A claim for a period, filed when it was over, with what it gives."""
    story, terms = begin(question)
    given = question.given
    period = read_period(terms, given["period"])
    watched = tell_period(story, terms, period, given)
    credit = next(iter(terms.credits))
    if given["claim"].get("response_missed"):
        miss_response(story, terms, credit, period.start + DAY)
    story.then(period.end, file(story, credit, watched, given["claim"]))
    statement = state_and_prove(story.agreement, period, max(story.tell(), period.end) + DAY)
    [claim], assessment = statement.judged.claims, statement.judged.credits[0]
    amount = statement.judged.granted(assessment).value
    checked = claim.checked
    return {"accepted": checked.accepted, "reasons": list(checked.refused_for), "credit": figure(amount)}  # type: ignore[arg-type]


def file(story: Story, credit: str, watched: Watched, claim: Mapping[str, Any]) -> Deed:
    def deed(when: Instant) -> None:
        file_claim(
            agreement=story.agreement, credit=credit, outage_name=next(iter(watched.outages.values()), ""),
            channel=claim["channel"], details=claim["contains"], filed_at=when, by=CUSTOMER, at=when,
        )  # fmt: skip

    return deed


def miss_response(story: Story, terms: Terms, credit: str, when: Instant) -> None:
    """A ticket to which nobody answers, with the first priority of a clock of which the credit's condition speaks."""
    clocks = [test.fact for test in tests_of(terms.credits[credit].when) if test.fact in terms.desk.clocks]
    assert clocks, "the credit hangs on a clock"
    priority = next(iter(terms.desk.priorities))

    def deed(opened_at: Instant) -> None:
        report = desk.Report(subject="Case", text="As told.", topic="", wish=priority, is_urgent=False, outage="")
        story.ticket = desk.open_ticket(
            agreement=story.agreement, way=next(iter(terms.desk.channels), "portal"), report=report,
            sender=desk.Sender(by=CUSTOMER), at=opened_at,
        )  # fmt: skip

    story.then(when, deed)
