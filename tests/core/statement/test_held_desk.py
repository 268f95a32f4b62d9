"""Facts of a desk that name what nothing knows are told wherever the agreement has a desk."""

import pytest

from tests.core.clocks.agreement import bound, changed, said
from tests.core.clocks.test_telephone import PHONE
from upheld.core.statement.held_desk import find_unusable_of_desk

MON = "2026-02-02"


@pytest.mark.parametrize("has_clocks", [True, False])
@pytest.mark.parametrize("has_telephone", [True, False])
def test_a_clock_or_a_telephone_makes_a_desk(has_clocks: bool, has_telephone: bool) -> None:
    """Either of them alone asks for tickets; where there is neither, nobody misses one."""
    blocks = changed(**({"telephone": {**PHONE, "opens after": "none"}} if has_telephone else {}))
    if not has_clocks:
        del blocks["clocks"]

    assert (has_clocks or has_telephone) == bool(list(find_unusable_of_desk(bound(blocks), [said(f"{MON}T09:00Z")])))
