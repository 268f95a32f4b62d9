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


def desks_opened(product):
    return re.findall(r"the desk of the demo is open: 5 agreements, (\d+ tickets)", product.log.read_text(errors="replace"))


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

    def test_has_a_desk_that_fills_itself(self, product):
        """Behind the pages: an outage that was really seen on the other service, and the customer's claim for it."""
        product.wait_until(lambda: desks_opened(product) == ["7 tickets"], "the demo's desk is open")

        facts = [fact["type"] for fact in product.facts("bramble-press-code-enigma")]
        assert (1, 1, 1, 3) == tuple(
            facts.count(kind) for kind in ("outage-opened/1", "outage-closed/1", "claim-filed/1", "call-received/1")
        )

    def test_lets_a_newcomer_be_the_customer(self, product):
        """A mail of one of the customer's people stands under their agreement; a stranger's is held."""
        known = product.do("demo", "write", "Our time sheets are empty.").splitlines()
        stranger = product.do("demo", "write", "Who are you?", "--from", "sam@elsewhere.example")
        again = product.do("demo", "write", "Since noon, in fact.", "--ticket", "T-8").splitlines()
        nothing = product.run("demo", "write", "  ")

        told = "Mira Holt <mira@acorn.example> wrote on T-8, under acorn-legal-teamplify"
        assert [told, f"{product.address}/desk/T-8"] == known
        assert "wrote on T-9, held: nobody is known by the address sam@elsewhere.example" in stranger
        assert known == again
        assert (2, "write some words: they are the mail\n") == (nothing.returncode, nothing.stderr)

    def test_lets_its_people_in_by_one_time_links(self, product):
        """Customers' people at once; the provider's own once there is an administrator, who comes first."""
        said = product.do("demo", "people").splitlines()

        assert 6 == sum(f"{product.address}/password/" in line for line in said)
        assert 2 == sum("a link once there is an administrator" in line for line in said)

    def test_starts_again_after_its_supervisor_was_killed(self, product):
        """The same command, the same ports, the same rows; nothing is removed by hand, and the desk is not filled twice."""
        facts = len(product.facts("acorn-legal-teamplify"))
        assert product.process is not None
        product.process.kill()
        product.process.wait()

        product.start()

        assert len(product.facts("acorn-legal-teamplify")) >= facts > 0
        product.wait_until(lambda: desks_opened(product) == ["7 tickets", "9 tickets"], "the demo's desk is open again")

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
