"""
Twins of core in numpy: the same arithmetic for very many questions at once.

Nothing here is believed for its own sake: tests hold every twin against core, and a naive reading holds both. Where a figure
needs reasons, core is asked; where a million due times or a hundred thousand months are wanted, this is.
Times are whole microseconds since 1970 (UTC) in arrays of int64; spans are half-open, as everywhere.
"""

from upheld.bulk.business_time import BusinessTime
from upheld.bulk.columns import Columns, read_listed, read_packed
from upheld.bulk.down_time import DownTime, measure_down_time
from upheld.bulk.dues import find_moved
from upheld.bulk.micros import Micros, NotMicros
from upheld.bulk.spans_of import SpansOf

__all__ = [
    "BusinessTime", "Columns", "DownTime", "Micros", "NotMicros", "SpansOf", "find_moved", "measure_down_time",
    "read_listed", "read_packed",
]  # fmt: skip
