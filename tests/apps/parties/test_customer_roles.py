"""A customer's people have roles on their own side; links are good once; who is there already names the others."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from upheld.apps.parties import queries, services
from upheld.apps.parties.models import Role, SignInLink, User
from upheld.core.timeline import DAY, HOUR, Instant

pytestmark = pytest.mark.django_db

NOON = Instant.parse("2026-02-14T12:00Z")
PASSWORD = "walnut-harbour-41"


@pytest.fixture
def acorn():
    return services.add_customer(slug="acorn", name="Acorn Legal")


def add(acorn, name: str, role: str) -> User:
    return services.add_user(
        email=f"{name}@acorn.example", name=name, role=Role.CUSTOMER, password=PASSWORD, at=NOON, customer=acorn,
        customer_role=role,
    )  # fmt: skip


class TestRoles:
    @pytest.mark.parametrize(
        ("role", "acts", "manages"), [("manager", True, True), ("member", True, False), ("reader", False, False)]
    )
    def test_say_who_may_what(self, acorn, role, acts, manages):
        """Readers change nothing, members act, managers name the others; none of them is staff."""
        user = add(acorn, "ann", role)

        assert (acts, manages) == (queries.may_act_for_customer(user), queries.may_manage_customer(user))
        assert (True, False) == (queries.is_customers(user), queries.is_staff(user))

    def test_are_nothing_for_the_providers_people(self):
        """Whoever may record everything may still not act as a customer."""
        ada = services.add_user(email="ada@example.org", name="Ada", role=Role.ADMINISTRATOR, password=PASSWORD, at=NOON)

        assert ("", False, False) == (
            ada.customer_role, queries.may_act_for_customer(ada), queries.may_manage_customer(ada)
        )  # fmt: skip

    def test_end_with_the_access(self, acorn):
        """Closed is closed, whatever the role."""
        user = add(acorn, "ann", "manager")
        services.close_access(user=user)

        assert [False, False, False] == [
            queries.is_customers(user), queries.may_act_for_customer(user), queries.may_manage_customer(user)
        ]  # fmt: skip

    @pytest.mark.parametrize(("role", "there"), [(Role.STAFF, "member"), (Role.CUSTOMER, "")])
    def test_are_kept_by_the_tables(self, acorn, role, there):
        """No row says otherwise, by whichever way it is written."""
        user = add(acorn, "ann", "member")
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=user.pk).update(
                role=role, customer=acorn if role == Role.CUSTOMER else None, customer_role=there
            )


class TestLinks:
    def test_are_good_once(self, acorn):
        """The second time the same token gives nothing."""
        user, token = services.invite_user(email="Bo@x.example", name="Bo", customer=acorn, customer_role="reader", at=NOON)
        services.take_password(token=token, password=PASSWORD, at=NOON)

        assert "bo@x.example" == user.email
        with pytest.raises(services.LinkIsOver, match="used"):
            services.take_password(token=token, password=PASSWORD, at=NOON)

    def test_end_at_their_instant(self, acorn):
        """A link for a forgotten password lasts an hour, up to and not at its end."""
        token = services.offer_password(user=add(acorn, "ann", "member"), at=NOON)

        assert queries.find_link(token, (NOON + HOUR).before(services.PASSWORD_LINK_LASTS)) is not None
        assert queries.find_link(token, NOON + HOUR) is None

    def test_give_no_password_that_is_too_easy(self, acorn):
        """The link stays good for a better one."""
        token = services.offer_password(user=add(acorn, "ann", "member"), at=NOON)
        with pytest.raises(ValidationError):
            services.take_password(token=token, password="ann", at=NOON)

        assert queries.find_link(token, NOON) is not None

    def test_end_with_the_access(self, acorn):
        """Whoever was sent away does not come back by an old mail."""
        user = add(acorn, "ann", "member")
        token = services.offer_password(user=user, at=NOON)
        services.close_access(user=user)

        assert queries.find_link(token, NOON) is None

    def test_are_kept_as_digests(self, acorn):
        """No row holds what the mail holds."""
        token = services.offer_password(user=add(acorn, "ann", "member"), at=NOON)

        assert token not in SignInLink.objects.values_list("digest", flat=True)


def test_looks_are_told_the_latest_first(acorn):
    """Who of the provider looked, and when."""
    ada = services.add_user(email="ada@example.org", name="Ada", role=Role.STAFF, password=PASSWORD, at=NOON)
    for at in (NOON, NOON + DAY):
        services.note_look(user=ada, customer=acorn, purpose="to help", ticket="T-7", until_at=at + HOUR, at=at)

    assert [NOON + DAY, NOON] == [Instant.of(look.at) for look in queries.looks_of(acorn)]


@pytest.mark.parametrize("written", ["person-", "person-x", "person-0", "ann@x.example", "", "person-" + "9" * 30])
def test_a_pseudonym_means_nobody_or_one(written):
    """What is no pseudonym, or nobody's, means nobody."""
    assert queries.person_called(written) is None


@pytest.mark.django_db(transaction=True)
def test_who_is_there_already_becomes_a_manager():
    """Before the upgrade nobody had a role there: each of a customer's people has the widest, and staff have none."""
    before = [("parties", "0002_tokens")]
    executor = MigrationExecutor(connection)
    executor.migrate(before)
    old = executor.loader.project_state(before).apps
    acorn = old.get_model("parties", "Customer").objects.create(slug="acorn", name="Acorn Legal")
    make = old.get_model("parties", "User").objects.create
    for name, role, customer in (("ann", "customer", acorn), ("ada", "staff", None)):
        make(email=f"{name}@x.example", name=name, role=role, customer=customer, created_at=NOON.utc())
    executor = MigrationExecutor(connection)
    # To today's tables, of every app: those that stand on the roles were taken back with them.
    executor.migrate(executor.loader.graph.leaf_nodes())

    assert [("ada", ""), ("ann", "manager")] == list(User.objects.order_by("name").values_list("name", "customer_role"))
