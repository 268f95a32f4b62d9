"""One attempt at a target: look up, vet, connect, compare, follow redirects if asked; one deadline over all of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from upheld.gateways.probe.addresses import vet_address
from upheld.gateways.probe.answer import Answer, Verdict
from upheld.gateways.probe.banner import Banner
from upheld.gateways.probe.connection import Connection
from upheld.gateways.probe.laps import Laps
from upheld.gateways.probe.order import Order
from upheld.gateways.probe.reasons import judge_connect, judge_lookup
from upheld.gateways.probe.reply import Reply, write_request
from upheld.gateways.probe.resolver import Found, Lookup, Place
from upheld.gateways.probe.target import UnfitTarget, follow

if TYPE_CHECKING:
    from upheld.gateways.probe.line import Line


class Attempt:
    """Begin it once; it calls `on_answer` once, on the loop, never from within `begin`."""

    __slots__ = (
        "_address", "_bucket", "_connection", "_first", "_is_over", "_laps", "_line", "_lookup", "_on_answer",
        "_opening", "_order", "_places", "_redirects", "_target",
    )  # fmt: skip

    def __init__(self, line: Line, order: Order, on_answer: Callable[[Answer], None], first: int) -> None:
        self._line = line
        self._order = order
        self._on_answer = on_answer
        self._first = first
        self._target = order.target
        self._opening = order.opening
        self._redirects = order.redirects
        self._places: list[Place] = []
        self._address: str | None = None
        self._lookup: Lookup | None = None
        self._connection: Connection | None = None
        self._is_over = False
        self._laps = Laps(line.monotonic_us)
        self._bucket = line.deadlines.add(self, self._laps.started_us + order.deadline_us)

    def begin(self) -> None:
        place = self._target.place
        if place is None:
            self._look_up()
        elif self._order.refusal is None:
            self._laps.resolve_us = 0  # an address needs no look-up, and was vetted when the order was prepared
            self._dial(place)
        else:
            self._line.loop.call_soon(self.finish, Verdict.REFUSED, str(self._order.refusal))

    def abandon(self) -> None:
        """Close without an answer; safe to repeat."""
        self._is_over = True
        self._bucket.discard(self)
        # The connection knows us: letting go of it here lets both be freed at once, without the cycle collector.
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def expire(self) -> None:
        """The deadline passed."""
        seconds = self._order.deadline_us // 1_000_000
        if self._connection is not None:
            conversation = self._connection.conversation
            came = f"; {conversation.body_size} bytes of body came" if conversation and conversation.is_begun else ""
            self.finish(Verdict.FAILED, f"{self._connection.stage.value} within {seconds} s{came}")
        elif self._lookup is not None and not self._lookup.is_started:
            self.finish(Verdict.HINDERED, f"this prober had too many names to resolve to begin in {seconds} s")
        else:
            self.finish(Verdict.FAILED, f"no answer for the name {self._target.host} within {seconds} s")

    def take_miss(self, code: int, *, at_once: bool) -> None:
        """This address could not be connected: try the next one, if the name has another."""
        if self._places:
            self._dial(self._places.pop(0))
        else:
            self.finish(*judge_connect(code, at_once=at_once))

    def take_conversation(self, conversation: Reply | Banner | None) -> None:
        """All that is needed was said."""
        if conversation is None:
            self.finish(Verdict.GOOD, "connected")
        elif conversation.problem is not None:
            self.finish(Verdict.FAILED, conversation.problem)
        elif conversation.location is not None:
            self._follow(conversation.location)
        else:
            self.finish(Verdict.GOOD, "answered as expected")

    def finish(self, verdict: Verdict, reason: str) -> None:
        """Close everything and answer, once. A good answer that came too late is a failed one."""
        if self._is_over:
            return
        laps = self._laps
        whole = laps.whole_us
        if verdict is Verdict.GOOD and whole > self._order.deadline_us:
            verdict = Verdict.FAILED
            reason = f"the answer took {whole // 1000} ms; expected at most {self._order.deadline_us // 1000} ms"
        said = self._connection.conversation if self._connection is not None else None
        self.abandon()
        self._on_answer(
            Answer(
                verdict,
                reason,
                laps.started_us,
                whole,
                laps.resolve_us,
                laps.connect_us,
                laps.tls_us,
                laps.first_byte_us,
                self._address,
                said.status if said else None,
                said.body_size if said else 0,
            )
        )

    def _look_up(self) -> None:
        self._lookup = self._line.resolver.look_up(self._target.host, self._target.port, self._take_places)

    def _take_places(self, found: Found) -> None:
        if self._is_over:
            return
        if isinstance(found, Exception):
            self.finish(*judge_lookup(found, self._target.host))
            return
        self._laps.end_resolve()
        refusals = [vet_address(address[0], self._order.allowed) for _, address in found]
        places = [place for place, refusal in zip(found, refusals, strict=True) if refusal is None]
        if not places:
            refused = next((str(refusal) for refusal in refusals if refusal), "the name has no address")
            self.finish(Verdict.REFUSED, f"{self._target.host}: {refused}")
            return
        turn = self._first % len(places)
        self._places = places[turn:] + places[:turn]
        self._dial(self._places.pop(0))

    def _dial(self, place: Place) -> None:
        if self._connection is not None:
            self._connection.close()
        target = self._target
        self._address = place[1][0]
        self._connection = Connection(
            self._line, self._laps, self, self._opening, target.host if target.is_secure else None,
            self._order.converse(follows=self._redirects > 0),
        )  # fmt: skip
        self._connection.dial(place)

    def _follow(self, location: str) -> None:
        """Go where a redirect leads: read strictly and vetted anew, within the same deadline."""
        assert self._connection is not None
        self._connection.close()
        self._connection = None
        try:
            target = follow(self._target, location)
        except UnfitTarget as problem:
            self.finish(Verdict.FAILED, f"the target redirects to where no probe goes: {problem}")
            return
        self._redirects -= 1
        self._target, self._opening = target, write_request(target)
        self._laps.skip()
        if target.place is None:
            self._look_up()
        else:
            self._take_places([target.place])
