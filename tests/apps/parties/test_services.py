"""Parties: the first administrator, users, customers."""

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from upheld.apps.parties import queries, services
from upheld.apps.parties.models import Role, Setup, User
from upheld.core.timeline import Instant

pytestmark = pytest.mark.django_db

NOON = Instant.parse("2026-02-14T12:00Z")
PASSWORD = "walnut-harbour-41"


def administer(token, email="ada@example.org", password=PASSWORD):
    return services.create_first_administrator(token=token, email=email, name="Ada", password=password, at=NOON)


def offer():
    token = services.offer_setup()
    assert token is not None
    return token


class TestCreateFirstAdministrator:
    def test_makes_an_administrator_who_can_sign_in(self):
        """The token that was printed at the first start, a name and a password: that is all."""
        user = administer(services.offer_setup())

        assert user == authenticate(username="Ada@Example.org", password=PASSWORD)
        assert queries.is_administrator(user)

    def test_works_once(self):
        """The same link a second time makes nobody, whoever has it."""
        token = offer()
        administer(token)

        with pytest.raises(services.SetupIsOver, match="sign in"):
            administer(token, email="eve@example.org")

    def test_works_with_the_newest_token_alone(self):
        """A token in an old log opens nothing after a restart."""
        old = services.offer_setup()
        new = services.offer_setup()

        with pytest.raises(services.SetupIsOver):
            administer(old)

        assert administer(new)

    def test_works_only_while_there_is_no_user(self):
        """With a user there is no setup: neither an old token nor a new one."""
        token = offer()
        services.add_user(email="bo@example.org", name="Bo", role=Role.STAFF, password=PASSWORD, at=NOON)

        with pytest.raises(services.SetupIsOver):
            administer(token)

        assert services.offer_setup() is None

    def test_waits_on_while_only_invited_and_customers_people_are_there(self):
        """An invitation names no administrator, and a customer's people are none of the provider's."""
        token = offer()
        acorn = services.add_customer(slug="acorn", name="Acorn")
        services.add_user(
            email="ann@acorn.example", name="Ann", role=Role.CUSTOMER, password=PASSWORD, at=NOON, customer=acorn
        )  # fmt: skip
        services.invite_staff(email="ben@example.org", name="Ben", at=NOON)

        assert queries.awaits_setup(token)
        assert administer(token)

    def test_is_over_once_an_invited_colleague_has_a_password(self):
        """The link of the log makes nobody beside somebody who can sign in."""
        token = offer()
        _, link = services.invite_staff(email="ben@example.org", name="Ben", at=NOON)
        services.take_password(token=link, password=PASSWORD, at=NOON)

        assert not queries.awaits_setup(token)
        assert services.offer_setup() is None

    def test_leaves_the_token_good_when_the_password_is_too_easy(self):
        """Who mistypes is not locked out."""
        token = offer()

        with pytest.raises(ValidationError):
            administer(token, password="password")

        assert queries.awaits_setup(token)
        assert administer(token)

    def test_keeps_no_token(self):
        """Who reads the database cannot become the administrator."""
        token = offer()

        assert token not in str(list(Setup.objects.values()))


class TestAddUser:
    def test_refuses_an_address_that_signs_in_already(self):
        """Addresses are compared as mail servers do it nowadays: without case."""
        services.add_user(email="bo@example.org", name="Bo", role=Role.STAFF, password=PASSWORD, at=NOON)

        with pytest.raises(services.AddressTaken, match=r"bo@example\.org"):
            services.add_user(email="BO@example.org", name="Bo", role=Role.STAFF, password=PASSWORD, at=NOON)

    @pytest.mark.parametrize(("role", "has_customer"), [(Role.CUSTOMER, False), (Role.STAFF, True)])
    def test_refuses_a_role_that_does_not_fit(self, role, has_customer):
        """A customer's user belongs to a customer, the provider's people to none: the database says so too."""
        customer = services.add_customer(slug="acorn", name="Acorn Legal") if has_customer else None

        with pytest.raises(ValidationError):
            services.add_user(email="c@example.org", name="C", role=role, password=PASSWORD, at=NOON, customer=customer)
        with pytest.raises(IntegrityError, match="a_customer_user_belongs"), transaction.atomic():
            User.objects.create(email="c@example.org", name="C", role=role, customer=customer, created_at=NOON.utc())

    def test_lets_nobody_in_whose_access_was_closed(self):
        """The password is still right, the person is not let in."""
        user = services.add_user(email="bo@example.org", name="Bo", role=Role.STAFF, password=PASSWORD, at=NOON)

        services.close_access(user=user)

        assert authenticate(username="bo@example.org", password=PASSWORD) is None
        assert not queries.is_staff(user)


class TestPermissions:
    def test_show_a_customer_to_its_own_people_and_to_the_provider(self):
        """Two customers who must never see each other."""
        acorn, birch = (services.add_customer(slug=slug, name=slug.title()) for slug in ("acorn", "birch"))
        people = {
            "staff": services.add_user(email="s@example.org", name="S", role=Role.STAFF, password=PASSWORD, at=NOON),
            "acorn": services.add_user(
                email="a@example.org", name="A", role=Role.CUSTOMER, password=PASSWORD, at=NOON, customer=acorn
            ),
            "birch": services.add_user(
                email="b@example.org", name="B", role=Role.CUSTOMER, password=PASSWORD, at=NOON, customer=birch
            ),
            "nobody": None,
        }

        seen = {name: queries.may_see_customer(user, acorn) for name, user in people.items()}

        assert {"staff": True, "acorn": True, "birch": False, "nobody": False} == seen

    def test_give_people_no_more_than_their_role(self):
        """Staff work, administrators also change who works; customers do neither."""
        acorn = services.add_customer(slug="acorn", name="Acorn")
        rights = {
            role: (queries.may_change_facts(user), queries.may_change_people(user))
            for role, customer in ((Role.ADMINISTRATOR, None), (Role.STAFF, None), (Role.CUSTOMER, acorn))
            for user in [
                services.add_user(
                    email=f"{role}@example.org", name="N", role=role, password=PASSWORD, at=NOON, customer=customer
                )
            ]
        }

        assert {Role.ADMINISTRATOR: (True, True), Role.STAFF: (True, False), Role.CUSTOMER: (False, False)} == rights


class TestParties:
    def test_know_one_provider(self):
        """Naming it again renames it."""
        services.name_provider(name="Harbour")
        services.name_provider(name="Harbour Ltd")

        assert queries.provider_name() == "Harbour Ltd"

    def test_say_who_is_missing(self):
        """An unknown customer, and a provider without a name, are sentences."""
        with pytest.raises(queries.UnknownParty, match="no customer is called 'oak'"):
            queries.customer("oak")
        with pytest.raises(queries.UnknownParty, match="has no name yet"):
            queries.provider_name()

    def test_list_a_contact_once(self):
        """The same address again is the same contact, with the newer name."""
        acorn = services.add_customer(slug="acorn", name="Acorn")
        services.add_contact(customer=acorn, name="Night", email="Night@acorn.example")
        services.add_contact(customer=acorn, name="Night desk", email="night@acorn.example")

        assert [("Night desk", "night@acorn.example")] == [(c.name, c.email) for c in queries.contacts_of(acorn)]

    def test_name_people_in_facts_by_number(self):
        """Nothing of a person goes into a ledger that cannot be taken out again."""
        user = services.add_user(email="bo@example.org", name="Bo", role=Role.STAFF, password=PASSWORD, at=NOON)

        assert queries.pseudonym_of(user) == f"person-{user.pk}"
