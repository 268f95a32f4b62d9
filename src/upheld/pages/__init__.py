"""How a figure, a time, a reason and a picture look: plain values in, a page out; no rows, no request, no clock."""

from upheld.pages.render import render_page

__all__ = ["render_page"]
