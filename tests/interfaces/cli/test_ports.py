"""Ports: which are free, and which stay ours."""

import json
import socket

from upheld.interfaces.cli.ports import explain_port, keep_ports


class TestExplainPort:
    def test_is_silent_about_a_free_port(self, tmp_path):
        """A port that nobody has."""
        port = keep_ports(tmp_path / "ports.json", ("web",))["web"]

        assert explain_port("127.0.0.1", port) is None

    def test_says_that_a_port_is_taken(self):
        """A port on which somebody listens."""
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]

            assert f"port {port} of 127.0.0.1 cannot be taken: Address already in use" == explain_port("127.0.0.1", port)

    def test_says_that_an_address_is_not_ours(self):
        """An address for documentation, which no machine has."""
        told = explain_port("192.0.2.1", 8000)

        assert told == "port 8000 of 192.0.2.1 cannot be taken: Cannot assign requested address"


class TestKeepPorts:
    def test_gives_the_same_ports_again(self, tmp_path):
        """What is watched at a port keeps its address through every restart."""
        first = keep_ports(tmp_path / "demo/ports.json", ("service", "switch"))

        assert first == keep_ports(tmp_path / "demo/ports.json", ("service", "switch"))
        assert 2 == len(set(first.values()))

    def test_makes_anew_what_cannot_be_read(self, tmp_path):
        """A file that was cut off is no reason not to start."""
        note = tmp_path / "ports.json"
        note.write_text('{"service": 80')

        kept = keep_ports(note, ("service",))

        assert kept == json.loads(note.read_text())
