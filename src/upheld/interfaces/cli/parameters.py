"""Values for the parameters of an agreement: the ones given, and those that a watch can fill in by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from upheld.core.terms.document import Document

OUR_PROBES = "upheld"
"""What a choice says that means our own probes."""
REFERENCE = "parameter "
NOBODY = "nobody@upheld.invalid"


@dataclass(frozen=True, slots=True)
class Filled:
    """Values by name; what should be told of them; the parameters for which no value is known."""

    values: Mapping[str, str]
    remarks: tuple[str, ...]
    missing: tuple[str, ...]


def fill_parameters(
    document: Document, given: Mapping[str, str], *, price: str | None, contact: str | None, every_seconds: int
) -> Filled:
    """
    A value for each parameter of `document` that needs one.

    `given` wins. Money is the price, a mail address the contact; who measures, and how often, is what a watch itself is.
    """
    values: dict[str, str] = dict(given)
    remarks: list[str] = []
    missing: list[str] = []
    measured = find_measuring(document)
    currency = find_currency(document, values, price)
    for name, entry in declared(document).items():
        kind = str(entry.get("kind"))
        if name in values:
            continue
        if name == measured.get("every") and kind == "duration":
            values[name] = f"{every_seconds} seconds" if every_seconds != 1 else "1 second"
        elif name == measured.get("from") and (ours := own_choice(entry)):
            values[name] = ours
        elif name == reference(document.blocks.get("money", {}).get("currency")):
            values[name] = currency
        elif kind == "money" and price is not None:
            values[name] = price
        elif kind in ("email", "person") and contact is not None:
            values[name] = contact
        elif "usual" in entry or entry.get("optional"):
            continue
        elif kind == "money":
            values[name] = f"{currency} 0.00"
            remarks.append(f"no price was given, so credits come to nothing: {name} is {values[name]} (--price sets it)")
        elif kind in ("email", "person"):
            values[name] = NOBODY
            remarks.append(f"no contact was given, so nobody gets notices: {name} is {NOBODY} (--contact names one)")
        else:
            missing.append(f"--set {name}=... ({kind})")
    return Filled(values, tuple(remarks), tuple(missing))


def declared(document: Document) -> dict[str, dict[str, Any]]:
    written = document.blocks.get("parameters", {})
    return {name: entry for name, entry in written.items() if isinstance(entry, dict)}


def find_measuring(document: Document) -> dict[str, str]:
    """The parameters by which the decisive evidence says from whom it comes and how often."""
    for entry in document.blocks.get("evidence", {}).values():
        if isinstance(entry, dict) and entry.get("decisive") is True:
            return {word: name for word in ("from", "every") if (name := reference(entry.get(word)))}
    return {}


def reference(value: object) -> str | None:
    """The parameter that a value of the terms names; None where the value stands there itself."""
    return value.removeprefix(REFERENCE) if isinstance(value, str) and value.startswith(REFERENCE) else None


def find_currency(document: Document, values: Mapping[str, str], price: str | None) -> str:
    """The currency of the amounts that are filled in: the agreement's own, the one given, that of the price, else euro."""
    written = document.blocks.get("money", {}).get("currency")
    named = reference(written)
    if isinstance(written, str) and named is None:
        return written
    if named in values:
        return values[str(named)]
    return price.split()[0] if price and price.split() else "EUR"


def own_choice(entry: Mapping[str, Any]) -> str | None:
    choices = entry.get("choices")
    texts = [str(choice) for choice in choices] if isinstance(choices, list | tuple) else []
    return next((text for text in texts if OUR_PROBES in text.lower()), None)
