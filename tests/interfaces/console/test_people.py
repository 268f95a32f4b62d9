"""Who may sign in, and who is told of outages: what an administrator changes."""

import json

import pytest

from tests.interfaces import cast
from tests.interfaces.console.conftest import sign_in
from tests.interfaces.console.reading import fields_of, heading, plain, problems_on, read
from upheld.apps.oncall.models import Message
from upheld.apps.oncall.queries import list_recipients
from upheld.apps.oncall.services import write_message
from upheld.apps.parties.models import User

pytestmark = pytest.mark.django_db

NEW = {"person": "Ines Duarte", "email": "ines@example.org", "role": "staff", "customer": "", "password": cast.PASSWORD}


class TestPeople:
    def test_are_added_by_an_administrator(self, mara):
        """And may sign in."""
        assert 303 == mara.post("/people", NEW).status_code
        assert "staff" == User.objects.get(email="ines@example.org").role

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"role": "king"}, "role"),
            ({"role": "customer"}, "customer"),
            ({"customer": "acorn-legal"}, "customer"),
            ({"email": "tom@example.org"}, "email"),
            ({"email": "tom"}, "email"),
            ({"person": ""}, "person"),
            ({"password": "short"}, "password"),
        ],
    )
    def test_who_do_not_fit_are_said_at_the_field(self, change, field, mara):
        """And nobody is added."""
        answer = mara.post("/people", {**NEW, **change})

        assert (422, f"#f-{field}") == (answer.status_code, problems_on(answer)[0][0])
        assert 4 == User.objects.count()

    def test_without_a_password_are_counted(self, mara, lived):
        """Who has not set a password yet may sign in only once they have: the heading says how many."""
        tom = User.objects.get(pk=lived.people["tom"].pk)
        tom.set_unusable_password()
        tom.save()

        assert heading(mara.get("/people")).endswith("may sign in, 1 of them has not set a password yet")

    def test_lose_access_at_once(self, mara, lived):
        """Their session opens nothing any more."""
        tom = sign_in(lived.people["tom"])
        assert 200 == tom.get("/now").status_code

        mara.post("/people/close", {"person": str(lived.people["tom"].pk)})

        assert 302 == tom.get("/now").status_code

    def test_do_not_close_their_own_door(self, mara, lived):
        """The last administrator stays."""
        assert 400 == mara.post("/people/close", {"person": str(lived.people["mara"].pk)}).status_code


class TestSettings:
    def test_say_who_is_told_of_outages(self, mara):
        """Added, listed, and taken away again."""
        mara.post("/settings", {"kind": "mail", "address": "night@example.org"})
        listed = mara.get("/settings")
        mara.post("/settings/remove", fields_of(listed, "/settings/remove"))

        assert "1 address is told" == heading(listed)
        assert list_recipients() == []

    @pytest.mark.parametrize(
        ("chosen", "shown", "count"),
        [
            ("outages", "Outages", 2),
            ("tickets", "Tickets: opened, answered, resolved", 6),
            ("all", "All of it", 34),
            ("agreed", "Prices, times, claims and credits; statements, invoices and payments", 18),
            ("works", "Planned work, and what customers were told of", 6),
        ],
    )
    def test_say_of_what_an_address_is_told(self, mara, chosen, shown, count):
        """As it was chosen; chosen anew, the last word holds."""
        mara.post("/settings", {"kind": "mail", "address": "night@example.org", "events": "clocks"})
        mara.post("/settings", {"kind": "mail", "address": "night@example.org", "events": chosen})

        assert shown in mara.get("/settings").content.decode()
        assert [count] == [len(row.events) for row in list_recipients()]

    def test_try_an_address(self, mara):
        """A webhook gets an event of its own type, signed as any; nobody else is told."""
        for address in ("https://one.example/hook", "https://two.example/hook"):
            mara.post("/settings", {"kind": "webhook", "address": address, "events": "clocks"})

        mara.post("/settings/trial", {"recipient": str(list_recipients()[0].pk)})

        [message] = Message.objects.filter(key__startswith="test:")
        assert ("webhook", "https://one.example/hook", "test") == (message.kind, message.to, message.subject)
        assert ["type", "timestamp", "data"] == list(json.loads(message.body))

    @pytest.mark.parametrize(("deed", "is_due", "is_dropped"), [("again", True, False), ("let-go", False, True)])
    def test_show_what_nobody_took_and_send_it_again(self, mara, tom, deed, is_due, is_dropped):
        """With the reason; a person sends it again under its key, or lets it go. Once: then it is on its way."""
        write_message(kind="webhook", to="https://one.example/hook", subject="claim.filed", body="{}", key="k", at=cast.NOW)
        hook = Message.objects.filter(key="k")
        hook.update(due_at=None, attempts=10, last_error="it answered 500")
        sent = {"message": str(hook.get().pk), "deed": deed}

        seen = plain(read(tom.get("/settings")))
        answers = [mara.post("/settings/untold", sent).status_code for _ in range(2)]

        message = hook.get()
        assert "claim.filedhttps://one.example/hookit answered 500" in seen
        assert [303, 400] == answers
        assert ("k", is_due, is_dropped) == (message.key, message.due_at is not None, message.dropped_at is not None)

    def test_refuse_what_cannot_be_reached(self, mara):
        """At its field."""
        answer = mara.post("/settings", {"kind": "webhook", "address": "ftp://example.org"})

        assert (422, "#f-address") == (answer.status_code, problems_on(answer)[0][0])
