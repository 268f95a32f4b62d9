"""What the killing came to: everything acknowledged against everything kept, and every outage against the truth."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.faults.load import KEY, Acknowledged
from tools.faults.reading import Ledger, find_wrong, read_ledgers, read_public_key
from tools.faults.truth import Witness
from upheld.core.timeline import Instant

SECOND = 1_000_000
EVERY, DEADLINE = 5 * SECOND, 2 * SECOND
SLACK = 1 * SECOND


def list_wrong(home: Path, acknowledged: Acknowledged, witness: Witness) -> list[str]:
    """Every broken promise, one sentence each; none, where nothing was lost, doubled or made up."""
    ledgers = read_ledgers(home)
    key = read_public_key(home)
    wrong = [problem for agreement, ledger in ledgers.items() for problem in find_wrong(agreement, ledger, key)]
    ledger = ledgers[KEY]
    return [
        *wrong,
        *find_lost(acknowledged, ledger),
        *find_untrue(ledger.facts, witness),
        *find_missed(ledger.facts, witness),
    ]


def find_lost(acknowledged: Acknowledged, ledger: Ledger) -> Iterator[str]:
    """What somebody was told is done, and is not there, or is there twice."""
    notes = Counter(fact["note"] for fact in ledger.facts if fact["type"] == "cause-assigned/1")
    for note in acknowledged.notes:
        if notes[note] != 1:
            yield f"the cause with the note {note!r} was acknowledged once and is recorded {notes[note]} times"
    for note, count in notes.items():
        if count > 1:
            yield f"the cause with the note {note!r} is recorded {count} times"
    issued = Counter(fact["statement"] for fact in ledger.facts if fact["type"] == "statement-issued/1")
    for name in set(acknowledged.statements):
        if issued[name] != 1:
            yield f"the statement {name} was acknowledged and is recorded {issued[name]} times"
    kept = set(ledger.notes)
    for head in acknowledged.heads:
        if head not in kept:
            yield f"a signed head of {head.splitlines()[1]} entries was shown and is not kept"


def find_untrue(facts: list[dict[str, Any]], witness: Witness) -> Iterator[str]:
    """Outages that nobody else saw: their first and last bad moments must lie where the service was down."""
    for name, bad in bad_moments(facts):
        if not witness.was_down(bad - DEADLINE - SLACK, bad + SLACK):
            yield f"{name} calls the service down at {Instant(bad)}, when it was up"


def bad_moments(facts: list[dict[str, Any]]) -> Iterator[tuple[str, int]]:
    for fact in facts:
        for field in ("first_bad_at", "last_bad_at"):
            if field in fact:
                yield fact["outage"], Instant.parse(fact[field]).micros


def find_missed(facts: list[dict[str, Any]], witness: Witness) -> Iterator[str]:
    """Down time that was neither seen nor owned up to as not measured."""
    told = [*outage_spans(facts), *blind_spans(facts)]
    for start, end in witness.down_spans():
        if end - start >= 2 * EVERY + DEADLINE + SLACK and not any(began < end and start < ended for began, ended in told):
            yield f"the service was down from {Instant(start)} to {Instant(end)}, and nothing says so"


def outage_spans(facts: list[dict[str, Any]]) -> Iterator[tuple[int, int]]:
    closed = {fact["outage"]: fact["first_good_at"] for fact in facts if fact["type"] == "outage-closed/1"}
    for fact in facts:
        if fact["type"] == "outage-opened/1":
            end = closed.get(fact["outage"], "9999-01-01T00:00Z")
            yield Instant.parse(fact["first_bad_at"]).micros, Instant.parse(end).micros


def blind_spans(facts: list[dict[str, Any]]) -> Iterator[tuple[int, int]]:
    for fact in facts:
        if fact["type"] == "not-measured/1":
            yield Instant.parse(fact["from_at"]).micros, Instant.parse(fact["to_at"]).micros
