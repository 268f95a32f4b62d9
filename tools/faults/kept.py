"""What is kept of a desk whose processes were killed, against what was acknowledged; the clocks, against the core."""

import email
import json
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tools.faults.deeds import Done
from tools.faults.reading import find_wrong, read_ledgers, read_public_key

MESSAGES = "SELECT 'T-' || t.number || '-m' || m.number FROM desk_message m JOIN desk_ticket t ON t.id = m.ticket_id"


def list_wrong(home: Path, done: Done) -> list[str]:
    """Every broken promise, one sentence each."""
    ledgers, key = read_ledgers(home), read_public_key(home)
    wrong = [problem for agreement, ledger in ledgers.items() for problem in find_wrong(agreement, ledger, key)]
    facts = [fact for ledger in ledgers.values() for fact in ledger.facts]
    with sqlite3.connect(f"file:{home}/upheld.sqlite3?mode=ro", uri=True) as rows:
        wrong += [*find_lost(rows, done), *find_unrecorded(rows, facts), *find_doubled_mails(rows, home)]
    return [*wrong, *find_wrong_clocks(home)]


def find_lost(rows: sqlite3.Connection, done: Done) -> Iterator[str]:
    """What was acknowledged and is not there, or is there twice."""
    subjects = Counter(subject for (subject,) in rows.execute("SELECT subject FROM desk_ticket"))
    texts = [text for (text,) in rows.execute("SELECT text FROM desk_message")]
    told = Counter(word.strip(":") for text in texts for word in text.split() if "-" in word)
    for word in [*done.mails, *done.tickets]:
        if subjects[word] != 1:
            yield f"{word} was acknowledged once and is {subjects[word]} tickets"
    for word in [*done.mails, *done.messages]:
        if told[word] != 1:
            yield f"{word} was acknowledged once and was said {told[word]} times"
    for word, count in told.items():
        if count > 1 and word.partition("-")[0] in ("mail", "answers", "messages"):
            yield f"{word} was said {count} times"


def find_unrecorded(rows: sqlite3.Connection, facts: list[dict[str, str]]) -> Iterator[str]:
    """Rows and facts say the same: each message and each ticket of an agreement has its one fact, and none has another."""
    for what, query, kind, name in (
        ("tickets", "SELECT 'T-' || number FROM desk_ticket WHERE agreement_id IS NOT NULL", "ticket-opened/1", "ticket"),
        (
            "messages",
            f"{MESSAGES} WHERE t.agreement_id IS NOT NULL",
            "message-sent/1",
            "message",
        ),
    ):
        kept = Counter(row for (row,) in rows.execute(query))
        recorded = Counter(fact[name] for fact in facts if fact["type"] == kind)
        if kept != recorded:
            odd = sorted((kept - recorded) + (recorded - kept))
            yield f"{what} and their facts differ: {', '.join(odd[:5])}"


def find_doubled_mails(rows: sqlite3.Connection, home: Path) -> Iterator[str]:
    """Each answer left once, to its one address."""
    written = {key for (key,) in rows.execute("SELECT key FROM oncall_message WHERE key LIKE 'T-%-mail'")}
    asked = {
        f"{name}-mail"
        for (name,) in rows.execute(
            f"{MESSAGES} WHERE m.is_public AND m.inbound_id IS NULL AND m.author <> 'customer' AND t.address LIKE '%@%'"
        )
    }
    if written != asked:
        yield f"answers and their mails differ: {', '.join(sorted(written ^ asked)[:5])}"
    ids = Counter(email.message_from_bytes(path.read_bytes())["Message-ID"] for path in (home / "mail").glob("*.eml"))
    yield from (f"the mail {name} left {count} times" for name, count in ids.items() if count > 1)
    sent = rows.execute("SELECT count(*) FROM oncall_message WHERE kind = 'mail' AND sent_at IS NOT NULL").fetchone()[0]
    if sent != len(ids):
        yield f"{sent} mails are on record as sent, {len(ids)} left"


def find_wrong_clocks(home: Path) -> list[str]:
    """The runs of every ticket, against what the core finds for the instant at which they were reckoned."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("UPHELD_")},
        "UPHELD_HOME": str(home), "DJANGO_SETTINGS_MODULE": "upheld.project.settings", "UPHELD_LOG_LEVEL": "error",
    }  # fmt: skip
    command = [sys.executable, "-m", "tools.faults.clocks"]
    found = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if found.returncode:
        return [f"the clocks could not be looked at: {found.stderr[-2000:]}"]
    return [str(problem) for problem in json.loads(found.stdout)]
