"""Several deeds at one moment, each in a thread with a connection of its own."""

import threading
from collections.abc import Callable

from django.db import connection


def run_at_once(*deeds: Callable[[], object]) -> list[object]:
    """What each returns, or what it raised; all begin when all are ready."""
    ready = threading.Barrier(len(deeds))
    found: dict[int, object] = {}

    def run(place: int, deed: Callable[[], object]) -> None:
        ready.wait(timeout=20)
        try:
            found[place] = deed()
        except Exception as problem:
            found[place] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return [found[place] for place in sorted(found)]
