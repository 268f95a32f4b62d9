"""Periods as they stand, and statements as they were issued: JSON, bundle, PDF."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.params.functions import Query
from pydantic import BaseModel

from upheld.apps.findings.queries import CannotJudge, known_facts, state_of
from upheld.apps.findings.queries.samples import samples_of
from upheld.apps.findings.queries.standing import span_called, terms_for
from upheld.apps.probes.queries import unsealed_facts
from upheld.apps.statements.queries import UnknownStatement, bundle_of, content_of, list_statements, paper_of, statement
from upheld.apps.statements.services import prepare
from upheld.core.proof import canonical_bytes
from upheld.core.statement import TermsDoNotBind, build
from upheld.core.timeline import Instant
from upheld.doors.shown.statement_table import hand_out_table
from upheld.interfaces.api.entering import find_agreement, name_asker, now, refuse_reader
from upheld.interfaces.api.fields import InstantTold, misfit, read_as_of, tell_instant
from upheld.interfaces.api.maintenance import NothingSent
from upheld.interfaces.api.once import KEYED, do_once_apart

router = Router(tags=["statements"])
JSON = "application/json; charset=utf-8"
YEARS = range(2000, 2100)


class StatementTold(BaseModel):
    """A statement as it was issued. `digest` is the SHA-256 of its canonical JSON; the ledger holds it too."""

    statement: str
    agreement: str
    period: str
    number: int
    from_at: InstantTold
    to_at: InstantTold
    as_of: InstantTold
    is_over: bool
    follows: str | None
    digest: str
    ledger_size: int
    issued_by: str


class ShortSealTold(BaseModel):
    """A seal with fewer samples than were due in its time."""

    from_at: InstantTold
    to_at: InstantTold
    due: int
    kept: int


class SamplesTold(BaseModel):
    """Of one component: the samples due in the time of its seals, those that are kept, and which seals lack some."""

    component: str
    due: int
    kept: int
    missing: int
    short: list[ShortSealTold]


@router.get("/agreements/{key}/periods/{period}", response=dict[str, Any], summary="A period as it stands")
def show_period(
    request: HttpRequest,
    key: str,
    period: str,
    as_of: str = Query("", description="As known at this instant; else now."),
) -> HttpResponse:
    """
    The findings of a period, each with its reasons: the same JSON that a statement would hold, and `upheld judge --json`
    prints. `period` is the year and month of its start, as in `2026-02`.
    """
    row = find_agreement(request, key)
    name, at = read_period_name(period), now()
    chosen = read_as_of(as_of, at)
    if not as_of:
        return write_json(state_of(row, name, at.raised(), others=True).to_json())
    # Seen from a chosen instant: to the microsecond, not from the answer that is kept for a minute.
    facts = (*known_facts(row.key)[1], *unsealed_facts(row.key, chosen))
    try:
        return write_json(build(*terms_for(row, name), facts, name, chosen).to_json())
    except TermsDoNotBind as problem:
        raise CannotJudge(f"{row.key} cannot be judged: {problem}") from None


@router.get(
    "/agreements/{key}/periods/{period}/samples", response=list[SamplesTold], summary="The samples of a period, counted"
)
def count_samples(
    request: HttpRequest,
    key: str,
    period: str,
    as_of: str = Query("", description="As known at this instant; else now."),
) -> list[SamplesTold]:
    """
    How many samples were due in the seals that lie in the period whole, and how many are kept. Some that are missing were
    left out, or never taken without anybody saying so.
    """
    row = find_agreement(request, key)
    accounts = samples_of(row, span_called(row, read_period_name(period)), read_as_of(as_of, now()))
    return [
        SamplesTold(
            component=one.component, due=one.due, kept=one.kept, missing=one.missing,
            short=[
                ShortSealTold(from_at=str(seal.seal.from_at), to_at=str(seal.seal.to_at), due=seal.due, kept=seal.kept)
                for seal in one.short
            ],
        )
        for one in accounts
    ]  # fmt: skip


@router.get("/agreements/{key}/statements", response=list[StatementTold], summary="List statements")
def list_all(request: HttpRequest, key: str) -> list[StatementTold]:
    """The statements of an agreement, the latest first."""
    return [tell_statement(row) for row in list_statements(find_agreement(request, key))]


@router.get(
    "/agreements/{key}/periods/{period}/statements/{number}", response=dict[str, Any], summary="One statement, as JSON"
)
def show(request: HttpRequest, key: str, period: str, number: int) -> HttpResponse:
    """What was told, byte for byte: canonical JSON."""
    row = find_statement(request, key, period, number)
    return HttpResponse(canonical_bytes(content_of(row)), content_type=JSON)


@router.get(
    "/agreements/{key}/periods/{period}/statements/{number}/bundle", response=bytes, summary="One statement, as its bundle"
)
def show_bundle(request: HttpRequest, key: str, period: str, number: int) -> HttpResponse:
    """The zip that the customer checks alone: `python upheld-verify.pyz FILE --key KEY`."""
    row = find_statement(request, key, period, number)
    response = HttpResponse(bundle_of(row), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{row.name.replace("/", "-")}.zip"'
    return response


@router.get("/agreements/{key}/periods/{period}/statements/{number}/pdf", response=bytes, summary="One statement, as PDF")
def show_paper(request: HttpRequest, key: str, period: str, number: int) -> HttpResponse:
    """The same statement is the same file, wherever it is printed."""
    row = find_statement(request, key, period, number)
    response = HttpResponse(paper_of(row), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{row.name.replace("/", "-")}.pdf"'
    return response


@router.get("/agreements/{key}/periods/{period}/statements/{number}/csv", response=bytes, summary="One statement, as CSV")
def show_table(request: HttpRequest, key: str, period: str, number: int) -> HttpResponse:
    """
    A row for each figure with its clauses and bounds, for each credit and claim, and for what each other sense of a reading
    would make of the figures. No cell is a formula to a spreadsheet.
    """
    row = find_statement(request, key, period, number)
    return hand_out_table(row.agreement, content_of(row), row.name)


@router.post(
    "/agreements/{key}/periods/{period}/statements", response={201: StatementTold}, openapi_extra=KEYED,
    summary="Issue a statement",
)  # fmt: skip
def issue(request: HttpRequest, key: str, period: str, sent: NothingSent) -> HttpResponse:
    """
    Of a period that still runs, an interim statement. It follows the earlier one of the period, which stays as it is.

    Recorded as `statement-issued/1`, and the head of the ledger is signed.
    """
    row = find_agreement(request, key)
    refuse_reader(request)
    name, by = read_period_name(period), name_asker(request)

    def deed(at: Instant) -> StatementTold:
        return tell_statement(prepare(agreement=row, period=name, by=by, at=at))

    def find(asked_at: Instant) -> StatementTold | None:
        looked_from = (asked_at, asked_at.raised())
        made = [one for one in list_statements(row) if one.prepared_by == by and Instant.of(one.as_of) in looked_from]
        return tell_statement(made[0]) if made else None

    return do_once_apart(request, deed, find)


def find_statement(request: HttpRequest, key: str, period: str, number: int) -> Any:
    row = find_agreement(request, key)
    found = statement(f"{row.key}/{period}/{number}")
    if found.agreement_id != row.pk:
        raise UnknownStatement(f"no statement is called '{row.key}/{period}/{number}'")
    return found


def read_period_name(written: str) -> str:
    """`2026-02`, as it is written; raises a problem for anything else."""
    year, _, month = written.partition("-")
    is_named = len(year) == 4 and len(month) == 2 and written.isascii() and year.isdigit() and month.isdigit()
    if not is_named or int(year) not in YEARS or not 1 <= int(month) <= 12:
        raise misfit("period", "year and month of its start, for instance 2026-02", written)
    return written


def write_json(written: dict[str, Any]) -> HttpResponse:
    return HttpResponse(canonical_bytes(written), content_type=JSON)


def tell_statement(row: Any) -> StatementTold:
    return StatementTold(
        statement=row.name, agreement=row.agreement.key, period=row.name.split("/")[-2], number=row.number,
        from_at=str(row.period.start), to_at=str(row.period.end), as_of=tell_instant(row.as_of) or "", is_over=row.is_over,
        follows=row.follows.name if row.follows else None, digest=row.digest, ledger_size=row.ledger_size,
        issued_by=row.prepared_by,
    )  # fmt: skip
