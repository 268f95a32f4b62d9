"""One golden case as a question: the agreement, what is given, which sense of a reading."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from upheld.core.explain import Share
from upheld.core.statement import bind_case, gather
from upheld.core.terms import Document, Terms
from upheld.core.timeline import SECOND, Duration, Instant
from upheld.language import stand_in_parameters

LONG_AFTER = Instant.parse("2100-01-01T00:00Z")


@dataclass(frozen=True)
class Agreement:
    """A shipped agreement with its frozen calendars."""

    document: Document
    calendars: Mapping[str, Any]


@dataclass(frozen=True)
class Question:
    """What a case asks. `given` is its input as written; `readings` sets other senses."""

    agreement: Agreement
    given: Mapping[str, Any]
    readings: Mapping[str, str]

    @property
    def parameters(self) -> dict[str, str]:
        """
        A value for every parameter: where the case has a field of the same name (hyphens and underscores are one) its
        value, a bare amount in the agreement's currency; else one that fits the kind.
        """
        declared = self.agreement.document.blocks.get("parameters", {})
        given = {name.replace("_", "-"): value for name, value in self.given.items()}
        values = {name: as_text(given[name]) for name in declared if given.get(name) is not None}
        filled = stand_in_parameters(self.agreement.document, values)
        currency = str(self.agreement.document.blocks.get("money", {}).get("currency", "EUR"))
        currency = filled.get(currency.removeprefix("parameter "), currency)
        for name in values:
            if declared[name]["kind"] == "money":
                filled[name] = f"{currency} {values[name]}"
        return filled

    def terms(self) -> Terms:
        case = gather(self.agreement.document, self.agreement.calendars, [], LONG_AFTER, self.readings)
        return bind_case(case, LONG_AFTER, self.parameters)


def as_text(value: Any) -> str:
    """A given value as a parameter's: a list is written with commas."""
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def at(text: str) -> Instant:
    return Instant.parse(text)


def maybe_at(text: str | None) -> Instant | None:
    return Instant.parse(text) if text else None


def header(name: str, when: Instant) -> dict[str, Any]:
    """The fields that every fact has."""
    return {"id": name, "agreement": "case", "occurred_at": when, "recorded_at": when, "source": "case"}


def seconds(length: Any) -> int:
    assert isinstance(length, Duration)
    whole, rest = divmod(length.micros, SECOND.micros)
    assert rest == 0, "a case has whole seconds"
    return whole


def four_decimals(share: Any) -> str:
    """Half up at four decimals: the format of the case files alone."""
    assert isinstance(share, Share)
    scaled = (share.exact * 10**6 + Fraction(1, 2)) // 1
    return f"{scaled // 10**4}.{scaled % 10**4:04d}"
