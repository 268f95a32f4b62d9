"""Grave deeds ask for the password again after a quarter of an hour; nothing that was typed is lost."""

import pytest

from tests.interfaces import cast
from tests.interfaces.console.reading import fields_of, heading
from upheld.apps.parties.models import User
from upheld.core.timeline import MINUTE
from upheld.doors import addresses, asking, confirming

pytestmark = pytest.mark.django_db

ADD = {"person": "Nina Berg", "email": "nina@example.org", "role": "staff", "customer": "", "password": "walnut-harbour-41"}


@pytest.fixture
def later(monkeypatch):
    """Let minutes go by for the doors."""

    def wait(minutes: int) -> None:
        for module in (addresses, asking):
            monkeypatch.setattr(module, "now_us", lambda: (cast.NOW + MINUTE * minutes).micros)

    confirming.wrong_of.kept.clear()
    return wait


def is_there() -> bool:
    return User.objects.filter(email="nina@example.org").exists()


class TestAGraveDeed:
    def test_is_done_at_once_after_signing_in(self, mara, later):
        """A quarter of an hour counts."""
        later(15)

        assert (303, True) == (mara.post("/people", ADD).status_code, is_there())

    def test_asks_for_the_password_after_that(self, mara, later):
        """And does nothing without it."""
        later(16)
        answer = mara.post("/people", ADD)

        assert (403, "Your password, once more", False) == (answer.status_code, heading(answer), is_there())

    @pytest.mark.parametrize(
        "address",
        [
            "/claims/C-1/decide",
            "/claims/C-1/appeal",
            "/credits/CR-1/decide",
            "/credits/CR-1/correct",
            "/endings",
            "/approvals",
        ],
    )
    def test_is_every_decision_over_money_and_terms(self, mara, later, address):
        """Also where one person decides alone and as the agreement has it: a claim that is granted is money."""
        later(16)
        answer = mara.post(address, {"decision": "granted", "because": "as the agreement says"})

        assert (403, "Your password, once more") == (answer.status_code, heading(answer))

    def test_is_done_from_the_page_that_asks(self, mara, later):
        """The page holds the whole form; with the password the deed is done, and the next one asks no more."""
        later(16)
        page = mara.post("/people", ADD)
        sent = fields_of(page, "/people") | {"password-again": cast.PASSWORD}

        assert ADD.items() <= sent.items()
        assert (303, True) == (mara.post("/people", sent).status_code, is_there())
        other = {**ADD, "email": "olga@example.org"}
        assert 303 == mara.post("/people", other).status_code

    def test_is_not_done_with_a_wrong_one(self, mara, later):
        """Told at the field; and after five tries no further one counts for a minute."""
        later(16)
        answers = [mara.post("/people", {**ADD, "password-again": "wrong"}).status_code for _ in range(6)]

        assert ([403] * 5 + [429], False) == (answers, is_there())
