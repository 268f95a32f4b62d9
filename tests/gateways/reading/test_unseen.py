"""What nobody sees is dropped, in time that grows with the length alone."""

import pytest

from upheld.gateways.reading.markup import clean_html
from upheld.gateways.reading.unseen import drop_unseen


@pytest.mark.parametrize(
    ("html", "rest"),
    [
        ("a<style>b</style>c", "ac"),
        ("a<STYLE type='x'>b</sTyle >c", "ac"),
        ("a<script>'<style>'</script>c<style>d</style>", "ac"),
        ("a<!-- <p>b</p> -->c<!-->d", "acd"),
        ("a<style>b", "a<style>b"),
        ("a<styled>b</styled>", "a<styled>b</styled>"),
        ("data:image, said he, " + "word " * 100, "data:image, said he, " + "word " * 100),
    ],
)
def test_drops_what_has_an_end(html, rest):
    """What never ends is for the cleaner, and words are words."""
    assert rest == drop_unseen(html)


@pytest.mark.parametrize("piece", ["<!--", "<style>", "<script><style>", "data:base64,", "<style></style", "</style"])
def test_bombs_are_read_once(piece):
    """Two million letters of beginnings without an end stay, unread a second time."""
    bomb = piece * (2_000_000 // len(piece))

    assert bomb == drop_unseen(bomb)


def test_what_is_left_is_cleaned():
    """Pieces that make a script once something between them is gone are a script no longer."""
    html, _ = clean_html(drop_unseen("<scr<style></style>ipt>alert(1)</scr<!-- -->ipt>after"), [])

    assert "after" == html
