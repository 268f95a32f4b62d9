"""The process that is measured for `ours`: the prober's own code path, as many checks as asked for, then its CPU time.

    python -m bench.our_checks sent|sealed http|tcp|tls PORT CHECKS AT_ONCE CA_FILE

`sent`: one probe call each, with its conditions, deadline and timing. `sealed`: the same, and each answer becomes an
observation that is sealed into batches on the disk, as the prober does it.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

from bench.check_target import TEXT
from upheld.gateways.clock import SystemClock
from upheld.gateways.probe import Answer, Line, Verdict
from upheld.gateways.samples import Assignment, Spool
from upheld.interfaces.prober.journal import Journal, Signature
from upheld.interfaces.prober.record import record_good
from upheld.interfaces.prober.running import choose_runner
from upheld.interfaces.prober.vigil import Vigil
from upheld.interfaces.prober.watch import Watch

_SEAL_SECONDS = 1


async def send(kind: str, port: int, checks: int, at_once: int, ca_file: str, *, is_sealed: bool) -> tuple[int, int]:
    """Send the checks; returns how many were good, and the CPU microseconds spent."""
    scheme, path = {"http": ("http", "/health"), "tls": ("https", "/health"), "tcp": ("tcp", "")}[kind]
    body = None if kind == "tcp" else TEXT
    url = f"{scheme}://127.0.0.1:{port}{path}"
    assigned = Assignment("bench", "tcp" if kind == "tcp" else "http", url, 60, 5, "200", body, allow=("127.0.0.0/8",))
    watch, clock, line = Watch(assigned), SystemClock(), Line(ca_file=ca_file)
    assert watch.order is not None, watch.problem
    if kind == "tls":
        assert line.trust  # read once when a prober starts
    begun = over = good = 0
    finished = line.loop.create_future()

    def take(answer: Answer) -> None:
        nonlocal begun, over, good
        over += 1
        if answer.verdict is Verdict.GOOD:
            good += 1
            if is_sealed:
                journal.add(record_good(watch, answer, vigil), is_change=False)
        if begun < checks:
            begun += 1
            line.start(order, take)
        elif over == checks:
            finished.set_result(None)

    def seal() -> None:
        journal.seal_now_and_then()
        line.loop.call_later(_SEAL_SECONDS, seal)

    order = watch.order
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(1) as writer:
        spool = Spool(folder)
        spool.prepare()
        journal = Journal(spool, Signature("bench", "boot", 0), clock.now_us, writer)
        vigil = Vigil(clock, journal.note)
        before = _spent_us()
        if is_sealed:
            seal()
        while begun < min(at_once, checks):
            begun += 1
            line.start(order, take)
        await finished
        await journal.close()
        spent = _spent_us() - before
    line.close()
    return good, spent


def _spent_us() -> int:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return int((used.ru_utime + used.ru_stime) * 1e6)


async def _main() -> None:
    how, kind, port, checks, at_once, ca_file = sys.argv[1:]
    good, spent = await send(kind, int(port), int(checks), int(at_once), ca_file, is_sealed=how == "sealed")
    peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sys.stdout.write(json.dumps({"good": good, "cpu_us": spent, "peak_kb": peak_kb}) + "\n")


if __name__ == "__main__":
    choose_runner()(_main())
