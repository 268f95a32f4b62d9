"""Spans of very many owners: whose they are, where they start and end."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from upheld.bulk.micros import Micros, NotMicros, read_micros
from upheld.core.timeline import Span


@dataclass(frozen=True, slots=True)
class SpansOf:
    """
    The spans of owner n are those from `offsets[n]` to before `offsets[n + 1]` of `starts` and `ends`.

    They may overlap and come in any order; a span that ends before it starts holds no time, as in core's `Span.forward`.
    """

    offsets: Micros
    starts: Micros
    ends: Micros

    @classmethod
    def of(cls, offsets: ArrayLike, starts: ArrayLike, ends: ArrayLike) -> "SpansOf":
        """Raises NotMicros where the three do not fit together."""
        made = cls(read_micros(offsets, "offsets"), read_micros(starts, "starts"), read_micros(ends, "ends"))
        require_offsets(made.offsets, len(made.starts), "spans")
        if len(made.starts) != len(made.ends):
            raise NotMicros(f"{len(made.starts)} starts and {len(made.ends)} ends; expected an end for each start")
        return made

    @classmethod
    def none_of(cls, owners: int) -> "SpansOf":
        nothing = np.zeros(0, np.int64)
        return cls(np.zeros(owners + 1, np.int64), nothing, nothing)

    def block(self, first: int, last: int) -> "SpansOf":
        """The owners from `first` to before `last`."""
        low, high = int(self.offsets[first]), int(self.offsets[last])
        return SpansOf(self.offsets[first : last + 1] - low, self.starts[low:high], self.ends[low:high])

    def owners(self) -> Micros:
        """Whose each span is."""
        return np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))

    def united_within(self, span: Span) -> "SpansOf":
        """Twin of core's `Timeline.of(...).within(span)` for each owner: sorted, apart, none of them empty."""
        first, last = span.start.micros, span.end.micros
        return self._united(self.owners(), np.clip(self.starts, first, last), np.clip(self.ends, first, last))

    def united_from(self, firsts: Micros) -> "SpansOf":
        """The same, of each owner from an instant of its own on."""
        owners = self.owners()
        return self._united(owners, np.maximum(self.starts, firsts[owners]), np.maximum(self.ends, firsts[owners]))

    def _united(self, owners: Micros, starts: Micros, ends: Micros) -> "SpansOf":
        if are_apart(owners, starts, ends):
            return SpansOf(self.offsets, starts, ends)
        owners, starts, ends = unite(owners, starts, ends)
        offsets = np.searchsorted(owners, np.arange(len(self.offsets)))
        return SpansOf(offsets.astype(np.int64), starts, ends)


def are_apart(owners: Micros, starts: Micros, ends: Micros) -> bool:
    """Whether spans are already as `unite` makes them; those that are recorded by a machine mostly are."""
    follows = (owners[1:] > owners[:-1]) | (starts[1:] > ends[:-1])
    return bool((starts < ends).all() and follows.all())


def unite(owners: Micros, starts: Micros, ends: Micros) -> tuple[Micros, Micros, Micros]:
    """The union of each owner's spans."""
    full = starts < ends
    owners, starts, ends = owners[full], starts[full], ends[full]
    if not len(owners):
        return owners, starts, ends
    order = np.lexsort((starts, owners))
    owners, starts, ends = owners[order], starts[order], ends[order]
    # By their ranks all owners stand one after the other on one line, so that one running maximum serves all.
    instants, ranks = np.unique(np.concatenate((starts, ends)), return_inverse=True)
    line = owners * len(instants)
    reached = np.maximum.accumulate(ranks[len(starts) :] + line)
    begins = np.concatenate((np.ones(1, bool), (ranks[: len(starts)] + line)[1:] > reached[:-1]))
    first = np.flatnonzero(begins)
    last = np.append(first[1:], len(owners)) - 1
    return owners[first], starts[first], instants[reached[last] - line[last]]


def sums_of(offsets: Micros, figures: Micros) -> Micros:
    """The sum of each owner's figures."""
    so_far = np.concatenate((np.zeros(1, np.int64), np.cumsum(figures)))
    summed: Micros = so_far[offsets[1:]] - so_far[offsets[:-1]]
    return summed


def require_offsets(offsets: Micros, count: int, what: str) -> None:
    if not len(offsets) or offsets[0] != 0 or offsets[-1] != count or (np.diff(offsets) < 0).any():
        raise NotMicros(f"offsets: expected to rise from 0 to the {count} {what} that there are, one more than owners")
