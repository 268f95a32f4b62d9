"""What an interface puts around its pages: who may see it, its navigation, where home is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from upheld.pages.contexts.page import Around, NavEntry

May = Callable[[object], bool]
STATUS_URL = "/status/"
"""Open to everyone: where those are led who may see nothing else."""


def anybody(user: object) -> bool:
    """For the doors themselves: signing in, the first set-up, light or dark."""
    return True


def list_nothing(asked: Any) -> tuple[NavEntry, ...]:
    return ()


def tell_nothing(asked: Any) -> str:
    return ""


def surround_with_nothing(asked: Any) -> Around | None:
    return None


def nobody(user: object) -> bool:
    return False


def see_nothing(asked: Any, agreement: Any) -> bool:
    return False


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """
    One interface as its doors know it. `may` says who sees it at all; to everybody else nothing is here.

    `namespace` begins the names of its addresses (`portal:`), `home` is the name of the first of them.
    """

    may: May
    home: str = ""
    home_words: str = ""
    namespace: str = ""
    may_see: Callable[[Any, Any], bool] = see_nothing
    """Whether whoever asked may learn of an agreement; what hangs on the others is not there."""
    sees_all: bool = False
    """Whether whoever sees the interface sees every agreement, and texts that bind nobody yet."""
    may_change: May = nobody
    """Who may record what happened, from the pages that every interface shows."""
    list_sections: Callable[[Any], tuple[NavEntry, ...]] = list_nothing
    """The words of the navigation, for what was asked."""
    tell_role: Callable[[Any], str] = tell_nothing
    """What stands under the reader's name."""
    surround: Callable[[Any], Around | None] = surround_with_nothing
    """What leads the pages in another's name than the console's."""
    not_allowed: str = ""
    """What is said to who may look and not do; empty, the usual words stand."""
    behind: Mapping[str, str] = field(default_factory=dict)
    """What each address leads to, said at the door: by its name, the parts of the address in braces."""

    def url_of(self, name: str, *arguments: str | int) -> str:
        """An address of this interface by its name there."""
        return reverse(f"{self.namespace}{name}", args=arguments)

    @property
    def home_url(self) -> str:
        return self.url_of(self.home) if self.home else STATUS_URL


BARE = Frame(may=anybody)
"""Around what belongs to no interface, for who may see none."""


@lru_cache(maxsize=1)
def list_frames() -> tuple[Frame, ...]:
    """Of every interface that stands; whoever may see more than one is at home in the first."""
    return tuple(import_string(name) for name in settings.UPHELD_FRAMES)


def frame_for(user: object) -> Frame:
    """The interface in which this person is at home."""
    return next((frame for frame in list_frames() if frame.may(user)), BARE)


def tell_behind(name: str, parts: Mapping[str, Any]) -> str:
    """What an address leads to, from its words alone: whether it is there is nobody's business yet."""
    for frame in list_frames():
        words = frame.behind.get(name.removeprefix(frame.namespace), "") if name.startswith(frame.namespace) else ""
        if words:
            return words.format(**parts)
    return ""
