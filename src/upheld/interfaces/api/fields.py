"""What a request may hold: instants, amounts, words; each read strictly, each refusal a sentence."""

import unicodedata
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, WithJsonSchema

from upheld.core.money import Money
from upheld.core.timeline import Duration, Instant, NotAnInstant, Span
from upheld.interfaces.api import problems
from upheld.interfaces.api.problems import Misfit, Problem

FIRST, LAST = Instant.parse("2000-01-01T00:00Z"), Instant.parse("2100-01-01T00:00Z")
"""Instants outside are slips of the pen: no agreement of ours is that old or that far."""
LONGEST_AMOUNT = 30
MOST_ENTRIES = 2**53 - 1
EXAMPLE_INSTANT, EXAMPLE_AMOUNT = "2026-02-14T10:00Z", "EUR 7440.00"


class Sent(BaseModel):
    """The body of a request: nothing is guessed, nothing that is unknown is passed over."""

    model_config = ConfigDict(extra="forbid", strict=True)


def read_instant(written: Any) -> Instant:
    if not isinstance(written, str):
        raise ValueError(f"an instant as text, for instance {EXAMPLE_INSTANT}")
    found = Instant.parse(written)
    if not FIRST <= found < LAST:
        raise ValueError("an instant from 2000 to 2099")
    return found


def read_amount(written: Any) -> Money:
    if not isinstance(written, str) or len(written) > LONGEST_AMOUNT:
        raise ValueError(f"an amount as text, for instance {EXAMPLE_AMOUNT}")
    found = Money.parse(written)
    if (found.amount * 100).denominator != 1 or found.amount < 0:
        raise ValueError(f"an amount of at least nothing with at most two decimals, for instance {EXAMPLE_AMOUNT}")
    return found


def tidy(written: str) -> str:
    """One spelling (Unicode NFC), no space at the ends; a text that a ledger can keep for ever."""
    text = unicodedata.normalize("NFC", written).strip()
    if any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\t" for letter in text):
        raise ValueError("text without control characters")
    return text


def said(written: str) -> str:
    if not written:
        raise ValueError("some words")
    return written


Moment = Annotated[
    Instant,
    PlainValidator(read_instant),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": [EXAMPLE_INSTANT]}),
]
Amount = Annotated[
    Money,
    PlainValidator(read_amount),
    WithJsonSchema({"type": "string", "pattern": r"^[A-Z]{3} \d+(\.\d{1,2})?$", "examples": [EXAMPLE_AMOUNT]}),
]
Words = Annotated[str, Field(max_length=4000), AfterValidator(tidy)]
Said = Annotated[str, Field(min_length=1, max_length=4000), AfterValidator(tidy), AfterValidator(said)]
Name = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(tidy), AfterValidator(said)]
Channel = Annotated[str, Field(min_length=1, max_length=50), AfterValidator(tidy), AfterValidator(said)]
Reference = Annotated[str, Field(max_length=50), AfterValidator(tidy)]
"""The name of an outage or a ticket; nothing where none is named."""
Detail = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(tidy), AfterValidator(said)]
InstantTold = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
"""An instant in an answer: UTC, to the microsecond."""


def read_asked(at: str, written: str) -> Instant:
    """An instant from the query of an address."""
    try:
        return read_instant(written)
    except NotAnInstant as problem:
        raise misfit(at, "an instant, for instance " + EXAMPLE_INSTANT, written, str(problem)) from None
    except ValueError as problem:
        raise misfit(at, str(problem), written) from None


def read_as_of(written: str, now: Instant) -> Instant:
    """The instant that is looked from: now where none is named, never one that lies ahead."""
    if not written:
        return now
    chosen = read_asked("as_of", written)
    if chosen > now:
        raise misfit("as_of", "now or earlier", str(chosen))
    return chosen


def read_span(start: Instant, end: Instant) -> Span:
    """From a start to an end that lies behind it."""
    if end <= start:
        raise misfit("to", f"an instant later than {start}", str(end))
    return Span(start, end)


def misfit(at: str, expected: str, came: str, detail: str = "") -> Problem:
    written = came[:100]
    return Problem(
        problems.DOES_NOT_FIT,
        detail or f"{at}: expected {expected}, came {written!r}",
        expected=expected,
        came=written,
        misfits=[Misfit(at, expected, repr(written))],
    )


class SpanTold(BaseModel):
    """Half-open: `to` is the first instant that does not belong to it."""

    from_at: InstantTold
    to_at: InstantTold


class LengthTold(BaseModel):
    """A length of time, exact and as a person reads it."""

    micros: int
    shown: str


def tell_span(span: Span) -> SpanTold:
    return SpanTold(from_at=str(span.start), to_at=str(span.end))


def tell_instant(moment: Any) -> str | None:
    """A column of a row as the canonical text of its instant."""
    return str(Instant.of(moment)) if moment else None


def tell_length(length: Duration) -> LengthTold:
    from upheld.core.explain import show

    return LengthTold(micros=length.micros, shown=show(length))
