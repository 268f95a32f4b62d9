"""Seven ways to bend a ledger, each on its rows; each returns the first entry that is no longer as it was recorded."""

from collections.abc import Callable
from random import Random

from django.db import connection

from tools.tamper.ledgers import NOON, SIGNER, Kept, started
from upheld.apps.ledger import services
from upheld.apps.ledger.facts import COPIES, copies_of, leaf_of, read_leaf
from upheld.apps.ledger.models import Checkpoint, Tree
from upheld.core.proof import Checkpoint as Stated
from upheld.core.proof import Frontier, leaf_hash, write_checkpoint, write_note
from upheld.core.timeline import Instant

Kind = Callable[[Random, Kept], int | None]


def run(statement: str, *values: int | str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        if cursor.rowcount < 1:
            raise RuntimeError(f"nothing was changed by {statement}")


def tree_of(kept: Kept) -> Tree:
    return Tree.objects.get(agreement=kept.agreement)


def flip_a_bit(random: Random, kept: Kept) -> int | None:
    """One bit of a leaf, a hash or a head."""
    tree, column = tree_of(kept), random.choice(["leaf", "hashes", "head"])
    if column == "head":
        head = random.choice(list(tree.checkpoints.all()))
        tree.checkpoints.filter(pk=head.pk).update(root=flip(random, bytes(head.root)))
        return None
    row = tree.entries.get(index=random.randrange(tree.size))
    before = bytes(getattr(row, column))
    spoilt = flip(random, before)
    tree.entries.filter(pk=row.pk).update(**{column: spoilt})
    if column == "leaf":
        return row.index
    # The hashes behind its own stand over 2, 4, ... entries that end with it.
    level = next(at for at, (old, new) in enumerate(zip(before, spoilt, strict=True)) if old != new) // 32
    return row.index + 1 - (1 << level)


def flip(random: Random, data: bytes) -> bytes:
    at = random.randrange(len(data))
    return data[:at] + bytes((data[at] ^ 1 << random.randrange(8),)) + data[at + 1 :]


def delete(random: Random, kept: Kept) -> int:
    """One entry, with no word elsewhere."""
    index = random.randrange(kept.size)
    tree_of(kept).entries.filter(index=index).delete()
    return index


def swap(random: Random, kept: Kept) -> int:
    """Two entries change places, whole."""
    tree = tree_of(kept)
    first, second = sorted(random.sample(range(kept.size), 2))
    for old, new in ((first, tree.size + 1), (second, first), (tree.size + 1, second)):
        run('UPDATE ledger_entry SET "index" = %s WHERE tree_id = %s AND "index" = %s', new, tree.pk, old)
    return first


def duplicate(random: Random, kept: Kept) -> int:
    """An entry comes twice; what follows moves up. The database keeps ids apart, so the copy's column gets another."""
    tree, index = tree_of(kept), random.randrange(kept.size)
    for step, above in ((1_000_000, index), (-999_999, 999_999)):
        tail = 'UPDATE ledger_entry SET "index" = "index" + %s WHERE tree_id = %s AND "index" > %s'
        with connection.cursor() as cursor:
            cursor.execute(tail, [step, tree.pk, above])
    copied = "type, occurred_at, recorded_at, leaf, hashes"
    run(
        f'INSERT INTO ledger_entry (tree_id, "index", fact_id, {copied}) SELECT tree_id, %s, fact_id || %s, {copied} '
        'FROM ledger_entry WHERE tree_id = %s AND "index" = %s',
        index + 1, "~", tree.pk, index,
    )  # fmt: skip
    return index + 1


def truncate(random: Random, kept: Kept) -> int:
    """The end is cut off: the entries alone, or cleanly, with every hash and head behind it."""
    tree, size = tree_of(kept), random.randrange(1, kept.size)
    if random.random() < 0.5:
        tree.entries.filter(index__gte=size).delete()
    else:
        rewrite(kept, list(kept.leaves[:size]))
    return size


def edit(random: Random, kept: Kept) -> int:
    """Another fact in the place of one, with its hash and its columns; nothing above it."""
    index = random.randrange(kept.size)
    replace_entry(kept, index, leaf_of(started(kept.agreement, index, window=f"other-{random.random()}")))
    return index


def replace_entry(kept: Kept, index: int, leaf: bytes) -> None:
    copies = dict(zip(COPIES, copies_of(read_leaf(leaf)), strict=True))
    row = tree_of(kept).entries.get(index=index)
    hashes = leaf_hash(leaf) + bytes(row.hashes)[32:]
    tree_of(kept).entries.filter(pk=row.pk).update(leaf=leaf, hashes=hashes, **copies)


def rebuild(random: Random, kept: Kept) -> int:
    """A fact changed, left out or put in, the whole tree built again and every head signed with the real key."""
    rows = tree_of(kept).entries.order_by("index").values_list("leaf", flat=True)
    leaves, index = [bytes(leaf) for leaf in rows], random.randrange(kept.size)
    new = leaf_of(started(kept.agreement, 10_000 + index, window=f"other-{random.random()}"))
    how = random.choice(["changed", "left out", "put in"])
    leaves[index : index + (how != "put in")] = [] if how == "left out" else [new]
    rewrite(kept, leaves)
    return index


def rewrite(kept: Kept, leaves: list[bytes]) -> None:
    """All rows of a ledger as if these leaves had been recorded from the start: what only an older head contradicts."""
    tree = tree_of(kept)
    sizes = {size for size in tree.checkpoints.values_list("size", flat=True) if size < len(leaves)} | {len(leaves)}
    for rows in (tree.entries, tree.checkpoints):
        rows.all().delete()
    hashes = [leaf_hash(leaf) for leaf in leaves]
    _, frontier = services.append_entries(tree.pk, Frontier(), [(read_leaf(leaf), leaf) for leaf in leaves])
    for size in sorted(sizes):
        root = Frontier().extend(hashes[:size]).root()
        text = write_checkpoint(Stated(tree.origin, size, root))
        note = write_note(text, [SIGNER.sign(text)])
        Checkpoint.objects.create(tree=tree, size=size, root=root, note=note, signed_at=NOON.utc())
    Tree.objects.filter(pk=tree.pk).update(size=frontier.size, peaks=frontier.to_hex())


KINDS: dict[str, Kind] = {
    "bit": flip_a_bit,
    "delete": delete,
    "swap": swap,
    "duplicate": duplicate,
    "truncate": truncate,
    "edit": edit,
    "rebuild": rebuild,
}

COLUMNS = ("leaf", "hashes", *COPIES)
LONG_AGO = Instant.parse("2001-01-01T00:00Z").utc()


def edit_column(kept: Kept, index: int) -> int:
    """One column of one row, each column in its turn."""
    column, row = COLUMNS[index % len(COLUMNS)], tree_of(kept).entries.get(index=index)
    other = leaf_of(started(kept.agreement, index, window="another"))
    values = {"leaf": other, "hashes": bytes(32), "fact_id": "x", "type": "x/1"}
    tree_of(kept).entries.filter(pk=row.pk).update(**{column: values.get(column, LONG_AGO)})
    return index
