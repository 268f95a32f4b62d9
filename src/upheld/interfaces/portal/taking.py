"""Data out: everything of a customer's in one archive of ordinary files, which they open without us."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from tempfile import TemporaryFile
from typing import Any

from django.http import FileResponse

from upheld.apps.agreements.queries import source_of
from upheld.apps.billing.queries import invoices_of, list_claims
from upheld.apps.desk.queries import Order, Wanted, list_queue, visible_messages
from upheld.apps.desk.queries.exhibits import exhibit
from upheld.apps.parties.queries import users_of
from upheld.apps.statements.queries import content_of, list_statements
from upheld.core.proof import canonical_bytes
from upheld.core.timeline import Instant
from upheld.doors.asking import Asked
from upheld.doors.files import UNSAFE, list_files
from upheld.doors.refusing import CannotShow, NotHere
from upheld.interfaces.portal.exhibits import list_exhibits
from upheld.interfaces.portal.frame import customer_of
from upheld.interfaces.portal.own import list_lines
from upheld.pages.contexts.page import Link

Row = Any
"""A row, as its queries give it."""
Part = tuple[str, bytes]
"""A file of the archive: where it lies in it, and its bytes."""
PAGE, MOST_STATEMENTS = 200, 100_000
FILE_NAME = "everything.zip"
READ_ME = (
    "agreements: the texts that were signed, and every fact as the ledger has it, a line of JSON each\n"
    "statements: what was told of each period, in canonical JSON; bundles to check are on the page of each\n"
    "tickets: what was said, with the files\n"
    "claims.json, invoices.json, people.json\n"
    "handed-over: your own files, byte for byte\n"
)


def download_everything(asked: Asked) -> FileResponse:
    """As on record now: made on the disk, so that its size is no matter."""
    customer = customer_of(asked)
    if customer is None:
        raise NotHere()
    if asked.is_past:
        now = (Link("Your records, as of now", asked.url_of("own")),)
        raise CannotShow("It is taken away as it is now", "You look from a past instant.", now)
    file = TemporaryFile()  # noqa: SIM115 (the answer closes it once it is sent)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, content in list_parts(asked, customer):
            archive.writestr(place, content)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=FILE_NAME, content_type="application/zip")


def list_parts(asked: Asked, customer: Row) -> Iterator[Part]:
    yield "READ-ME.txt", READ_ME.encode()
    claims, invoices = list[dict[str, Any]](), list[dict[str, Any]]()
    for agreement in asked.agreements():
        yield f"agreements/{agreement.key}/text.md", source_of(agreement.version).encode()
        yield f"agreements/{agreement.key}/facts.jsonl", b"".join(list_lines(agreement.key, asked.as_of))
        for one in list_statements(agreement, limit=MOST_STATEMENTS):
            yield f"statements/{one.name}.json", canonical_bytes(content_of(one))
        claims += [tell_claim(one) for one in list_claims(agreement)]
        invoices += [tell_invoice(one) for one in invoices_of(agreement)]
    yield "claims.json", write(claims)
    yield "invoices.json", write(invoices)
    people = [{"name": one.name, "email": one.email, "role": one.customer_role} for one in users_of(customer)]
    yield "people.json", write(people)
    yield from list_tickets(customer)
    for one in list_exhibits(asked):
        row = exhibit(one.name, customer)
        yield f"handed-over/{row.name}-{plain(row.file_name)}", bytes(row.content)


def list_tickets(customer: Row) -> Iterator[Part]:
    """Each ticket with what the customer sees of it, and its files beside it."""
    wanted, after = Wanted(customer=customer.slug, is_open=False), 0
    while rows := list_queue(wanted, order=Order.NEWEST, limit=PAGE, after=after):
        for row in rows:
            said = visible_messages(row)
            yield f"tickets/{row.name}/ticket.json", write(tell_ticket(row, said))
            for message in said:
                for file in list_files(message):
                    place = f"tickets/{row.name}/{message.number}-{file.number}-{plain(file.file_name)}"
                    yield place, bytes(file.content)
        after += len(rows)


def tell_ticket(row: Row, said: list[Row]) -> dict[str, Any]:
    return {
        "ticket": row.name, "agreement": row.agreement.key if row.agreement else None, "subject": row.subject,
        "kind": str(row.kind), "channel": row.channel, "priority": row.priority, "state": str(row.state),
        "told": list(row.told), "received_at": tell(row.received_at), "resolved_at": tell(row.resolved_at),
        "messages": [
            {
                "number": one.number, "author": str(one.author), "name": one.shown_as, "sent_at": tell(one.sent_at),
                "text": one.text,
            }
            for one in said
        ],
    }  # fmt: skip


def tell_claim(row: Row) -> dict[str, Any]:
    return {
        "claim": row.name, "agreement": row.agreement.key, "credit": row.credit, "outage": row.outage,
        "details": list(row.details), "filed_at": tell(row.filed_at), "granted": row.granted, "because": row.because,
        "decided_at": tell(row.decided_at), "appealed_at": tell(row.appealed_at), "appeal_because": row.appeal_because,
        "appeal_granted": row.appeal_granted, "appeal_answer": row.appeal_answer,
    }  # fmt: skip


def tell_invoice(row: Row) -> dict[str, Any]:
    return {
        "invoice": row.number, "agreement": row.agreement.key, "amount": row.amount, "issued_at": tell(row.issued_at),
        "due_at": tell(row.due_at), "paid_at": tell(row.paid_at), "content": row.content,
    }  # fmt: skip


def tell(moment: Any) -> str | None:
    return str(Instant.of(moment)) if moment else None


def write(told: Any) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def plain(name: str) -> str:
    """A file name that leads nowhere else, wherever the archive is unpacked."""
    return UNSAFE.sub("_", PurePosixPath(name.replace("\\", "/")).name).lstrip(".") or "file"
