"""Writing to the ledger: recording facts, and signing what the ledger then says."""

import json
import logging
from collections.abc import Sequence
from itertools import groupby, repeat
from operator import attrgetter
from pathlib import Path
from typing import Any, ClassVar, Protocol

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from upheld.apps.ledger.facts import COPIES, leaf_of, read_leaf
from upheld.apps.ledger.leaves import write_leaves
from upheld.apps.ledger.marking import mark_facts
from upheld.apps.ledger.models import LONGEST_KEY, Checkpoint, Entry, Tree
from upheld.apps.ledger.queries import SignedHead, explain_head_gone_back, find_leaves, read_signed_head
from upheld.apps.ledger.queries.recorded import PLATFORM
from upheld.apps.ledger.statements import insert, select
from upheld.core.facts import Fact
from upheld.core.proof import Checkpoint as HeadText
from upheld.core.proof import Frontier, complete, leaf_hash, write_checkpoint, write_note
from upheld.core.timeline import Instant
from upheld.gateways.signing import AskedSigner, Signer, open_key_file

log = logging.getLogger("upheld.ledger")


class FactDiffers(ValueError):
    """A fact whose id is taken by another fact of the agreement: facts are corrected by further facts, never replaced."""


class UnusableKey(ValueError):
    """An id or an agreement's key that is empty, or too long to keep."""


class NothingToSign(ValueError):
    """A checkpoint was asked for an agreement without facts."""


class LedgerWentBack(RuntimeError):
    """What the ledger says does not continue what was signed before: a signature would make a second history."""


class Leafed(Protocol):
    """What an entry's columns repeat of its leaf."""

    TYPE: ClassVar[str]

    @property
    def id(self) -> str: ...
    @property
    def occurred_at(self) -> Instant: ...
    @property
    def recorded_at(self) -> Instant: ...


def record(*, facts: Sequence[Fact]) -> None:
    """
    Record facts, in the given order for each agreement, in the caller's transaction; durable when that is committed.

    A fact that is there already is left alone, so whoever does not know whether a recording succeeded may repeat it.
    Raises FactDiffers, UnusableKey or core's NotCanonical, and has then recorded none of them.
    """
    # In one order always: two transactions that record for the same two agreements do not wait for each other in a circle.
    with transaction.atomic():
        by_agreement = attrgetter("agreement")
        for agreement, group in groupby(sorted(mark_facts(facts), key=by_agreement), key=by_agreement):
            append(agreement, list(group))


def append(agreement: str, facts: Sequence[Fact]) -> None:
    if agreement == PLATFORM:
        raise UnusableKey(f"{PLATFORM} is the tree over the heads: no fact is recorded there")
    tree = lock_tree(agreement)
    fresh = encode(facts)
    if connection.vendor == "sqlite":
        try:
            # Nearly always nothing of it is known yet, and then asking first would be a second search for each.
            with transaction.atomic():
                append_rows(tree, fresh)
        except IntegrityError:
            if fresh := leave_out_known(tree, fresh):
                append_rows(tree, fresh)
    # A server is asked first: its driver complains in the log of every row that is refused.
    elif fresh := leave_out_known(tree, fresh):
        append_rows(tree, fresh)
    if fresh:
        log.info("facts recorded", extra={"agreement": agreement, "count": len(fresh), "size": tree.size})


def encode(facts: Sequence[Fact]) -> list[tuple[Fact, bytes]]:
    """Facts with their leaves; raises UnusableKey or NotCanonical."""
    ids = [fact.id for fact in facts]
    joined = "".join(ids)
    if " " in joined or "" in ids or not joined.isprintable() or max(map(len, ids), default=0) > LONGEST_KEY:
        # Nearly always nothing of it is so, and then none has to be looked at by itself.
        for problem in filter(None, map(explain_key, ids)):
            raise UnusableKey(f"the id of a fact {problem}")
    return list(zip(facts, write_leaves(facts), strict=True))


def append_rows(tree: Tree, fresh: Sequence[tuple[Leafed, bytes]]) -> None:
    """Put facts behind the last entry; `tree` says afterwards what its row says."""
    before, grown = append_entries(tree.pk, Frontier.from_hex(tree.size, tree.peaks), fresh)
    with connection.cursor() as cursor:
        # Only onto the tree that was read: whoever wrote meanwhile without the lock is found here.
        cursor.execute(
            "UPDATE ledger_tree SET size = %s, peaks = %s WHERE id = %s AND size = %s",
            [grown.size, json.dumps(grown.to_hex()), tree.pk, before],
        )
        if cursor.rowcount != 1:
            raise LedgerWentBack(
                f"{tree.agreement}: the tree is no longer of {before} entries; nothing was recorded, repeat it"
            )
    tree.size, tree.peaks = grown.size, grown.to_hex()


def append_entries(tree_pk: int, frontier: Frontier, fresh: Sequence[tuple[Leafed, bytes]]) -> tuple[int, Frontier]:
    """The rows of entries with the hashes that they complete; the size before, and the frontier behind them."""
    grown, hashes = complete(frontier, [leaf_hash(leaf) for _, leaf in fresh])
    facts = [fact for fact, _ in fresh]
    rows = zip(
        repeat(tree_pk),
        range(frontier.size, grown.size),
        [fact.id for fact in facts],
        [fact.TYPE for fact in facts],
        write_times([fact.occurred_at.micros for fact in facts]),
        write_times([fact.recorded_at.micros for fact in facts]),
        [leaf for _, leaf in fresh],
        hashes,
    )
    insert(Entry._meta.db_table, ("tree_id", "index", *COPIES, "leaf", "hashes"), list(rows))
    return frontier.size, grown


def write_times(micros: Sequence[int]) -> list[Any]:
    """Instants as the database's columns want them; facts that are recorded together share theirs."""
    written = {each: connection.ops.adapt_datetimefield_value(Instant(each).utc()) for each in set(micros)}
    return [written[each] for each in micros]


def lock_tree(agreement: str) -> Tree:
    """The row of an agreement's tree, ours until the transaction ends; made at the first fact."""
    if problem := explain_key(agreement):
        raise UnusableKey(f"the key of an agreement {problem}")
    if (locked := find_tree(agreement)) is None:
        # Whoever else makes it at this moment makes the same: then ours is left out, and we wait for theirs.
        made = Tree(agreement=agreement, origin=f"{settings.UPHELD_NAME}/{agreement}")
        Tree.objects.bulk_create([made], ignore_conflicts=True)
        locked = find_tree(agreement)
    if locked is None:
        raise RuntimeError(f"{agreement}: its ledger was made and is not there; verify the database")
    return locked


def find_tree(agreement: str) -> Tree | None:
    """The row by the driver itself: for one fact, Django's way to it costs as much as all that is written."""
    lock = "FOR UPDATE" if connection.features.has_select_for_update else ""
    rows = select(f"SELECT id, origin, size, CAST(peaks AS text) FROM ledger_tree WHERE agreement = %s {lock}", (agreement,))
    for pk, origin, size, peaks in rows:
        return Tree(pk=pk, agreement=agreement, origin=origin, size=size, peaks=json.loads(peaks))
    return None


def leave_out_known(tree: Tree, facts: Sequence[tuple[Fact, bytes]]) -> list[tuple[Fact, bytes]]:
    """Those that are not in the tree; raises FactDiffers for an id that stands for something else."""
    known = find_leaves(tree, [fact.id for fact, _ in facts])
    fresh: list[tuple[Fact, bytes]] = []
    for fact, leaf in facts:
        recorded = known.setdefault(fact.id, leaf)
        if recorded is leaf:
            fresh.append((fact, leaf))
        elif recorded != leaf and leaf_of(mark_facts([read_leaf(recorded)])[0]) != leaf:
            # What was recorded before people had marks is the same fact still.
            raise FactDiffers(
                f"{tree.agreement}: a different fact is recorded as {fact.id}; record {fact.TYPE} under an id of its own, "
                f"or correct the recorded one with fact-corrected/1"
            )
    return fresh


def explain_key(text: str) -> str | None:
    """Why this cannot be kept as a key, or None."""
    if not text.isprintable() or text != text.strip() or not text:
        return f"is printable text, not empty, with no space at its ends; came {text!r}"
    if len(text) > LONGEST_KEY:
        return f"has at most {LONGEST_KEY} letters, came {len(text)}: {text[:40]!r}..."
    return None


def open_signer() -> Signer:
    """
    The installation's own signer: the process that UPHELD_SIGNER names, or the key file, made at the first start.

    Raises the gateway's NotASigningKey; asking a process that does not answer raises its NoSigner.
    """
    if settings.UPHELD_SIGNER:
        return AskedSigner(Path(settings.UPHELD_SIGNER), settings.UPHELD_KEYS / "signing.vkey")
    return open_key_file(settings.UPHELD_KEYS, settings.UPHELD_NAME)


def verifier_key() -> str:
    """What customers verify our signatures with: the public half alone, `name+id+key`."""
    return open_signer().verifier_key()


def sign_checkpoint(*, agreement: str, at: Instant, signer: Signer | None = None) -> SignedHead:
    """
    The signed head of all that is recorded for an agreement; the same one again where nothing was added since.

    It is committed when this returns, so it may be shown; it therefore cannot be called inside a transaction. Without
    `signer`, the installation's own key signs. Raises NothingToSign, or LedgerWentBack where the tree does not continue the
    last signed head.
    """
    signer = signer or open_signer()
    with transaction.atomic(durable=True):
        # Whoever signs holds the lock until the head is committed: no two heads of one size, and none that nobody kept.
        tree = Tree.objects.select_for_update().filter(agreement=agreement).first()
        if tree is None or tree.size == 0:
            raise NothingToSign(f"nothing is recorded for the agreement {agreement!r}: there is no head to sign")
        last = tree.checkpoints.order_by("size").last()
        if last is not None and (problem := explain_head_gone_back(tree, last)):
            raise LedgerWentBack(problem)
        if last is None or last.size != tree.size:
            root = Frontier.from_hex(tree.size, tree.peaks).root()
            text = write_checkpoint(HeadText(tree.origin, tree.size, root))
            note = write_note(text, [signer.sign(text)])
            last = Checkpoint.objects.create(tree=tree, size=tree.size, root=root, note=note, signed_at=at.utc())
            log.info("checkpoint signed", extra={"agreement": agreement, "size": tree.size, "root": root.hex()})
        return read_signed_head(tree, last)
