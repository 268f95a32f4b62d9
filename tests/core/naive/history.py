"""A month as a list of plain records on a grid of ticks, made by chance from a seed; and the same written as facts."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from tests.core.sample import DOCUMENT, KEY, price
from upheld.core.facts import (
    AgreementSigned,
    CauseAssigned,
    ClaimFiled,
    CoverageDeclared,
    Fact,
    InvoiceIssued,
    InvoicePaid,
    NoticeGiven,
    NotMeasured,
    ObservationsSealed,
    OutageClosed,
    OutageOpened,
    TicketOpened,
    VendorNoticeReceived,
    WindowCancelled,
    WindowEnded,
    WindowPlanned,
    WindowStarted,
)
from upheld.core.money import Money
from upheld.core.timeline import Instant, Span

MONTHS = ((2024, 2), (2025, 3), (2025, 12), (2026, 1), (2025, 6))
DETAILS = ("date and time", "users", "notes")


@dataclass
class History:
    """
    Every record is a dict; times in it are ticks from the start of the period, `told` is when it was written down.

    Nothing in here knows a type of the product: the naive judge reads these dicts alone.
    """

    base: datetime
    grain: int
    """Seconds of a tick."""
    ticks: int
    as_of: int
    signed: int | None = None
    outages: list[dict[str, Any]] = field(default_factory=list)
    causes: list[dict[str, Any]] = field(default_factory=list)
    windows: list[dict[str, Any]] = field(default_factory=list)
    seen: list[dict[str, Any]] = field(default_factory=list)
    blind: list[dict[str, Any]] = field(default_factory=list)
    tickets: list[dict[str, Any]] = field(default_factory=list)
    claims: list[dict[str, Any]] = field(default_factory=list)
    invoices: list[dict[str, Any]] = field(default_factory=list)
    readings: dict[str, str] = field(default_factory=dict)

    def moment(self, tick: int) -> datetime:
        return self.base + timedelta(seconds=self.grain * tick)

    def instant(self, tick: int) -> Instant:
        return Instant.of(self.moment(tick))

    @property
    def period(self) -> Span:
        return Span(self.instant(0), self.instant(self.ticks))


def make_history(seed: int) -> History:
    """A history that is small, crowded, and likes to begin and end things at the same tick."""
    chance = Random(seed)
    grain = chance.choice((3600, 3600, 900, 900, 900, 60) if seed % 20 else (1,))
    if grain == 1:
        base, days = datetime(2025, 6, chance.randrange(2, 8), tzinfo=UTC), 1
    else:
        year, month = chance.choice(MONTHS)
        base = datetime(year, month, 1, tzinfo=UTC)
        days = (datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC) - base).days
    ticks = days * 86400 // grain
    made = History(base, grain, ticks, as_of=ticks * 3)
    if chance.random() < 0.3:
        made.as_of = chance.randrange(-5, ticks + ticks // 2)
    if chance.random() < 0.3:
        made.signed = chance.randrange(-10, ticks + 5)
    marks = sorted(chance.randrange(-ticks // 20, ticks + ticks // 20) for _ in range(chance.randrange(4, 30)))

    def around() -> int:
        """A tick that other records like as well."""
        return chance.choice(marks) + chance.choice((0, 0, 0, 1, -1, 2, chance.randrange(-40, 40)))

    longest = max(2, ticks // chance.choice((8, 40, 200)))
    add_outages(made, chance, around, longest)
    add_windows(made, chance, around, longest)
    add_watch(made, chance, around, longest)
    add_claims(made, chance, around)
    if chance.random() < 0.7:
        for name, entry in DOCUMENT.blocks["readings"].items():
            senses = [sense for sense in entry["senses"] if not (grain == 1 and sense == "open hours")]
            made.readings[name] = chance.choice([entry["we read"], *senses])
    return made


def add_outages(made: History, chance: Random, around: Any, longest: int) -> None:
    for number in range(chance.randrange(0, 9)):
        first_bad = around()
        first_good = first_bad + chance.randrange(1, longest)
        running = chance.random() < 0.08
        made.outages.append({
            "name": f"o{number}",
            "component": "web" if chance.random() < 0.95 else "unknown",
            "last_good": None if chance.random() < 0.1 else first_bad - chance.choice((0, 0, 1, 3)),
            "first_bad": first_bad,
            "last_bad": None if running else chance.choice((first_good, first_good, max(first_bad, first_good - 2))),
            "first_good": None if running else first_good,
            "told": first_bad + chance.choice((0, 1, 50)),
            "told closed": first_good + chance.choice((0, 1, 50)),
        })  # fmt: skip
        for _ in range(chance.choice((0, 0, 1, 1, 2, 3))):
            start = first_bad + chance.choice((0, 0, 1, -2, chance.randrange(-3, longest)))
            end = (
                first_good + chance.choice((0, 0, -1, 2)) if chance.random() < 0.6 else start + chance.randrange(0, longest)
            )
            name = chance.choice(("own", "storm", "storm", "dropped", "aliens"))
            told = first_bad + chance.randrange(0, 80)
            made.causes.append({"outage": f"o{number}", "start": start, "end": end, "cause": name, "told": told})


def add_windows(made: History, chance: Random, around: Any, longest: int) -> None:
    a_day = 86400 // made.grain
    for number in range(chance.randrange(0, 8)):
        start = around() if chance.random() < 0.5 else around() // a_day * a_day
        notice = (
            None if chance.random() < 0.2 else start - chance.randrange(0, 11) * a_day - chance.choice((0, 1, a_day // 2))
        )
        if notice is not None and chance.random() < 0.15:
            notice = start - chance.randrange(25, 35) * a_day
        end = start + chance.randrange(0, longest)
        made.windows.append({
            "name": f"w{number}",
            "kind": chance.choice(("regular", "regular", "scheduled", "scheduled", "failover", "protective", "unheard-of")),
            "start": start,
            "end": end,
            "notice": notice,
            "vendor": start - chance.randrange(0, 10) * a_day if chance.random() < 0.3 else None,
            "started": start + chance.choice((-1, 0, 2)) if chance.random() < 0.2 else None,
            "ended": end + chance.choice((-2, 0, 3)) if chance.random() < 0.2 else None,
            "cancelled": start - 1 if chance.random() < 0.1 else None,
            "told": min(start, notice if notice is not None else start),
        })  # fmt: skip


def add_watch(made: History, chance: Random, around: Any, longest: int) -> None:
    if chance.random() < 0.6:
        made.seen.append({"start": -made.ticks, "end": made.ticks * 2, "how": "declared", "told": -made.ticks})
    for _ in range(chance.randrange(0, 5)):
        start = around()
        end, how = start + chance.randrange(0, made.ticks), chance.choice(("sealed", "sealed", "declared"))
        made.seen.append({"start": start, "end": end, "how": how, "told": start})
    for _ in range(chance.choice((0, 0, 0, 1, 2))):
        start = around()
        made.blind.append({"start": start, "end": start + chance.randrange(0, longest), "told": start})


def add_claims(made: History, chance: Random, around: Any) -> None:
    a_day = 86400 // made.grain
    for number in range(chance.choice((0, 1, 1, 2, 4)) if made.outages else 0):
        outage = chance.choice(made.outages)
        end = outage["first_good"] if outage["first_good"] is not None else outage["first_bad"]
        at = end + chance.choice((0, 1, 3, 5, 6, 7, 8, 9)) * a_day + chance.choice((0, 0, -1, a_day // 3))
        if chance.random() < 0.85:
            made.tickets.append({"name": f"t{number}", "outage": outage["name"], "at": at - chance.randrange(0, 3) * a_day})
        made.claims.append({
            "name": f"c{number}",
            "outage": outage["name"] if chance.random() < 0.95 else "none-such",
            "ticket": f"t{number}" if chance.random() < 0.3 else "",
            "details": [detail for detail in DETAILS if chance.random() < 0.93],
            "at": at,
        })  # fmt: skip
    for number in range(chance.choice((0, 0, 0, 1, 2))):
        due = around()
        paid = due + chance.randrange(-5, 5) * a_day if chance.random() < 0.6 else None
        made.invoices.append({"name": f"i{number}", "due": due, "paid": paid})


def write_facts(made: History) -> list[Fact]:
    """The records as facts, each with an id of its own."""
    facts: list[Fact] = [price("EUR 720.00", "2020-01-01T00:00Z")]

    def header(name: str, at: int, told: int) -> dict[str, Any]:
        when = {"occurred_at": made.instant(at), "recorded_at": made.instant(told)}
        return {"id": name, "agreement": KEY, "source": "chance", **when}

    def stretch(record: dict[str, Any]) -> dict[str, Any]:
        return {"from_at": made.instant(record["start"]), "to_at": made.instant(record["end"])}

    if made.signed is not None:
        at = made.signed
        named: dict[str, Any] = dict.fromkeys(
            ("document", "version", "customer", "source_digest", "terms_digest", "calendars_digest"), "x"
        )
        facts.append(AgreementSigned(**header("signed", at, -made.ticks), verifier_key="k", **named))
    for outage in made.outages:
        name, last_good = outage["name"], outage["last_good"]
        facts.append(
            OutageOpened(
                **header(f"{name}-opened", outage["first_bad"], outage["told"]), outage=name, component=outage["component"],
                first_bad_at=made.instant(outage["first_bad"]),
                last_good_at=None if last_good is None else made.instant(last_good),
            )
        )  # fmt: skip
        if outage["first_good"] is not None:
            facts.append(
                OutageClosed(
                    **header(f"{name}-closed", outage["first_good"], outage["told closed"]), outage=name,
                    last_bad_at=made.instant(outage["last_bad"]), first_good_at=made.instant(outage["first_good"]),
                )
            )  # fmt: skip
    for number, cause in enumerate(made.causes):
        facts.append(
            CauseAssigned(
                **header(f"cause-{number}", cause["told"], cause["told"]), outage=cause["outage"], cause=cause["cause"],
                from_at=made.instant(cause["start"]), to_at=made.instant(cause["end"]), evidence="e", by="Mara",
            )
        )  # fmt: skip
    for window in made.windows:
        name, told = window["name"], window["told"]
        span = stretch(window)
        facts.append(WindowPlanned(**header(f"{name}-planned", told, told), window=name, kind=window["kind"], **span))
        later: list[tuple[str, Any, dict[str, str]]] = [
            ("notice", NoticeGiven, {"to": "ops@example", "by": "email"}),
            ("vendor", VendorNoticeReceived, {"vendor": "v"}),
            ("started", WindowStarted, {}),
            ("ended", WindowEnded, {}),
            ("cancelled", WindowCancelled, {"because": "rain"}),
        ]
        for key, kind, more in later:
            if window[key] is not None:
                facts.append(kind(**header(f"{name}-{key}", window[key], window[key]), window=name, **more))
    for number, seen in enumerate(made.seen):
        span = stretch(seen)
        head = header(f"seen-{number}", seen["end"], seen["told"])
        if seen["how"] == "declared":
            facts.append(CoverageDeclared(**head, **span, evidence="record"))
        else:
            counts: dict[str, Any] = {"every": 60_000_000, "good": 1, "bad": 0, "unseen": 0}
            facts.append(ObservationsSealed(**head, **span, component="web", digest="0" * 64, **counts))
    for number, blind in enumerate(made.blind):
        span = stretch(blind)
        facts.append(
            NotMeasured(**header(f"blind-{number}", blind["end"], blind["told"]), **span, component="web", because="no line")
        )
    for ticket in made.tickets:
        head = header(ticket["name"], ticket["at"], ticket["at"])
        facts.append(TicketOpened(**head, ticket=ticket["name"], channel="email", outage=ticket["outage"]))
    for claim in made.claims:
        facts.append(
            ClaimFiled(
                **header(claim["name"], claim["at"], claim["at"]), claim=claim["name"], credit="tenfold",
                outage=claim["outage"], channel="email", details=tuple(claim["details"]), ticket=claim["ticket"],
            )
        )  # fmt: skip
    for invoice in made.invoices:
        head = header(invoice["name"], invoice["due"], -made.ticks)
        amount = Money.parse("EUR 720.00")
        facts.append(InvoiceIssued(**head, invoice=invoice["name"], amount=amount, due_at=made.instant(invoice["due"])))
        if invoice["paid"] is not None:
            head = header(f"{invoice['name']}-paid", invoice["paid"], invoice["paid"])
            facts.append(InvoicePaid(**head, invoice=invoice["name"]))
    return facts
