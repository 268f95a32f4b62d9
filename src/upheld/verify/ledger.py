"""The facts of a bundle: each readable, each there once, all of one agreement, and together the tree that was signed."""

from collections.abc import Sequence

from upheld.core.facts import Fact, read_fact
from upheld.core.proof import Checkpoint, NotCanonical, leaf_hash, parse_canonical, root_of
from upheld.verify.bundle import FACTS
from upheld.verify.report import Check

FACTS_CHECK, TREE_CHECK, ORIGIN_CHECK = "facts", "tree", "agreement's ledger"


def read_facts(leaves: Sequence[bytes]) -> tuple[tuple[Fact, ...] | None, Check]:
    """The facts in the order of the ledger, counted from 0; None where one of them cannot be read."""
    facts: list[Fact] = []
    problems: list[str] = []
    for index, leaf in enumerate(leaves):
        try:
            fact = read_fact(parse_canonical(leaf))
        except NotCanonical as wrong:
            problems.append(f"{FACTS}, entry {index}: {wrong}")
            continue
        if isinstance(fact, list):
            problems += [f"{FACTS}, entry {index}: {problem}" for problem in fact]
        else:
            facts.append(fact)
    if problems:
        return None, Check.of(FACTS_CHECK, problems, "")
    problems = [*find_repeated(facts), *find_foreign(facts)]
    told = f"{len(facts)} facts, each in its one spelling, readable, there once, and of one agreement"
    return tuple(facts), Check.of(FACTS_CHECK, problems if facts else [f"{FACTS} holds no fact"], told)


def find_repeated(facts: Sequence[Fact]) -> list[str]:
    """Ids that stand for two entries: a ledger never takes one twice, and which of the two holds could not be known."""
    first: dict[str, int] = {}
    return [
        f"{FACTS}, entry {index}: the id {fact.id} is that of entry {place}; a ledger takes each id once"
        for index, fact in enumerate(facts)
        if (place := first.setdefault(fact.id, index)) != index
    ]


def find_foreign(facts: Sequence[Fact]) -> list[str]:
    """Facts of another agreement than the first one's."""
    return [
        f"{FACTS}, entry {index}: {fact.id} belongs to the agreement {fact.agreement}, entry 0 to {facts[0].agreement}"
        for index, fact in enumerate(facts)
        if fact.agreement != facts[0].agreement
    ]


def check_tree(leaves: Sequence[bytes], checkpoint: Checkpoint) -> Check:
    """The root over exactly these entries in exactly this order is the one that was signed (RFC 6962 section 2.1)."""
    if len(leaves) != checkpoint.size:
        what = f"the checkpoint covers {checkpoint.size} facts, {FACTS} holds {len(leaves)}"
        return Check.of(TREE_CHECK, [f"{what}: some were left out or added; ask for the whole bundle again"], "")
    if (root := root_of(map(leaf_hash, leaves))) != checkpoint.root:
        what = f"the signed root is {checkpoint.root.hex()}, these {len(leaves)} facts have {root.hex()}"
        return Check.of(TREE_CHECK, [f"{what}: one was changed, or two change places"], "")
    return Check.of(TREE_CHECK, [], f"the tree over these {len(leaves)} facts, in this order, has the signed root")


def check_origin(facts: Sequence[Fact], checkpoint: Checkpoint) -> Check:
    """The checkpoint is of the tree of this agreement: its origin is the provider's name, a slash and the agreement."""
    agreement = facts[0].agreement
    problems = []
    if not checkpoint.origin.endswith(f"/{agreement}"):
        problems = [f"the checkpoint is of the tree {checkpoint.origin}, the facts are of the agreement {agreement}"]
    return Check.of(ORIGIN_CHECK, problems, f"the checkpoint is of the tree {checkpoint.origin}")


def find_backward_times(facts: Sequence[Fact]) -> list[str]:
    """
    Entries that say that they were written before the entry in front of them.

    A remark, never a failure: two writers may wait for the same lock, and a clock may be set back. The order in which facts
    are recorded decides no figure; what counts is that they stood in the ledger before the statement did.
    """
    backward = [index for index in range(1, len(facts)) if facts[index].recorded_at < facts[index - 1].recorded_at]
    if not backward:
        return []
    first = backward[0]
    what = (
        f"{len(backward)} of {len(facts)} facts say that they were written before the one in front of them, first entry"
        f" {first} ({facts[first].id}: {facts[first].recorded_at} after {facts[first - 1].recorded_at}). The order decides"
        " no figure; ask the provider why, if there are many"
    )
    return [what]
