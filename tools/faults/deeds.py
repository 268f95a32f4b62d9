"""Work at a desk while its processes are killed: mails at its door, deeds by its API, each with a word of its own."""

import itertools
import json
import random
import smtplib
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from tools.faults.load import ADDRESS, KEY
from tools.product import Product

DESK = "desk@harbour.example"
CUSTOMER = "ops@acorn.example"
SECONDS = 15
LONGEST_WAIT = 120
WRITERS = 4


@dataclass
class Done:
    """What was acknowledged, by the word that it holds; lists grow in one step each."""

    mails: list[str] = field(default_factory=list)
    tickets: dict[str, str] = field(default_factory=dict)
    """The word of a ticket that was opened by the API, and the ticket's name."""
    messages: list[str] = field(default_factory=list)
    decided: int = 0
    """Priorities, holds, resolutions, and what else leaves no word."""
    refused: list[str] = field(default_factory=list)
    repeated: int = 0
    """How often a deed had to be sent again because no answer came."""

    @property
    def count(self) -> int:
        return len(self.mails) + len(self.tickets) + len(self.messages) + self.decided


@dataclass
class DeskLoad:
    """Writers that go on until so many deeds were acknowledged."""

    product: Product
    door: int
    token: str
    deeds: int
    chance: random.Random
    done: Done = field(default_factory=Done)
    problems: list[str] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def start(self) -> None:
        self._threads = [
            threading.Thread(target=self._write, args=(random.Random(self.chance.random()),), daemon=True)
            for _ in range(WRITERS)
        ]
        for thread in self._threads:
            thread.start()

    def is_over(self) -> bool:
        return not any(thread.is_alive() for thread in self._threads)

    def join(self) -> None:
        for thread in self._threads:
            thread.join(LONGEST_WAIT * 4)

    def _write(self, chance: random.Random) -> None:
        while self.done.count < self.deeds:
            number = next(self._numbers)
            try:
                chance.choice((self.mail, self.open, self.write, self.reply, self.decide))(number, chance)
            except TimeoutError as problem:
                self.problems.append(str(problem))
                return

    def mail(self, number: int, chance: random.Random) -> None:
        """A mail, brought until the desk says that it was kept."""
        word = f"mail-{number}-{chance.getrandbits(48):012x}"
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"], mail["Message-ID"] = CUSTOMER, DESK, word, f"<{word}@acorn.example>"
        mail.set_content(f"It does not work: {word}")
        raw, give_up_at = mail.as_bytes(), time.monotonic() + LONGEST_WAIT
        while True:
            try:
                with smtplib.LMTP("127.0.0.1", self.door, timeout=SECONDS) as server:
                    server.sendmail(CUSTOMER, [DESK], raw)
                self.done.mails.append(word)
                return
            except (OSError, smtplib.SMTPException):
                self.again(give_up_at, f"the mail {word} was never taken")

    def open(self, number: int, chance: random.Random) -> None:
        word = f"ticket-{number}-{chance.getrandbits(48):012x}"
        sent = {"subject": word, "text": "It does not work", "address": CUSTOMER}
        if opened := self.ask(f"/agreements/{KEY}/tickets", sent, word):
            self.done.tickets[word] = opened["ticket"]

    def write(self, number: int, chance: random.Random) -> None:
        """The customer's words on a ticket that is there."""
        self.say(number, chance, "messages", {})

    def reply(self, number: int, chance: random.Random) -> None:
        self.say(number, chance, "answers", {"says": chance.choice(([], ["update"], ["ETA"]))})

    def say(self, number: int, chance: random.Random, way: str, more: dict[str, Any]) -> None:
        if ticket := self.choose(chance):
            word = f"{way}-{number}-{chance.getrandbits(48):012x}"
            if self.ask(f"/tickets/{ticket}/{way}", {"text": f"Look: {word}", **more}, word):
                self.done.messages.append(word)

    def decide(self, number: int, chance: random.Random) -> None:
        """A priority, a resolution; one that was settled already is refused, and that is an answer."""
        if ticket := self.choose(chance):
            way, sent = chance.choice((
                ("priority", {"priority": chance.choice(("low", "medium", "high")), "because": "seen"}),
                ("resolve", {"because": "done"}),
                ("begin", {}),
            ))  # fmt: skip
            if self.ask(f"/tickets/{ticket}/{way}", sent, f"decide-{number}-{chance.getrandbits(48):012x}"):
                self.done.decided += 1

    def choose(self, chance: random.Random) -> str:
        known = list(self.done.tickets.values())
        return chance.choice(known) if known else ""

    def ask(self, path: str, sent: dict[str, Any], key: str) -> dict[str, Any] | None:
        """A deed by the API, sent again under its key until an answer comes; None where it was refused."""
        give_up_at = time.monotonic() + LONGEST_WAIT
        while True:
            request = urllib.request.Request(
                f"{self.product.address}/api/v1{path}", data=json.dumps(sent).encode(), method="POST",
                headers={
                    "Authorization": f"Bearer {self.token}", "Idempotency-Key": key, "Content-Type": "application/json",
                },
            )  # fmt: skip
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            try:
                with opener.open(request, timeout=SECONDS) as answer:
                    told: dict[str, Any] = json.load(answer)
                return told
            except urllib.error.HTTPError as refusal:
                if refusal.code < 500 and refusal.code != 409:
                    self.done.refused.append(f"{path}: {refusal.code}")
                    return None
                said = refusal.read().decode(errors="replace")
                if refusal.code == 409 and "key-in-work" not in said:
                    self.done.refused.append(f"{path}: {refusal.code}")
                    return None
                self.again(give_up_at, f"{path} under the key {key} was never answered: {refusal.code} {said[:200]}")
            except (OSError, ValueError):
                self.again(give_up_at, f"{path} under the key {key} was never answered")

    def again(self, give_up_at: float, problem: str) -> None:
        if time.monotonic() > give_up_at:
            raise TimeoutError(problem)
        self.done.repeated += 1
        time.sleep(0.3)


def get_token(product: Product) -> str:
    """What the load shows to the API: a token of the first administrator."""
    return product.do("token", "add", ADDRESS, "--name", "faults").strip().splitlines()[-1].split()[-1]
