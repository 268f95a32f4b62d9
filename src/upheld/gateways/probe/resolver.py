"""Names to addresses, by the machine's own resolver, in threads of our own so that a slow name holds up nobody."""

from __future__ import annotations

import asyncio
import queue
import socket
import threading
from collections.abc import Callable, Sequence

Place = tuple[socket.AddressFamily, tuple[str, int]]
Found = Sequence[Place] | Exception
GetAddresses = Callable[[str, int], Sequence[Place]]


def get_addresses(host: str, port: int) -> Sequence[Place]:
    """Ask the system (getaddrinfo, RFC 3493, in the order of RFC 6724). Raises OSError."""
    found = socket.getaddrinfo(host.encode(), port, type=socket.SOCK_STREAM)
    # A zone (fe80::1%eth0) stays in the text; flow and scope are left to the kernel.
    return [(family, (str(address[0]), port)) for family, _, _, _, address in found]


class Lookup:
    """One question, asked once for all who wait for it at the same moment. Nothing is kept after the answer."""

    __slots__ = ("host", "is_started", "port", "waiting")

    def __init__(self, host: str, port: int) -> None:
        self.host = host
        self.port = port
        self.is_started = False
        self.waiting: list[Callable[[Found], None]] = []


class Resolver:
    """Looks names up in a few daemon threads (started when first needed)."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, *, get_addresses: GetAddresses = get_addresses, threads: int = 32
    ) -> None:
        self._loop = loop
        self._get_addresses = get_addresses
        self._most_threads = threads
        self._threads = 0
        self._asked: queue.SimpleQueue[Lookup | None] = queue.SimpleQueue()
        self._open: dict[tuple[str, int], Lookup] = {}
        self._is_closed = False

    def look_up(self, host: str, port: int, on_found: Callable[[Found], None]) -> Lookup:
        """Call `on_found` on the loop with the addresses or the problem."""
        lookup = self._open.get((host, port))
        if lookup is None:
            lookup = self._open[host, port] = Lookup(host, port)
            if self._threads < min(self._most_threads, len(self._open)):
                self._threads += 1
                threading.Thread(target=self._work, name="resolver", daemon=True).start()
            self._asked.put(lookup)
        lookup.waiting.append(on_found)
        return lookup

    def close(self) -> None:
        self._is_closed = True
        for _ in range(self._threads):
            self._asked.put(None)

    def _work(self) -> None:
        while (lookup := self._asked.get()) is not None:
            lookup.is_started = True
            found: Found
            try:
                found = self._get_addresses(lookup.host, lookup.port)
            except (OSError, UnicodeError) as problem:
                found = problem
            if self._is_closed:
                return
            try:
                self._loop.call_soon_threadsafe(self._answer, lookup, found)
            except RuntimeError:  # the loop was closed while the resolver was slow
                return

    def _answer(self, lookup: Lookup, found: Found) -> None:
        del self._open[lookup.host, lookup.port]
        for on_found in lookup.waiting:
            on_found(found)
