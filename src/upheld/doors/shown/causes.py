"""The causes of an outage: those that were put on it, those that wait for a second person, and the form for one more."""

from upheld.apps.agreements.queries import document_of
from upheld.apps.parties.queries import list_users, pseudonym_of
from upheld.apps.probes.queries import causes_of
from upheld.core.availability import Outage, approved_assignments
from upheld.core.facts import CauseAssigned, known_at, of_kind
from upheld.core.statement import Statement
from upheld.core.terms import Cause
from upheld.core.timeline import Span
from upheld.doors.asking import Asked
from upheld.doors.lines import FactLines
from upheld.doors.naming import Agreement
from upheld.doors.written_times import write_time
from upheld.pages.contexts.outages import AssignedCause
from upheld.pages.contexts.parts import AgreementName, Choice, Field, Form, Problem
from upheld.pages.words import capitalise

INSTEAD, BESIDES = "instead", "besides"
EFFECTS = {"down": "counts as down", "up": "counts as up", "out of base": "leaves the base"}
SECOND = "both would have brought the service down; it becomes an outage of its own within this one"


def list_causes(asked: Asked, statement: Statement, outage: Outage, facts: FactLines) -> tuple[AssignedCause, ...]:
    """Every assignment that stands, in order; of a moment with two the later holds."""
    people = {pseudonym_of(user): user.name for user in list_users()}
    terms = statement.judged.terms
    known = known_at(facts.facts, facts.as_of)
    holding = {assigned.id for assigned, _ in approved_assignments(terms, known)}
    found = []
    for fact in of_kind(known, CauseAssigned):
        if fact.outage != outage.id:
            continue
        cause = terms.causes.get(fact.cause)
        waits = cause is not None and fact.id not in holding
        effect = cause.counts_as.value if cause else "not known here"
        found.append(
            AssignedCause(
                span=Span.forward(fact.from_at, fact.to_at),
                cause=fact.cause,
                counts_as=f"{effect}, once a second person approves" if waits else effect,
                evidence=f"{fact.evidence}{f': {fact.note}' if fact.note else ''}",
                by=people.get(fact.by, fact.by),
                fact=facts[fact.id],
                clauses=cause.counts_as.clauses if cause else (),
                deed=make_approval(asked, outage, fact) if waits and fact.by != asked.by and asked.may_change else None,
            )
        )
    return tuple(found)


def make_approval(asked: Asked, outage: Outage, fact: CauseAssigned) -> Form:
    return Form(
        url=asked.url_of("approve-cause", outage.id),
        deed="Approve as second person",
        fields=(),
        hidden=(("assignment", fact.id),),
    )


def make_cause_form(
    bound: Agreement,
    outage: Outage,
    naming: AgreementName,
    sent: dict[str, str],
    problems: tuple[Problem, ...],
    asked: Asked,
) -> Form:
    causes = causes_of(bound.key, asked.at)
    meanings = document_of(bound, outage.span.start).blocks.get("causes", {})
    choices = tuple(
        Choice(
            cause.name,
            capitalise(str(meanings.get(cause.name, {}).get("is", cause.name))),
            cause.clauses,
            tell_conditions(cause),
        )
        for cause in causes.values()
    )
    evidence = dict.fromkeys(name for cause in causes.values() for name in cause.evidence)
    usual = next((cause.name for cause in causes.values() if cause.otherwise), "")
    zone = naming.zone
    whole = "Empty: up to now; assign it once more when the outage is over." if outage.is_running else "Empty: to its end."
    return Form(
        url=asked.url_of("outage", outage.id),
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
            Field(name="place", label="Its place", value=sent.get("place") or INSTEAD, choices=(
                      Choice(INSTEAD, "In the place of the cause that this time has"),
                      Choice(BESIDES, "Besides the cause that this time has", (), SECOND),
                  )),
            Field(name="evidence", label="What shows it", value=sent.get("evidence", next(iter(evidence), "")), is_list=True,
                  choices=tuple(Choice(name, name.replace("-", " ")) for name in evidence)),
            Field(name="note", label="Note, as the customer will read it", kind="long", is_needed=False,
                  value=sent.get("note", "")),
        ),
    )  # fmt: skip


def join(names: tuple[str, ...]) -> str:
    return " or ".join(name.replace("-", " ") for name in names)


def tell_conditions(cause: Cause) -> str:
    """What it counts as, what shows it, and who else must agree."""
    shown = f"; shown by {join(cause.evidence)}" if cause.evidence else ""
    approved = "; a second person approves" if cause.approval.value else ""
    return f"{EFFECTS[cause.counts_as.value]}{shown}{approved}"
