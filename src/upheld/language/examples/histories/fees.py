"""Work, what is looked after, and the wish to end the contract, in an example."""

from collections.abc import Iterator
from typing import Any

from upheld.core.facts import Fact
from upheld.core.terms import Document
from upheld.core.terms.quantities import parse_length
from upheld.core.timeline import HOUR, ZERO, Duration
from upheld.language.examples.example import Happened
from upheld.language.examples.histories.writer import Writer

OF_WORK = {"topic": "topic", "restore": "restore", "responsible": "responsible", "deleted by": "deleted_by"}
END = "end"


def write_work(writer: Writer, one: Happened, number: int) -> Iterator[Fact]:
    """
    Work that was done. An example tells work that holds: what the charge's condition asks for is so unless it says
    otherwise, whoever had to approve has done so, and a price that it tells is a quote that was accepted before.
    """
    at, work, charge = one.at("at"), f"work-{number}", one.text("for")
    length = read_elapsed(one.text("length", "0 minutes"))
    began_at = at.before(length)
    told: dict[str, Any] = asked_of_work(writer.document, charge)
    told |= {field: one.text(name) for name, field in OF_WORK.items() if name in one.fields}
    if "erroneous" in one.fields:
        told["erroneous"] = one.text("erroneous") == "true"
    if "price" in one.fields:
        told["quote"], quoted_at = f"quote-{number}", began_at.before(HOUR)
        quote = {"quote": told["quote"], "charge": charge, "amount": one.text("price"), "by": "provider"}
        yield writer.fact("quote-given", quoted_at, **quote)
        yield writer.fact("quote-accepted", quoted_at, quote=told["quote"], by=one.text("by", "customer"))
    count = int(one.text("count", "1"))
    yield writer.fact(
        "work-logged", at, work=work, charge=charge, from_at=began_at, lasted=length.micros, count=count, by="staff", **told
    )
    yield writer.fact("charge-approved", at, work=work, by="second person")


def read_elapsed(written: str) -> Duration:
    length = parse_length(written)
    return length if isinstance(length, Duration) else ZERO


def asked_of_work(document: Document, charge: str) -> dict[str, Any]:
    """What the condition of a charge asks of work, as the fields of such work."""
    rule = document.blocks.get("charges", {}).get(charge, {})
    fields: dict[str, Any] = {}
    for name, wanted in rule.get("when", {}).items() if isinstance(rule.get("when"), dict) else ():
        if name == "erroneous":
            fields["erroneous"] = wanted is True
        elif name in OF_WORK:
            fields[OF_WORK[name]] = str(wanted[0] if isinstance(wanted, list) else wanted)
    return fields


def write_resource(writer: Writer, one: Happened, number: int) -> Iterator[Fact]:
    """Something that is looked after from an instant on; several at once by `count`; one alone may have a name."""
    kind = one.text("kind") or writer.first_service().get("each", "")
    for place in range(int(one.text("count", "1"))):
        resource = one.text("resource") or f"resource-{number}-{place + 1}"
        yield writer.fact("resource-started", one.at("from"), resource=resource, kind=kind)
        if (end := one.instant("to")) is not None:
            yield writer.fact("resource-ended", end, resource=resource)


def write_instruction(writer: Writer, one: Happened, number: int) -> Iterator[Fact]:
    """Somebody's instruction; of the kind `end`, the wish that the contract ends then."""
    at, by = one.at("at"), one.text("by", "customer")
    if one.text("kind") == END:
        ends_at = f"{one.text('on')}T12:00Z" if "on" in one.fields else at
        yield writer.fact("end-requested", at, by=by, ends_at=ends_at)
        return
    yield writer.fact("instruction-received", at, instruction=f"instruction-{number}", by=by, what=one.text("what"))
