"""Invoices as both sides see them: how one stands, its lines with clauses and reasons, credits, payments, sums, paper."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from django.http import HttpResponse

from upheld.apps.billing.queries import Standing, notes_of, paper_of, payments_of, standing_of
from upheld.core.explain import Share, show
from upheld.core.money import Money
from upheld.core.timeline import Instant, Span
from upheld.doors.answering import close
from upheld.doors.asking import Asked
from upheld.doors.lines import lines_of
from upheld.doors.naming import name_for
from upheld.pages.contexts.lists import Badge, Entry, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import AgreementName, Why
from upheld.pages.words import say_day, say_instant, say_money, say_sentence

Invoice = Any
"""A row of invoices, as their queries give it."""
FACES = {
    "open": Badge("Open", "run"), "part paid": Badge("Part paid", "run"), "overdue": Badge("Overdue", "down", "down"),
    "paid": Badge("Paid", "up", "up"), "overpaid": Badge("Overpaid", "up", "up"), "taken back": Badge("Taken back", "pause"),
}  # fmt: skip
LINES = {
    "charged": Badge("Charged", "run"), "free": Badge("Free", "up", "up"), "waits": Badge("Waits", "pause"),
    "may be charged": Badge("May be charged", "pause"), "not charged": Badge("Not charged", "excluded"),
    "undecided": Badge("Undecided", "unknown", "unknown"), "unknown": Badge("Unknown", "unknown", "unknown"),
}  # fmt: skip


def say_days(content: Mapping[str, Any]) -> str:
    """`1 Mar to 31 Mar 2026`: the first and the last day of the period, as the agreement counts them."""
    first, last = (date.fromisoformat(day) for day in content["days"])
    return f"{first.day} {first:%b %Y} to {last.day} {last:%b %Y}"


def tell_invoice(asked: Asked, row: Invoice, standing: Standing | None = None) -> Entry:
    """One invoice or credit note in a list."""
    name = name_for(asked, row.agreement)
    if row.kind == "credit note":
        words = f"{row.number}: {say_money(row.money)} of {row.corrects.number} taken back"
        return Entry(
            words=words, url=asked.url_of("invoice", row.agreement.key, row.number), agreement=name,
            says=(f"Issued {say_instant(Instant.of(row.issued_at), name.zone, as_of=asked.as_of)}: {row.because}",),
        )  # fmt: skip
    stands = standing or standing_of(row, asked.as_of)
    left = f"{say_money(stands.left)} left of it, d" if stands.left != stands.amount and stands.left.amount > 0 else "D"
    due = f"{left}ue {say_instant(Instant.of(row.due_at), name.zone, as_of=asked.as_of)}."
    for_what = f"For {say_days(row.content)}, {name.words}." if row.content else f"Written elsewhere, {name.words}."
    return Entry(
        words=f"{row.number}: {say_money(row.money)}", url=asked.url_of("invoice", row.agreement.key, row.number),
        badge=FACES[stands.state], says=(for_what, due), agreement=name,
    )  # fmt: skip


def list_parts(asked: Asked, row: Invoice, name: AgreementName) -> Iterator[Section]:
    """Everything of one issued invoice: lines, credits, sums, payments and credit notes."""
    if row.content:
        yield from list_content(asked, row.content, name)
    yield Section(
        anchor="payments", heading="Payments", empty="Nothing was paid towards it.",
        entries=tuple(
            Entry(
                words=f"{one.name}: {say_money(one.money)}", at=Instant.of(one.paid_at), agreement=name,
                says=tuple(
                    line for line in (f"Reference: {one.reference}" if one.reference else "", say_reversal(asked, one, name))
                    if line
                ),
            )
            for one in payments_of(row) if one.money and one.paid_at and Instant.of(one.paid_at) <= asked.as_of
        ),
    )  # fmt: skip
    notes = [one for one in notes_of(row) if Instant.of(one.issued_at) <= asked.as_of]
    if notes:
        yield Section(anchor="notes", heading="Credit notes", entries=tuple(tell_invoice(asked, one) for one in notes))


def say_reversal(asked: Asked, one: Any, name: AgreementName) -> str:
    """Both sides read that it counts no longer, and why, as in the fact."""
    end = one.reversed_at
    if end is None or end > asked.as_of:
        return ""
    since = say_instant(end, name.zone, as_of=asked.as_of)
    return say_sentence(f"it was counted here by mistake, and counts no longer since {since}: {one.reversal.because}")


def list_content(asked: Asked, content: Mapping[str, Any], name: AgreementName) -> Iterator[Section]:
    facts = lines_of(asked, name.key)
    lines = tuple(
        Entry(
            words=f"{say_money(Money.parse(line['amount']))}: {line['words']}" if line["amount"] else line["words"],
            badge=LINES.get(line["state"]), clauses=tuple(line["clauses"]), agreement=name,
            why=Why(step=line["why"], agreement=name, facts=facts),
        )
        for line in content["lines"]
    )  # fmt: skip
    if lines:
        yield Section(anchor="lines", heading="Lines", entries=lines)
    credits = tuple(
        Entry(
            words=f"{say_money(Money.parse(one['amount']) * -1)}: credit {one['credit'].replace('-', ' ')}", agreement=name,
            says=(f"On claim {one['claim']}.",) if one["claim"] else (),
        )
        for one in content["credits"]
    )  # fmt: skip
    if credits:
        yield Section(anchor="credits", heading="Credits taken off", entries=credits)
    why = Why(step=content["why"], agreement=name, facts=facts) if "why" in content else None
    sums = [Entry(words=f"{say_money(Money.parse(content['net']))} {say_net(content)}", agreement=name, why=why)]
    if content["tax"] is not None:
        rate = Fraction(content["tax_rate"] or 0)
        told = f"{say_money(Money.parse(content['tax']))} of tax, {show(Share(rate, 2)) if rate else 'none is charged'}"
        sums += [Entry(words=told, agreement=name)]
        sums += [Entry(words=f"{say_money(Money.parse(content['gross']))} with tax", agreement=name)]
    yield Section(anchor="sums", heading="Sums", entries=tuple(sums), says=" ".join(content.get("untaxed_because", ())))
    named = ((f"From {content['provider']}", "from"), (f"To {content['customer']}", "to"), ("Pay to", "pay_to"))
    sides = tuple(Entry(words=words, says=tuple(content[side])) for words, side in named if side in content)
    if sides:
        yield Section(anchor="sides", heading="From, to, and where to pay", entries=sides)


def say_net(content: Mapping[str, Any]) -> str:
    return "without tax" if content["tax"] is not None else "in all; the agreement does not state the tax"


def describe(asked: Asked, row: Invoice, name: AgreementName) -> str:
    """Under the heading: for which days, issued when and by whom, due when."""
    days = f"For {say_days(row.content)}. " if row.content else ""
    issued = f"Issued {say_instant(Instant.of(row.issued_at), name.zone, as_of=asked.as_of)}"
    if row.kind == "credit note":
        return f"{days}{issued}: {row.because}"
    due = say_instant(Instant.of(row.due_at), name.zone, as_of=asked.as_of)
    return f"{days}{issued}, due {due}.{say_left(standing_of(row, asked.as_of))}"


def say_left(standing: Standing) -> str:
    """What a part payment left, or what came too much."""
    if standing.left.amount < 0:
        return f" {say_money(standing.left * -1)} came too much."
    return f" {say_money(standing.left)} is left to pay." if 0 < standing.left.amount < standing.amount.amount else ""


def print_paper(row: Invoice) -> HttpResponse:
    """The invoice as PDF; raises NotDrawnUp."""
    response = HttpResponse(paper_of(row), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{row.number}.pdf"'
    return close(response)


def link_paper(asked: Asked, row: Invoice) -> tuple[Link, ...]:
    url = asked.url_of("invoice.pdf", row.agreement.key, row.number)
    return (Link("PDF", url),) if row.is_drawn_up else ()


def say_period_of(span: Span, name: AgreementName, as_of: Instant) -> str:
    return f"{say_day(span.start, name.zone, as_of=as_of)} to {say_day(span.end, name.zone, as_of=as_of)}"
