"""What holds for whatever carries a text, the fake among them: handed over for good, or refused with the reason."""

import json
from urllib.parse import parse_qs

import pytest

from tests.gateways.texts.taker import open_taker
from upheld.core.timeline import Instant
from upheld.gateways.apprise import open_apprise
from upheld.gateways.chat import SlackTexter
from upheld.gateways.phone import open_phone
from upheld.gateways.probe import read_networks
from upheld.gateways.sms import open_sms
from upheld.gateways.telegram import open_bot
from upheld.gateways.texts import FakeTexter, NotTaken, Text, Wire

NOON = Instant.parse("2026-02-14T12:00Z")
OPEN = Wire(read_networks(("127.0.0.0/8",)), seconds=3)
TOKEN = "12345:secret-of-the-bot"
SAID = "The shop is down & <nobody> looks: {to} ünï"


@pytest.fixture(scope="module")
def opened():
    with open_taker() as taker:
        yield taker


@pytest.fixture
def taker(opened):
    opened.posts.clear()
    opened.status, opened.says = 200, b'{"ok":true}'
    return opened


def open_texter(name, taker, wire=OPEN):
    """The texter under test, and an address of its kind."""
    match name:
        case "telegram":
            return open_bot(TOKEN, api=taker.url, wire=wire), "-100777"
        case "slack":
            return SlackTexter(wire), f"{taker.url}/services/T0/B0/secret"
        case "sms":
            return open_sms(f"{taker.url}/sms", "To={to}&Body={text}", "Authorization: Bearer secret", wire=wire), "+4477"
        case "phone":
            fields = "To={to}&Twiml=<Response><Say>{text}</Say></Response>"
            return open_phone(f"{taker.url}/call", fields, "", wire=wire), "+4477"
        case "apprise":
            return open_apprise(), taker.url.replace("http://", "json://") + "/note"
    return FakeTexter(), "anywhere"


def read_said(name, taker):
    """What arrived, as its reader sees it."""
    _, _, body = taker.posts[-1]
    match name:
        case "telegram":
            return json.loads(body)["text"]
        case "slack":
            return json.loads(body)["text"].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        case "sms":
            return parse_qs(body.decode())["Body"][0]
        case "phone":
            said = parse_qs(body.decode())["Twiml"][0].removeprefix("<Response><Say>").removesuffix("</Say></Response>")
            return said.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return json.loads(body)["message"]


OVER_HTTP = ("telegram", "slack", "sms", "phone")
REAL = (*OVER_HTTP, "apprise")


class TestSend:
    @pytest.mark.parametrize("name", REAL)
    def test_brings_the_text_whole(self, taker, name):
        """Letters that mean something to the carrier arrive as they were written, and name no place of their own."""
        texter, address = open_texter(name, taker)

        texter.send(Text(to=address, text=SAID, key="page-1", at=NOON))

        assert (1, SAID) == (len(taker.posts), read_said(name, taker))

    @pytest.mark.parametrize("name", [*REAL, "fake"])
    def test_that_is_refused_says_so(self, taker, name):
        """A carrier that fails took nothing: that is raised, never swallowed."""
        texter, address = open_texter(name, taker)
        taker.status, taker.says = 503, b'{"ok":false,"description":"come back later"}'
        if isinstance(texter, FakeTexter):
            texter.refuses = "come back later"

        with pytest.raises(NotTaken) as refusal:
            texter.send(Text(to=address, text=SAID, key="page-1", at=NOON))

        assert refusal.value.for_ever is False

    @pytest.mark.parametrize("name", OVER_HTTP)
    def test_that_can_never_work_is_not_tried_for_days(self, taker, name):
        """A number, a room or a chat that is not there will not be there tomorrow; the carrier's words are kept."""
        texter, address = open_texter(name, taker)
        taker.status, taker.says = 400, b'{"ok":false,"description":"no such place"}'

        with pytest.raises(NotTaken, match=r"400.*no such place") as refusal:
            texter.send(Text(to=address, text=SAID, key="page-1", at=NOON))

        assert refusal.value.for_ever is True

    @pytest.mark.parametrize("name", OVER_HTTP)
    def test_reaches_no_private_network(self, taker, name):
        """Without an allowance loopback is closed, and no error tells a token or a secret address."""
        texter, address = open_texter(name, taker, wire=Wire(seconds=3))

        with pytest.raises(NotTaken, match="loopback") as refusal:
            texter.send(Text(to=address, text=SAID, key="page-1", at=NOON))

        assert ([], False) == (taker.posts, "secret" in str(refusal.value))

    @pytest.mark.parametrize("name", OVER_HTTP)
    def test_that_nobody_answers_is_refused(self, taker, name):
        """A port on which nobody listens."""
        texter, address = open_texter(name, taker)
        with open_taker() as gone:
            port = gone.server_address[1]
        texter, address = open_texter(name, type("Gone", (), {"url": f"http://127.0.0.1:{port}"})())

        with pytest.raises(NotTaken) as refusal:
            texter.send(Text(to=address, text=SAID, key="page-1", at=NOON))

        assert (False, False) == (refusal.value.for_ever, "secret" in str(refusal.value))

    @pytest.mark.parametrize(("name", "most"), [("telegram", 4096), ("slack", 4000), ("sms", 459), ("phone", 600)])
    def test_cuts_what_its_carrier_would_refuse(self, taker, name, most):
        """Better most of it than nothing: what is too long ends with a mark."""
        texter, address = open_texter(name, taker)

        texter.send(Text(to=address, text="down " * 2000, key="page-1", at=NOON))

        said = read_said(name, taker)
        assert (True, "…") == (most - 5 <= len(said) <= most, said[-1])
