"""What a watch can fill in by itself, and what it must ask for."""

from pathlib import Path

import pytest

from upheld.core.terms.document import Document
from upheld.core.timeline import Instant
from upheld.interfaces.cli.parameters import NOBODY, fill_parameters
from upheld.interfaces.cli.slugs import make_slug
from upheld.language import check

NOON = Instant.parse("2026-02-14T12:00Z")


@pytest.fixture(scope="module")
def document():
    found = check(Path("agreements/teamplify.md").read_text(), as_of=NOON).document
    assert found is not None
    return found


def test_takes_the_currency_of_the_price(document):
    """The price says in which currency the agreement is."""
    filled = fill_parameters(document, {}, price="USD 100.00", contact="ops@acorn.example", every_seconds=1)

    assert ("USD", "USD 100.00", "1 second", ()) == (
        filled.values["currency"], filled.values["monthly-price"], filled.values["sample-every"], filled.remarks
    )  # fmt: skip


def test_gives_way_to_what_was_said(document):
    """A value by name wins over everything that would be filled in."""
    filled = fill_parameters(document, {"measured-by": "CloudWatch"}, price=None, contact=None, every_seconds=5)

    assert "CloudWatch" == filled.values["measured-by"]
    assert NOBODY == filled.values["main-person"]
    assert 2 == len(filled.remarks)


def test_asks_for_what_it_cannot_know():
    """A number that only the parties know is asked for by the option that sets it; an optional one is not."""
    asked = Document({"parameters": {"seats": {"kind": "number"}, "team": {"kind": "text", "optional": True}}})

    filled = fill_parameters(asked, {}, price=None, contact=None, every_seconds=5)

    assert ({}, ("--set seats=... (number)",)) == (filled.values, filled.missing)


@pytest.mark.parametrize(
    ("text", "slug"),
    [("Acorn Legal, 127.0.0.1:80", "acorn-legal-127-0-0-1-80"), ("Čedok – Žižkov", "cedok-zizkov"), ("株式会社", "x")],
)
def test_makes_a_slug(text, slug):
    """Letters that have a plain form keep it; what has none is left out; nothing is never the answer."""
    assert slug == make_slug(text)
