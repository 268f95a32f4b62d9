"""The doors: signing in and out, too many tries, where one is led, light and dark."""

import pytest
from django.test import Client

from tests.interfaces import cast
from upheld.core.timeline import MINUTE
from upheld.doors import asking

pytestmark = pytest.mark.django_db


def try_in(client=None, name="tom@example.org", password=cast.PASSWORD, **more):
    return (client or Client()).post("/sign-in", {"name": name, "password": password, **more})


@pytest.fixture(autouse=True)
def people(lived):
    return lived.people


class TestSigningIn:
    def test_leads_to_what_was_asked_for(self):
        """The door kept it."""
        answer = try_in(next="/outages/O-3")

        assert (303, "/outages/O-3") == (answer.status_code, answer["Location"])

    @pytest.mark.parametrize(
        "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "now"]
    )
    def test_leads_nowhere_else(self, elsewhere):
        """Only to an address of ours, whatever the form says."""
        assert "/" == try_in(next=elsewhere)["Location"]

    def test_takes_the_address_in_any_case(self):
        """People type as they like."""
        assert 303 == try_in(name="Tom@Example.org").status_code

    @pytest.mark.parametrize(("name", "password"), [("tom@example.org", "wrong"), ("nobody@example.org", cast.PASSWORD)])
    def test_says_the_same_for_whatever_is_wrong(self, name, password):
        """Nobody learns from it who may sign in."""
        answer = try_in(name=name, password=password)

        assert 422 == answer.status_code
        assert "No person with this address and password" in answer.content.decode()

    def test_keeps_what_was_typed_but_not_the_password(self):
        """One corrects what was wrong."""
        page = try_in(password="a wrong one").content.decode()

        assert 'value="tom@example.org"' in page
        assert "a wrong one" not in page

    def test_refuses_who_left(self):
        """Access that was closed stays closed, with the right password."""
        assert 422 == try_in(name="otto@example.org").status_code

    def test_begins_a_session_of_its_own(self):
        """A session that somebody else prepared is not the one that is signed in."""
        client = Client()
        client.get("/sign-in")
        client.session["planted"] = True
        before = client.session.session_key

        try_in(client)

        assert before != client.session.session_key

    def test_says_what_is_behind_the_door(self):
        """In words of the address alone."""
        page = Client().get("/sign-in?next=/statements/acorn-legal/teamplify/2026-07").content.decode()

        assert "Sign in to see the statement of 2026-07 (teamplify for acorn-legal)" in page

    def test_of_who_is_in_goes_on(self, tom):
        """No second door."""
        assert "/outages" == tom.get("/sign-in?next=/outages")["Location"]


class TestTooManyTries:
    def test_are_stopped_for_a_minute(self, monkeypatch):
        """The sixth within a minute is not looked at, though its password is right; a minute later it is."""
        for _ in range(5):
            try_in(password="wrong")

        assert 429 == try_in().status_code
        monkeypatch.setattr(asking, "now_us", lambda: (cast.NOW + MINUTE).micros)
        assert 303 == try_in().status_code

    def test_for_one_person_keep_nobody_else_out(self):
        """Somebody at the same address who knows the password comes in."""
        for _ in range(5):
            try_in(password="wrong")

        assert 303 == try_in(name="mara@example.org").status_code

    def test_from_one_address_for_many_people_are_stopped(self):
        """One password for a hundred names is as many tries."""
        for number in range(20):
            try_in(name=f"nobody-{number}@example.org")

        assert 429 == try_in().status_code

    def test_from_many_addresses_for_one_person_are_stopped(self):
        """Thirty machines do not try more than thirty times."""
        for number in range(30):
            try_in(Client(REMOTE_ADDR=f"192.0.2.{number}"), password="wrong")

        assert 429 == try_in(Client(REMOTE_ADDR="198.51.100.1")).status_code

    def test_are_forgotten_when_one_was_right(self):
        """Four slips, then the right one: the count begins anew."""
        for _ in range(4):
            try_in(password="wrong")
        try_in()
        for _ in range(4):
            try_in(password="wrong")

        assert 303 == try_in().status_code

    def test_behind_a_proxy_are_counted_by_who_asked_the_proxy(self, settings):
        """What the proxy adds last is believed, what the asker wrote before it is not."""
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        for number in range(20):
            client = Client(headers={"x-forwarded-for": f"10.9.8.{number}, 203.0.113.5"})
            try_in(client, name=f"nobody-{number}@example.org")

        assert 429 == try_in(Client(headers={"x-forwarded-for": "10.1.1.1, 203.0.113.5"})).status_code
        assert 303 == try_in(Client(headers={"x-forwarded-for": "203.0.113.6"})).status_code


class TestSigningOut:
    def test_ends_the_session(self, tom):
        """The door is shut again."""
        answer = tom.post("/sign-out")

        assert (303, "/status/") == (answer.status_code, answer["Location"])
        assert 302 == tom.get("/now").status_code

    def test_is_no_link(self, tom):
        """A picture in a mail signs nobody out."""
        assert 405 == tom.get("/sign-out").status_code
        assert 200 == tom.get("/now").status_code


class TestTheme:
    def test_is_kept_and_written_by_the_server(self, tom):
        """A cookie, so that nothing flashes."""
        answer = tom.post("/theme", {"theme": "dark", "next": "/facts"})

        assert (303, "/facts", "dark") == (answer.status_code, answer["Location"], answer.cookies["theme"].value)
        assert '<html lang="en-GB" data-theme="dark">' in tom.get("/now").content.decode()

    def test_goes_back_to_the_systems(self, tom):
        """Choosing neither takes the cookie away."""
        tom.post("/theme", {"theme": "dark"})
        tom.post("/theme", {"theme": "system"})

        assert "data-theme" not in tom.get("/now").content.decode()

    def test_leads_nobody_away(self, tom):
        """Back to a page of ours, or to the first."""
        assert "/now" == tom.post("/theme", {"theme": "dark", "next": "//evil.example"})["Location"]

    def test_of_nonsense_writes_nothing_into_the_page(self, tom):
        """Only the two words are written."""
        tom.cookies["theme"] = '"><script>'

        assert "data-theme" not in tom.get("/now").content.decode()


class TestZone:
    def test_tells_times_in_the_readers_zone_too(self, tom):
        """In parentheses, after the zone of the agreement; without a script, in one zone alone."""
        alone = tom.get("/now").content.decode()
        tom.cookies["zone"] = "Asia/Kathmandu"

        assert ("Kathmandu)" in alone, "Kathmandu)" in tom.get("/now").content.decode()) == (False, True)

    @pytest.mark.parametrize("name", ["Etc/UTC", "../zones", "Europe/Nowhere", "fixed UTC+99:99", "x" * 4000, '"><script>'])
    def test_of_the_same_clock_or_of_nonsense_adds_nothing(self, tom, name):
        """Only a zone of the tables is looked up, and only one that reads otherwise is written."""
        told = tom.get("/services").content.decode()
        tom.cookies["zone"] = name

        assert told.count("<time") == tom.get("/services").content.decode().count("<time")
        assert ")</time>" not in tom.get("/services").content.decode()


def test_a_door_sets_no_cookie_but_its_own(db):
    """Before anybody signs in there is the mark of the form, and nothing else."""
    assert ["csrftoken"] == list(Client().get("/sign-in").cookies)
