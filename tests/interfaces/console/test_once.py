"""A form that is sent twice is done once: a double click, a button pressed again because the answer took its time."""

import pytest

from tests.interfaces import cast
from tests.interfaces.console.reading import fields_of, plain, problems_on, read, with_class
from upheld.apps.ledger.queries import facts_of
from upheld.apps.maintenance.queries import list_windows
from upheld.apps.oncall.queries import list_recipients
from upheld.apps.parties.models import Answer
from upheld.apps.parties.queries import list_users
from upheld.core.facts import CauseAssigned, StatementIssued, WindowPlanned, of_kind

pytestmark = pytest.mark.django_db

PLAN_PAGE = "/maintenance/plan"
PLAN = {
    "service": cast.ACORN, "kind": "scheduled", "starts": "Sat 12 Sep 2026 20:00 UTC", "ends": "Sat 12 Sep 2026 23:00 UTC",
    "reason": "a new disk", "once": "from-one-page",
}  # fmt: skip
STATEMENT = "/statements/acorn-legal/teamplify"


def recorded(kind):
    return of_kind(facts_of(cast.ACORN), kind)


def twice(client, url, sent):
    """Both answers, as one would look at them: the status, and where they lead."""
    answers = [client.post(url, sent) for _ in range(2)]
    return [(answer.status_code, answer.get("Location")) for answer in answers]


class TestAFormSentTwice:
    def test_plans_one_work(self, tom):
        first, second = twice(tom, PLAN_PAGE, PLAN)

        assert (303, first) == (first[0], second)
        assert 1 == sum(1 for window in list_windows() if window.reason == "a new disk")
        assert 2 == len(recorded(WindowPlanned))  # with the one that was there before

    def test_assigns_one_cause(self, tom):
        sent = fields_of(tom.get("/outages/O-1"), "/outages/O-1")

        assert [(303, "/outages/O-1")] * 2 == twice(tom, "/outages/O-1", sent)
        assert 1 == len(recorded(CauseAssigned))

    def test_cancels_work_once(self, tom, lived):
        """The second click is no step that somebody else took before."""
        page, deed = f"/maintenance/{lived.window.name}", f"/maintenance/{lived.window.name}/cancel"
        sent = {**fields_of(tom.get(page), deed), "because": "no disk came"}

        assert [(303, page)] * 2 == twice(tom, deed, sent)

    def test_begins_work_once(self, tom, lived):
        page, deed = f"/maintenance/{lived.window.name}", f"/maintenance/{lived.window.name}/start"

        assert [(303, page)] * 2 == twice(tom, deed, fields_of(tom.get(page), deed))

    def test_names_one_person(self, mara):
        """Without a word of an address that is taken: it was taken by this very form."""
        sent = {
            **fields_of(mara.get("/people"), "/people"),
            "person": "Ida Falk",
            "email": "ida@example.org",
            "role": "staff",
            "password": "a long enough password",
        }

        assert [(303, "/people")] * 2 == twice(mara, "/people", sent)
        assert 1 == sum(1 for user in list_users() if user.email == "ida@example.org")

    def test_removes_a_recipient_once(self, mara):
        mara.post("/settings", {"kind": "mail", "address": "night@example.org"})
        [row] = list_recipients()

        sent = {"recipient": str(row.pk), "once": "x"}

        assert [(303, "/settings")] * 2 == twice(mara, "/settings/remove", sent)

    def test_issues_one_statement(self, tom):
        """Issuing has transactions of its own: its number alone lets it happen once."""
        url = f"{STATEMENT}/2026-08"

        assert [(303, url)] * 2 == twice(tom, url, fields_of(tom.get(url), url))
        assert ["acorn-legal-teamplify/2026-07/1", "acorn-legal-teamplify/2026-08/1"] == [
            fact.statement for fact in recorded(StatementIssued)
        ]

    def test_tells_what_was_done_on_the_next_page(self, tom):
        for _ in range(2):
            answer = tom.post(PLAN_PAGE, PLAN)

        [toast] = with_class(read(tom.get(answer["Location"])), "toast")
        assert "is planned; nobody is told yet." in plain(toast)


class TestAnotherForm:
    def test_with_other_words_is_another_deed(self, tom):
        """One goes back to the page as it was, and changes a word."""
        first, second = (tom.post(PLAN_PAGE, {**PLAN, "reason": reason}) for reason in ("a new disk", "an old disk"))

        assert first["Location"] != second["Location"]

    def test_from_another_page_is_another_deed(self, tom):
        """The same work twice, meant so."""
        first, second = (tom.post(PLAN_PAGE, {**PLAN, "once": page}) for page in ("one", "two"))

        assert first["Location"] != second["Location"]

    def test_of_another_person_is_another_deed(self, tom, mara):
        first, second = (client.post(PLAN_PAGE, PLAN) for client in (tom, mara))

        assert first["Location"] != second["Location"]

    def test_that_was_refused_is_kept_by_nothing(self, tom):
        """Nothing was done, so the same form may be refused again, and done once the reason is gone."""
        refused = [tom.post(PLAN_PAGE, {**PLAN, "ends": ""}).status_code for _ in range(2)]

        assert ([422, 422], 0) == (refused, Answer.objects.count())

    def test_without_the_field_is_done_as_it_comes(self, tom):
        """A page from before an upgrade has none; one with a field of any length is no failure."""
        sent = {name: value for name, value in PLAN.items() if name != "once"}

        assert [303, 303] == [tom.post(PLAN_PAGE, {**sent, "once": once}).status_code for once in ("", "x" * 5000)]


class TestPages:
    @pytest.mark.parametrize(
        "url", [PLAN_PAGE, "/outages/O-1", "/people", "/settings", "/maintenance/M-1", f"{STATEMENT}/2026-08"]
    )
    def test_give_every_form_a_key_of_its_own_page(self, mara, url):
        keys = [keys_in(mara.get(url)) for _ in range(2)]

        assert all(None not in found and len(found) == 1 for found in keys)
        assert keys[0] != keys[1]


def keys_in(answer):
    forms = [form for form in read(answer).find("form") if form.attributes.get("method") == "post"]
    assert forms
    return {
        next((field.attributes["value"] for field in form.find("input") if field.attributes.get("name") == "once"), None)
        for form in forms
    }


LONG = "a" * 4001


class TestWordsThatAreTooLong:
    """Each is refused in a sentence at its field, and what was typed stays."""

    @pytest.mark.parametrize(
        ("url", "sent", "field", "said"),
        [
            (PLAN_PAGE, {**PLAN, "reason": LONG}, "#f-reason", "The reason has 4,001 letters; at most 4,000 are kept"),
            ("/maintenance/M-1/cancel", {"because": LONG}, "#f-because", "The reason has 4,001 letters"),
            ("/settings", {"kind": "mail", "address": f"{LONG}@example.org"}, "#f-address", "The address has 4,013 letters"),
            (
                "/outages/O-1",
                {
                    "cause": "customer-isp", "starts": "Thu 23 Jul 2026 15:30 UTC", "ends": "",
                    "evidence": "supplier-notice", "note": LONG,
                },
                "#f-note",
                "The note has 4,001 letters",
            ),
        ],
    )  # fmt: skip
    def test_are_refused(self, mara, url, sent, field, said):
        answer = mara.post(url, sent)

        [(led_to, words)] = problems_on(answer)
        assert (422, field, True) == (answer.status_code, led_to, words.startswith(said))
        assert LONG in answer.content.decode()

    def test_are_kept_up_to_the_last_letter(self, tom):
        answer = tom.post(PLAN_PAGE, {**PLAN, "reason": "a" * 4000})

        assert 303 == answer.status_code
