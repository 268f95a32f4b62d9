"""Examples: a history, other senses and values, and what must come of it, each part checked against the words."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from upheld.core.money import Money, NotMoney
from upheld.core.terms.parameters import written_as
from upheld.core.terms.quantities import NotAQuantity, parse_length, parse_percent
from upheld.core.timeline import Instant, NotAnInstant
from upheld.language.examples.example import Example, Expectation, Happened
from upheld.language.examples.histories import NEEDED, WRITERS
from upheld.language.examples.outcomes import OUTCOMES
from upheld.language.merge import Merged
from upheld.language.nodes import Entry, Node, Scalar, Sequence, plain
from upheld.language.nodes import Mapping as Map
from upheld.language.problem import Problems, Spot, nearest_or_list
from upheld.language.prose import Fence
from upheld.language.vocabulary import BLOCKS, WORDS

INSTANT_FIELDS = frozenset({
    "from", "to", "at", "notice at", "vendor notice at", "information complete at", "declared at", "recovery point",
    "approved at", "aware at", "eligible at",
})  # fmt: skip
LENGTHS = (
    "all time", "base", "down", "out of base", "up by exclusion", "free time", "affected time", "not measured", "longest",
    "time beyond",
)  # fmt: skip
RESULTS = (
    dict.fromkeys(LENGTHS, "length")
    | dict.fromkeys(("met", "accepted", "over price", "allowed", "may", "valid", "overdue"), "flag")
    | dict.fromkeys(("credit", "net", "tax", "gross"), "money")
    | dict.fromkeys(("earliest", "due"), "instant")
    | dict.fromkeys(("percent", "affected share", "lower", "upper"), "percent")
)
PARSERS: Mapping[str, Callable[[str], object]] = {
    "length": parse_length,
    "money": Money.parse,
    "instant": Instant.parse,
    "percent": parse_percent,
}


def read_examples(nodes: Collection[tuple[Fence, Map]], merged: Merged, problems: Problems) -> tuple[Example, ...]:
    """Every example; what is wrong with one is among the problems."""
    readers = (ExampleReader(fence, node, merged, problems) for fence, node in nodes)
    return tuple(example for reader in readers if (example := reader.read()))


@dataclass(slots=True)
class ExampleReader:
    fence: Fence
    node: Map
    merged: Merged
    problems: Problems

    def read(self) -> Example | None:
        before = len(self.problems.found)
        if not self.fence.title:
            self.wrong(self.fence.spot, "this example has no title", "write what it shows after ```example")
        known = BLOCKS["example"].keys
        for entry in self.node.entries:
            if entry.key not in known:
                self.wrong(entry.spot, f"an example has no key {entry.key!r}", nearest_or_list(entry.key, known))
        history = self.read_history()
        expectations = self.read_expectations()
        parameters, readings = self.read_parameters(), self.read_readings()
        as_of, signed_at = self.read_instant("as of"), self.read_instant("signed")
        period = self.text("period") or next(
            (str(one.fields[name])[:7] for one in history for name in ("from", "at", "to") if name in one.fields),
            str(as_of or signed_at or "")[:7],
        )
        if len(self.problems.found) > before:
            return None
        if not period:
            self.wrong(self.fence.spot, "this example names no period", "write for instance period: 2025-06")
            return None
        return Example(
            self.fence.title, self.fence.spot, self.cited(), period, history, expectations, parameters, readings,
            as_of, signed_at, self.text("case"),
        )  # fmt: skip

    def cited(self) -> tuple[str, ...]:
        cite = self.node.get("cite")
        nodes: tuple[Node, ...] = () if not cite else cite.value.items if isinstance(cite.value, Sequence) else (cite.value,)
        return tuple(str(node.value) for node in nodes if isinstance(node, Scalar)) or self.fence.clauses

    def text(self, key: str) -> str:
        entry = self.node.get(key)
        return entry.value.value if entry and isinstance(entry.value, Scalar) and isinstance(entry.value.value, str) else ""

    def entries(self, key: str) -> tuple[Entry, ...]:
        entry = self.node.get(key)
        if entry and not isinstance(entry.value, Map):
            self.wrong(entry.value.spot, f"{key} holds a map", f"write {key}: {{NAME: …}}")
        return entry.value.entries if entry and isinstance(entry.value, Map) else ()

    def read_history(self) -> tuple[Happened, ...]:
        entry = self.node.get("facts")
        if entry is None or not isinstance(entry.value, Sequence):
            spot = entry.value.spot if entry else self.fence.spot
            self.wrong(spot, "an example needs a list of facts", "write facts: [{outage: {from: …, to: …}}], or facts: []")
            return ()
        return tuple(one for item in entry.value.items for one in self.read_fact(item))

    def read_fact(self, node: Node) -> list[Happened]:
        if not isinstance(node, Map) or len(node.entries) != 1:
            self.wrong(node.spot, "a fact is a map with one key, its kind", "write for instance {outage: {from: …, to: …}}")
            return []
        kind, value = node.entries[0], node.entries[0].value
        if kind.key not in WRITERS:
            self.wrong(kind.spot, f"no fact is called {kind.key!r}", nearest_or_list(kind.key, WRITERS))
            return []
        if not isinstance(value, Map):
            self.wrong(value.spot, f"{kind.key} holds fields, not one value", f"write {kind.key}: {{from: …, to: …}}")
            return []
        for entry in value.entries:
            self.check_field(kind.key, entry)
        missing = [name for name in NEEDED.get(kind.key, ()) if not value.get(name)]
        if missing:
            self.wrong(kind.spot, f"{kind.key} does not say {' and '.join(missing)}", "every fact has its instants")
        return [Happened(kind.key, {entry.key: plain(entry.value) for entry in value.entries}, kind.spot)]

    def check_field(self, kind: str, entry: Entry) -> None:
        if entry.key not in WORDS["fact fields"]:
            self.wrong(entry.spot, f"{kind} has no field {entry.key!r}", nearest_or_list(entry.key, WORDS["fact fields"]))
        written = plain(entry.value)
        if entry.key in INSTANT_FIELDS and kind in WRITERS:
            self.check_instant(entry, written)
        block = {"cause": "causes", "kind": "maintenance", "for": "credits"}.get(entry.key)
        if block and kind in ("outage", "maintenance", "claim") and not self.merged.broken:
            self.check_known(entry.value.spot, written, block)

    def check_instant(self, entry: Entry, written: Any) -> None:
        try:
            Instant.parse(str(written))
        except NotAnInstant as problem:
            what, _, advice = str(problem).partition("; ")
            self.wrong(entry.value.spot, f"{entry.key}: {what}", f'{advice}; quote it where a comma or a colon follows: "…"')

    def check_known(self, spot: Spot, written: Any, block: str) -> None:
        names = self.merged.names(block)
        if written not in names:
            self.wrong(spot, f"{block} has no entry {written!r}", nearest_or_list(str(written), names))

    def read_instant(self, key: str) -> Instant | None:
        entry = self.node.get(key)
        if entry is None:
            return None
        written = str(plain(entry.value))
        try:
            return Instant.parse(f"{written}T00:00Z" if len(written) == len("2025-06-01") else written)
        except NotAnInstant as problem:
            what, _, advice = str(problem).partition("; ")
            self.wrong(entry.value.spot, f"{key}: {what}", advice)
            return None

    def read_parameters(self) -> dict[str, str]:
        return {entry.key: written_as(plain(entry.value)) for entry in self.known_entries("parameters", "parameters")}

    def read_readings(self) -> dict[str, str]:
        chosen = {}
        for entry in self.known_entries("readings", "readings"):
            senses = self.merged.node(("readings", entry.key, "senses"))
            names = [one.key for one in senses.entries] if isinstance(senses, Map) else plain(senses) if senses else []
            written = plain(entry.value)
            if written not in names and not self.merged.broken:
                advice = nearest_or_list(str(written), [str(name) for name in names])
                self.wrong(entry.value.spot, f"reading {entry.key} has no sense {written!r}", advice)
            chosen[entry.key] = str(written)
        return chosen

    def known_entries(self, key: str, block: str) -> list[Entry]:
        entries = list(self.entries(key))
        for entry in entries:
            if not self.merged.broken:
                self.check_known(entry.spot, entry.key, block)
        return entries

    def read_expectations(self) -> tuple[Expectation, ...]:
        found = []
        blocks = {name: block for block in BLOCKS for name in self.merged.names(block) if "/" not in block}
        for rule in self.entries("expect"):
            block = self.block_of(rule.key) or blocks.get(rule.key, "")
            if not block and rule.key not in BLOCKS and not self.merged.broken:
                self.wrong(rule.spot, f"no rule is called {rule.key!r}", nearest_or_list(rule.key, blocks))
            elif block not in OUTCOMES and not self.merged.broken:
                what = f"nothing comes out of {rule.key!r} that could be expected: it stands in {block or rule.key}"
                self.wrong(rule.spot, what, f"expect the results of rules in {', '.join(OUTCOMES)}")
            for entry in rule.value.entries if isinstance(rule.value, Map) else ():
                if entry.key not in WORDS["results"]:
                    advice = nearest_or_list(entry.key, WORDS["results"])
                    self.wrong(entry.spot, f"no result is called {entry.key!r}", advice)
                else:
                    self.check_wanted(entry)
                found.append(Expectation(rule.key, entry.key, plain(entry.value), entry.spot))
        return tuple(found)

    def block_of(self, name: str) -> str:
        """The block whose results a name has: one of its rules, or the block itself."""
        return next((block for block in OUTCOMES if name in self.names_in(block)), name if name in OUTCOMES else "")

    def names_in(self, block: str) -> list[str]:
        outer, _, inner = block.partition("/")
        if not inner:
            return self.merged.names(block)
        return [name for rule in self.merged.names(outer) for name in self.merged.names(outer, rule, inner)]

    def check_wanted(self, entry: Entry) -> None:
        """Whether a result is written as its kind is."""
        written, kind = plain(entry.value), RESULTS.get(entry.key, "")
        if kind == "flag" and not isinstance(written, bool):
            what = f"{entry.key}: {written!r} is no flag: only true and false are"
            self.wrong(entry.value.spot, what, "write one of them")
        parse = PARSERS.get(kind)
        if parse is None or written == "none":
            return
        try:
            parse(str(written))
        except (NotAQuantity, NotMoney, NotAnInstant) as problem:
            what, _, advice = str(problem).partition("; ")
            self.wrong(entry.value.spot, f"{entry.key}: {what}", advice)

    def wrong(self, spot: Spot, what: str, try_this: str) -> None:
        self.problems.error(spot, what, try_this, self.fence.clauses[0] if self.fence.clauses else "")
