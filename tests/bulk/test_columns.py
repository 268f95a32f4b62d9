"""What a database hands over at once is read as the numbers that were meant, or refused."""

import json
import struct
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upheld.bulk import NotMicros, read_listed, read_packed

numbers = st.integers(-(1 << 63), (1 << 63) - 1)
tables = st.integers(0, 20).flatmap(
    lambda rows: st.lists(st.lists(numbers, min_size=rows, max_size=rows), min_size=1, max_size=4)
)


@given(tables)
def test_lists_and_packed_rows_are_the_numbers_that_were_written(columns: list[list[int]]) -> None:
    rows = len(columns[0])
    lists = [json.dumps(column, separators=(",", ":")) for column in columns]
    packed = b"".join(struct.pack(f">{len(columns)}q", *row) for row in zip(*columns, strict=True))

    assert columns == read_listed(lists, rows).tolist()
    assert columns == read_packed(packed, len(columns), rows).tolist()


@pytest.mark.parametrize("listed", ["[1,null]", "[1]", "[1,2,3]", "[1,2.5]", '[1,"2"]', "[1,2e3]", "[]"])
def test_a_list_with_anything_but_so_many_whole_numbers_is_refused(listed: str) -> None:
    """An empty place or a fraction is never taken for a number, nor left out."""
    with pytest.raises(NotMicros, match="expected a list of 2 whole numbers, got"):
        read_listed(["[1,2]", listed], 2)


@pytest.mark.parametrize("missing", [1, 8, 16])
def test_packed_rows_that_are_not_all_there_are_refused(missing: int) -> None:
    packed = bytes(chain.from_iterable(struct.pack(">q", number) for number in range(4)))

    with pytest.raises(NotMicros, match="expected 2 rows of 2 numbers of 8 bytes"):
        read_packed(packed[:-missing], 2, 2)
