"""The open sockets of all running probes: one epoll of our own, which the event loop watches as one descriptor.

Why not `loop.create_connection`: a probe lives for three events (connected, answered, closed). The loop's transports
cost more than the probe itself; here each socket is registered once, edge-triggered, and costs one call per event.
"""

from __future__ import annotations

import asyncio
import select
from typing import Protocol

HUNG_UP = select.EPOLLHUP | select.EPOLLRDHUP | select.EPOLLERR
WRITABLE = select.EPOLLOUT
_INTEREST = select.EPOLLIN | select.EPOLLOUT | select.EPOLLRDHUP | select.EPOLLET
_EVENTS_AT_ONCE = 256


class Listener(Protocol):
    """Whoever owns a socket on the wire."""

    def hear(self, mask: int) -> None: ...


class Wire:
    """Brings the events of many sockets to their listeners. Linux only (epoll)."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._epoll = select.epoll()
        self._listeners: dict[int, Listener] = {}
        loop.add_reader(self._epoll.fileno(), self._hear)

    def __len__(self) -> int:
        return len(self._listeners)

    def watch(self, descriptor: int, listener: Listener) -> None:
        """Bring every event of `descriptor` to `listener` until it is left."""
        self._listeners[descriptor] = listener
        self._epoll.register(descriptor, _INTEREST)

    def leave(self, descriptor: int) -> None:
        """Forget a socket that is about to be closed (the kernel takes it off the epoll when it closes)."""
        self._listeners.pop(descriptor, None)

    def hear_again(self, listener: Listener) -> None:
        """Let others have their turn first: an edge that was not read to its end does not come twice."""
        self._loop.call_soon(listener.hear, 0)

    def close(self) -> None:
        self._loop.remove_reader(self._epoll.fileno())
        self._epoll.close()
        self._listeners.clear()

    def _hear(self) -> None:
        listeners = self._listeners
        for descriptor, mask in self._epoll.poll(0, _EVENTS_AT_ONCE):
            listener = listeners.get(descriptor)
            if listener is not None:
                listener.hear(mask)
