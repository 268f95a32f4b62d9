"""After a change of a calendar every open run is what the core says of it now, reckoned by the million or one by one."""

from pathlib import Path

import pytest

from upheld.apps.agreements.services import add_version, set_parameter, sign_agreement
from upheld.apps.desk.jobs import recalculate_changed
from upheld.apps.desk.models import Run
from upheld.apps.desk.queries import desk_of
from upheld.apps.desk.services import Report, Sender, open_hold, open_ticket, recalculate, resolve, set_priority
from upheld.apps.parties.services import add_customer
from upheld.core.timeline import DAY, MINUTE, Instant
from upheld.gateways.signing import FakeSigner
from upheld.language import check

pytestmark = pytest.mark.django_db

SIGNED = Instant.parse("2026-01-01T00:00Z")
THURSDAY = Instant.parse("2026-03-05T08:00Z")
NOW = THURSDAY + MINUTE * 90
SHIPPED = Path(__file__).parents[3] / "agreements"


@pytest.fixture
def agreement():
    """RedTrack's text, bound for Acorn: its business hours close on declared holidays."""
    source = (SHIPPED / "redtrack.md").read_text(encoding="utf-8")
    checked = check(source, as_of=SIGNED)
    assert checked.document is not None
    version = add_version(source=source, document=checked.document, calendars=checked.calendars, at=SIGNED)
    return sign_agreement(
        key="acorn-redtrack", customer=add_customer(slug="acorn", name="Acorn"), version=version,
        parameters={"setup-by-specialist": "no", "sample-every": "1 minute"}, signed_at=SIGNED, by="person-1", at=SIGNED,
        signer=FakeSigner(),
    )  # fmt: skip


def open_three(agreement, count=6):
    """Tickets of two priorities; one waits for the customer by a date, one is resolved."""
    made = []
    for number in range(count):
        at = THURSDAY + MINUTE * number
        report = Report(f"Matter {number}", text="It does not work")
        ticket = open_ticket(agreement=agreement, way="email", report=report, sender=Sender("person-9"), at=at)
        set_priority(ticket=ticket, priority=("medium", "low")[number % 2], by="person-1", because="seen", at=at + MINUTE)
        made.append(ticket)
    open_hold(ticket=made[0], waiting_for="customer", until_at=THURSDAY + DAY * 4, by="person-1", at=THURSDAY + MINUTE * 30)
    resolve(ticket=made[1], by="person-1", because="done", at=THURSDAY + MINUTE * 40)
    return made


def close_friday_and_monday(agreement):
    days = "2026-03-06, 2026-03-09"
    set_parameter(agreement=agreement, name="holiday-season", value=days, from_at=THURSDAY, by="person-1", at=NOW)
    agreement.refresh_from_db()


def rows_of(ticket):
    return {(row.clock, row.number): (row.state, row.due_us) for row in Run.objects.filter(ticket=ticket)}


def core_says(agreement, ticket):
    _, desk = desk_of(agreement, [ticket.name], NOW)
    runs = [run for run in desk.of_ticket(ticket.name) if not run.is_superseded]
    return {(run.clock, run.number): (run.state, run.due_at.micros if run.due_at else None) for run in runs}


def test_every_run_of_an_open_ticket_is_what_the_core_says(agreement):
    made = open_three(agreement)
    before = {ticket: rows_of(ticket) for ticket in made}
    close_friday_and_monday(agreement)

    done = recalculate(agreement=agreement, at=NOW)

    after = {ticket: rows_of(ticket) for ticket in made}
    still_open = [ticket for place, ticket in enumerate(made) if place != 1]
    assert [core_says(agreement, ticket) for ticket in still_open] == [after[ticket] for ticket in still_open]
    assert after[made[1]] == before[made[1]]
    assert 0 < done.moved <= done.runs
    assert after != before


def test_many_together_and_each_alone_come_to_the_same(agreement):
    """The same runs, once by the arithmetic of the million and once by the core."""
    made = open_three(agreement)
    close_friday_and_monday(agreement)
    together = recalculate(agreement=agreement, at=NOW)
    by_the_million = {ticket: rows_of(ticket) for ticket in made}
    Run.objects.update(is_plain=False)

    alone = recalculate(agreement=agreement, at=NOW)

    assert by_the_million == {ticket: rows_of(ticket) for ticket in made}
    assert (True, 0) == (together.runs > 0, alone.runs)
    assert alone.tickets > together.tickets


def test_nothing_is_done_while_nothing_changed(agreement, caplog):
    open_three(agreement)
    caplog.set_level("INFO", "upheld.desk")

    def count():
        return sum(record.message == "runs recalculated" for record in caplog.records)

    recalculate_changed(NOW)
    recalculate_changed(NOW)
    assert 1 == count()

    close_friday_and_monday(agreement)
    recalculate_changed(NOW)
    assert 2 == count()


def test_runs_of_two_calendars_are_each_reckoned_by_their_own(agreement):
    """Some go by business hours and one ticket's round the clock: after the change only those of business hours moved."""
    tickets = open_three(agreement)
    Run.objects.filter(ticket=tickets[5], is_plain=True, due_us__isnull=False).update(calendar="always")
    recalculate(agreement=agreement, at=NOW)
    before = rows_of(tickets[5])
    close_friday_and_monday(agreement)

    done = recalculate(agreement=agreement, at=NOW)

    assert before == rows_of(tickets[5])
    assert core_says(agreement, tickets[4]) == rows_of(tickets[4])
    assert 0 < done.moved < done.runs
