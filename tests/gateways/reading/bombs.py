"""Mails that were made to harm who reads them. Each takes a weight, from 1 (light) to 100 (all that fits)."""

from collections.abc import Callable

HTML = b"Content-Type: text/html\r\n\r\n"
BLOB = b"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: "


def nest_types(weight: int) -> bytes:
    return b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(weight * 30))


BOMBS: dict[str, Callable[[int], bytes]] = {
    "many parts": lambda weight: (
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * (weight * 1_000)
    ),
    "deep parts": nest_types,
    "delimiters with long ends": lambda weight: (
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + (b"--b" + b" " * 1_000 + b"x\n") * (weight * 200)
    ),
    "many recipients": lambda weight: b"To: " + b"a@b.example, " * (weight * 200) + b"\r\n\r\nx",
    "many words": lambda weight: b"Subject: " + b"=?utf-8?q?a?= " * (weight * 200) + b"\r\n\r\nx",
    "one long word": lambda weight: b"Subject: =?utf-8?q?" + b"=41" * (weight * 5_000) + b"?=\r\n\r\nx",
    "many fields": lambda weight: b"X-A: b\r\n" * (weight * 2_000) + b"\r\nx",
    "one long field": lambda weight: b"X-A: " + b"b" * (weight * 100_000) + b"\r\n\r\nx",
    "one folded field": lambda weight: b"Subject: a\r\n" + b" b\r\n" * (weight * 2_000) + b"\r\nx",
    "many ids": lambda weight: b"References: " + b"<a@b> " * (weight * 200) + b"\r\n\r\nx",
    "many parameters": lambda weight: b"Content-Type: text/plain; " + b"a*0*=b; " * (weight * 60) + b"\r\n\r\nx",
    "spaces in an address": lambda weight: b"To: a" + b" " * (weight * 300) + b"b@c.example\r\n\r\nx",
    "spaces in a type": lambda weight: (
        b"Content-Type: a/b; c" + b" ;" * (weight * 80) + b" " * (weight * 100) + b"\r\n\r\nx"
    ),
    "comments": lambda weight: b"To: " + b"(" * (weight * 300) + b"\r\n\r\nx",
    "results": lambda weight: b"Authentication-Results: mx.example.com; " + b'("' * (weight * 200) + b"\r\n\r\nx",
    "deep elements": lambda weight: HTML + b"<div>" * (weight * 2_000),
    "deep tables": lambda weight: HTML + b"<table><tr><td>" * (weight * 300),
    "formats over paragraphs": lambda weight: (
        HTML + b"".join(b"<font size=%d>" % n for n in range(149)) + b"<p>x" * (weight * 1_000)
    ),
    "bold over paragraphs": lambda weight: HTML + b"<b><i>" * 70 + b"<p>" * (weight * 1_500),
    "many attributes": lambda weight: HTML + b"<a " + b"b=c " * (weight * 1_200) + b">",
    "many brackets": lambda weight: HTML + b"<" * (weight * 4_900),
    "many entities": lambda weight: HTML + b"&amp" * (weight * 1_200),
    "comments in html": lambda weight: HTML + b"<!--" * (weight * 1_200),
    "many quotes": lambda weight: b"\r\n" + b"> \n" * (weight * 3_000),
    "many attributions": lambda weight: b"\r\n" + b": 1@ wrote " * (weight * 800) + b"\n> x",
    "many heads": lambda weight: b"\r\n" + b"From: a\nTo: b\n" * (weight * 700),
    "many lines": lambda weight: b"\r\n" * (weight * 140_000),
    "letters of no set": lambda weight: b"\r\n" + b"\xff\xfe a" * (weight * 70_000),
    "utf-7": lambda weight: b"Content-Type: text/plain; charset=utf-7\r\n\r\n" + b"+AAA-" * (weight * 6_000),
    "large file": lambda weight: BLOB + b"base64\r\n\r\n" + b"QUJD" * (weight * 70_000),
    "large quoted file": lambda weight: BLOB + b"quoted-printable\r\n\r\n" + b"=41" * (weight * 90_000),
    "large uu": lambda weight: (
        BLOB + b"x-uuencode\r\n\r\nbegin 644 a\n" + b"M" + b"`" * 60 + b"\n" + b"!!\n" * (weight * 90_000)
    ),
    "flowed": lambda weight: b"Content-Type: text/plain; format=flowed\r\n\r\n" + b"a \n" * (weight * 3_000),
    "zeros": lambda weight: b"\0" * (weight * 290_000),
}
