"""Mail that leaves: by a server, or into a folder where no server is named."""

from upheld.gateways.mail.answering import may_answer_automatically, say_why_silent
from upheld.gateways.mail.fake import FakeMailer
from upheld.gateways.mail.folder import FolderMailer
from upheld.gateways.mail.letter import Enclosure, Mail, Mailer, NotTaken, UnfitMail, Writer, write_letter
from upheld.gateways.mail.server import ServerMailer, UnfitServer, open_mailer
from upheld.gateways.mail.thread import make_message_id, make_reply_address, read_reply_address, read_tags, tag_subject

__all__ = [
    "Enclosure",
    "FakeMailer",
    "FolderMailer",
    "Mail",
    "Mailer",
    "NotTaken",
    "ServerMailer",
    "UnfitMail",
    "UnfitServer",
    "Writer",
    "make_message_id",
    "make_reply_address",
    "may_answer_automatically",
    "open_mailer",
    "read_reply_address",
    "read_tags",
    "say_why_silent",
    "tag_subject",
    "write_letter",
]
