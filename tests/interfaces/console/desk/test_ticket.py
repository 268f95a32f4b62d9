"""The page of a ticket: what was said, what runs and why, when to telephone, who else is there."""

import pytest

from tests.apps.desk import ground
from tests.interfaces.console.conftest import sign_in
from tests.interfaces.console.desk.conftest import LAID_OUT, NOW, OPENED, said
from tests.interfaces.console.reading import heading, read
from upheld.apps.desk import services
from upheld.apps.desk.models import Inbound
from upheld.core.timeline import MINUTE, SECOND

pytestmark = pytest.mark.django_db


class TestTicket:
    def test_says_what_runs_and_until_when(self, tom):
        """The clock with what is left, its due instant in the agreement's zone, its calendar, used of allowed, and a why."""
        shown = said(tom.get("/desk/T-1"))

        assert "Respond6 min left" in shown
        assert "due Mon 16 Jun 10:15 London, round the clock" in shown
        assert "9 min used of 15 min, since 10:00 London" in shown
        assert "urgent, set by the customer" in shown

    def test_says_when_to_telephone(self, tom):
        """Closed until the time is out, with the number and the clauses; a second after it, open."""
        assert "Telephone: closed until 10:15 London" in said(tom.get("/desk/T-1"))
        assert "+44 (0)20 3588 2200" in said(tom.get("/desk/T-1"))
        assert "one may call after 10:15 London, and not at it." in said(tom.get("/desk/T-1"))

    def test_says_what_must_be_known_first(self, tom, desk):
        """A ticket without a priority has a clock of which nobody can say when it is due: it is not settled."""
        unset = ground.open_one(desk.agreement, OPENED, subject="No wish at all")
        shown = said(tom.get(f"/desk/{unset.name}"))

        assert "RespondNeeds a priority, since 10:00 London" in shown
        assert "Settled" not in shown
        assert f"needs a priority: {unset.name} No wish at all" in said(tom.get("/desk/T-1"))

    def test_says_long_times_in_hours(self, tom, monkeypatch):
        """What is used beyond an hour is said in hours and minutes."""
        for module in ("addresses", "asking"):
            monkeypatch.setattr(f"upheld.doors.{module}.now_us", lambda: (OPENED + MINUTE * 303 + SECOND * 30).micros)

        assert "5 h 3 min used of 15 min" in said(tom.get("/desk/T-1"))

    def test_is_the_same_from_another_instant(self, tom, desk, monkeypatch):
        """Who looks from then sees what was known then, and can change nothing."""
        ground.answer(desk.urgent, NOW)
        past = tom.get("/desk/T-1?as_of=2025-06-16T09:05Z")

        assert "We look into it." not in said(past)
        assert "We look into it." in said(tom.get("/desk/T-1"))
        assert "Respond10 min left" in said(past)
        assert "Go back to now to answer" in said(past)
        assert "/do/" not in past.content.decode()

    def test_was_not_there_before_it_came(self, tom):
        """A ticket of nine o'clock is nowhere at a minute to nine."""
        assert 404 == tom.get("/desk/T-1?as_of=2025-06-16T08:59Z").status_code

    def test_shows_markup_as_it_was_written(self, tom):
        """What a customer wrote is text, line by line."""
        page = tom.get("/desk/T-1").content.decode()

        assert "Two customers &lt;b&gt;rang&lt;/b&gt; us." in page
        assert "Since half past three.<br>" in page

    def test_shows_a_mail_as_it_was_laid_out(self, tom):
        """By itself, where nothing runs and nothing is fetched; what came as plain text has no such page."""
        ways = [link.attributes["href"] for link in read(tom.get("/desk/T-4")).find("a")]
        page = tom.get("/files/T-4/1/layout")

        assert "/files/T-4/1/layout" in ways
        assert LAID_OUT in page.content.decode()
        assert "default-src 'none'; sandbox" == page["Content-Security-Policy"]
        assert 404 == tom.get("/files/T-1/1/layout").status_code

    def test_shows_what_is_doubtful_of_a_mail_and_the_mail_itself(self, tom, desk):
        """Beside the message, in a sentence; the mail is saved as it came, and no other message has one."""
        raw = b"Subject: x\n\n-----BEGIN PGP MESSAGE-----"
        kept = Inbound.objects.create(digest="1", channel="email", raw=raw, received_at=OPENED.utc())
        desk.held.messages.filter(number=1).update(inbound=kept, doubts=["it is encrypted; <b>nothing</b> was read"])
        page, mail = tom.get("/desk/T-4"), tom.get("/files/T-4/1/original")

        assert "Note: It is encrypted; <b>nothing</b> was read." in said(page)
        assert (raw, "application/octet-stream") == (mail.content, mail["Content-Type"])
        assert 'attachment; filename="T-4-m1.eml"' == mail["Content-Disposition"].partition("; filename*")[0]
        assert [404, False] == [tom.get("/files/T-1/1/original").status_code, "as it came" in said(tom.get("/desk/T-1"))]
        assert 404 == sign_in(desk.people["lena"]).get("/files/T-4/1/original").status_code

    def test_each_message_leads_to_its_fact(self, tom, desk):
        """What is on record is one step away, and says the same."""
        page = read(tom.get("/desk/T-1"))
        links = [link.attributes["href"] for link in page.find("a") if link.attributes["href"].startswith("/facts/")]

        assert links
        assert all(200 == tom.get(link).status_code for link in links)

    def test_names_what_else_is_open(self, tom):
        """The customer's other open tickets, with what is due on them; not those that are over."""
        shown = said(tom.get("/desk/T-1"))

        assert "Also open7 h 51 min left in the hours of uk-working: T-2 Colours of the basket" in shown
        assert "A word of thanks" not in shown

    def test_a_held_one_says_why_and_asks_whose_it_is(self, tom):
        """No clock, no priority, no telephone; its sender has no authority."""
        shown = said(tom.get("/desk/T-4"))

        assert "This ticket is held. No contact has this address. Nothing is recorded" in shown
        assert "Send reply to joan@fenland.example" in shown
        assert "Ask the customer a question" not in shown
        assert "Send reply to the customer" in said(tom.get("/desk/T-1"))
        assert "an unverified sender has no authority" in shown
        assert "Say whose it is…" in shown
        assert "Telephone" not in shown

    def test_reasons_are_the_cores(self, tom):
        """The address of a run's reasons says its due instant and clauses; another run has none."""
        answer = tom.get("/desk/T-1/clocks/respond/1")

        assert "T-1 Checkout times out: respond." in said(answer)
        assert 404 == tom.get("/desk/T-1/clocks/respond/7").status_code
        assert 404 == tom.get("/desk/T-4/clocks/respond/1").status_code

    def test_its_twin_has_the_same_figures(self, tom):
        """What the page shows is what the JSON holds, exact."""
        twin = tom.get("/desk/T-1.json").json()

        assert ["respond", 9 * 60 * 10**6, 15 * 60 * 10**6] == [
            twin["clocks"][0]["clock"], twin["clocks"][0]["used"]["micros"], twin["clocks"][0]["allowed"]["micros"]
        ]  # fmt: skip

    def test_an_overdue_one_is_told_without_colour(self, tom, desk, monkeypatch):
        """Queue, navigation and ticket say it in words, with an icon."""
        for module in ("addresses", "asking"):
            monkeypatch.setattr(f"upheld.doors.{module}.now_us", lambda: (OPENED + MINUTE * 20).micros)

        queue, ticket = tom.get("/desk"), said(tom.get("/desk/T-1"))

        assert "1 ticket is over the promised time" == heading(queue)
        assert "5 min over" in said(queue)
        assert "1 over the promised time" in said(queue)
        assert "Over was due Mon 16 Jun 10:15 London" in ticket
        assert "Telephone: open" in ticket
        assert "Nobody has answered, and the time ran out 10:15 London." in ticket


class TestOthers:
    def test_are_seen_with_what_they_do(self, tom, mara, desk):
        """Mara looks, then writes: Tom's page says so; she does not see herself."""
        mara.get("/desk/T-1")
        assert "Mara Ellis looks at this ticket too." in said(tom.get("/desk/T-1"))
        mara.get("/desk/T-1/others?writes=1")

        part = tom.get("/desk/T-1/others").content.decode()

        assert "Mara Ellis writes here." in part.replace("\u00a0", " ")
        assert "Mara" not in mara.get("/desk/T-1/others").content.decode()

    def test_have_gone_after_two_minutes(self, tom, desk):
        """Who was not heard of is not there."""
        services.show_presence(ticket=desk.urgent, user=desk.people["mara"], at=NOW.before(MINUTE * 2 + SECOND))

        assert "Mara" not in tom.get("/desk/T-1/others").content.decode()


class TestFiles:
    def test_are_saved_and_never_opened(self, tom):
        """Whatever a file says it is, a browser saves it, guesses nothing about it and lets it do nothing."""
        answer = tom.get("/files/T-1/1/1")

        assert b"<script>x</script>" == answer.content
        assert "application/octet-stream" == answer["Content-Type"]
        assert "attachment; filename=\"trace _.html\"; filename*=UTF-8''trace%20%C3%A9.html" == answer["Content-Disposition"]
        assert ("nosniff", "default-src 'none'; sandbox") == (
            answer["X-Content-Type-Options"], answer["Content-Security-Policy"]
        )  # fmt: skip

    @pytest.mark.parametrize("place", ["/files/T-1/1/2", "/files/T-1/2/1", "/files/T-9/1/1", "/files/x/1/1"])
    def test_that_are_not_there(self, tom, place):
        """No file, no page; and none through another ticket's name."""
        assert 404 == tom.get(place).status_code

    def test_are_for_staff(self, desk):
        """A customer's person finds nothing at the address, their own file or not."""
        assert 404 == sign_in(desk.people["lena"]).get("/files/T-1/1/1").status_code
