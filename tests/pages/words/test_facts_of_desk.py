"""Facts of the desk and of recovery, as a person reads them."""

from typing import Any

import pytest

from tests.core.sample import header
from upheld.core.facts import KINDS
from upheld.core.timeline import Instant
from upheld.pages.words.facts import tell_fact

NOON = Instant.parse("2026-02-02T12:00Z")


@pytest.mark.parametrize(
    ("kind", "fields", "sentence"),
    [
        ("priority-set", {"ticket": "T-1", "priority": "high", "by": "Mara"}, "priority of ticket T-1 set to high by Mara"),
        ("topic-set", {"ticket": "T-1", "topic": "plans", "by": "Mara"}, "topic of ticket T-1 set to plans by Mara"),
        (
            "message-sent",
            {"ticket": "T-1", "message": "M-1", "author": "person", "by": "Mara", "says": ("ETA", "update")},
            "message of Mara on ticket T-1, with ETA and update",
        ),
        (
            "message-sent",
            {"ticket": "T-1", "message": "M-2", "author": "machine", "is_public": False},
            "note of a machine on ticket T-1",
        ),
        (
            "answer-waived",
            {"ticket": "T-1", "message": "M-1", "because": "thanks", "by": "Mara"},
            "message M-1 on ticket T-1 needs no answer: thanks",
        ),
        ("work-started", {"ticket": "T-1", "by": "Mara"}, "Mara began to work on ticket T-1"),
        ("information-completed", {"ticket": "T-1"}, "all that ticket T-1 needs has come"),
        ("fault-identified", {"ticket": "T-1", "by": "Mara"}, "Mara found the fault behind ticket T-1"),
        ("ticket-resolved", {"ticket": "T-1", "by": "Mara"}, "ticket T-1 resolved by Mara"),
        ("ticket-reopened", {"ticket": "T-1", "by": "Mara"}, "ticket T-1 opened again by Mara"),
        ("ticket-merged", {"ticket": "T-1", "into": "T-2", "by": "Mara"}, "ticket T-1 merged into T-2 by Mara"),
        (
            "hold-opened",
            {"ticket": "T-1", "hold": "H-1", "waiting_for": "customer", "evidence": "M-1", "until_at": NOON},
            "ticket T-1 waits for the customer, until Mon 2 Feb 2026 12:00 UTC, proven by M-1",
        ),
        (
            "hold-opened",
            {"ticket": "T-1", "hold": "H-1", "cause": "storm"},
            "ticket T-1 stands under the cause storm, not proven yet",
        ),
        ("hold-closed", {"ticket": "T-1", "hold": "H-1"}, "ticket T-1 waits no longer (H-1)"),
        (
            "high-load-declared",
            {"from_at": NOON, "to_at": Instant.parse("2026-02-02T13:00Z"), "by": "Mara"},
            "high load declared by Mara, Mon 2 Feb 2026 12:00–13:00 UTC",
        ),
        ("call-received", {"call": "C-1"}, "call C-1 about no ticket"),
        (
            "backup-taken",
            {"backup": "B-1", "kind": "cloud", "properties": ("encrypted", "off-site"), "bytes": 1200, "is_good": False},
            "backup B-1 of cloud taken, encrypted and off-site, 1,200 bytes, cannot be restored from",
        ),
        ("backup-tested", {"backup": "B-1", "is_good": True, "by": "Mara"},
         "backup B-1 can be restored from, tried by Mara"),
        ("recovery-point-used", {"outage": "O-1", "point_at": NOON},
         "outage O-1: the data of Mon 2 Feb 2026 12:00 UTC were had back"),
        ("disaster-declared", {"outage": "O-1", "by": "Mara"}, "outage O-1 declared a disaster by Mara"),
        (
            "drill-run",
            {"drill": "D-1", "from_at": NOON, "restored_at": Instant.parse("2026-02-02T13:00Z"), "point_at": NOON},
            "drill D-1: Mon 2 Feb 2026 12:00–13:00 UTC, from the data of Mon 2 Feb 2026 12:00 UTC",
        ),
        ("restore-done", {"restore": "R-1", "kind": "single", "asked_at": NOON},
         "single restore R-1 done, asked for Mon 2 Feb 2026 12:00 UTC"),
    ],
)  # fmt: skip
def test_is_told_in_a_sentence(kind: str, fields: dict[str, Any], sentence: str):
    """Who did what, about what, with what else was told."""
    fact = KINDS[f"{kind}/1"](**header("f", "2026-02-02T12:00Z"), **fields)

    assert sentence == tell_fact(fact).replace("\u00a0", " ").replace("\u202f", " ")
