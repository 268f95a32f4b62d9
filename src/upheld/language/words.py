"""Every key and every value against the tables: unknown words, values of another kind, keys that must be said."""

from dataclasses import dataclass, field

from upheld.language import kinds
from upheld.language.conditions import check_clock_kind, check_condition
from upheld.language.kinds import LISTED, TEXTS, Wrong
from upheld.language.merge import Merged, Said
from upheld.language.nodes import NAMED, Mapping, Node, Scalar, Sequence, plain, read_reference, shown
from upheld.language.problem import Problems, Spot, near, nearest_or_list
from upheld.language.vocabulary import BLOCKS, Block, Key, block_at

PROSE_KEYS = frozenset({"question", "because", "note", "means", "title", "is", "does", "warning"})
"""Texts that are never a reference, whatever their first word is."""
NOUNS = {
    "availability": "promise", "calendars": "calendar", "causes": "cause", "clocks": "clock", "credits": "credit",
    "evidence": "evidence", "lists": "list", "maintenance": "kind of maintenance", "periods": "period",
    "priorities": "priority", "services": "service",
}  # fmt: skip
NEVER_READ = frozenset({"agreement", "parameters", "readings", "definitions", "lists", "evidence"})
"""Blocks in which a reading makes no sense: what they leave out has to be said."""
FINDING_BLOCKS = ("availability", "measures", "clocks", "recovery", "credits", "caps", "claims", "charges", "maintenance")


@dataclass(slots=True)
class Words:
    """The check of one document; `used` collects the names to which something refers, by block."""

    merged: Merged
    problems: Problems
    used: dict[str, set[str]] = field(default_factory=dict)

    def check(self) -> None:
        for said in self.merged.below():
            block = BLOCKS.get(said.path[0])
            if block is None or block.name == "example" or "/" in block.name:
                known = [name for name in BLOCKS if "/" not in name and name != "example"]
                self.error(said.spot, f"no block is called {said.path[0]!r}", nearest_or_list(said.path[0], known), said)
            elif said.node is not None:
                self.error(said.value_spot, f"{block.name} holds keys, not one value", "write its keys under it", said)
            elif block.shape == "record":
                self.check_keys(said, block)
            else:
                self.check_entries(said, block)
        self.check_names()

    def check_entries(self, parent: Said, block: Block) -> None:
        for said in self.merged.below(*parent.path):
            if block.shape == "free":
                if block.holds:
                    self.check_value((block.holds,), self.merged.node(said.path), said)
            elif block.shape == "named conditions":
                self.check_value(("<condition>",), self.merged.node(said.path), said)
            elif said.node is not None:
                self.error(said.value_spot, f"{said.path[-1]!r} holds keys, not one value", "write its keys under it", said)
            else:
                if not block.terms and not NAMED.fullmatch(said.path[-1]):
                    name = "-".join(said.path[-1].split())[:60]
                    self.error(said.spot, f"{said.path[-1]!r} is not a name", f"names hold no spaces: write {name}", said)
                self.check_keys(said, block)

    def check_keys(self, rule: Said, block: Block, in_case: bool = False) -> None:
        spoken = self.merged.names(*rule.path)
        for said in self.merged.below(*rule.path):
            key = block.keys.get(said.path[-1])
            if key:
                self.check_key(said, block, key)
            elif said.path[-1] == "cases" and block.cases and not in_case:
                self.check_cases(said, block)
            elif said.path[-1] == "when" and in_case:
                self.check_value(("<condition>",), self.merged.node(said.path), said)
            elif in_case and said.path[-1] == "otherwise":
                self.check_value(("<flag>",), self.merged.node(said.path), said)
            elif said.path[-1] != "note":
                self.unknown_key(said, block)
        if not in_case and not self.merged.broken:
            self.check_missing(rule, block, spoken)

    def cases_of(self, rule: Said) -> list[Said]:
        return [case for case in self.merged.below(*rule.path, "cases") if case.path[-1] != "order"]

    def check_cases(self, said: Said, block: Block) -> None:
        """Each case, and `order`, which names all of them."""
        for case in self.merged.below(*said.path):
            if case.path[-1] != "order":
                self.check_keys(case, block, in_case=True)
                continue
            names = {other.path[-1] for other in self.merged.below(*said.path)} - {"order"}
            listed = case.value if isinstance(case.value, list) else [case.value]
            for name in listed:
                if name not in names:
                    self.error(case.value_spot, f"no case is called {name!r}", nearest_or_list(str(name), names), case)

    def unknown_key(self, said: Said, block: Block) -> None:
        known = [*block.keys, "cite", "note", *(["cases"] if block.cases else [])]
        elsewhere = sorted(name for name, other in BLOCKS.items() if said.path[-1] in other.keys and "/" not in name)
        advice = nearest_or_list(said.path[-1], known)
        if not near(said.path[-1], known) and elsewhere:
            advice = f"it is a word of {', '.join(elsewhere[:3])}"
        self.error(said.spot, f"{block.name} has no key {said.path[-1]!r}", advice, said)

    def check_missing(self, rule: Said, block: Block, spoken: list[str]) -> None:
        cases = self.cases_of(rule) if block.cases else []
        for key in block.keys.values():
            in_every_case = cases and all(key.name in self.merged.names(*case.path) for case in cases)
            if key.must and key.name not in spoken and not in_every_case:
                subject = rule.path[-1]
                advice = f"say it; where the text is silent, put a reading there: {key.name}: reading NAME"
                if block.name in NEVER_READ:
                    advice = f"say it: {key.name}: {' or '.join(key.kinds)}"
                told = f"{subject!r} does not say {key.name!r} ({key.meaning.split(';')[0]})"
                self.error(rule.spot, told if block.name in NEVER_READ else f"open question: {told}", advice, rule)

    def check_key(self, said: Said, block: Block, key: Key) -> None:
        inner = block_at(block.name.split("/")[0], key.name) or block_at(block.name, key.name)
        if key.kinds == ("<map>",):
            if said.node is not None:
                self.error(said.value_spot, f"{key.name!r} is a map of names", f"write {key.name}: {{NAME: …}}", said)
            elif inner:
                self.check_entries(said, inner)
            return
        node = self.merged.node(said.path)
        if key.kinds == ("<senses>",) or (block.name == "readings" and key.name == "we read"):
            self.note_references(node)
            return
        self.check_value(key.kinds, node, said, key.name)

    def note_references(self, node: Node | None) -> None:
        """Keep every `reading NAME` and `parameter NAME` inside a value as used; an unknown one is a problem."""
        if isinstance(node, Mapping):
            for entry in node.entries:
                self.note_references(entry.value)
        elif isinstance(node, Sequence):
            for item in node.items:
                self.note_references(item)
        elif isinstance(node, Scalar) and (reference := read_reference(node)):
            block, name = reference
            self.use(block, name)
            if (block, name) not in self.merged.said and not self.merged.broken:
                self.problems.error(
                    node.spot, f"no {block.removesuffix('s')} is called {name!r}",
                    nearest_or_list(name, self.merged.names(block)),
                )  # fmt: skip

    def use(self, block: str, name: str) -> None:
        self.used.setdefault(block, set()).add(name)

    def check_value(self, allowed: tuple[str, ...], node: Node | None, said: Said, key: str = "") -> None:
        """Whether a value is of one of the kinds; a reading is checked in every sense."""
        if node is None:
            return
        if key not in PROSE_KEYS:
            self.note_references(node)
        if isinstance(node, Scalar) and (reference := read_reference(node)) and key not in PROSE_KEYS:
            block, name = reference
            if block == "readings":
                for sense in self.senses(name):
                    if not (isinstance(sense, Scalar) and read_reference(sense)):
                        self.try_kinds(allowed, sense, said, f"sense of reading {name}: ")
            return
        self.try_kinds(allowed, node, said)

    def senses(self, name: str) -> list[Node]:
        node = self.merged.node(("readings", name, "senses"))
        if isinstance(node, Mapping):
            return [entry.value for entry in node.entries]
        return list(node.items) if isinstance(node, Sequence) else []

    def try_kinds(self, allowed: tuple[str, ...], node: Node, said: Said, before: str = "") -> None:
        plain = [kind for kind in allowed if not kind.startswith("<")]
        if isinstance(node, Scalar) and node.value in plain:
            return
        wrongs: list[Wrong] = []
        for kind in (kind.strip("<>") for kind in allowed if kind.startswith("<")):
            try:
                self.check_kind(kind, node)
                return
            except Wrong as wrong:
                wrongs.append(wrong)
        if isinstance(node, Scalar) and isinstance(node.value, str) and (close := near(node.value, plain)):
            wrongs.append(Wrong(f"{node.value!r} is not a word that may stand here", f"the nearest is {close!r}"))
        if not wrongs or (len(wrongs) == 1 and plain and not wrongs[0].try_this):
            wrongs.append(Wrong(f"{shown(node)} is not a word that may stand here", f"write {' or '.join(plain)}"))
        # The kind that looks most like what was written speaks last in the tables, or it is the nearest word.
        told = next((one for one in wrongs if one.spot), wrongs[-1])
        self.error(told.spot or node.spot, before + told.what, told.try_this, said)

    def check_kind(self, kind: str, node: Node) -> None:
        if kind in ("any", "senses", "cap", "bands", "details", "map"):
            return self.check_shape(kind, node)
        if kind == "condition":
            return check_condition(self, node)
        if kind == "prices":
            return self.check_prices(node)
        if kind in ("trigger", "bound", "conditions"):
            return check_clock_kind(self, kind, node)
        if kind == "flag" and isinstance(node, Scalar) and isinstance(node.value, bool):
            return None
        if kind == "list":
            if not isinstance(node, Sequence) and not (isinstance(node, Scalar) and isinstance(node.value, str)):
                raise Wrong(f"{shown(node)} stands where a list is expected", "write [one, two]")
            return None
        listed = kind in LISTED or kind.startswith("names ")
        items = node.items if listed and isinstance(node, Sequence) else (node,)
        for item in items:
            try:
                self.check_text(kind.replace("names", "name", 1) if kind.startswith("names") else kind, item)
            except Wrong as wrong:
                raise Wrong(wrong.what, wrong.try_this, wrong.spot or item.spot) from None
        return None

    def check_shape(self, kind: str, node: Node) -> None:
        if kind == "cap" and not isinstance(node, Mapping):
            raise Wrong(f"{shown(node)} is no cap", "write none, or {at most: 100 %, of: monthly price, per: period}")
        if kind in ("bands", "details") and not isinstance(node, Sequence):
            raise Wrong(f"{shown(node)} stands where a list is expected", "write a list: [{…}, {…}]")
        if kind in ("cap", "bands"):
            kinds.check_paying(kind, plain(node))
        if kind == "cap" and isinstance(node, Mapping) and (per := node.get("per")) and isinstance(per.value, Scalar):
            self.use("periods", str(per.value.value))

    def check_prices(self, node: Node) -> None:
        """A price for each promise, by its name."""
        if not isinstance(node, Mapping):
            raise Wrong(f"{shown(node)} is no map of prices", "write {NAME: parameter NAME, NAME: EUR 40}")
        for entry in node.entries:
            try:
                self.check_rule_name(entry.key)
                self.check_text("price", entry.value)
            except Wrong as wrong:
                raise Wrong(wrong.what, wrong.try_this, wrong.spot or entry.value.spot) from None

    def check_text(self, kind: str, node: Node) -> None:
        if not isinstance(node, Scalar):
            raise Wrong(f"{shown(node)} stands where one value is expected", "write one value")
        if isinstance(node.value, bool):
            raise Wrong(f"{str(node.value).lower()} is a flag, and no flag is asked here", "quote it if it is a text")
        if read_reference(node):
            return None
        name, _, block = kind.partition(" in ")
        if name == "name" and block:
            return self.check_reference(node.value, block)
        if kind == "name of rules":
            return self.check_rule_name(node.value)
        if kind == "name":
            # Several names may be words of the text with spaces (a second person, an incident record).
            return kinds.check_text(node.value)
        if kind == "closed" and NAMED.fullmatch(node.value) and not node.value[:1].isdigit():
            return self.check_reference(node.value, "lists")
        found = TEXTS[kind](node.value)
        for calendar in kinds.calendars_in(found):
            self.check_reference(calendar, "calendars")
        for period in kinds.periods_in(found):
            self.check_reference(period, "periods")
        return None

    def check_reference(self, name: str, block: str) -> None:
        self.use(block, name)
        if (block, name) not in self.merged.said and not self.merged.broken:
            noun = NOUNS.get(block, f"entry of {block}")
            raise Wrong(f"no {noun} is called {name!r}", nearest_or_list(name, self.merged.names(block)))

    def check_rule_name(self, name: str) -> None:
        found = [block for block in BLOCKS if (block, name) in self.merged.said]
        for block in found:
            self.use(block, name)
        if not found and not self.merged.broken:
            rules = {one for block in BLOCKS if block not in ("readings", "parameters") for one in self.merged.names(block)}
            raise Wrong(f"no rule is called {name!r}", nearest_or_list(name, rules))

    def check_names(self) -> None:
        """A name is unique over everything that yields a finding, so that an example can speak of it without a path."""
        seen: dict[str, Said] = {}
        for block in FINDING_BLOCKS:
            for said in self.merged.below(block):
                first = seen.setdefault(said.path[-1], said)
                if first is not said:
                    self.error(
                        said.spot, f"{said.path[-1]!r} is the name of two rules; the first is on {first.spot}",
                        "give one of them another name", said,
                    )  # fmt: skip

    def error(self, spot: Spot, what: str, try_this: str, said: Said) -> None:
        self.problems.error(spot, what, try_this, said.clauses[0] if said.clauses else "")
