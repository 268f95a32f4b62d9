"""An outage wakes whoever the default policy names, and lets them sleep when it is over."""

import pytest

from tests.apps.oncall.people import add_person
from tests.apps.watched import at, observe, pack, sign, watch
from upheld.apps.oncall import jobs, queries, services
from upheld.apps.oncall.models import Message, Page
from upheld.apps.oncall.services import WantedStep
from upheld.apps.probes.jobs import Intake
from upheld.core.timeline import MINUTE
from upheld.gateways.samples import Spool
from upheld.interfaces.worker.reactions import react

pytestmark = pytest.mark.django_db


@pytest.fixture
def spool(settings, tmp_path):
    settings.UPHELD_SAMPLES, settings.UPHELD_KEYS, settings.UPHELD_MAIL = (tmp_path / one for one in ("s", "k", "m"))
    sign()
    watch()
    return Spool(tmp_path / "spool")


def save(is_default):
    return services.save_policy(
        name="Outages", steps=[WantedStep(0, (add_person("Ada"),))], at=at(0), is_default=is_default
    )  # fmt: skip


class TestAnOutage:
    def test_pages_the_default_policy_once(self, spool):
        """Ada is told by the job that runs every second, and by the link in the mail she sees to it."""
        save(is_default=True)
        spool.seal(pack(observe(1, 0), observe(2, 10, "bad")))

        Intake(spool, react).take_waiting(at(30))
        taken = [jobs.escalate_due(at(30)), jobs.escalate_due(at(31))]
        jobs.deliver_due(at(31))

        message = Message.objects.get()
        assert ([1, 0], "ada@example.org", True) == (taken, message.to, message.sent_at is not None)
        assert "I see to it: http://localhost:8000/on-call/answer/" in message.body

    def test_pages_nobody_without_a_default(self, spool):
        """A policy that is no default waits for those who name it."""
        save(is_default=False)
        spool.seal(pack(observe(1, 0), observe(2, 10, "bad")))

        Intake(spool, react).take_waiting(at(30))

        assert [] == queries.list_pages()

    def test_that_closes_ends_its_page(self, spool):
        """Up again after ten seconds: nothing more is sent, and the page says why."""
        save(is_default=True)
        spool.seal(pack(observe(1, 0), observe(2, 10, "bad")))
        spool.seal(pack(observe(3, 20), sequence=2))

        Intake(spool, react).take_waiting(at(30))

        page = Page.objects.get()
        assert (0, "resolved", "the outage closed") == (
            jobs.escalate_due(at(30) + MINUTE * 60),
            page.state,
            page.resolved_because,
        )


class TestDeliverDue:
    def test_of_a_way_with_a_slip_in_its_settings_keeps_the_others(self, spool, settings):
        """The SMS provider is described wrongly: its message says so, and the mail goes out."""
        settings.UPHELD_SMS_URL, settings.UPHELD_SMS_FIELDS = "https://sms.example.com/", "nothing"
        for kind, to in (("sms", "+442079460000"), ("mail", "ada@example.org")):
            services.write_message(kind=kind, to=to, subject="Down", body="Down", key=kind, at=at(0))

        assert 1 == jobs.deliver_due(at(0))
        assert "UPHELD_SMS_FIELDS" in Message.objects.get(kind="sms").last_error

    def test_knows_what_is_set_up(self, settings):
        """What needs a setting is offered to nobody before it has one."""
        before = jobs.list_kinds_set_up()
        settings.UPHELD_TELEGRAM_TOKEN = "1:x"

        assert (["mail", "webhook", "slack"], ["mail", "webhook", "telegram", "slack"]) == (before, jobs.list_kinds_set_up())
