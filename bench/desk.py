"""
A million open tickets after a change of their calendar, and the look at what is due in the next minute.

    python -m bench.desk [TICKETS]

Runs on a home of its own: SQLite, or the PostgreSQL that UPHELD_DATABASE_URL names (`python -m tools.with_postgres` starts
one, which does not wait for the disk). Each line is one JSON object. The bound is the plain rewriting of the same changed
rows, by the same database, in the same run; what decides is the ratio.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from bench.ledger import open_installation, show

MINUTE_US, DAY_US = 60_000_000, 86_400_000_000
NOW = "2026-03-05T10:30Z"
LENGTHS = (15, 60, 240, 480, 1440, 2400)
"""Minutes that a run may take."""
LOOKS = 400
CLOSED = (("2026-02-10", "2026-02-18", "2026-02-26"), ("2026-02-12", "2026-03-02"), ("2026-02-16", "2026-03-04"))
"""Days that are declared closed, in each turn some more: about three in ten of the due instants move."""
TIMES = 3


def main(tickets: int) -> None:
    with tempfile.TemporaryDirectory(prefix="upheld-bench-") as folder:
        open_installation(Path(folder))
        agreement = sign()
        load(agreement, tickets)
        show("due in the next minute, at these many", {"tickets": tickets, **look_ahead()})
        took: dict[str, list[float]] = {"recalculated": [], "plain rewriting": []}
        moved: list[int] = []
        for turn in range(TIMES):
            before = read_dues()
            close_days(agreement, turn)
            took["recalculated"].append(timed(lambda: recalculate_all(agreement)))
            after = read_dues()
            changed = [(due, run) for run, due in after.items() if before[run] != due]
            moved.append(len(changed))
            # The same rows as they were, and then as they are: the second writing is the one that counts.
            write_plainly([(before[run], run) for _, run in changed])
            took["plain rewriting"].append(timed(partial(write_plainly, changed)))
        medians = {what: round(statistics.median(seconds), 2) for what, seconds in took.items()}
        ratio = round(statistics.median(took["recalculated"]) / statistics.median(took["plain rewriting"]), 2)
        show("after a change of the calendar", {"tickets": tickets, "moved": moved, "seconds": medians, "ratio": ratio})


def timed(step: Callable[[], object]) -> float:
    before = time.perf_counter()
    step()
    return time.perf_counter() - before


def sign() -> Any:
    """RedTrack's text: its business hours close on the days that a parameter names."""
    from upheld.apps.agreements.services import add_version, sign_agreement
    from upheld.apps.parties.services import add_customer
    from upheld.core.timeline import Instant
    from upheld.gateways.signing import FakeSigner
    from upheld.language import check

    signed = Instant.parse("2026-01-01T00:00Z")
    source = (Path(__file__).parent.parent / "agreements/redtrack.md").read_text(encoding="utf-8")
    checked = check(source, as_of=signed)
    assert checked.document is not None
    return sign_agreement(
        key="bench-desk", customer=add_customer(slug="bench", name="Bench"),
        version=add_version(source=source, document=checked.document, calendars=checked.calendars, at=signed),
        parameters={"setup-by-specialist": "no", "sample-every": "1 minute"}, signed_at=signed, by="bench", at=signed,
        signer=FakeSigner(),
    )  # fmt: skip


def load(agreement: Any, tickets: int) -> None:
    """Tickets that came in the last thirty days, each with one run; their due instants as the calendar says."""
    from django.db import connection, transaction

    from upheld.apps.agreements.queries import terms_of
    from upheld.apps.desk.models import Run, Ticket
    from upheld.apps.desk.services.recalculating import write_dues
    from upheld.bulk import find_moved
    from upheld.core.timeline import Instant

    now, chance = Instant.parse(NOW), random.Random(9)
    words = "a typical subject of some length of a ticket"
    stamp = now.utc()
    starts = [now.micros - chance.randrange(30 * DAY_US) for _ in range(tickets)]
    lengths = [chance.choice(LENGTHS) * MINUTE_US for _ in range(tickets)]
    began = time.perf_counter()
    tickets_of = {
        "agreement_id": agreement.pk, "customer_id": agreement.customer_id, "subject": words, "channel": "email",
        "received_at": stamp, "opened_at": stamp, "changed_at": stamp,
    }  # fmt: skip
    insert(Ticket, tickets_of, ("id", "number"), ((number, number) for number in range(1, tickets + 1)))
    runs_of = {
        "agreement_id": agreement.pk, "clock": "respond", "number": 1, "state": "running", "verdict": "not yet known",
        "calendar": "business", "is_plain": True, "due_us": 0, "seen_us": now.micros,
    }  # fmt: skip
    rows_of_runs = zip(count(1), range(1, tickets + 1), starts, lengths, strict=False)
    insert(Run, runs_of, ("id", "ticket_id", "start_us", "allowed_us"), rows_of_runs)
    hours = terms_of(agreement, now).calendars["business"]
    # As the desk does it: in a transaction, at whose end PostgreSQL drops what was only needed for the way.
    with transaction.atomic():
        write_dues(find_moved(hours, range(1, tickets + 1), starts, lengths, [0] * tickets))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE desk_run" if connection.vendor == "postgresql" else "ANALYZE")
    show("loaded", {"tickets": tickets, "seconds": round(time.perf_counter() - began, 1), "database": connection.vendor})


def insert(table: Any, same: dict[str, Any], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Rows that differ in a few columns; what is named nowhere has the default of its field."""
    from django.db import connection, transaction

    fields = [field for field in table._meta.concrete_fields if field.column not in names]
    values = {field.column: same.get(field.column, field.get_default()) for field in fields}
    written = {field.column: field.get_db_prep_save(values[field.column], connection) for field in fields}
    columns = ", ".join(connection.ops.quote_name(name) for name in (*names, *written))
    told = tuple(written.values())
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f"COPY {table._meta.db_table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row((*row, *told))
            return
        marks = ", ".join(["%s"] * (len(names) + len(written)))
        statement = f"INSERT INTO {table._meta.db_table} ({columns}) VALUES ({marks})"
        cursor.executemany(statement, [(*row, *told) for row in rows])


def look_ahead() -> dict[str, Any]:
    """What falls due in one minute, minute after minute of a working day."""
    from upheld.apps.desk.queries import due_between
    from upheld.core.timeline import Instant

    now, took, rows = Instant.parse(NOW).micros, [], 0
    for minute in range(LOOKS):
        low = now + minute * MINUTE_US
        before = time.perf_counter()
        rows += len(due_between(low, low + MINUTE_US))
        took.append(time.perf_counter() - before)
    return {"p50_us": round(statistics.median(took) * 1e6, 1), "rows": rows // LOOKS}


def close_days(agreement: Any, turn: int) -> None:
    """Some more days are declared closed: the runs that cross them move."""
    from upheld.apps.agreements.services import set_parameter
    from upheld.core.timeline import Instant

    days = ", ".join(sorted(day for closed in CLOSED[: turn + 1] for day in closed))
    at = Instant.parse(NOW)
    set_parameter(agreement=agreement, name="holiday-season", value=days, from_at=at, by="bench", at=at)
    agreement.refresh_from_db()


def recalculate_all(agreement: Any) -> None:
    from upheld.apps.desk.services import recalculate
    from upheld.core.timeline import Instant

    recalculate(agreement=agreement, at=Instant.parse(NOW))


def read_dues() -> dict[int, int]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT id, due_us FROM desk_run")
        return dict(cursor.fetchall())


def write_plainly(rows: list[tuple[int, int]]) -> None:
    """The bound: the same rows in the way that this database takes them fastest, and nothing else."""
    from django.db import transaction

    from upheld.apps.desk.services.recalculating import write_dues

    with transaction.atomic():
        write_dues(rows)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
