"""A made-up history of one customer under an agreement, from one seed: who signed what, and all that happened then."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from random import Random
from typing import Any

from tools.statements.besides import tell_besides
from tools.statements.desk import tell_desk
from tools.statements.money import tell_money
from tools.statements.pen import Pen
from tools.statements.watched import tell_watched
from upheld.core.facts import AgreementSigned, Fact, ParameterSet
from upheld.core.proof import canonical_bytes, parse_canonical
from upheld.core.terms import Document, Terms
from upheld.core.terms.binding import bind
from upheld.core.timeline import DAY, HOUR, MINUTE, Instant, Span
from upheld.language import stand_in_parameters
from upheld.language.calendars import freeze_zone

FIRST, LAST = Instant.parse("2025-01-01T00:00Z"), Instant.parse("2026-10-01T00:00Z")
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe")
PERCENTS = ("0 %", "7 %", "7.5 %", "19 %", "20 %")
RESTATED_PERCENT = 20
LATE_PERCENTS = (0, 0, 0, 4)
STATEMENTS_EACH = 5
"""How many statements in a row are of one customer: of the same values, as a customer's months are."""
LENGTHS = ("1 minute", "90 seconds", "5 minutes", "30 minutes")


@dataclass(frozen=True, eq=False)
class Signed:
    """An agreement as it lies in a bundle: its text, and terms and calendars as they were frozen. Written once."""

    source: bytes
    document: Document
    calendars: Mapping[str, Any]

    @classmethod
    def of(cls, source: bytes, document: Document, calendars: Mapping[str, Any]) -> "Signed":
        """As signed, not as written: statements are made from what was signed, read back."""
        terms, frozen = canonical_bytes(document.to_json()), canonical_bytes(calendars)
        return cls(source, Document.from_json(parse_canonical(terms)), parse_canonical(frozen))

    @cached_property
    def terms(self) -> bytes:
        return canonical_bytes(self.document.to_json())

    @cached_property
    def frozen(self) -> bytes:
        return canonical_bytes(self.calendars)


@dataclass(frozen=True)
class History:
    """All facts, in the order in which they were written down; the period to be stated, and when that is done."""

    agreement: str
    period: Span
    as_of: Instant
    facts: tuple[Fact, ...]
    is_restated: bool
    """Whether it is stated a second time, after what was written down late."""

    def known(self, at: Instant) -> list[Fact]:
        return [fact for fact in self.facts if fact.recorded_at <= at]

    @property
    def late(self) -> list[Fact]:
        """What was written down only after the statement."""
        return [fact for fact in self.facts if fact.recorded_at > self.as_of]


def make_history(signed: Signed, agreement: str, seed: int, verifier_key: str) -> History:
    """The history of one seed: the same again for the same one."""
    random = Random(f"{signed.document.id}/{seed}")
    values, terms = choose_values(signed, seed // STATEMENTS_EACH)
    drawn = Instant(random.randrange(FIRST.micros, LAST.micros))
    period = terms.statement_period.containing(drawn)
    # Most are stated once the period is over, some while it still runs.
    as_of = drawn.raised() if random.randrange(10) == 0 else (period.end + MINUTE * random.randrange(10, 6000)).raised()
    pen = Pen(random, terms, agreement, period, as_of, late_percent=random.choice(LATE_PERCENTS))
    sign(pen, signed, values, verifier_key)
    for tell in (tell_watched, tell_desk, tell_money, tell_besides):
        tell(pen)
    facts = sorted(pen.facts, key=lambda fact: fact.recorded_at)
    return History(agreement, period, as_of, tuple(facts), is_restated=pen.chance(RESTATED_PERCENT))


@cache
def choose_values(signed: Signed, customer: int) -> tuple[dict[str, str], Terms]:
    """Values of a customer with which he can be bound; where chance made some that cannot be, those that stand in."""
    random = Random(f"{signed.document.id}/customer {customer}")
    usual = stand_in_parameters(signed.document)
    drawn = {name: draw(entry, usual.get(name, ""), random) for name, entry in parameters_of(signed.document).items()}
    for values in ({name: value for name, value in drawn.items() if value}, usual):
        bound = bind(signed.document, signed.calendars, values, {}, zones_of(signed, values))
        if isinstance(bound, Terms):
            return values, bound
    raise ValueError(f"{signed.document.id}: nobody can be bound by the values that stand in: {bound}")


def parameters_of(document: Document) -> dict[str, dict[str, Any]]:
    written: dict[str, dict[str, Any]] = document.blocks.get("parameters", {})
    return written


def draw(entry: Mapping[str, Any], usual: str, random: Random) -> str:
    """A value of a parameter's kind; none for some that may stay open."""
    if entry.get("optional") and random.randrange(2):
        return ""
    kind, choices = entry.get("kind"), entry.get("choices")
    if isinstance(choices, list) and choices:
        few = random.sample(choices, random.randint(1, len(choices) if kind == "names" else 1))
        return ", ".join(map(str, few))
    if kind == "money":
        return f"{usual.split(' ')[0]} {random.randrange(1, 5000)}.{random.randrange(100):02d}"
    return {
        "zone": random.choice(ZONES), "percent": random.choice(PERCENTS), "flag": random.choice(("true", "false")),
        "duration": random.choice(LENGTHS),
    }.get(str(kind), usual)  # fmt: skip


def zones_of(signed: Signed, values: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    named = [
        name for name, entry in parameters_of(signed.document).items() if entry.get("kind") == "zone" and name in values
    ]
    return {name: freeze_zone(values[name], signed.calendars) for name in named}


def sign(pen: Pen, signed: Signed, values: Mapping[str, str], verifier_key: str) -> None:
    """Most signed long before the period, a few within it; the price of some changes meanwhile."""
    at = pen.moment() if pen.chance(10) else pen.period.start.before(DAY * pen.random.randrange(1, 400))
    pen.write(
        AgreementSigned, at, is_on_time=True, document=signed.document.id, version=signed.document.version,
        customer="someone", source_digest=sha256(signed.source).hexdigest(), terms_digest=sha256(signed.terms).hexdigest(),
        calendars_digest=sha256(signed.frozen).hexdigest(), verifier_key=verifier_key,
    )  # fmt: skip
    zones, kinds = zones_of(signed, values), parameters_of(signed.document)
    # The values of a customer who signs within the period hold for all of it, as those that are recorded at a signing.
    from_at = min(at, pen.period.start)
    for name, value in sorted(values.items()):
        pen.write(ParameterSet, at, is_on_time=True, name=name, value=value, from_at=from_at, zone=zones.get(name, ()))
        if kinds[name].get("kind") == "money" and not kinds[name].get("fixed") and pen.chance(15):
            other, later = f"{value.split(' ')[0]} {pen.random.randrange(1, 5000)}.00", pen.moment()
            pen.write(ParameterSet, max(at, later) + HOUR, is_on_time=True, name=name, value=other, from_at=later, zone=())
