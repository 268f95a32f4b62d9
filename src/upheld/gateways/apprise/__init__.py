"""Any service that Apprise knows: an extra, loaded only where the settings ask for it."""

from upheld.gateways.apprise.notifying import AppriseTexter, NotInstalled, open_apprise

__all__ = ["AppriseTexter", "NotInstalled", "open_apprise"]
