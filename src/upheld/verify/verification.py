"""Verifying a bundle: everything in it hangs on one signature, and every figure is computed again."""

from upheld.core.facts import AgreementSigned, Fact, of_kind
from upheld.core.proof import VerifierKey
from upheld.core.statement import Statement
from upheld.core.statement.check import Discrepancy, compare_statement, recompute_statement
from upheld.verify.bundle import CHECKPOINT, STATEMENT, Parts, read_parts
from upheld.verify.container import read_container
from upheld.verify.issued import ISSUED_CHECK, find_issuing, find_remarks
from upheld.verify.ledger import (
    FACTS_CHECK,
    ORIGIN_CHECK,
    TREE_CHECK,
    check_origin,
    check_tree,
    find_backward_times,
    read_facts,
)
from upheld.verify.report import Check, Report, Result
from upheld.verify.signer import KEY_CHECK, SIGNATURE_CHECK, check_key, check_signature, read_checkpoint, read_key
from upheld.verify.signing import AGREEMENT_CHECK, check_agreement, find_signing

CONTAINER_CHECK, ENTRIES_CHECK, FIGURES_CHECK = "container", "entries", "figures"
REST = (SIGNATURE_CHECK, TREE_CHECK, FACTS_CHECK, ORIGIN_CHECK, KEY_CHECK, ISSUED_CHECK, AGREEMENT_CHECK, FIGURES_CHECK)


def verify_bundle(data: bytes, key: str | None) -> Report:
    """
    Check a bundle against the key that its reader holds, and compute its statement again.

    `key` is `name+id+key` (C2SP signed-note), as printed in the signed agreement; without it everything is checked but who
    signed. Raises NotAVerifierKey where the key is none. What is wrong with the bundle is in the report, never raised.
    """
    given = read_key(key) if key is not None else None
    entries = read_container(data)
    if isinstance(entries, list):
        wrong = Check.of(CONTAINER_CHECK, [str(problem) for problem in entries], "")
        return Report((wrong, *leave((ENTRIES_CHECK, *REST), "the container could not be read")))
    sound = Check.of(CONTAINER_CHECK, [], f"{len(entries)} entries rebuilt: all {len(data)} bytes are as they must be")
    parts = read_parts(entries)
    if isinstance(parts, list):
        wrong = Check.of(ENTRIES_CHECK, parts, "")
        return Report((sound, wrong, *leave(REST, "an entry could not be read")))
    read = Check.of(ENTRIES_CHECK, [], "the six entries are there, each in its one spelling")
    return verify_entries((sound, read), entries, parts, given)


def verify_entries(checks: tuple[Check, ...], entries: dict[str, bytes], parts: Parts, given: VerifierKey | None) -> Report:
    facts, readable = read_facts(parts.leaves)
    if facts is None or readable.result != Result.OK:
        rest = [name for name in REST if name != FACTS_CHECK]
        return Report((*checks, readable, *leave(rest, "the facts could not be read")))
    signed = of_kind(facts, AgreementSigned)
    checkpoint = read_checkpoint(entries[CHECKPOINT])
    if isinstance(checkpoint, Check):
        signature, remarks = checkpoint, list[str]()
        tree, origin = leave((TREE_CHECK, ORIGIN_CHECK), "the checkpoint could not be read")
    else:
        signature, remarks = check_signature(entries[CHECKPOINT], given, signed)
        tree, origin = check_tree(parts.leaves, checkpoint), check_origin(facts, checkpoint)
    remarks += find_backward_times(facts)
    checks = (*checks, signature, tree, readable, origin, check_key(given, signed))
    return verify_statement(checks, tuple(remarks), entries, parts, facts)


def verify_statement(
    checks: tuple[Check, ...], remarks: tuple[str, ...], entries: dict[str, bytes], parts: Parts, facts: tuple[Fact, ...]
) -> Report:
    issuing, issued = find_issuing(parts.statement, entries[STATEMENT], facts)
    if issuing is None:
        rest = leave((AGREEMENT_CHECK, FIGURES_CHECK), "which facts count depends on when the statement was issued")
        return Report((*checks, issued, *rest), remarks=remarks)
    before = facts[: issuing.place]
    remarks = (*remarks, *find_remarks(issuing, facts))
    agreement = check_agreement(entries, find_signing(before, issuing.fact.period_from_at, issuing.fact.as_of))
    statement, found = judge_again(parts, before)
    figures = Check.of(
        FIGURES_CHECK,
        [f"{len(found)} values of the statement are not what the facts give"] if found else [],
        f"every value of the statement was computed again from the {len(before)} facts before it, and is equal",
    )
    return Report((*checks, issued, agreement, figures), tuple(found), remarks, statement)


def judge_again(parts: Parts, facts: tuple[Fact, ...]) -> tuple[Statement | None, list[Discrepancy]]:
    """The recomputed statement and its differences from the one in the bundle."""
    statement = recompute_statement(parts.statement, parts.document, parts.calendars, facts)
    if isinstance(statement, Discrepancy):
        return None, [statement]
    return statement, compare_statement(parts.statement, statement)


def leave(names: tuple[str, ...] | list[str], because: str) -> tuple[Check, ...]:
    return tuple(Check.left(name, because) for name in names)
