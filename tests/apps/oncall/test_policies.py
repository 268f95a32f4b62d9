"""Escalation policies as they are written down: none that wakes nobody, none without an end, one default."""

import pytest

from tests.apps.oncall.people import NOON, add_person
from upheld.apps.oncall import queries, services
from upheld.apps.oncall.queries import UnknownZone
from upheld.apps.oncall.queries.allowed import Quiet
from upheld.apps.oncall.services import WantedStep
from upheld.apps.parties.models import Role, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return add_person("Ada")


def save(name, *steps, **fields):
    return services.save_policy(name=name, steps=steps, at=NOON, **fields)


class TestSavePolicy:
    def test_keeps_steps_in_order_with_whom_they_tell(self, ada):
        """As written, so read back."""
        channel = services.save_channel(name="ops", kind="slack", address="https://hooks.example.com/x")
        policy = save("Outages", WantedStep(0, (ada, channel)), WantedStep(15, (channel,)))

        told = [
            (step.after_minutes, [queries.name_target(target) for target in queries.targets_of(step)])
            for step in queries.steps_of(policy)
        ]

        assert [(0, ["Ada", "the channel ops"]), (15, ["the channel ops"])] == told

    def test_replaces_the_steps_of_one_that_is_there(self, ada):
        """Under a new name and with other steps it is still the same policy."""
        policy = save("Outages", WantedStep(0, (ada,)), WantedStep(5, (ada,)))
        again = save("All outages", WantedStep(1, (ada,)), policy=policy)

        assert (policy.pk, "outages", "All outages") == (again.pk, again.slug, again.name)
        assert [1] == [step.after_minutes for step in queries.steps_of(again)]

    def test_has_one_default(self, ada):
        """The one that is made the default takes it from the other."""
        save("First", WantedStep(0, (ada,)), is_default=True)
        second = save("Second", WantedStep(0, (ada,)), is_default=True)

        assert second == queries.default_policy()

    @pytest.mark.parametrize(
        ("fields", "says"),
        [
            ({"name": "!"}, "a name"),
            ({"steps": []}, "1 to 20 steps"),
            ({"steps": [WantedStep(0, ())]}, "tells nobody"),
            ({"steps": [WantedStep(-1, (User(name="Ada", role=Role.STAFF),))]}, "-1 minutes"),
            ({"steps": [WantedStep(0, (User(name="Cleo", role=Role.CUSTOMER),))]}, "Cleo"),
            ({"repeats": 21}, "0 to 20"),
            ({"repeat_after_minutes": 0}, "1 to"),
            ({"hours": "sometimes"}, "sometimes"),
            ({"quiet": Quiet("UTC", 0, 1440)}, "23:59"),
        ],
    )
    def test_refuses_what_would_wake_nobody_or_never_end(self, ada, fields, says):
        """Said while it is written, not in the night."""
        with pytest.raises(services.UnfitPolicy, match=says):
            services.save_policy(**{"name": "Outages", "steps": [WantedStep(0, (ada,))], "at": NOON, **fields})

        assert [] == queries.list_policies()

    def test_refuses_a_zone_that_is_not_there(self, ada):
        """Quiet hours on nobody's clock."""
        with pytest.raises(UnknownZone):
            save("Outages", WantedStep(0, (ada,)), quiet=Quiet("Europe/Londn", 0, 60))

    def test_refuses_a_second_one_of_the_name(self, ada):
        """Names are told apart, so are policies."""
        save("Outages", WantedStep(0, (ada,)))

        with pytest.raises(services.UnfitPolicy, match="already"):
            save("outages ", WantedStep(0, (ada,)))


class TestSaveChannel:
    def test_moves_one_that_is_there(self):
        """The room got another webhook: policies that name the channel tell there from now on."""
        services.save_channel(name="ops", kind="slack", address="https://hooks.example.com/old")
        services.save_channel(name="ops", kind="mail", address="ops@example.org")

        [found] = queries.list_channels()
        assert ("mail", "ops@example.org") == (found.kind, found.address)

    def test_refuses_an_address_that_is_none(self):
        """Said now."""
        with pytest.raises(services.UnfitRecipient):
            services.save_channel(name="ops", kind="sms", address="12")
