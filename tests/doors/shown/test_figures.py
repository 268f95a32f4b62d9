"""A share of what was never seen is no figure."""

from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest

from upheld.core.explain import Share
from upheld.doors.shown.figures import tell_so_far


@pytest.mark.parametrize(
    ("coverage", "said"),
    [(Share(Fraction(0)), "not measured"), (Share(Fraction(1, 1000)), "100.0000\u00a0%"), (None, "100.0000\u00a0%")],
)
def test_what_was_never_measured_has_no_share(coverage: Share | None, said: str) -> None:
    """However little was seen there is a share; where nothing was, that is what is said."""
    account: Any = SimpleNamespace(finding=SimpleNamespace(value=Share(Fraction(1)), coverage=coverage))

    assert said == tell_so_far(account)
