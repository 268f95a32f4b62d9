"""Where the judge cannot answer yet: what is missing, in the place of the answer."""

from dataclasses import dataclass
from typing import ClassVar

from upheld.pages.contexts.page import Page


@dataclass(frozen=True, kw_only=True, slots=True)
class NoVerdict(Page):
    """Part of the page that plans work, by itself: what cannot be read yet of what stands in the form."""

    template: ClassVar[str] = "upheld/parts/no_verdict.html"

    says: str
