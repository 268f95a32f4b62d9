"""Two at once: one acknowledgement holds, one worker takes a step, and a page is one page."""


import pytest
from django.db import connection

from tests.apps.oncall.people import add_person
from tests.at_once import run_at_once
from upheld.apps.oncall import services
from upheld.apps.oncall.models import Message, Page, PageStep
from upheld.apps.oncall.services import WantedStep
from upheld.apps.parties.services import name_provider
from upheld.core.timeline import MINUTE, Instant

NIGHT = Instant.parse("2026-02-10T02:00Z")


@pytest.fixture
def people(transactional_db):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory refuses a second connection; on disk, whoever writes has it alone")
    name_provider(name="Harbour")
    return [add_person(name) for name in ("Ada", "Bob", "Cyd")]


@pytest.fixture
def policy(people):
    steps = [WantedStep(0, (people[0],)), WantedStep(10, (people[1],))]
    return services.save_policy(name="Outages", steps=steps, at=NIGHT)


def begin(policy):
    return services.page(
        policy=policy, key="opened", about="outage-1", urgent=True, subject="Down", text="Since 01:58.", at=NIGHT
    )  # fmt: skip


class TestAtOnce:
    def test_one_acknowledgement_holds(self, people, policy):
        """Three answer in the same second: one sees to it, two are told who."""
        page = begin(policy)

        found = run_at_once(*(lambda by=user: services.acknowledge(page=page, by=by, at=NIGHT) for user in people))

        winners = [one for one in found if isinstance(one, Page)]
        assert ([Page.objects.get().acknowledged_by], 2) == (
            [one.acknowledged_by for one in winners],
            sum(isinstance(one, services.PageIsOver) for one in found),
        )

    def test_a_reason_is_one_page(self, policy):
        """Two jobs find the same breach."""
        found = run_at_once(*[lambda: begin(policy).pk] * 3)

        assert (1, 1) == (len(set(found)), Page.objects.count())

    def test_a_step_is_one_workers(self, policy):
        """Two workers wake at the same instant: one step, one message."""
        begin(policy)

        found = run_at_once(*[lambda: services.escalate_due(NIGHT)] * 3)

        assert ([0, 0, 1], 1, 1) == (sorted(found, key=str), PageStep.objects.count(), Message.objects.count())

    def test_nobody_is_woken_after_an_acknowledgement(self, people, policy):
        """A step and an acknowledgement meet: whichever is first, nothing is left to be sent once both are done."""
        page = begin(policy)

        run_at_once(
            lambda: services.escalate_due(NIGHT),
            lambda: services.acknowledge(page=page, by=people[2], at=NIGHT + MINUTE),
        )

        assert 0 == Message.objects.filter(due_at__isnull=False).count()
        assert (None, people[2]) == (Page.objects.get().next_at, Page.objects.get().acknowledged_by)
