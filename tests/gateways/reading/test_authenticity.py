"""Only what our own mail server wrote on top makes a sender verified (RFC 8601)."""

import pytest

from upheld.gateways.reading import Ours, Standing
from upheld.gateways.reading.parsing import parse_mail

OURS = Ours("mx.example.com", ("example.com",))
PASS = "Authentication-Results: mx.example.com; dmarc=pass header.from=example.org"
FROM = "From: Anna <anna@example.org>"


def judge(*lines: str, ours: Ours = OURS):
    return parse_mail("\n".join([*lines, "Subject: x", "", "y"]).encode(), ours)


@pytest.mark.parametrize(
    "result",
    [
        PASS,
        PASS.replace("mx.example.com", "MX.Example.COM 1"),
        PASS.replace("dmarc=pass", "dmarc=pass (p=reject dis=none)"),
        "Authentication-Results: mx.example.com;\n\tdkim=fail header.d=x.example;\n\tdmarc=pass header.from=EXAMPLE.org",
        "Authentication-Results: mx.example.com; dkim=pass header.d=example.org header.s=k1",
        'Authentication-Results: mx.example.com; dkim=pass header.d="example.org"; dmarc=none',
    ],
)
def test_a_result_of_ours_verifies(result):
    """DMARC, or a DKIM signature of the very domain of From; however the server breaks its lines and writes remarks."""
    assert Standing.VERIFIED is judge("Received: by mx", result, "Received: from outside", FROM).authenticity.standing


@pytest.mark.parametrize(
    "lines",
    [
        [FROM],
        ["Authentication-Results: mx.example.org; dmarc=pass header.from=example.org", FROM],
        ["Authentication-Results: mx.example.com.evil; dmarc=pass header.from=example.org", FROM],
        ["Authentication-Results: other.example; none", PASS, FROM],
        ["Authentication-Results: mx.example.com; none", PASS, FROM],
        ["Authentication-Results: mx.example.com; spf=pass smtp.mailfrom=example.org", FROM],
        ["Authentication-Results: mx.example.com; dkim=pass header.d=evil.example", FROM],
        ["Authentication-Results: mx.example.com; dkim=pass header.d=mail.example.org", FROM],
        ["Authentication-Results: mx.example.com; dmarc=pass header.from=evil.example", FROM],
        ["Authentication-Results: mx.example.com; dmarc=pass", FROM],
        ["Authentication-Results: mx.example.com; spf=fail (dmarc=pass header.from=example.org)", FROM],
        ["Authentication-Results: mx.example.com; spf=fail (; dmarc=pass header.from=example.org)", FROM],
        ['Authentication-Results: mx.example.com; spf=fail smtp.mailfrom="x; dmarc=pass header.from=example.org"', FROM],
        ["Authentication-Results: mx.example.com; spf=fail smtp.mailfrom=a dmarc=pass header.from=example.org", FROM],
        ["Authentication-Results: (mx.example.com;) evil.example; dmarc=pass header.from=example.org", FROM],
        ["X-Authentication-Results: mx.example.com; dmarc=pass header.from=example.org", FROM],
        ["ARC-Authentication-Results: i=1; mx.example.com; dmarc=pass header.from=example.org", FROM],
        [PASS, FROM, "From: eve@evil.example"],
        [PASS, "From: anna@example.org, eve@evil.example"],
        [PASS, "From: =?utf-8?q?anna=40example=2Eorg?= <eve@evil.example>"],
        [PASS, 'From: "anna@example.org" <eve@evil.example>'],
        [PASS, 'From: "anna@example.org <anna@example.org>" <eve@evil.example>'],
        [PASS, "From: anna@example.org.evil.example"],
        [PASS, "Sender: anna@example.org"],
        [PASS, "From: nobody", "Sender: anna@example.org"],
        [PASS, "From: anna@example.org (\n ) <eve@evil.example>"],
    ],
)
def test_nothing_else_does(lines):
    """Foreign servers, results further down, remarks and quotations that look like results, addresses that are names."""
    assert Standing.VERIFIED is not judge(*lines).authenticity.standing


def test_a_failure_is_told():
    """The domain disowns the mail: whoever answers would answer somebody else."""
    told = judge(PASS.replace("dmarc=pass", "dmarc=fail"), FROM).authenticity

    assert (Standing.FAILED, "dmarc=fail for example.org") == (told.standing, told.because)


def test_without_our_name_nobody_is_verified():
    """Where no name of our mail server is set, a header that came along is nothing but text."""
    told = judge(PASS, FROM, ours=Ours())

    assert (Standing.UNVERIFIED, True) == (
        told.authenticity.standing,
        "no name of our mail server" in told.authenticity.because,
    )


def test_a_forged_one_further_down_is_named():
    """The topmost counts; the other is dropped, and a doubt says so."""
    mail = judge(PASS, "Received: from outside", PASS, FROM)

    assert (Standing.VERIFIED, ["forged" in doubt for doubt in mail.doubts]) == (mail.authenticity.standing, [True])


def test_a_domain_in_letters_is_the_one_of_the_network():
    """bücher.example and xn--bcher-kva.example are one domain."""
    told = judge(
        "Authentication-Results: mx.example.com; dmarc=pass header.from=xn--bcher-kva.example", "From: a@bücher.example"
    )

    assert Standing.VERIFIED is told.authenticity.standing
