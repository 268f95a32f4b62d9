"""Mail by a server (SMTP), plain, with STARTTLS, or with TLS from the start."""

import smtplib
import ssl
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from upheld.gateways.mail.folder import FolderMailer
from upheld.gateways.mail.letter import Mail, Mailer, NotTaken, UnfitMail, find_return_path, write_letter

SECONDS_TO_WAIT = 20
PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


class UnfitServer(ValueError):
    """A setting that names no mail server."""


@dataclass(frozen=True, slots=True)
class ServerMailer:
    """Hands each mail to one server, by a new connection."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    sender: str

    def send(self, mail: Mail) -> None:
        try:
            letter = write_letter(mail, self.sender)
        except UnfitMail as wrong:
            raise NotTaken(str(wrong), for_ever=True) from None
        try:
            with self._connect() as server:
                if self.scheme == "smtp+tls":
                    server.starttls(context=ssl.create_default_context())
                if self.user:
                    server.login(self.user, self.password)
                server.send_message(letter, from_addr=find_return_path(mail, self.sender))
        except smtplib.SMTPRecipientsRefused as refused:
            code, words = next(iter(refused.recipients.values()))
            # 5xx: this address will not be better tomorrow (RFC 5321, 4.2.1).
            raise NotTaken(f"{self.host} refused {mail.to}: {code} {words!r}", for_ever=code >= 500) from None
        except (smtplib.SMTPException, OSError) as trouble:
            raise NotTaken(f"{self.host}:{self.port}: {trouble}") from None

    def _connect(self) -> smtplib.SMTP:
        if self.scheme == "smtps":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self.host, self.port, timeout=SECONDS_TO_WAIT, context=context)
        return smtplib.SMTP(self.host, self.port, timeout=SECONDS_TO_WAIT)


def open_mailer(url: str, *, folder: Path, sender: str) -> Mailer:
    """The mailer that the setting names: a server, or `folder` where there is none. Raises UnfitServer."""
    if not url:
        return FolderMailer(folder, sender)
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise UnfitServer(
            "UPHELD_EMAIL_URL is smtp://, smtp+tls:// or smtps:// with a host, as in smtp://user:password@host:25"
        )
    return ServerMailer(
        scheme=parts.scheme,
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        sender=sender,
    )
