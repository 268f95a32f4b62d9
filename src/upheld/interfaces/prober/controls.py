"""Asking the control targets: when they are silent too, it is the prober that is cut off."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

from upheld.gateways.probe import Answer, Order

GATHER_SECONDS = 0.05  # many checks fail at once when something large does: one question answers them all


class Asker(Protocol):
    """Whoever can send one probe and wait for it."""

    async def ask(self, order: Order, *, first: int = 0) -> Answer: ...


class Closer(Protocol):
    """A probe under way, which can be called off."""

    def abandon(self) -> None: ...


class Sender(Asker, Protocol):
    """The face of a line: the real one, or a scripted one."""

    def start(self, order: Order, on_answer: Callable[[Answer], None], *, first: int = 0) -> Closer: ...


class Controls:
    """Sends each control one probe for all who asked in the same 50 ms; every answer began after its question."""

    def __init__(self, line: Asker) -> None:
        self._line = line
        self._waiting: dict[str, asyncio.Task[Answer]] = {}

    async def ask(self, orders: tuple[Order, ...]) -> list[tuple[Order, Answer]]:
        """Ask all of them at once."""
        answers = await asyncio.gather(*(asyncio.shield(self._join(order)) for order in orders))
        return list(zip(orders, answers, strict=True))

    def _join(self, order: Order) -> asyncio.Task[Answer]:
        key = f"{order.deadline_us} {order.allowed} {order.target.url}"
        task = self._waiting.get(key)
        if task is None:
            task = self._waiting[key] = asyncio.ensure_future(self._gather(key, order))
        return task

    async def _gather(self, key: str, order: Order) -> Answer:
        await asyncio.sleep(GATHER_SECONDS)
        del self._waiting[key]
        return await self._line.ask(order)
