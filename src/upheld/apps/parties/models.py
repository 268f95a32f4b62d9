"""Rows of the parties. The provider is one; users sign in by their e-mail address, their programs by a token."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.db.models.functions import Lower


class Role(models.TextChoices):
    """What a user is here for."""

    ADMINISTRATOR = "administrator"
    STAFF = "staff"
    CUSTOMER = "customer"


class CustomerRole(models.TextChoices):
    """What one of a customer's people may do for their own side; nothing for the provider's people."""

    MANAGER = "manager"
    """Names the others, besides all that a member may."""
    MEMBER = "member"
    """Files claims, turns switches, asks for what is owed."""
    READER = "reader"
    """Sees all, changes nothing."""


class Provider(models.Model):
    """Who makes the promises: one row."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    name = models.CharField(max_length=200)
    address = models.TextField(default="", blank=True)
    """The lines below the name on an invoice: where we are, our tax number."""
    pay_to = models.TextField(default="", blank=True)
    """Where invoices are paid to, line by line."""

    class Meta:
        db_table = "parties_provider"
        constraints: ClassVar = [CheckConstraint(condition=Q(id=1), name="there_is_one_provider")]


class Customer(models.Model):
    """Whom promises are made to."""

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    address = models.TextField(default="", blank=True)
    """The lines below the name on an invoice: where they are, their tax number."""
    untaxed_because = models.TextField(default="", blank=True)
    """Why their invoices bear no tax, where they bear none: the words that the law asks for."""

    class Meta:
        db_table = "parties_customer"
        constraints: ClassVar = [CheckConstraint(condition=~Q(name=""), name="a_customer_has_a_name")]

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """A person on the customer's side who is told things. Not a user: nobody signs in by it."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=200)
    email = models.EmailField()

    class Meta:
        db_table = "parties_contact"
        constraints: ClassVar = [UniqueConstraint("customer", Lower("email"), name="a_contact_is_listed_once")]


class UserManager(BaseUserManager["User"]):
    """Finds a user by the address that was typed, in whatever case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """A person who signs in: one of the provider's, or one of a customer's."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=20, choices=Role.choices)
    customer = models.ForeignKey(Customer, null=True, blank=True, on_delete=models.PROTECT, related_name="users")
    customer_role = models.CharField(max_length=20, choices=CustomerRole.choices, blank=True, default="")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name", "role"]

    class Meta:
        db_table = "parties_user"
        constraints: ClassVar = [
            CheckConstraint(condition=Q(email=Lower("email")), name="addresses_are_kept_in_lower_case"),
            CheckConstraint(condition=Q(role__in=Role.values), name="a_user_has_a_known_role"),
            CheckConstraint(
                condition=Q(role=Role.CUSTOMER, customer__isnull=False)
                | (~Q(role=Role.CUSTOMER) & Q(customer__isnull=True)),
                name="a_customer_user_belongs_to_a_customer_and_nobody_else_does",
            ),
            CheckConstraint(
                condition=Q(role=Role.CUSTOMER, customer_role__in=CustomerRole.values)
                | (~Q(role=Role.CUSTOMER) & Q(customer_role="")),
                name="a_customer_user_has_a_role_there_and_nobody_else_has",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Setup(models.Model):
    """The one-time right to become the first administrator: one row, only its digest is kept."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    token_digest = models.CharField(max_length=64)

    class Meta:
        db_table = "parties_setup"
        constraints: ClassVar = [CheckConstraint(condition=Q(id=1), name="there_is_one_right_to_set_up")]


class SignInLink(models.Model):
    """A one-time right to give oneself a password: by invitation, or because it was forgotten. Only a digest is kept."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "parties_sign_in_link"


class Look(models.Model):
    """
    One of the provider's people looked at the portal as a customer sees it, from an instant on: what for, because of which
    ticket, and until when at the latest. Looks from before these were asked have none of them.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="looks")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="looks")
    at = models.DateTimeField()
    purpose = models.CharField(max_length=500, blank=True, default="")
    ticket = models.CharField(max_length=50, blank=True, default="")
    until_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    """When they stopped of themselves, before its end."""

    class Meta:
        db_table = "parties_look"


class Token(models.Model):
    """What a program shows instead of signing in: good for what its person may, until revoked. Only a digest is kept."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=100)
    """What the program is, as the person calls it."""
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "parties_token"
        constraints: ClassVar = [
            UniqueConstraint(fields=["user", "name"], name="tokens_of_a_person_have_different_names"),
            CheckConstraint(condition=~Q(name=""), name="a_token_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Answer(models.Model):
    """What a request was answered with, under the key that its sender gave it: sent again, nothing is done twice."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="answers")
    key = models.CharField(max_length=200)
    request_digest = models.CharField(max_length=64)
    """SHA-256 of what was asked: the same key with another request is refused."""
    asked_at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    """None while the deed is not done."""
    body = models.TextField(default="", blank=True)

    class Meta:
        db_table = "parties_answer"
        constraints: ClassVar = [UniqueConstraint(fields=["user", "key"], name="a_key_names_one_request_of_a_person")]


class Mark(models.Model):
    """
    What a mark in the ledger stands for: the value and the random bytes that were hashed with it.

    Erasing the row makes the mark mean nobody, and changes no hash. `owner` is the pseudonym of whose words the value is.
    """

    mark = models.CharField(max_length=40, unique=True)
    value = models.TextField()
    value_digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the value, by which it is found; it is erased with the row."""
    salt = models.BinaryField(max_length=32)
    owner = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        db_table = "parties_mark"
        constraints: ClassVar = [CheckConstraint(condition=~Q(value=""), name="a_mark_stands_for_something")]

    def __str__(self) -> str:
        return self.mark
