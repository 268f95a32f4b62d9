"""
The acceptance of the product: a real nginx is watched, killed and raised; the prober is stopped while all is well.

`make acceptance` runs it in full (nginx killed for 90 s, the prober stopped for 60 s, 200 changed bundles); a plain run of
the tests takes the quick tier.
"""

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import refuse_or_skip
from tests.journeys.nginx import Nginx, find_nginx
from tools.build_verifier import ROOT, pack
from tools.product import Product, own_product
from upheld.core.proof import Checkpoint, leaf_hash, parse_checkpoint, parse_note, root_of, write_checkpoint, write_note
from upheld.core.timeline import Instant
from upheld.gateways.signing import FakeSigner
from upheld.verify import Outcome, read_container, verify_bundle, write_container

pytestmark = pytest.mark.slow

IN_FULL = os.environ.get("ACCEPTANCE") == "full"
KEY = "acorn-legal-teamplify"
SECOND = 1_000_000
MACHINE = SECOND  # what a busy machine may add to the moment at which an answer is noted


@dataclass(frozen=True)
class Tier:
    """Seconds: from probe to probe, for an answer, nginx dead, the prober stopped. And how many changed bundles."""

    every: int
    deadline: int
    dead: int
    stopped: int
    changed: int


TIER = Tier(5, 2, 90, 60, 200) if IN_FULL else Tier(2, 1, 12, 8, 40)


@dataclass
class Story:
    """What was done, when (microseconds of the wall clock), and what the product then said."""

    killed_at: int
    raised_at: int
    stopped_at: int
    continued_at: int
    facts: list[dict[str, Any]]
    statement: dict[str, Any]
    told: str
    bundle: Path
    key: str

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [fact for fact in self.facts if fact["type"] == f"{kind}/1"]

    @property
    def uptime(self) -> dict[str, Any]:
        [finding] = [one for one in self.statement["findings"] if one["rule"] == "availability/uptime"]
        found: dict[str, Any] = finding
        return found


def micros(written: str) -> int:
    return Instant.parse(written).micros


def wait_for_facts(product: Product, kind: str, count: int) -> None:
    product.wait_until(
        lambda: sum(fact["type"] == f"{kind}/1" for fact in product.facts(KEY)) >= count, f"{count} facts {kind} recorded"
    )


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """Everything happens once; each test reads one thing of it."""
    programme = find_nginx()
    if programme is None:
        refuse_or_skip("no nginx on this machine: `apt-get install nginx`")
    folder = tmp_path_factory.mktemp("acceptance")
    nginx = Nginx(str(programme), folder / "nginx")
    nginx.start()
    try:
        with own_product(folder / "home") as product:
            yield live_through(product, nginx, folder / "bundle.zip")
    finally:
        nginx.stop()


def live_through(product: Product, nginx: Nginx, bundle: Path) -> Story:
    product.do(
        "watch", nginx.url, "--agreement", "agreements/teamplify.md", "--customer", "Acorn Legal",
        "--contact", "ops@acorn.example", "--price", "EUR 7440.00", "--allow", "127.0.0.0/8",
        "--every", str(TIER.every), "--deadline", str(TIER.deadline), "--body", "workspace",
    )  # fmt: skip
    time.sleep(4 * TIER.every + 2)
    killed_at = nginx.kill()
    time.sleep(TIER.dead)
    raised_at = nginx.start()
    wait_for_facts(product, "outage-closed", 1)
    time.sleep(3 * TIER.every)
    blind = len([fact for fact in product.facts(KEY) if fact["type"] == "not-measured/1"])

    prober = product.find("prober")
    assert prober is not None
    stopped_at = time.time_ns() // 1000
    os.kill(prober, signal.SIGSTOP)
    time.sleep(TIER.stopped)
    continued_at = time.time_ns() // 1000
    os.kill(prober, signal.SIGCONT)
    wait_for_facts(product, "not-measured", blind + 1)
    time.sleep(3 * TIER.every)

    period = str(Instant(stopped_at))[: len("2026-11")]
    told = product.do("statement", KEY, "--period", period, "--bundle", bundle)
    return Story(
        killed_at, raised_at, stopped_at, continued_at,
        facts=product.facts(KEY), statement=read_statement(bundle), told=told, bundle=bundle, key=product.do("key").strip(),
    )  # fmt: skip


def read_statement(bundle: Path) -> dict[str, Any]:
    from upheld.core.proof import parse_canonical

    entries = read_container(bundle.read_bytes())
    assert isinstance(entries, dict)
    statement: dict[str, Any] = parse_canonical(entries["statement.json"])
    return statement


class TestOutage:
    def test_is_one(self, story):
        """Killed once and raised once: one outage, opened and closed."""
        assert (1, 1) == (len(story.of("outage-opened")), len(story.of("outage-closed")))

    def test_begins_within_an_interval_and_a_timeout_of_the_kill_and_never_before(self, story):
        """The first failed probe came after the kill, and soon."""
        late = micros(story.of("outage-opened")[0]["first_bad_at"]) - story.killed_at

        assert 0 <= late <= (TIER.every + TIER.deadline) * SECOND + MACHINE

    def test_ends_within_an_interval_and_a_timeout_of_the_rise(self, story):
        """The first good probe came after nginx was there again, and soon."""
        late = micros(story.of("outage-closed")[0]["first_good_at"]) - story.raised_at

        # nginx may have answered a moment before we noticed that it does.
        assert -MACHINE <= late <= (TIER.every + TIER.deadline) * SECOND + MACHINE

    def test_last_good_sight_lies_before_the_kill(self, story):
        """The four instants stand in order around the truth."""
        opened, closed = story.of("outage-opened")[0], story.of("outage-closed")[0]
        instants = [opened["last_good_at"], opened["first_bad_at"], closed["last_bad_at"], closed["first_good_at"]]

        assert sorted(instants) == instants
        assert micros(opened["last_good_at"]) <= story.killed_at
        assert micros(closed["last_bad_at"]) <= story.raised_at + MACHINE


class TestStoppedProber:
    def test_books_no_downtime(self, story):
        """What the statement calls down is the outage of nginx and nothing else."""
        opened, closed = story.of("outage-opened")[0], story.of("outage-closed")[0]
        outage = micros(closed["first_good_at"]) - micros(opened["first_bad_at"])

        assert outage == story.uptime["quantities"]["down"]["micros"]

    def test_shows_its_gap_as_not_measured(self, story):
        """The time without sight is recorded whole, and the statement counts it."""
        gaps = [
            (micros(fact["from_at"]), micros(fact["to_at"]))
            for fact in story.of("not-measured")
            if micros(fact["to_at"]) > story.stopped_at and micros(fact["from_at"]) < story.continued_at
        ]

        assert gaps, "nothing says that the prober was blind"
        assert min(start for start, _ in gaps) <= story.stopped_at + MACHINE
        assert max(end for _, end in gaps) >= story.continued_at - MACHINE
        blind = sum(min(end, story.continued_at) - max(start, story.stopped_at) for start, end in gaps)
        assert blind >= story.continued_at - story.stopped_at - 2 * MACHINE
        assert blind <= story.uptime["quantities"]["not measured"]["micros"]

    def test_is_told_on_the_statement(self, story):
        """A reader sees both: the outage that counts, and the time that nobody measured."""
        assert "D, down and counted" in story.told
        assert "not measured" in story.told


class TestBundle:
    def test_verifies_with_the_key(self, story):
        """By the command, and by the single file on a Python without anything of ours."""
        assert Outcome.VERIFIED == verify_bundle(story.bundle.read_bytes(), story.key).outcome
        assert 0 == verify_alone(story, story.bundle, "--key", story.key)

    def test_does_not_verify_without_the_key(self, story):
        """Consistent, but anybody could have signed it."""
        assert 3 == verify_alone(story, story.bundle)

    def test_does_not_verify_with_any_byte_changed(self, story):
        """Bytes at random places, each changed alone into another byte: none goes through."""
        seed = int.from_bytes(os.urandom(4))
        chance = random.Random(seed)
        original = story.bundle.read_bytes()
        passed = []
        for place in (chance.randrange(len(original)) for _ in range(TIER.changed)):
            changed = bytearray(original)
            changed[place] ^= chance.randrange(1, 256)
            if verify_bundle(bytes(changed), story.key).outcome is not Outcome.WRONG:
                passed.append((place, changed[place]))

        assert [] == passed, f"seed {seed}"

    def test_does_not_verify_when_another_key_signed_it(self, story, tmp_path):
        """The same tree under another signature; and everything made to fit the other key: the real key takes neither."""
        other = FakeSigner("upheld")
        outcomes = []
        for rewrite in (sign_again, name_another_key):
            forged = rewrite(story.bundle.read_bytes(), story.key, other)
            (tmp_path / "forged.zip").write_bytes(forged)
            outcomes.append(verify_alone(story, tmp_path / "forged.zip", "--key", story.key))

        assert [1, 1] == outcomes

    def test_a_whole_forgery_is_consistent_and_no_more(self, story):
        """What a forger can reach: a bundle that fits together. So without a key nothing is called verified."""
        forged = name_another_key(story.bundle.read_bytes(), story.key, FakeSigner("upheld"))

        assert Outcome.SIGNER_NOT_PROVEN == verify_bundle(forged, None).outcome


def verify_alone(story: Story, bundle: Path, *options: str) -> int:
    """The exit code of upheld-verify.pyz under a Python that sees neither our packages nor any others."""
    programme = story.bundle.with_name("upheld-verify.pyz")
    if not programme.exists():
        programme.write_bytes(pack(ROOT))
    ended = subprocess.run(
        [sys.executable, "-I", "-S", str(programme), str(bundle), *options], cwd="/", capture_output=True, text=True
    )
    assert "Traceback" not in ended.stderr, ended.stderr
    return ended.returncode


def sign_again(bundle: bytes, key: str, other: FakeSigner) -> bytes:
    """The checkpoint signed with another key, all else as it was."""
    entries = read_container(bundle)
    assert isinstance(entries, dict)
    text = parse_note(entries["checkpoint.txt"].decode()).text
    return write_container({**entries, "checkpoint.txt": write_note(text, [other.sign(text)]).encode()})


def name_another_key(bundle: bytes, key: str, other: FakeSigner) -> bytes:
    """The other key named in the agreement too, and the tree made anew."""
    entries = read_container(bundle)
    assert isinstance(entries, dict)
    facts = entries["facts.jsonl"].replace(key.encode(), other.verifier_key().encode())
    leaves = facts.removesuffix(b"\n").split(b"\n")
    before = parse_checkpoint(parse_note(entries["checkpoint.txt"].decode()).text)
    text = write_checkpoint(Checkpoint(before.origin, before.size, root_of([leaf_hash(leaf) for leaf in leaves])))
    note = write_note(text, [other.sign(text)])
    return write_container({**entries, "facts.jsonl": facts, "checkpoint.txt": note.encode()})
