"""Mails as the mailers of the world write them, each with what a reader must find in it. From a seed, byte for byte."""

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from random import Random

from tests.gateways.reading.words import TONGUES, Tongue, choose_charset, encode_body, encode_words, write_sentence

LINE = b"\r\n"
PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg==")


@dataclass(slots=True)
class Sample:
    """A mail and its truth. `is_automatic`: a machine wrote it. `quoted` stands in the text and not in what is new."""

    kind: str
    raw: bytes = b""
    sender: str = ""
    name: str = ""
    subject: str = ""
    message_id: str = ""
    says: list[str] = field(default_factory=list)
    quoted: list[str] = field(default_factory=list)
    files: list[tuple[str, bytes]] = field(default_factory=list)
    is_automatic: bool = False
    bounces: tuple[str, ...] = ()


class Draft:
    """What the mailers share: a writer, a language, a head, and parts."""

    def __init__(self, kind: str, chance: Random) -> None:
        self.kind = kind
        self.chance = chance
        self.tongue: Tongue = chance.choice(TONGUES)
        self.name = chance.choice(self.tongue.names)
        local, domain = chance.choice(["anna", "bob", "ops", "x.y"]), chance.choice(["example.org", "mail.example.net"])
        self.sender = f"{local}{chance.randint(1, 99)}@{domain}"
        self.subject = write_sentence(chance, self.tongue, 2, 6)
        self.new = [write_sentence(chance, self.tongue) for _ in range(chance.randint(1, 3))]
        self.old = write_sentence(chance, self.tongue, 5, 9)
        self.charset = choose_charset(chance, self.tongue, f"{self.name}{self.subject}{self.new}{self.old}")
        self.message_id = f"{chance.randbytes(9).hex()}.{chance.randint(1, 9)}@{self.sender.partition('@')[2]}"
        self.sample = Sample(
            kind, b"", self.sender, self.name, " ".join(self.subject.split()), self.message_id, list(self.new)
        )

    def head(self, *more: str) -> list[str]:
        name = encode_words(self.chance, self.name, self.charset)
        quoted = f'"{name}"' if self.name.isascii() and self.chance.random() < 0.5 else name
        return [
            f"From: {quoted} <{self.sender}>",
            "To: Support <support@example.com>",
            f"Subject: {encode_words(self.chance, self.subject, self.charset)}",
            "Date: Tue, 3 Feb 2026 09:15:00 +0100",
            f"Message-ID: <{self.message_id}>",
            *more,
            "MIME-Version: 1.0",
        ]

    def finish(self, head: list[str], part: bytes) -> Sample:
        received = [
            "Return-Path: <" + self.sender + ">",
            "Received: from mx.example.org ([192.0.2.1])\r\n\tby mail.example.com; Tue, 3 Feb 2026 09:15:01 +0100",
        ]
        top = received if self.chance.random() < 0.7 else []
        self.sample.raw = LINE.join(line.encode("utf-8") for line in [*top, *head]) + LINE + part
        return self.sample

    def text(self, kind: str, text: str, *, more: str = "", charset: str = "") -> bytes:
        way, content = encode_body(self.chance, text, charset or self.charset)
        head = (
            f"Content-Type: text/{kind}; charset={charset or self.charset}{more}\r\nContent-Transfer-Encoding: {way}\r\n\r\n"
        )
        return head.encode() + content

    def file(self, name: str, kind: str, content: bytes, *, more: str = "", shown_name: str = "") -> bytes:
        coded = base64.encodebytes(content).replace(b"\n", LINE)
        self.sample.files.append((shown_name or name, content))
        head = (
            f'Content-Type: {kind}; name="{name}"\r\nContent-Transfer-Encoding: base64\r\n'
            f"{more or 'Content-Disposition: attachment; filename=' + chr(34) + name + chr(34)}\r\n\r\n"
        )
        return head.encode() + coded

    def multi(self, kind: str, *parts: bytes, more: str = "") -> bytes:
        boundary = f"--=_{self.chance.randbytes(8).hex()}"
        opened = f'Content-Type: multipart/{kind}; {more}boundary="{boundary}"\r\n\r\n'.encode()
        preamble = b"This is a multi-part message in MIME format.\r\n" if self.chance.random() < 0.5 else b""
        body = b"".join(b"--" + boundary.encode() + LINE + part + LINE for part in parts)
        return opened + preamble + body + b"--" + boundary.encode() + b"--" + LINE

    def quotation(self) -> str:
        """Below the new text: who wrote, and the old text behind `>`."""
        who = self.tongue.attribution.format(m=self.chance.randint(10, 59), who="Support", at="support@example.com")
        self.sample.quoted.append(self.old)
        return f"\n\n{who}\n\n> {self.old}\n> \n> {self.old}\n"

    def header_quotation(self) -> str:
        """As Outlook puts it."""
        first, second, third, fourth = self.tongue.heads
        self.sample.quoted.append(self.old)
        rule = self.chance.choice(["_" * 32 + "\n", "-----Original Message-----\n", ""])
        heads = f"{first}: Support <support@example.com>\n{second}: 3. 2. 2026 09:15\n{third}: {self.name}\n{fourth}: x"
        return f"\n\n{rule}{heads}\n\n{self.old}\n"

    def paragraphs(self) -> str:
        return "".join(f"<p class=MsoNormal>{escape(text)}</p>\r\n" for text in self.new)


def write_gmail(draft: Draft) -> Sample:
    plain = "\n".join(draft.new) + draft.quotation()
    html = "<br>".join(f'<div dir="ltr">{escape(text)}</div>' for text in draft.new)
    html += f'<div class="gmail_quote"><blockquote style="margin:0"><img src="https://track.example.net/x.gif">{escape(draft.old)}</blockquote></div>'
    return draft.finish(draft.head(), draft.multi("alternative", draft.text("plain", plain), draft.text("html", html)))


def write_outlook(draft: Draft) -> Sample:
    plain = "\n".join(draft.new) + draft.header_quotation()
    style = "<html><head><style>p{color:red}</style></head>"
    html = f'{style}<body>{draft.paragraphs()}<img src="cid:image001.png@01D"></body></html>'
    both = draft.multi("alternative", draft.text("plain", plain), draft.text("html", html))
    picture = draft.file(
        "image001.png", "image/png", PNG, more="Content-ID: <image001.png@01D>\r\nContent-Description: image001.png"
    )
    head = draft.head(
        "X-MS-Has-Attach: yes", "Thread-Topic: x", "X-MS-Exchange-Organization-SCL: 0", "Accept-Language: de-DE"
    )
    return draft.finish(head, draft.multi("related", both, picture, more='type="multipart/alternative"; '))


def write_apple(draft: Draft) -> Sample:
    first = draft.text("plain", "\n".join(draft.new) + "\n")
    picture = draft.file("IMG_0001.png", "image/png", PNG, more='Content-Disposition: inline; filename="IMG_0001.png"')
    last = draft.text("plain", "\n\nSent from my iPhone")
    return draft.finish(draft.head("X-Mailer: iPhone Mail (20A362)"), draft.multi("mixed", first, picture, last))


def write_flowed(draft: Draft) -> Sample:
    long = " ".join(draft.new)
    lines = [" ".join(long.split(" ")[at : at + 4]) for at in range(0, len(long.split(" ")), 4)]
    draft.sample.says = [long]
    return draft.finish(
        draft.head("User-Agent: Mozilla Thunderbird"),
        draft.text("plain", " \n".join(lines) + "\n\n-- \nme\n", more="; format=flowed"),
    )


def write_plain(draft: Draft) -> Sample:
    way = draft.text("plain", "\n".join(draft.new) + draft.quotation(), more="; reply-type=original")
    return draft.finish(draft.head("X-Mailer: The Bat! (v3.99)"), way)


def write_bare(draft: Draft) -> Sample:
    """No MIME at all, raw UTF-8 in the header, bare line feeds: scripts and old phones."""
    head = [f"From: {draft.name} <{draft.sender}>", f"Subject: {draft.subject}", f"Message-Id: <{draft.message_id}>"]
    draft.sample.raw = "\n".join([*head, "", *draft.new, ""]).encode()
    return draft.sample


def write_html_only(draft: Draft) -> Sample:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)><a href='javascript:alert(1)'>x</a>"
    return draft.finish(draft.head(), draft.text("html", f"<html><body>{draft.paragraphs()}{evil}</body></html>"))


def write_files(draft: Draft) -> Sample:
    """Names by RFC 2231, by RFC 2047, twice the same, and names that want to be paths."""
    named = f"{draft.new[0][:20].replace(' ', '_')}.txt"
    coded = "".join(f"%{byte:02X}" for byte in named.encode())
    content = draft.chance.randbytes(300)
    parts = [
        draft.text("plain", "\n".join(draft.new)),
        draft.file(
            "x",
            "text/x-log",
            content,
            more=f"Content-Disposition: attachment;\r\n filename*=UTF-8''{coded}",
            shown_name=named,
        ),
        draft.file("../../etc/passwd", "application/octet-stream", b"root", shown_name="passwd"),
        draft.file("C:\\\\temp\\\\CON.txt", "text/plain", b"con", shown_name="_CON.txt"),
        draft.file("twice.bin", "application/octet-stream", b"1"),
        draft.file("twice.bin", "application/octet-stream", b"2", shown_name="twice-2.bin"),
    ]
    return draft.finish(draft.head(), draft.multi("mixed", *parts))


def write_tnef(draft: Draft) -> Sample:
    winmail = draft.file("winmail.dat", "application/ms-tnef", b"\x78\x9f\x3e\x22" + draft.chance.randbytes(200))
    return draft.finish(
        draft.head("X-MS-TNEF-Correlator: <x>"), draft.multi("mixed", draft.text("plain", "\n".join(draft.new)), winmail)
    )


def write_signed(draft: Draft) -> Sample:
    seal = draft.file("smime.p7s", "application/pkcs7-signature", b"\x30\x82" + draft.chance.randbytes(500))
    inner = draft.multi("mixed", draft.text("plain", "\n".join(draft.new)))
    return draft.finish(
        draft.head(), draft.multi("signed", inner, seal, more='protocol="application/pkcs7-signature"; micalg=sha-256; ')
    )


def write_invitation(draft: Draft) -> Sample:
    event = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    way = base64.encodebytes(event).replace(b"\n", LINE)
    calendar = (
        b"Content-Type: text/calendar; charset=utf-8; method=REQUEST\r\nContent-Transfer-Encoding: base64\r\n\r\n" + way
    )
    draft.sample.files.append(("attachment-1.ics", event))
    parts = draft.text("plain", "\n".join(draft.new)), draft.text("html", draft.paragraphs()), calendar
    return draft.finish(draft.head(), draft.multi("alternative", *parts))


def write_forwarded(draft: Draft) -> Sample:
    inner = b"From: eve@example.net\r\nSubject: inner\r\nAuto-Submitted: auto-replied\r\n\r\nthe inner text\r\n"
    part = b"Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n" + inner
    draft.sample.files.append(("inner.eml", inner))
    return draft.finish(draft.head(), draft.multi("mixed", draft.text("plain", "\n".join(draft.new)), part))


def write_nested(draft: Draft) -> Sample:
    part = draft.text("plain", "\n".join(draft.new))
    for _ in range(draft.chance.randint(2, 15)):
        part = draft.multi(draft.chance.choice(["mixed", "alternative", "related"]), part)
    return draft.finish(draft.head(), part)


def write_vacation(draft: Draft) -> Sample:
    draft.subject = draft.sample.subject = draft.tongue.absence
    mark = draft.chance.choice(
        [
            "Auto-Submitted: auto-replied (vacation)",
            "Auto-Submitted: auto-generated",
            "X-Auto-Response-Suppress: All",
            "Precedence: auto_reply",
            "X-Autoreply: yes",
            "Precedence: bulk",
            "X-Mailer: vacation 1.2",
        ]
    )
    draft.sample.is_automatic = True
    return draft.finish(draft.head(mark), draft.text("plain", "\n".join(draft.new)))


def write_list(draft: Draft) -> Sample:
    draft.sample.is_automatic = True
    return draft.finish(
        draft.head("List-Id: <all.example.org>", "Precedence: list"), draft.text("plain", "\n".join(draft.new))
    )


def write_bounce(draft: Draft) -> Sample:
    """As Postfix, Exim and Exchange report: RFC 3464 with the header or the whole of what was ours."""
    ours = f"upheld.{draft.chance.randbytes(16).hex()}@example.com"
    draft.sender, draft.name = "mailer-daemon@mx.example.org", "Mail Delivery System"
    draft.sample.sender, draft.sample.name = draft.sender, draft.name
    status = (
        b"Reporting-MTA: dns; mx.example.org\r\n\r\nFinal-Recipient: rfc822; anna@example.org\r\nAction: failed\r\n"
        b"Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 no such user\r\n"
    )
    returned = f"From: support@example.com\r\nMessage-ID: <{ours}>\r\nSubject: hello\r\n\r\nold\r\n".encode()
    kind, name = draft.chance.choice([("message/rfc822", "hello.eml"), ("text/rfc822-headers", "attachment-2.txt")])
    draft.sample.files += [("attachment-1.txt", status), (name, returned)]
    head_of_status = b"Content-Type: message/delivery-status\r\n\r\n"
    parts = (
        draft.text("plain", "\n".join(draft.new)),
        head_of_status + status,
        f"Content-Type: {kind}\r\n\r\n".encode() + returned,
    )
    draft.sample.is_automatic, draft.sample.bounces = True, (ours,)
    head = draft.head("Auto-Submitted: auto-replied")
    return draft.finish(head, draft.multi("report", *parts, more="report-type=delivery-status; "))


MAILERS: tuple[Callable[[Draft], Sample], ...] = (
    write_gmail,
    write_outlook,
    write_apple,
    write_flowed,
    write_plain,
    write_bare,
    write_html_only,
    write_files,
    write_tnef,
    write_signed,
    write_invitation,
    write_forwarded,
    write_nested,
    write_vacation,
    write_list,
    write_bounce,
)


def write_sample(chance: Random) -> Sample:
    """One mail of any mailer."""
    mailer = chance.choice(MAILERS)
    return mailer(Draft(mailer.__name__.removeprefix("write_"), chance))
