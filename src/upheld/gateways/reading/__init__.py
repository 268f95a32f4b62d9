"""Mails read: raw bytes into plain values, in a child process that is limited and may die of a mail without harm."""

from upheld.gateways.reading.mail import Attachment, Authenticity, Bounce, Mail, Ours, Person, Standing, Unreadable
from upheld.gateways.reading.reader import Reader, Tally, read_mail

__all__ = [
    "Attachment",
    "Authenticity",
    "Bounce",
    "Mail",
    "Ours",
    "Person",
    "Reader",
    "Standing",
    "Tally",
    "Unreadable",
    "read_mail",
]
