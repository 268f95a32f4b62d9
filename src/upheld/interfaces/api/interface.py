"""The API itself: its rooms, its doors, its description."""

import json
from importlib.resources import files
from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.errors import ValidationError, ValidationErrorContext

from upheld.interfaces.api import (
    agreements,
    approvals,
    billing,
    chats,
    credits,
    desk,
    desk_agreed,
    desk_answers,
    desk_deeds,
    desk_disputes,
    desk_log,
    desk_plans,
    desk_work,
    duties,
    evidence,
    exhibits,
    fees,
    invoices,
    maintenance,
    oncall,
    oncall_writing,
    payments,
    people,
    statements,
    watching,
    witnesses,
)
from upheld.interfaces.api.entering import Session, Token
from upheld.interfaces.api.problems import ADDRESS, KINDS
from upheld.interfaces.api.refusing import refuse

DESCRIPTION = (
    "Everything that a page of Upheld shows and does, for programs. A program shows a token; what it may see and do is what "
    "its person may. Instants are UTC, whole microseconds; spans are half-open. A refusal is a problem (RFC 9457)."
)


class Interface(NinjaAPI):
    """The framework forgets what came where it did not fit; a sender wants to read it."""

    def validation_error_from_error_contexts(self, error_contexts: list[ValidationErrorContext[Any]]) -> ValidationError:
        told = super().validation_error_from_error_contexts(error_contexts)
        found = [one for context in error_contexts for one in context.pydantic_validation_error.errors(include_url=False)]
        for error, one in zip(told.errors, found, strict=True):
            error["input"] = one["input"]
        return told


api = Interface(
    title="Upheld",
    version="1",
    description=DESCRIPTION,
    auth=[Token(), Session()],
    docs_url=None,
    openapi_url=None,
    urls_namespace="api-1",
)
ROOMS = (
    agreements, watching, maintenance, statements, evidence, exhibits, witnesses, desk, desk_answers, desk_deeds,
    desk_disputes, desk_work, desk_agreed, desk_plans, desk_log, chats, duties, people, billing, credits, invoices,
    payments, fees, approvals, oncall, oncall_writing,
)  # fmt: skip
for room in ROOMS:
    api.add_router("", room.router)
refuse(api)


@api.get("/openapi.json", include_in_schema=False)
def show_description(request: HttpRequest) -> dict[str, Any]:
    """This description, for whoever is signed in."""
    return describe()


@api.get(ADDRESS.removeprefix("/api/v1"), response=list[dict[str, Any]], tags=["description"], summary="Kinds of problems")
def list_problems(request: HttpRequest) -> list[dict[str, Any]]:
    """What the `type` of a problem names: its status, its title, and what usually helps."""
    return [
        {"type": f"{ADDRESS}#{kind.name}", "status": kind.status, "title": kind.title, "next": kind.next} for kind in KINDS
    ]


def describe() -> dict[str, Any]:
    """The description in OpenAPI 3.1, each deed with a body that is taken as it stands."""
    described: dict[str, Any] = api.get_openapi_schema(path_prefix="/api/v1/")
    examples = json.loads(files("upheld.interfaces.api").joinpath("examples.json").read_text(encoding="utf-8"))
    for path, example in examples.items():
        described["paths"][path]["post"]["requestBody"]["content"]["application/json"]["example"] = example
    return described
