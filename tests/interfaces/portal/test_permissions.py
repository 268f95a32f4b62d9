"""Every address of the portal with everybody, of an own and of a foreign thing: each route says what must come of it."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests.apps.billed import invoice_july
from tests.interfaces import cast
from tests.interfaces.portal.conftest import LOOK, begin_chat
from upheld.apps.billing.models import Credit
from upheld.apps.desk.services import Attached, keep_exhibit
from upheld.apps.parties.models import Look
from upheld.core.timeline import Instant
from upheld.interfaces.portal.urls import DOORS, ROOMS

pytestmark = pytest.mark.django_db

CUSTOMERS = ("acorn-manager", "acorn-member", "acorn-reader")
FOREIGN = ("kettle-manager", "kettle-member", "kettle-reader")
STAFF = ("mara", "tom")
MANAGERS, ACTING, ALL = ("acorn-manager",), ("acorn-manager", "acorn-member"), CUSTOMERS
STATEMENT = "statements/acorn-legal/teamplify/2026-07"


@dataclass(frozen=True)
class Rule:
    """What must come of a route: where it is, who may post there (nobody: no form), whether it shows a thing of Acorn's."""

    place: str
    posts: tuple[str, ...] = ()
    shows: bool = True
    is_own: bool = True
    """A thing of Acorn's: of it nothing is there for anybody else."""
    is_staffs: bool = False


RULES = {
    "home": Rule("", is_own=False),
    "home-twin": Rule("home", is_own=False),
    "services": Rule("services", is_own=False),
    "service": Rule("services/teamplify/acorn-legal"),
    "outage": Rule("outages/{outage}"),
    "maintenance": Rule("maintenance", is_own=False),
    "window": Rule("maintenance/{window}"),
    "notices": Rule("notices", is_own=False),
    "agreements": Rule("agreements", is_own=False),
    "agreement": Rule("agreements/teamplify/2023-01", is_own=False),
    "agreement-part": Rule("agreements/teamplify/2023-01/parts/1", is_own=False),
    "agreement-reading": Rule("agreements/teamplify/2023-01/readings/part-period", is_own=False),
    "agreement-text": Rule("agreements/teamplify/2023-01/text", is_own=False),
    "statements": Rule("statements", is_own=False),
    "statement": Rule(STATEMENT),
    "later-statement": Rule(f"{STATEMENT}/1"),
    "statement-bundle": Rule(f"{STATEMENT}/1/bundle.zip"),
    "statement-why": Rule(f"{STATEMENT}/1/why/0"),
    "statement-dispute": Rule(f"{STATEMENT}/1/dispute", posts=ACTING),
    "disputes": Rule("disputes", is_own=False),
    "ticket-dispute": Rule("tickets/{ticket}/dispute", posts=ACTING),
    "why": Rule("why/acorn-legal-teamplify/2026-08/availability/uptime"),
    "facts": Rule("facts", is_own=False),
    "fact": Rule("facts/acorn-legal-teamplify/0"),
    "own": Rule("records", posts=ACTING, is_own=False),
    "own-handed-over": Rule("records/handed-over/{exhibit}"),
    "heads": Rule("heads", posts=ACTING, is_own=False),
    "own-everything": Rule("records/everything.zip", is_own=False),
    "own-facts": Rule("records/acorn-legal-teamplify.jsonl"),
    "tickets": Rule("tickets", is_own=False),
    "ticket": Rule("tickets/{ticket}", posts=ACTING),
    "agreed": Rule("tickets/{ticket}/agreed", posts=ACTING),
    "ticket-priority": Rule("tickets/{ticket}/priority", posts=ACTING, shows=False),
    "ticket-rating": Rule("tickets/{ticket}/rating", posts=ACTING, shows=False),
    "ticket-clock": Rule("tickets/{ticket}/clocks/{clock}/1"),
    "ticket-file": Rule("tickets/{ticket}/files/1/1"),
    "ticket-layout": Rule("tickets/{ticket}/files/1/layout"),
    "report": Rule("report", is_own=False),
    "reporting": Rule("report/acorn-legal-teamplify/high", posts=ACTING),
    "chat": Rule("chat", is_own=False),
    "chat-start": Rule("chat/acorn-redtrack", posts=ACTING),
    "chat-room": Rule("chats/{chat}", posts=ACTING),
    "chat-after": Rule("chats/{chat}/after/0"),
    "appointments": Rule("appointments", is_own=False),
    "plans": Rule("plans", posts=ACTING, is_own=False),
    "prepaid": Rule("prepaid", is_own=False),
    "reviews": Rule("reviews", is_own=False),
    "review": Rule("reviews/{review}"),
    "telegram": Rule("telegram", posts=ALL, is_own=False),
    "claims": Rule("claims", is_own=False),
    "claim": Rule("claims/{claim}"),
    "claim-appeal": Rule("claims/{claim}/appeal", posts=ACTING, shows=False),
    "claim-period": Rule("claims/{credit}/file", posts=ACTING),
    "claim-filing": Rule("claims/file/acorn-legal-teamplify/tenfold/{open}", posts=ACTING),
    "invoices": Rule("invoices", is_own=False),
    "invoice": Rule("invoices/acorn-legal-hosting/of/INV-2026-0001"),
    "endings": Rule("endings", posts=ACTING, is_own=False),
    "duties": Rule("duties", posts=ACTING, is_own=False),
    "access": Rule("access", is_own=False),
    "switch": Rule("access/switch", posts=ACTING, shows=False),
    "persons": Rule("persons", posts=ALL, is_own=False),
    "people": Rule("people", posts=MANAGERS, is_own=False),
    "person": Rule("people/close", posts=MANAGERS, shows=False, is_own=False),
    "look": Rule("look", is_own=False, is_staffs=True),
    "look-stop": Rule("look/stop", shows=False, is_own=False, is_staffs=True),
}


@pytest.fixture(params=ROOMS, ids=lambda pattern: pattern.name)
def room(request, lived, db) -> tuple[Rule, str]:
    """Each address behind the doors, with its forms: its rule, and where it is for Acorn."""
    name, _, form = str(request.param.name).partition(".")
    rule = RULES[name]
    running = f"O-{lived.outages['acorn'][-1]}"
    names = {
        "outage": running, "open": running, "window": lived.windows["acorn"].name, "claim": lived.claims["acorn"].name,
        "ticket": lived.tickets["acorn"].name, "review": lived.review.name,
        "clock": lived.tickets["acorn"].runs.order_by("pk")[0].clock,
    }  # fmt: skip
    if "{credit}" in rule.place:
        names["credit"] = propose_for_july(lived.agreements["acorn"]).name
    if "{exhibit}" in rule.place:
        file = Attached("seen.csv", "text/csv", b"at,result\n")
        names["exhibit"] = keep_exhibit(
            customer=lived.agreements["acorn"].customer, kind="document", file=file, says="", by="person-3", shown_as="Lena",
            at=cast.NOW,
        ).name  # fmt: skip
    if rule.place.startswith(("chats/", "chat/")):
        names["chat"] = begin_chat(lived.people["acorn-member"]).name
    if rule.place.startswith("invoices/"):
        invoice_july("acorn-legal")
    return rule, f"/portal/{rule.place.format(**names)}{f'.{form}' if form else ''}"


def propose_for_july(agreement: Any) -> Any:
    """A credit of a whole period that waits for a claim."""
    return Credit.objects.create(
        number=1, agreement=agreement, credit="tenfold", kind="right", amount="EUR 100.00", found="EUR 100.00",
        reason="as found", proposed_at=cast.SIGNED.utc(), needs_claim=True,
        period_from_at=Instant.parse("2026-07-01T00:00Z").utc(), period_to_at=Instant.parse("2026-08-01T00:00Z").utc(),
    )  # fmt: skip


def test_every_route_has_a_rule():
    """A route that is added without saying who may come in fails here; a rule without a route too."""
    assert set(RULES) == {str(pattern.name).partition(".")[0] for pattern in ROOMS}


def test_the_doors_are_these():
    """What is open without signing in, by name: it needs an address that nobody guesses."""
    assert ["calendar", "appointments-calendar"] == [pattern.name for pattern in DOORS]


class TestWhoHasNotSignedIn:
    def test_is_led_to_the_door(self, room, clients):
        """Whatever is asked, and for whose thing; a program is told so."""
        _, place = room
        answers = [clients["nobody"].get(place), clients["nobody"].post(place)]

        assert {answer.status_code for answer in answers} <= {302, 401}
        assert all("/sign-in" in answer["Location"] for answer in answers if answer.status_code == 302)

    def test_is_somebody_whose_access_was_closed(self, room, clients, lived):
        """A session of yesterday opens nothing once the access is closed."""
        user = lived.people["acorn-manager"]
        type(user).objects.filter(pk=user.pk).update(is_active=False)

        assert clients["acorn-manager"].get(room[1]).status_code in (302, 401)


class TestTheCustomersOwnPeople:
    @pytest.mark.parametrize("who", CUSTOMERS)
    def test_see_their_own(self, room, clients, who):
        """Each role sees every page of its side; what is only a deed says so; what is the provider's is not there."""
        rule, place = room

        expected = 404 if rule.is_staffs else 200 if rule.shows else 405
        assert expected == clients[who].get(place).status_code

    @pytest.mark.parametrize("who", CUSTOMERS)
    def test_do_what_their_role_may(self, room, clients, who):
        """Whoever may not is told so; an empty form of who may is answered, never forbidden by role."""
        rule, place = room
        status = clients[who].post(place).status_code

        if rule.is_staffs:
            assert 404 == status
        elif not rule.posts:
            assert 405 == status
        elif who not in rule.posts:
            assert 403 == status
        else:
            assert status in (303, 400, 404, 409, 422)

    def test_send_forms_of_ours_only(self, room, lived, db):
        """Without the mark of our own page no form is taken, whoever sends it."""
        from tests.interfaces.console.conftest import sign_in

        strict = sign_in(lived.people["acorn-manager"], enforce_csrf_checks=True)

        assert 403 == strict.post(room[1]).status_code


class TestAnotherCustomersPeople:
    @pytest.mark.parametrize("who", FOREIGN)
    def test_find_nothing_of_others(self, room, clients, who):
        """A foreign thing looks as one that was never there: the same page, but for its address."""
        rule, place = room
        if not rule.is_own:
            pytest.skip("it shows each customer their own")
        unknown = clients[who].get("/portal/nothing/is/here.json" if ".json" in place else "/portal/nothing/is/here")
        answer = clients[who].get(place)

        assert (405 if not rule.shows else 404) == answer.status_code
        if rule.shows and not place.endswith((".csv", ".pdf", ".ics", ".jsonl")):
            assert plain_of(unknown) == plain_of(answer)

    @pytest.mark.parametrize("who", FOREIGN)
    def test_do_nothing_to_others(self, room, clients, who):
        """No form reaches a foreign thing."""
        rule, place = room
        if rule.is_own:
            assert clients[who].post(place).status_code in (403, 404, 405)

    @pytest.mark.parametrize("who", FOREIGN)
    def test_are_shown_no_word_of_others(self, room, clients, who):
        """No page of theirs names Acorn, its people, or its ledger."""
        answer = clients[who].get(room[1])
        said = b"".join(answer.streaming_content) if answer.streaming else answer.content

        assert not [
            word for word in (b"Acorn", b"acorn-legal-teamplify", b"acorn.") if word in said.replace(room[1].encode(), b"")
        ]


class TestTheProvidersPeople:
    @pytest.mark.parametrize("who", STAFF)
    def test_see_nothing_before_they_say_as_whom(self, room, clients, who):
        """Home leads to the choice; of no customer anything is shown by itself."""
        rule, place = room
        answer = clients[who].get(place)

        if rule.is_own and rule.shows:
            assert 404 == answer.status_code
        assert b"Acorn Legal" not in answer.content.replace(b">Acorn Legal</option>", b"").replace(b"<b>Acorn Legal", b"")

    @pytest.mark.parametrize("who", STAFF)
    def test_look_as_the_customer_and_change_nothing(self, room, clients, who):
        """Having said as whom, they see what the customer sees, and no form is theirs."""
        rule, place = room
        clients[who].post("/portal/look", LOOK)

        assert (200 if rule.shows else 405) == clients[who].get(place).status_code
        if not rule.is_staffs:
            assert (403 if rule.posts else 405) == clients[who].post(place).status_code

    def test_are_seen_looking(self, clients, lived):
        """It is on the page while they look, and on record for the customer."""
        clients["tom"].post("/portal/look", LOOK)
        page = clients["tom"].get("/portal/").content.decode()

        assert "You look at the portal as Acorn Legal sees it, until" in page
        told = clients["acorn-reader"].get("/portal/access").content.decode()
        assert ("Tom Okafor" in told, "For: to see what is wrong. Ticket SD-9." in told) == (True, True)
        assert "Tom Okafor" not in clients["kettle-manager"].get("/portal/access").content.decode()

    @pytest.mark.parametrize(
        ("sent", "words"),
        [
            ({"purpose": ""}, "Say what for"), ({"ticket": ""}, "Name the ticket"), ({"ticket": "T-999"}, "T-999"),
            ({"lasts": "for ever"}, "for how long"), ({"purpose": "x" * 501}, "at most 500"),
        ],
    )  # fmt: skip
    def test_look_with_a_purpose_a_ticket_and_an_end(self, clients, sent, words):
        """Without any of them nothing is shown, and what is missing is said."""
        answer = clients["tom"].post("/portal/look", {**LOOK, **sent})

        assert (422, True) == (answer.status_code, words in plain_of(answer))
        assert "/portal/look" == clients["tom"].get("/portal/")["Location"]

    def test_a_look_ends_by_itself(self, clients):
        """After its time the customer is shown no more."""
        clients["tom"].post("/portal/look", LOOK)
        Look.objects.update(until_at=Look.objects.get().at)

        assert "/portal/look" == clients["tom"].get("/portal/")["Location"]

    def test_stop_looking(self, clients):
        """Afterwards nothing of the customer is shown to them any more."""
        clients["tom"].post("/portal/look", LOOK)
        clients["tom"].post("/portal/look/stop")

        assert "/portal/look" == clients["tom"].get("/portal/")["Location"]


def plain_of(answer) -> str:
    """The page without what differs from request to request."""
    from tests.interfaces.console.reading import plain, read

    text = answer.content.decode()
    return text if text.startswith("{") else plain(read(answer))


def test_nothing_is_kept_on_the_way(room, clients):
    """Pages of one reader are kept by no cache."""
    answer = clients["acorn-manager"].get(room[1])

    assert answer.status_code == 405 or "no-store" in answer["Cache-Control"]
