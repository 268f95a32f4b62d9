"""`upheld invoices`: a draft is listed, issued, printed, exported and paid from a bank's file, by commands alone."""

import subprocess
import sys

import pytest

from tests.anomalies.own import own_installation
from tests.interfaces.cli.command import ROOT, do, upheld

MAKE = """
import django; django.setup()
from tests.apps.billed import look_after, sign
from upheld.core.timeline import DAY, HOUR, Instant
from upheld.gateways.clock import now_us
signed = Instant(now_us()).floored(DAY).before(DAY * 40) + HOUR * 12
look_after(sign(signed_at=signed), 1, signed)
print((signed.utc()).strftime("%Y-%m"))
"""
KEY = "harbour-hosting"


@pytest.fixture
def installation(tmp_path):
    with own_installation(tmp_path / "home") as environment:
        yield {**environment, "DJANGO_SETTINGS_MODULE": "upheld.project.settings"}


@pytest.mark.slow
def test_from_a_draft_to_a_paid_invoice(installation, tmp_path):
    """The month of the signature is over: it is listed as a draft, issued, on paper, in both exports, and paid once."""
    made = subprocess.run(
        [sys.executable, "-c", MAKE], cwd=ROOT, env=installation, capture_output=True, text=True, timeout=120, check=True
    )
    period = made.stdout.strip().splitlines()[-1]
    listed = do(installation, "invoices", "list")
    issued = do(installation, "invoices", "issue", KEY, "--period", period)
    number = issued.split()[0]
    bank, paper = tmp_path / "bank.csv", tmp_path / "paper.pdf"
    day = period + "-28"
    bank.write_text(f"date,amount,currency,reference\n{day},540.00,GBP,{number}\n")
    do(installation, "invoices", "paper", number, paper)

    seen = do(installation, "invoices", "pay", bank)
    paid = do(installation, "invoices", "pay", bank, "--record")
    again = do(installation, "invoices", "pay", bank, "--record")

    assert f"draft  {KEY}" in listed
    assert "is issued over GBP 540.00" in issued
    assert paper.read_bytes().startswith(b"%PDF-")
    assert ("line 2  matched", "line 2  matched", "line 2  duplicate") == tuple(
        said.partition(":")[0] for said in (seen, paid, again)
    )
    assert f"{number},invoice" in do(installation, "invoices", "export", "csv")
    assert "  Assets:Bank:Payments  540.00 GBP" in do(installation, "invoices", "export", "beancount")
    second = upheld(installation, "invoices", "issue", KEY, "--period", period)
    assert second.code != 0
    assert f"{number} is the invoice of" in second.err
