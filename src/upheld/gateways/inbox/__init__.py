"""Mail that comes: from a mailbox (IMAP) or handed over by a mail server (SMTP, LMTP); kept before it is taken."""

from upheld.gateways.inbox.arrived import Accepts, Arrived, Keep
from upheld.gateways.inbox.fake import FakeInbox
from upheld.gateways.inbox.imap import ImapInbox, Standing
from upheld.gateways.inbox.listener import Listener
from upheld.gateways.inbox.settings import Listening, Mailbox, Protocol, Security, UnfitInbox

__all__ = [
    "Accepts",
    "Arrived",
    "FakeInbox",
    "ImapInbox",
    "Keep",
    "Listener",
    "Listening",
    "Mailbox",
    "Protocol",
    "Security",
    "Standing",
    "UnfitInbox",
]
