"""A page's record and the request's bits in, HTML out."""

from django.template import Context

from upheld.pages.contexts.page import Page, RequestBits
from upheld.pages.engine import build_engine


def render_page(page: Page, bits: RequestBits, *, marking_gaps: str = "") -> str:
    """
    The whole document, or the part that a part's record asks for (a plan's verdict, the lines below a reason).

    Needs no settings and no request, so the status page is made by the same call and written as a plain file.
    """
    template = build_engine(marking_gaps).get_template(page.template)
    words = {"page": page, "bits": bits, "used_icons": set(), "hinted": set()}
    return str(template.render(Context(words, use_l10n=False, use_tz=False)))
