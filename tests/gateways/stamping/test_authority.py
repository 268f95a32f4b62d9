"""A stamp is believed only when it is over what we sent, fresh, and from the authority that was chosen; openssl agrees."""

from pathlib import Path

import pytest

from tests.gateways.stamping.tsa import Tsa, make_tsa, open_tsa, openssl
from upheld.core.timeline import MINUTE, Instant
from upheld.gateways.clock import now_us
from upheld.gateways.probe import read_networks
from upheld.gateways.stamping import FakeStamper, NotStamped, Stamper, UnusableAuthority, authority, open_authority

HEAD = b"upheld.example/~heads\n1\n"
LOOPBACK = read_networks(("127.0.0.0/8",))


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    with open_tsa(tmp_path_factory.mktemp("tsa")) as tsa:
        yield tsa


@pytest.fixture
def tsa(opened):
    opened.status, opened.says = 200, None
    return opened


def ask(tsa: Tsa, root: Path | None = None) -> Stamper:
    return open_authority(tsa.url, root or tsa.root, LOOPBACK)


@pytest.mark.parametrize("kind", ["real", "fake"])
def test_states_the_time(tsa, kind):
    """Now, over the content that it was given."""
    now = Instant(now_us())
    stamper = ask(tsa) if kind == "real" else FakeStamper(now)

    stamped = stamper.stamp(HEAD)

    assert now.before(MINUTE) < stamped.at < now + MINUTE
    assert stamped.token


@pytest.mark.parametrize("kind", ["real", "fake"])
def test_says_why_there_is_none(tsa, kind):
    """A refusal is a sentence that names who refused."""
    tsa.status = 503
    stamper = ask(tsa) if kind == "real" else FakeStamper(Instant(0), "127.0.0.1 answered 503")

    with pytest.raises(NotStamped, match=r"127\.0\.0\.1.* answered 503"):
        stamper.stamp(HEAD)


def test_is_one_that_openssl_verifies(tsa, tmp_path):
    """Whoever holds head and stamp needs no code of ours."""
    (tmp_path / "head.txt").write_bytes(HEAD)
    (tmp_path / "head.tsr").write_bytes(ask(tsa).stamp(HEAD).token)

    said = openssl(tmp_path, "ts", "-verify", "-data", "head.txt", "-in", "head.tsr", "-CAfile", str(tsa.root))

    assert "Verification: OK" in said


def test_of_something_else_is_refused(tsa):
    """An answer that was given to somebody before: over another content, and with another number used once."""
    tsa.says = ask(tsa).stamp(b"another").token

    with pytest.raises(NotStamped, match="does not verify"):
        ask(tsa).stamp(HEAD)


def test_of_somebody_else_is_refused(tsa, tmp_path):
    """Another root, whatever it is called."""
    other = make_tsa(tmp_path / "other")

    with pytest.raises(NotStamped, match="does not verify"):
        ask(tsa, other.root).stamp(HEAD)


@pytest.mark.parametrize("says", [b"", b"<html>", b"\x30\x03\x02\x01\x00", b"\x30\x82"])
def test_of_no_form_is_refused(tsa, says):
    """Words, nothing, half an answer."""
    tsa.says = says

    with pytest.raises(NotStamped, match="does not verify"):
        ask(tsa).stamp(HEAD)


class TestOpenAuthority:
    def test_needs_the_extra(self, tsa, monkeypatch):
        """It says what to install."""

        def refuse(name: str) -> None:
            raise ImportError(name)

        monkeypatch.setattr(authority, "import_module", refuse)

        with pytest.raises(UnusableAuthority, match=r"upheld\[stamps\]"):
            ask(tsa)

    def test_needs_roots(self, tsa, tmp_path):
        """A stamp that nobody can verify would be none."""
        (tmp_path / "empty.pem").write_text("")
        for roots in (None, tmp_path / "missing.pem", tmp_path / "empty.pem"):
            with pytest.raises(UnusableAuthority, match="UPHELD_TSA_ROOTS"):
                open_authority(tsa.url, roots, LOOPBACK)
