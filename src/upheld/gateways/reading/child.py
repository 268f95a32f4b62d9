"""
The process that reads mails, one after the other, and can do nothing else.

Its processor time, memory and files are limited by the kernel. It may open nothing: no file, no connection, no process.
"""

import contextlib
import os
import re
import resource
import sys
from typing import IO

from upheld.gateways.reading.letters import load_character_sets
from upheld.gateways.reading.limits import CPU_SECONDS, CPU_SECONDS_OF_A_CHILD, MAILS_OF_A_CHILD, MEMORY_BYTES
from upheld.gateways.reading.mail import Ours
from upheld.gateways.reading.parsing import parse_mail
from upheld.gateways.reading.wire import pack_mail, read_message, write_message

NOBODY = 65534


def close_the_world() -> None:
    """Give up every ability but to calculate and to use what is open. Everything needed must be loaded by now."""
    load_character_sets()
    if os.geteuid() == 0:
        # Root may start processes in spite of the limits. Some containers know nobody; there the other limits must do.
        with contextlib.suppress(OSError):
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        # A new file or socket needs a number below this: there is none.
        (resource.RLIMIT_NOFILE, 0),
    ):
        resource.setrlimit(limit, (value, value))


def allow_seconds(seconds: int) -> float:
    """Let the kernel end this process after so much more processor time; what was used until now, in seconds."""
    used = used_seconds()
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used) + seconds, hard))
    return used


def used_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def open_memory() -> int:
    """Where the kernel tells what this process took, opened while files can be; -1 where it tells nothing."""
    try:
        return os.open("/proc/self/status", os.O_RDONLY)
    except OSError:
        return -1


def peak_kb(memory: int) -> int:
    """The most memory that this programme took. What getrusage tells begins with the most of the process that started it."""
    told = os.pread(memory, 4096, 0) if memory >= 0 else b""
    found = re.search(rb"^VmHWM:\s+(\d+) kB$", told, re.MULTILINE)
    return int(found[1]) if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def serve(source: IO[bytes], out: IO[bytes]) -> None:
    """Answer each mail, until nobody asks any more or it is time for a successor."""
    memory = open_memory()
    close_the_world()
    write_message(out, {"ready": True})
    for number in range(1, MAILS_OF_A_CHILD + 1):
        used = allow_seconds(CPU_SECONDS)
        try:
            question, (raw,) = read_message(source)
        except EOFError:
            return
        ours = Ours(question["authserv_id"], tuple(question["domains"]))
        try:
            mail = parse_mail(raw, ours, envelope_from=question["envelope_from"], cleans_html=question["cleans_html"])
            answer, blobs = pack_mail(mail)
            reason = None
        except (Exception, RecursionError) as wrong:
            answer, blobs, reason = {}, [], f"{type(wrong).__name__}: {wrong}"[:300]
        del raw
        spent = {"cpu_us": int((used_seconds() - used) * 1e6), "peak_kb": peak_kb(memory)}
        is_tired = number == MAILS_OF_A_CHILD or used_seconds() > CPU_SECONDS_OF_A_CHILD
        is_last = is_tired or (reason or "").startswith("MemoryError")
        write_message(out, {"mail": answer, "reason": reason, "is_last": is_last, **spent}, blobs)
        if is_last:
            return


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
