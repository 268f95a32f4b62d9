"""Corrections, values of an agreement and erasures: proposed by one person, done when a second one confirms."""

import pytest

from tests.interfaces import cast
from tests.interfaces.console.conftest import sign_in
from tests.interfaces.console.reading import heading, plain, problems_on, read
from upheld.apps.agreements.queries import agreement, parameters_at
from upheld.apps.approvals.queries import list_approvals, list_waiting
from upheld.apps.ledger.queries import facts_of, verify_ledger
from upheld.apps.parties.models import Role, User
from upheld.apps.parties.queries import pseudonym_of
from upheld.apps.parties.services import add_user
from upheld.core.facts import FactCorrected, PersonErased, of_kind

pytestmark = pytest.mark.django_db

CORRECTION = {"kind": "correction", "agreement": cast.ACORN, "subject": "parameter-currency-1", "because": "a slip"}
VALUE = {
    "kind": "parameter", "agreement": cast.ACORN, "subject": "monthly-price", "value": "EUR 8000.00", "from_at": "",
    "because": "as agreed",
}  # fmt: skip
ERASURE = {"kind": "erasure", "subject": "lena@example.org", "because": "she asked"}


@pytest.fixture
def keys(settings, tmp_path):
    settings.UPHELD_KEYS = tmp_path / "keys"
    settings.UPHELD_MAIL = tmp_path / "mail"


@pytest.fixture
def nora(lived):
    """A second administrator."""
    user = add_user(
        email="nora@example.org", name="Nora Lind", role=Role.ADMINISTRATOR, password=cast.PASSWORD, at=cast.SIGNED
    )  # fmt: skip
    return sign_in(user)


def confirm(client):
    return client.post(f"/approvals/{list_waiting()[0].name}/confirm")


class TestProposals:
    @pytest.mark.parametrize("sent", [CORRECTION, VALUE, ERASURE])
    def test_wait_and_do_nothing(self, mara, sent):
        """Whoever proposes is told that a second person is needed, and cannot be it."""
        before = facts_of(cast.ACORN)

        assert 303 == mara.post("/approvals", sent).status_code
        assert 409 == confirm(mara).status_code
        assert (1, before) == (len(list_waiting()), facts_of(cast.ACORN))

    @pytest.mark.parametrize(
        ("change", "field"),
        [({"because": ""}, "because"), ({"subject": "nothing-7"}, "subject"), ({"subject": ""}, "subject")],
    )
    def test_are_refused_at_their_field(self, tom, change, field):
        """A reason and a fact that is there."""
        answer = tom.post("/approvals", {**CORRECTION, **change})

        assert (422, f"#f-{field}") == (answer.status_code, problems_on(answer)[0][0])

    def test_are_listed_with_who_and_why(self, mara, tom):
        """On one page, with a count in the navigation of who may decide."""
        tom.post("/approvals", CORRECTION)
        page = mara.get("/approvals")

        assert "1 proposal waits for a second person" == heading(page).replace("\u00a0", " ")
        assert "Proposed by Tom Okafor, because: a slip" in plain(read(page))

    def test_say_what_to_do_where_nobody_else_is(self, mara):
        """One person alone invites a second; nothing passes silently."""
        User.objects.exclude(email="mara@example.org").update(is_active=False)

        assert "until you invite a second one under People" in plain(read(mara.get("/approvals")))


class TestConfirmed:
    def test_correction_names_both(self, mara, tom, lived):
        """The fact holds no longer, and it says who proposed and who confirmed."""
        tom.post("/approvals", CORRECTION)
        assert 303 == confirm(mara).status_code

        [fact] = of_kind(facts_of(cast.ACORN), FactCorrected)
        people = tuple(pseudonym_of(lived.people[name]) for name in ("tom", "mara"))
        assert ("parameter-currency-1", *people) == (fact.corrects, fact.by, fact.approved_by)

    def test_value_holds_from_then_on(self, mara, tom):
        """Not from when it was proposed."""
        tom.post("/approvals", VALUE)
        assert 303 == confirm(mara).status_code

        assert "EUR 8000.00" == parameters_at(agreement(cast.ACORN), cast.NOW)["monthly-price"]

    def test_value_that_does_not_fit_does_nothing(self, mara, tom):
        """The agreement's own reason, and the proposal waits on."""
        tom.post("/approvals", {**VALUE, "value": "a lot"})

        assert (409, 1) == (confirm(mara).status_code, len(list_waiting()))

    def test_erasure_is_for_administrators(self, mara, tom):
        """Staff neither propose nor confirm it."""
        assert 403 == tom.post("/approvals", ERASURE).status_code
        mara.post("/approvals", ERASURE)
        assert 403 == confirm(tom).status_code

    def test_erasure_is_done(self, mara, nora, lived, keys):
        """Nobody is called so any more, also on the page of approvals; the ledger verifies."""
        mara.post("/approvals", ERASURE)
        assert 303 == confirm(nora).status_code

        assert not User.objects.filter(email="lena@example.org").exists()
        assert "lena@example.org" not in nora.get("/approvals").content.decode()
        assert [] == verify_ledger(cast.ACORN)
        assert len(of_kind(facts_of(cast.ACORN), PersonErased)) <= 1

    def test_refusal_says_why(self, mara, tom):
        """And nothing was done."""
        tom.post("/approvals", CORRECTION)
        [row] = list_waiting()
        answers = [mara.post(f"/approvals/{row.name}/refuse", {f"because-{row.pk}": why}) for why in ("", "it holds")]

        assert [409, 303] == [answer.status_code for answer in answers]
        assert ["it holds"] == [one.refused_because for one in list_approvals()]
