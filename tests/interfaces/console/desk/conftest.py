"""A desk with work on it: a customer under an agreement with a telephone, tickets of all sorts, staff who are signed in."""

import re
from collections.abc import Iterator
from html import unescape
from types import SimpleNamespace

import pytest
from django.db import transaction

from tests.apps.desk import ground
from tests.interfaces import cast
from tests.interfaces.console.conftest import sign_in
from upheld.apps.desk import services
from upheld.core.timeline import MINUTE, Instant
from upheld.doors import addresses, asking, problems

OPENED = Instant.parse("2025-06-16T09:00Z")
"""When the first ticket came in; a Monday morning."""
NOW = OPENED + MINUTE * 9
LAID_OUT = "<p>Please <b>help</b></p>"


@pytest.fixture(autouse=True)
def clock(monkeypatch) -> Instant:
    """The desk's clock stands still nine minutes after the first ticket."""
    for module in (addresses, asking, problems):
        monkeypatch.setattr(module, "now_us", lambda: NOW.micros)
    return NOW


@pytest.fixture(scope="module")
def desk(django_db_setup, django_db_blocker) -> Iterator[SimpleNamespace]:
    """Tickets of Acorn under Code Enigma: one that is urgent, one that is quiet, one that is held, one that is over."""
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around._from_testcase = True  # type: ignore[attr-defined]
        with around:
            people = cast.people()
            agreement = ground.sign("code-enigma")
            file = services.Attached("trace é.html", "text/html", b"<script>x</script>")
            urgent = ground.open_one(
                agreement, OPENED, subject="Checkout times out", wish="urgent", attached=(file,),
                text="Since half past three.\nTwo customers <b>rang</b> us.",
            )  # fmt: skip
            quiet = ground.open_one(agreement, OPENED, subject="Colours of the basket", wish="normal")
            over = ground.open_one(agreement, OPENED, subject="A word of thanks", wish="normal")
            services.resolve(ticket=over, by=ground.STAFF, because="said thanks", at=OPENED + MINUTE * 2)
            sender = services.Sender(by="mail:x", shown_as="Joan Pryce", address="joan@fenland.example", is_verified=False)
            held = services.hold_ticket(
                way="email", report=services.Report("It does not work", "Please help", html=LAID_OUT), sender=sender,
                because="No contact has this address.", at=OPENED + MINUTE,
            )  # fmt: skip
            yield SimpleNamespace(people=people, agreement=agreement, urgent=urgent, quiet=quiet, over=over, held=held)
            transaction.set_rollback(True)


def said(answer) -> str:
    """The words of a page in the order in which they stand, without the marks around them."""
    plain = unescape(re.sub(r"<[^>]*>", "", answer.content.decode()))
    return " ".join(plain.replace("\u00a0", " ").split())


@pytest.fixture
def tom(desk, db):
    """One of the provider's people, signed in."""
    return sign_in(desk.people["tom"])


@pytest.fixture
def mara(desk, db):
    """The administrator, signed in."""
    return sign_in(desk.people["mara"])
