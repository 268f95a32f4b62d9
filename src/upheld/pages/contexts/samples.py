"""Samples counted: how many were due of a component in a period, and how many are kept."""

from dataclasses import dataclass

from upheld.core.timeline import Span
from upheld.pages.words import say_count


@dataclass(frozen=True, kw_only=True, slots=True)
class SampleRow:
    """One component; `short` are the seals that have fewer samples than were due in their time, `more` how many others."""

    component: str
    due: int
    kept: int
    missing: int
    short: tuple[Span, ...] = ()
    more: int = 0

    @property
    def words(self) -> str:
        """`1,440 samples were due, 1,430 are kept: 10 are missing`."""
        if not self.missing:
            return f"{say_count(self.due, 'sample')} due, all kept"
        verb = "is" if self.missing == 1 else "are"
        return f"{say_count(self.due, 'sample')} due, {self.kept:,} kept: {self.missing:,} {verb} missing"
