"""Published incidents as facts: a compact entry for each thing that is known, and for each that is not."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from upheld.core.facts import Fact, read_fact

AGREEMENT = "a-customer"
Entry = Mapping[str, Any]


def make_facts(entries: Sequence[Entry], start: str, as_of: str) -> list[Fact]:
    """
    The facts of a history. The published record covers the time up to `as_of`; what it does not tell is an entry of its
    own (`unknown`), and so not measured.
    """
    lines: list[dict[str, Any]] = [line("coverage-declared", "record", as_of, from_at=start, to_at=as_of, evidence="record")]
    for place, entry in enumerate(entries, 1):
        kind = next(iter(entry))
        lines += WRITERS[kind](entry, f"{kind}-{place}")
    return [made(one) for one in lines]


def made(written: dict[str, Any]) -> Fact:
    read = read_fact(written)
    assert not isinstance(read, list), read
    return read


def line(kind: str, name: str, at: str, **fields: Any) -> dict[str, Any]:
    """One fact as a line of a file; `known` is when it was recorded, where that was later."""
    known = fields.pop("known", None) or at
    header = {"type": f"{kind}/1", "id": name, "agreement": AGREEMENT, "occurred_at": at, "recorded_at": known}
    return {**header, "source": "published record", **fields}


def write_outage(entry: Entry, name: str) -> Iterator[dict[str, Any]]:
    """A component from an instant to another; `by` names whose account it is, `since` and `until` how sure the edges are."""
    outage, start, end = entry.get("by", name), entry["from"], entry["to"]
    because = {"because": entry["because"]} if "because" in entry else {}
    yield line(
        "outage-opened", f"{outage}/opened", start, known=entry.get("known"), outage=outage, component=entry["outage"],
        first_bad_at=start, last_good_at=entry.get("since", start), **because,
    )  # fmt: skip
    yield line(
        "outage-closed", f"{outage}/closed", end, known=entry.get("known"), outage=outage,
        last_bad_at=entry.get("until", end), first_good_at=end,
    )  # fmt: skip
    if "affected" in entry:
        hit, everybody = entry["affected"]
        span = {"from_at": start, "to_at": end}
        yield line("share-affected", f"{outage}/share", end, outage=outage, hit=hit, all=everybody, **span)


def write_unknown(entry: Entry, name: str) -> Iterator[dict[str, Any]]:
    span = {"from_at": entry["from"], "to_at": entry["to"]}
    yield line("not-measured", name, entry["to"], component=entry["unknown"], because=entry["because"], **span)


def write_requests(entry: Entry, name: str) -> Iterator[dict[str, Any]]:
    counts = {"total": entry["total"], "failed": entry["failed"], "from_at": entry["from"], "to_at": entry["to"]}
    yield line("requests-counted", name, entry["to"], component=entry["requests"], **counts)


def write_ticket(entry: Entry, name: str) -> Iterator[dict[str, Any]]:
    told = {"channel": "portal", "outage": entry.get("about", "")}
    yield line("ticket-opened", name, entry["ticket"], ticket=entry.get("name", name), **told)


def write_claim(entry: Entry, name: str) -> Iterator[dict[str, Any]]:
    told = {"channel": entry.get("by", "portal"), "details": entry.get("details", []), "ticket": entry.get("ticket", "")}
    yield line("claim-filed", name, entry["at"], claim=name, credit=entry["claim"], outage=entry.get("about", ""), **told)


def write_correction(entry: Entry, name: str) -> Iterator[dict[str, Any]]:
    told = {"because": entry["because"], "by": "the provider"}
    yield line("fact-corrected", name, entry["at"], corrects=entry["corrected"], **told)


def write_statement(entry: Entry, name: str) -> Iterator[dict[str, Any]]:
    span = {"period_from_at": entry["from"], "period_to_at": entry["to"], "as_of": entry["at"], "digest": "0" * 64}
    yield line("statement-issued", name, entry["at"], statement=entry["issued"], **span)


WRITERS: Mapping[str, Callable[[Entry, str], Iterator[dict[str, Any]]]] = {
    "outage": write_outage, "unknown": write_unknown, "requests": write_requests, "ticket": write_ticket,
    "claim": write_claim, "corrected": write_correction, "issued": write_statement,
}  # fmt: skip
