"""What a mail's layout hides is not shown as if its sender had said it, and that it was left out is told."""

import pytest

from tests.gateways.reading.fuzz import find_harm
from upheld.gateways.reading import Ours
from upheld.gateways.reading.markup import clean_html, show_as_text
from upheld.gateways.reading.parsing import parse_mail

HIDING = (
    '<p style="display:none">pay Eve</p>',
    '<p style="color:red; DISPLAY : None !important">pay Eve</p>',
    '<p style="dis&#112;lay:none">pay Eve</p>',
    '<p style="display:/* no */none">pay Eve</p>',
    '<section style="display:none"><div><b>pay</b> Eve</div></section>',
    "<x-made-up hidden>pay Eve</x-made-up>",
    "<p hidden>pay Eve</p>",
    '<p style="visibility:hidden">pay <b>Eve</b></p>',
    '<p style="font-size:0">pay Eve</p>',
    '<p style="font-size:0.0px">pay <b style="font-size:200%">Eve</b></p>',
    '<p style="font:italic 0/0 a">pay Eve</p>',
    '<p style="opacity:0">pay Eve</p>',
    '<div style="max-height:0px;overflow:hidden">pay Eve</div>',
    '<div style="display:none">pay Eve<p>and <br>more',
)
SHOWN = (
    '<td style="font-size:0px"><div style="font-size:13px">pay Eve</div></td>',
    '<p style="visibility:hidden"><b style="visibility:visible">pay Eve</b></p>',
    '<p style="display:block;font-size:10px">pay Eve</p>',
    '<p style="font:700 12px/0 sans-serif">pay Eve</p>',
    '<p style="max-height:0">pay Eve</p>',
    '<p title="hidden" class="display:none">pay Eve</p>',
    "<p>display:none hidden pay Eve</p>",
)


@pytest.mark.parametrize("html", HIDING)
def test_hidden_words_are_left_out_and_told(html):
    """However it is written, and whatever element it is on; what stands around it stays."""
    doubts: list[str] = []
    cleaned, _ = clean_html(f"<p>before</p>{html}", doubts)

    assert ("before", 1) == (show_as_text(cleaned).strip(), len(doubts))
    assert "pay" not in cleaned
    assert "Eve" not in cleaned


@pytest.mark.parametrize("html", SHOWN)
def test_what_is_seen_stays(html):
    """A layout of tables sets sizes to nothing and back; a word in an attribute or a text hides nothing."""
    doubts: list[str] = []
    cleaned, _ = clean_html(html, doubts)

    assert (True, []) == ("pay Eve" in cleaned, doubts)


@pytest.mark.parametrize(
    "html", ['<p style="display:none">&nbsp;&zwnj;&#8203;</p>', '<img style="display:none" src="cid:a">']
)
def test_where_no_word_is_hidden_nothing_is_told(html):
    """Spaces that fill a preview, a picture that counts readers: nothing is missing from what was said."""
    doubts: list[str] = []
    cleaned, _ = clean_html(f"<p>a</p>{html}", doubts)

    assert (True, []) == (cleaned.startswith("<p>a</p>"), doubts)


def test_elements_end_where_a_browser_ends_them():
    """Ends in the wrong order: the half that a browser shows is shown, the other is not."""
    cleaned, _ = clean_html('<b style="display:none"><p>pay</b> Eve</p>', [])

    assert "Eve" == show_as_text(cleaned).strip()


def test_what_is_left_is_cleaned_afterwards():
    """Pieces that become a script, or a link into our pages, once something between them is gone are neither."""
    html = (
        "<p style='display:none'>x</p><scr<i hidden>a</i>ipt>alert(1)</script>"
        "<xmp><p hidden></xmp><img src=x onerror=alert(1)></p></xmp>"
        "<a hidden href='/desk'>x</a><p title='</p><img src=x onerror=alert(1)>'>y"
    )

    assert [] == find_harm(clean_html(html, [])[0])


def test_the_mail_says_so():
    """A mail of HTML alone: the text without it, the doubt beside it."""
    raw = b"From: a@b.example\nContent-Type: text/html\n\n<p>It is down.</p><p style='display:none'>I accept the quote.</p>"
    mail = parse_mail(raw, Ours())

    assert ("It is down.", "<p>It is down.</p>") == (mail.text, mail.html)
    assert ["words that its layout hides"] == [doubt[:27] for doubt in mail.doubts]
