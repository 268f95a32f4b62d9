"""The load: people, commands and breaks that go on while processes are killed, and what was acknowledged to them."""

import json
import random
import re
import sqlite3
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field

from tools.faults.session import Session
from tools.product import Product
from upheld.core.timeline import Instant
from upheld.gateways.clock import now_us

KEY = "acorn-legal-teamplify"
PASSWORD = "walnut-harbour-41"
ADDRESS = "ada@harbour.example"


@dataclass
class Acknowledged:
    """Everything that somebody was told is done. Written to by several threads; lists grow in one step each."""

    notes: list[str] = field(default_factory=list)
    """Of causes that were assigned on the page of an outage: each has a note of its own."""
    statements: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    deeds: int = 0
    unknown: int = 0
    """Deeds to which no answer came: they may be there or not, but not twice."""
    refused: list[str] = field(default_factory=list)


@dataclass
class Load:
    """Threads that each do one kind of thing until they are told to end."""

    product: Product
    chance: random.Random
    acknowledged: Acknowledged = field(default_factory=Acknowledged)
    _ended: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        for deed, pause in ((self.toggle, 9.0), (self.assign, 0.7), (self.command, 2.0)):
            thread = threading.Thread(
                target=self._repeat, args=(deed, pause, random.Random(self.chance.random())), daemon=True
            )
            self._threads.append(thread)
            thread.start()

    def end(self) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join(60)

    def _repeat(self, deed: Callable[[random.Random], None], pause: float, chance: random.Random) -> None:
        while not self._ended.wait(chance.uniform(pause / 2, pause * 1.5)):
            try:
                deed(chance)
            except (OSError, AssertionError, sqlite3.Error, ValueError):
                # Killed half-way, or nobody was there: that is what this is about.
                self.acknowledged.unknown += 1

    def toggle(self, chance: random.Random) -> None:
        """Break the demo's service, or mend it, by its switch."""
        port = json.loads((self.product.home / "demo/ports.json").read_text())["switch"]
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"http://127.0.0.1:{port}/state", timeout=5) as answer:
            deed = "mend" if answer.read().strip() == b"broken" else "break"
        opener.open(f"http://127.0.0.1:{port}/{deed}", data=b"", timeout=5).close()
        self.acknowledged.deeds += 1

    def assign(self, chance: random.Random) -> None:
        """Put a cause on an outage, as a person does on its page."""
        outages = list_outages(self.product)
        if not outages:
            return
        session = Session(self.product.address)
        session.fill_in("/sign-in", {"name": ADDRESS, "password": PASSWORD})
        for _ in range(5):
            note = f"load {chance.getrandbits(64):016x}"
            path = f"/outages/O-{chance.choice(outages)}"
            if session.fill_in(path, {"note": note}):
                self.acknowledged.notes.append(note)
            else:
                self.acknowledged.refused.append(path)

    def command(self, chance: random.Random) -> None:
        """Issue a statement, or have the head signed, by the command."""
        if chance.random() < 0.3:
            period = str(Instant(now_us()))[: len("2026-11")]
            said = self.product.do("statement", KEY, "--period", period)
            self.acknowledged.statements.append(said.split()[1].rstrip(","))
        else:
            self.acknowledged.heads.append(self.product.do("checkpoint", KEY))


def list_outages(product: Product) -> list[int]:
    """The numbers of the outages under the agreement that is tried, read past the product."""
    with sqlite3.connect(f"file:{product.home}/upheld.sqlite3?mode=ro", uri=True, timeout=10) as rows:
        wanted = "SELECT o.number FROM probes_outage o JOIN fleet_service s ON s.id = o.service_id WHERE s.agreement = ?"
        return [number for (number,) in rows.execute(wanted, [KEY])]


def become_administrator(product: Product) -> None:
    """Follow the link of the first start."""
    found = re.search(r"/set-up/(\S+)", product.log.read_text())
    assert found, "the first start printed no link"
    session = Session(product.address)
    said = {"person": "Ada", "email": ADDRESS, "password": PASSWORD}
    assert session.fill_in(f"/set-up/{found[1]}", said, action="/set-up"), "the first administrator was refused"
