"""The first run: one administrator, named once, by who can read the log."""

import pytest
from django.test import Client

from upheld.apps.parties.models import Role, User
from upheld.apps.parties.services import offer_setup

FORM = {"person": "Mara Ellis", "email": "mara@example.org", "password": "a long enough password"}


def name_first(code, client=None, **changes):
    return (client or Client()).post("/set-up", {**FORM, "code": code, **changes})


@pytest.mark.django_db
class TestBeforeTheFirstPerson:
    def test_every_way_leads_to_the_set_up(self):
        """The first page, and the door."""
        assert ["/set-up", "/set-up"] == [Client().get(place)["Location"] for place in ("/", "/sign-in")]

    def test_nothing_is_open(self):
        """A page of the console leads to the door all the same."""
        assert 302 == Client().get("/now").status_code

    def test_the_link_of_the_log_fills_in_the_code(self):
        """One follows it and types the rest."""
        assert 'value="the-code"' in Client().get("/set-up/the-code").content.decode()

    def test_the_code_makes_the_administrator_and_signs_in(self):
        """Once; the first page then names the next steps."""
        client, code = Client(), offer_setup()

        answer = name_first(code, client)

        assert (303, "/now") == (answer.status_code, answer["Location"])
        assert [("mara@example.org", Role.ADMINISTRATOR)] == list(User.objects.values_list("email", "role"))
        page = client.get("/now").content.decode()
        assert "Nothing is watched yet" in page
        assert "Mara Ellis is the administrator now" in page
        assert (
            page.index("1. Keep an agreement") < page.index("2. Sign it for a customer") < page.index("3. Watch a service")
        )

    def test_a_wrong_code_makes_nobody(self):
        """And says where the right one stands."""
        offer_setup()

        answer = name_first("a guess")

        assert 422 == answer.status_code
        assert "look into the log" in answer.content.decode()
        assert not User.objects.exists()

    def test_a_weak_password_keeps_the_code_good(self):
        """One types another."""
        code = offer_setup()

        answer = name_first(code, password="short")

        assert (422, True) == (answer.status_code, 'href="#f-password"' in answer.content.decode())
        assert 303 == name_first(code).status_code

    @pytest.mark.parametrize(
        ("field", "said"), [("person", "The name is missing"), ("email", "The e-mail address is missing")]
    )
    def test_what_is_missing_is_said_at_its_field(self, field, said):
        """All at once, and what was typed stays."""
        page = name_first("x", **{field: ""}).content.decode()

        assert f'href="#f-{field}">{said}' in page

    def test_an_address_that_is_none_is_said_at_its_field(self):
        """In the words of who checks it."""
        assert 'href="#f-email"' in name_first(offer_setup(), email="mara").content.decode()

    def test_an_older_code_is_good_no_more(self):
        """The latest that was printed is."""
        first = offer_setup()
        offer_setup()

        assert 422 == name_first(first).status_code


@pytest.mark.django_db
def test_after_it_nothing_is_here(lived):
    """Neither the page nor the deed."""
    assert [404, 404, 404] == [
        Client().get("/set-up").status_code,
        Client().get("/set-up/x").status_code,
        name_first("x").status_code,
    ]
