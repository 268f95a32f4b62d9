"""The demo's desk: filled once the pages answer, so that nobody waits for it. Safe to repeat, and to be cut off anywhere."""

import argparse
import os
import socket
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from upheld.core.timeline import SECOND, Instant
from upheld.gateways.clock import now_us
from upheld.interfaces.demo.cast import NoDemo, read_cast

READY = SECOND * 120
BEHIND_OTHERS = 5
"""How far this steps back behind whatever is probed and served meanwhile."""


def fill(agreements: Path, *, server: int, switch: str, control: str, at: Instant) -> str:
    """All of it that is not there yet; a sentence about what is there. Raises NoDemo, NotSeen."""
    from upheld.apps.desk.queries import count_tickets
    from upheld.interfaces.demo.others import bind_others
    from upheld.interfaces.demo.papers import bill, claim_back, plan_work
    from upheld.interfaces.demo.people import invite_people, put_on_call
    from upheld.interfaces.demo.stories import Cast, tell_stories

    told = read_cast()
    bound = bind_others(told, agreements, port=server, controls=[control] if control else [], at=at)
    staff, people = invite_people(told, at)
    put_on_call(told, staff, at)
    cast = Cast(agreements=bound, people=people, staff=staff, at=at)
    tell_stories(cast)
    plan_work(cast)
    bill(cast)
    if switch:
        claim_back(cast, switch)
    tickets, held, _ = count_tickets()
    return f"the desk of the demo is open: {len(bound)} agreements, {tickets} tickets, {held} of them held"


def wait_for_pages(console: str) -> bool:
    """Whether somebody answers at the address of the console, in time."""
    parts = urlsplit(console)
    give_up_at = now_us() + READY.micros
    while now_us() < give_up_at:
        try:
            socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 80), timeout=1).close()
        except OSError:
            time.sleep(0.2)
            continue
        return True
    return False


def main() -> int:
    """Returns the exit code: 0 the desk is open, 2 it cannot be."""
    parser = argparse.ArgumentParser(description="Fill the demo's desk once the pages answer.")
    parser.add_argument("--agreements", type=Path, required=True, help="folder of the agreements")
    parser.add_argument("--server", type=int, required=True, help="where the managed server answers")
    parser.add_argument("--switch", default="", help="address of the switch; without it nothing is broken, nor claimed")
    parser.add_argument("--console", required=True, help="address of the console, for which this waits")
    parser.add_argument("--control", default="", help="control target")
    given = parser.parse_args()
    if not wait_for_pages(given.console):
        print(f"nothing answers at {given.console}: the demo's desk stays empty until the next start", file=sys.stderr)
        return 2
    os.nice(BEHIND_OTHERS)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upheld.project.settings")
    os.environ["UPHELD_LOG_LEVEL"] = "error"
    import django

    django.setup()
    try:
        at = Instant(now_us()).floored()
        said = fill(given.agreements, server=given.server, switch=given.switch, control=given.control, at=at)
    except (NoDemo, RuntimeError, ValueError, OSError) as problem:
        print(f"the demo's desk is not whole: {problem}", file=sys.stderr)
        return 2
    print(said, flush=True)
    print("its people have no passwords yet; upheld demo people prints a one-time link for each", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
