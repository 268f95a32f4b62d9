"""Of very many runs those are told whose due instant is, by the core's hours, another one than was written down."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bulk.test_business_time import CALENDARS, FIRST, LAST
from tests.core.service_hours.frozen import calendar
from upheld.bulk import NotMicros, find_moved
from upheld.core.service_hours import NeverOpen, ServiceHours
from upheld.core.timeline import DAY, HOUR

one_run = st.tuples(
    st.integers(1, 10**12), st.integers(FIRST, LAST), st.integers(0, DAY.micros * 20), st.sampled_from([-1, 0, 0, 1])
)
runs = st.lists(one_run, max_size=30, unique_by=lambda run: run[0])


@pytest.mark.parametrize("hours", CALENDARS.values(), ids=CALENDARS)
@given(rows=runs)
@settings(max_examples=25)
def test_those_that_moved_are_told_as_core_reckons_them(hours: ServiceHours, rows: list[tuple[int, int, int, int]]) -> None:
    """Each with the core's due instant, in the order of the ids; those a microsecond aside are told, the others are not."""
    due = {run: hours.reached_after(start, allowed) for run, start, allowed, _ in rows}
    aside = {run: by for run, _, _, by in rows}
    ids, starts, allowances = (np.array([row[column] for row in rows], dtype=np.int64) for column in range(3))

    moved = find_moved(hours, ids, starts, allowances, np.array([due[run] + aside[run] for run in due], dtype=np.int64))

    assert [(due[run], run) for run in sorted(due) if aside[run]] == moved


def test_hours_that_never_open_move_nothing() -> None:
    with pytest.raises(NeverOpen):
        find_moved(calendar("UTC"), [1], [FIRST], [HOUR.micros], [FIRST])


@pytest.mark.parametrize("short", range(4))
def test_columns_of_unequal_length_are_refused(short: int) -> None:
    columns = [[1, 2], [FIRST, FIRST], [1, 1], [FIRST, FIRST]]
    columns[short] = columns[short][:1]

    with pytest.raises(NotMicros, match="expected one for each"):
        find_moved(CALENDARS["always"], *columns)
