"""The platform's signed head as public files, with the hashes that prove that it continues an older one."""

import json
from pathlib import Path

from upheld.apps.ledger.platform import LEVELS_OF_A_ROW, ROW_WIDTH, platform_head, read_row
from upheld.apps.witnesses.queries import latest_stamp
from upheld.core.proof import write_base64
from upheld.core.timeline import Instant
from upheld.gateways.pyz import WITNESS_NAME, read_witness
from upheld.interfaces.worker.status_file import replace_file
from upheld.interfaces.worker.status_page import HEAD, HEADS, STAMP


def write_heads(folder: Path) -> None:
    """
    Write the newest head and the rows of hashes under it into a folder of the status page; nothing before the first head.

    A full row never changes and is written once. Rows come before the head: whoever reads the head finds its rows.
    """
    head = platform_head()
    if head is None:
        return
    place = folder / HEADS
    place.mkdir(parents=True, exist_ok=True)
    replace_file(folder / WITNESS_NAME, read_witness())
    level = 0
    while count := head.size >> LEVELS_OF_A_ROW * level:
        for number in range(-(-count // ROW_WIDTH)):
            path = place / name_row(level, number)
            if (number + 1) * ROW_WIDTH <= count and path.is_file() and is_full(path):
                continue
            hashes = [write_base64(hash_) for hash_ in read_row(level, number, head.size)]
            replace_file(path, json.dumps({"level": level, "row": number, "hashes": hashes}).encode())
        level += 1
    write_stamp(place)
    replace_file(
        place / HEAD, json.dumps({"head": head.note, "signed_at": str(head.signed_at)}, ensure_ascii=False).encode()
    )


def write_stamp(place: Path) -> None:
    """The newest stamped head with the authority's answer, where there is one."""
    stamp = latest_stamp()
    if stamp is not None:
        told = {
            "head": stamp.note,
            "authority": stamp.authority,
            "stamped_at": str(Instant.of(stamp.stamped_at)),
            "token": write_base64(bytes(stamp.token)),
        }
        replace_file(place / STAMP, json.dumps(told, ensure_ascii=False).encode())


def name_row(level: int, number: int) -> str:
    return f"row-{level}-{number}.json"


def is_full(path: Path) -> bool:
    """Whether a row was written with all its hashes; a file that cannot be read is written again."""
    try:
        return len(json.loads(path.read_bytes())["hashes"]) == ROW_WIDTH
    except (ValueError, KeyError, TypeError):
        return False
