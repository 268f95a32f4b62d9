"""For the page of all words: what a condition can ask in which place, and what each fact of an example must and may say."""

from collections.abc import Iterator, Mapping

from upheld.core.terms.asking import KNOWN_OF_TICKETS
from upheld.core.terms.availability import ASKED_OF_INTERVALS, ASKED_OF_REQUESTS
from upheld.core.terms.besides import KNOWN_OF_WORK
from upheld.core.terms.coherence import KNOWN_OF_CAUSES
from upheld.core.terms.owing import OF_CLAIMS, OF_OUTAGES
from upheld.language.examples.histories import NEEDED

ASKED: Mapping[str, tuple[str, ...]] = {
    "`services`, `down when`": ("components, as `{any: [web, mail]}` or `{all: [web]}`", "`components down: more than 1`"),
    "`causes`, `when`": tuple(f"`{word}`" for word in KNOWN_OF_CAUSES),
    "`availability`, `bad when`, counting intervals or time": tuple(f"`{word}`" for word in ASKED_OF_INTERVALS),
    "`availability`, `bad when`, counting requests or mean error rate": tuple(f"`{word}`" for word in ASKED_OF_REQUESTS),
    "`clocks`, `recovery`, `topics`": tuple(f"`{word}`" for word in KNOWN_OF_TICKETS),
    "`credits`, `when`": (
        "rules and credits by their names", *(f"`{word}`" for word in OF_OUTAGES), "`figure` (with `each of`)",
    ),
    "`claims`, `refused when`": ("rules, credits and details by their names", *(f"`{word}`" for word in OF_CLAIMS)),
    "`rights`, `when`": ("rules and credits by their names", *(f"`{word}`" for word in OF_OUTAGES)),
    "`charges`, `when`": tuple(f"`{word}`" for word in KNOWN_OF_WORK),
    "`cases` of a promise, a measure or a credit": ("parameters",),
}
MAY: Mapping[str, str] = {
    "outage": "`cause`, `component` (else the first of the first service), `affected` (the share of users), `resource`, "
    "`software`, `supplier`, `recovery point`, `declared at`",
    "not measured": "`component` (else all of the first service)",
    "maintenance": "`notice at`, `vendor notice at`, `approved at`",
    "ticket": "`channel`, `priority`, `topic`, `impact`, `urgency`, `urgent`, `by`, `outage`, `information complete at`, "
    "`state`, and what conditions ask of it",
    "message": "`kind`: reply, auto-reply, note, ETA, update, question, confirmation, work started, resolution, reopened or "
    "identified; `by`: person, machine or customer",
    "hold": "`waiting for` (of the last ticket) or `cause` (of the last outage, else of the ticket; `high load` for a time "
    "of it)",
    "call": "nothing; it is about the last ticket",
    "backup": "`state` (what it is: encrypted), `volume`",
    "restore": "`by` (who deleted)",
    "drill": "`recovery point`, `declared at`",
    "claim": "`details` (the list of what it tells), `outage` (which of those told, as 1, 2; else the last), `channel`, "
    "`overdue`, `aware at` and `eligible at` (when the customer knew of it, and when he might ask)",
    "invoice": "`to`, when it was paid; `at` is when it is due",
    "earlier": "nothing; so much (`given`) was credited before",
    "decision": "nothing; `given: true` or `false`, for the period that begins at `from`",
    "use": "`by`; `for` is the right",
    "work": "`length`, `price` (a quote that was accepted), `count`, `by`, and what the charge's condition asks",
    "resource": "`to`, `kind` (what the service's `each` says, or the service's name), `count`, or `resource`: the name by "
    "which an outage speaks of one alone",
    "instruction": "`by`, `what`, `kind: end` with `on`",
    "access": "`purpose`, `given`",
    "switch": "`by`",
    "change": "`role`, `for` and `by` of a person; `priority` or `topic` of the last ticket; `kind: kick-off` and `for` of "
    "a plan",
    "version": "`for`, its name",
    "check": "`for`, of what",
    "duty": "`by`; `state: asked` and `to` where it was asked for",
    "notice": "`what` it is about, `who`, `by`, `details`",
    "event": "`what`",
    "review": "`on`, the date of the next",
    "requests": "`component`, `kind`, `response time`, `volume` (of each); a record over several intervals stands in "
    "each of them",
    "level": "`component`; `for` is the measure",
    "task": "`to`, when it was done; `for` is the measure",
}


def write_asked() -> Iterator[str]:
    """A table of the places where conditions stand."""
    yield "| where | can be asked |"
    yield "|---|---|"
    yield from (f"| {place} | {', '.join(facts)} |" for place, facts in ASKED.items())
    yield ""
    yield "Parameters of the customer can be asked everywhere by their names."
    yield ""


def write_fields() -> Iterator[str]:
    """A table of the facts of an example."""
    yield "| fact | must say | may say |"
    yield "|---|---|---|"
    for kind, needed in NEEDED.items():
        yield f"| `{kind}` | {', '.join(f'`{name}`' for name in needed)} | {MAY[kind]} |"
    yield ""
