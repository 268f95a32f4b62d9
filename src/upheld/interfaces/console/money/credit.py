"""One credit: how much, why, under which readings otherwise; and the decision, by one person or by two."""

from collections.abc import Iterator
from typing import Any

from upheld.apps.approvals import services as approvals
from upheld.apps.approvals.queries import UnknownApproval, approval, list_approvals
from upheld.apps.billing.queries.credits import difference_of
from upheld.apps.billing.queries.credits_otherwise import finding_of
from upheld.apps.billing.services.credits_decided import KINDS, CannotDecideCredit, correct_credit
from upheld.apps.findings.queries import CannotJudge
from upheld.core.explain import show
from upheld.core.money import NotMoney
from upheld.core.timeline import Instant
from upheld.doors import deciding
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked, explain_length
from upheld.doors.lines import lines_of
from upheld.doors.naming import name_for, say_person
from upheld.doors.refusing import NotAllowed, NotHere
from upheld.doors.shown.why import link_reasons
from upheld.interfaces.console.money.credits import tell_credit
from upheld.interfaces.console.money.telling import (
    Credit,
    find_credit,
    list_otherwise,
    make_decision,
    name_credit,
    say_amount,
)
from upheld.pages.contexts.lists import Entry, MoneyPage, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import Field, Form, Problem, Why
from upheld.pages.words import capitalise, say_instant

Approval = Any
"""A row of approvals, as their queries give it."""
PAST = "You look from a past instant. Go back to now to decide."
WRONG = (CannotDecideCredit, approvals.AlreadyProposed, approvals.AlreadyDecided, approvals.SamePerson, approvals.NoReason)


def show_credit(asked: Asked, name: str) -> Answer:
    return make_page(asked, find_credit(name), "")


def make_page(asked: Asked, row: Credit, deed: str, problems: tuple[Problem, ...] = ()) -> MoneyPage:
    sections = [
        Section(anchor="credit", heading="The credit", entries=(tell_credit(asked, row), *list_history(asked, row))),
        Section(
            anchor="finding", heading="Reasons", entries=tuple(list_reasons(asked, row)), empty="It cannot be judged now.",
        ),
        Section(
            anchor="otherwise", heading="Under other readings", empty="No other sense of a reading changes it.",
            entries=tuple(list_otherwise(row.agreement, row.period, row.rule, asked.as_of)),
        ),
    ]  # fmt: skip
    if asked.may_change:
        sections += list_deeds(asked, row, deed, problems)
    return MoneyPage(
        as_of=asked.as_of, answer=f"{name_credit(row)}: {say_amount(row)}", sections=tuple(sections),
        way=(Link("Credits", asked.url_of("credits")), Link(row.name)),
    )  # fmt: skip


def list_history(asked: Asked, row: Credit) -> Iterator[Entry]:
    """Who decided, what was corrected, which claim and invoice it belongs to."""
    name = name_for(asked, row.agreement)
    if row.decided_at:
        second = f", confirmed by {say_person(row.confirmed_by)}" if row.confirmed_by else ""
        yield Entry(
            words=f"Decided by {say_person(row.decided_by)}{second}", at=Instant.of(row.decided_at), says=(row.because,),
            agreement=name,
        )  # fmt: skip
    if row.claim:
        yield Entry(words=f"Claim {row.claim.name}", url=asked.url_of("claim", row.claim.name), agreement=name)
    if row.corrects:
        yield Entry(words=f"It corrects {row.corrects.name}", url=asked.url_of("credit", row.corrects.name), agreement=name)
    for one in row.corrections.order_by("number"):
        yield tell_credit(asked, one)
    for line in (f"Paid: {row.paid}." if row.paid else "", f"Set off against {row.offsets}." if row.offsets else ""):
        if line:
            yield Entry(words=line, agreement=name)


def list_reasons(asked: Asked, row: Credit) -> Iterator[Entry]:
    """The finding of the whole period with its tree of reasons."""
    name = name_for(asked, row.agreement)
    try:
        found = finding_of(row, asked.as_of)
    except CannotJudge:
        return
    if found is not None:
        yield Entry(
            words=f"{show(found.value)} for the whole period, all of it together", agreement=name,
            why=Why(
                step=found.why.to_json(), agreement=name, facts=lines_of(asked, name.key), is_open=True,
                url=link_reasons(asked, row.agreement, row.period, row.rule),
            ),
        )  # fmt: skip


def list_deeds(asked: Asked, row: Credit, deed: str, problems: tuple[Problem, ...]) -> Iterator[Section]:
    """What may be done now: decide, decide what waits for a second person, correct."""
    name = name_for(asked, row.agreement)
    waiting = [one for one in list_approvals(kinds=KINDS, agreement=name.key, subject=row.name) if one.is_open]
    for one in waiting:
        what = f"a correction by {one.content['amount']}" if "amount" in one.content else "to refuse it"
        what = "to grant it" if one.content.get("granted") else what
        hidden = (("approval", one.name),)
        why = Field(name="because", label="Why not", value=asked.sent("because"))
        confirm = Form(url=asked.url_of("credit-deed", row.name, "confirm"), deed="Confirm it", fields=(), hidden=hidden)
        refuse = Form(
            url=asked.url_of("credit-deed", row.name, "turn-down"), deed="Turn it down", fields=(why,), hidden=hidden,
        )  # fmt: skip
        told = Entry(
            words=f"{say_person(one.proposed_by)} proposes {what}", at=Instant.of(one.proposed_at), says=(one.because,),
            agreement=name, deeds=(confirm, refuse) if one.proposed_by != asked.by else (refuse,),
        )  # fmt: skip
        yield Section(
            anchor=one.name, heading="Waits for a second person", entries=(told,),
            says=" ".join(problem.words for problem in problems) if deed in ("confirm", "turn-down") else "",
        )  # fmt: skip
    if row.is_open and not waiting:
        url = asked.url_of("credit-deed", row.name, "decide")
        says = "Two persons decide it: what you propose here waits for a second one." if row.kind == "discretion" else ""
        if row.needs_claim and row.kind == "right":
            says = "It is given on a claim: decide the claim." if row.claim else "It is given on a claim, and none came yet."
            yield Section(anchor="decide", heading="Decide", empty=says)
        else:
            form = make_decision(asked, url, name, problems if deed == "decide" else ())
            yield Section(anchor="decide", heading="Decide", form=form, says=says)
    if row.is_given and row.kind != "correction" and row.amount and not waiting:
        yield Section(
            anchor="correct", heading="Correct", form=make_correction(asked, row, problems if deed == "correct" else ()),
            says="What was granted stays as it is; a correction is a credit of its own, and a second person confirms it.",
        )  # fmt: skip


def make_correction(asked: Asked, row: Credit, problems: tuple[Problem, ...]) -> Form:
    return Form(
        url=asked.url_of("credit-deed", row.name, "correct"), deed="Propose the correction", problems=problems,
        not_done="Nothing was proposed.", agreement=name_for(asked, row.agreement),
        fields=(
            Field(
                name="amount", label="Amount to add, or with a minus to take off",
                example="EUR 12.50" if row.money else "2 days", value=asked.sent("amount") or difference_of(row),
            ),
            Field(name="because", label="Why, as the customer will read it", kind="long", value=asked.sent("because")),
        ),
    )  # fmt: skip


def act(asked: Asked, name: str, deed: str) -> Answer:
    """One step; whoever was faster is told."""
    if asked.is_past:
        raise NotAllowed("Credits are decided now", PAST)
    row = find_credit(name)
    deeds = {"decide": decide, "confirm": confirm, "turn-down": turn_down, "correct": correct}
    if deed not in deeds:
        raise NotHere()
    try:
        if words := explain_length("The reason", asked.sent("because")):
            raise CannotDecideCredit(words)
        told = deeds[deed](asked, row)
    except NotMoney as problem:
        return answer(asked, make_page(asked, row, deed, (Problem("amount", capitalise(problem)),)), status=422)
    except WRONG as problem:
        return answer(
            asked, make_page(asked, find_credit(name), deed, (Problem("because", capitalise(problem)),)), status=422
        )
    leave_toast(asked, told)
    return to("credit", name)


def decide(asked: Asked, row: Credit) -> str:
    if asked.sent("decision") not in ("granted", "refused"):
        raise CannotDecideCredit("choose whether to grant or to refuse it")
    granted = asked.sent("decision") == "granted"
    waiting = deciding.settle_credit(credit=row, granted=granted, because=asked.sent("because"), by=asked.by, at=asked.at)
    if waiting is not None:
        return f"{waiting.name} waits for a second person since {say_instant(asked.at)}."
    return f"{row.name} is {row.state}, and the customer is told."


def confirm(asked: Asked, row: Credit) -> str:
    done = deciding.confirm(approval=find_waiting(asked, row), by=asked.by, at=asked.at)
    return f"{done.name} is {done.state}, by two persons, and the customer is told."


def turn_down(asked: Asked, row: Credit) -> str:
    done = approvals.refuse(approval=find_waiting(asked, row), by=asked.by, at=asked.at, because=asked.sent("because"))
    return f"{done.name} was turned down; {row.name} stays as it was."


def correct(asked: Asked, row: Credit) -> str:
    made = correct_credit(credit=row, amount=asked.sent("amount"), because=asked.sent("because"), by=asked.by, at=asked.at)
    return f"{made.name} waits for a second person."


def find_waiting(asked: Asked, row: Credit) -> Approval:
    """What waits for this credit; NotHere for anything else."""
    try:
        found = approval(asked.sent("approval"))
    except UnknownApproval:
        raise NotHere() from None
    if found.subject != row.name or found.kind not in KINDS:
        raise NotHere()
    return found
