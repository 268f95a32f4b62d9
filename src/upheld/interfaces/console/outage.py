"""One outage: what it has cost so far, which cause, who decides."""

from django.urls import reverse

from upheld.apps.agreements.queries import agreement
from upheld.apps.findings.queries import (
    counted_of,
    credit_of,
    left_of,
    look_ahead,
    main_account,
    period_at,
    state_of,
    tell_counted,
)
from upheld.apps.parties.queries import may_change_facts
from upheld.apps.probes import services
from upheld.apps.probes.queries import outage as read_outage
from upheld.core.availability import Account, Outage
from upheld.core.statement import Statement
from upheld.core.timeline import Instant, Span
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked, explain_length
from upheld.doors.lines import FactLines
from upheld.doors.naming import Agreement, name_agreement, zone_of
from upheld.doors.refusing import CannotShow, Gone, NotAllowed, NotHere
from upheld.doors.written_times import NotATime, read_time
from upheld.interfaces.console.causes import list_causes, make_cause_form
from upheld.interfaces.console.edges import tell_edge
from upheld.interfaces.console.figures import tell_owed, why_left
from upheld.pages.contexts.outages import OutagePage
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import Figure, Problem, Why
from upheld.pages.words import say_instant, say_month

NOT_FROM_THE_PAST = "You look from a past instant. Go back to now to assign a cause."


def show_outage(asked: Asked, name: str) -> OutagePage:
    return make_outage_page(asked, name, {})


def assign(asked: Asked, name: str) -> Answer:
    """Put a cause on a part of the outage, or say why it does not fit."""
    if asked.is_past:
        raise NotAllowed("A cause is assigned now", NOT_FROM_THE_PAST)
    row = read_outage(name)
    key = row.service.agreement
    sent = {field: asked.sent(field) for field in ("cause", "starts", "ends", "evidence", "note")}
    problems: list[Problem] = []
    zones = {"": zone_of(agreement(key))}
    times: list[Instant | None] = []
    for field in ("starts", "ends"):
        try:
            empty = field == "ends" and not sent[field]
            times.append((row.ended_at or asked.at) if empty else read_time(sent[field], zones))
        except NotATime as problem:
            problems.append(Problem(field, str(problem)))
            times.append(None)
    if too_long := explain_length("The note", sent["note"]):
        problems.append(Problem("note", too_long))
    start, end = times
    if start is not None and end is not None:
        if start >= end:
            problems.append(Problem("ends", "To lies before From; a cause is put on a span of the outage"))
        elif not problems:
            try:
                fact = services.assign_cause(
                    outage=row, span=Span(start, end), cause=sent["cause"], evidence=sent["evidence"], by=asked.by,
                    at=asked.at, note=sent["note"],
                )  # fmt: skip
            except services.CannotAssign as problem:
                problems.append(Problem(find_field(str(problem)), sentence(str(problem))))
            else:
                lines = FactLines(key, asked.at)
                leave_toast(asked, f"Cause {fact.cause} assigned to {name}.", lines.link_fact(fact))
                return to("outage", name)
    return answer(asked, make_outage_page(asked, name, sent, tuple(problems)), status=422)


def find_field(words: str) -> str:
    """The field that a refusal is about."""
    if "is shown by" in words:
        return "evidence"
    return "ends" if "a cause is put on a part" in words else "cause"


def sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def make_outage_page(asked: Asked, name: str, sent: dict[str, str], problems: tuple[Problem, ...] = ()) -> OutagePage:
    row = read_outage(name)
    if row.began_at > asked.as_of:
        raise NotHere(says=f"{name} had not begun at {say_instant(asked.as_of)}.")
    bound = agreement(row.service.agreement)
    naming = name_agreement(bound)
    period = period_at(bound, row.began_at)
    running_period = period_at(bound, asked.as_of)
    statement = state_of(bound, period, asked.as_of)
    account = main_account(statement)
    outage = next((one for one in account.outages if one.id == name), None) if account else None
    if account is None or outage is None:
        raise Gone(f"{name} was taken back", "It was recorded wrongly, and a second person approved that it is left out.",
                   (Link("Its facts", f"{reverse('facts')}?agreement={bound.key}"),))  # fmt: skip
    facts = FactLines(bound.key, asked.as_of)
    may = may_change_facts(asked.user) and not asked.is_past
    is_open = outage.is_running and period == running_period
    prospect = look_ahead(bound, asked.as_of) if is_open else None
    return OutagePage(
        as_of=statement.as_of,
        agreement=naming,
        component=row.service.component,
        edges=tell_edge(bound.key, outage, facts, statement.as_of),
        counted=counted_of(account, outage),
        owed=credit_of(statement, outage),
        figures=list_figures(bound, statement, account, outage, asked),
        why=Why(step=tell_counted(account, outage), agreement=naming, facts=facts),
        causes=list_causes(asked, statement, outage, facts),
        form=make_cause_form(bound, outage, naming, sent, problems, asked) if may else None,
        who_may="" if may else NOT_FROM_THE_PAST,
        seen=row.because,
        list_url=reverse("services"),
        until=prospect.missed_at if prospect else None,
    )


def list_figures(
    bound: Agreement, statement: Statement, account: Account, outage: Outage, asked: Asked
) -> tuple[Figure, ...]:
    """While it runs: what counts so far, what is left, what could then be claimed."""
    naming = name_agreement(bound)
    counted = counted_of(account, outage)
    clauses = next((part.cause.counts_as.clauses for part in outage.stretches), ())
    says = "counted so far" if outage.is_running else "down and counted"
    figures = [Figure(value=counted, says=says, agreement=naming, clauses=clauses, anchor="why")]
    if not outage.is_running or not statement.period.contains(asked.as_of):
        return tuple(figures)
    prospect = look_ahead(bound, asked.as_of)
    facts = FactLines(bound.key, asked.as_of)
    month = say_month(statement.period, naming.zone).split("\u00a0")[0]
    if prospect.missed_at is not None and account.borne is not None:
        figures.append(
            Figure(value=left_of(account), says=f"more, and {month} is missed", why=why_left(account, naming, facts))
        )
    for owed in tell_owed(prospect)[:1]:
        when = say_instant(owed.at, naming.zone, as_of=asked.as_of)
        figures.append(
            Figure(value=owed.amount, says=f"can be claimed from {when} on, if it lasts: {owed.because}", anchor="why")
        )
    return tuple(figures)


def approve(asked: Asked, name: str) -> Answer:
    """As a second person, let a cause hold whose agreement asks for that."""
    if asked.is_past:
        raise NotAllowed("A cause is approved now", NOT_FROM_THE_PAST)
    key = read_outage(name).service.agreement
    try:
        fact = services.approve_cause(agreement=key, assignment=asked.sent("assignment"), by=asked.by, at=asked.at)
    except services.CannotAssign as problem:
        raise CannotShow("The cause was not approved", f"{sentence(str(problem))}.") from None
    leave_toast(asked, f"The cause of {name} is approved, and holds from now on.", FactLines(key, asked.at).link_fact(fact))
    return to("outage", name)
