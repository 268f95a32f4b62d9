"""What is made ready when the web server begins, so that nobody waits for it who opens a page first."""

import logging
import threading

from django.db import connections

from upheld.doors.shown.agreements import read_editions

log = logging.getLogger("upheld.console")


def begin_to_warm() -> threading.Thread:
    """Read every edition beside the serving; a failure costs time and nothing else."""
    beside = threading.Thread(target=warm, name="warming", daemon=True)
    beside.start()
    return beside


def warm() -> None:
    try:
        read_editions()
    except Exception as problem:
        log.warning("editions are not made ready; each is read when it is opened", extra={"because": repr(problem)})
    finally:
        connections.close_all()
