"""The demo's service and its switch."""

import http.client

import pytest

from upheld.interfaces.demo.shop import Shop


@pytest.fixture
def shop():
    made = Shop(0)
    yield made
    made.break_down()


def knock(port: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    connection.request("GET", "/")
    return connection.getresponse().status


def test_answers_until_it_is_broken_and_again_on_the_same_port(shop):
    """Broken it refuses connections, as when a process has died; mended it is where it was."""
    port = shop.port
    assert (200, False) == (knock(port), shop.is_broken)

    shop.break_down()
    with pytest.raises(ConnectionRefusedError):
        knock(port)
    assert shop.is_broken

    assert port == shop.mend()
    assert 200 == knock(port)


def test_breaking_and_mending_twice_is_breaking_and_mending_once(shop):
    """The switch may be clicked twice."""
    port = shop.port
    shop.break_down()
    shop.break_down()
    shop.mend()

    assert (port, 200) == (shop.mend(), knock(port))
