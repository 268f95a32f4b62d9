"""Mails that a page writes: an invitation, a new password, a change of persons, a claim. Plain words, plain text."""

from functools import cache
from pathlib import Path

from django.template import Context, Engine

from upheld.pages.words import NBSP


def write_letter(template: str, **words: str) -> tuple[str, str]:
    """Subject and text; the first line of the template is the subject."""
    written = build_engine().get_template(f"doors/{template}.txt").render(Context(words, autoescape=False))
    subject, _, text = written.replace(NBSP, " ").partition("\n")
    return " ".join(subject.split()), text.strip() + "\n"


@cache
def build_engine() -> Engine:
    return Engine(dirs=[str(Path(__file__).parent / "templates")], autoescape=False)
