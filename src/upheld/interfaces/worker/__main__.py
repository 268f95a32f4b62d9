"""`python -m upheld.interfaces.worker`: run until SIGTERM or Ctrl-C."""

import logging
import os
import signal
import sys
import threading
from types import FrameType


def main() -> int:
    """Returns the exit code: 0 ended cleanly, 1 could not start."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upheld.project.settings")
    import django

    django.setup()
    from upheld.interfaces.worker.holding import WorkerRuns
    from upheld.interfaces.worker.running import run_worker

    stop = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    try:
        run_worker(stop)
    except (WorkerRuns, OSError) as problem:
        logging.getLogger("upheld.worker").error("%s", problem)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
