"""Which clauses each value carries out, and whether every clause of the file has its place."""

from collections import Counter

from upheld.language.merge import Merged, Path, Said
from upheld.language.nodes import Entry, Mapping, Node, Sequence
from upheld.language.problem import Problems
from upheld.language.prose import Fence, Pages
from upheld.language.vocabulary import BLOCKS, JUDGED

NOT_YET_JUDGED = "not yet judged"
RULES = frozenset({"services", "causes", "maintenance", "availability", "credits", "caps", "claims", "notices"})
"""Blocks that are judged for themselves; calendars, evidence and the like only serve others."""
FREE_OF_CLAUSES = frozenset({"agreement", "parameters", "money", "lists", "evidence", "accounted for"})
"""Blocks whose entries need not carry out a clause of their own."""


def check_pins(fence: Fence, node: Mapping, apart: frozenset[str], problems: Problems) -> None:
    """A fence under several clauses that holds several rules must say for each which clause it carries out."""
    clauses = [clause for clause in fence.clauses if clause not in apart]
    rules = [rule for block in node.entries for rule in list_rules(block)]
    if len(clauses) < 2 or len(rules) < 2:
        return
    for path, rule in rules:
        if not is_pinned(rule.value):
            problems.error(
                rule.spot, f"clause not pinned: {path} stands under {' and '.join(clauses)}",
                f"add for instance cite: {clauses[0]}, to it or to each of its values", clauses[0],
            )  # fmt: skip


def list_rules(block: Entry) -> list[tuple[str, Entry]]:
    """The rules that a fence adds to: each entry of a named block, a record as one."""
    known = BLOCKS.get(block.key)
    if known is None or block.key in FREE_OF_CLAUSES or block.key == "readings":
        return []
    if known.shape == "record" or not isinstance(block.value, Mapping):
        return [(block.key, block)]
    return [(f"{block.key} / {rule.key}", rule) for rule in block.value.entries]


def is_pinned(node: Node) -> bool:
    """Whether every value of a fragment has its clauses from some `cite`."""
    if isinstance(node, Mapping):
        return bool(node.get("cite")) or (bool(node.entries) and all(is_pinned(entry.value) for entry in node.entries))
    return isinstance(node, Sequence) and any(isinstance(item, Mapping) and item.get("cite") for item in node.items)


def check_places(merged: Merged, pages: Pages, problems: Problems) -> None:
    """Every clause is carried out by a rule or a definition, or accounted for with a reason; never both."""
    reasons = {said.path[1]: said for said in merged.below("accounted for")}
    carried: dict[str, Said] = {}
    for one in merged.leaves():
        if one.path[0] != "accounted for":
            for served in one.clauses:
                carried.setdefault(served, one)
    for name, said in reasons.items():
        if name not in pages.clauses:
            problems.error(said.spot, f"no clause {name!r} is printed in this file", "take it out, or correct the id")
        elif name in carried:
            other = carried[name]
            problems.error(
                said.spot, f"{name} is accounted for, and carried out by {' / '.join(other.path)} on {other.spot}",
                "keep one of them", name,
            )  # fmt: skip
    if merged.broken:
        return
    for name, clause in pages.clauses.items():
        if name not in carried and name not in reasons:
            problems.error(
                clause.spot, f"{name} has no place: no rule carries it out",
                f"write a block under it, or account for it: accounted for: {{{name}: why}}", name,
            )  # fmt: skip
    for block in BLOCKS:
        if "/" not in block and block not in FREE_OF_CLAUSES:
            for said in rules_without_clause(merged, block):
                problems.error(
                    said.spot, f"{' / '.join(said.path)} carries out no clause", "put it under one, or add cite: CLAUSE"
                )


def rules_without_clause(merged: Merged, block: str) -> list[Said]:
    said = merged.said.get((block,))
    rules = [said] if said and BLOCKS[block].shape == "record" else merged.below(block)
    return [rule for rule in rules if not any(leaf.clauses for leaf in merged.leaves(rule.path))]


def check_clause_letters(merged: Merged, pages: Pages, problems: Problems) -> None:
    letters = merged.text("agreement", "clauses")
    for name, clause in pages.clauses.items():
        if letters and not name.startswith(f"{letters}-"):
            problems.error(
                clause.spot, f"{name} does not begin with {letters}-, as agreement: clauses says",
                f"write {letters}-{name.partition('-')[2]}, or make it bold in another way if it is no clause", name,
            )  # fmt: skip


def collect_cites(merged: Merged) -> dict[str, tuple[str, ...]]:
    """The clauses of each path, where they differ from those of the enclosing one."""
    cites: dict[str, tuple[str, ...]] = {}
    for said in merged.said.values():
        clauses, block = own_clauses(merged, said), BLOCKS.get(said.path[0])
        is_rule = len(said.path) > 1 or (block is not None and block.shape == "record")
        if clauses and is_rule and clauses != enclosing(cites, said.path):
            cites["/".join(said.path)] = clauses
    return cites


def own_clauses(merged: Merged, said: Said) -> tuple[str, ...]:
    """Of a value, its clauses; of a map, those that most of its values carry out, the first where several are equal."""
    if said.node is not None:
        return tuple(said.clauses)
    values = Counter(tuple(one.clauses) for one in merged.below(*said.path) if one.node is not None and one.clauses)
    return values.most_common(1)[0][0] if values else tuple(said.pinned or said.clauses)


def enclosing(cites: dict[str, tuple[str, ...]], path: Path) -> tuple[str, ...]:
    for length in range(len(path) - 1, 0, -1):
        if found := cites.get("/".join(path[:length])):
            return found
    return ()


def list_not_yet_judged(merged: Merged, pages: Pages) -> tuple[str, ...]:
    """The clauses that nothing judges today: accounted for as such, or carried out only by blocks that no judge reads."""
    waiting = {said.path[1] for said in merged.below("accounted for") if said.value == NOT_YET_JUDGED}
    judged = {clause for said in merged.leaves() if said.path[0] in RULES for clause in said.clauses}
    unread = {clause for said in merged.leaves() if said.path[0] not in JUDGED for clause in said.clauses}
    return tuple(name for name in pages.clauses if name in waiting or (name in unread and name not in judged))
