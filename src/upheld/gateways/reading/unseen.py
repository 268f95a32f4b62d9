"""What nobody sees in HTML, dropped before it is taken apart: styles, scripts, comments, pictures spelled out in letters."""

import re

BEGINS = re.compile(r"<(style|script|title)\b|<!--", re.IGNORECASE)
ENDS = {name: re.compile(rf"</{name}(?=[\s/>])[^>]{{0,100}}>", re.IGNORECASE) for name in ("style", "script", "title")}
COMMENT, COMMENT_ENDS = "", re.compile("-->")
SPELLED = re.compile(r"data:[a-z0-9.+/;=-]{0,100}base64,[a-z0-9+/=%\s]{200,}", re.IGNORECASE)
NO_PICTURE = "data:,"
"""What stands for a picture that was spelled out."""


def drop_unseen(html: str) -> str:
    """
    The HTML without them; what has no end stays, for the cleaner. Reads each letter a fixed number of times.

    It makes nothing harmless: what is left can be put together anew, and is cleaned afterwards.
    """
    kept: list[str] = []
    endless: set[str] = set()
    at = 0
    for begin in BEGINS.finditer(html):
        name = (begin[1] or COMMENT).lower()
        if begin.start() < at or name in endless:
            continue
        # `<!-->` is a whole comment.
        end = ENDS.get(name, COMMENT_ENDS).search(html, begin.end() if name else begin.start() + 2)
        if end is None:
            endless.add(name)
            continue
        kept.append(html[at : begin.start()])
        at = end.end()
    return SPELLED.sub(NO_PICTURE, "".join([*kept, html[at:]]))
