"""A deed is done once, however often it is asked for under its key."""

import pytest

from tests.interfaces.api.ground import NOW
from upheld.apps.ledger.queries import facts_of
from upheld.apps.parties import services as parties
from upheld.apps.statements.queries import list_statements
from upheld.core.facts import StatementIssued, WindowPlanned, of_kind
from upheld.core.timeline import MINUTE, SECOND
from upheld.interfaces.api import entering, once, statements

PLAN = "/api/v1/agreements/acorn-harbour/windows"
WORK = {"kind": "scheduled", "from_at": "2026-04-04T20:00Z", "to_at": "2026-04-04T22:00Z", "reason": "disks"}
ISSUE = "/api/v1/agreements/acorn-harbour/periods/2026-02/statements"
KEY = "acorn-harbour"


def count_plans() -> int:
    return len(of_kind(facts_of(KEY), WindowPlanned))


class TestOneKey:
    def test_is_answered_alike(self, cast):
        """The same status and body, and the header that says so; one window is planned."""
        before = count_plans()
        first, second = (cast.post(PLAN, WORK) for _ in range(2))

        assert (201, first.content, "true", before + 1) == (
            second.status_code,
            second.content,
            second[once.REPEATED],
            count_plans(),
        )
        assert once.REPEATED not in first

    def test_means_the_meaning_of_the_body(self, cast):
        """Another order of its fields is the same request."""
        cast.post(PLAN, WORK)

        assert "true" == cast.post(PLAN, dict(reversed(WORK.items())))[once.REPEATED]

    def test_refuses_another_body(self, cast):
        """A key that is used for something else is a slip: nothing is done."""
        cast.post(PLAN, WORK)
        before = count_plans()

        answer = cast.post(PLAN, {**WORK, "reason": "other"})

        assert (409, "/api/v1/problems#key-differs", before) == (answer.status_code, answer.json()["type"], count_plans())

    def test_refuses_another_address(self, cast):
        """The same body for another agreement is another request."""
        cast.post(PLAN, WORK)

        assert 409 == cast.post(PLAN.replace("acorn", "birch"), WORK).status_code

    def test_is_each_persons_own(self, cast):
        """Two people who happen to choose the same key do not meet."""
        answers = [cast.post(PLAN, WORK, member) for member in ("staff", "administrator")]

        assert [201, 201] == [answer.status_code for answer in answers]
        assert answers[0].json()["window"] != answers[1].json()["window"]

    def test_stays_free_after_a_refusal(self, cast):
        """What was refused was not done: put right, it is sent again under the same key."""
        refused = cast.post(PLAN, {**WORK, "from_at": "2026-02-01T20:00Z", "to_at": "2026-02-01T22:00Z"})

        assert (422, 201) == (refused.status_code, cast.post(PLAN, WORK).status_code)

    @pytest.mark.parametrize(("key", "status"), [("", 400), ("x" * 201, 422), ("  ", 400)])
    def test_is_needed_and_short(self, cast, key, status):
        """What changes something that cannot be erased is not done twice by accident."""
        before = count_plans()

        answer = cast.post(PLAN, WORK, key=key)

        assert (status, before) == (answer.status_code, count_plans())
        assert once.HEADER in answer.json()["detail"]


class TestStatement:
    """Issuing has transactions of its own: the answer cannot be kept in the same one."""

    def test_is_issued_once(self, cast):
        first, second = (cast.post(ISSUE) for _ in range(2))

        assert (201, first.content, "true") == (second.status_code, second.content, second[once.REPEATED])
        assert [2, 1] == [row.number for row in list_statements() if row.agreement.key == KEY]

    def test_is_found_where_the_program_died_before_the_answer(self, cast, monkeypatch):
        """The statement is there, its answer was never given: the next request finds it."""
        with monkeypatch.context() as patch:
            patch.setattr(parties, "give_answer", die)
            assert 500 == cast.post(ISSUE).status_code
        monkeypatch.setattr(entering, "now_us", lambda: (NOW + SECOND * 5).micros)

        answer = cast.post(ISSUE)

        assert (201, f"{KEY}/2026-02/2") == (answer.status_code, answer.json()["statement"])
        assert 2 == len(of_kind(facts_of(KEY), StatementIssued))

    def test_waits_while_the_same_request_is_carried_out(self, cast, monkeypatch):
        """A second request meanwhile is told to come again; a minute later the first one is taken for dead."""
        ask_and_die(cast, monkeypatch)
        monkeypatch.setattr(entering, "now_us", lambda: (NOW + SECOND * 5).micros)
        meanwhile = cast.post(ISSUE)
        monkeypatch.setattr(entering, "now_us", lambda: (NOW + MINUTE * 2).micros)

        later = cast.post(ISSUE)

        assert ("/api/v1/problems#key-in-work", "60", 201) == (
            meanwhile.json()["type"],
            meanwhile["Retry-After"],
            later.status_code,
        )

    def test_frees_its_key_after_a_refusal(self, cast):
        """A period that has not begun: nothing was issued, the key names nothing."""
        future = ISSUE.replace("2026-02", "2026-05")

        assert [422, 201] == [cast.post(future).status_code, cast.post(ISSUE).status_code]


def die(**_: object) -> None:
    raise RuntimeError("the power went")


def ask_and_die(cast, monkeypatch) -> None:
    """The program is killed after the key is taken and before anything is issued: no clean-up of its own runs."""
    with monkeypatch.context() as patch:
        patch.setattr(statements, "prepare", die)
        patch.setattr(parties, "drop_key", lambda **_: None)
        assert 500 == cast.post(ISSUE).status_code


class TestToken:
    def test_use_is_noted_to_the_minute(self, cast):
        """Last used is what an operator looks at before a token is revoked."""
        [token] = cast.people["staff"].tokens.all()
        cast.get("/api/v1/agreements")
        token.refresh_from_db()

        assert NOW.utc() == token.last_used_at

    def test_has_a_name_of_its_own(self, cast):
        with pytest.raises(parties.CannotAdd, match="a name of its own"):
            parties.add_token(user=cast.people["staff"], name="test", at=NOW)

    def test_is_nowhere_kept(self, cast):
        """Only its digest is: whoever reads the database cannot come in with it."""
        [token] = cast.people["staff"].tokens.all()

        assert cast.tokens["staff"] not in str(vars(token))
