"""What the worker does for planned work."""

from upheld.apps.maintenance import services
from upheld.core.timeline import Instant


def record_notices(at: Instant) -> None:
    """Notices that were sent become facts."""
    services.record_notices(at=at)
