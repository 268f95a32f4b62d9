"""Files of a customer's own: handed over, listed with their digests, taken away as they came."""

from collections.abc import Sequence
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel

from upheld.apps.desk.queries.exhibits import UnknownExhibit, all_exhibits, exhibit, exhibits_of, room_of
from upheld.apps.desk.services import keep_exhibit
from upheld.apps.parties.queries import is_staff, list_customers, may_act_for_customer
from upheld.core.timeline import Instant
from upheld.doors.files import hand_out
from upheld.interfaces.api import problems
from upheld.interfaces.api.desk import FileSent, Line, read_files
from upheld.interfaces.api.entering import asker, name_asker
from upheld.interfaces.api.fields import InstantTold, Reference, Sent, misfit
from upheld.interfaces.api.once import KEYED, do_once
from upheld.interfaces.api.problems import Problem

router = Router(tags=["evidence"])
MOST_EXHIBITS = 20
Exhibits = list[Reference]
"""Names of files that were handed over, as in `X-7`."""


class ExhibitSent(Sent):
    """A file of your own. Measurements are CSV with the columns `at` and `result`, incidents with `start` and `end`."""

    kind: Literal["measurements", "incidents", "document"]
    says: Line = ""
    file: FileSent


class FlawTold(BaseModel):
    """What cannot be read of a table, and where: `line` counts from 1, `column` is a name of the first line."""

    line: int
    column: str
    words: str


class ExhibitTold(BaseModel):
    """A file that a customer handed over. `digest` is the SHA-256 of its bytes; `rows` is null for what is no table."""

    exhibit: str
    customer: str
    kind: str
    says: str
    file_name: str
    size: int
    digest: str
    rows: int | None
    flaws: list[FlawTold]
    by: str
    received_at: InstantTold
    url: str


class RoomTold(BaseModel):
    """How much a customer's files use of what they may, in bytes."""

    customer: str
    used: int
    allowed: int
    left: int


@router.get("/exhibits", response=list[ExhibitTold], summary="Files that were handed over")
def list_exhibits(request: HttpRequest) -> list[ExhibitTold]:
    """Of a customer's people their own, the latest first."""
    person = asker(request)
    rows = all_exhibits() if is_staff(person) else exhibits_of(person.customer)
    return [tell_exhibit(row) for row in rows]


@router.post("/exhibits", response={201: ExhibitTold}, openapi_extra=KEYED, summary="Hand over a file")
def hand_over(request: HttpRequest, sent: ExhibitSent) -> HttpResponse:
    """
    By a customer's managers and members. It is kept whatever it holds, as long as there is room (413 where there is none);
    the same bytes again are the same one. A claim, an appeal or a dispute puts it forward: the ledger keeps its digest then.
    """
    person = asker(request)
    if not may_act_for_customer(person):
        raise Problem(problems.NOT_ALLOWED, next="a customer's managers and members hand over files of their own")
    [file] = read_files([sent.file])
    by = name_asker(request)
    return do_once(
        request,
        lambda at: tell_exhibit(
            keep_exhibit(
                customer=person.customer, kind=sent.kind, file=file, says=sent.says, by=by, shown_as=person.name, at=at
            )
        ),
    )  # fmt: skip


@router.get("/exhibits/room", response=list[RoomTold], summary="Room for files")
def show_room(request: HttpRequest) -> list[RoomTold]:
    """Of a customer's people theirs; for the provider's people every customer's."""
    person = asker(request)
    rows = list_customers() if is_staff(person) else [person.customer]
    return [tell_room(row) for row in rows]


@router.get("/exhibits/{name}/content", response=bytes, summary="One file that was handed over")
def show_content(request: HttpRequest, name: str) -> HttpResponse:
    """The bytes as they came, to be saved."""
    person = asker(request)
    try:
        row = exhibit(name, None if is_staff(person) else person.customer)
    except UnknownExhibit as problem:
        raise Problem(problems.NOT_ON_RECORD, str(problem)) from None
    return hand_out(bytes(row.content), row.file_name)


def find_exhibits(names: Sequence[str], customer: Any) -> list[Any]:
    """Those of this customer, each once, in their order; a problem for any that is not theirs."""
    found = []
    for name in dict.fromkeys(names):
        try:
            found.append(exhibit(name, customer))
        except UnknownExhibit:
            raise misfit("exhibits", "files that this customer handed over, as in X-7", name) from None
    return found


def tell_room(customer: Any) -> RoomTold:
    room = room_of(customer, settings.UPHELD_RECORDS_MEGABYTES)
    return RoomTold(customer=customer.slug, used=room.used, allowed=room.allowed, left=room.left)


def tell_exhibit(row: Any) -> ExhibitTold:
    return ExhibitTold(
        exhibit=row.name, customer=row.customer.slug, kind=row.kind, says=row.says, file_name=row.file_name, size=row.size,
        digest=row.digest, rows=row.rows, by=row.shown_as or row.by, received_at=str(Instant.of(row.received_at)),
        flaws=[FlawTold(line=line, column=column, words=words) for line, column, words in row.flaws],
        url=f"/api/v1/exhibits/{row.name}/content",
    )  # fmt: skip
