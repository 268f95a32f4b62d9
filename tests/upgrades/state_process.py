"""
The state of an installation at a release: kept as text, laid down again, told. In a process of its own.

    fill             record something of every kind by the services of this version
    keep FOLDER      write the migrations, the rows and what they tell into FOLDER
    lay FOLDER       make the tables as they were at that release, and put its rows in
    tell             print what is recorded: facts, roots, signed heads, and what is wrong with them
    stated           print what customers were told: of each statement the digests of its bytes and of its bundle
    tamper           try to alter each table that must not be altered; print the ones that let it happen

To keep the state of a release: `python -m tests.upgrades.keep NAME`.
"""

import contextlib
import json
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import django

django.setup()

from django.db import IntegrityError, connection, transaction  # noqa: E402

from tests.core.sample import CALENDARS, DOCUMENT  # noqa: E402
from upheld.apps.agreements import services as agreements  # noqa: E402
from upheld.apps.fleet.services import watch_service  # noqa: E402
from upheld.apps.ledger import queries as ledger  # noqa: E402
from upheld.apps.ledger.services import record, sign_checkpoint  # noqa: E402
from upheld.apps.oncall.services import add_recipient, tell  # noqa: E402
from upheld.apps.parties import services as parties  # noqa: E402
from upheld.apps.parties.models import Role  # noqa: E402
from upheld.apps.statements.queries import bundle_of, list_statements  # noqa: E402
from upheld.apps.statements.services import prepare  # noqa: E402
from upheld.core.facts import WindowStarted  # noqa: E402
from upheld.core.timeline import DAY, SECOND, Instant  # noqa: E402
from upheld.gateways.signing import FakeSigner  # noqa: E402
from upheld.interfaces.cli.migrations import list_applied  # noqa: E402
from upheld.interfaces.cli.rows import count_on, list_tables, migrate_to, read_rows, write_rows  # noqa: E402
from upheld.verify import verify_bundle  # noqa: E402

NOON = Instant.parse("2026-02-14T12:00Z")
KEY = "acorn-harbour"


def fill() -> None:
    signer = FakeSigner()
    parties.name_provider(name="Harbour")
    acorn = parties.add_customer(slug="acorn", name="Acorn Legal")
    parties.add_contact(customer=acorn, name="Night desk", email="night@acorn.example")
    parties.add_user(email="ada@example.org", name="Ada", role=Role.STAFF, password="walnut-harbour-41", at=NOON)
    version = agreements.add_version(source="# Harbour hosting\n", document=DOCUMENT, calendars=CALENDARS, at=NOON)
    agreement = agreements.sign_agreement(
        key=KEY, customer=acorn, version=version, parameters={"monthly-price": "EUR 300"},
        signed_at=NOON, by="person-1", at=NOON, signer=signer,
    )  # fmt: skip
    sign_checkpoint(agreement=KEY, at=NOON, signer=signer)
    agreements.set_parameter(
        agreement=agreement, name="monthly-price", value="EUR 350", from_at=NOON + DAY, by="person-1", at=NOON
    )
    watch_service(
        slug="shop", name="The shop", customer=acorn, agreement=KEY, terms_service="shop", component="web",
        url="http://127.0.0.1:8080/", interval_seconds=60, deadline_seconds=10, allow=["127.0.0.0/8"],
    )  # fmt: skip
    for other in (KEY, "birch-harbour"):
        record(facts=[make_fact(number, other) for number in range(21)])
        sign_checkpoint(agreement=other, at=NOON, signer=signer)
    add_recipient(kind="mail", address="night@example.org")
    tell(event="outage.opened", subject="The shop is down", text="Since noon.", event_fields={}, key="o-1", at=NOON)
    state_twice(agreement, signer)


def state_twice(agreement: Any, signer: FakeSigner) -> None:
    """February is stated; then a fact comes late, and it is stated anew."""
    after = Instant.parse("2026-03-02T00:00Z")
    prepare(agreement=agreement, period="2026-02", by="person-1", at=after, signer=signer)
    agreements.set_parameter(
        agreement=agreement, name="monthly-price", value="EUR 400", from_at=NOON + DAY * 2, by="person-1", at=after + DAY
    )
    prepare(agreement=agreement, period="2026-02", by="person-1", at=after + DAY * 2, signer=signer)


def make_fact(number: int, agreement: str) -> WindowStarted:
    at = NOON + SECOND * number
    return WindowStarted(id=f"fact-{number}", agreement=agreement, occurred_at=at, recorded_at=at, source="test", window="w")


def keep(folder: Path) -> None:
    (folder / "rows").mkdir(parents=True)
    applied = list_applied()
    for table in list_tables(applied):
        if lines := list(write_rows(table)):
            (folder / "rows" / f"{table._meta.db_table}.jsonl").write_bytes(b"".join(lines))
    (folder / "migrations.json").write_text(json.dumps(applied, indent=0) + "\n")
    (folder / "told.json").write_text(json.dumps(tell_state(), indent=1) + "\n")
    (folder / "stated.json").write_text(json.dumps(tell_statements(), indent=1) + "\n")


def lay(folder: Path) -> None:
    applied = [(app, name) for app, name in json.loads((folder / "migrations.json").read_text())]
    migrate_to(applied)
    tables = list_tables(applied)
    with transaction.atomic():
        for table in tables:
            kept = folder / "rows" / f"{table._meta.db_table}.jsonl"
            if kept.is_file():
                read_rows(table, kept.read_bytes().splitlines())
    count_on(tables)


def tell_state() -> dict[str, Any]:
    state = {}
    for agreement in ledger.list_agreements():
        head = ledger.head_of(agreement)
        assert head is not None
        state[agreement] = {
            "origin": head.origin,
            "root": head.root.hex(),
            "facts": [fact.to_json() for fact in ledger.facts_of(agreement)],
            "notes": [signed.note for signed in ledger.checkpoints(agreement)],
            "wrong": [str(problem) for problem in ledger.verify_ledger(agreement)],
        }
    return state


def tell_statements() -> dict[str, Any]:
    """Of each statement: what it follows, its digests, and what the customer's verifier says of its bundle."""
    told = {}
    for statement in list_statements():
        bundle = bundle_of(statement)
        told[statement.name] = {
            "follows": statement.follows.name if statement.follows else "",
            "statement": sha256(bytes(statement.content)).hexdigest(),
            "bundle": sha256(bundle).hexdigest(),
            "outcome": verify_bundle(bundle, FakeSigner().verifier_key()).outcome.value,
        }
    return told


def tamper() -> list[str]:
    altered = []
    for table in (
        "ledger_entry",
        "ledger_checkpoint",
        "ledger_tree",
        "agreements_version",
        "agreements_parameter",
    ):
        with contextlib.suppress(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")
            altered.append(table)
            transaction.set_rollback(True)
    return altered


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["fill"]:
            fill()
        case ["keep", name]:
            keep(Path(name))
        case ["lay", name]:
            lay(Path(name))
        case ["tell"]:
            print(json.dumps(tell_state()))
        case ["stated"]:
            print(json.dumps(tell_statements()))
        case ["tamper"]:
            print(json.dumps(tamper()))
        case other:
            raise SystemExit(f"fill, keep, lay, tell, stated or tamper, came {other}")
