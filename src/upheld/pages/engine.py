"""Django's template engine by itself: no settings, no request, no database; the same page in the server and in a file."""

from functools import cache
from pathlib import Path

from django.template import Engine

ROOM = Path(__file__).parent
TAGS = "upheld.pages.templatetags.upheld"


@cache
def build_engine(marking_gaps: str = "") -> Engine:
    """
    The engine of all pages. `marking_gaps` is printed where a template names something that is not there: tests set it.
    """
    return Engine(
        dirs=[str(ROOM / "templates")],
        builtins=[TAGS],
        autoescape=True,
        string_if_invalid=marking_gaps,
        loaders=[("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"])],
    )
