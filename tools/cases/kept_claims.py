"""Cases of claims for one interruption, done in the application: down, reported, claimed, with whatever the case lacks."""

from typing import Any

from tools.cases.kept_outages import blame_all
from tools.cases.question import Question, at
from tools.cases.story import CUSTOMER, ENGINEER, Deed, Story, sign
from tools.cases.watching import Down, Watched, watch
from upheld.apps.agreements.queries import terms_of
from upheld.apps.billing.models import Claim
from upheld.apps.billing.queries import judge_claim
from upheld.apps.billing.services import file_claim, issue_invoice
from upheld.apps.desk import services as desk
from upheld.core.money import Money
from upheld.core.terms import Terms
from upheld.core.timeline import DAY, HOUR, Instant, Span

OF_INTERRUPTION, LONG_ENOUGH = HOUR, DAY
"""How long the interruption of a case lasts, which tells only its end; and an outage with which any promise is missed."""


def claim(question: Question) -> dict[str, Any]:
    """The claim of the case, as the agreement answers it when its period is over."""
    given, agreement = question.given, sign(question)
    ended = at(given["interruption_end"])
    story, terms = Story(agreement), terms_of(agreement, ended)
    period = terms.statement_period.containing(ended.before(OF_INTERRUPTION))
    records = list_records(terms, period, Span(ended.before(OF_INTERRUPTION), ended), given)
    component = next(iter(terms.services.values())).components[0]
    downs = [Down(component, Span(at(record["start"]), at(record["end"]))) for record in records]
    watched = watch(story, terms, period, downs)
    blame_all(story, terms, watched, list(zip(downs, records, strict=True)))
    if given.get("overdue"):
        story.then(period.start, bill(story, terms))
    if given["ticket_at"]:
        story.then(at(given["ticket_at"]), report(story, watched, downs[0], terms))
    filed: list[Claim] = []
    story.then(at(given["claim_at"]), ask(story, watched, downs[0], terms, given, filed))
    judged = judge_claim(filed_one(story, filed), max(period.end, at(given["claim_at"])) + DAY)
    assert judged is not None, "the period is over, so the agreement answers"
    checked = judged.checked
    return {"accepted": checked.accepted, "reasons": list(checked.refused_for), "deadline": checked.deadline_at}


def filed_one(story: Story, filed: list[Claim]) -> Claim:
    story.tell()
    [only] = filed
    return only


def list_records(terms: Terms, period: Span, interruption: Span, given: Any) -> list[dict[str, str]]:
    """The interruption, and, where the promise is missed, a long outage of nobody else's in the other half of the period."""
    records = [{"start": str(interruption.start), "end": str(interruption.end), "cause": given["cause"]}]
    if not given["availability_met"]:
        usual = terms.usual_cause
        assert usual is not None, "an outage without a cause counts as something"
        quarter = period.length.micros // 4 // DAY.micros
        is_early = interruption.end < period.start + DAY * (2 * quarter)
        start = period.start + DAY * (3 * quarter if is_early else quarter)
        records.append({"start": str(start), "end": str(start + LONG_ENOUGH), "cause": usual.name})
    return records


def bill(story: Story, terms: Terms) -> Deed:
    """An invoice that nobody pays."""

    def deed(when: Instant) -> None:
        issue_invoice(
            agreement=story.agreement, number="1", amount=Money.parse(f"{terms.currency} 1.00"), issued_at=when,
            due_at=when, by=ENGINEER, at=when,
        )  # fmt: skip

    return deed


def report(story: Story, watched: Watched, down: Down, terms: Terms) -> Deed:
    """A ticket that documents the interruption."""

    def deed(when: Instant) -> None:
        said = desk.Report(
            subject="Down", text="As told.", topic="", wish="", is_urgent=False, outage=watched.outage_of(down)
        )
        way, sender = next(iter(terms.desk.channels), "portal"), desk.Sender(by=CUSTOMER)
        story.ticket = desk.open_ticket(agreement=story.agreement, way=way, report=said, sender=sender, at=when)

    return deed


def ask(story: Story, watched: Watched, down: Down, terms: Terms, given: Any, filed: list[Claim]) -> Deed:
    def deed(when: Instant) -> None:
        rule = next(iter(terms.claims.values()))
        made = file_claim(
            agreement=story.agreement, credit=rule.credits[0], outage_name=watched.outage_of(down),
            channel=given.get("channel", rule.channels.value[0]), details=given["details"], filed_at=when, by=CUSTOMER,
            at=when, ticket=story.ticket.name if story.ticket else "",
        )  # fmt: skip
        filed.append(made)

    return deed
