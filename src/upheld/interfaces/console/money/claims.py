"""Claims: each condition met or not, the clocks of both sides, the decision, and the appeal by another person."""

from collections.abc import Iterator
from typing import Any

from upheld.apps.billing.queries import judge_claim, list_claims
from upheld.apps.billing.queries.claims import periods_about
from upheld.apps.billing.services import CannotDecide
from upheld.apps.desk.queries.exhibits import exhibits_named
from upheld.apps.findings.queries import CannotJudge, terms_of
from upheld.core.statement import ClaimJudged
from upheld.core.timeline import Instant
from upheld.doors import deciding
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked, explain_length
from upheld.doors.claiming import quote_answers
from upheld.doors.lines import lines_of
from upheld.doors.naming import name_for, say_person
from upheld.doors.refusing import NotAllowed, NotHere
from upheld.doors.shown.claimed import tell_amount
from upheld.interfaces.console.money.credit import PAST
from upheld.interfaces.console.money.credits import tell_credit
from upheld.interfaces.console.money.telling import find_claim, list_otherwise, make_decision, say_until
from upheld.pages.contexts.lists import Badge, Entry, MoneyPage, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import AgreementName, Choice, Field, Problem
from upheld.pages.contexts.portal import Condition, DecidingPage
from upheld.pages.words import capitalise, say_count, say_instant
from upheld.pages.words.claims import list_conditions, say_standing

Claim = Any
"""A row of claims, as their queries give it."""
WAITS, APPEALED = Badge("Not decided", "run"), Badge("Appealed", "run")
GRANTED, REFUSED = Badge("Granted", "up", "up"), Badge("Refused", "down", "down")
AGAINST = (Choice("", "as the agreement says"), Choice("yes", "against what the agreement says"))


def show_claims(asked: Asked) -> Answer:
    rows = [row for row in list_claims() if Instant.of(row.filed_at) <= asked.as_of]
    waiting = [row for row in rows if row.waits]
    return MoneyPage(
        as_of=asked.as_of,
        answer=f"{say_count(len(waiting), 'claim waits', 'claims wait')} for a decision" if waiting else "No claim waits",
        way=(Link("Credits", asked.url_of("credits")), Link("Claims")),
        sections=(
            Section(
                anchor="waiting", heading="Waiting", entries=tuple(tell_claim(asked, row) for row in waiting),
                empty="Every claim was decided.",
            ),
            Section(
                anchor="decided", heading="Decided", empty="No claim was decided yet.",
                entries=tuple(tell_claim(asked, row) for row in rows if row not in waiting),
            ),
        ),
    )  # fmt: skip


def tell_claim(asked: Asked, row: Claim) -> Entry:
    name = name_for(asked, row.agreement)
    judged = judge(row, asked.as_of) if row.waits else None
    stands = say_stand(judged) if judged else ""
    due = judged.checked.decide_by_at if judged and row.granted is None else None
    lines = (
        f"Filed {say_instant(Instant.of(row.filed_at), name.zone, as_of=asked.as_of)}, {name.words}.",
        stands,
        say_until("We answer before", due, asked.as_of, name),
    )
    return Entry(
        words=name_claim(row), url=asked.url_of("claim", row.name), badge=face_of(row), agreement=name,
        says=tuple(line for line in lines if line),
    )  # fmt: skip


def name_claim(row: Claim) -> str:
    about = row.outage or row.ticket or (f"the period from {row.period_from_at:%Y-%m-%d}" if row.period_from_at else "")
    return f"{row.name}: {row.credit.replace('-', ' ')}{f' for {about}' if about else ''}"


def face_of(row: Claim) -> Badge:
    if row.granted is None:
        return WAITS
    return APPEALED if row.waits else GRANTED if row.is_granted else REFUSED


def judge(row: Claim, as_of: Instant) -> ClaimJudged | None:
    try:
        return judge_claim(row, as_of)
    except CannotJudge:
        return None


def say_stand(judged: ClaimJudged) -> str:
    conditions = list_conditions(judged.checked)
    wrong = [one.words for one in conditions if one.is_met is False]
    met = sum(1 for one in conditions if one.is_met)
    told = f"{met} of {say_count(len(conditions), 'condition')} met"
    return f"{told}. Not met: {'; '.join(wrong)}." if wrong else f"{told}."


def show_claim(asked: Asked, name: str) -> Answer:
    return make_page(asked, find_claim(name))


def make_page(asked: Asked, row: Claim, deed: str = "", problems: tuple[Problem, ...] = ()) -> DecidingPage:
    if Instant.of(row.filed_at) > asked.as_of:
        raise NotHere()
    name, judged = name_for(asked, row.agreement), judge(row, asked.as_of)
    sections = [
        Section(
            anchor="credits", heading="Its credits", empty="It brings no credit as things stand.",
            entries=tuple(tell_credit(asked, one) for one in row.credits.order_by("number")),
        ),
        Section(
            anchor="otherwise", heading="Under other readings",
            empty="No other sense of a reading changes what the credit of its month comes to.",
            entries=tuple(list_alternatives(row, asked.as_of)),
        ),
    ]  # fmt: skip
    if decided := tuple(list_decisions(row, name)):
        sections.insert(0, Section(anchor="decided", heading="Decided", entries=decided))
    if asked.may_change and row.waits:
        sections.insert(0, make_deed(asked, row, name, problems))
    return DecidingPage(
        as_of=asked.as_of, name=row.name, agreement=name, answer=say_answer(row, judged), sections=tuple(sections),
        list_url=asked.url_of("claims"), credits_url=asked.url_of("credits"), outage=link_about(asked, row),
        conditions=tell_conditions(judged, name, terms_of(row.agreement, asked.as_of).currency) if judged else (),
        amount=tell_amount(asked, row, name),
        told=tuple(tell_filing(asked, row, name, judged)),
        evidence=(
            *(link for fact, _ in row.evidence for link in lines_of(asked, name.key).name(fact)),
            *(
                Link(exhibit, asked.url_of("exhibit", exhibit))
                for exhibit in exhibits_named([*row.details, *row.appeal_because.splitlines()])
            ),
        ),
    )  # fmt: skip


def list_alternatives(row: Claim, as_of: Instant) -> Iterator[Entry]:
    """What its credit would come to under each other sense of a reading that changes it."""
    try:
        period = periods_about(row, as_of)[0]
    except CannotJudge:
        return
    yield from list_otherwise(row.agreement, period, f"credits/{row.credit}", as_of)


def link_about(asked: Asked, row: Claim) -> Link:
    """What it is for, and where that can be read."""
    return Link(name_claim(row).partition(": ")[2], asked.url_of("outage", row.outage) if row.outage else "")


def say_answer(row: Claim, judged: ClaimJudged | None) -> str:
    """What is to decide, or what was decided."""
    if not row.waits:
        return f"{row.name} is {face_of(row).words.lower()}"
    if judged is None:
        return f"{row.name} is not decided: the agreement does not speak of it, or cannot be judged now"
    return f"{row.name} {say_standing(judged.checked, 'the decision is yours')}"


def tell_filing(
    asked: Asked, row: Claim, name: AgreementName, judged: ClaimJudged | None
) -> Iterator[tuple[str, str]]:  # fmt: skip
    """How it was filed, and the clocks of both sides: pairs of a word and what is said."""
    yield "When", say_instant(Instant.of(row.filed_at), name.zone, full=True)
    yield "How", row.channel
    if row.ticket:
        yield "Ticket", row.ticket
    yield "Details", ", ".join(row.details) or "none"
    if written := quote_answers(row):
        yield "In their words", written
    checked = judged.checked if judged else None
    if checked and checked.deadline_at:
        yield "Last instant", say_until("", checked.deadline_at, Instant.of(row.filed_at), name).strip()
    if checked and checked.decide_by_at and row.granted is None:
        yield "We answer before", say_until("", checked.decide_by_at, asked.as_of, name).strip()


def list_decisions(row: Claim, name: AgreementName) -> Iterator[Entry]:
    """What was decided, and what became of an appeal."""
    if row.decided_at:
        words = f"{'Granted' if row.granted else 'Refused'} by {say_person(row.decided_by)}"
        yield Entry(words=words, at=Instant.of(row.decided_at), says=(row.because,), agreement=name)
    if row.appealed_at:
        words = f"Appealed by {say_person(row.appealed_by)}"
        yield Entry(words=words, at=Instant.of(row.appealed_at), says=(row.appeal_because,), agreement=name)
    if row.appeal_decided_at:
        words = f"On appeal {'granted' if row.appeal_granted else 'refused'} by {say_person(row.appeal_decided_by)}"
        yield Entry(words=words, at=Instant.of(row.appeal_decided_at), says=(row.appeal_answer,), agreement=name)


def tell_conditions(judged: ClaimJudged, name: AgreementName, currency: str) -> tuple[Condition, ...]:
    """Each condition with what was found of it: not met first, then what is not known, then met."""
    said = list_conditions(judged.checked, name.zone, currency)
    return tuple(Condition(one.is_met, one.words, one.clauses, one.found) for one in said)


def make_deed(asked: Asked, row: Claim, name: AgreementName, problems: tuple[Problem, ...]) -> Section:
    if row.granted is None:
        against = Field(
            name="against", label="This decision is", choices=AGAINST, is_list=True, is_needed=False,
            value=asked.sent("against"),
        )  # fmt: skip
        form = make_decision(asked, asked.url_of("claim-deed", row.name, "decide"), name, problems, against)
        return Section(anchor="decide", heading="Decide", form=form)
    if row.decided_by == asked.by:
        return Section(anchor="appeal", heading="Decide the appeal", empty="You refused it; somebody else decides.")
    form = make_decision(asked, asked.url_of("claim-deed", row.name, "appeal"), name, problems)
    return Section(anchor="appeal", heading="Decide the appeal", form=form)


def act(asked: Asked, name: str, deed: str) -> Answer:
    """Decide a claim, or the appeal on it."""
    if asked.is_past:
        raise NotAllowed("Claims are decided now", PAST)
    row = find_claim(name)
    if deed not in ("decide", "appeal"):
        raise NotHere()
    granted, because = asked.sent("decision") == "granted", asked.sent("because")
    try:
        if asked.sent("decision") not in ("granted", "refused"):
            raise CannotDecide("choose whether to grant or to refuse it")
        if words := explain_length("The reason", because):
            raise CannotDecide(words)
        if deed == "appeal":
            done = deciding.settle_appeal(claim=row, granted=granted, because=because, by=asked.by, at=asked.at)
        else:
            done = deciding.settle_claim(
                claim=row, granted=granted, because=because, by=asked.by, at=asked.at, against=asked.sent("against") == "yes"
            )
    except CannotDecide as problem:
        return answer(
            asked, make_page(asked, find_claim(name), deed, (Problem("because", capitalise(problem)),)), status=422
        )
    leave_toast(asked, f"{done.name} is {'granted' if done.is_granted else 'refused'}, and the customer is told.")
    return to("claim", name)
