"""
A process that works on an installation's ledger, for tests that kill it.

    record FIRST LAST GROUP    record these facts in groups, sign now and then; print what is acknowledged
    lag                        look at a tree, wait for a line, then add to it as it was seen; print how that went
    verify                     print as JSON what is recorded, what was signed, and what is wrong
    offer                      print a token for the first administrator
    administer TOKEN           become the first administrator; print how that went
"""

import json
import sys
from itertools import islice

import django

django.setup()

from django.db import IntegrityError, transaction  # noqa: E402

from upheld.apps.ledger import queries, services  # noqa: E402
from upheld.apps.ledger.models import Tree  # noqa: E402
from upheld.apps.parties.services import SetupIsOver, create_first_administrator, offer_setup  # noqa: E402
from upheld.core.facts import WindowStarted  # noqa: E402
from upheld.core.timeline import SECOND, Instant  # noqa: E402

AGREEMENTS = ("acorn", "birch")
NOON = Instant.parse("2026-02-14T12:00Z")


def make_fact(number: int) -> WindowStarted:
    at = NOON + SECOND * number
    agreement = AGREEMENTS[number % 2]
    return WindowStarted(
        id=f"fact-{number}", agreement=agreement, occurred_at=at, recorded_at=at, source="test", window=f"w-{number}"
    )


def record(first: int, last: int, group: int) -> None:
    numbers = iter(range(first, last))
    while batch := list(islice(numbers, group)):
        services.record(facts=[make_fact(number) for number in batch])
        say("recorded", batch)
        if batch[0] % 5 == 0:
            for agreement in AGREEMENTS:
                if queries.head_of(agreement):
                    head = services.sign_checkpoint(agreement=agreement, at=NOON)
                    say("signed", [agreement, head.size, head.note])


def lag() -> None:
    """A writer that lost its place: it was stopped behind its look at the tree, and wakes up after others wrote."""
    seen = Tree.objects.get(agreement="acorn")
    say("seen", seen.size)
    sys.stdin.readline()
    try:
        with transaction.atomic():
            services.append_rows(seen, services.encode([make_fact(1_000_000)]))
        say("lagging", "written")
    except (IntegrityError, services.LedgerWentBack) as refused:
        say("lagging", type(refused).__name__)


def verify() -> None:
    for agreement in queries.list_agreements():
        facts = [fact.id for fact in queries.facts_of(agreement)]
        heads = [[agreement, head.size, head.note] for head in queries.checkpoints(agreement)]
        say(
            agreement,
            {"facts": facts, "heads": heads, "wrong": [str(problem) for problem in queries.verify_ledger(agreement)]},
        )


def administer(token: str) -> None:
    try:
        user = create_first_administrator(
            token=token, email=f"{token[:3]}@example.org", name="Ada", password="walnut-harbour-41", at=NOON
        )
    except SetupIsOver:
        say("refused", None)
    else:
        say("made", user.pk)


def say(what: str, said: object) -> None:
    print(json.dumps([what, said]), flush=True)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["record", first, last, group]:
            record(int(first), int(last), int(group))
        case ["lag"]:
            lag()
        case ["verify"]:
            verify()
        case ["offer"]:
            say("token", offer_setup())
        case ["administer", token]:
            administer(token)
        case other:
            raise SystemExit(f"record, lag, verify, offer or administer, came {other}")
