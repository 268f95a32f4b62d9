"""Time stamps by an authority (RFC 3161): an extra, loaded only where the settings name one."""

from upheld.gateways.stamping.authority import (
    Authority,
    FakeStamper,
    NotStamped,
    Stamped,
    Stamper,
    UnusableAuthority,
    open_authority,
)

__all__ = ["Authority", "FakeStamper", "NotStamped", "Stamped", "Stamper", "UnusableAuthority", "open_authority"]
