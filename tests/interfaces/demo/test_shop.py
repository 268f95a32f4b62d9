"""The demo's service and its switch."""

import http.client
import threading
from http.server import ThreadingHTTPServer

import pytest

from upheld.interfaces.demo.shop import HOST, Shop, switch_for


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


def test_the_switch_has_a_lever_for_each_service(shop):
    """What is broken is the one that was named; the other goes on."""
    server = Shop(0)
    switch = ThreadingHTTPServer((HOST, 0), switch_for(shop, "http://127.0.0.1:8000/", server))
    threading.Thread(target=switch.serve_forever, args=(0.05,), daemon=True).start()
    port = int(switch.server_address[1])
    try:
        statuses = [pull(port, "POST", "/server/break"), pull(port, "POST", "/elsewhere/break")]

        assert [303, 404] == statuses
        assert (False, True) == (shop.is_broken, server.is_broken)
        assert (200, 404) == (pull(port, "GET", "/server/state"), pull(port, "POST", "/server/elsewhere"))
        pull(port, "POST", "/server/mend")
        assert 200 == knock(server.port)
    finally:
        switch.shutdown()
        switch.server_close()
        server.break_down()


def pull(port: int, method: str, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    connection.request(method, path)
    return connection.getresponse().status
