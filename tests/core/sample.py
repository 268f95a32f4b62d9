"""A small agreement made by hand, with every judged rule in it, and short ways to write facts: for tests of core."""

from typing import Any

from upheld.core.facts import (
    CauseApproved,
    CauseAssigned,
    ClaimFiled,
    CoverageDeclared,
    Fact,
    NoticeGiven,
    OutageClosed,
    OutageOpened,
    ParameterSet,
    TicketOpened,
    VendorNoticeReceived,
    WindowPlanned,
)
from upheld.core.statement import Statement, build
from upheld.core.terms import Document
from upheld.core.timeline import Instant

KEY = "harbour-orchard"
LATER = "2030-01-01T00:00Z"


def sense(question: str, we_read: str, senses: Any) -> dict[str, Any]:
    return {
        "question": question,
        "we_read": we_read,
        "senses": senses,
        "because": "the text is silent",
        "favours": "neither",
    }


BLOCKS: dict[str, Any] = {
    "agreement": {"id": "harbour", "title": "Harbour hosting", "version": "2023-01", "effective": "2023-01-13"},
    "parameters": {
        "monthly-price": {"kind": "money"},
        "currency": {"kind": "choice", "usual": "EUR"},
        "measured-by": {"kind": "choice", "usual": "our own probes"},
    },
    "money": {"currency": "parameter currency", "rounding": "half up", "step": "0.01", "rounded at": "each line"},
    "calendars": {
        "business": {"zone": "UTC", "open": ["mon-fri 07:00-17:00"], "day": "reading whole-days"},
        "always": {"open": "always", "closed": "none", "day": "none"},
    },
    "periods": {"month": {"length": "1 month", "starts": "1 January", "zone": "UTC", "counts as": "1440 minutes per day"}},
    "evidence": {"probes": {"kind": "probe", "from": "parameter measured-by", "every": "1 minute", "decisive": True}},
    "services": {
        "shop": {
            "is": "the shop",
            "each": "customer",
            "components": {"web": {"covered": True}},
            "down when": {"all": ["web"]},
        }
    },
    "causes": {
        "own": {"responsible": "provider", "counts as": "down", "evidence": ["probes"], "otherwise": True},
        "storm": {"responsible": "outside", "counts as": "up", "evidence": ["probes"]},
        "flood": {"responsible": "outside", "counts as": "up", "evidence": ["probes"], "approval": ["second person"]},
        "dropped": {"responsible": "outside", "counts as": "out of base", "evidence": ["probes"]},
    },
    "maintenance": {
        "regular": {
            "counts as": "reading M-includes-regular",
            "measured": "time down",
            "notice": "none",
            "at most": "1 per week",
            "outside": "business",
            "beyond": "surplus",
            "otherwise": "emergency",
        },
        "scheduled": {
            "counts as": "out of base",
            "measured": "time down",
            "notice": "at least 5 business days",
            "waived when": {"vendor notice": "under 5 business days"},
            "outside": "business",
            "beyond": "reading part-inside",
            "otherwise": "emergency",
        },
        "failover": {
            "counts as": "down",
            "measured": "time down",
            "notice": "at least 20 business days",
            "not within": ["regular"],
            "beyond": "all",
            "otherwise": "emergency",
        },
        "protective": {
            "same as": "emergency",
            "counts as": "down",
            "measured": "time down",
            "notice": "none",
            "otherwise": "none",
        },
        "emergency": {"counts as": "down", "measured": "time down", "notice": "none", "otherwise": "none"},
    },
    "availability": {
        "uptime": {
            "of": "shop",
            "strength": "promise",
            "period": "month",
            "target": "at least 99.5 %",
            "counting": "time down",
            "shortest outage": "none",
            "overlap": "reading own-cause-wins",
            "unmeasured": "reading unmeasured-time",
            "part period": "reading part-period",
            "formula": "(T - M - D) / (T - M)",
            "where": {"T": "all time", "M": "out of base", "D": "down"},
            "evidence": ["probes"],
        }
    },
    "credits": {
        "tenfold": {
            "when": {"uptime": "missed", "responsible": "provider"},
            "per": "outage",
            "pays": "hourly price",
            "times": "10 x",
            "for each": "full hour",
            "counted": "reading per-interruption",
            "touching": "reading touching-outages",
            "of": "parameter monthly-price",
            "hour is worth": "reading hour-price",
            "as": "credit",
            "least": "none",
            "cap": "reading no-cap",
            "stacking": "alone",
            "granted": "by right",
            "across periods": "reading split-at-month",
            "paid": "invoice of the period after confirmation",
            "offsets": "claims for loss",
            "claim": "needed",
        }
    },
    "claims": {
        "tenfold-claim": {
            "for": ["tenfold"],
            "by": ["email", "website"],
            "refused when": {
                "availability-met": {"uptime": "met"},
                "not-responsible": {"not": {"responsible": "provider"}},
                "no-ticket": {"missing": "ticket"},
                "ticket-late": {"ticket": "later than 5 business days after outage end"},
                "invoice-in-default": {"overdue": "more than 0"},
                "claim-late": {"claim": {"later than": "reading notify-from"}},
                "details-missing": {"missing": "details"},
            },
            "details": [
                {"ask": "date and time", "must": True},
                {"ask": "users", "must": True},
                {"ask": "notes", "must": False},
            ],
            "decided within": "none",
        }
    },
    "readings": {
        "whole-days": sense(
            "When do days end?", "whole", {"whole": "whole", "open hours": "open hours", "closing": "closing"}
        ),
        "M-includes-regular": sense("Is regular in M?", "both", {"both": "out of base", "scheduled": "up"}),
        "part-inside": sense("Work inside hours?", "surplus", ["surplus", "all"]),
        "own-cause-wins": sense("Own and excluded at once?", "down wins", ["down wins", "up wins"]),
        "unmeasured-time": sense("Time not measured?", "undecided", ["undecided", "up", "down", "out of base"]),
        "part-period": sense("A period begun late?", "whole period counts", ["whole period counts", "trimmed"]),
        "per-interruption": sense("Counted how?", "per outage", ["per outage", "over the period"]),
        "touching-outages": sense("Touching records?", "as one", ["as one", "apart"]),
        "hour-price": sense("What is an hour worth?", "hours", {"hours": "of / hours of the period", "730": "of / 730"}),
        "split-at-month": sense("Across months?", "each period's part", ["each period's part", "period of start"]),
        "no-cap": sense(
            "Upper limit?", "none", {"none": "none", "month": {"at most": "100 %", "of": "monthly price", "per": "period"}}
        ),
        "notify-from": sense(
            "From when?",
            "outage end",
            {"outage end": "5 business days after outage end", "ticket": "5 business days after ticket opened"},
        ),
    },
}
for entry in BLOCKS["readings"].values():
    entry["we read"] = entry.pop("we_read")

CALENDARS: dict[str, Any] = {
    "from": "2020-01-01",
    "to": "2040-01-01",
    "zones": {"UTC": [["1900-01-01T00:00:00.000000Z", 0]]},
    "closed": {"business": [f"{year}-{day}" for year in range(2020, 2040) for day in ("01-01", "12-25")], "always": []},
}
DOCUMENT = Document(BLOCKS, {"availability/uptime": ("HH-1",), "credits/tenfold": ("HH-2",)}, {"HH-1": "…", "HH-2": "…"})


def header(name: str, at: str, recorded: str = "") -> dict[str, Any]:
    when = Instant.parse(at)
    return {
        "id": name,
        "agreement": KEY,
        "occurred_at": when,
        "recorded_at": Instant.parse(recorded) if recorded else when,
        "source": "test",
    }


def outage(name: str, start: str, end: str | None, cause: str = "") -> list[Fact]:
    """An outage with exact edges, and its cause where one is given."""
    first = Instant.parse(start)
    facts: list[Fact] = [
        OutageOpened(**header(f"{name}-opened", start), outage=name, component="web", first_bad_at=first, last_good_at=first)
    ]
    if end:
        last = Instant.parse(end)
        facts.append(OutageClosed(**header(f"{name}-closed", end), outage=name, last_bad_at=last, first_good_at=last))
        if cause:
            facts.append(
                CauseAssigned(
                    **header(f"{name}-cause", end),
                    outage=name,
                    from_at=first,
                    to_at=last,
                    cause=cause,
                    evidence="r",
                    by="Mara",
                )
            )
    return facts


def approval(name: str, by: str, at: str) -> Fact:
    """Somebody approves the cause that `outage` put."""
    return CauseApproved(**header(f"{name}-approved-by-{by}", at), assignment=f"{name}-cause", by=by)


def window(name: str, kind: str, start: str, end: str, notice: str = "", vendor: str = "") -> list[Fact]:
    planned = notice or start
    facts: list[Fact] = [
        WindowPlanned(
            **header(f"{name}-planned", planned),
            window=name,
            kind=kind,
            from_at=Instant.parse(start),
            to_at=Instant.parse(end),
        )
    ]
    if notice:
        facts.append(NoticeGiven(**header(f"{name}-notice", notice), window=name, to="ops@example", by="email"))
    if vendor:
        facts.append(VendorNoticeReceived(**header(f"{name}-vendor", vendor), window=name, vendor="v"))
    return facts


def covered(start: str, end: str) -> Fact:
    return CoverageDeclared(
        **header(f"covered-{start}", end), from_at=Instant.parse(start), to_at=Instant.parse(end), evidence="record"
    )


def price(amount: str, start: str = "2020-01-01T00:00Z") -> Fact:
    return ParameterSet(**header(f"price-{start}", start), name="monthly-price", value=amount, from_at=Instant.parse(start))


def ticket(at: str, about: str, name: str = "T-1") -> Fact:
    return TicketOpened(**header(name, at), ticket=name, channel="email", outage=about)


def claim(at: str, about: str, details: tuple[str, ...] = ("date and time", "users"), name: str = "C-1") -> Fact:
    return ClaimFiled(**header(name, at), claim=name, credit="tenfold", outage=about, channel="email", details=details)


def state(
    period: str, facts: list[Fact], as_of: str = LATER, others: bool = False, measured: bool = True, **readings: str
) -> Statement:
    """The statement of a month, all of it measured unless said otherwise."""
    year, month = (int(part) for part in period.split("-"))
    last = f"{year + month // 12:04d}-{month % 12 + 1:02d}-01T00:00Z"
    seen = [covered(f"{period}-01T00:00Z", last)] if measured else []
    chosen = {name.replace("_", "-"): value for name, value in readings.items()}
    given = [price("EUR 720.00"), *seen, *facts]
    return build(DOCUMENT, CALENDARS, given, period, Instant.parse(as_of), readings=chosen, others=others)
