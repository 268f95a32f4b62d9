"""HTML of a mail: cleaned for showing (nh3), and as text for those who read text."""

import re
from html import unescape
from html.parser import HTMLParser

import nh3

from upheld.gateways.reading.hidden import drop_hidden
from upheld.gateways.reading.letters import clean_letters
from upheld.gateways.reading.limits import DEEPEST_HTML, LONGEST_HTML
from upheld.gateways.reading.unseen import NO_PICTURE


def name_all(names: str) -> frozenset[str]:
    return frozenset(names.split())


TAGS = name_all(
    "a abbr b blockquote br caption cite code col colgroup dd del div dl dt em font h1 h2 h3 h4 h5 h6 hr i img ins kbd li "
    "ol p pre q s samp small span strike strong sub sup table tbody td tfoot th thead tr tt u ul"
)
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align"},
    "ol": {"start"},
    "abbr": {"title"},
}
SWALLOWED = {"script", "style", "title", "head", "noscript", "template", "textarea", "select", "svg", "math", "object"}
ONE_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]{0,30})")
ANY_TAG = re.compile(r"<[^<>]{0,2000}>")
# No end tag is needed, or none exists: they do not lie in each other however many there are.
FLAT = name_all(
    "area base br col embed hr img input link meta param source track wbr "
    "p li td th tr dd dt option tbody thead tfoot html body head"
)
LINKED = ("https://", "http://", "mailto:", "tel:")
BLOCKS = name_all("address blockquote caption dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre table tbody tfoot thead tr ul")


def measure_depth(html: str) -> int:
    """An upper bound of how deep elements lie in each other; reads each tag once."""
    depth = deepest = 0
    for found in ONE_TAG.finditer(html):
        if found[2].lower() in FLAT:
            continue
        depth = max(0, depth - 1) if found[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def is_too_much(html: str, doubts: list[str]) -> bool:
    """Whether the cleaner would take too long over it; a doubt says so."""
    instead = "its text is shown instead, with whatever the layout hides"
    if len(html) > LONGEST_HTML:
        doubts.append(f"the HTML has {len(html)} letters, at most {LONGEST_HTML} are shown; {instead}")
    elif measure_depth(html) > DEEPEST_HTML:
        doubts.append(f"the HTML is nested more than {DEEPEST_HTML} deep; {instead}")
    else:
        return False
    return True


def clean_html(html: str, doubts: list[str]) -> tuple[str, int]:
    """The harmless rest of it, and how many pictures it wanted from elsewhere. Empty, with a doubt, if none may be had."""
    html = clean_letters(html)
    if is_too_much(html, doubts):
        return "", 0
    html, has_hidden = drop_hidden(html, SWALLOWED, ATTRIBUTES)
    # Putting elements in order can open more of them.
    if has_hidden and is_too_much(html, doubts):
        return "", 0
    if has_hidden:
        doubts.append("words that its layout hides from a reader were left out; they stand in the mail as it came")
    remote: list[str] = []

    def keep_attribute(tag: str, attribute: str, value: str) -> str | None:
        target = value.strip().lower()
        if attribute == "href":
            # A link without a scheme would lead into our own pages.
            return value if target.startswith(LINKED) else None
        if attribute != "src":
            return value
        if target.startswith("cid:"):
            return f"cid:{value.strip()[4:]}"
        if target == NO_PICTURE:
            return None
        remote.append(value)
        return None

    cleaned = nh3.clean(
        html,
        tags=set(TAGS),
        clean_content_tags=SWALLOWED,
        attributes=ATTRIBUTES,
        attribute_filter=keep_attribute,
        url_schemes={"http", "https", "mailto", "tel", "cid"},
        link_rel="noopener noreferrer nofollow",
    )
    return cleaned.strip(), len(remote)


def show_as_text(html: str) -> str:
    """
    Cleaned HTML as text: blocks on lines of their own, quotations behind `> `, links with their address. What is all
    pictures reads as the words that stand for them.
    """
    reader = TextOfMarkup()
    reader.feed(html)
    reader.close()
    return reader.text() or "\n".join(f"[{words}]" for words in reader.pictures)


def strip_markup(html: str) -> str:
    """Text of HTML that nobody may take apart: the tags are dropped, that is all."""
    return clean_letters(unescape(ANY_TAG.sub(" ", html))).strip()


class TextOfMarkup(HTMLParser):
    """Collects lines. It is given cleaned HTML alone, in which every element is closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = [""]
        self._quotes = 0
        self._pre = 0
        self._link = ""
        self._link_at = 0
        self.pictures: list[str] = []
        """The words that stand for each picture."""

    def text(self) -> str:
        return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in self._lines)).strip("\n")

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._lines.append(self._mark())
        elif tag == "img":
            self.pictures += [words] if (words := " ".join((dict(attributes).get("alt") or "").split())) else []
        elif tag in {"td", "th"}:
            self._lines[-1] += " " if self._has_text() else ""
        elif tag == "a":
            self._link, self._link_at = dict(attributes).get("href") or "", len(self._lines[-1])
        elif tag in BLOCKS:
            self._quotes += tag == "blockquote"
            self._pre += tag == "pre"
            self._begin_block(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            words = self._lines[-1][self._link_at :].strip()
            if self._link.startswith("http") and words != self._link:
                self._lines[-1] += f" ({self._link})"
            self._link = ""
        elif tag in BLOCKS:
            self._quotes -= tag == "blockquote"
            self._pre -= tag == "pre"
            if tag == "blockquote":
                while len(self._lines) > 1 and not self._has_text():
                    self._lines.pop()
            if tag in {"p", "blockquote"} and self._has_text():
                self._lines += [self._mark(), self._mark()]
            else:
                self._begin_block("")

    def handle_data(self, text: str) -> None:
        if self._pre:
            first, *others = text.split("\n")
            self._lines[-1] += first
            self._lines += [self._mark() + other for other in others]
            return
        words = " ".join(text.split())
        if words:
            space = " " if text[0].isspace() and self._has_text() else ""
            self._lines[-1] += space + words + (" " if text[-1].isspace() else "")
        elif text and self._has_text() and not self._lines[-1].endswith(" "):
            self._lines[-1] += " "

    def _has_text(self) -> bool:
        return self._lines[-1].strip("> -") != ""

    def _mark(self) -> str:
        return "> " * min(self._quotes, 5)

    def _begin_block(self, tag: str) -> None:
        if self._has_text():
            self._lines.append(self._mark())
        else:
            self._lines[-1] = self._mark()
        if tag == "li":
            self._lines[-1] += "- "
