"""One outage: what it has cost so far, which cause, who decides."""

from django.urls import reverse

from upheld.apps.agreements.queries import agreement, document_of
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
from upheld.apps.parties.queries import list_users, may_change_facts, pseudonym_of
from upheld.apps.probes import services
from upheld.apps.probes.queries import causes_of
from upheld.apps.probes.queries import outage as read_outage
from upheld.core.availability import Account, Outage
from upheld.core.facts import CauseAssigned
from upheld.core.statement import Statement
from upheld.core.timeline import Instant, Span
from upheld.interfaces.console.answering import answer, leave_toast
from upheld.interfaces.console.asking import Asked
from upheld.interfaces.console.doors import Answer, to
from upheld.interfaces.console.edges import tell_edge
from upheld.interfaces.console.figures import tell_owed, why_left
from upheld.interfaces.console.lines import FactLines
from upheld.interfaces.console.naming import Agreement, name_agreement, zone_of
from upheld.interfaces.console.refusing import Gone, NotAllowed, NotHere
from upheld.interfaces.console.written_times import NotATime, read_time, write_time
from upheld.pages.contexts.outages import AssignedCause, OutagePage
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import AgreementName, Choice, Field, Figure, Form, Problem, Why
from upheld.pages.words import say_instant, say_month

NOT_FROM_THE_PAST = "You look from a past instant. Go back to now to assign a cause."
EFFECTS = {"down": "counts as down", "up": "counts as up", "out of base": "leaves the base"}


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
    start, end = times
    if start is not None and end is not None:
        if start >= end:
            problems.append(Problem("ends", "To lies before From; a cause is put on a span of the outage"))
        else:
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
        causes=list_causes(statement, outage, facts),
        form=make_form(bound, outage, naming, sent, problems, asked) if may else None,
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


def list_causes(statement: Statement, outage: Outage, facts: FactLines) -> tuple[AssignedCause, ...]:
    """Every assignment that was made, in order; of a moment with two the later holds."""
    people = {pseudonym_of(user): user.name for user in list_users()}
    known = statement.judged.terms.causes
    found = []
    for number, fact in enumerate(facts.facts):
        if isinstance(fact, CauseAssigned) and fact.outage == outage.id and fact.recorded_at <= facts.as_of:
            cause = known.get(fact.cause)
            found.append(
                AssignedCause(
                    span=Span.forward(fact.from_at, fact.to_at),
                    cause=fact.cause,
                    counts_as=cause.counts_as.value if cause else "not known here",
                    evidence=f"{fact.evidence}{f': {fact.note}' if fact.note else ''}",
                    by=people.get(fact.by, fact.by),
                    fact=facts.at(number),
                    clauses=cause.counts_as.clauses if cause else (),
                )
            )
    return tuple(found)


def make_form(
    bound: Agreement,
    outage: Outage,
    naming: AgreementName,
    sent: dict[str, str],
    problems: tuple[Problem, ...],
    asked: Asked,
) -> Form:
    causes = causes_of(bound.key, asked.at)
    meanings = document_of(bound).blocks.get("causes", {})
    choices = tuple(
        Choice(
            cause.name,
            sentence(str(meanings.get(cause.name, {}).get("is", cause.name))),
            cause.clauses,
            f"{EFFECTS[cause.counts_as.value]}{f'; shown by {join(cause.evidence)}' if cause.evidence else ''}",
        )
        for cause in causes.values()
    )
    evidence = dict.fromkeys(name for cause in causes.values() for name in cause.evidence)
    usual = next((cause.name for cause in causes.values() if cause.otherwise), "")
    zone = naming.zone
    whole = "Empty: up to now; assign it once more when the outage is over." if outage.is_running else "Empty: to its end."
    return Form(
        url=reverse("outage", args=[outage.id]),
        deed="Assign this cause",
        not_done="No cause was assigned.",
        problems=problems,
        agreement=naming,
        fields=(
            Field(name="cause", label="Cause", value=sent.get("cause", usual), choices=choices),
            Field(name="starts", label="From", value=sent.get("starts", write_time(outage.span.start, zone)),
                  hint="With its zone. A part of the outage may have a cause of its own."),
            Field(name="ends", label="To", is_needed=False, hint=whole,
                  value=sent.get("ends", "" if outage.is_running else write_time(outage.span.end, zone))),
            Field(name="evidence", label="What shows it", value=sent.get("evidence", next(iter(evidence), "")), is_list=True,
                  choices=tuple(Choice(name, name.replace("-", " ")) for name in evidence)),
            Field(name="note", label="Note, as the customer will read it", kind="long", is_needed=False,
                  value=sent.get("note", "")),
        ),
    )  # fmt: skip


def join(names: tuple[str, ...]) -> str:
    return " or ".join(name.replace("-", " ") for name in names)
