"""Rows of on call as pages show them."""

from typing import Any

from django.urls import reverse

from upheld.apps.oncall import queries
from upheld.apps.oncall.queries import Shift
from upheld.core.service_hours import Zone
from upheld.core.timeline import DAY, Instant, Span
from upheld.doors.addresses import link
from upheld.doors.asking import Asked
from upheld.pages.contexts.oncall import PageRow, RotaRow, ShiftShown
from upheld.pages.contexts.page import Link
from upheld.pages.contexts.parts import Form
from upheld.pages.words import UTC

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def lead_back() -> Link:
    return link("On call", "oncall")


def show_shift(shift: Shift) -> ShiftShown:
    return ShiftShown(span=shift.span, person=shift.person.name, steps_in=shift.steps_in)


def show_rota(rota: Any, at: Instant) -> RotaRow:
    found = queries.look_around(rota, at)
    return RotaRow(
        name=rota.name,
        url=reverse("rota", args=[rota.slug]),
        zone=zone_of(rota, at),
        now=show_shift(found.now) if found.now else None,
        next=show_shift(found.next) if found.next else None,
    )


def zone_of(rota: Any, at: Instant) -> Zone:
    """The zone of the version in force, else of the first one."""
    version = queries.version_at(rota, at) or next(iter(queries.versions_of(rota)), None)
    return queries.zone_named(version.zone, Span(at.before(DAY * 60), at + DAY * 60)) if version else UTC


def show_page_row(row: Any, asked: Asked) -> PageRow:
    is_open = row.state in ("running", "unanswered")
    return PageRow(
        name=row.name,
        url=reverse("page", args=[row.name]),
        subject=row.subject,
        about=row.about,
        state=row.state,
        began_at=Instant.of(row.began_at),
        is_urgent=row.is_urgent,
        next_at=Instant.of(row.next_at) if row.next_at else None,
        answered_by=row.acknowledged_by.name if row.acknowledged_by else "",
        answered_at=Instant.of(row.acknowledged_at) if row.acknowledged_at else None,
        ended_at=Instant.of(row.resolved_at) if row.resolved_at else None,
        deed=make_acknowledging(row.name) if is_open and not asked.is_past else None,
    )


def make_acknowledging(name: str) -> Form:
    return Form(url=reverse("page", args=[name]), deed="I see to it", fields=())


def write_clock(minute: int) -> str:
    """Minutes after midnight as the clock shows them: `09:00`."""
    return f"{minute // 60:02d}:{minute % 60:02d}"
