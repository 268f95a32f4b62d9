"""What the portal shows besides tickets: plans, reviews, prepaid time, appointments, and the link with a chat."""

import re

import pytest

from tests.apps.desk import ground
from tests.interfaces import cast
from tests.interfaces.console.reading import heading, plain, read
from tests.interfaces.portal.test_agreed import section, sign_for_acorn
from upheld.apps.desk import services
from upheld.apps.desk.models import Chat, ChatCode
from upheld.apps.desk.services import link_chat
from upheld.core.facts import PlanSignedOff
from upheld.core.timeline import DAY, HOUR, MINUTE

pytestmark = pytest.mark.django_db


class TestPlan:
    @pytest.fixture
    def begun(self, lived, monkeypatch):
        agreement = sign_for_acorn(monkeypatch, "flosum", deployment="hosted", region="Germany")
        services.start_plan(agreement=agreement, plan="hosted-implementation", by="person-2", at=cast.NOW.before(HOUR))
        return {"agreement": agreement.key, "plan": "hosted-implementation"}, agreement

    def test_is_signed_off_by_the_customer(self, clients, lived, begun):
        """A member's word ends it, in their name; what is not open to this customer is not shown."""
        sent, agreement = begun
        before = clients["acorn-member"].get("/portal/plans")
        clients["acorn-member"].post("/portal/plans", sent)
        after = clients["acorn-reader"].get("/portal/plans")

        [fact] = ground.recorded(agreement, PlanSignedOff)
        assert ("1 plan is under way", "No plan is under way") == (heading(before), heading(after))
        assert "It is finished: sign it off" in section(before, agreement.key)
        assert "Customer hosted implementation" not in section(before, agreement.key)
        assert f"person-{lived.people['acorn-member'].pk}" == fact.by
        assert "Said to be finished by Acorn member" in section(after, agreement.key)

    def test_is_not_offered_to_readers_and_not_there_for_others(self, clients, begun):
        sent, agreement = begun

        assert "sign it off" not in plain(read(clients["acorn-reader"].get("/portal/plans")))
        refused = [clients[who].post("/portal/plans", sent).status_code for who in ("acorn-reader", "kettle-member")]
        assert [403, 404] == refused
        assert [] == ground.recorded(agreement, PlanSignedOff)

    def test_of_another_name_is_not_there(self, clients, begun):
        assert 404 == clients["acorn-member"].post("/portal/plans", {**begun[0], "plan": "golf"}).status_code


class TestReview:
    def test_shows_what_was_written_for_the_customer(self, clients, lived):
        """What is ours alone stays ours: neither in the list nor at its address."""
        private = services.hold_review(
            agreement=lived.agreements["acorn"], summary="A word among us", by="person-2", at=cast.NOW.before(HOUR)
        )
        listed = clients["acorn-reader"].get("/portal/reviews")
        shown = clients["acorn-reader"].get(f"/portal/reviews/{lived.review.name}")

        assert ("1 review", False) == (heading(listed), "A word among us" in plain(read(listed)))
        assert "The disk was full" in section(shown, "learnt")
        assert "Watch the disks" in section(shown, "actions")
        assert 404 == clients["acorn-reader"].get(f"/portal/reviews/{private.name}").status_code


class TestPrepaid:
    def test_says_what_is_left(self, clients, lived, monkeypatch):
        agreement = sign_for_acorn(monkeypatch, "code-enigma")
        at = cast.NOW.before(HOUR)
        services.buy_time(
            agreement=agreement, charge="time-and-materials", lasted=HOUR * 5, reference="2026-114", by="person-2", at=at
        )
        ticket = ground.open_one(agreement, at)
        done = services.Done("time-and-materials", at, MINUTE * 5)
        services.log_work(ticket=ticket, done=done, by="person-2", at=cast.NOW)

        shown = section(clients["acorn-reader"].get("/portal/prepaid"), "acorn-code-enigma-time-and-materials")
        foreign = plain(read(clients["kettle-reader"].get("/portal/prepaid")))

        assert "4 h left" in shown.replace("\u00a0", " ")
        assert f"for {ticket.name}" in shown
        assert "You bought no time ahead." in foreign


class TestAppointments:
    @pytest.fixture
    def proposed(self, lived):
        return services.propose_appointment(
            ticket=lived.tickets["acorn"], from_at=cast.NOW + DAY, to_at=cast.NOW + DAY + HOUR, side="provider",
            by="person-2", at=cast.NOW, words="Move the server",
        )  # fmt: skip

    def test_say_which_wait_for_the_customer(self, clients, proposed):
        page, foreign = (clients[who].get("/portal/appointments") for who in ("acorn-reader", "kettle-reader"))

        assert ("1 time waits for your answer", "No appointment is ahead") == (heading(page), heading(foreign))
        assert "Move the server" in section(page, "proposed")

    def test_are_a_calendar_for_a_programme(self, clients, proposed):
        """The address needs no session, holds this customer's appointments alone, and is not the one of planned work."""
        page = plain(read(clients["acorn-member"].get("/portal/appointments")))
        [path] = re.findall(r"/portal/appointments/person-\d+-[0-9a-f]+\.ics", page)[:1]
        text = clients["nobody"].get(path).content.decode()

        assert ("STATUS:TENTATIVE" in text, f"UID:{proposed.name}@" in text) == (True, True)
        assert 404 == clients["nobody"].get(path.replace("appointments", "calendar")).status_code
        assert 404 == clients["nobody"].get(path.replace(".ics", "0.ics")).status_code


class TestTelegram:
    @pytest.fixture
    def bot(self, settings):
        settings.UPHELD_TELEGRAM_TOKEN = "123:abc"

    def test_code_links_a_chat_in_the_readers_name(self, clients, lived, bot):
        """It is shown once, on the answer itself; what is linked can be ended again."""
        shown = section(clients["acorn-member"].post("/portal/telegram"), "code")
        [code] = re.findall(r"/start ([A-Z2-9]{12})", shown)
        linked = link_chat(number=7, code=code, at=cast.NOW + MINUTE)
        page = clients["acorn-member"].get("/portal/telegram")
        clients["acorn-member"].post("/portal/telegram", {"deed": "unlink"})

        assert linked is not None
        assert (lived.people["acorn-member"], "1 chat writes in your name") == (linked.user, heading(page))
        assert (0, 0) == (Chat.objects.count(), ChatCode.objects.count())

    def test_readers_get_no_code(self, clients, bot):
        assert 403 == clients["acorn-reader"].post("/portal/telegram").status_code
        assert 0 == ChatCode.objects.count()

    def test_without_a_bot_says_so(self, clients, settings):
        settings.UPHELD_TELEGRAM_TOKEN = ""
        page, refused = clients["acorn-member"].get("/portal/telegram"), clients["acorn-member"].post("/portal/telegram")

        assert "No bot is set up here." in section(page, "link")
        assert (False, 0) == (refused.status_code == 303, ChatCode.objects.count())
