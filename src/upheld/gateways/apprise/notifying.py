"""Texts by Apprise, whose addresses are URLs such as `ntfy://host/topic`; installed by `pip install upheld[apprise]`."""

from importlib import import_module
from typing import Any

from upheld.gateways.texts import NotTaken, Text


class NotInstalled(RuntimeError):
    """The setting asks for Apprise, and it is not there."""


class AppriseTexter:
    """
    Sends each text to the address that is its URL.

    Apprise connects by itself: addresses are not vetted here, so whoever may write down such an address reaches what this
    machine reaches. That is why a setting has to ask for it.
    """

    def __init__(self, library: Any) -> None:
        self._library = library

    def send(self, text: Text) -> None:
        sender = self._library.Apprise()
        if not sender.add(text.to):
            raise NotTaken("Apprise does not know this kind of address", for_ever=True)
        if not sender.notify(body=text.text):
            raise NotTaken("Apprise could not hand the text over; its own log says why")


def open_apprise() -> AppriseTexter:
    """Apprise, where it is installed. Raises NotInstalled."""
    try:
        return AppriseTexter(import_module("apprise"))
    except ImportError:
        raise NotInstalled("UPHELD_APPRISE is yes and Apprise is not installed: pip install 'upheld[apprise]'") from None
