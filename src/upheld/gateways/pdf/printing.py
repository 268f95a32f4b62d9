"""Prints statements and agreements as PDF with typst: fixed date, the fonts of typst itself, nothing of the machine."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

from upheld.core.timeline import Instant
from upheld.gateways.pdf.layout import Particulars, lay_out

SHEET = Path(__file__).with_name("statement.typ")
AGREEMENT_SHEET = Path(__file__).with_name("agreement.typ")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class NotPrinted(RuntimeError):
    """The document could not be set; the words say which part, and that nothing else was changed."""


def print_statement(written: Mapping[str, Any], particulars: Particulars) -> bytes:
    """
    The PDF of a statement's JSON, as `core.statement` writes it: A4, every reason open, the digest at the foot.

    The document's date is the statement's own `as_of`; no clock, no network and no font of the machine takes part.
    """
    made = datetime.fromtimestamp(Instant.parse(written["as_of"]).micros // 1_000_000, tz=UTC)
    what = f"statement {written['statement']}"
    return set_sheet(SHEET, lay_out(written, particulars), made, what)


def print_agreement(content: Mapping[str, Any]) -> bytes:
    """
    The PDF of an agreement, from the same parts as its page: the same text gives the same bytes.

    A text has no instant of its own, so the file is dated by the epoch.
    """
    return set_sheet(AGREEMENT_SHEET, content, EPOCH, f"the agreement {content['agreement_title']}")


def set_sheet(sheet: Path, content: Mapping[str, Any], made: datetime, what: str) -> bytes:
    written = json.dumps(content, ensure_ascii=False, sort_keys=True)
    try:
        printed = typst.compile(
            sheet.read_bytes(), format="pdf", ignore_system_fonts=True, sys_inputs={"content": written}, timestamp=made
        )
    except RuntimeError as problem:
        raise NotPrinted(f"{what} could not be printed, it stands unchanged: {problem}") from problem
    if not isinstance(printed, bytes):
        raise NotPrinted(f"{what} came out as {type(printed).__name__}, not as one document")
    return printed
