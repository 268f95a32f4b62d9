"""Prints a statement as PDF with typst: fixed date, the fonts that typst itself brings, nothing from the machine."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

from upheld.core.timeline import Instant
from upheld.gateways.pdf.layout import Particulars, lay_out

SHEET = Path(__file__).with_name("statement.typ")


class NotPrinted(RuntimeError):
    """The statement could not be set; the words say which part, and that nothing else was changed."""


def print_statement(written: Mapping[str, Any], particulars: Particulars) -> bytes:
    """
    The PDF of a statement's JSON, as `core.statement` writes it: A4, every reason open, the digest at the foot.

    The document's date is the statement's own `as_of`; no clock, no network and no font of the machine takes part.
    """
    content = json.dumps(lay_out(written, particulars), ensure_ascii=False, sort_keys=True)
    made = datetime.fromtimestamp(Instant.parse(written["as_of"]).micros // 1_000_000, tz=UTC)
    try:
        printed = typst.compile(
            SHEET.read_bytes(),
            format="pdf",
            ignore_system_fonts=True,
            sys_inputs={"content": content},
            timestamp=made,
        )
    except RuntimeError as problem:
        raise NotPrinted(
            f"statement {written['statement']} could not be printed, it stands unchanged: {problem}"
        ) from problem
    if not isinstance(printed, bytes):
        raise NotPrinted(f"statement {written['statement']} came out as {type(printed).__name__}, not as one document")
    return printed
