"""Bytes as text that has one spelling: standard base64 with padding (RFC 4648 section 4), read strictly."""

import base64


class NotBase64(ValueError):
    """Text that is not the standard base64 of any bytes, or is a second spelling of some."""


def write_base64(data: bytes) -> str:
    """Standard base64 with padding (RFC 4648 section 4)."""
    return base64.b64encode(data).decode("ascii")


def parse_base64(text: str) -> bytes:
    """The bytes whose standard base64 is exactly `text`; raises NotBase64 for any second spelling of them."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError as wrong:
        raise NotBase64(f"expected base64 (RFC 4648 section 4), came {text[:80]!r}: {wrong}") from None
    if write_base64(data) != text:
        raise NotBase64(f"expected base64 with zero bits at its end, came {text[:80]!r}")
    return data
