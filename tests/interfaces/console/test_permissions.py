"""Every address with every member of the cast: who may look, who may act, and what everybody else is told."""

import pytest
from django.test import Client

from tests.apps.billed import invoice_july
from tests.interfaces import cast
from tests.interfaces.console.conftest import sign_in
from upheld.apps.billing.models import Credit
from upheld.apps.billing.services import file_claim
from upheld.apps.desk import services
from upheld.apps.desk.models import Inbound
from upheld.core.timeline import Instant
from upheld.doors.urls import DOORS
from upheld.interfaces.console.urls import DOORS as OPEN
from upheld.interfaces.console.urls import ROOMS

pytestmark = pytest.mark.django_db

STATEMENT = "/statements/acorn-legal/teamplify/2026-07"
PLACES = {
    "now": "/now",
    "services": "/services",
    "service": "/services/teamplify/acorn-legal",
    "outages": "/outages",
    "outage": "/outages/O-3",
    "approve-cause": "/outages/O-3/approve",
    "maintenance": "/maintenance",
    "plan": "/maintenance/plan",
    "plan-verdict": "/maintenance/plan/verdict",
    "window": "/maintenance/M-1",
    "window-deed": "/maintenance/M-1/start",
    "agreements": "/agreements",
    "agreement": "/agreements/teamplify/2023-01",
    "agreement-part": "/agreements/teamplify/2023-01/parts/1",
    "agreement-reading": "/agreements/teamplify/2023-01/readings/part-period",
    "agreement-text": "/agreements/teamplify/2023-01/text",
    "statements": "/statements",
    "statement": STATEMENT,
    "later-statement": f"{STATEMENT}/1",
    "statement-bundle": f"{STATEMENT}/1/bundle.zip",
    "statement-why": f"{STATEMENT}/1/why/0",
    "why": "/why/acorn-legal-teamplify/2026-08/availability/uptime",
    "duties": "/duties",
    "duty": "/duties/done",
    "credits": "/credits",
    "credit": "/credits/CR-1",
    "credit-deed": "/credits/CR-1/decide",
    "claims": "/claims",
    "claim": "/claims/C-1",
    "claim-deed": "/claims/C-1/decide",
    "invoices": "/invoices",
    "invoices-beancount": "/invoices/beancount",
    "draft": "/invoices/acorn-legal-hosting/draft/2026-08",
    "invoice": "/invoices/acorn-legal-hosting/of/INV-2026-0001",
    "invoice-deed": "/invoices/acorn-legal-hosting/pay",
    "payments": "/payments",
    "payment-deed": "/payments/assign",
    "letterheads": "/letterheads",
    "letterhead": "/letterheads/acorn-legal",
    "looked-after": "/looked-after",
    "looked-after-deed": "/looked-after/start",
    "volumes": "/volumes",
    "endings": "/endings",
    "terms": "/terms",
    "terms-change": f"/terms/{cast.ACORN}/2023-01",
    "approvals": "/approvals",
    "approval": "/approvals/A-1/confirm",
    "access": "/access",
    "access-end": "/access/end",
    "facts": "/facts",
    "witnesses": "/witnesses",
    "fact": "/facts/acorn-legal-teamplify/0",
    "people": "/people",
    "close-access": "/people/close",
    "oncall": "/on-call",
    "pages": "/on-call/pages",
    "page": "/on-call/pages/P-1",
    "page-resolve": "/on-call/pages/P-1/resolve",
    "policies": "/on-call/policies",
    "policy-new": "/on-call/policies/new",
    "policy": "/on-call/policies/outages",
    "rota-new": "/on-call/rotas/new",
    "rota": "/on-call/rotas/nights",
    "rota-withdraw": "/on-call/rotas/nights/withdraw",
    "rota-calendar": "/on-call/rotas/nights/calendar",
    "rota-change": "/on-call/rotas/nights/change",
    "ways": "/on-call/me",
    "way-confirm": "/on-call/me/confirm",
    "way-remove": "/on-call/me/remove",
    "calendar-renew": "/on-call/me/calendar",
    "desk": "/desk",
    "tickets-deed": "/desk/several",
    "ticket-open": "/desk/open",
    "call": "/desk/call",
    "macros": "/desk/macros",
    "macro-remove": "/desk/macros/remove",
    "templates": "/desk/templates",
    "template-remove": "/desk/templates/remove",
    "attainment": "/desk/attainment",
    "plans": "/desk/plans",
    "plans-deed": "/desk/plans/start",
    "reviews": "/desk/reviews",
    "review": "/desk/reviews/R-1",
    "prepaid": "/desk/prepaid",
    "misuse": "/desk/misuse",
    "loads": "/desk/high-loads",
    "appointments": "/desk/appointments",
    "told": "/desk/told",
    "ticket": "/desk/T-1",
    "ticket-priority": "/desk/T-1/priority",
    "ticket-others": "/desk/T-1/others",
    "ticket-clock": "/desk/T-1/clocks/respond/1",
    "ticket-deed": "/desk/T-1/do/work",
    "ticket-work": "/desk/T-1/work",
    "ticket-work-deed": "/desk/T-1/working/instruct",
    "attachment": "/files/T-1/1/1",
    "layout": "/files/T-1/1/layout",
    "original": "/files/T-1/1/original",
    "exhibit": "/exhibits/X-1",
    "settings": "/settings",
    "settings-remove": "/settings/remove",
    "settings-trial": "/settings/trial",
    "settings-untold": "/settings/untold",
}
DEEDS_ALONE = {"approve-cause", "duty", "window-deed", "close-access", "settings-remove"}
DEEDS_ALONE |= {"settings-trial", "settings-untold"}
DEEDS_ALONE |= {"tickets-deed", "ticket-deed", "ticket-work-deed", "macro-remove", "template-remove"}
DEEDS_ALONE |= {"plans-deed"}
DEEDS_ALONE |= {"credit-deed", "claim-deed"}
DEEDS_ALONE |= {"invoice-deed", "payment-deed", "looked-after-deed"}
DEEDS_ALONE |= {"approval", "access-end"}
DEEDS_ALONE |= {"page-resolve", "rota-withdraw", "way-confirm", "way-remove", "calendar-renew", "rota-calendar"}
FOR_ADMINISTRATORS = {"people", "close-access", "settings", "settings-remove", "settings-trial", "settings-untold"}
FOR_ADMINISTRATORS |= {"macros", "macro-remove", "templates", "template-remove"}
FOR_ADMINISTRATORS |= {"letterheads", "letterhead"}
FOR_ADMINISTRATORS |= {"policies", "policy-new", "policy", "rota-new", "rota-change", "rota-calendar"}
"""What only an administrator may change; everybody of the provider may look at the pages among them."""
WITH_DEEDS = DEEDS_ALONE | FOR_ADMINISTRATORS | {"outage", "plan", "statement", "later-statement"}
WITH_DEEDS |= {"ticket-open", "call"}
WITH_DEEDS |= {"page", "rota", "ways"}
WITH_DEEDS |= {"draft", "endings", "volumes", "approvals", "access"}
WITH_DEEDS |= {"terms", "terms-change"}
WITH_DEEDS |= {"reviews", "review", "prepaid", "told", "loads", "misuse"}


@pytest.fixture(scope="module")
def lived(lived, django_db_blocker):
    """The cast, a ticket with a file on it on which a clock runs, a claim, a credit and an invoice."""
    with django_db_blocker.unblock():
        file = services.Attached("trace.txt", "text/plain", b"trace")
        report = services.Report("It is slow", "Since this morning", html="<p>Since this morning</p>", attached=(file,))
        mail = Inbound.objects.create(digest="1", channel="email", raw=b"Subject: x", received_at=cast.NOW.utc())
        sender = services.Sender(by="person-9", shown_as="Lena", inbound=mail)
        ticket = services.open_ticket(
            agreement=lived.agreements["acorn"], way="portal", report=report, sender=sender, at=cast.NOW
        )
        services.set_priority(ticket=ticket, priority="high", by="person-1", because="as we see it", at=cast.NOW)
        services.keep_exhibit(
            customer=lived.agreements["acorn"].customer, kind="document", file=file, says="", by="person-9", shown_as="Lena",
            at=cast.NOW,
        )  # fmt: skip
        services.hold_review(agreement=lived.agreements["acorn"], summary="It was slow", by="person-1", at=cast.NOW)
        file_claim(
            agreement=lived.agreements["acorn"], credit="tenfold", outage_name="", channel="website", details=[],
            filed_at=cast.NOW, by="person-3", at=cast.NOW,
        )  # fmt: skip
        invoice_july("acorn-legal")
        Credit.objects.create(
            number=1, agreement=lived.agreements["acorn"], credit="tenfold", kind="right", amount="EUR 100.00",
            found="EUR 100.00", reason="as found", proposed_at=cast.NOW.utc(), subject="O-1",
            period_from_at=Instant.parse("2026-07-01T00:00Z").utc(), period_to_at=Instant.parse("2026-08-01T00:00Z").utc(),
        )  # fmt: skip
    return lived


def place_of(pattern) -> str:
    name, _, form = str(pattern.name).partition(".")
    return f"{PLACES[name]}{f'.{form}' if form else ''}"


@pytest.fixture(params=ROOMS, ids=lambda pattern: pattern.name)
def room(request, lived):
    """Each address behind the doors, with its forms."""
    return request.param


def test_every_address_is_walked():
    """A new address is not forgotten here, and none of these is gone."""
    assert {str(pattern.name).partition(".")[0] for pattern in ROOMS} == set(PLACES)


class TestWhoHasNotSignedIn:
    def test_is_led_to_the_door(self, room):
        """Every page behind the door leads to the door, which knows what was asked for; a program is told so."""
        answer = Client().get(place_of(room))

        if "." in room.name:
            assert 401 == answer.status_code
        else:
            assert (302, f"/sign-in?next={place_of(room).replace('/', '%2F')}") == (answer.status_code, answer["Location"])

    def test_does_nothing(self, room):
        """A form that is sent without signing in does nothing."""
        answer = Client().post(place_of(room))

        assert answer.status_code in (302, 401)

    @pytest.mark.parametrize(
        "place", ["/now", "/outages/O-3", "/outages/O-99", f"{STATEMENT}.json", "/statements/x/y/2026-07.json"]
    )
    def test_learns_nothing_from_an_instant(self, place, lived):
        """An unreadable instant is no way past the door."""
        assert Client().get(f"{place}?as_of=x").status_code in (302, 401)

    def test_is_somebody_whose_access_was_closed(self, lived, db):
        """Otto left: his session opens nothing."""
        answer = sign_in(lived.people["otto"]).get("/now")

        assert (302, "/sign-in?next=%2Fnow") == (answer.status_code, answer["Location"])


class TestACustomersPerson:
    def test_finds_nothing_here(self, room, lena):
        """What is forbidden looks as what is unknown: the same page, but for the address."""
        unknown = lena.get("/nothing/is/here.json" if "." in room.name else "/nothing/is/here")
        answers = [lena.get(place_of(room)), lena.post(place_of(room))]

        assert [404, 404] == [answer.status_code for answer in answers]
        assert answers[0].content == unknown.content

    def test_sees_no_console_around_it(self, lena):
        """No navigation, no word of what else there is."""
        assert b"Maintenance" not in lena.get("/now").content


class TestTheProvidersPeople:
    def test_see_every_page(self, room, tom):
        """Whatever has a page is shown, and what is only a deed says so."""
        name = room.name.partition(".")[0]

        assert (405 if name in DEEDS_ALONE else 200) == tom.get(place_of(room)).status_code

    def test_do_what_they_may(self, room, tom):
        """A deed of administrators is refused; a page without a deed takes no form."""
        name = room.name.partition(".")[0]
        answer = tom.post(place_of(room))

        if name in FOR_ADMINISTRATORS:
            assert 403 == answer.status_code
        elif name in WITH_DEEDS:
            assert answer.status_code not in (403, 405)
        else:
            assert 405 == answer.status_code

    def test_send_forms_of_ours_only(self, room, lived, db):
        """Without the mark of our own page no form is taken, whoever sends it."""
        strict = sign_in(lived.people["mara"], enforce_csrf_checks=True)

        assert 403 == strict.post(place_of(room)).status_code

    def test_are_told_who_may(self, tom):
        """In place of the form that he may not use stands who may."""
        page = tom.get("/people").content.decode()

        assert "An administrator adds people" in page
        assert 'name="password"' not in page


def test_nothing_is_kept_on_the_way(room, tom):
    """Pages of one reader are kept by no cache."""
    answer = tom.get(place_of(room))

    assert answer.status_code == 405 or "no-store" in answer["Cache-Control"]


class TestTheDoors:
    def test_are_these(self):
        """Everything that is open to anybody, by name: a page that is added to them is added here."""
        assert [
            "home", "sign-in", "sign-out", "forgotten", "password", "theme", "verifier", "verifier-page", "set-up",
            "set-up-with-code",
            "answer-page", "calendar",
        ] == [door.name for door in (*DOORS, *OPEN)]  # fmt: skip

    @pytest.mark.parametrize("who", ["tom", "mara"])
    def test_home_is_now_for_the_provider(self, who, lived, db):
        """The console's first page."""
        assert "/now" == sign_in(lived.people[who]).get("/")["Location"]

    def test_home_is_the_portal_for_a_customers_person(self, lena):
        """There they see how their services stand."""
        assert "/portal/" == lena.get("/")["Location"]

    def test_home_is_the_status_page_for_everybody_else(self, db):
        """For who has not signed in."""
        assert "/status/" == Client().get("/")["Location"]
