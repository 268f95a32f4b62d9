"""
A month's end in the system's Chromium, as provider and as customer: an outage is seen and reported, claimed with its
evidence, granted, becomes a credit and leaves the invoice smaller; the statement's bundle is verified without us.

Every page on the way is looked at by axe, in light and in dark.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.desk_stage import PASSWORD, START
from tests.journeys.fast_forward import FakeProber
from tests.journeys.month_stage import AGREEMENT, SERVICE
from tests.journeys.stage import Stage
from tests.journeys.windows import Window, plain
from upheld.core.timeline import HOUR, MINUTE
from upheld.gateways.samples import Spool

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FAULT = START + HOUR
MENDED = FAULT + HOUR * 4 + MINUTE * 30
SEPTEMBER = "1 Sep 2026 to 30 Sep 2026"
LINES = (
    "GBP 250.00: management of a server", "GBP −1.56: credit prorated", "GBP 248.44 without tax", "GBP 49.69 of tax",
)  # fmt: skip
DETAILS = {
    "d-what was missed": "The month's availability", "d-reason for negligence": "Nobody looked for four hours",
    "d-request for credit": "We ask for the credit",
}  # fmt: skip


@pytest.fixture(scope="module")
def stage(tmp_path_factory) -> Iterator[Stage]:
    """The month, with what its prober saw up to now."""
    with Stage(tmp_path_factory.mktemp("month"), "month_stage") as running:
        yield running


@pytest.fixture(scope="module")
def prober(stage) -> FakeProber:
    return FakeProber(Spool(stage.home / "spool"), SERVICE)


@pytest.fixture(scope="module")
def mara(window) -> Window:
    """The provider's administrator."""
    opened: Window = window("mara")
    return opened


@pytest.fixture(scope="module")
def nell(window) -> Window:
    """The customer's manager, on a telephone."""
    opened: Window = window("nell", width=390)
    return opened


class TestMonthEnd:
    """In this order, from the outage to the verified bundle."""

    def test_1_an_outage_is_seen_and_reported(self, stage, prober, mara, nell):
        """The server is looked after and goes down at ten: both sides see it, and the customer reports it by ticket."""
        mara.go("/looked-after").send("Record it", resource="web-1")
        assert "web-1" in mara.read()
        assert [] == mara.find_faults()
        prober.watch(START, FAULT)
        prober.watch(FAULT, FAULT + HOUR, "bad")
        stage.pass_time(hours=2, minutes=5)

        stage.wait_until(lambda: "O-1" in mara.go("/outages").read(), "the outage is told")
        nell.go(f"/portal/report/{AGREEMENT}/any").send("Send the report", subject="Nothing opens", text="Since ten")
        assert "/portal/tickets/T-1" == nell.place
        assert [] == mara.find_faults() + nell.find_faults()

    def test_2_it_ends_and_is_claimed(self, stage, prober, mara, nell):
        """Four and a half hours of 720 at GBP 250.00 a month; each condition is shown before and after the claim."""
        prober.watch(FAULT + HOUR, MENDED, "bad")
        prober.watch(MENDED, MENDED + HOUR)
        stage.pass_time(hours=4, minutes=30)
        stage.wait_until(lambda: "4 h 30 min" in mara.go("/outages").read(), "the outage is over")

        nell.go("/portal/claims").click("may be claimed")
        assert "3 of 6 conditions met" in nell.section("outage")
        assert "Still to give: reason for negligence." in nell.section("conditions")
        assert [] == nell.find_faults()
        nell.send("File the claim", **DETAILS, ticket="T-1")

        assert "C-1 meets every condition; it waits for our decision" == nell.heading
        assert "GBP 1.56" in nell.section("amount")
        assert [] == nell.find_faults()

    def test_3_it_is_granted(self, stage, mara, nell):
        """A person decides, with a reason that the customer reads; the credit stands at once."""
        mara.go("/claims/C-1")
        assert "C-1 meets every condition; the decision is yours" == mara.heading
        mara.send("Decide", decision="granted", because="The watch was asleep")
        assert "Your password, once more" == mara.heading
        assert [] == mara.find_faults()
        mara.send("Go on", password_again=PASSWORD)

        assert "C-1 is granted" == mara.heading
        assert "GBP 1.56, September 2026" in mara.section("credits")
        assert "C-1 was granted" == nell.go("/portal/claims/C-1").heading
        assert "The watch was asleep" in nell.section("decided")
        assert "The watch was asleep" in stage.wait_for_mail("nell@example.org", "C-1")
        assert [] == mara.find_faults() + nell.find_faults()

    def test_4_the_month_is_invoiced_less_the_credit(self, stage, mara, nell):
        """After the month its draft is there: 250.00 less 1.56, and 20 % of the rest; issued once, read alike by both."""
        stage.pass_time(days=24)
        stage.wait_until(lambda: SEPTEMBER in mara.go("/invoices").section("drafts"), "September is drawn up")
        assert f"{SEPTEMBER}: GBP 298.13" in mara.section("drafts")
        assert "CR-1: taken off by whichever draft of the customer is issued first" in mara.section("drafts")
        assert [] == mara.find_faults()
        mara.click(SEPTEMBER)
        assert [] == [words for words in LINES if words not in mara.read()]
        assert [] == mara.find_faults()
        mara.send("Issue it over GBP 298.13").send("Go on", password_again=PASSWORD)

        assert "INV-2026-0001: GBP 298.13, open" == mara.heading
        assert [] == mara.find_faults()
        assert SEPTEMBER not in mara.go("/invoices").section("drafts")
        assert "Applied" in mara.go("/credits/CR-1").section("credit")
        nell.go("/portal/invoices")
        assert "GBP 298.13 is due" == nell.heading
        nell.click("INV-2026-0001")
        assert [] == [words for words in LINES if words not in nell.read()]
        assert [] == nell.find_faults()

    def test_5_the_statement_is_verified_without_us(self, nell, stage, tmp_path):
        """By the customer, on a bare Python, with the key that everybody sees; one changed byte is found."""
        nell.go("/portal/statements").click("September 2026")
        assert "availability was missed" in nell.heading
        assert "GBP 1.56 is credited" in nell.heading
        assert [] == nell.find_faults()
        bundle, verifier = (download(nell, words, tmp_path) for words in ("Download the bundle", "The verifier"))
        nell.go("/status/")
        key = plain(nell.page.inner_text("section:has(#keys) .mono"))

        assert 0 == verify(verifier, bundle, key)
        content = bytearray(bundle.read_bytes())
        content[len(content) // 2] ^= 1
        bundle.write_bytes(content)
        assert 0 != verify(verifier, bundle, key)


def download(window: Window, words: str, folder: Path) -> Path:
    with window.page.expect_download() as downloading:
        window.page.locator("main a", has_text=words).first.click()
    path = folder / str(downloading.value.suggested_filename)
    downloading.value.save_as(path)
    return path


def verify(verifier: Path, bundle: Path, key: str) -> int:
    command = [sys.executable, "-I", "-S", str(verifier), str(bundle), "--key", key]
    return subprocess.run(command, capture_output=True, timeout=60).returncode
