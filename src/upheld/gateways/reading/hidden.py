"""Text that HTML hides by its styles: its reader never saw it, so it is not shown as if the sender had said it."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

import nh3

STYLED = re.compile(r"\bstyle\s*=|\bhidden\b", re.IGNORECASE)
TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]{0,30})")
MOST_TAGS = 300
# What lies in these is letters and no markup: whoever reads on takes its end for another one.
LETTERS_ALONE = {"iframe", "noembed", "noframes", "plaintext", "xmp", "listing"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
REMARK = re.compile(r"/\*.{0,500}?\*/", re.DOTALL)
ZERO = re.compile(r"[+-]?0*(?:\.0*)?(?:[a-z]{1,4}|%)?")
LONGEST_STYLE = 5_000


def drop_hidden(html: str, swallowed: set[str], attributes: dict[str, set[str]]) -> tuple[str, bool]:
    """
    The HTML without what it hides, and whether that held words; as it is where none are hidden. `swallowed`: elements that
    go with all that is in them.

    It makes nothing harmless, and is cleaned afterwards. The elements are those that a browser would see: the cleaner's
    parser has put them in order before they are walked.
    """
    if not STYLED.search(html):
        return html, False
    names = dict.fromkeys(name.lower() for name in TAG.findall(html))
    ordered = nh3.clean(
        html,
        tags=set(list(names)[:MOST_TAGS]) - swallowed - LETTERS_ALONE,
        clean_content_tags=swallowed,
        attributes={**attributes, "*": {"style", "hidden"}},
        url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
        link_rel=None,
    )
    walker = Walker()
    walker.feed(ordered)
    walker.close()
    return ("".join(walker.kept), True) if walker.has_hidden_words else (html, False)


@dataclass(frozen=True, slots=True)
class Look:
    """How an element shows what is in it. What is not shown at all no child can bring back."""

    is_shown: bool = True
    is_visible: bool = True
    has_size: bool = True

    @property
    def shows_words(self) -> bool:
        return self.is_shown and self.is_visible and self.has_size


class Walker(HTMLParser):
    """Keeps what is seen, letter for letter. It is given ordered HTML alone, in which every element is closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.kept: list[str] = []
        self.has_hidden_words = False
        self._looks = [Look()]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        look = look_of(dict(attributes), self._looks[-1])
        if look.is_shown and (tag not in VOID or look.is_visible):
            self.kept.append(self.get_starttag_text() or "")
        if tag not in VOID:
            self._looks.append(look)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and len(self._looks) > 1 and self._looks.pop().is_shown:
            self.kept.append(f"</{tag}>")

    def handle_data(self, text: str) -> None:
        self._say(text, text)

    def handle_entityref(self, name: str) -> None:
        self._say(f"&{name};", "")

    def handle_charref(self, name: str) -> None:
        self._say(f"&#{name};", "")

    def _say(self, written: str, words: str) -> None:
        if self._looks[-1].shows_words:
            self.kept.append(written)
        else:
            self.has_hidden_words |= any(letter.isalnum() for letter in words)


def look_of(attributes: dict[str, str | None], around: Look) -> Look:
    """How an element with these attributes shows what is in it, given how the one around it does."""
    style = read_style(attributes.get("style") or "")
    height = style.get("max-height", "")
    is_shown = (
        around.is_shown
        and "hidden" not in attributes
        and style.get("display") != "none"
        and not is_zero(style.get("opacity", ""))
        and not (is_zero(height) and style.get("overflow") == "hidden")
    )
    sight = style.get("visibility", "")
    is_visible = around.is_visible if sight in {"", "inherit"} else sight not in {"hidden", "collapse"}
    # A size within a size of nothing counts only where it is no share of it.
    size = style.get("font-size") or find_size(style.get("font", ""))
    is_share = size.endswith(("em", "%")) and not size.endswith("rem")
    has_size = around.has_size if not size or size == "inherit" or is_share else True
    return Look(is_shown, is_visible, has_size and not is_zero(size))


def read_style(written: str) -> dict[str, str]:
    """The declarations in small letters; of several of one name the last, as a browser takes it."""
    style: dict[str, str] = {}
    for declaration in REMARK.sub("", written[:LONGEST_STYLE]).lower().split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            style[name.strip()] = value.replace("!important", "").strip()
    return style


def find_size(font: str) -> str:
    """The size in `italic 700 12px/1.5 sans-serif`: the last number before the height of a line."""
    numbers = [word for word in font.partition("/")[0].split() if word[0] in "0123456789."]
    return numbers[-1] if numbers else ""


def is_zero(length: str) -> bool:
    return any(letter == "0" for letter in length) and ZERO.fullmatch(length) is not None
