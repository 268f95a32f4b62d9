"""The customer's people name themselves; a password comes by a one-time link and is in no mail."""

import re

import pytest
from django.test import Client

from tests.interfaces import cast
from tests.interfaces.console.reading import plain, read
from upheld.apps.oncall.models import Message
from upheld.apps.parties.models import SignInLink, User
from upheld.apps.parties.services import PASSWORD_LINK_LASTS, change_customer_role
from upheld.core.timeline import DAY
from upheld.doors import addresses, asking

pytestmark = pytest.mark.django_db
NEW = {"person": "Piet Maas", "email": "Piet@Acorn.example", "role": "member"}
PASSWORD = "a walnut in the harbour"


def link_in(message: Message) -> str:
    found = re.search(r"https?://\S+?(/password/\S+)", message.body)
    assert found is not None
    return found[1]


def last_mail() -> Message:
    found = Message.objects.order_by("-pk").first()
    assert found is not None
    return found


class TestInviting:
    def test_sends_a_link_that_works_once(self, clients):
        """Piet gets a mail without a password in it, chooses one, is signed in, and the link is over."""
        sent = clients["acorn-manager"].post("/portal/people", NEW)
        mail, piet = last_mail(), Client()
        place = link_in(mail)
        taken = piet.post(place, {"password": PASSWORD})
        again = Client().get(place)

        assert (303, "piet@acorn.example") == (sent.status_code, mail.to)
        assert (303, 200) == (taken.status_code, piet.get("/portal/").status_code)
        assert 410 == again.status_code
        found = User.objects.select_related("customer").get(email="piet@acorn.example")
        assert found.customer is not None
        assert ("member", "acorn-legal") == (found.customer_role, found.customer.slug)

    def test_keeps_only_a_digest(self, clients):
        """Whoever reads the rows of links cannot use one."""
        clients["acorn-manager"].post("/portal/people", NEW)
        token = link_in(last_mail()).rpartition("/")[2]

        assert token not in {link.digest for link in SignInLink.objects.all()}

    def test_lets_nobody_in_before(self, clients):
        """An invited person has no password that could be tried."""
        clients["acorn-manager"].post("/portal/people", NEW)

        assert 422 == Client().post("/sign-in", {"name": "piet@acorn.example", "password": ""}).status_code

    def test_ends_after_a_week(self, clients, monkeypatch):
        """A link that lay around for longer leads nowhere."""
        clients["acorn-manager"].post("/portal/people", NEW)
        for module in (addresses, asking):
            monkeypatch.setattr(module, "now_us", lambda: (cast.NOW + DAY * 8).micros)

        assert 410 == Client().get(link_in(last_mail())).status_code

    def test_says_what_is_wrong(self, clients):
        """An address that somebody has, and a role that there is not."""
        taken = clients["acorn-manager"].post("/portal/people", {**NEW, "email": "acorn.reader@example.org"})
        wrong = clients["acorn-manager"].post("/portal/people", {**NEW, "role": "king"})

        assert [422, 422] == [taken.status_code, wrong.status_code]
        assert "somebody signs in" in plain(read(taken)).lower()
        assert "king" in plain(read(wrong))


class TestChanging:
    def test_a_role_counts_at_once(self, clients, lived):
        """A reader who is made a member may act with the next click."""
        reader = lived.people["acorn-reader"]
        before = clients["acorn-reader"].post("/portal/duties").status_code
        clients["acorn-manager"].post("/portal/people/role", {"person": reader.pk, "role": "member"})

        assert (403, True) == (before, clients["acorn-reader"].post("/portal/duties").status_code != 403)

    def test_access_is_closed_and_opened(self, clients, lived):
        """Closed at once, also where the person is signed in; opened again, the same password holds."""
        member = lived.people["acorn-member"]
        clients["acorn-manager"].post("/portal/people/close", {"person": member.pk})
        closed = clients["acorn-member"].get("/portal/").status_code
        clients["acorn-manager"].post("/portal/people/open", {"person": member.pk})

        assert (302, 303) == (
            closed, Client().post("/sign-in", {"name": member.email, "password": cast.PASSWORD}).status_code,
        )  # fmt: skip

    @pytest.mark.parametrize("deed", ["role", "close", "open", "invite"])
    def test_reaches_nobody_of_others(self, clients, lived, deed):
        """Another customer's person is nobody here, as is oneself."""
        kettle, own = lived.people["kettle-reader"], lived.people["acorn-manager"]
        for person in (kettle, own):
            told = clients["acorn-manager"].post(f"/portal/people/{deed}", {"person": person.pk, "role": "manager"})
            person.refresh_from_db()

            assert (404, True) == (told.status_code, person.is_active)
        assert "reader" == kettle.customer_role

    def test_somebody_stays_who_names_the_others(self, lived, db):
        """The only manager cannot be made less."""
        from upheld.apps.parties.services import LastManager

        lena, own = lived.people["lena"], lived.people["acorn-manager"]
        change_customer_role(user=lena, customer_role="reader")

        with pytest.raises(LastManager, match="only manager"):
            change_customer_role(user=own, customer_role="member")


class TestAForgottenPassword:
    def ask(self, name: str):
        return Client().post("/forgotten", {"name": name})

    def test_is_replaced_by_a_link(self, clients):
        """The old password is over when the new one is taken, and whoever was signed in is signed out."""
        self.ask("Acorn.Member@example.org")
        Client().post(link_in(last_mail()), {"password": PASSWORD})
        old, new = (
            Client().post("/sign-in", {"name": "acorn.member@example.org", "password": password}).status_code
            for password in (cast.PASSWORD, PASSWORD)
        )

        assert (422, 303, 302) == (old, new, clients["acorn-member"].get("/portal/").status_code)

    def test_says_the_same_of_whoever_is_not_there(self, clients):
        """Nobody learns who signs in; and nobody who is not there gets mail."""
        count = Message.objects.count()
        known, unknown = self.ask("acorn.reader@example.org"), self.ask("nobody@example.org")

        assert plain(read(known)) == plain(read(unknown))
        assert count + 1 == Message.objects.count()

    def test_a_too_easy_one_leaves_the_link_good(self, clients):
        """One tries again with the same link."""
        self.ask("acorn.member@example.org")
        place = link_in(last_mail())
        easy = Client().post(place, {"password": "short"})

        assert (422, 200) == (easy.status_code, Client().get(place).status_code)

    def test_a_newer_link_ends_the_earlier(self, clients):
        """Of two mails the last one counts."""
        self.ask("acorn.member@example.org")
        first = link_in(last_mail())
        self.ask("acorn.member@example.org")

        assert [410, 200] == [Client().get(first).status_code, Client().get(link_in(last_mail())).status_code]

    def test_fills_nobodys_letter_box(self, clients):
        """Three mails an hour for a person; asked for more, the page says the same and nothing is sent."""
        count = Message.objects.count()
        statuses = [self.ask("acorn.member@example.org").status_code for _ in range(5)]

        assert [200] * 5 == statuses
        assert count + 3 == Message.objects.count()

    def test_too_many_from_one_place_are_refused(self, clients):
        """Whoever asks for many people's links is stopped."""
        statuses = [self.ask(f"person-{number}@example.org").status_code for number in range(11)]

        assert [200] * 10 + [429] == statuses

    def test_lasts_an_hour(self):
        """No longer than a mail takes."""
        assert "1 hour" == f"{PASSWORD_LINK_LASTS.micros // 3_600_000_000} hour"
