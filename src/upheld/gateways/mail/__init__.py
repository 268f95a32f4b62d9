"""Mail that leaves: by a server, or into a folder where no server is named."""

from upheld.gateways.mail.fake import FakeMailer
from upheld.gateways.mail.folder import FolderMailer
from upheld.gateways.mail.letter import Mail, Mailer, NotTaken, UnfitMail, write_letter
from upheld.gateways.mail.server import ServerMailer, UnfitServer, open_mailer

__all__ = [
    "FakeMailer",
    "FolderMailer",
    "Mail",
    "Mailer",
    "NotTaken",
    "ServerMailer",
    "UnfitMail",
    "UnfitServer",
    "open_mailer",
    "write_letter",
]
