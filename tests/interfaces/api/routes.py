"""Every route of the API, as its own description lists them, with a request that fits for each customer."""

from typing import Any, NamedTuple

from tests.interfaces.api.ground import FLOOD_AT
from upheld.apps.approvals.queries import list_waiting
from upheld.apps.desk.models import Escalation, Ticket
from upheld.apps.parties.models import User
from upheld.apps.parties.queries import pseudonym_of
from upheld.interfaces.api.interface import describe
from upheld.interfaces.cli.witness.notes import cosigner_key


class Route(NamedTuple):
    """A method and the template of an address."""

    method: str
    template: str

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.template}"


NAMES = {"outages": "O", "windows": "M", "claims": "C", "credits": "CR", "pages": "P", "tickets": "T"}
NAMES |= {"payments": "P", "exhibits": "X"}
NAMES |= {"work": "W", "quotes": "Q", "reviews": "R"}
FACT = {"acorn": "O-1-opened", "birch": "O-2-opened"}
POLICY = {"name": "nights", "steps": [{"after_minutes": 0, "people": ["staff@example.org"]}], "repeats": 1}
ROTA = {
    "name": "nights", "zone": "Europe/London",
    "layers": [{"people": ["staff@example.org"], "begins_on": "2026-04-06"}],
}  # fmt: skip
QUERIES = {
    "/verdict": {"kind": "scheduled", "from_at": "2026-04-04T20:00Z", "to_at": "2026-04-04T22:00Z"},
    "/proofs/inclusion": {"index": "0"},
    "/proofs/consistency": {"old_size": "1"},
}
"""What the addresses need that end so."""


def list_routes() -> list[Route]:
    """From the description: a route that is added is tried without anybody thinking of it."""
    return [Route(method, template) for template, methods in describe()["paths"].items() for method in methods]


def address(route: Route, customer: str) -> str:
    """The address of something that the customer has."""
    number = 1 if customer == "acorn" else 2
    names = {"key": f"{customer}-harbour", "slug": f"{customer}-shop", "period": "2026-02", "number": "1"}
    names |= {"fact_id": FACT[customer], "name": f"{NAMES.get(route.template.split('/')[3], '')}-{number}"}
    names |= {"invoice": f"INV-2026-000{number}", "resource": "web-1"}
    names |= {"message": "1", "macro": customer, "plan": "onboarding"}
    names |= {"duty": "hand-over-copies", "switch": "support-user"}
    if "{person}" in route.template:
        colleague = User.objects.filter(email=f"colleague@{customer}.example").first()
        names["person"] = pseudonym_of(colleague) if colleague else "person-999999"
    if route.template.endswith("/adopt"):
        # The held tickets were the last to be opened.
        names["name"] = f"T-{number + 4}"
    if route.template.startswith("/api/v1/approvals/"):
        waiting = list_waiting(agreement=f"{customer}-harbour")
        names["name"] = waiting[0].name if waiting else "A-99"
    if "/dispute/" in route.template:
        disputed = Ticket.objects.filter(kind="complaint", agreement__key=f"{customer}-harbour").order_by("-number").first()
        names["name"] = disputed.name if disputed else "T-99"
    if route.template.endswith("/escalations/{number}/remove"):
        names["number"] = str(Escalation.objects.order_by("-pk").values_list("pk", flat=True).first() or 1)
    return route.template.format(**names)


def query(route: Route) -> dict[str, str]:
    return next((dict(asked) for end, asked in QUERIES.items() if route.template.endswith(end)), {})


def body(route: Route, customer: str) -> dict[str, Any]:
    """A body that fits."""
    outage = "O-1" if customer == "acorn" else "O-2"
    invoice = "2026-0" if customer == "acorn" else "2026-1"
    number = 1 if customer == "acorn" else 2
    bodies: dict[str, dict[str, Any]] = {
        "causes": {
            "from_at": "2026-02-14T13:00Z",
            "to_at": "2026-02-14T14:00Z",
            "cause": "storm",
            "evidence": "probes",
            "note": "the mast fell",
        },
        "approvals": {"assignment": f"{outage}-cause-{FLOOD_AT.micros}"},
        "windows": {"kind": "scheduled", "from_at": "2026-04-04T20:00Z", "to_at": "2026-04-04T22:00Z", "reason": "disks"},
        "cancel": {"because": "no parts"},
        "tickets": {"channel": "email", "received_at": "2026-02-15T09:00Z", "outage": outage},
        "messages": {"text": "It still is", "files": [{"file_name": "log.txt", "content": "NTAy"}]},
        "rating": {"score": 4, "words": "soon done"},
        "answers": {"text": "We look into it", "says": ["ETA"]},
        "notes": {"text": "It was the disk"},
        "waive": {"because": "only thanks"},
        "split": {"subject": "Another matter"},
        "macros": {"name": "greeting", "text": "Hello {customer}"},
        "priority": {"priority": "high", "because": "the shop is down"},
        "weight": {"impact": "all", "urgency": "now", "because": "nobody can order"},
        "topic": {"topic": "fault"},
        "assignee": {"assignee": "staff@example.org"},
        "tags": {"tags": ["disk"]},
        "holds": {"waiting_for": "third-party", "evidence": "V-77"},
        "close": {"because": "they answered"},
        "reopen": {"because": "it is not"},
        "merge": {"into": f"T-{number + 2}"},
        "exhibits": {"kind": "document", "file": {"file_name": "seen.txt", "content": "NTAy"}},
        "links": {"ticket": f"T-{number + 2}"},
        "adopt": {"agreement": f"{customer}-harbour"},
        "calls": {"called_at": "2026-02-15T09:00Z", "ticket": f"T-{number}"},
        "high-loads": {"from_at": "2026-03-11T09:00Z", "to_at": "2026-03-12T09:00Z", "queue": 40},
        "escalations": {"policy": "acorn-shop", "when": "after", "agreement": f"{customer}-harbour"},
        "outage-tickets": {"opens": True, "priority": "high"},
        "claims": {
            "credit": "tenfold",
            "outage": outage,
            "channel": "email",
            "filed_at": "2026-02-16T09:00Z",
            "details": ["date and time", "users"],
        },
        "decision": {"granted": True, "because": "all is there"},
        "appeal": {"because": "all was there"},
        "refuse": {"because": "it is too much"},
        "invoices": {
            "invoice": "2026-9",
            "amount": "EUR 720.00",
            "issued_at": "2026-03-01T09:00Z",
            "due_at": "2026-03-15T09:00Z",
        },
        "stepping-in": {"person": "staff@example.org", "from_at": "2026-04-04T20:00Z", "to_at": "2026-04-04T22:00Z"},
        "pages": {"about": outage, "key": "asked", "urgent": True, "subject": "Look at the shop"},
        "resolve": {"because": "the mast stands"},
        "worked": {"charge": "help", "from_at": "2026-02-15T09:00Z", "lasted": 3_600_000_000, "words": "looked at the disk"},
        "quotes": {"charge": "arrangement", "amount": "EUR 240.00", "words": "A report"},
        "purchases": {"charge": "help", "lasted": 36_000_000_000, "reference": "2026-14"},
        "appointments": {"from_at": "2026-04-04T20:00Z", "to_at": "2026-04-04T22:00Z", "words": "Move the server"},
        "instructions": {"what": "Delete the old exports", "by": "the customer"},
        "steps": {"step": "account"},
        "reviews": {"summary": "The disk was full", "cause": "no alarm", "ticket": f"T-{number}"},
        "actions": {"what": "Watch the disks", "owner": "staff@example.org", "due_at": "2026-04-04T20:00Z"},
        "done": {"evidence": "alarm at 80 %"},
        "meetings": {"next_on": "2026-09-30"},
        "policies": dict(POLICY),
        "rotas": dict(ROTA),
        "payments": {"invoice": invoice, "paid_at": "2026-03-02T09:00Z"},
        "credit-notes": {"because": "a server too many"},
        "purpose": {"agreement": f"{customer}-harbour", "invoice": f"INV-2026-000{number}"},
        "aside": {"because": "the bank's fee"},
        "reversal": {"fate": "gone", "because": "the bank took it back"},
        "volumes": {
            "charge": "arrangement",
            "volumes": [{"name": "backups", "bytes": 105, "measured_at": "2026-02-01T00:00Z"}],
        },
        "resources": {"resource": "db-1", "kind": "server", "from_at": "2026-02-01T00:00Z"},
        "ended": {"ended_at": "2026-03-01T00:00Z"},
        "witnesses": {"key": cosigner_key(f"{customer}.example", bytes(32))},
        "countersignatures": {"note": "nobody signed this"},
        "people": {"name": "Lena Vogt", "email": f"lena@{customer}.example"},
        "role": {"role": "reader"},
        "persons": {"role": "main", "email": f"{customer}@example.org"},
        "ask": {"because": "to test with", "warning_read": True},
        "chat": {"text": "How do I add a user?", "is_urgent": False},
        "notices": {"notice": "outage", "about": outage, "by": "email"},
        "corrections": {"amount": "EUR -1.00", "because": "it was shorter"},
        "head-readers": {"address": f"archive@{customer}.example"},
    }
    if route.template.endswith("/switches/{switch}"):
        return {"on": True}
    if route.template.endswith("/duties/{duty}/done"):
        return {"evidence": "mailed"}
    if route.template.endswith("/tickets/{name}/dispute"):
        return {"clock": "respond", "text": "Nobody answered"}
    if route.template.endswith("/statements/{number}/dispute"):
        return {"figure": 0, "text": "It was down for longer"}
    if route.template.endswith("/people/{person}/close"):
        return {}
    if route.template.endswith("/head-readers/remove"):
        return {"address": f"archive@{customer}.example"}
    if route.template == "/api/v1/payments":
        return {"content": "date,amount,currency,reference\n2026-03-01,7.00,EUR,who knows\n", "file_name": "march.csv"}
    if route.template.endswith("/dispute/decision"):
        return {"accepted": False, "because": "The probe saw it"}
    if route.template.endswith("/policies/{slug}/changes"):
        return {**POLICY, "name": f"{customer} shop"}
    if route.template.endswith("/rotas/{slug}/changes"):
        return {name: value for name, value in ROTA.items() if name != "name"}
    return bodies.get(route.template.rpartition("/")[2], {})
