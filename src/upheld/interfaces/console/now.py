"""Now: what costs money next, and when; then what is left, the work ahead, what was held, what is at no risk."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from upheld.apps.agreements.queries import list_agreements
from upheld.apps.desk.queries import Order, Wanted, count_held, count_overdue, list_queue
from upheld.apps.findings.queries import CannotJudge, Prospect, look_ahead, main_account
from upheld.apps.oncall.queries import messages_given_up
from upheld.core.availability import Account
from upheld.core.timeline import HOUR, MINUTE, Instant, Span
from upheld.doors.asking import Asked
from upheld.doors.lines import FactLines
from upheld.doors.naming import name_agreement
from upheld.doors.shown.due import find_due
from upheld.doors.shown.figures import budget_of, promise_of, tell_owed, tell_so_far, tell_target, why_left
from upheld.doors.shown.spans import draw_spans
from upheld.doors.shown.standing import Stands, see_standing
from upheld.doors.shown.windows import list_ahead
from upheld.interfaces.console.desk.queue import tell_row
from upheld.pages.contexts.desk import TicketRow
from upheld.pages.contexts.now import CalmRow, Flag, Lane, NowPage, Risk
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import AgreementName, Empty, Held
from upheld.pages.states import State
from upheld.pages.words import say_count, say_length, say_money, say_month

BEHIND, AHEAD = MINUTE * 20, HOUR * 4
MOST_HELD, MOST_CLOCKS, MOST_FLAGS = 5, 6, 2


@dataclass(frozen=True, slots=True)
class Seen:
    """One agreement as it stands: what a risk, a lane or a calm row is told from."""

    agreement: AgreementName
    prospect: Prospect
    account: Account
    stands: Stands
    facts: FactLines


def show_now(asked: Asked) -> NowPage:
    rows, held = [], list(list_untold())
    agreements = list_agreements()
    for row in agreements:
        name = name_agreement(row, asked.as_of)
        try:
            prospect = look_ahead(row, asked.as_of)
        except CannotJudge as problem:
            held.append(
                Held(f"{name.words} cannot be judged.", str(problem), (Link("Read the agreement", name.clauses_url),))
            )
            continue
        account = main_account(prospect.statement)
        if account is not None:
            stands = see_standing(row.key, account, asked.as_of, is_past=asked.is_past)
            rows.append(Seen(name, prospect, account, stands, FactLines(row.key, asked.as_of)))
        held += [Held(f"{name.words}: a fact cannot be used.", why) for why in prospect.statement.held[:MOST_HELD]]
    clocks = () if asked.is_past else tuple(list_clocks(asked))
    risks = sorted((risk for seen in rows if (risk := tell_risk(seen))), key=lambda risk: press(risk, asked.as_of))
    lanes = (*(tell_lane(seen) for seen in rows if seen.stands.running), *tell_tickets(clocks, asked.as_of))
    return NowPage(
        as_of=asked.as_of,
        risks=tuple(risks),
        lanes=lanes,
        window=Span(asked.as_of.before(BEHIND), asked.as_of + AHEAD) if lanes else None,
        windows=tuple(list_ahead(asked)),
        calm=tuple(tell_calm(seen) for seen in rows if not is_at_risk(seen)),
        held=tuple(held),
        desk=() if asked.is_past else tuple(list_desk(asked.as_of)),
        clocks=clocks,
        desk_url=reverse("desk"),
        next_steps=list_steps(is_bound=bool(agreements), is_watched=any(seen.stands.seen_at for seen in rows)),
        plan_url="" if asked.is_past or not agreements else reverse("plan"),
        services_url=reverse("services"),
    )


def is_at_risk(seen: Seen) -> bool:
    """Something runs, or part of what the period can bear is gone."""
    budget = budget_of(seen.prospect.statement, seen.account)
    return bool(seen.stands.running) or (budget is not None and bool(budget.used))


def press(risk: Risk, as_of: Instant) -> tuple[bool, int, int]:
    """What runs before what does not; what is missed sooner first."""
    return risk.since is None, (risk.missed_at or as_of).micros if risk.since else 0, risk.left.micros


def tell_risk(seen: Seen) -> Risk | None:
    statement = seen.prospect.statement
    budget = budget_of(statement, seen.account)
    if budget is None or not is_at_risk(seen):
        return None
    running = seen.stands.running
    outage = reverse("outage", args=[running[0].id]) if running else ""
    month = say_month(statement.period, seen.agreement.zone)
    return Risk(
        agreement=seen.agreement,
        state=seen.stands.state,
        period=statement.period,
        left=budget.left,
        budget=budget,
        since=seen.stands.since if running else None,
        missed_at=seen.prospect.missed_at,
        owed=tell_owed(seen.prospect),
        promised=tell_target(promise_of(statement, seen.account)),
        says=f"{month} is missed, by {say_length(budget.over)}." if budget.over else "",
        why=why_left(seen.account, seen.agreement, seen.facts),
        outage_url=outage,
        cause_url=f"{outage}#assign" if outage and not has_cause(seen) else "",
    )


def has_cause(seen: Seen) -> bool:
    """Whether somebody said already why the first of what runs happened."""
    return any(part.facts for part in seen.stands.running[0].stretches)


def tell_lane(seen: Seen) -> Lane:
    owed = tell_owed(seen.prospect)
    flags = tuple(Flag(one.at, say_money(one.amount), "in all" if place else "") for place, one in enumerate(owed))
    if not flags and seen.prospect.missed_at is not None:
        flags = (Flag(seen.prospect.missed_at, "missed", ""),)
    state = State.read(seen.stands.state).phrase
    spans = draw_spans(seen.account, seen.prospect.statement.as_of)
    return Lane(seen.agreement.service, f"{seen.agreement.customer}, {state}", spans, flags)


def tell_calm(seen: Seen) -> CalmRow:
    statement = seen.prospect.statement
    budget = budget_of(statement, seen.account)
    return CalmRow(
        promise=Link(seen.agreement.words, seen.agreement.url),
        so_far=tell_so_far(seen.account),
        spans=draw_spans(seen.account, statement.as_of),
        period=statement.period,
        left=say_length(budget.left) if budget else "no target",
    )


def list_clocks(asked: Asked) -> Iterator[TicketRow]:
    """The clocks that are due next, of open tickets."""
    found = list_queue(Wanted(is_open=True), order=Order.DUE, limit=MOST_CLOCKS)
    due, names = find_due(found, asked.as_of), dict[int, AgreementName]()
    for row in found:
        if row.pk in due:
            yield tell_row(asked, row, due[row.pk], "", names)


def tell_tickets(clocks: Sequence[TicketRow], as_of: Instant) -> Iterator[Lane]:
    """The line of the tickets, where clocks are due in the next hours."""
    ahead = [row for row in clocks if row.due and as_of < row.due.due_at < as_of + AHEAD]
    if ahead:
        flags = (Flag(row.due.due_at, row.name, row.due.clock) for row in ahead[:MOST_FLAGS] if row.due)
        yield Lane("Tickets", f"{say_count(len(ahead), 'clock')} due", flags=tuple(flags))


def list_desk(as_of: Instant) -> Iterator[Link]:
    """Tickets that somebody should look at first: those over their time, those of which nobody knows whose they are."""
    desk = reverse("desk")
    if overdue := count_overdue(as_of):
        yield Link(f"{say_count(overdue, 'ticket is', 'tickets are')} over the promised time", desk)
    if held := count_held():
        yield Link(f"{say_count(held, 'ticket is', 'tickets are')} held until you say whose", f"{desk}?held=held")


def list_untold() -> list[Held]:
    """Messages that nobody took: somebody has to look."""
    given_up = messages_given_up()
    if not given_up:
        return []
    last = given_up[0]
    says = f"The last was to {last.to}: {last.last_error or 'no reason was given'}. Correct the address in the settings."
    return [
        Held(f"{say_count(len(given_up), 'message')} could not be sent.", says, (Link("Settings", reverse("settings")),))
    ]


def list_steps(*, is_bound: bool, is_watched: bool) -> tuple[Empty, ...]:
    """The next steps of a first run, until something is watched."""
    if is_bound and is_watched:
        return ()
    watch = (
        "Give the probe an address with `upheld watch URL --agreement FILE`. Its first sample shows here within a minute."
    )
    keep = (
        Empty(
            "1. Keep an agreement",
            "A text with the promises in it. `upheld check FILE` says whether every clause is placed.",
        ),
        Empty("2. Sign it for a customer", "Who is bound, from when, with which values: `upheld watch` asks for them."),
    )
    read = Link("Read the agreements", reverse("agreements"))
    bound = (Empty("An agreement is signed", "Its clauses, terms and examples are here to read.", read),)
    return (*(bound if is_bound else keep), Empty("3. Watch a service", watch))
