"""Rotas and pages for programs: read as people see them, acknowledged once."""

import pytest

from tests.interfaces.api.ground import NOON
from upheld.apps.oncall import services
from upheld.core.timeline import HOUR

ROTA = "/api/v1/rotas/acorn-shop"
PAGE = "/api/v1/pages/P-1"
ASKED = {"about": "O-1", "key": "asked", "urgent": True, "subject": "Look at the shop"}
NIGHT = {"name": "Night", "email": "night@example.org"}


class TestRotas:
    def test_tell_who_is_on_call_until_when(self, cast):
        """At the instant of the question, or at one that was."""
        now, then = cast.get(ROTA).json(), cast.get(ROTA, as_of="2026-02-10T00:00Z").json()

        assert (NIGHT, "2026-02-09T09:00:00.000000Z") == (now["now"]["person"], then["now"]["from_at"])

    def test_tell_shifts_by_the_wall_clock(self, cast):
        """Monday 09:00 in London, before and after its clock goes forward."""
        told = cast.get(f"{ROTA}/shifts", from_at="2026-03-23T00:00Z", to_at="2026-04-06T00:00Z").json()

        assert ["2026-03-23T09:00:00.000000Z", "2026-03-30T08:00:00.000000Z"] == [one["to_at"] for one in told[:2]]

    @pytest.mark.parametrize("to_at", ["2026-01-01T00:00Z", "2027-06-01T00:00Z", "tomorrow"])
    def test_refuse_a_span_that_is_none(self, cast, to_at):
        """Backwards, or longer than a year."""
        answer = cast.get(f"{ROTA}/shifts", from_at="2026-03-23T00:00Z", to_at=to_at)

        assert (422, "to_at") == (answer.status_code, answer.json()["misfits"][0]["at"])

    def test_take_somebody_who_steps_in(self, cast):
        """From then on the rota names them."""
        sent = {"person": "staff@example.org", "from_at": "2026-04-04T20:00Z", "to_at": "2026-04-04T22:00Z"}
        cast.post(f"{ROTA}/stepping-in", sent)

        told = cast.get(f"{ROTA}/shifts", from_at="2026-04-04T20:00Z", to_at="2026-04-04T22:00Z").json()

        assert [("Staff", True)] == [(one["person"]["name"], one["steps_in"]) for one in told]

    @pytest.mark.parametrize(("person", "status"), [("nobody@example.org", 422), ("acorn@example.org", 422)])
    def test_take_nobody_elses_people(self, cast, person, status):
        """Somebody unknown, or a customer's person, is never on call."""
        sent = {"person": person, "from_at": "2026-04-04T20:00Z", "to_at": "2026-04-04T22:00Z"}

        assert status == cast.post(f"{ROTA}/stepping-in", sent).status_code


class TestPages:
    def test_tell_every_step(self, cast):
        """Who was told by which way; the address is not in it."""
        told = cast.get(PAGE).json()

        assert ("unanswered", [{"to": "Night", "way": "mail", "sent_at": None, "trouble": ""}]) == (
            told["state"],
            told["steps"][0]["messages"],
        )
        assert "night@example.org" not in cast.get(PAGE).content.decode()

    def test_are_begun_once_for_a_reason(self, cast):
        """Another key of the request, the same reason: the same page."""
        first, second = (cast.post("/api/v1/policies/acorn-shop/pages", ASKED, key=key).json() for key in ("a", "b"))

        assert (first["page"], "running") == (second["page"], first["state"])
        assert [first["page"], "P-2", "P-1"] == [one["page"] for one in cast.get("/api/v1/pages").json()]

    def test_are_acknowledged_by_one(self, cast):
        """The second hears that somebody was quicker."""
        answers = [cast.post(f"{PAGE}/acknowledge", {}, member) for member in ("staff", "administrator")]

        assert [(201, "acknowledged"), (409, None)] == [(one.status_code, one.json().get("state")) for one in answers]
        assert "Staff acknowledged P-1" in answers[1].json()["detail"]

    def test_that_are_resolved_cannot_be_acknowledged(self, cast):
        """What is over needs nobody."""
        told = cast.post(f"{PAGE}/resolve", {"because": "up again"}, key="a").json()

        assert ("resolved", 409) == (told["state"], cast.post(f"{PAGE}/acknowledge", {}, key="b").status_code)

    def test_are_listed_back_in_pieces(self, cast):
        """The newest first, the next piece by the number of the last."""
        pieces = [cast.get("/api/v1/pages", limit=1), cast.get("/api/v1/pages", limit=1, before=2)]

        assert [["P-2"], ["P-1"]] == [[one["page"] for one in piece.json()] for piece in pieces]

    def test_go_no_further_once_acknowledged(self, cast):
        """What a program says counts like a person's click."""
        cast.post("/api/v1/policies/acorn-shop/pages", ASKED)
        cast.post("/api/v1/pages/P-3/acknowledge", {}, key="k-2")

        assert 0 == services.escalate_due(NOON + HOUR * 24 * 60)
