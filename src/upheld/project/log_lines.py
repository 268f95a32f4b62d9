"""Log lines that a person can read and a program can split: one event a line, words first, then key=value."""

import logging
import re
from datetime import UTC, datetime

# What the logging module itself puts on a record; everything else came by `extra=` and is printed.
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_SECRET = re.compile(r"password|secret|token|authorization|cookie|session|csrf", re.IGNORECASE)
_CREDENTIALS = re.compile(r"(?<=://)[^/\s@]+@")


class LogLine(logging.Formatter):
    """`2026-02-14T10:00:00.000000Z INFO upheld.ledger facts recorded agreement=acorn count=2`."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        parts = [moment, record.levelname, record.name, one_line(record.getMessage())]
        parts += [
            f"{key}={write_value(key, value)}" for key, value in vars(record).items() if key not in _OWN and key != "request"
        ]
        line = " ".join(parts)
        if record.exc_info:
            # The one thing that needs several lines; each is set in, so that a line that begins a line is an event.
            line += "\n" + "\n".join(
                f"    {hide_credentials(text)}" for text in self.formatException(record.exc_info).splitlines()
            )
        return line


def write_value(key: str, value: object) -> str:
    """A value as one word, or in quotation marks where it has spaces; nothing where the key names a secret."""
    if _SECRET.search(key):
        return "(hidden)"
    text = one_line(str(value))
    return text if text and not re.search(r'[\s"=]', text) else '"' + text.replace('"', "'") + '"'


def one_line(text: str) -> str:
    """The text without line breaks and control characters: nobody writes a second event into a log by what they send us."""
    return hide_credentials("".join(letter if letter.isprintable() else " " for letter in text))


def hide_credentials(text: str) -> str:
    """The text with the user and password taken out of any address in it."""
    return _CREDENTIALS.sub("(hidden)@", text)
