"""What a customer's own programs do: claims and appeals with evidence, disputes, requests, switches, people, chats."""

import json
from hashlib import sha256

from upheld.apps.ledger.queries import known_facts
from upheld.apps.oncall.models import Message
from upheld.apps.oncall.services import add_recipient
from upheld.core.facts import ClaimAppealed, ClaimFiled, SwitchTurned, TicketOpened, of_kind

KEY = "/api/v1/agreements/acorn-harbour"
MARK = f"X-1: sha256 {sha256(b'seen').hexdigest()}, 4 bytes"
CLAIM = {"credit": "tenfold", "outage": "O-1", "answers": {"users": "all of them"}, "exhibits": ["X-1"]}


def latest(kind):
    return of_kind(known_facts("acorn-harbour")[1], kind)[-1]


class TestClaim:
    def test_is_filed_with_what_was_handed_over(self, cast):
        """Now, by a way that the agreement takes; the ledger has the digest, the provider's mail has the answers."""
        told = cast.post(f"{KEY}/claims", CLAIM, "acorn").json()

        assert (["users", MARK], "2026-03-10T09:00:00.000000Z") == (told["details"], told["filed_at"])
        assert ("users", MARK) == latest(ClaimFiled).details
        assert "users: all of them" in Message.objects.get(key=f"{told['claim']}:filed").body

    def test_names_only_files_of_that_customer(self, cast):
        answers = [cast.post(f"{KEY}/claims", {**CLAIM, "exhibits": [name]}, "acorn") for name in ("X-2", "X-9", "x")]

        assert [422, 422, 422] == [answer.status_code for answer in answers]

    def test_answers_what_is_asked_and_says_nothing_of_the_provider(self, cast):
        """Neither another question nor the day on which somebody else received it."""
        for wrong in ({"answers": {"weather": "rain"}}, {"filed_at": "2026-02-16T09:00Z"}, {"channel": "email"}):
            assert 422 == cast.post(f"{KEY}/claims", {**CLAIM, **wrong}, "acorn").status_code

    def test_is_appealed_with_what_was_handed_over(self, cast):
        """The digest stands below the reason, in the ledger too."""
        refused = {"granted": False, "because": "too late", "against_the_agreement": True}
        cast.post("/api/v1/claims/C-1/decision", refused)

        told = cast.post("/api/v1/claims/C-1/appeal", {"because": "It was not", "exhibits": ["X-1"]}, "acorn").json()

        assert f"It was not\n{MARK}" == told["appeal_because"] == latest(ClaimAppealed).because


class TestDispute:
    def test_of_a_figure_is_a_complaint_with_its_evidence(self, cast):
        sent = {"figure": 0, "text": "It was down for longer", "exhibits": ["X-1"]}
        place = f"{KEY}/periods/2026-02/statements/1/dispute"

        told = cast.post(place, sent, "acorn").json()
        missing = cast.post(place, {**sent, "figure": 999}, "acorn", key="k-2")

        assert ("complaint", 422) == (told["kind"], missing.status_code)
        assert f"evidence 1: {MARK.removeprefix('X-1: ')}" in cast.get(f"/api/v1/tickets/{told['ticket']}").json()["told"]

    def test_of_a_clock_names_its_verdict(self, cast):
        told = cast.post("/api/v1/tickets/T-3/dispute", {"clock": "respond", "text": "Nobody answered"}, "acorn").json()
        unknown = cast.post("/api/v1/tickets/T-3/dispute", {"clock": "golf", "text": "No"}, "acorn", key="k-2").json()

        assert "Dispute of clocks/respond/1 in T-3" == told["subject"]
        assert "a run of a clock: respond/1" == unknown["expected"]


class TestRequest:
    def test_for_a_copy_needs_its_warning_read(self, cast):
        """The agreement warns; the fact of the ticket says that it was read."""
        [duty] = cast.get(f"{KEY}/duties", "acorn").json()
        unread = cast.post(f"{KEY}/duties/hand-over-copies/ask", {}, "acorn", key="k-1")
        told = cast.post(f"{KEY}/duties/hand-over-copies/ask", {"warning_read": True}, "acorn", key="k-2").json()
        done = cast.post(f"{KEY}/duties/hand-over-copies/done", {"request": told["ticket"]}).json()

        assert (True, "it may be slow meanwhile") == (duty["askable"], duty["warning"])
        assert (422, "copy", told["ticket"]) == (unread.status_code, told["kind"], latest(TicketOpened).ticket)
        assert [(told["ticket"], True)] == [(one["request"], one["done_at"] is not None) for one in done["asked"]]


class TestSwitch:
    def test_is_turned_by_who_holds_it_and_works_at_once(self, cast):
        """Each turn is a fact; the provider's people cannot turn it."""
        place = f"{KEY}/switches/support-user"

        on, again = (cast.post(place, {"on": True}, "acorn", key=key).json() for key in "ab")
        theirs = cast.post(place, {"on": False})

        assert (True, 1, 422) == (on["on"], len(again["turns"]), theirs.status_code)
        assert [on] == cast.get(f"{KEY}/switches", "acorn").json()
        assert (True, "customer") == (latest(SwitchTurned).on, latest(SwitchTurned).side)


class TestPeople:
    def test_are_invited_changed_and_closed_by_their_manager(self, cast):
        sent = {"name": "Lena Vogt", "email": "lena@acorn.example"}

        told = cast.post("/api/v1/people", sent, "acorn", key="a").json()
        taken = cast.post("/api/v1/people", sent, "acorn", key="b")
        place = f"/api/v1/people/{told['person']}"
        again = cast.post(f"{place}/invite", {}, "acorn", key="c")
        reader = cast.post(f"{place}/role", {"role": "reader"}, "acorn", key="d").json()
        closed = cast.post(f"{place}/close", {}, "acorn", key="e").json()

        assert ("member", True, 409, 201) == (told["role"], told["invited"], taken.status_code, again.status_code)
        assert 2 == Message.objects.filter(to="lena@acorn.example").count()
        assert ("reader", False) == (reader["role"], closed["active"])

    def test_change_nobody_of_others_and_not_themselves(self, cast):
        own, other = (cast.get("/api/v1/people", member).json()[0]["person"] for member in ("acorn", "birch"))

        answers = [cast.post(f"/api/v1/people/{one}/close", {}, "acorn", key=one).status_code for one in (own, other)]

        assert [403, 404] == answers


def test_a_chat_is_begun_and_gone_on_with(cast):
    """It stands in the channel of the chat; what follows is written on its ticket."""
    told = cast.post(f"{KEY}/chat", {"text": "How do I add a user?\nI looked."}, "acorn").json()
    more = cast.post(f"/api/v1/tickets/{told['ticket']}/messages", {"text": "Found it"}, "acorn", key="b")

    assert ("live-chat", "How do I add a user?", 201) == (told["channel"], told["subject"], more.status_code)
    assert cast.get(f"{KEY}/chat", "acorn").json()["offered"]


def test_what_a_customer_says_is_told_to_programs(cast):
    """By webhook, in the transaction of the deed, without anybody's name or words."""
    events = ["appointment.answered", "claim.filed", "instruction.received", "quote.answered"]
    add_recipient(kind="webhook", address="https://hooks.example/x", events=events)

    cast.post(f"{KEY}/claims", CLAIM, "acorn", key="a")
    cast.post("/api/v1/quotes/Q-1/accept", {}, "acorn", key="b")
    cast.post("/api/v1/tickets/T-3/appointments/1/decline", {}, "acorn", key="c")
    cast.post("/api/v1/tickets/T-3/instructions", {"what": "Delete what Lena left"}, "acorn", key="d")

    told = {one.subject: json.loads(one.body)["data"] for one in Message.objects.filter(to="https://hooks.example/x")}
    assert events == sorted(told)
    assert ("acorn", "C-3", "O-1") == tuple(told["claim.filed"][name] for name in ("customer", "claim", "outage"))
    assert ("Q-1", "accepted") == (told["quote.answered"]["quote"], told["quote.answered"]["answer"])
    assert "declined" == told["appointment.answered"]["answer"]
    assert "Lena" not in str(told)
