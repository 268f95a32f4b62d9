"""The portal at a known instant, over the month that really happened: Acorn's people, and Kettle's, who must never meet."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.apps.conftest import let_tables_be_emptied  # noqa: F401  (tests of real transactions end by emptying tables)
from tests.apps.desk import ground
from tests.interfaces import cast
from tests.interfaces.console.conftest import quick_passwords, sign_in  # noqa: F401
from upheld.apps.billing.services import file_claim
from upheld.apps.desk.services import Asked, Attached, Report, Said, Sender, hold_review, open_ticket, reply, start_chat
from upheld.apps.fleet.models import Service
from upheld.apps.maintenance.models import Notice
from upheld.apps.maintenance.services import plan
from upheld.apps.oncall.models import Message
from upheld.apps.parties.models import Role
from upheld.apps.parties.queries import customer, pseudonym_of
from upheld.apps.parties.services import add_user
from upheld.apps.statements.services import prepare
from upheld.core.timeline import DAY, HOUR, MINUTE, Instant, Span
from upheld.doors import addresses, asking, passwords, problems, signing_in

WORK = Span(Instant.parse("2026-09-05T20:00Z"), Instant.parse("2026-09-05T23:00Z"))
FILE = Attached("log.txt", "text/plain", b"nothing works")
CHATTED = "acorn-redtrack"
ROLES = ("manager", "member", "reader")


@pytest.fixture(autouse=True)
def clock(monkeypatch) -> Instant:
    """The portal's clock stands still at the cast's now, and nobody has tried anything yet."""
    for module in (addresses, asking, problems):
        monkeypatch.setattr(module, "now_us", lambda: cast.NOW.micros)
    counters = (
        signing_in.by_person, signing_in.by_address, signing_in.by_name, passwords.asked_for_one, passwords.asked_from,
        passwords.tried_from,
    )  # fmt: skip
    for tries in counters:
        tries.kept.clear()
    return cast.NOW


@pytest.fixture(scope="module")
def lived(django_db_setup, django_db_blocker) -> Iterator[SimpleNamespace]:
    """The cast after its month, made once for a file of tests: each test's own deeds are rolled back to it."""
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around._from_testcase = True  # type: ignore[attr-defined]
        with around:
            people, agreements = cast.people(), cast.live_through()
            for customer_slug, short in (("acorn-legal", "acorn"), ("kettle-media", "kettle")):
                for role in ROLES:
                    people[f"{short}-{role}"] = add_user(
                        email=f"{short}.{role}@example.org", name=f"{short.title()} {role}", role=Role.CUSTOMER,
                        password=cast.PASSWORD, at=cast.SIGNED, customer=customer(customer_slug), customer_role=role,
                    )  # fmt: skip
            windows, statements, claims, outages = {}, {}, {}, {}
            for name, agreement in agreements.items():
                windows[name] = tell_of_work(agreement)
                statements[name] = prepare(agreement=agreement, period="2026-07", by="person-1", at=cast.NOW)
            outages["acorn"] = sorted(Service.objects.get(agreement=cast.ACORN).outages.values_list("number", flat=True))
            claims["acorn"] = file_claim(
                agreement=agreements["acorn"], credit="tenfold", outage_name=f"O-{outages['acorn'][1]}",
                channel="website", details=[], filed_at=cast.NOW.before(DAY), by="person-3", at=cast.NOW.before(DAY),
            )  # fmt: skip
            tickets = {name: report(agreement, people[f"{name}-member"]) for name, agreement in agreements.items()}
            yield SimpleNamespace(
                people=people, agreements=agreements, windows=windows, statements=statements, claims=claims, outages=outages,
                tickets=tickets, review=write_review(agreements["acorn"]),
            )  # fmt: skip
            transaction.set_rollback(True)


def tell_of_work(agreement: Any) -> Any:
    """Planned work of which the customer was told a day ago."""
    at = cast.NOW.before(DAY)
    window = plan(agreement=agreement, kind="scheduled", span=WORK, reason="Larger database", by="person-1", at=at)
    message = Message.objects.create(
        key=f"told-{window.name}", kind="mail", to="ops@acorn.example", subject="Work", body="Work", written_at=at.utc(),
        sent_at=at.utc(),
    )  # fmt: skip
    Notice.objects.create(
        window=window, to="ops@acorn.example", role="support-contact", asked_by="person-1", asked_at=at.utc(),
        message=message, is_recorded=True,
    )  # fmt: skip
    return window


def report(agreement: Any, user: Any) -> Any:
    """A ticket with a file, an hour ago, and our answer to it."""
    at = cast.NOW.before(HOUR)
    by = Sender(by=pseudonym_of(user), shown_as=user.name, user=user, address=user.email)
    told = Report(
        subject=f"{user.name} cannot sign in", text="Since noon", html="<p>Since noon</p>", wish="medium", attached=[FILE]
    )
    ticket = open_ticket(agreement=agreement, way="portal", report=told, sender=by, at=at)
    reply(ticket=ticket, said=Said(text="We look."), by="person-2", shown_as="Tom Okafor", at=at + MINUTE)
    return ticket


def write_review(agreement: Any) -> Any:
    """What was learnt of Acorn's outage, written for them a day ago, with one thing to be done."""
    asks = (Asked("Watch the disks"),)
    return hold_review(
        agreement=agreement, summary="The disk was full", by="person-2", at=cast.NOW.before(DAY), is_public=True, asks=asks
    )


LOOK = {"customer": "acorn-legal", "purpose": "to see what is wrong", "ticket": "SD-9", "lasts": "1 hour"}
"""One of the provider's people looks as the customer does."""


def begin_chat(user: Any) -> Any:
    """A chat of Acorn's under another agreement, an hour ago."""
    at = cast.NOW.before(HOUR)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ground, "add_customer", lambda **given: customer("acorn-legal"))
        agreement = ground.sign("redtrack", key=CHATTED, package="live-chat")
    by = Sender(by=pseudonym_of(user), shown_as=user.name, user=user, address=user.email)
    return start_chat(agreement=agreement, report=Report(subject="A word", text="Which report?"), sender=by, at=at)


@pytest.fixture
def clients(lived, db) -> dict[str, Client]:
    """Everybody of the cast, signed in; `nobody` is not."""
    signed = {name: sign_in(user) for name, user in lived.people.items()}
    return {**signed, "nobody": Client()}
