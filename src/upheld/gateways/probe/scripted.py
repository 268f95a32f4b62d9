"""A line that goes nowhere: it answers probes from a script, for tests of those who send them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from upheld.gateways.probe.answer import Answer, Verdict
from upheld.gateways.probe.order import Order

Answering = Callable[[Order], tuple[Verdict, str]]


class Promise:
    """A scripted attempt that was not answered yet."""

    def __init__(self, handle: asyncio.Handle) -> None:
        self._handle = handle

    def abandon(self) -> None:
        """Call the answer off; safe to repeat."""
        self._handle.cancel()


class ScriptedLine:
    """Has the face of `Line`. `answering` says what the target does; `answers` and `fails` change it for one URL.

    Refusals are not scripted: an order that is closed is refused here as on the real line.
    """

    def __init__(
        self, monotonic_us: Callable[[], int], *, answering: Answering = lambda order: (Verdict.GOOD, "as scripted")
    ) -> None:
        self._monotonic_us = monotonic_us
        self._answering = answering
        self._by_url: dict[str, tuple[Verdict, str]] = {}
        self.asked: list[str] = []

    def answers(self, url: str) -> None:
        """From now on `url` is well."""
        self._by_url[url] = (Verdict.GOOD, "as scripted")

    def fails(self, url: str, reason: str = "the target refused the connection") -> None:
        """From now on `url` fails."""
        self._by_url[url] = (Verdict.FAILED, reason)

    def start(self, order: Order, on_answer: Callable[[Answer], None], *, first: int = 0) -> Promise:
        """Answer on the next turn of the loop."""
        url = order.target.url
        self.asked.append(url)
        verdict, reason = self._by_url.get(url) or self._answering(order)
        if order.refusal is not None:
            verdict, reason = Verdict.REFUSED, str(order.refusal)
        answer = Answer(verdict, reason, self._monotonic_us(), 1_000, 0, 500, address=order.target.host)
        return Promise(asyncio.get_running_loop().call_soon(on_answer, answer))

    async def ask(self, order: Order, *, first: int = 0) -> Answer:
        """Answer, after one turn of the loop."""
        answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self.start(order, answered.set_result, first=first)
        return await answered

    def close(self) -> None:
        """Nothing is open."""
