"""The desk for programs: tickets found, opened, answered; a customer's programs see and do what is the customer's."""

import base64
import hashlib

import pytest

from tests.interfaces.api.ground import NOW
from upheld.apps.desk import queries, services
from upheld.apps.desk.models import Message, Ticket
from upheld.apps.parties import services as parties
from upheld.apps.parties.models import User
from upheld.core.timeline import MINUTE

TICKETS = "/api/v1/agreements/acorn-harbour/tickets"
ONE = "/api/v1/tickets/T-1"
REPORT = {"subject": "The till is slow", "text": "Since noon.", "topic": "fault", "wish": "high"}


def names(answer):
    return [one["ticket"] for one in answer.json()]


def as_reader(cast):
    """A token of somebody of Acorn's who may look, and not act for them."""
    person = cast.people["acorn"]
    colleague = parties.add_user(
        email="looks@example.org", name="Looks", role="customer", password="walnut-harbour-42", at=NOW,
        customer=person.customer, customer_role="reader",
    )  # fmt: skip
    _, cast.tokens["reader"] = parties.add_token(user=colleague, name="test", at=NOW)
    return "reader"


class TestQueue:
    def test_what_is_due_soonest_stands_first_and_held_ones_before(self, cast):
        """As the console shows it; the next ones are asked by how many were seen."""
        first, rest = cast.get("/api/v1/tickets", limit=2), cast.get("/api/v1/tickets", limit=2, after=2)

        assert (["T-5", "T-6"], 2) == (names(first), len(set(names(rest)) - set(names(first))))

    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            ({"customer": "acorn", "held": True}, ["T-5"]),
            ({"words": "shop down", "agreement": "birch-harbour"}, ["T-2"]),
            ({"words": "T-3"}, ["T-3"]),
            ({"state": "resolved"}, []),
            ({"assignee": "nobody", "customer": "acorn", "held": True}, ["T-5"]),
            ({"assignee": "unheard@example.org"}, []),
            ({"words": "unheard"}, []),
        ],
    )
    def test_is_chosen_from(self, cast, asked, expected):
        assert expected == names(cast.get("/api/v1/tickets", **asked))

    def test_of_a_customer_is_theirs(self, cast):
        """Whatever they ask for; and what is the provider's alone is not asked by it."""
        asked = [{}, {"words": "shop"}, {"agreement": "birch-harbour"}, {"customer": "birch"}, {"words": "T-2"}]

        found = [sorted(names(cast.get("/api/v1/tickets", "acorn", **query))) for query in asked]

        assert [["T-1", "T-3", "T-5"], ["T-1"], [], [], []] == found
        assert [422, 422] == [
            cast.get("/api/v1/tickets", "acorn", **query).status_code
            for query in ({"tag": "disk"}, {"assignee": "staff@example.org"})
        ]

    def test_notes_are_not_found_by_customers(self, cast):
        """A word that only staff wrote for themselves finds nothing for them."""
        cast.post(f"{ONE}/notes", {"text": "a curmudgeon"})

        assert (["T-1"], []) == tuple(
            names(cast.get("/api/v1/tickets", member, words="curmudgeon")) for member in ("staff", "acorn")
        )


class TestOneTicket:
    def test_tells_its_clocks_with_their_reasons(self, cast):
        """What runs, how much is used, by which clause: as the core says it now."""
        [run] = cast.get(ONE).json()["clocks"]

        assert ("respond", "paused", "business", "2026-03-11T11:00:00.000000Z") == (
            run["clock"],
            run["state"],
            run["calendar"],
            run["due_at"],
        )
        assert run["why"]["because"]

    def test_a_customer_sees_no_note_no_tag_and_no_file_of_a_note(self, cast):
        """What is public of it, all of it."""
        cast.post(f"{ONE}/notes", {"text": "a secret", "files": [file("plan.txt", b"1")]}, key="a")
        cast.post(f"{ONE}/tags", {"tags": ["disk"]}, key="b")
        cast.post(f"{ONE}/assignee", {"assignee": "staff@example.org"}, key="c")

        staff, own = cast.get(ONE).json(), cast.get(ONE, "acorn")

        assert ([1, 2], [1]) == tuple([one["number"] for one in told["messages"]] for told in (staff, own.json()))
        assert (["disk"], []) == (staff["tags"], own.json()["tags"])
        assert ("Staff", None) == (own.json()["assignee"], own.json()["assignee_email"])
        assert "secret" not in own.content.decode()
        assert [200, 404] == [cast.get(f"{ONE}/messages/2/files/1", member).status_code for member in ("staff", "acorn")]

    def test_what_is_doubtful_of_a_mail_is_told(self, cast):
        """In the words that stand on the ticket; of what is well, an empty list."""
        cast.post(f"{ONE}/notes", {"text": "a note"}, key="a")
        Message.objects.filter(ticket__number=1, number=1).update(doubts=["the mail is encrypted"])

        assert [["the mail is encrypted"], []] == [one["doubts"] for one in cast.get(ONE).json()["messages"]]

    def test_links_to_tickets_of_others_are_not_told(self, cast):
        """Two customers may have to do with each other; neither hears of it."""
        cast.post(f"{ONE}/links", {"ticket": "T-2"}, key="a")
        cast.post(f"{ONE}/links", {"ticket": "T-3"}, key="b")

        assert (["T-2", "T-3"], ["T-3"]) == tuple(
            [one["ticket"] for one in cast.get(ONE, member).json()["links"]] for member in ("staff", "acorn")
        )


def file(name: str, content: bytes) -> dict[str, str]:
    return {"file_name": name, "media_type": "text/html", "content": base64.b64encode(content).decode()}


class TestOpen:
    def test_by_a_customers_program_it_came_by_the_api_now(self, cast):
        """From them, with their wish beside what staff decide."""
        told = cast.post(TICKETS, REPORT, "acorn").json()

        row = Ticket.objects.get(number=int(told["ticket"][2:]))
        assert ("api", "Acorn", "high", "", str(NOW)) == (
            told["channel"], row.requester and row.requester.name, told["wish"], told["priority"], told["received_at"],
        )  # fmt: skip

    @pytest.mark.parametrize(
        "more",
        [
            {"channel": "email"}, {"received_at": "2026-01-05T09:00Z"}, {"requester": "birch@example.org"},
            {"address": "x@example.org"}, {"by_staff": True},
        ],
    )  # fmt: skip
    def test_a_customer_does_not_say_what_is_the_providers(self, cast, more):
        """Least of all when it was received."""
        answer = cast.post(TICKETS, {**REPORT, **more}, "acorn")

        assert (422, next(iter(more))) == (answer.status_code, answer.json()["misfits"][0]["at"])

    def test_staff_name_whose_report_it_is(self, cast):
        """One of that customer's people and nobody else's."""
        own = cast.post(TICKETS, {**REPORT, "requester": "acorn@example.org"}, key="a")
        other = cast.post(TICKETS, {**REPORT, "requester": "birch@example.org"}, key="b")

        assert (201, 422) == (own.status_code, other.status_code)
        assert "acorn@example.org" == Ticket.objects.values_list("requester__email", flat=True).get(
            number=int(own.json()["ticket"][2:])
        )

    def test_asked_again_under_its_key_it_is_opened_once(self, cast):
        answers = [cast.post(TICKETS, REPORT, "acorn", key="same").json()["ticket"] for _ in range(2)]

        assert answers[0] == answers[1]

    def test_an_onlooker_opens_nothing(self, cast):
        """They may look at what is their company's."""
        reader = as_reader(cast)

        assert (200, 403, 403) == (
            cast.get(ONE, reader).status_code,
            cast.post(TICKETS, REPORT, reader).status_code,
            cast.post(f"{ONE}/messages", {"text": "hello"}, reader).status_code,
        )

    @pytest.mark.parametrize("wrong", [{"topic": "weather"}, {"wish": "huge"}])
    def test_what_the_agreement_does_not_know_is_refused_in_its_words(self, cast, wrong):
        """And says what it knows."""
        answer = cast.post(TICKETS, {**REPORT, **wrong}, "acorn")

        assert (422, "/api/v1/problems#not-this") == (answer.status_code, answer.json()["type"])
        assert "it knows" in answer.json()["detail"]


class TestFiles:
    def test_come_back_as_they_were_and_are_saved_never_shown(self, cast):
        """Whatever type they say they have."""
        page = b"<script>alert(1)</script>"
        told = cast.post(TICKETS, {**REPORT, "files": [file("päge.html", page)]}, "acorn").json()
        [shown] = cast.get(f"/api/v1/tickets/{told['ticket']}", "acorn").json()["messages"][0]["files"]

        answer = cast.get(shown["url"], "acorn")

        assert (page, hashlib.sha256(page).hexdigest()) == (answer.content, shown["digest"])
        assert answer["Content-Disposition"].startswith("attachment;")
        assert ("application/octet-stream", "nosniff") == (answer["Content-Type"], answer["X-Content-Type-Options"])
        assert 404 == cast.get(shown["url"], "birch").status_code

    @pytest.mark.parametrize("content", ["not base64!", "x" * 2_000_001])
    def test_that_cannot_be_kept_are_refused(self, cast, content):
        """With the field that is wrong."""
        sent = {**REPORT, "files": [{"file_name": "a", "content": content}]}

        answer = cast.post(TICKETS, sent)

        assert 422 == answer.status_code
        assert answer.json()["misfits"][0]["at"].startswith("files")

    def test_a_body_larger_than_is_taken_is_refused_in_our_words(self, cast):
        """Not as a fault."""
        answer = cast.post(TICKETS, {**REPORT, "text": "x" * 3_000_000})

        assert (422, True) == (answer.status_code, "bytes; at most" in answer.json()["detail"])


class TestDeeds:
    def test_an_answer_stops_the_clock_and_is_seen(self, cast):
        """By its customer, under the name of who gave it."""
        opened = cast.post(TICKETS, REPORT, "acorn", key="a").json()["ticket"]
        cast.post(f"/api/v1/tickets/{opened}/priority", {"priority": "high"}, key="b")
        cast.post(f"/api/v1/tickets/{opened}/answers", {"text": "We look into it", "says": ["ETA"]}, key="c")

        told = cast.get(f"/api/v1/tickets/{opened}", "acorn").json()

        assert ("stopped", "met", "in-progress", ("Staff", ["ETA"])) == (
            told["clocks"][0]["state"], told["clocks"][0]["verdict"], told["state"],
            (told["messages"][1]["by"], told["messages"][1]["says"]),
        )  # fmt: skip

    def test_the_customers_word_ends_what_waited_for_them(self, cast):
        """By their own program, or as staff record it."""
        assert cast.get(ONE).json()["holds"][0]["closed_at"] is None

        cast.post(f"{ONE}/messages", {"text": "Here it is"}, "acorn")

        assert "the customer answered" == cast.get(ONE).json()["holds"][0]["closed_because"]
        assert "running" == cast.get(ONE).json()["clocks"][0]["state"]

    def test_staff_record_what_came_elsewhere_and_when(self, cast):
        """Not ahead of time."""
        earlier, later = str(NOW.before(MINUTE)), str(NOW + MINUTE)
        sent = [{"text": "By phone", "sent_at": at, "channel": "email"} for at in (earlier, later)]

        answers = [cast.post(f"{ONE}/messages", one, key=f"k{place}") for place, one in enumerate(sent)]

        assert [201, 422] == [answer.status_code for answer in answers]
        assert earlier == answers[0].json()["sent_at"]

    def test_a_rating_is_given_once_it_is_resolved(self, cast):
        """By the customer's people; the last word stands."""
        early = cast.post(f"{ONE}/rating", {"score": 2}, "acorn", key="a")
        cast.post(f"{ONE}/resolve", {"because": "done"}, key="b")
        for score in (2, 5):
            cast.post(f"{ONE}/rating", {"score": score}, "acorn", key=f"r{score}")

        assert (422, 5) == (early.status_code, cast.get(ONE).json()["rating"]["score"])

    def test_a_merged_ticket_names_the_one_that_goes_on(self, cast):
        """What is done to it afterwards is refused, with where to do it."""
        cast.post(f"{ONE}/merge", {"into": "T-3"}, key="a")

        answer = cast.post(f"{ONE}/resolve", {"because": "done"}, key="b")

        assert ("T-3", 422) == (cast.get(ONE).json()["merged_into"], answer.status_code)
        assert "T-3" in answer.json()["detail"]

    def test_a_held_ticket_is_adopted_with_all_that_was_said(self, cast):
        """From then on its clocks run, as of when it came."""
        told = cast.post("/api/v1/tickets/T-5/adopt", {"agreement": "acorn-harbour"}).json()

        assert ("acorn-harbour", "", 1) == (
            told["agreement"],
            told["held_because"],
            Message.objects.filter(ticket__number=5).count(),
        )
        assert 200 == cast.get("/api/v1/agreements/acorn-harbour/facts/T-5-m1").status_code

    def test_how_clocks_were_kept_is_told_with_its_denominator(self, cast):
        """Every run of the period, settled or not, is in one of the counts."""
        cast.post(f"{ONE}/priority", {"priority": "high"}, key="a")
        rows = cast.get("/api/v1/agreements/acorn-harbour/periods/2026-03/attainment").json()

        whole = rows[0]
        assert ("respond", None) == (whole["clock"], whole["priority"])
        assert whole["due"] == whole["met"] + whole["missed"] + whole["running"] + len(whole["left_out"])

    def test_an_outage_opens_tickets_where_that_is_chosen(self, cast):
        """And the choice can be taken back."""
        address = "/api/v1/agreements/acorn-harbour/outage-tickets"

        cast.post(address, {"opens": True, "priority": "high"}, key="a")
        chosen = cast.get(address).json()
        cast.post(address, {"opens": False}, key="b")

        assert ({"opens": True, "priority": "high", "topic": ""}, False) == (chosen, cast.get(address).json()["opens"])


def test_a_long_queue_costs_no_question_for_each_ticket(cast, django_assert_max_num_queries):
    """Five tickets more cost no question more."""
    with django_assert_max_num_queries(20) as few:
        before = cast.get("/api/v1/tickets", limit=200).json()
    for number in range(5):
        cast.post("/api/v1/agreements/acorn-harbour/tickets", {"subject": f"Number {number}"}, key=f"n-{number}")

    with django_assert_max_num_queries(20) as many:
        after = cast.get("/api/v1/tickets", limit=200).json()

    assert (len(before) + 5, count_asked(few)) == (len(after), count_asked(many))


def count_asked(questions) -> int:
    """Questions to the rows; that the use of a token is noted, once a minute, is no part of what is asked."""
    return sum('UPDATE "parties_token"' not in one["sql"] for one in questions.captured_queries)


class TestChats:
    def test_a_customers_person_asks_for_a_code_and_links_a_chat(self, cast):
        """Good once, and theirs; which chat it is stays with the bot."""
        told = cast.post("/api/v1/chats", {}, "acorn").json()

        linked = services.link_chat(number=7, code=told["code"], at=NOW + MINUTE)

        assert linked is not None
        assert ("acorn@example.org", [str(NOW + MINUTE)]) == tuple(cast.get("/api/v1/chats", "acorn").json().values())
        assert services.link_chat(number=8, code=told["code"], at=NOW + MINUTE) is None

    def test_a_reader_writes_from_none(self, cast):
        """Whoever only looks is given no code; a code and a chat from before are worth nothing once they only look."""
        ana = User.objects.get(email="acorn@example.org")
        code = cast.post("/api/v1/chats", {}, "acorn", key="a").json()["code"]
        services.link_chat(number=7, code=code, at=NOW + MINUTE)
        later = services.offer_chat_code(user=ana, at=NOW)
        User.objects.filter(pk=ana.pk).update(customer_role="reader")

        assert 403 == cast.post("/api/v1/chats", {}, "acorn", key="b").status_code
        assert (None, None) == (queries.owner_of(7), services.link_chat(number=8, code=later, at=NOW + MINUTE))

    def test_the_providers_people_have_none(self, cast):
        """They answer where they sign in."""
        assert 403 == cast.post("/api/v1/chats", {}).status_code
