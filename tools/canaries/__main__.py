"""
`python -m tools.canaries`: forty canaries through every door, erased, and none left anywhere; all that was told still holds.

Ends with 1 where a canary is found after, or was not found before: a search that finds nothing at all proves nothing.
"""

import io
import json
import logging
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tools.tamper.start import start_installation

start_installation()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from tests.interfaces import cast  # noqa: E402
from tools.canaries.flock import FLOCK  # noqa: E402
from tools.canaries.planting import plant  # noqa: E402
from tools.canaries.searching import find, list_entries, list_files  # noqa: E402
from upheld.apps.erasure.services import erase_person, sweep  # noqa: E402
from upheld.apps.ledger.queries import list_agreements, verify_ledger  # noqa: E402
from upheld.apps.ledger.services import open_signer, sign_checkpoint  # noqa: E402
from upheld.apps.statements.models import Statement  # noqa: E402
from upheld.core.proof import parse_verifier_key  # noqa: E402
from upheld.core.timeline import Instant  # noqa: E402
from upheld.gateways.clock import now_us  # noqa: E402
from upheld.project.log_lines import LogLine  # noqa: E402

LOG = io.StringIO()
PRODUCT = "from upheld.interfaces.cli.main import main; main()"


def command(*words: object, home: str = "") -> bytes:
    """A command of the product, on this installation or another home; fails with its own words."""
    environment = {**os.environ, "UPHELD_HOME": home or str(settings.UPHELD_HOME)}
    done = subprocess.run(
        [sys.executable, "-c", PRODUCT, *map(str, words)], env=environment, capture_output=True, check=False
    )
    if done.returncode != 0:
        raise SystemExit(f"upheld {words}: {done.stderr.decode()}{done.stdout.decode()}")
    return done.stdout + done.stderr


def list_exports() -> Iterator[tuple[str, bytes]]:
    """What leaves by the product's own pages: pages, twins, CSV, bundles, facts, for who may see all."""
    browser = Client(SERVER_NAME="localhost")
    browser.post("/sign-in", {"name": "mara@example.org", "password": cast.PASSWORD})
    row = Statement.objects.order_by("pk").first()
    assert row is not None
    pages = ["/people", "/people.json", "/desk", "/desk.json", "/facts", "/facts.json", "/duties", "/duties.json"]
    pages += [f"/desk/{ticket}" for ticket in ("T-1", "T-2", "T-3", "T-4", "T-5", "T-6")]
    for page in pages:
        answer = browser.get(page)
        yield page, b"".join(answer) if answer.streaming else answer.content
    for statement in Statement.objects.all():
        yield f"statement {statement.name}", bytes(statement.content)
    for key in list_agreements():
        yield f"export of {key}", command("export", "facts", key)


def list_dumps() -> Iterator[tuple[str, bytes]]:
    """The rows as SQLite itself writes them out."""
    path = Path(str(settings.DATABASES["default"]["NAME"]))
    with sqlite3.connect(path) as database:
        yield "dump", "\n".join(database.iterdump()).encode()


def verify_all(at: Instant) -> list[str]:
    """Every ledger against the key, after a further head."""
    key = parse_verifier_key(open_signer().verifier_key())
    problems = []
    for agreement in list_agreements():
        sign_checkpoint(agreement=agreement, at=at)
        problems += [f"{agreement}: {problem}" for problem in verify_ledger(agreement, keys=[key])]
    return problems


def main() -> int:
    for name in ("upheld", "django"):
        handler = logging.StreamHandler(LOG)
        handler.setFormatter(LogLine())
        logging.getLogger(name).addHandler(handler)
        logging.getLogger(name).setLevel(logging.DEBUG if name == "upheld" else logging.INFO)
    at, home = Instant(now_us()), Path(settings.UPHELD_HOME)
    agreement, names = plant(at)
    folder = Path(tempfile.mkdtemp(prefix="upheld-canaries-"))
    command("backup", folder / "before.zip")
    statements = {row.name: bytes(row.content) for row in Statement.objects.all()}
    before = {line.partition("' in ")[0] for line in find([*list_files(home), *list_dumps()])}
    missing = {repr(text) for bird in FLOCK for text in bird.planted} - {f"{each}'" for each in before}
    print(f"planted: {len(before)} of 40 canaries can be read; {len(statements)} statements of {agreement.key}", *missing)
    for bird in FLOCK:
        erased = erase_person(address=bird.email, by="person-1", at=Instant(now_us()), also=[bird.phone, bird.name])
        print(f"erased {erased.person}: {erased.rows} rows")
    sweep(at=Instant(now_us()))
    command("backup", folder / "after.zip")
    again = folder / "restored"
    (again / "keys").mkdir(parents=True)
    for path in (home / "keys").rglob("*"):
        if path.is_file():
            (again / path.relative_to(home)).parent.mkdir(parents=True, exist_ok=True)
            (again / path.relative_to(home)).write_bytes(path.read_bytes())
    told = command("restore", folder / "before.zip", home=str(again))
    places = [
        *list_files(home), *list_dumps(), *list_exports(), ("log", LOG.getvalue().encode()), ("restore", told),
        *list_files(again), *list_entries("before.zip", (folder / "before.zip").read_bytes()),
        *list_entries("after.zip", (folder / "after.zip").read_bytes()),
    ]  # fmt: skip
    left = find(places)
    problems = verify_all(Instant(now_us()))
    changed = [name for name, content in statements.items() if bytes(Statement.objects.get(name=name).content) != content]
    for line in [*left[:40], *problems, *(f"{name} changed" for name in changed)]:
        print(line)
    result = {"planted": len(before), "places": len(places), "found": len(left), "ledger": problems, "changed": changed}
    print(json.dumps({**result, "statements": sorted(names)}))
    return 0 if len(before) == 40 and not left and not problems and not changed else 1


if __name__ == "__main__":
    raise SystemExit(main())
