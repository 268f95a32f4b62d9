"""Addresses as mailers write them; no name becomes an address."""

import pytest

from upheld.gateways.reading.people import list_people, read_people


@pytest.mark.parametrize(
    ("written", "people"),
    [
        ("anna@example.org", [("anna@example.org", "")]),
        ("Anna <Anna@Example.ORG>", [("anna@example.org", "Anna")]),
        ('"Smith, Anna" <a@b.c>, Bob <b@b.c>', [("a@b.c", "Smith, Anna"), ("b@b.c", "Bob")]),
        ("a@b.c (Anna Smith)", [("a@b.c", "Anna Smith")]),
        ("Smith, Anna <a@b.c>", [("a@b.c", "Smith, Anna")]),
        ("Team: a@b.c, b@b.c;", [("a@b.c", ""), ("b@b.c", "")]),
        ("undisclosed-recipients:;", []),
        ("=?utf-8?q?J=C3=BCrgen?= <j@b.c>", [("j@b.c", "Jürgen")]),
        ("=?utf-8?q?boss=40example=2Ecom?= <eve@evil.example>", [("eve@evil.example", "boss@example.com")]),
        ('"boss@example.com" <eve@evil.example>', [("eve@evil.example", "boss@example.com")]),
        ("<boss@example.com> <eve@evil.example>", [("eve@evil.example", "<boss@example.com>")]),
        ('"a b"@b.c', [('"a b"@b.c', "")]),
        ("a@b@c", []),
        (
            "Pete(A wonderful \\) chap) <pete(his account)@silly.test(his host)>",
            [("pete@silly.test", "Pete(A wonderful \\) chap)")],
        ),
        ("J Doe <jdoe@machine(comment).  example>", [("jdoe@machine.example", "J Doe")]),
        ("Big Bug bb@bug.example", [("bb@bug.example", "Big Bug")]),
        ("a@b.c d@e.f", [("a@b.c", ""), ("d@e.f", "")]),
        ("<a@b.c d@e.f>", []),
        ("a@b.c\u202e <x@y.z>", [("x@y.z", "a@b.c")]),
        ("<mailto:a@b.c>", [("a@b.c", "")]),
        ("a@bücher.example", [("a@bücher.example", "")]),
        ("((((((" * 1_000, []),
        ("@", []),
        ("", []),
    ],
)
def test_mailboxes_are_read(written, people):
    """Names in quotes, in remarks, with commas, in groups, encoded; two addresses in one are none."""
    assert people == [(person.address, person.name) for person in read_people(written)]


def test_each_is_told_once():
    """Whoever stands in To and in Cc is one person."""
    assert ["a@b.c", "b@b.c"] == [person.address for person in read_people("a@b.c, B <b@b.c>", "A <A@b.c>")]


def test_a_sender_without_address_is_still_somebody():
    """The name is kept: a person can be found by it."""
    assert [("", "Anna at the desk")] == [(person.address, person.name) for person in list_people("Anna at the desk")]
