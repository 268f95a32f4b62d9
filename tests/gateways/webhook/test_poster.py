"""Posting: to vetted addresses alone, with a deadline for all of it, once."""

import time
from dataclasses import replace

import pytest

from tests.gateways.webhook.receiver import open_receiver
from upheld.core.timeline import Instant
from upheld.gateways.probe import read_networks
from upheld.gateways.webhook import AddressPoster, FakePoster, NotTaken, Webhook, open_poster, sign_webhook

SECRET = b"a secret of twenty-four b"
NOON = Instant.parse("2026-02-14T12:00Z")
LOOPBACK = read_networks(("127.0.0.0/8", "::1/128"))


@pytest.fixture(scope="module")
def opened():
    with open_receiver() as receiver:
        yield receiver


@pytest.fixture
def receiver(opened):
    opened.posts.clear()
    opened.status, opened.location, opened.drips = 204, "", False
    return opened


@pytest.fixture
def webhook(receiver):
    return Webhook(url=f"http://localhost:{receiver.port}/hook?from=us", body='{"type":"outage.opened"}', key="o:1", at=NOON)


@pytest.fixture
def poster():
    return AddressPoster(SECRET, LOOPBACK, seconds=2)


class TestPost:
    def test_brings_the_body_with_its_signature(self, poster, receiver, webhook):
        """The receiver gets the very letters that were signed."""
        poster.post(webhook)

        [(headers, body)] = receiver.posts
        assert (webhook.body.encode(), "application/json") == (body, headers["content-type"])
        for name, value in sign_webhook(SECRET, webhook).items():
            assert value == headers[name]

    def test_refuses_a_network_that_is_not_ours_to_reach(self, receiver, webhook):
        """Without an allowance, loopback is closed: nothing arrives, and the sentence says why."""
        with pytest.raises(NotTaken, match="loopback"):
            AddressPoster(SECRET).post(webhook)

        assert [] == receiver.posts

    @pytest.mark.parametrize("host", ["127.1", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "0"])
    def test_refuses_it_under_every_name(self, receiver, webhook, host):
        """The connected address is vetted, not how it was written."""
        with pytest.raises(NotTaken):
            AddressPoster(SECRET).post(replace(webhook, url=f"http://{host}:{receiver.port}/"))

        assert [] == receiver.posts

    def test_follows_no_redirect(self, poster, receiver, webhook):
        """A receiver that points elsewhere is told of in the error, and nothing is posted there."""
        receiver.status, receiver.location = 307, f"http://127.0.0.1:{receiver.port}/elsewhere"

        with pytest.raises(NotTaken, match="answered 307"):
            poster.post(webhook)

        assert len(receiver.posts) == 1

    @pytest.mark.parametrize(("status", "for_ever"), [(500, False), (404, False), (410, True)])
    def test_tells_a_refusal_from_a_farewell(self, poster, receiver, webhook, status, for_ever):
        """410 means: never again (Standard Webhooks); all else may be better later."""
        receiver.status = status

        with pytest.raises(NotTaken, match=f"answered {status}") as refusal:
            poster.post(webhook)

        assert for_ever == refusal.value.for_ever

    def test_waits_no_longer_than_its_deadline(self, receiver, webhook):
        """A receiver that drips header after header would hold a worker for hours."""
        receiver.drips = True
        started = time.monotonic()

        with pytest.raises(NotTaken, match="no whole answer within"):
            AddressPoster(SECRET, LOOPBACK, seconds=0.5).post(webhook)

        assert time.monotonic() - started < 3

    def test_says_when_nobody_listens(self, poster, webhook):
        """The address is in the sentence."""
        with pytest.raises(NotTaken, match=r"localhost:1: .*127\.0\.0\.1"):
            poster.post(replace(webhook, url="http://localhost:1/"))

    def test_refuses_a_url_that_is_none(self, poster, webhook):
        """Trying again would not help."""
        with pytest.raises(NotTaken) as refusal:
            poster.post(replace(webhook, url="ftp://localhost/"))

        assert refusal.value.for_ever


def test_the_installation_keeps_its_own_secret(tmp_path, receiver, webhook):
    """Without a setting, a secret is made once: two starts sign alike."""
    for _ in range(2):
        open_poster("", keys=tmp_path, networks=("127.0.0.0/8", "::1/128")).post(webhook)

    first, second = (headers["webhook-signature"] for headers, _ in receiver.posts)
    assert first == second
    assert (tmp_path / "webhook.key").stat().st_mode & 0o077 == 0


def test_the_fake_keeps_what_it_takes(webhook):
    """And refuses as it was told."""
    fake = FakePoster()
    fake.post(webhook)
    fake.refuses = "away"

    with pytest.raises(NotTaken, match="away"):
        fake.post(webhook)

    assert [webhook] == fake.taken
