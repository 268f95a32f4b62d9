"""Names as they stand in addresses and keys: small letters, digits and hyphens."""

import re
import unicodedata

LONGEST = 90


def make_slug(text: str) -> str:
    """
    The text as a slug; `x` for one that has no letter or digit that could stay.

    >>> make_slug("Acorn Legal, 127.0.0.1:80")
    'acorn-legal-127-0-0-1-80'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-") or "x"
