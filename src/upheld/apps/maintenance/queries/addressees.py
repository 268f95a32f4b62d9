"""Who is told of planned work: as the agreement's text says, else the customer's contacts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from upheld.apps.agreements.models import Agreement
from upheld.apps.agreements.queries import document_of, parameters_at
from upheld.apps.parties.queries import address_of_mark, contacts_of
from upheld.core.timeline import Instant


class NobodyToTell(LookupError):
    """No address is known to which a notice could go."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """An address, and whose it is as the ledger names it (the parameter, or `contact`)."""

    address: str
    role: str


def addressees_of(agreement: Agreement, kind: str, at: Instant) -> list[Addressee]:
    """
    To whom a notice about work of a kind goes: the first of the named parameters that has an address, else every contact.

    Raises NobodyToTell.
    """
    blocks = document_of(agreement, at).blocks
    values = parameters_at(agreement, at)
    for notice in blocks.get("notices", {}).values():
        if kind not in notice.get("upon", []):
            continue
        for name in named_parameters(blocks, notice.get("to")):
            if "@" in (address := address_of_mark(values.get(name, ""))):
                return [Addressee(address, name)]
    contacts = [Addressee(contact.email, "contact") for contact in contacts_of(agreement.customer)]
    if not contacts:
        raise NobodyToTell(
            f"{agreement.key}: nobody can be told of the work; give the customer a contact, or set the parameter that the "
            "agreement names for notices"
        )
    return contacts


def named_parameters(blocks: Any, written: Any) -> Iterator[str]:
    """The parameters that a `to` names, in order; a reading stands for the sense that we read."""
    if isinstance(written, str):
        if written.startswith("reading "):
            reading = blocks["readings"][written.removeprefix("reading ")]
            senses = reading["senses"]
            yield from named_parameters(blocks, senses[reading["we read"]] if isinstance(senses, dict) else None)
        elif written.startswith("parameter "):
            yield written.removeprefix("parameter ")
    elif isinstance(written, list | tuple):
        for part in written:
            yield from named_parameters(blocks, part)
