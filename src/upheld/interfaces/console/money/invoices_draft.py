"""A draft with every line, its clause and its reasons; and the deed that issues it."""

from upheld.apps.billing.queries import draft_of
from upheld.apps.billing.services import CannotIssue, issue_draft
from upheld.apps.billing.services.invoices_drawing import TERM
from upheld.core.timeline import Instant
from upheld.doors.addresses import Answer, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked
from upheld.doors.lines import FactLines
from upheld.doors.naming import Agreement, name_for, zone_of
from upheld.doors.refusing import NotAllowed, NotHere
from upheld.doors.shown.invoices import list_content, say_days
from upheld.doors.shown.why import read_span
from upheld.doors.written_times import NotATime, read_time, write_time
from upheld.pages.contexts.lists import MoneyPage, Section
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import Field, Form, Problem
from upheld.pages.words import capitalise, join_words, say_money

PAST = "You look from a past instant. Go back to now to issue it."


def show_draft(asked: Asked, key: str, period: str) -> Answer:
    return make_page(asked, asked.agreement(key), period)


def make_page(asked: Asked, agreement: Agreement, period: str, problems: tuple[Problem, ...] = ()) -> MoneyPage:
    span, name = read_span(asked, agreement, period), name_for(asked, agreement)
    draft = draft_of(agreement, span, asked.as_of)
    if draft is None:
        raise NotHere(says="The agreement charges nothing, or does not say how amounts are rounded.")
    sections = list(list_content(asked, draft.content, name))
    is_over = span.end <= asked.at
    if asked.may_change and is_over and not draft.is_empty:
        due = Field(
            name="due", label="Due", value=asked.sent("due") or write_time(asked.at + TERM, zone_of(agreement)),
            hint="With its zone.",
        )  # fmt: skip
        form = Form(
            url=asked.url_of("draft", agreement.key, period), deed=f"Issue it over {say_money(draft.amount)}",
            not_done="Nothing was issued.", fields=(due,), problems=problems, hidden=(("digest", draft.digest),),
            agreement=name,
        )  # fmt: skip
        says = "Once issued it never changes: a credit note takes it back. Granted credits above are taken off by it."
        sections.append(Section(anchor="issue", heading="Issue it", form=form, says=says))
    running = "" if is_over else "The period still runs: this is what it costs so far. "
    missing = [words for words, what in (("yours", "from"), ("the customer’s", "to")) if what not in draft.content]
    bare = f" It bears no address of its sides: {join_words(missing)}." if missing else ""
    return MoneyPage(
        as_of=asked.as_of,
        answer=f"Draft for {say_days(draft.content)}: {say_money(draft.amount)}",
        lede=f"{running}{name.words}. It changes with what is recorded until it is issued.{bare}",
        way=(Link("Credits", asked.url_of("credits")), Link("Invoices", asked.url_of("invoices")), Link("Draft")),
        deeds=(Link("Addresses", asked.url_of("letterheads")),) if missing else (),
        sections=tuple(sections),
    )  # fmt: skip


def issue(asked: Asked, key: str, period: str) -> Answer:
    """Issue the draft that was seen, or say why not."""
    if asked.is_past:
        raise NotAllowed("Invoices are issued now", PAST)
    agreement = asked.agreement(key)
    span = read_span(asked, agreement, period)
    try:
        due_at: Instant | None = read_time(asked.sent("due"), {"": zone_of(agreement)})
        invoice = issue_draft(
            agreement=agreement, period=span, by=asked.by, at=asked.at, digest=asked.sent("digest"), due_at=due_at
        )
    except (CannotIssue, NotATime) as problem:
        words = capitalise(problem)
        return answer(asked, make_page(asked, agreement, period, (Problem("due", words),)), status=422)
    facts = FactLines(agreement.key, asked.at)
    leave_toast(asked, f"{invoice.number} is issued.", next(iter(facts.name(f"invoice-{invoice.number}-issued")), None))
    return to("invoice", agreement.key, invoice.number)
