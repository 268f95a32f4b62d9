"""What another priority would make due is seen before it is set, by every rule that agreements know."""

import pytest

from tests.apps.desk import ground
from tests.interfaces.console.desk.conftest import NOW, said
from upheld.apps.desk import services
from upheld.apps.desk.queries.weighed import foresee_priority
from upheld.apps.ledger.queries import facts_of
from upheld.core.terms.clocks import CHANGES
from upheld.core.timeline import MICRO, MINUTE

pytestmark = pytest.mark.django_db


def dues(ticket, priority):
    return {moved.clock: moved for moved in foresee_priority(ticket, priority, NOW)}


@pytest.mark.parametrize("priority", ["normal", "high", "low"])
def test_what_is_foreseen_is_what_comes(desk, priority):
    """Set the moment it was foreseen, each clock is due when it was said to be."""
    ticket = ground.open_one(desk.agreement, NOW.before(MINUTE * 60), wish="normal")
    foreseen = {clock: moved.due_at for clock, moved in dues(ticket, priority).items()}
    before = len(facts_of(desk.agreement.key))

    services.set_priority(ticket=ticket, priority=priority, by=ground.STAFF, because="they rang", at=NOW)
    services.reckon(ticket=ticket, at=NOW + MICRO)

    came = {run.clock: run.due_us for run in ticket.runs.filter(state__in=["running", "paused", "not known"])}
    assert before + 1 == len(facts_of(desk.agreement.key))
    assert came == {clock: at.micros if at else None for clock, at in foreseen.items()}
    assert (priority != "low") == bool(came)


def test_every_rule_is_told_and_the_agreements_own_named(desk):
    """Raised after an hour: from the start it would be over before anybody asked; no other rule says so."""
    ticket = ground.open_one(desk.agreement, NOW.before(MINUTE * 60), wish="normal")

    [moved] = dues(ticket, "urgent").values()

    found = dict(moved.otherwise)
    assert (set(CHANGES), moved.due_at) == (set(found), found[moved.rule])
    assert found["from start"] < NOW < found["from change"] == NOW + MINUTE * 15


def test_the_page_says_it_and_sets_it(tom, desk):
    """From the ticket to the page, and back with the priority set by the form that stands there."""
    ticket = said(tom.get("/desk/T-2"))
    page = tom.get("/desk/T-2/priority")

    assert "What each would make due" in ticket
    assert "T-2: what each priority would make due" in said(page)
    assert "Would be over at once" not in said(page)
    assert 'action="/desk/T-2/do/priority"' in page.content.decode()


@pytest.mark.parametrize("name", ["T-3", "T-4", "T-99"])
def test_what_is_over_or_held_or_not_there_has_nothing_to_foresee(tom, desk, name):
    assert 404 == tom.get(f"/desk/{name}/priority").status_code
