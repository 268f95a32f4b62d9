"""What can be salvaged of a mail that nobody read."""

from hypothesis import given
from hypothesis import strategies as st

from upheld.gateways.reading import Person
from upheld.gateways.reading.salvage import salvage_mail


def test_the_first_lines_give_sender_subject_and_thread():
    """By a plain look; words decoded, folded lines joined, the first of each name taken."""
    raw = (
        b"\xff\xfe garbage\r\nFrom: =?utf-8?q?J=C3=BCrgen?=\r\n <J@Example.org>\r\nFrom: eve@x.example\r\n"
        b"Subject: =?utf-8?q?caf=C3=A9?=\r\n"
        b"Message-ID: <1@x>\r\nIn-Reply-To: <0@x>\r\nReferences: <0@x>\r\n <00@x>\r\n\r\nx"
    )

    found = salvage_mail(raw, "too deep")

    assert (Person("j@example.org", "Jürgen"), "café", "1@x", ("0@x", "00@x"), "too deep") == (
        found.sender,
        found.subject,
        found.message_id,
        found.references,
        found.reason,
    )


@given(
    st.binary(max_size=2_000)
    | st.lists(st.sampled_from([b"From:", b"Subject: ", b"<", b"@", b"\n ", b"=?x?q?", b"\0"]), max_size=60).map(b"".join)
)
def test_no_bytes_are_too_broken(raw):
    """Whatever came, an answer goes back, in text that any database takes."""
    found = salvage_mail(raw, "x")

    assert "\0" not in f"{found.sender}{found.subject}{found.message_id}".encode().decode()
