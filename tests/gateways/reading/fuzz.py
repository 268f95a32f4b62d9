"""`make mail-fuzz N=100000 [SEED=n]`: nasty mails, each read or salvaged; prints the seed that repeats the run."""

import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from random import Random

from tests.gateways.reading.bombs import BOMBS
from tests.gateways.reading.mailers import Sample, write_sample
from tests.gateways.reading.mutations import mutate
from upheld.gateways.reading import Mail, Ours, Reader, Tally, Unreadable
from upheld.gateways.reading.limits import CPU_SECONDS, MEMORY_BYTES

OURS = Ours("mx.example.com", ("example.com",))


@dataclass(slots=True)
class Outcome:
    """What a run came to. `wrongs`: what must not be, each with the number of its mail."""

    seed: int
    mails: int = 0
    seconds: float = 0.0
    lost: int = 0
    misread: int = 0
    wrongs: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    tally: Tally = field(default_factory=Tally)

    def is_good(self) -> bool:
        return not self.wrongs and not self.lost and not self.misread and self.find_excess() is None

    def find_excess(self) -> str | None:
        """Whether a mail took more than it may."""
        if self.tally.most_cpu_us > CPU_SECONDS * 1_000_000:
            return f"a mail took {self.tally.most_cpu_us / 1e6:.1f} s of processor time"
        if self.tally.peak_kb * 1024 > MEMORY_BYTES:
            return f"the reader took {self.tally.peak_kb >> 10} MB"
        return None

    def tell(self) -> str:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(self.kinds.items()))
        return (
            f"seed {self.seed}: {self.mails} mails ({kinds})\n"
            f"lost {self.lost}, misread {self.misread}, salvaged {self.tally.unreadable}, child deaths {self.tally.deaths} "
            f"(each of those mails was read or salvaged)\n"
            f"most processor time {self.tally.most_cpu_us / 1e6:.2f} s of {CPU_SECONDS}, "
            f"most memory {self.tally.peak_kb >> 10} MB of {MEMORY_BYTES >> 20}\n"
            f"{self.mails / max(self.seconds, 0.001):.0f} mails per second"
        )


def write_mails(number: int, seed: int) -> Iterator[tuple[str, bytes, Sample | None]]:
    """Kind, bytes, and the truth where the mail was left whole. Each depends on the seed and its own number alone."""
    names = sorted(BOMBS)
    for index in range(number):
        chance = Random(f"{seed}:{index}")
        roll = chance.random()
        if roll < 0.01:
            name = chance.choice(names)
            yield "bombs", b"From: eve@example.net\r\n" + BOMBS[name](chance.choice([1, 3, 10])), None
            continue
        sample = write_sample(chance)
        if roll < 0.30:
            yield "whole", sample.raw, sample
        else:
            yield "mutated", mutate(chance, sample.raw), None


def run(number: int, seed: int) -> Outcome:
    outcome = Outcome(seed)
    began = time.monotonic()
    with Reader(OURS) as reader:
        for index, (kind, raw, sample) in enumerate(write_mails(number, seed)):
            outcome.mails += 1
            outcome.kinds[kind] += 1
            try:
                mail = reader.read(raw)
                wrongs = list(find_wrongs(mail)) if isinstance(mail, Mail) else find_loss(mail)
                if sample is not None:
                    differences = list(find_differences(mail, sample))
                    outcome.misread += bool(differences)
                    wrongs += [f"{sample.kind}: {each}" for each in differences]
            except Exception as trouble:
                outcome.lost += 1
                wrongs = [f"{type(trouble).__name__}: {trouble}"]
            outcome.wrongs += [f"mail {index}: {wrong}" for wrong in wrongs]
        outcome.tally = reader.tally
    outcome.seconds = time.monotonic() - began
    return outcome


def find_harm(html: str) -> list[str]:
    """What a browser would run or fetch, or what leads into our own pages."""
    looker = HarmLooker()
    looker.feed(html)
    return looker.found


class HarmLooker(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style", "svg", "math", "iframe", "object", "embed", "form", "input", "base", "meta", "link"}:
            self.found.append(f"<{tag}> in the HTML")
        for name, value in attributes:
            schemes = ("cid:",) if name == "src" else ("http://", "https://", "mailto:", "tel:")
            if name.startswith("on") or name == "style" or (name in {"src", "href"} and not str(value).startswith(schemes)):
                self.found.append(f"{name}={value!r} in the HTML")


def find_loss(mail: object) -> list[str]:
    return [] if isinstance(mail, Unreadable) and mail.reason else [f"neither a mail nor a reason: {mail!r}"[:200]]


def find_wrongs(mail: Mail) -> Iterator[str]:
    """What holds of every mail, whatever was done to it."""
    yield from find_harm(mail.html)
    for one in mail.attachments:
        if not one.name or set(one.name) & set('/\\\0<>:"|?*\r\n') or one.name.startswith(".") or len(one.name) > 140:
            yield f"an attachment is called {one.name!r}"
    if mail.authenticity.standing == "verified":
        yield "verified, though our server vouched for nobody"
    if len({one.name.casefold() for one in mail.attachments}) != len(mail.attachments):
        yield "two attachments have one name"
    if mail.new_text.strip() not in mail.text:
        yield "the new text is no part of the text"


def find_differences(mail: Mail | Unreadable, sample: Sample) -> Iterator[str]:
    """Where a mail that was left whole was not read as it was meant."""
    if isinstance(mail, Unreadable):
        yield f"not read: {mail.reason}"
        return
    pairs = {
        "sender": (sample.sender, mail.sender.address),
        "name": (sample.name, mail.sender.name),
        "subject": (sample.subject, mail.subject),
        "id": (sample.message_id, mail.message_id),
        "machine": (sample.is_automatic, mail.automatic is not None),
        "bounce": (sample.bounces, mail.bounce.of if mail.bounce else ()),
        "files": (
            sorted(sample.files),
            sorted((one.name, one.content) for one in mail.attachments),
        ),
    }
    yield from (f"{what}: expected {meant!r}, came {came!r}"[:300] for what, (meant, came) in pairs.items() if meant != came)
    yield from (
        f"{words!r} is not in the new text {mail.new_text!r}"[:300] for words in sample.says if words not in mail.new_text
    )
    yield from (
        f"{words!r} is quoted, yet new"[:300]
        for words in sample.quoted
        if words in mail.new_text and not any(words in new for new in sample.says)
    )
    yield from (f"{words!r} is lost from the text"[:300] for words in sample.quoted if words not in mail.text)


def main(arguments: list[str]) -> int:
    number = int(arguments[0]) if arguments else 2_000
    seed = int(arguments[1]) if len(arguments) > 1 else int.from_bytes(Random().randbytes(4), "big")
    outcome = run(number, seed)
    print(outcome.tell())
    for wrong in outcome.wrongs[:20]:
        print(wrong)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"the process that asks took {own} MB")
    return 0 if outcome.is_good() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
