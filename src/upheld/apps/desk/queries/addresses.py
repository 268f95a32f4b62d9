"""The addresses of the desk, and by what its own marks on a mail are known."""

from django.conf import settings

from upheld.gateways.reading import Ours


def list_addresses() -> tuple[str, ...]:
    """The addresses under which the desk is written to."""
    named = settings.UPHELD_INBOX_ADDRESSES or [settings.UPHELD_EMAIL_FROM]
    return tuple(one.rpartition("<")[2].strip("> ").lower() for one in named)


def is_address(address: str) -> bool:
    """Whether mail to an address is for the desk: it, or it with something behind a plus (RFC 5233)."""
    local, _, domain = address.strip().lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}" in list_addresses()


def our_marks() -> Ours:
    """The name of our mail server in Authentication-Results, and the domains of the message ids that we make."""
    senders = (*list_addresses(), settings.UPHELD_EMAIL_FROM.strip("> "))
    return Ours(settings.UPHELD_INBOX_AUTHSERV_ID, tuple({one.rpartition("@")[2].lower() for one in senders}))
