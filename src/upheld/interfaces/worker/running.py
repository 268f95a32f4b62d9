"""The worker's life: begin, work until told to stop, end cleanly. Killed at any moment, the next one goes on by itself."""

import logging
import threading
from pathlib import Path

from django.conf import settings
from django.db import close_old_connections, connections

from upheld.gateways.clock import SystemClock
from upheld.gateways.jobs import EmbeddedRunner
from upheld.interfaces.worker.holding import hold_worker
from upheld.interfaces.worker.mailroom import Mailroom
from upheld.interfaces.worker.responder import Responder
from upheld.interfaces.worker.work import list_telling, list_watching

log = logging.getLogger("upheld.worker")


def run_worker(stop: threading.Event) -> None:
    """
    Work until `stop` is set. Raises WorkerRuns where the home has its worker already.

    Each job is one transaction for each thing that it does; what fails is logged and comes again.
    """
    home = Path(settings.UPHELD_HOME)
    with hold_worker(home):
        responder = Responder(home)
        clock = SystemClock()
        watching = EmbeddedRunner(list_watching(responder), clock, after_each=close_old_connections)
        telling = EmbeddedRunner(list_telling(), clock, after_each=close_old_connections)
        beside = threading.Thread(target=run_beside, args=(telling, stop), name="telling")
        log.info("worker runs", extra={"home": home})
        mailroom = Mailroom()
        beside.start()
        try:
            mailroom.open()
            watching.run_until(stop)
        finally:
            stop.set()
            beside.join()
            mailroom.close()
            responder.close()
            connections.close_all()
        log.info("worker ended")


def run_beside(runner: EmbeddedRunner, stop: threading.Event) -> None:
    try:
        runner.run_until(stop)
    finally:
        connections.close_all()
