"""What a check may say, and the sentence that comes back when it says something else."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upheld.gateways.probe import (
    UnfitExpectation,
    UnfitTarget,
    expectation,
    prepare_order,
    read_expectation,
    read_target,
    target,
)
from upheld.gateways.probe.target import follow


class TestReadTarget:
    @pytest.mark.parametrize(
        ("url", "scheme", "host", "port", "path"),
        [
            ("http://example.org", "http", "example.org", 80, "/"),
            ("https://example.org/a/b?c=d#frag", "https", "example.org", 443, "/a/b?c=d"),
            ("http://EXAMPLE.org:8080/", "http", "example.org", 8080, "/"),
            ("http://[2001:db8::1]:8080/x", "http", "2001:db8::1", 8080, "/x"),
            ("http://example.org./", "http", "example.org", 80, "/"),
            ("http://example.org?x=1", "http", "example.org", 80, "/?x=1"),
            ("tcp://db.example.org:5432", "tcp", "db.example.org", 5432, ""),
            ("http://müller.example/", "http", "xn--mller-kva.example", 80, "/"),
            ("http://127.1/", "http", "127.1", 80, "/"),
        ],
    )
    def test_reads(self, url, scheme, host, port, path):
        """The parts that are used are the parts that are written."""
        read = read_target(url)

        assert (scheme, host, port, path) == (read.scheme, read.host, read.port, read.path)

    @pytest.mark.parametrize(
        "url",
        [
            "", "example.org", "//example.org/", "ftp://example.org/", "file:///etc/passwd", "gopher://127.0.0.1:25/",
            "javascript:alert(1)", "data:text/html,x", "unix:///run/x.sock", "http:///path", "http://", "http:example.org",
            "http://user@example.org/", "http://user:secret@example.org/", "http://:80/", "http://example.org:0/",
            "http://example.org:65536/", "http://example.org:port/", "http://exa mple.org/", "http://example.org/a b",
            "http://example.org/\r\nX: y", "http://example.org/\x00", "http://example.org\\@evil.example/",
            "http://[::1/", "http://[::1%25lo]/", "http://[fe80::1%eth0]/", "http://a..b/", "http://-a.example/",
            "http://" + "a" * 64 + ".example/", "http://" + "a." * 130 + "example/", "http://example.org/" + "x" * 2048,
            "tcp://example.org", "tcp://example.org:22/path", "tcp://example.org:22?x", "http://example.org/ü",
            "http://\ud800.example/", "http://*.example/", "http://exam_ple!.org/",
        ],
    )  # fmt: skip
    def test_refuses(self, url):
        """No probe is sent to what is no http, https or tcp URL, and nothing is guessed."""
        with pytest.raises(UnfitTarget, match="expected"):
            read_target(url)

    @given(st.text())
    def test_reads_or_refuses_anything(self, text):
        """Whatever is typed: a target, or a sentence; and a request line never breaks."""
        try:
            read = read_target(f"http://{text}")
        except UnfitTarget:
            return

        assert not set(read.path + read.authority) & set(" \r\n\t\x00")


class TestFollow:
    @pytest.mark.parametrize(
        ("location", "url"),
        [
            ("/there", "http://example.org/there"),
            ("there", "http://example.org/a/there"),
            ("//other.example/x", "http://other.example/x"),
            ("https://example.org/", "https://example.org/"),
            ("?q=1", "http://example.org/a/b?q=1"),
        ],
    )
    def test_resolves(self, location, url):
        """A relative redirect is meant relative to where it came from (RFC 3986)."""
        assert url == follow(read_target("http://example.org/a/b"), location).url

    @pytest.mark.parametrize(
        "location", ["file:///etc/passwd", "tcp://db.example:22", "ftp://x/", "gopher://x/", "http://a b/"]
    )
    def test_refuses(self, location):
        """A redirect leads by HTTP or nowhere."""
        with pytest.raises(UnfitTarget):
            follow(read_target("http://example.org/"), location)


class TestReadExpectation:
    def test_reads_ranges(self):
        """Statuses are single ones and ranges."""
        assert {200, 204, 301, 302, 303} == set(read_expectation(status="200, 204,301-303").statuses)

    @pytest.mark.parametrize(
        "status", ["", "ok", "20", "2000", "099", "600", "200-", "-200", "300-200", "200,,204", "200..299"]
    )
    def test_refuses_what_is_no_status(self, status):
        """A condition that could never be compared is an error when it is written, not a failure when it is probed."""
        with pytest.raises(UnfitExpectation, match="expected"):
            read_expectation(status=status)

    @pytest.mark.parametrize("body", ["", "x" * 4097])
    def test_refuses_a_text_that_says_nothing(self, body):
        """An empty text is in every body."""
        with pytest.raises(UnfitExpectation):
            read_expectation(body=body)


class TestPrepareOrder:
    @pytest.mark.parametrize(
        "conditions",
        [{"deadline_seconds": 0}, {"deadline_seconds": 121}, {"redirects": 6}, {"redirects": -1}, {"allowed": ("x",)}],
    )
    def test_refuses_what_cannot_be_kept(self, conditions):
        """Deadlines, redirects and allowances have limits; each is named in the sentence."""
        with pytest.raises(ValueError, match="expected"):
            prepare_order("http://example.org/", **{"deadline_seconds": 1, **conditions})

    def test_asks_for_one_exchange(self):
        """The request names the host as written, takes packed bodies and closes the connection."""
        order = prepare_order("http://example.org:8080/x?y", deadline_seconds=1)
        lines = order.opening.split(b"\r\n")

        assert b"GET /x?y HTTP/1.1" == lines[0]
        assert {b"Host: example.org:8080", b"Connection: close", b"Accept-Encoding: gzip, deflate"} <= set(lines)

    @pytest.mark.parametrize(
        ("url", "named"), [("http://example.org/", True), ("http://localhost/", False), ("http://127.0.0.1/", False)]
    )
    def test_knows_whether_a_resolver_is_needed(self, url, named):
        """Only a real name shows that the resolver works."""
        assert named == prepare_order(url, deadline_seconds=1).names_a_host


def test_the_examples_in_the_docstrings_run():
    """The examples shown are true."""
    assert [0, 0] == [doctest.testmod(module).failed for module in (target, expectation)]
