"""`upheld run --demo` as an operator starts it: what it says, whom it refuses, how it ends and begins again."""

import re
import socket
import time

import pytest

from tools.product import own_product

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def product(tmp_path_factory):
    with own_product(tmp_path_factory.mktemp("run") / "home", "--demo") as running:
        yield running


class TestRun:
    def test_says_where_it_is_and_how_to_begin(self, product):
        """The address, and while nobody can sign in the link that makes the first administrator."""
        product.wait_until(lambda: "/set-up/" in product.read_log(), "the link is printed")

        assert f"Upheld is at {product.address}/" in product.read_log()
        assert re.search(rf"{product.address}/set-up/\S{{40,}}", product.read_log())

    def test_is_refused_a_second_time_in_the_same_home(self, product):
        """The second start says who is there, and what to do."""
        ended = product.run("run", "--home", product.home, "--port", "1")

        assert 2 == ended.returncode
        assert f"{product.home} is in use: process {product.pid} runs there since " in ended.stderr
        assert "another home with --home" in ended.stderr

    def test_is_refused_a_port_that_is_taken(self, product, tmp_path):
        """The sentence names the option to use; no tables were made."""
        ended = product.run("run", "--home", tmp_path / "other", "--port", str(product.port))

        assert 2 == ended.returncode
        assert (
            f"port {product.port} of 127.0.0.1 cannot be taken: Address already in use; choose another port with --port"
            in (ended.stderr)
        )
        assert 0 == (tmp_path / "other/upheld.sqlite3").stat().st_size

    def test_has_a_demo_that_breaks_and_mends(self, product):
        """The switch by command; the service really refuses connections meanwhile."""
        said = [product.do("demo", "break")]
        port = int(re.findall(r'"service": (\d+)', (product.home / "demo/ports.json").read_text())[0])
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), timeout=2)
        said += [product.do("demo", "state"), product.do("demo", "mend")]
        socket.create_connection(("127.0.0.1", port), timeout=2).close()

        assert ["the demo service is broken\n", "the demo service is broken\n", "the demo service is up\n"] == said

    def test_starts_again_after_its_supervisor_was_killed(self, product):
        """The same command, the same ports, the same rows; nothing is removed by hand."""
        facts = len(product.facts("acorn-legal-teamplify"))
        assert product.process is not None
        product.process.kill()
        product.process.wait()

        product.start()

        assert len(product.facts("acorn-legal-teamplify")) >= facts > 0

    def test_ends_cleanly_within_seconds(self, product):
        """SIGTERM: every part ends, and the exit code is 0. The last test, since it ends the product."""
        parts = [product.find(part) for part in product.parts]
        began = time.monotonic()

        assert 0 == product.stop()
        assert time.monotonic() - began < 15
        assert None not in parts
        assert product.read_log().endswith("ended\n")


def test_the_demo_without_a_demo_is_told_so(tmp_path):
    """The switch of a home in which no demo ran: the sentence says how to start one."""
    from tests.anomalies.own import own_installation
    from tests.interfaces.cli.command import upheld

    with own_installation(tmp_path / "home", migrated=False) as environment:
        said = upheld(environment, "demo", "state")

    assert 2 == said.code
    assert "no demo ran in this home. Start it with upheld run --demo" in said.err
