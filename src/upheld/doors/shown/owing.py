"""What ran, what is credited and what is invoiced in a statement's JSON, as rows of its page."""

from collections.abc import Callable, Iterator
from typing import Any

from upheld.core.explain import Verdict
from upheld.core.statement.outline import family_of, is_run, preview_invoice
from upheld.core.timeline import Duration, Instant
from upheld.doors.shown.due import name_clock
from upheld.doors.shown.statements import read_money
from upheld.gateways.pdf.naming import name_short, say_rule
from upheld.gateways.pdf.pictures import RAN
from upheld.pages.contexts.attainment import ClockKept
from upheld.pages.contexts.owed import CreditRow, InvoicePreview, InvoiceRow, RunRow
from upheld.pages.words import say_minutes, say_money

PLAIN_STATES = ("stopped", "")
"""States that say no more than the verdict does."""


def list_runs(content: dict[str, Any], why_url: Callable[[int], str]) -> Iterator[RunRow]:
    """Every run of a clock or of a recovery in the period, in the order of the statement."""
    for place, finding in enumerate(content["findings"]):
        if is_run(finding):
            yield tell_run(finding, why_url(place))


def list_kept(content: dict[str, Any], anchor: Callable[[int], str]) -> Iterator[ClockKept]:
    """Each clock of which a run was met or missed, or still runs; as the paper draws them."""
    for place, finding in enumerate(content["findings"]):
        if family_of(finding) != "clocks" or is_run(finding):
            continue
        met, missed, running = (finding["quantities"].get(kind, {}).get("count", 0) for kind in RAN)
        if met or missed or running:
            yield ClockKept(
                clock=name_short(finding), shown=finding["shown"], met=met, missed=missed, running=running, url=anchor(place)
            )


def tell_run(finding: dict[str, Any], url: str) -> RunRow:
    quantities = finding["quantities"]
    _, clock, *of = say_rule(finding["rule"]).split("/")
    state = str(quantities.get("state", {}).get("words", ""))
    allowed, calendar = say_length_of(quantities.get("allowed")), quantities.get("calendar", {}).get("words", "none")
    return RunRow(
        clock=clock,
        of=", ".join(of),
        verdict=Verdict(finding["verdict"]),
        state="" if state in PLAIN_STATES else state,
        used=say_length_of(quantities.get("used")),
        allowed=f"{allowed}, {name_clock(calendar)}" if allowed and calendar not in ("none", "always") else allowed,
        started_at=read_instant(quantities.get("start")),
        due_at=read_instant(quantities.get("due")),
        stopped_at=read_instant(quantities.get("stop")),
        clauses=tuple(finding["why"].get("clauses", ())),
        url=url,
    )


def say_length_of(value: dict[str, Any] | None) -> str:
    return say_minutes(Duration(value["micros"])) if value and "micros" in value else ""


def read_instant(value: dict[str, Any] | None) -> Instant | None:
    return Instant.parse(value["instant"]) if value and "instant" in value else None


def list_credits(content: dict[str, Any], anchor: Callable[[int], str]) -> Iterator[CreditRow]:
    """Each credit with what it counts, what it comes to, and what of that is given."""
    places = {finding["rule"]: place for place, finding in enumerate(content["findings"])}
    for credit in content["credits"]:
        place = places[credit["rule"]]
        finding = content["findings"][place]
        units = finding["quantities"].get("units", {})
        gives_way = credit["gives_way_to"]
        yield CreditRow(
            credit=name_short(finding),
            units=say_units(credit["units"], units.get("of") or units.get("level", "")),
            amount=finding["shown"],
            granted=say_granted(credit["granted"]),
            state=credit["state"],
            gives_way_to=say_rule(gives_way).partition("/")[2] if gives_way else "",
            clauses=tuple(finding["why"].get("clauses", ())),
            url=anchor(place),
        )


def say_units(number: Any, of: str) -> str:
    """`7 full hours`, `7.2 hours lost`: as many as counted, four decimals at most."""
    if isinstance(number, str) and "/" in number:
        above, below = map(int, number.split("/"))
        cut = above * 10_000 // below
        written = f"{cut // 10_000:,}.{cut % 10_000:04d}".rstrip("0").rstrip(".")
        return f"{written} {of}".strip()
    return f"{number} {of}".strip()


def say_granted(written: str) -> str:
    amount = read_money(written)
    return say_money(amount) if amount is not None else written


def preview(content: dict[str, Any], anchor: Callable[[int], str]) -> InvoicePreview | None:
    """The invoice of the period; None where nothing is charged."""
    found = preview_invoice(content["findings"])
    if found is None:
        return None
    return InvoicePreview(
        lines=tuple(InvoiceRow(line.words, line.shown, line.counts, line.clauses) for line in found.lines),
        sums=tuple((name, amount) for name, amount in found.sums),
        says=found.says,
        url=anchor(found.place),
    )
