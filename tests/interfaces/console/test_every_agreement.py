"""The console under each shipped agreement: without credits, without a target, with a quarter as period, all the same."""

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction

from tests.interfaces import cast
from tests.interfaces.console.conftest import sign_in
from tests.interfaces.console.reading import heading, plain, read
from upheld.apps.agreements.queries import document_of
from upheld.apps.agreements.services import add_version, sign_agreement
from upheld.apps.findings.queries import period_at
from upheld.apps.fleet.services import watch_service
from upheld.apps.ledger.services import record
from upheld.apps.maintenance.services import plan
from upheld.apps.parties.models import Role
from upheld.apps.parties.services import add_contact, add_customer, add_user, name_provider
from upheld.apps.statements.services import prepare
from upheld.core.facts import Fact, MessageSent, PrioritySet, TicketOpened
from upheld.core.timeline import DAY, HOUR, MINUTE, Instant, Span
from upheld.gateways.pdf.naming import say_rule
from upheld.language import check, stand_in_parameters

pytestmark = pytest.mark.django_db

TEXTS = sorted(path.stem for path in cast.AGREEMENTS.glob("*.md"))
BEGUN = Instant.parse("2026-04-20T00:00Z")
DOWN = [("2026-06-04T09:00Z", "2026-06-04T18:00Z"), ("2026-08-20T09:00Z", "2026-08-20T14:00Z")]
MOST_PAGES = 70
MOST_OF_A_PAGE = 40_000


@pytest.fixture(scope="module", params=TEXTS)
def bound(request, django_db_setup, django_db_blocker) -> Iterator[SimpleNamespace]:
    """One customer under one text, watched from April on, down twice, with planned work and a statement of a past period."""
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around._from_testcase = True  # type: ignore[attr-defined]
        with around:
            yield live_under(request.param)
            transaction.set_rollback(True)


def live_under(name: str) -> SimpleNamespace:
    text = (cast.AGREEMENTS / f"{name}.md").read_text(encoding="utf-8")
    checked = check(text, as_of=cast.NOW)
    document = checked.document
    assert document is not None
    name_provider(name="Provider")
    mara = add_user(
        email="mara@example.org", name="Mara Ellis", role=Role.ADMINISTRATOR, password=cast.PASSWORD, at=BEGUN, customer=None
    )
    customer = add_customer(slug="acorn", name="Acorn Legal")
    add_contact(customer=customer, name="Acorn, operations", email="ops@acorn.example")
    agreement = sign_agreement(
        key=f"acorn-{document.id}", customer=customer, parameters=stand_in_parameters(document),
        version=add_version(source=text, document=document, calendars=checked.calendars, at=BEGUN),
        signed_at=BEGUN, by="person-1", at=BEGUN,
    )  # fmt: skip
    service, component = next(
        (name, part) for name, one in document.blocks["services"].items() for part in one.get("components", {})
    )
    watched = watch_service(
        slug="acorn-app", name="Acorn, application", customer=customer, agreement=agreement.key, terms_service=service,
        component=component, url="http://127.0.0.1:9/", interval_seconds=3600, deadline_seconds=4, allow=["127.0.0.0/8"],
    )  # fmt: skip
    cast.see(watched, BEGUN, cast.NOW.before(HOUR), HOUR, DOWN)
    for kind in document.blocks.get("maintenance", {}):
        span = Span(cast.NOW + DAY * 10, cast.NOW + DAY * 10 + HOUR)
        plan(agreement=agreement, kind=kind, span=span, reason="Larger database", by="person-1", at=cast.NOW.before(DAY))
    period = period_at(agreement, Instant.parse("2026-06-10T00:00Z"))
    record(facts=list(tell_tickets(agreement.key)))
    statement = prepare(agreement=agreement, period=period, by="person-1", at=cast.NOW)
    return SimpleNamespace(mara=mara, agreement=agreement, document=document_of(agreement, cast.NOW), statement=statement)


def tell_tickets(agreement: str) -> Iterator[Fact]:
    """Two tickets of June: one answered soon, one never."""
    for number, at in enumerate(("2026-06-09T10:00Z", "2026-06-10T10:00Z"), start=1):
        opened_at = Instant.parse(at)
        told: dict[str, Any] = {"agreement": agreement, "source": "desk", "ticket": f"T-{number}"}
        first: dict[str, Any] = {"id": f"t{number}", "occurred_at": opened_at, "recorded_at": opened_at}
        yield TicketOpened(**told, **first, channel="email")
        yield PrioritySet(**told, **(first | {"id": f"p{number}"}), priority="high", by="Tom")
        if number == 1:
            answered_at = opened_at + MINUTE * 5
            later: dict[str, Any] = {"id": "m1", "occurred_at": answered_at, "recorded_at": answered_at}
            yield MessageSent(**told, **later, message="m1", author="person", by="Tom", is_public=True)


@pytest.fixture
def client(bound, db):
    return sign_in(bound.mara)


def test_every_page_opens(bound, client):
    """Beginning at the navigation, every page that a link leads to answers, well formed, with a heading."""
    waiting = ["/now", "/services", "/outages", "/maintenance", "/maintenance/plan", "/statements", "/facts"]
    seen: dict[str, int] = {}
    while waiting and len(seen) < MOST_PAGES:
        place = waiting.pop(0)
        if re.sub(r"\d+", "0", place) in {re.sub(r"\d+", "0", one) for one in seen if "/why/" in one or "/facts/" in one}:
            continue
        answer = client.get(place)
        seen[place] = 200 if place == "/" else answer.status_code
        if answer.status_code == 200 and "text/html" in answer["Content-Type"]:
            assert heading(answer), place
            links = {link.attributes["href"].partition("#")[0] for link in read(answer).find("a")}
            ours = {
                one for one in links if one.startswith("/") and not one.startswith(("/static/", "/status/", "/verifier"))
            }
            waiting += sorted(ours - set(seen) - set(waiting))

    assert {place: status for place, status in seen.items() if status != 200} == {}
    assert len(seen) > 15


def test_statement_shows_each_figure_and_each_run(bound, client):
    """Each figure of the period and each run of a clock is named on the page, and the paper can be printed."""
    name = bound.statement.name
    place = f"/statements/acorn/{bound.document.id}/{name.split('/')[-2]}"
    page, twin = client.get(place), client.get(f"{place}.json").json()

    written = plain(read(page))
    figures = [say_rule(one["rule"]).partition("/")[2] for one in twin["findings"] if one["rule"].count("/") == 1]
    assert [name for name in figures if name not in written] == []
    runs = {say_rule(one["rule"]) for one in twin["findings"] if one["rule"].count("/") > 1 and one["rule"][:6] == "clocks"}
    assert [run for run in runs if ", ".join(run.split("/")[1:]) not in written] == []
    assert client.get(f"{place}.pdf").content.startswith(b"%PDF")
    assert heading(page)


def test_statement_is_light(bound, client):
    """At most 40 kB before compression: what is longer is folded, and what is folded is there when it is opened."""
    place = f"/statements/acorn/{bound.document.id}/{bound.statement.name.split('/')[-2]}"
    page = client.get(place)
    [*folded] = [each for each in read(page).find("details") if "hx-get" in each.attributes]

    assert len(page.content) <= MOST_OF_A_PAGE
    opened = [client.get(each.attributes["hx-get"], headers={"HX-Request": "true"}) for each in folded]
    assert [str(one.attributes["hx-get"]) for one, part in zip(folded, opened, strict=True) if "<li" not in part.text] == []


def test_looks_back_over_every_page(bound, client):
    """Seen from the middle of its life, and from before it began, nothing breaks."""
    for at in ("2026-06-04T12:00:00Z", "2026-04-19T00:00:00Z"):
        for place in ("/now", "/services", "/outages", "/maintenance", "/statements", "/facts"):
            assert 200 == client.get(f"{place}?as_of={at}").status_code, (place, at)
