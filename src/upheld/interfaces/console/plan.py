"""Planning work: the verdict first, then the draft, then the notice; each is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from upheld.apps.agreements.queries import document_of, list_agreements, zones_of
from upheld.apps.maintenance import services
from upheld.apps.maintenance.queries import CannotJudge, NobodyToTell, addressees_of, check_plan, kinds_of
from upheld.core.timeline import DAY, HOUR, Instant, Span
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked, explain_length, tidy
from upheld.doors.lines import FactLines
from upheld.doors.naming import Agreement, name_agreement
from upheld.doors.refusing import CannotShow, NotAllowed
from upheld.doors.written_times import NotATime, read_time, write_time
from upheld.interfaces.console.verdict import tell_verdict
from upheld.pages.contexts.maintenance import PlanPage, PlanVerdict
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import Choice, Field, Form, Problem
from upheld.pages.contexts.waiting import NoVerdict
from upheld.pages.words import capitalise, join_words, say_clock, say_length, say_zone

FIELDS = ("service", "kind", "starts", "ends", "reason")
NO_AGREEMENT = "Work is planned under an agreement, and none is signed yet."


@dataclass(frozen=True, slots=True)
class Wish:
    """What stands in the form: read as far as it can be, with what is wrong of the rest."""

    agreement: Agreement
    sent: Mapping[str, str]
    span: Span | None
    problems: tuple[Problem, ...]


def show_plan(asked: Asked) -> Answer:
    """An empty form, or one with what its address says."""
    given = asked.request.GET
    return make_plan_page(asked, read_wish(asked, given), with_problems="starts" in given)


def show_verdict(asked: Asked) -> Answer:
    """The verdict by itself, asked for while one types; what cannot be read yet is said instead."""
    wish = read_wish(asked, asked.request.GET)
    found = judge(asked, wish)
    if isinstance(found, PlanVerdict):
        return found
    words = " ".join(f"{problem.words}." for problem in (*wish.problems, *found) if problem.field != "reason")
    return NoVerdict(says=words)


def plan(asked: Asked) -> Answer:
    """The form as it was sent: asked for its verdict, saved as a draft, or saved with its notice asked for next."""
    if asked.is_past:
        raise NotAllowed("Work is planned now", "You look from a past instant. Go back to now to plan work.")
    sent, use = asked.request.POST.copy(), asked.sent("use")
    if use.count("|") == 1:
        sent["starts"], sent["ends"] = use.split("|")
    wish = read_wish(asked, sent)
    if use or asked.sent("deed") == "verdict":
        return answer(asked, make_plan_page(asked, wish, with_problems=True), status=422 if wish.problems else 200)
    if wish.problems or wish.span is None:
        return answer(asked, make_plan_page(asked, wish, with_problems=True), status=422)
    try:
        window = services.plan(
            agreement=wish.agreement, kind=wish.sent["kind"], span=wish.span, reason=wish.sent["reason"], by=asked.by,
            at=asked.at,
        )  # fmt: skip
    except services.CannotPlan as problem:
        is_of_time = "over since" in str(problem) or "takes at most" in str(problem)
        wrong = Problem("ends" if is_of_time else "kind", capitalise(problem))
        refused = Wish(wish.agreement, wish.sent, wish.span, (wrong,))
        return answer(asked, make_plan_page(asked, refused, with_problems=True), status=422)
    lines = FactLines(wish.agreement.key, asked.at)
    planned = lines[f"{window.name}-planned"]
    leave_toast(asked, f"{window.name} is planned; nobody is told yet.", Link(f"Fact #{planned.number:,}", planned.url))
    return to("window", window.name, query="#notice" if asked.sent("deed") == "notice" else "")


def read_wish(asked: Asked, given: QueryDict) -> Wish:
    agreements = list_agreements()
    if not agreements:
        raise CannotShow("No agreement is signed yet", NO_AGREEMENT, (Link("Agreements", reverse("agreements")),))
    sent = {name: tidy(given.get(name, "")) for name in FIELDS if name in given}
    keys = {row.key: row for row in agreements}
    problems = []
    chosen = keys.get(sent.get("service", "")) or agreements[0]
    if sent.get("service", chosen.key) not in keys:
        problems.append(Problem("service", f"No agreement is called {sent['service']!r}; choose one of the list"))
    zones = zones_of(chosen, asked.as_of)
    times: dict[str, Instant | None] = {}
    for name in ("starts", "ends"):
        try:
            times[name] = read_time(sent.get(name, ""), zones)
        except NotATime as problem:
            times[name] = None
            problems.append(Problem(name, str(problem)))
    start, end = times["starts"], times["ends"]
    span = Span(start, end) if start is not None and end is not None and start < end else None
    if start is not None and end is not None and end <= start:
        problems.append(
            Problem("ends", "Ends lies before Starts" if end < start else "The work ends when it starts; write a later end")
        )
    if not sent.get("reason"):
        problems.append(Problem("reason", "The reason is missing: the customer reads it in the notice"))
    elif too_long := explain_length("The reason", sent["reason"]):
        problems.append(Problem("reason", too_long))
    return Wish(chosen, sent, span, tuple(problems))


def judge(asked: Asked, wish: Wish) -> PlanVerdict | tuple[Problem, ...]:
    """The verdict, or why there is none."""
    if wish.span is None:
        return ()
    kind = wish.sent.get("kind", "")
    try:
        plan = check_plan(agreement=wish.agreement, kind=kind, span=wish.span, as_of=asked.as_of)
    except CannotJudge as problem:
        return (Problem("kind", capitalise(problem)),)
    return tell_verdict(wish.agreement, plan, wish.span, told_at=asked.as_of, as_of=asked.as_of)


def make_plan_page(asked: Asked, wish: Wish, *, with_problems: bool) -> PlanPage:
    found = judge(asked, wish)
    verdict = found if isinstance(found, PlanVerdict) else None
    wrong = wish.problems if verdict else (*wish.problems, *(found if isinstance(found, tuple) else ()))
    return PlanPage(
        list_url=reverse("maintenance"),
        form=make_form(asked, wish, wrong if with_problems else ()),
        verdict=verdict,
        verdict_url=reverse("plan-verdict"),
        read_back=read_back(wish),
        notice_deed=name_notice(asked, wish, verdict),
    )


def make_form(asked: Asked, wish: Wish, problems: tuple[Problem, ...]) -> Form:
    naming = name_agreement(wish.agreement, asked.as_of)
    try:
        kinds = kinds_of(wish.agreement, asked.as_of)
    except CannotJudge as problem:
        raise CannotShow("The agreement cannot be judged as it stands", f"{problem}.") from None
    meanings = document_of(wish.agreement, asked.as_of).blocks.get("maintenance", {})
    choices = tuple(
        Choice(name, capitalise(name.replace("-", " ")), kind.clauses, str(meanings.get(name, {}).get("is", "")))
        for name, kind in kinds.items()
    )
    # The form opens with work that need not count, where the agreement knows any.
    first = next(
        (kind.name for kind in kinds.values() if kind.counts_as.value != "down"), choices[0].value if choices else ""
    )
    start = Instant((asked.as_of + DAY * 10).micros // HOUR.micros * HOUR.micros)
    usual = {"starts": write_time(start, naming.zone), "ends": write_time(start + HOUR, naming.zone)}
    agreements = tuple(Choice(row.key, name_agreement(row, asked.as_of).words) for row in list_agreements())
    return Form(
        url=reverse("plan"),
        deed="Save it as a draft",
        not_done="This work was not saved.",
        problems=problems,
        agreement=naming,
        fields=(
            Field(name="service", label="Service", value=wish.agreement.key, choices=agreements, is_list=True),
            Field(name="kind", label="Kind", value=wish.sent.get("kind", first), choices=choices),
            Field(name="starts", label="Starts", value=wish.sent.get("starts", ""), hint="With its zone.",
                  example=usual["starts"]),
            Field(name="ends", label="Ends", value=wish.sent.get("ends", ""), example=usual["ends"]),
            Field(name="reason", label="Reason, as the customer will read it", value=wish.sent.get("reason", "")),
        ),
    )  # fmt: skip


def read_back(wish: Wish) -> str:
    """The span in other words: its length, and the clock of each zone that the agreement speaks of."""
    if wish.span is None:
        return ""
    told = [f"{say_length(wish.span.length)}."]
    for zone in zones_of(wish.agreement, wish.span.start).values():
        if zone.name != "UTC":
            told.append(f"In {say_zone(zone)} it is {say_clock(wish.span.start, zone)} to {say_clock(wish.span.end, zone)}.")
    return " ".join(told)


def name_notice(asked: Asked, wish: Wish, verdict: PlanVerdict | None) -> str:
    """What the second button says; nothing where nobody can be told."""
    if verdict is None:
        return ""
    try:
        told = addressees_of(wish.agreement, wish.sent.get("kind", ""), asked.as_of)
    except NobodyToTell:
        return ""
    if verdict.would_count:
        return "Give notice although it counts…"
    return f"Give notice to {join_words([one.address for one in told])}…"
