"""What both sides agree on at a ticket: appointments and instructions."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import AfterValidator, BaseModel, Field

from upheld.apps.desk import queries, services
from upheld.apps.desk.queries import name_in_agreement
from upheld.apps.parties.queries import is_customers, is_staff
from upheld.core.timeline import Instant
from upheld.interfaces.api import problems
from upheld.interfaces.api.desk import find_ticket, refuse_onlooker
from upheld.interfaces.api.desk_answers import Number
from upheld.interfaces.api.entering import asker, name_asker, now, refuse_reader
from upheld.interfaces.api.fields import InstantTold, Moment, Said, Sent, Words, misfit, tell_instant, tidy
from upheld.interfaces.api.maintenance import NothingSent
from upheld.interfaces.api.once import KEYED, do_once
from upheld.interfaces.api.problems import Problem

router = Router(tags=["desk"])


class AppointmentSent(Sent):
    """When something is done, and what; the other side agrees to it or not."""

    from_at: Moment
    to_at: Moment
    words: Words = ""


class AppointmentTold(BaseModel):
    """A time at which something is done: `proposed`, `accepted` or `declined`; `side` is who proposed it."""

    appointment: str
    number: int
    ticket: str
    agreement: str
    from_at: InstantTold
    to_at: InstantTold
    words: str
    side: str
    state: str
    proposed_at: InstantTold
    decided_at: InstantTold | None


class InstructionSent(Sent):
    """
    What is to be done. Only the provider's people say who told them (`by`, as the agreement names people) and when it came.
    """

    what: Said
    by: Annotated[str, Field(max_length=200), AfterValidator(tidy)] = ""
    received_at: Moment | None = None


class InstructionTold(BaseModel):
    """What somebody told us to do; whether their word counts (null: the agreement does not say whose does), with clauses."""

    instruction: str
    number: int
    ticket: str
    what: str
    received_at: InstantTold
    counts: bool | None
    clauses: list[str]
    carried_out_at: InstantTold | None


@router.get("/appointments", response=list[AppointmentTold], summary="Appointments ahead")
def list_ahead(request: HttpRequest) -> list[AppointmentTold]:
    """What is agreed or proposed and not over, the soonest first: yours, or for the provider's people all."""
    person = asker(request)
    customer = person.customer if is_customers(person) else None
    if customer is None and not is_staff(person):
        raise Problem(problems.NOT_ON_RECORD)
    return [tell_appointment(one) for one in queries.appointments_ahead(now(), customer)]


@router.get("/tickets/{name}/appointments", response=list[AppointmentTold], summary="Appointments on a ticket")
def list_appointments(request: HttpRequest, name: str) -> list[AppointmentTold]:
    """In the order in which they were proposed."""
    return [tell_appointment(one) for one in queries.appointments_of(find_ticket(request, name))]


@router.post("/tickets/{name}/appointments", response={201: AppointmentTold}, openapi_extra=KEYED, summary="Propose a time")
def propose(request: HttpRequest, name: str, sent: AppointmentSent) -> HttpResponse:
    """By either side; the other decides."""
    row, side = enter(request, name)
    by = name_asker(request)
    return do_once(
        request,
        lambda at: tell_appointment(
            services.propose_appointment(
                ticket=row, from_at=sent.from_at, to_at=sent.to_at, side=side, by=by, at=at, words=sent.words
            )
        ),
    )


@router.post(
    "/tickets/{name}/appointments/{number}/accept", response={201: AppointmentTold}, openapi_extra=KEYED,
    summary="Agree to a time",
)  # fmt: skip
def accept(request: HttpRequest, name: str, sent: NothingSent, number: int = Number) -> HttpResponse:
    """By the side that did not propose it: until then the ticket waits."""
    row, side = enter(request, name)
    found, by = find(queries.appointments_of(row), row, "appointment", number), name_asker(request)
    return do_once(
        request,
        lambda at: tell_appointment(services.accept_appointment(appointment=found, side=side, by=by, at=at)),
    )


@router.post(
    "/tickets/{name}/appointments/{number}/decline", response={201: AppointmentTold}, openapi_extra=KEYED,
    summary="Decline a time",
)  # fmt: skip
def decline(request: HttpRequest, name: str, sent: NothingSent, number: int = Number) -> HttpResponse:
    """By the side that did not propose it."""
    row, side = enter(request, name)
    found, by = find(queries.appointments_of(row), row, "appointment", number), name_asker(request)
    return do_once(
        request,
        lambda at: tell_appointment(services.decline_appointment(appointment=found, side=side, by=by, at=at)),
    )


@router.get("/tickets/{name}/instructions", response=list[InstructionTold], summary="Instructions on a ticket")
def list_instructions(request: HttpRequest, name: str) -> list[InstructionTold]:
    """What somebody of the customer told us to do, and whether it counts."""
    return [tell_instruction(one, now().raised()) for one in queries.instructions_of(find_ticket(request, name))]


@router.post("/tickets/{name}/instructions", response={201: InstructionTold}, openapi_extra=KEYED, summary="Instruct")
def instruct(request: HttpRequest, name: str, sent: InstructionSent) -> HttpResponse:
    """It is kept whoever says it; the agreement decides whether it counts. Recorded as `instruction-received/1`."""
    row, side = enter(request, name)
    if row.agreement is None:
        raise services.CannotDo(f"{row.name} is held: nobody knows yet whose word would count")
    if side == "customer" and (sent.by or sent.received_at):
        raise misfit("by" if sent.by else "received_at", "nothing: only the provider's people say it", sent.by or "one")
    if side == "provider" and not sent.by:
        raise misfit("by", "who of the customer told you, as the agreement names people", "")

    def deed(at: Instant) -> InstructionTold:
        by = sent.by or name_in_agreement(row.agreement, asker(request), at)
        made = services.receive_instruction(ticket=row, by=by, what=sent.what, at=at, received_at=sent.received_at)
        return tell_instruction(made, at)

    return do_once(request, deed)


@router.post(
    "/tickets/{name}/instructions/{number}/carry-out", response={201: InstructionTold}, openapi_extra=KEYED,
    summary="Carry an instruction out",
)  # fmt: skip
def carry_out(request: HttpRequest, name: str, sent: NothingSent, number: int = Number) -> HttpResponse:
    """Refused where the word of whoever gave it does not count."""
    row, by = find_ticket(request, name), name_asker(request)
    refuse_reader(request)
    found = find(queries.instructions_of(row), row, "instruction", number)
    return do_once(
        request, lambda at: tell_instruction(services.carry_out(instruction=found, by=by, at=at), at)
    )


def enter(request: HttpRequest, name: str) -> tuple[Any, str]:
    """The ticket, and on which side the asker stands."""
    row = find_ticket(request, name)
    refuse_onlooker(request)
    return row, "provider" if is_staff(asker(request)) else "customer"


def find(rows: list[Any], ticket: Any, what: str, number: int) -> Any:
    found = next((one for one in rows if one.number == number), None)
    if found is None:
        raise Problem(problems.NOT_ON_RECORD, f"{ticket.name} has no {what} {number}")
    return found


def tell_appointment(row: Any) -> AppointmentTold:
    return AppointmentTold(
        appointment=row.name, number=row.number, ticket=row.ticket.name,
        agreement=row.ticket.agreement.key if row.ticket.agreement else "", from_at=str(Instant.of(row.from_at)),
        to_at=str(Instant.of(row.to_at)), words=row.words, side=row.side, state=str(row.state),
        proposed_at=str(Instant.of(row.proposed_at)), decided_at=tell_instant(row.decided_at),
    )  # fmt: skip


def tell_instruction(row: Any, at: Instant) -> InstructionTold:
    decided = queries.judge_instruction(row, at)
    return InstructionTold(
        instruction=row.name, number=row.number, ticket=row.ticket.name, what=row.what,
        received_at=str(Instant.of(row.received_at)), counts=decided.is_accepted if decided else None,
        clauses=list(decided.why.clauses) if decided else [], carried_out_at=tell_instant(row.carried_out_at),
    )  # fmt: skip
