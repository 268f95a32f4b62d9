"""CPU time of calls, and what a process needed at most."""

import gc
import json
import resource
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

CHUNKS, PASSES = 5, 5


def cpu_of(call: Callable[[], Any]) -> float:
    """CPU seconds of one call."""
    gc.collect()
    began = time.process_time()
    call()
    return time.process_time() - began


def median_cpu(call: Callable[[], Any], passes: int = PASSES) -> float:
    return statistics.median(cpu_of(call) for _ in range(passes))


def nanoseconds_each(ask: Callable[..., Any], questions: Sequence[tuple[Any, ...]]) -> float:
    """CPU of one call, the median of some chunks of different questions."""
    size = len(questions) // CHUNKS
    chunks = (questions[place * size : (place + 1) * size] for place in range(CHUNKS))

    def run(chunk: Sequence[tuple[Any, ...]]) -> float:
        def call() -> None:
            for question in chunk:
                ask(*question)

        return cpu_of(call)

    return statistics.median(run(chunk) for chunk in chunks) / size * 1e9


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def tell(**figures: Any) -> None:
    """To the process that started this one."""
    print(json.dumps(figures), flush=True)
