"""An observation speaks for a whole second, and never before its answer was there."""

from tests.apps.watched import observe
from upheld.apps.probes.facts import read_sighting
from upheld.core.timeline import SECOND, Instant


class TestReadSighting:
    def test_speaks_for_whole_seconds(self):
        """It began at the last whole second and speaks for the next one; what it vouches for begins where that ended."""
        answer = observe(2, 10)._replace(started_at=10_400_000, seen_at=10_450_001, vouches_from=5_000_001)
        sighting = read_sighting("boot", answer)

        assert (Instant(0) + SECOND * 10, Instant(0) + SECOND * 11, Instant(0) + SECOND * 6) == (
            sighting.started_at,
            sighting.seen_at,
            sighting.vouches_from,
        )

    def test_leaves_a_whole_second_alone(self):
        """Rounding moves nothing that is whole."""
        answer = observe(2, 10)._replace(seen_at=11_000_000)

        assert Instant(11_000_000) == read_sighting("boot", answer).seen_at
