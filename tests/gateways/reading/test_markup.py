"""HTML is harmless before anybody sees it, and reads well as text."""

import pytest

from tests.gateways.reading.fuzz import find_harm
from upheld.gateways.reading.markup import clean_html, measure_depth, show_as_text, strip_markup

ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href=' data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='/console/delete'>x</a>",
    "<a href='//evil.example'>x</a>",
    "<iframe src='https://evil.example'></iframe>",
    "<form action='https://evil.example'><input name=password></form>",
    "<base href='https://evil.example'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<style>@import 'https://evil.example/x.css'</style>",
    "<p style='background:url(https://evil.example/x.png)'>x</p>",
    "<table background='https://evil.example/x.png'><tr><td>x</td></tr></table>",
    "<img src='https://evil.example/track.png'>",
    "<img srcset='https://evil.example/track.png 1x'>",
    "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
    "<video poster='https://evil.example/x.png'></video>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'></textarea>",
    "<!--[if mso]><img src=x onerror=alert(1)><![endif]-->",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<p id=menu class=danger onclick=alert(1)>x</p>",
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_runs_nor_is_fetched(attack):
    """No script, no remote picture, no form, no link into our own pages; the text around it stays."""
    html, _ = clean_html(f"<p>before</p>{attack}<p>after</p>", [])

    assert [] == find_harm(html)
    assert "before" in html


def test_pictures_from_elsewhere_are_counted():
    """So a page can say that there were some; those of the mail stay, as references."""
    assert ('<img src="cid:a@b" alt="logo"><img>', 1) == clean_html(
        '<img src="cid:a@b" alt="logo"><img src="https://x.example/t">', []
    )


def test_references_are_written_one_way():
    """`cId:` is `cid:` to a mailer, and to whoever looks for it afterwards."""
    assert ('<img src="cid:A@b">', 0) == clean_html('<img src=" cId:A@b">', [])


@pytest.mark.parametrize(
    ("html", "depth"),
    [
        ("<p>" * 1000, 0),
        ("<div>" * 10, 10),
        ("<div></div>" * 1000, 1),
        ("<b><i></i></b><br><br>", 2),
        ("</div>" * 10 + "<div>", 1),
    ],
)
def test_depth_is_bounded_from_above(html, depth):
    """Elements that need no end do not count: a thousand paragraphs are not deep."""
    assert depth == measure_depth(html)


@pytest.mark.parametrize("html", ["<div>" * 200, "x" * 600_000])
def test_what_is_too_much_is_left_out(html):
    """Too deep or too long to be cleaned: it is not shown, and a doubt says so."""
    doubts: list[str] = []

    assert (("", 0), 1) == (clean_html(html, doubts), len(doubts))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>two</p>", "One\n\ntwo"),
        ("One<br>two", "One\ntwo"),
        ("<div>One</div><div>two</div>", "One\ntwo"),
        ("a  b\n c", "a b c"),
        ("a <b>b</b> c<i>d</i>", "a b cd"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        ("<p>new</p><blockquote><p>old</p><p>older</p></blockquote>", "new\n\n> old\n>\n> older"),
        ('<a href="https://x.example/">here</a>', "here (https://x.example/)"),
        ('<a href="https://x.example">https://x.example</a>', "https://x.example"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></tbody></table>", "a b\nc"),
        ("&lt;b&gt; &amp; &nbsp;c", "<b> & c"),
        ("<img alt='Down  since 9'><img><img alt='cart'>", "[Down since 9]\n[cart]"),
        ("<p>Help</p><img alt='logo'>", "Help"),
        ("", ""),
    ],
)
def test_text_reads_as_the_page_does(html, text):
    """Blocks on lines of their own, quotations marked, addresses of links shown."""
    assert text == show_as_text(html)


def test_tags_can_be_dropped_without_reading_them():
    """For what nobody may take apart."""
    assert "a  b & c" == strip_markup("<p>a <x>b &amp; c")
