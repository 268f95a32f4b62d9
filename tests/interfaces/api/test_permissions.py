"""Who may do what: every route, every member of the cast, on their own things and on somebody else's."""

import json

import pytest
from django.test import Client
from openapi_spec_validator import OpenAPIV31SpecValidator
from pydantic import BaseModel

from tests.interfaces.api.cast import MEMBERS
from tests.interfaces.api.ground import NOW, grant_credits
from tests.interfaces.api.routes import Route, address, body, list_routes, query
from upheld.apps.agreements.queries import agreement
from upheld.apps.desk.services import Sender
from upheld.apps.desk.services.disputing import Disputed, dispute
from upheld.interfaces.api.interface import ROOMS, describe

ROUTES = list_routes()
PROVIDER = ("administrator", "staff")
OUTSIDE = ("former", "revoked", "nobody")
ONLY_PROVIDER = ("rotas", "policies", "pages", "macros", "templates", "escalations", "payments", "approvals")
"""What a customer's people are not to know of at all."""
OF_CUSTOMERS = (
    "/agreements/{key}/ends",
    "/agreements/{key}/tickets", "/tickets/{name}/messages", "/tickets/{name}/rating", "/quotes/{name}/accept",
    "/quotes/{name}/decline", "/tickets/{name}/appointments", "/appointments/{number}/accept",
    "/appointments/{number}/decline", "/tickets/{name}/instructions", "/plans/{plan}/sign-off",
    "/agreements/{key}/witnesses", "/agreements/{key}/countersignatures", "/agreements/{key}/head-readers",
    "/agreements/{key}/head-readers/remove", "/claims/{name}/appeal", "/agreements/{key}/claims",
    "/statements/{number}/dispute", "/tickets/{name}/dispute", "/duties/{duty}/ask", "/switches/{switch}",
    "/agreements/{key}/chat", "/people/{person}/role", "/people/{person}/close", "/people/{person}/open",
    "/people/{person}/invite",
)  # fmt: skip
"""What a customer's people do; of a ticket only what is theirs to say, so that the body that fits the provider does not."""
NOT_OF_PROVIDER = (
    "/tickets/{name}/rating", "/quotes/{name}/accept", "/quotes/{name}/decline", "/countersignatures",
    "/claims/{name}/appeal", "/statements/{number}/dispute", "/tickets/{name}/dispute", "/duties/{duty}/ask",
    "/people/{person}/role", "/people/{person}/close", "/people/{person}/open", "/people/{person}/invite",
)  # fmt: skip
"""What only the customer's own people say."""
WITHOUT_EXAMPLE = ("/countersignatures", "/persons")
"""What only a key that signs, or an agreement that names persons, makes fit."""
OF_EVERYBODY = [route for route in ROUTES if "{" not in route.template and route.method == "get"]
MADE = [route for route in ROUTES if "{" not in route.template and route.method == "post"]
OF_ADMINISTRATORS = ("/rotas", "/policies")
MADE_BY_CUSTOMERS = ("/exhibits", "/people", "/chats", "/chats/unlink")
NAMED = [route for route in ROUTES if "{" in route.template]


def ask(cast, member: str, route: Route, customer: str):
    prepare_state(cast, member, route, customer)
    path = address(route, customer)
    if route.method == "get":
        return cast.get(path, member, **query(route))
    return cast.post(path, body(route, customer), member, key=customer)


def prepare_state(cast, member: str, route: Route, customer: str) -> None:
    """Work is over only after it began; a time is answered by the side that did not propose it."""
    before = {
        "/credit-notes/confirm": (
            "administrator" if member == "staff" else "staff",
            "/api/v1/agreements/{key}/invoices/{invoice}/credit-notes",
        ),
        "/{number}/remove": ("staff", "/api/v1/escalations"),
        "/carry-out": ("staff", "/api/v1/tickets/{name}/instructions"),
        "/reversal": ("staff", "/api/v1/payments/{name}/purpose"),
        "/steps": ("staff", "/api/v1/agreements/{key}/plans/{plan}/start"),
        "/sessions": ("staff", "/api/v1/agreements/{key}/plans/{plan}/start"),
        "/sign-off": ("staff", "/api/v1/agreements/{key}/plans/{plan}/start"),
        "/{number}/accept": (customer if member in PROVIDER else "staff", "/api/v1/tickets/{name}/appointments"),
        "/{number}/decline": (customer if member in PROVIDER else "staff", "/api/v1/tickets/{name}/appointments"),
    }
    if route.template.startswith("/api/v1/approvals/"):
        decision = address(Route("post", "/api/v1/credits/{name}/decision"), customer)
        proposer = "administrator" if member == "staff" else "staff"
        sent = {"granted": True, "because": "it took too long"}
        assert cast.post(decision, sent, proposer, key=f"first-{customer}").status_code == 201
    if "/appeal" in route.template:
        refuse_claim(cast, route, customer, "administrator" if member == "staff" else "staff")
    for end, (who, template) in before.items():
        if route.template.endswith(end):
            first = Route("post", template)
            answer = cast.post(address(first, customer), body(first, customer), who, key=f"first-{customer}")
            assert answer.status_code == 201
    if "{person}" in route.template:
        sent = {"name": "Colleague", "email": f"colleague@{customer}.example"}
        assert cast.post("/api/v1/people", sent, customer, key=f"first-{customer}").status_code == 201
    if route.template.endswith("/end"):
        begin = Route("post", route.template.replace("/end", "/start"))
        assert cast.post(address(begin, customer), {}, key=f"begin-{customer}").status_code == 201
    if route.template.endswith("/dispute/decision"):
        open_dispute(customer)
    if route.template.endswith("/corrections"):
        grant_credits()
    if route.template.endswith(("/reopen", "/rating")):
        settle = Route("post", "/api/v1/tickets/{name}/resolve")
        assert cast.post(address(settle, customer), body(settle, customer), key=f"settle-{customer}").status_code == 201


def refuse_claim(cast, route: Route, customer: str, member: str) -> None:
    """The claim is refused by one of the provider; its appeal, where it is to be decided, is there."""
    place = address(Route("post", "/api/v1/claims/{name}"), customer)
    sent = {"granted": False, "because": "too late", "against_the_agreement": True}
    assert cast.post(f"{place}/decision", sent, member, key=f"refused-{customer}").status_code == 201
    if route.template.endswith("/appeal/decision"):
        answer = cast.post(f"{place}/appeal", {"because": "it was not"}, customer, key=f"appealed-{customer}")
        assert answer.status_code == 201


def open_dispute(customer: str) -> None:
    """Somebody of the customer does not accept a figure."""
    disputed = Disputed(f"statement {customer}-harbour/2026-02/1", "availability/uptime", "99.9 %", "met")
    dispute(
        agreement=agreement(f"{customer}-harbour"), disputed=disputed, words="You were down longer", attached=[],
        sender=Sender("person-3"), at=NOW,
    )  # fmt: skip


def is_providers(route: Route) -> bool:
    parts = route.template.split("/")
    return parts[3] in ONLY_PROVIDER or parts[-2:] == ["macros", "{macro}"]


def expected_status(member: str, route: Route, customer: str) -> int:
    if member in OUTSIDE:
        return 401
    if member in PROVIDER:
        if route.template.endswith(NOT_OF_PROVIDER):
            return 403
        if route.method == "post" and route.template.endswith(("/witnesses", "/chat", "/persons")):
            return 403
        if route.template.endswith(("/switches/{switch}", "/notices")):
            # Theirs to turn; and the sample agreement promises no notice.
            return 422
        if member == "staff" and route.template.endswith("/changes"):
            return 403
        return 200 if route.method == "get" else 201
    if member != customer or is_providers(route):
        return 404
    if route.method == "post" and route.template.endswith(OF_CUSTOMERS):
        return 422 if route.template.endswith(("/tickets", "/instructions", "/countersignatures", "/claims")) else 201
    return 200 if route.method == "get" else 403


@pytest.mark.parametrize("route", NAMED, ids=str)
@pytest.mark.parametrize("member", MEMBERS)
def test_each_member_may_what_the_table_says(cast, member, route):
    """The provider's people all; a customer's people look at their own; others learn not even that something is there."""
    found = {customer: ask(cast, member, route, customer).status_code for customer in ("acorn", "birch")}

    assert {customer: expected_status(member, route, customer) for customer in found} == found


@pytest.mark.parametrize("route", OF_EVERYBODY, ids=str)
@pytest.mark.parametrize("member", MEMBERS)
def test_a_list_names_nothing_of_others(cast, member, route):
    """A customer's lists have their own names in them, and none of the other's."""
    answer = cast.get(route.template, member)

    allowed = 404 if is_providers(route) and member not in PROVIDER else 200
    assert (401 if member in OUTSIDE else allowed) == answer.status_code
    if member in ("acorn", "birch"):
        other = "birch" if member == "acorn" else "acorn"
        assert other not in answer.content.decode()
        if route.template != "/api/v1/problems" and not is_providers(route):
            assert member in answer.content.decode()


@pytest.mark.parametrize("route", MADE, ids=str)
@pytest.mark.parametrize("member", MEMBERS)
def test_what_is_made_is_made_by_one_side(cast, member, route):
    """Either by the customer's people or by the provider's, some of it by administrators; the others are refused."""
    answer = cast.post(route.template, body(route, "acorn"), member)

    of_customers = route.template.endswith(MADE_BY_CUSTOMERS)
    refused = 404 if is_providers(route) and member not in PROVIDER else 403
    is_allowed = (member in PROVIDER) is not of_customers
    if member == "staff" and route.template.endswith(OF_ADMINISTRATORS):
        is_allowed = False
    allowed = 201 if is_allowed else refused
    assert (401 if member in OUTSIDE else allowed) == answer.status_code


def test_what_is_not_there_and_what_is_not_yours_sound_alike(cast):
    """Nobody finds out by the answer which customers there are."""
    foreign, missing = (cast.get(f"/api/v1/agreements/{key}", "acorn").json() for key in ("birch-harbour", "nobody-harbour"))

    assert json.loads(json.dumps(foreign).replace("birch-harbour", "nobody-harbour")) == missing


def test_the_address_of_a_check_is_for_the_provider(cast):
    """What is probed, and from where it is told that the prober sees, is no business of customers."""
    checks = [cast.get("/api/v1/services/acorn-shop", member).json()["check"] for member in ("staff", "acorn")]

    assert (True, None) == (checks[0] is not None, checks[1])


class TestDescription:
    @pytest.mark.parametrize("member", MEMBERS)
    def test_is_for_whoever_is_signed_in(self, cast, member):
        """Not open to the world."""
        answer = cast.get("/api/v1/openapi.json", member)

        assert (401 if member in OUTSIDE else 200) == answer.status_code

    def test_is_openapi(self):
        """As its own standard checks it, every schema and example in it."""
        assert [] == [str(wrong) for wrong in OpenAPIV31SpecValidator(json.loads(json.dumps(describe()))).iter_errors()]

    def test_gives_as_examples_what_is_sent_here(self):
        """The bodies with which the tests above ask are those of the description: each is answered as the table says."""
        deeds = [route for route in ROUTES if route.method == "post"]
        paths = describe()["paths"]
        bodies = {route: paths[route.template]["post"].get("requestBody") for route in deeds}
        told = {route: one["content"]["application/json"].get("example") for route, one in bodies.items() if one}

        sent = {route: None if route.template.endswith(WITHOUT_EXAMPLE) else body(route, "acorn") for route in told}
        assert sent == told

    def test_has_each_shape_under_a_name_of_its_own(self):
        """Two shapes of one name would be described as one of them: each reader of the description would trust the other."""
        shapes: dict[str, set[str]] = {}
        for room in ROOMS:
            for name, found in vars(room).items():
                if isinstance(found, type) and issubclass(found, BaseModel):
                    shapes.setdefault(name, set()).add(found.__module__)

        assert {} == {name: places for name, places in shapes.items() if len(places) > 1}

    def test_names_every_address(self, cast):
        """What can be reached below /api/v1 is described, the description itself apart."""
        from upheld.interfaces.api.urls import list_addresses

        described = {route.template.removeprefix("/api/") for route in ROUTES}
        reached = {str(one.pattern).replace("<path:", "<").replace("<", "{").replace(">", "}") for one in list_addresses()}

        assert described == reached - {"v1/openapi.json"}


class TestSession:
    def test_reads_like_a_token(self, cast):
        """Whoever is signed in on the pages needs no token."""
        browser = Client()
        browser.force_login(cast.people["acorn"])

        assert [200, 404] == [
            browser.get(f"/api/v1/agreements/{key}").status_code for key in ("acorn-harbour", "birch-harbour")
        ]

    def test_changes_nothing_for_another_site(self, cast):
        """A page of others cannot let the browser of one of the staff plan work: it does not know the CSRF token."""
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(cast.people["staff"])
        plan = Route("post", "/api/v1/agreements/{key}/windows")

        answer = browser.post(
            address(plan, "acorn"), body(plan, "acorn"), content_type="application/json", headers={"Idempotency-Key": "k"}
        )

        assert (403, "/api/v1/problems#form-not-ours") == (answer.status_code, answer.json()["type"])

    def test_changes_with_the_token_of_its_page(self, cast):
        """The console's own pages send the CSRF token that they were given."""
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(cast.people["staff"])
        browser.cookies["csrftoken"] = "a" * 32
        plan = Route("post", "/api/v1/agreements/{key}/windows")

        answer = browser.post(
            address(plan, "acorn"), body(plan, "acorn"), content_type="application/json",
            headers={"Idempotency-Key": "k", "X-CSRFToken": "a" * 32},
        )  # fmt: skip

        assert 201 == answer.status_code

    def test_does_not_stand_in_for_a_bad_token(self, cast):
        """Whoever shows a token is who it says, or nobody: a session beside it changes nothing."""
        browser = Client()
        browser.force_login(cast.people["staff"])

        assert 401 == browser.get("/api/v1/agreements", headers={"Authorization": "Bearer upheld_x"}).status_code
