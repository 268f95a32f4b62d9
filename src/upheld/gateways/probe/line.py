"""The line out: what all probes of one process share, and the two ways to send one."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable

from upheld.gateways.clock import monotonic_us
from upheld.gateways.probe.answer import Answer
from upheld.gateways.probe.attempt import Attempt
from upheld.gateways.probe.deadlines import Deadlines
from upheld.gateways.probe.order import Order
from upheld.gateways.probe.resolver import GetAddresses, Resolver, get_addresses
from upheld.gateways.probe.trust import load_trust
from upheld.gateways.probe.wire import Wire


class Line:
    """Sends probes from the running event loop. Close it before the loop.

    Proxy settings of the environment are not read: a probe sees what a visitor without a proxy sees.
    """

    def __init__(
        self,
        *,
        ca_file: str | None = None,
        get_addresses: GetAddresses = get_addresses,
        monotonic_us: Callable[[], int] = monotonic_us,
    ) -> None:
        self.loop = asyncio.get_running_loop()
        self.monotonic_us = monotonic_us
        self.wire = Wire(self.loop)
        self.deadlines = Deadlines(self.loop, monotonic_us)
        self.resolver = Resolver(self.loop, get_addresses=get_addresses)
        self._ca_file = ca_file
        self._trust: ssl.SSLContext | None = None

    @property
    def trust(self) -> ssl.SSLContext:
        """The trusted authorities, read when the first TLS probe goes (the store takes memory). Raises NothingTrusted."""
        if self._trust is None:
            self._trust = load_trust(self._ca_file)
        return self._trust

    def start(self, order: Order, on_answer: Callable[[Answer], None], *, first: int = 0) -> Attempt:
        """Send one probe; `on_answer` is called once, on the loop, by the deadline and two ticks at the latest.

        `first` says with which of a name's addresses to begin, so that a second attempt can begin with another.
        """
        attempt = Attempt(self, order, on_answer, first)
        attempt.begin()
        return attempt

    async def ask(self, order: Order, *, first: int = 0) -> Answer:
        """Send one probe and wait for its answer."""
        answered: asyncio.Future[Answer] = self.loop.create_future()
        attempt = self.start(order, lambda answer: None if answered.done() else answered.set_result(answer), first=first)
        try:
            return await answered
        finally:
            attempt.abandon()

    def close(self) -> None:
        """Drop whatever is still open, without answers."""
        self.wire.close()
        self.deadlines.clear()
        self.resolver.close()
