"""A small agreement with charges, a term, access, instructions, duties, notices and plans; short ways to write facts."""

import copy
from typing import Any

from tests.core.sample import CALENDARS, header
from upheld.core.facts import KINDS, Fact
from upheld.core.statement import Statement, build
from upheld.core.terms import Document, Terms, bind
from upheld.core.timeline import Instant, Span

GONE = object()
JUNE = Span(Instant.parse("2025-06-01T00:00Z"), Instant.parse("2025-07-01T00:00Z"))
LATER = Instant.parse("2030-01-01T00:00Z")
PERSONS = {"main-person": "ana@x.example", "backup-person": "bo@x.example", "vat": "20 %"}
BLOCKS: dict[str, Any] = {
    "agreement": {
        "id": "orchard", "title": "Orchard hosting", "version": "2023-01", "effective": "2023-01-13",
        "applies": "version when signed", "last review": "2024-03-01", "next review": "2024-11-20",
    },
    "parameters": {
        "main-person": {"kind": "person"},
        "backup-person": {"kind": "person"},
        "vat": {"kind": "percent"},
        "deployment": {"kind": "choice", "choices": ["hosted", "self-hosted"], "usual": "hosted"},
        "region": {"kind": "choice", "choices": ["north", "south"], "when": {"deployment": "hosted"}},
    },
    "readings": {
        "steps-of-time": {
            "question": "In which steps?", "we read": "1 minute", "senses": ["1 minute", "15 minutes", "1 hour"],
            "because": "the text is silent", "favours": "customer",
        }
    },
    "money": {
        "currency": "GBP", "rounding": "half up", "step": "0.01", "rounded at": "each line", "prices": "before tax",
        "tax": "parameter vat",
    },
    "calendars": {
        "business": {"zone": "UTC", "open": ["mon-fri 07:00-17:00"], "day": "whole"},
        "always": {"open": "always", "closed": "none", "day": "none"},
    },
    "periods": {"month": {"length": "1 month", "starts": "1 January", "zone": "UTC", "counts as": "elapsed time"}},
    "services": {
        "shop": {
            "each": "server", "components": {"web": {"covered": True}}, "down when": {"all": ["web"]},
            "checks": {
                "delegation": {"is": "nameservers of the domain", "expect": "exactly the given ones"},
                "banner": {"is": "a banner", "expect": "a greeting"},
            },
        }
    },
    "maintenance": {
        "regular": {"counts as": "down", "measured": "time down", "notice": "none", "otherwise": "none"},
    },
    "charges": {
        "setup": {"is": "setting up", "price": "GBP 200 once", "for each": "contract", "least": "none"},
        "managing": {
            "is": "management", "price": "GBP 250 per month", "for each": "server", "least": "none", "part period": "full",
        },
        "help": {
            "is": "help", "price": "GBP 100 per hour", "for each": "request", "least": "1 hour",
            "step": "reading steps-of-time",
        },
        "misuse": {
            "price": "GBP 100 per hour", "for each": "ticket", "least": "none", "step": "1 minute",
            "when": {"erroneous": True}, "approval": ["second person"],
        },
        "restore": {
            "price": "GBP 80 per hour", "for each": "request", "least": "none", "step": "none",
            "when": {"deleted by": "customer"},
        },
        "mail": {"price": "GBP 0.5 per letter", "for each": "letter", "least": "none"},
        "gift": {"price": "none", "for each": "gift", "least": "none"},
        "large-backup": {
            "price": "by quote", "for each": "volume", "least": "none", "when": {"volume": "more than 100 GB"},
        },
        "special": {"is": "a special wish", "price": "by quote", "for each": "request", "least": "none"},
    },
    "topics": {
        "disaster": {"covered": True, "charge": "none"},
        "advice": {"covered": False, "charge": "help"},
        "question": {"covered": True},
    },
    "term": {"starts": "signed", "least": "12 months", "renews": "until ended", "early end": "refused", "notice": "none"},
    "access": {
        "administration": {"who": ["staff"], "what": ["servers"], "rule": "always"},
        "no-root": {"who": ["customer"], "what": ["root", "servers"], "rule": "never"},
        "pages": {"who": ["staff"], "what": ["pages"], "rule": "while on", "switch": "support-user"},
        "contents": {
            "who": ["staff"], "what": ["contents"], "rule": "for a purpose", "purposes": ["error", "backup"],
            "needs": ["ticket", "named person", "end time"],
        },
        "software": {"who": ["customer"], "what": ["software"], "rule": "always", "needs": ["login"]},
    },
    "switches": {"support-user": {"held by": "customer", "at first": False, "takes effect": "at once"}},
    "instructions": {
        "from": ["parameter main-person", "parameter backup-person", "the board"],
        "others": "refused", "change takes effect": "received", "change by": ["email"],
    },
    "duties": {
        "try-restore": {
            "who": "provider", "does": "try a restore", "every": "30 elapsed days", "strength": "promise",
            "evidence": ["records"],
        },
        "anti-virus": {
            "who": "customer", "does": "renew anti-virus", "every": "24 hours", "strength": "objective",
            "charge": "none", "evidence": "none",
        },
        "copies": {
            "who": "provider", "does": "hand over copies", "strength": "promise", "topic": "copy", "evidence": ["records"],
        },
        "elsewhere": {
            "who": "both", "does": "meet", "strength": "goal", "when": {"deployment": "self-hosted"},
            "evidence": ["records"],
        },
    },
    "evidence": {"records": {"kind": "record", "from": "the ledger", "every": "none"}},
    "notices": {
        "works": {
            "upon": ["regular"], "to": ["ops@x.example"], "by": ["email"], "states": ["start", "end"],
            "ahead": "at least 24 hours",
        },
        "outages": {"upon": ["outage start", "outage end"], "to": "customers", "by": ["email", "phone"], "ahead": "none"},
        "alarms": {"upon": "alarm", "to": "on call", "by": ["phone"], "ahead": "none", "outside": "business"},
    },
    "plans": {
        "hosted-start": {
            "when": {"deployment": "hosted"}, "lasts": "2 weeks", "starts": "kick-off", "sessions": "2",
            "steps": ["registration", "login"], "done when": "customer signs off",
        },
        "own-start": {
            "when": {"deployment": "self-hosted"}, "lasts": "none", "starts": "signed", "steps": ["environment"],
            "done when": "it runs",
        },
    },
}  # fmt: skip
CITES = {
    "charges/managing": ("OR-1",), "charges/help": ("OR-2",), "charges/misuse": ("OR-3",), "topics/disaster": ("OR-4",),
    "access/no-root": ("OR-5",), "access/pages": ("OR-6",), "access/contents": ("OR-7",), "switches/support-user": ("OR-8",),
    "instructions": ("OR-9",), "term": ("OR-10",), "plans/hosted-start": ("OR-11",), "parameters/region": ("OR-12",),
    "notices/works": ("OR-13",), "duties/try-restore": ("OR-14",), "agreement": ("OR-15",),
    "services/shop/checks/delegation": ("OR-16",), "money": ("OR-17",), "readings/steps-of-time": ("OR-18",),
}  # fmt: skip


def orchard(**places: Any) -> dict[str, Any]:
    """The blocks with values at paths, written with `__` for `/` and `_` for a space; GONE takes a value out."""
    blocks = copy.deepcopy(BLOCKS)
    for path, value in places.items():
        *way, last = [step.replace("_", " ") for step in path.split("__")]
        place: Any = blocks
        for step in way:
            place = place.setdefault(step, {})
        if value is GONE:
            del place[last]
        else:
            place[last] = value
    return blocks


def bound(parameters: dict[str, str] | None = None, readings: dict[str, str] | None = None, **places: Any) -> Terms:
    """The terms of a customer in the north."""
    document = Document(orchard(**places), CITES)
    found = bind(document, CALENDARS, {**PERSONS, "region": "north", **(parameters or {})}, readings or {})
    assert isinstance(found, Terms), [str(problem) for problem in found]
    return found


def problems(**places: Any) -> list[str]:
    found = bind(Document(orchard(**places), CITES), CALENDARS, {**PERSONS, "region": "north"}, {})
    return [str(problem) for problem in found] if isinstance(found, list) else []


def told(kind: str, at: str, name: str = "", /, **fields: Any) -> Fact:
    """A fact of version 1, called by its kind and instant unless it has a name of its own."""
    cls = KINDS[f"{kind}/1"]
    given = {field: Instant.parse(value) for field, value in fields.items() if field.endswith("_at") and value}
    values: dict[str, Any] = {**fields, **given}
    return cls(**header(name or f"{kind}-{at}", at), **values)


def signed(at: str) -> Fact:
    digests = dict.fromkeys(("source_digest", "terms_digest", "calendars_digest", "verifier_key"), "")
    return told("agreement-signed", at, document="orchard", version="2023-01", customer="c", **digests)


def work(charge: str, at: str, minutes: int = 0, name: str = "", /, **fields: Any) -> Fact:
    """Work that was logged when it was done; it began when it is told unless `from_at` says otherwise."""
    called = name or f"work-{at}"
    given = {"from_at": at, "by": "staff", **fields}
    return told("work-logged", at, called, work=called, charge=charge, lasted=minutes * 60_000_000, **given)


def state(facts: list[Fact], period: str = "2025-06", as_of: Instant = LATER, **places: Any) -> Statement:
    document = Document(orchard(**places), CITES)
    return build(document, CALENDARS, facts, period, as_of, parameters={**PERSONS, "region": "north"}, others=False)
