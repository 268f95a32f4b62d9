"""A page is acknowledged by its code, from where it was sent, and from nowhere else."""

import pytest

from tests.apps.oncall.people import add_person
from tests.apps.oncall.test_paging import NIGHT, add_way, begin
from upheld.apps.oncall import services
from upheld.apps.oncall.models import Message, Page
from upheld.apps.oncall.services import WantedStep
from upheld.apps.parties.models import User
from upheld.core.timeline import DAY, MINUTE

pytestmark = pytest.mark.django_db
ADAS, BOBS = "+442079460000", "+442079460001"


@pytest.fixture
def people(settings):
    """Ada is paged by SMS and by Telegram, Bob by SMS; what they answer comes back."""
    settings.UPHELD_SMS_SECRET = settings.UPHELD_TELEGRAM_SECRET = "walnut"
    ada, bob = add_person("Ada"), add_person("Bob")
    add_way(ada, "sms", ADAS)
    add_way(ada, "telegram", "7")
    add_way(bob, "sms", BOBS)
    return ada, bob


@pytest.fixture
def page(people):
    """Ada was told a moment ago; Bob is told in ten minutes."""
    ada, bob = people
    steps = [WantedStep(0, (ada,)), WantedStep(10, (bob,))]
    page = begin(services.save_policy(name="Outages", steps=steps, at=NIGHT))
    services.escalate_due(NIGHT)
    return page


def write(code, address=ADAS, kind="sms", at=NIGHT + MINUTE):
    return services.acknowledge_by_text(kind=kind, address=address, code=code, at=at)


class TestCode:
    def test_is_in_what_can_be_answered(self, page, people):
        """SMS and Telegram name it, both the same; where nothing comes back there is none."""
        code = services.code_of(page, people[0])

        bodies = dict(Message.objects.values_list("kind", "body"))
        assert f"{page.name}: The shop is down\nAnswer: ack {code}\nhttp" in bodies["sms"]
        assert bodies["telegram"].endswith(f"\nOr answer here: ack {code}\n")
        assert (4, True) == (len(code), code.isdecimal())

    @pytest.mark.parametrize(
        ("text", "code"),
        [("ack 4711", "4711"), ("ACK: 4711.", "4711"), (" /ack #4711\n", "4711"), ("Acknowledge 4711!", "4711"), ("ack", ""),
         ("ack4711", None), ("back 4711", None), ("ack 4711 and more", None), ("", None)],
    )  # fmt: skip
    def test_is_read_as_people_write(self, text, code):
        """A word and a number; a sentence is none."""
        assert code == services.read_code(text)


class TestAnswer:
    @pytest.mark.parametrize(("kind", "address"), [("sms", ADAS), ("telegram", "7")])
    def test_of_whoever_was_paged_acknowledges(self, page, people, kind, address):
        """By either way; nobody else is woken, and they are told so."""
        done = write(services.code_of(page, people[0]), address, kind)

        services.escalate_due(NIGHT + DAY)
        row = Page.objects.get()
        assert (people[0], f"{page.name} is yours, Ada: nobody else is woken for it.") == (row.acknowledged_by, done.words)
        assert 2 == Message.objects.count()

    def test_again_changes_nothing(self, page, people):
        """An SMS that comes twice."""
        code = services.code_of(page, people[0])

        assert write(code).words == write(code, at=NIGHT + MINUTE * 2).words
        assert (NIGHT + MINUTE).utc() == Page.objects.get().acknowledged_at

    @pytest.mark.parametrize(
        ("address", "kind"),
        [(BOBS, "sms"), ("+442079469999", "sms"), ("BANK", "sms"), ("8", "telegram"), (ADAS, "telegram")],
    )
    def test_of_anybody_else_acknowledges_nothing(self, page, people, address, kind):
        """Ada's code from Bob's number, from a stranger's, from another chat."""
        done = write(services.code_of(page, people[0]), address, kind)

        assert (None, "Nothing was acknowledged") == (done.page, done.words[:24])
        assert Page.objects.get().acknowledged_at is None

    def test_with_a_wrong_code_acknowledges_nothing(self, page, people):
        """Nor with none; the words say which it was."""
        wrong = f"{(int(services.code_of(page, people[0])) + 1) % 10_000:04d}"

        assert [(True, None), (True, None)] == [(done.is_wrong_code, done.page) for done in (write(wrong), write(""))]
        assert f"{wrong} is the code of no page" in write(wrong).words
        assert Page.objects.get().acknowledged_at is None

    @pytest.mark.parametrize("gone", ["way", "person"])
    def test_of_whoever_has_left_acknowledges_nothing(self, page, people, gone):
        """A number that was removed or a person whose access was closed speaks for nobody."""
        code = services.code_of(page, people[0])
        if gone == "way":
            people[0].ways.filter(kind="sms").delete()
        else:
            User.objects.filter(pk=people[0].pk).update(is_active=False)

        assert "Nothing was acknowledged: nobody is paged here." == write(code).words

    def test_too_late_says_who_was_quicker(self, page, people):
        """Bob sees to it already."""
        services.acknowledge(page=page, by=people[1], at=NIGHT + MINUTE)

        assert f"Nothing was acknowledged: Bob acknowledged {page.name} at" in write(services.code_of(page, people[0])).words

    def test_by_a_code_of_two_pages_asks_for_the_link(self, page, people, monkeypatch):
        """Four digits meet now and then: nobody guesses which was meant."""
        begin(page.policy, key="again")
        services.escalate_due(NIGHT)
        monkeypatch.setattr("upheld.apps.oncall.services.answering.code_of", lambda page, user: "4711")

        assert "Nothing was acknowledged: P-2 and P-1 have this code. Use the link in the message." == write("4711").words
        assert 0 == Page.objects.filter(acknowledged_at__isnull=False).count()
