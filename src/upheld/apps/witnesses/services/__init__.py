"""Naming who keeps our heads, mailing heads each day, having them stamped, and taking in what witnesses countersigned."""

from upheld.apps.witnesses.services.countersigning import (
    NotCountersigned,
    UnfitWitness,
    add_witness,
    take_countersignature,
)
from upheld.apps.witnesses.services.mailing import UnfitReader, add_reader, mail_heads, remove_reader
from upheld.apps.witnesses.services.stamping import stamp_head

__all__ = [
    "NotCountersigned", "UnfitReader", "UnfitWitness", "add_reader", "add_witness", "mail_heads", "remove_reader",
    "stamp_head", "take_countersignature",
]  # fmt: skip
