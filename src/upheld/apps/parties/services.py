"""Writing about parties: who the provider is, its customers, and who may sign in."""

import logging
import secrets

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from upheld.apps.parties.marking import mark_of as mark_of
from upheld.apps.parties.marking import mark_text as mark_text
from upheld.apps.parties.models import (
    Answer,
    Contact,
    Customer,
    CustomerRole,
    Look,
    Provider,
    Role,
    Setup,
    SignInLink,
    Token,
    User,
)
from upheld.apps.parties.queries import digest_token, find_link, is_staffed, provider
from upheld.core.timeline import DAY, HOUR, MINUTE, Duration, Instant

log = logging.getLogger("upheld.parties")


class SetupIsOver(PermissionError):
    """The first administrator is there, or the token was never given out: nobody becomes one this way any more."""


class AddressTaken(ValueError):
    """Somebody signs in with this address already."""


class CannotAdd(ValueError):
    """A token without a name, or with a name that the person has given to another one."""


class CannotLook(ValueError):
    """A look without what it is for, or without an end within a day."""


class CannotWrite(ValueError):
    """An address of more lines, or longer ones, than an invoice has room for."""


class LinkIsOver(PermissionError):
    """A one-time link that was used, has ended, or was never given out."""


class LastManager(ValueError):
    """The only one who names the others of a customer: somebody has to."""


class KeyDiffers(ValueError):
    """A key under which the same person asked for something else before."""


TOKEN_MARK = "upheld_"
"""How a token begins, so that people and programs that look for lost secrets know one when they see it."""


MOST_LINES, LONGEST_LINE = 8, 120
"""Of an address on paper."""
INVITATION_LASTS = DAY * 7
LONGEST_LOOK = DAY
PASSWORD_LINK_LASTS = HOUR


def name_provider(*, name: str) -> Provider:
    """Give the one provider its name, or another one."""
    provider, _ = Provider.objects.update_or_create(id=1, defaults={"name": name})
    return provider


def take_turn() -> None:
    """Until the caller's transaction ends nobody else gives out a number that counts through the installation."""
    # On SQLite whoever writes has the database alone; elsewhere the one row of the provider is the lock.
    Provider.objects.select_for_update(no_key=True).filter(id=1).first()


def add_customer(*, slug: str, name: str) -> Customer:
    """The customer `slug`; the one that is there, under its new name, when it is known already."""
    added, _ = Customer.objects.update_or_create(slug=slug, defaults={"name": name})
    return added


def write_own_address(*, address: str, pay_to: str, by: str) -> Provider:
    """What stands below our name on invoices from now on, and where they are paid to. Raises CannotWrite, UnknownParty."""
    row = provider()
    row.address, row.pay_to = read_lines("the address", address), read_lines("where to pay", pay_to)
    row.save(update_fields=["address", "pay_to"])
    log.info("own address written", extra={"by": by})
    return row


def write_address(*, customer: Customer, address: str, untaxed_because: str, by: str) -> Customer:
    """
    What stands below a customer's name on invoices from now on, and why these bear no tax where they bear none.

    Raises CannotWrite.
    """
    customer.address = read_lines("the address", address)
    customer.untaxed_because = read_lines("the reason", untaxed_because)
    customer.save(update_fields=["address", "untaxed_because"])
    log.info("address written", extra={"customer": customer.slug, "by": by})
    return customer


def read_lines(what: str, written: str) -> str:
    """As many lines as a letter bears, none of them empty; raises CannotWrite."""
    lines = [line.strip() for line in written.splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        raise CannotWrite(f"{what} has {len(lines)} lines; at most {MOST_LINES} stand on an invoice")
    if longest := next((line for line in lines if len(line) > LONGEST_LINE), ""):
        raise CannotWrite(f"a line has {len(longest)} letters, at most {LONGEST_LINE}: {longest[:30]}…")
    return "\n".join(lines)


def add_contact(*, customer: Customer, name: str, email: str) -> Contact:
    """Somebody on the customer's side who is told things."""
    added, _ = Contact.objects.update_or_create(customer=customer, email=email.strip().lower(), defaults={"name": name})
    return added


def offer_setup() -> str | None:
    """
    A new one-time token that makes the first administrator, to be printed for whoever started the program.

    An earlier one ends by it. None when one of the provider's people can sign in already. Only the digest is kept.
    """
    with transaction.atomic():
        if is_staffed():
            return None
        token = secrets.token_urlsafe(32)
        Setup.objects.update_or_create(id=1, defaults={"token_digest": digest_token(token)})
        return token


def create_first_administrator(*, token: str, email: str, name: str, password: str, at: Instant) -> User:
    """
    The first user, an administrator. Raises SetupIsOver where the token does not (or no longer) give the right to it, and
    Django's ValidationError for a password that is too easy; the token then stays good.
    """
    with transaction.atomic():
        # Whoever takes the row has the right; a second one that came with the same token finds it gone.
        taken, _ = Setup.objects.filter(token_digest=digest_token(token)).delete()
        if not taken or is_staffed():
            raise SetupIsOver(
                "this link has made its administrator, or a newer one was printed: look into the log, or sign in"
            )
        user = add_user(email=email, name=name, role=Role.ADMINISTRATOR, password=password, at=at)
        log.info("first administrator created", extra={"person": user.pk})
        return user


def add_user(
    *,
    email: str,
    name: str,
    role: str,
    password: str,
    at: Instant,
    customer: Customer | None = None,
    customer_role: str = CustomerRole.MANAGER,
) -> User:
    """
    Somebody who may sign in. Raises AddressTaken, and Django's ValidationError for a password that is too easy.

    `customer_role` counts for a customer's people alone.
    """
    user = make_user(email, name, role, customer, customer_role, at)
    validate_password(password, user)
    user.set_password(password)
    return keep_user(user)


def make_user(email: str, name: str, role: str, customer: Customer | None, customer_role: str, at: Instant) -> User:
    there = CustomerRole(customer_role) if Role(role) is Role.CUSTOMER else ""
    return User(
        email=email.strip().lower(), name=name.strip(), role=Role(role), customer=customer, customer_role=there,
        created_at=at.utc(),
    )  # fmt: skip


def keep_user(user: User) -> User:
    with transaction.atomic():
        if User.objects.filter(email=user.email).exists():
            raise AddressTaken(f"somebody signs in as {user.email} already")
        user.full_clean(exclude=["created_at"])
        user.save()
    return user


def invite_user(*, email: str, name: str, customer: Customer, customer_role: str, at: Instant) -> tuple[User, str]:
    """
    Somebody of a customer who may sign in once they gave themselves a password, and the token of the link for that.

    Raises AddressTaken, and Django's ValidationError for a name or an address that is none.
    """
    with transaction.atomic():
        user = make_user(email, name, Role.CUSTOMER, customer, customer_role, at)
        user.set_unusable_password()
        keep_user(user)
        log.info("person invited", extra={"person": user.pk, "customer": customer.slug})
        return user, offer_password(user=user, at=at, lasting=INVITATION_LASTS)


def invite_staff(*, email: str, name: str, at: Instant) -> tuple[User, str]:
    """
    One of the provider's people who may sign in once they gave themselves a password, and the token of the link for that.

    Raises AddressTaken, and Django's ValidationError for a name or an address that is none.
    """
    with transaction.atomic():
        user = make_user(email, name, Role.STAFF, None, "", at)
        user.set_unusable_password()
        keep_user(user)
        log.info("person invited", extra={"person": user.pk})
        return user, offer_password(user=user, at=at, lasting=INVITATION_LASTS)


def offer_password(*, user: User, at: Instant, lasting: Duration = PASSWORD_LINK_LASTS) -> str:
    """The token of a one-time link with which this person gives themselves a password; an earlier one ends by it."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        SignInLink.objects.filter(user=user, used_at__isnull=True, ends_at__gt=at.utc()).update(ends_at=at.utc())
        SignInLink.objects.create(user=user, digest=digest_token(token), made_at=at.utc(), ends_at=(at + lasting).utc())
    return token


def take_password(*, token: str, password: str, at: Instant) -> User:
    """
    Give the person of a one-time link this password; the link is used by it, and whoever was signed in is signed out.

    Raises LinkIsOver, and Django's ValidationError for a password that is too easy; the link then stays good.
    """
    with transaction.atomic():
        link = find_link(token, at)
        if link is None:
            raise LinkIsOver("this link was used, has ended, or a newer one was sent: ask for another")
        change_password(user=link.user, password=password)
        if not SignInLink.objects.filter(pk=link.pk, used_at__isnull=True).update(used_at=at.utc()):
            raise LinkIsOver("this link was used a moment ago: sign in, or ask for another")
    log.info("password taken", extra={"person": link.user.pk})
    return link.user


def change_customer_role(*, user: User, customer_role: str) -> None:
    """What one of a customer's people may do from now on. Raises LastManager."""
    with transaction.atomic():
        refuse_last_manager(user, CustomerRole(customer_role))
        user.customer_role = CustomerRole(customer_role)
        user.save(update_fields=["customer_role"])
    log.info("customer role changed", extra={"person": user.pk, "to": user.customer_role})


def refuse_last_manager(user: User, wanted: str) -> None:
    if user.customer is None or wanted == CustomerRole.MANAGER or user.customer_role != CustomerRole.MANAGER:
        return
    Customer.objects.select_for_update(no_key=True).get(pk=user.customer.pk)
    others = user.customer.users.filter(customer_role=CustomerRole.MANAGER, is_active=True).exclude(pk=user.pk)
    if not others.exists():
        raise LastManager(f"{user.name} is the only manager of {user.customer.name}; make somebody else one first")


def open_access(*, user: User) -> None:
    """The person may sign in again."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    log.info("access opened", extra={"person": user.pk})


def note_look(*, user: User, customer: Customer, purpose: str, ticket: str, until_at: Instant, at: Instant) -> Look:
    """
    One of the provider's people looks at the portal as this customer sees it, until an instant. Raises CannotLook.
    """
    if not purpose.strip():
        raise CannotLook("say what for: the customer reads it")
    if not at < until_at <= at + LONGEST_LOOK:
        raise CannotLook("a look ends within a day")
    return Look.objects.create(
        user=user, customer=customer, at=at.utc(), purpose=purpose.strip()[:500], ticket=ticket, until_at=until_at.utc()
    )


def end_look(*, look: Look, at: Instant) -> None:
    """They stopped looking, before its end."""
    look.ended_at = at.utc()
    look.save(update_fields=["ended_at"])


def change_password(*, user: User, password: str) -> None:
    """Another password; whoever is signed in with the old one is signed out."""
    validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])


def close_access(*, user: User) -> None:
    """The person may not sign in any more; what they did stays with their name."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    log.info("access closed", extra={"person": user.pk})


def add_token(*, user: User, name: str, at: Instant) -> tuple[Token, str]:
    """A token for a program of this person, and what the program shows: told here once, never again. Raises CannotAdd."""
    name = name.strip()
    if not name:
        raise CannotAdd("give the token a name: what the program is, so that you know later which one to revoke")
    written = f"{TOKEN_MARK}{secrets.token_urlsafe(32)}"
    with transaction.atomic():
        if Token.objects.filter(user=user, name=name).exists():
            raise CannotAdd(f"{user.email} has, or had, a token {name!r}; give this one a name of its own")
        added = Token.objects.create(user=user, name=name, digest=digest_token(written), created_at=at.utc())
    log.info("token added", extra={"person": user.pk})
    return added, written


def revoke_token(*, token: Token, at: Instant) -> None:
    """The token is good no more; the first revocation stays."""
    if Token.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=at.utc()):
        log.info("token revoked", extra={"person": token.user_id, "token": token.pk})


def note_use(*, token: Token, at: Instant) -> None:
    """Remember that the token was used, to the minute: a row is not written at every request."""
    if token.last_used_at is None or at - Instant.of(token.last_used_at) >= MINUTE:
        Token.objects.filter(pk=token.pk).update(last_used_at=at.utc())


def take_key(*, user: User, key: str, request_digest: str, at: Instant) -> tuple[Answer, bool]:
    """
    The answer that this person's key stands for, ours until the transaction ends; and whether it was asked for just now.

    Where it was asked for before and has no `status`, somebody carries it out, or died over it. Raises KeyDiffers where the
    key stands for another request.
    """
    answer, is_new = Answer.objects.get_or_create(
        user=user, key=key, defaults={"request_digest": request_digest, "asked_at": at.utc()}
    )
    answer = Answer.objects.select_for_update().get(pk=answer.pk)
    if answer.request_digest != request_digest:
        raise KeyDiffers(f"the key {key!r} stands for another request of {Instant.of(answer.asked_at)}; take a new key")
    return answer, is_new


def give_answer(*, answer: Answer, status: int, body: str) -> Answer:
    """The request was carried out, and this is what it is answered with from now on."""
    answer.status, answer.body = status, body
    answer.save(update_fields=["status", "body"])
    return answer


def take_over(*, answer: Answer, at: Instant) -> None:
    """Carry out again what was asked and never answered: from now on it counts as asked now."""
    answer.asked_at = at.utc()
    answer.save(update_fields=["asked_at"])


def drop_key(*, answer: Answer) -> None:
    """Nothing was done, so the key stands for nothing."""
    Answer.objects.filter(pk=answer.pk, status__isnull=True).delete()
