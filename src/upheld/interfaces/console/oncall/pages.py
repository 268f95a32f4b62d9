"""Pages: all of them, and one with every step; acknowledged and resolved by a click."""

from typing import Any

from django.urls import reverse

from upheld.apps.oncall import queries, services
from upheld.apps.parties.queries import may_change_facts
from upheld.core.timeline import Instant
from upheld.doors.addresses import Answer, link, to
from upheld.doors.answering import answer, leave_toast
from upheld.doors.asking import Asked, explain_length
from upheld.doors.refusing import BadAsking, CannotShow
from upheld.interfaces.console.oncall.showing import lead_back, make_acknowledging, show_page_row
from upheld.pages.contexts.oncall import MessageRow, OnePage, PagesPage, StepRow
from upheld.pages.contexts.parts import Field, Form, Problem

AT_ONCE = 50


def list_pages(asked: Asked) -> PagesPage:
    written = asked.query("before")
    if written and (not written.isdecimal() or len(written) > 9):
        raise BadAsking("These pages cannot be listed", f"before: expected a number, came {written[:20]!r}.")
    found = queries.list_pages(limit=AT_ONCE + 1, before=int(written) if written else None)
    older = link("Older pages", "pages", query=f"?before={found[AT_ONCE - 1].number}") if len(found) > AT_ONCE else None
    return PagesPage(
        as_of=asked.as_of, rows=tuple(show_page_row(row, asked) for row in found[:AT_ONCE]), older=older, back=lead_back()
    )  # fmt: skip


def show(asked: Asked, name: str) -> OnePage:
    return make_page(asked, queries.page_called(name))


def make_page(asked: Asked, row: Any, sent: str = "", problems: tuple[Problem, ...] = ()) -> OnePage:
    shown = show_page_row(row, asked)
    may = may_change_facts(asked.user) and not asked.is_past and row.resolved_at is None
    return OnePage(
        as_of=asked.as_of,
        row=shown,
        text=row.text.strip(),
        policy=row.policy.name,
        resolved_because=row.resolved_because,
        steps=tuple(show_step(step) for step in queries.steps_taken(row)),
        deeds=(
            *((make_acknowledging(row.name),) if may and shown.is_open else ()),
            *((make_resolving(row.name, sent, problems),) if may else ()),
        ),
        back=(lead_back(), link("Pages", "pages")),
    )


def show_step(step: Any) -> StepRow:
    return StepRow(
        at=Instant.of(step.at),
        messages=tuple(
            MessageRow(
                to=told.target,
                way=told.message.get_kind_display(),
                sent_at=Instant.of(told.message.sent_at) if told.message.sent_at else None,
                is_dropped=told.message.dropped_at is not None,
                trouble=told.message.last_error,
            )
            for told in queries.told_by(step)
        ),
        left_out=tuple(step.because.splitlines()),
    )


def make_resolving(name: str, sent: str, problems: tuple[Problem, ...]) -> Form:
    return Form(
        url=reverse("page-resolve", args=[name]),
        deed="It is over",
        not_done="The page is not over.",
        problems=problems,
        fields=(Field(name="because", label="Why it is over", value=sent),),
    )


def acknowledge(asked: Asked, name: str) -> Answer:
    """One click: whoever is signed in sees to it."""
    row = queries.page_called(name)
    try:
        services.acknowledge(page=row, by=asked.user, at=asked.at)
    except services.PageIsOver as problem:
        raise CannotShow("Somebody was quicker", f"{problem}.", deeds=(link(row.name, "page", row.name),)) from None
    leave_toast(asked, f"You see to {row.name}. Nobody is paged further.")
    return to("page", row.name)


def resolve(asked: Asked, name: str) -> Answer:
    row, because = queries.page_called(name), asked.sent("because")
    wrong = explain_length("The reason", because, most=300) or ("" if because else "Say in a few words why it is over")
    if wrong:
        return answer(asked, make_page(asked, row, because, (Problem("because", wrong),)), status=422)
    services.resolve(page=row, because=because, at=asked.at)
    leave_toast(asked, f"{row.name} is over.")
    return to("page", row.name)
