"""Who keeps our heads for a customer: addresses that get them by mail, witnesses, and what these have countersigned."""

from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, Field

from upheld.apps.parties.queries import is_staff, may_act_for_customer
from upheld.apps.witnesses import queries, services
from upheld.core.timeline import Instant
from upheld.interfaces.api import problems
from upheld.interfaces.api.entering import asker, find_agreement, name_asker
from upheld.interfaces.api.fields import InstantTold, Sent
from upheld.interfaces.api.once import KEYED, do_once
from upheld.interfaces.api.problems import Problem

router = Router(tags=["evidence"])
ITS_OWN = "only the customer's own people name and speak for a witness: what we said of it ourselves would prove nothing"


class ReaderSent(Sent):
    """A mail address."""

    address: Annotated[str, Field(min_length=3, max_length=254, examples=["archive@customer.example"])]


class WitnessSent(Sent):
    """The witness's key: the line in the file `witness.vkey` of its folder."""

    key: Annotated[str, Field(min_length=1, max_length=500)]


class CountersignatureSent(Sent):
    """A head over all ledgers with the witness's line under it: the file `head.txt` of its folder."""

    note: Annotated[str, Field(min_length=1, max_length=100_000)]


class WitnessTold(BaseModel):
    """A witness with the newest head that it countersigned; `size` 0 and nulls before the first."""

    name: str
    key: str
    added_at: InstantTold
    size: int
    line: str | None
    seen_at: InstantTold | None


class KeepersTold(BaseModel):
    """Who keeps the heads of an agreement."""

    agreement: str
    mailed_to: list[str]
    witnesses: list[WitnessTold]


@router.get("/agreements/{key}/witnesses", response=KeepersTold, summary="Who keeps the heads")
def list_keepers(request: HttpRequest, key: str) -> KeepersTold:
    """The addresses that get the heads each day, and the witnesses with the newest head that each has countersigned."""
    return tell_keepers(find_agreement(request, key))


@router.post("/agreements/{key}/witnesses", response={201: KeepersTold}, openapi_extra=KEYED, summary="Name a witness")
def add_witness(request: HttpRequest, key: str, sent: WitnessSent) -> HttpResponse:
    """By the customer's own people; named again, it is there once."""
    row = enter(request, key, is_their_own=True)
    by = name_asker(request)
    return keep(request, row, lambda at: services.add_witness(agreement=row, key=sent.key, by=by, at=at))


@router.post(
    "/agreements/{key}/countersignatures", response={201: KeepersTold}, openapi_extra=KEYED, summary="Countersign a head"
)
def countersign(request: HttpRequest, key: str, sent: CountersignatureSent) -> HttpResponse:
    """
    By the customer's own people, as a rule by `upheld-witness.pyz --post`: the head must be one of ours, and the line must
    verify with the key of a witness that is named here.
    """
    row = enter(request, key, is_their_own=True)
    return keep(request, row, lambda at: services.take_countersignature(agreement=row, note=sent.note, at=at))


@router.post("/agreements/{key}/head-readers", response={201: KeepersTold}, openapi_extra=KEYED, summary="Mail the heads")
def add_reader(request: HttpRequest, key: str, sent: ReaderSent) -> HttpResponse:
    """The heads of the agreement, and the one over all ledgers, go to this address once a day from the next day on."""
    row = enter(request, key)
    by = name_asker(request)
    return keep(request, row, lambda at: services.add_reader(agreement=row, address=sent.address, by=by, at=at))


@router.post(
    "/agreements/{key}/head-readers/remove", response={201: KeepersTold}, openapi_extra=KEYED,
    summary="Mail the heads no more",
)  # fmt: skip
def remove_reader(request: HttpRequest, key: str, sent: ReaderSent) -> HttpResponse:
    """What is written already is still sent."""
    row = enter(request, key)
    return keep(request, row, lambda at: services.remove_reader(agreement=row, address=sent.address))


def enter(request: HttpRequest, key: str, *, is_their_own: bool = False) -> Any:
    """The agreement, for who may name its keepers: the customer's people, and else the provider's."""
    row, person = find_agreement(request, key), asker(request)
    if may_act_for_customer(person) or (is_staff(person) and not is_their_own):
        return row
    raise Problem(problems.NOT_ALLOWED, next=ITS_OWN if is_their_own else "")


def keep(request: HttpRequest, row: Any, deed: Callable[[Instant], object]) -> HttpResponse:
    """Do it once, and tell who keeps the heads then."""

    def act(at: Instant) -> KeepersTold:
        deed(at)
        return tell_keepers(row)

    return do_once(request, act)


def tell_keepers(row: Any) -> KeepersTold:
    return KeepersTold(
        agreement=row.key,
        mailed_to=[reader.address for reader in queries.list_readers(row)],
        witnesses=[tell_witness(watch) for watch in queries.list_watches(row)],
    )


def tell_witness(watch: queries.Watch) -> WitnessTold:
    return WitnessTold(
        name=watch.name, key=watch.key, added_at=str(watch.added_at), size=watch.size, line=watch.line or None,
        seen_at=str(watch.seen_at) if watch.seen_at else None,
    )  # fmt: skip
