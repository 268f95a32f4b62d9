"""Icons and patterns, drawn here: a page carries only the icons that it uses."""

from collections.abc import Collection
from types import MappingProxyType

from django.utils.safestring import SafeString, mark_safe

DISC = "M8 .5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15z"
RING = f"{DISC}m0 2a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11z"

# Each a path on a field of 16 by 16; the mark is wider. Holes are cut by the even-odd rule.
ICONS = MappingProxyType(
    {
        "mark": "M1 3h22v5H1zM4 10h5v11H4zM15 10h5v11h-5z",
        "up": f"{DISC}m-1.2 11L3.2 8l1.3-1.3 2.3 2.2 4.7-4.7L12.8 5.5z",
        "down": ("M1 1h14v14H1zm3.7 2.3L3.3 4.7 6.6 8l-3.3 3.3 1.4 1.4L8 9.4l3.3 3.3 1.4-1.4L9.4 8l3.3-3.3-1.4-1.4L8 6.6z"),
        "degraded": "M8 .8 15.8 15H.2zM7.1 5.6v4.6h1.8V5.6zm0 5.8v1.9h1.8v-1.9z",
        "unknown": (
            "M8 1a7 7 0 0 1 2.7.5l-.6 1.7A5.2 5.2 0 0 0 8 2.8zM13.1 3.2A7 7 0 0 1 15 8h-1.8a5.2 5.2 0 0 0-1.4-3.5z"
            "M14.5 10.7a7 7 0 0 1-3.8 3.8l-.7-1.7a5.2 5.2 0 0 0 2.8-2.8z"
            "M8 15a7 7 0 0 1-4.8-1.9l1.2-1.3A5.2 5.2 0 0 0 8 13.2z"
            "M1.5 10.7A7 7 0 0 1 1 8h1.8c0 .7.1 1.4.4 2zM2.9 3.2A7 7 0 0 1 5.5 1.5l.6 1.7a5.2 5.2 0 0 0-1.9 1.3z"
            "M7.1 9.5c0-1.6 1.6-1.7 1.6-2.8 0-.5-.4-.8-.9-.8s-.9.4-1 1H5.2C5.3 5.3 6.4 4.4 7.9 4.4c1.5 0 2.6.9 2.6 2.2"
            " 0 1.8-1.7 1.9-1.7 2.9zM7 10.4h1.9v1.7H7z"
        ),
        "excluded": f"{DISC}m0 2a5.5 5.5 0 0 1 3.3 1.1L3.6 11.3A5.5 5.5 0 0 1 8 2.5zm4.4 2.2a5.5 5.5 0 0 1-7.7 7.7z",
        "maintenance": "M1 2h2.5v12H1zM5.2 2h2.5v12H5.2zM9.4 2h2.5v12H9.4zM13.5 2H15v12h-1.5z",
        "run": f"{RING}M7.1 4v4.5l3.4 2 .9-1.5-2.5-1.5V4z",
        "pause": "M3 2h3.5v12H3zM9.5 2H13v12H9.5z",
        "phone": "M4.5 1 2 2.5C1.6 8.5 7.5 14.4 13.5 14l1.5-2.5-3.6-2.2-1.6 1.4C8 9.9 6.1 8 5.3 6.2l1.4-1.6z",
    }
)
PATTERNS = (
    '<pattern id="p-unknown" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path class="p-u" d="M1 0V6"/></pattern>'
    '<pattern id="p-run" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path class="p-r" d="M1.5 0V6"/></pattern>'
    '<pattern id="p-maint" width="5" height="5" patternUnits="userSpaceOnUse"><path class="p-m" d="M1.5 0V5"/></pattern>'
)


def write_sprite(used: Collection[str]) -> SafeString:
    """The icons of a page, each as a symbol to be used by its id, and the patterns that its pictures are filled with."""
    symbols = "".join(
        f'<symbol id="i-{name}" viewBox="0 0 {"24 24" if name == "mark" else "16 16"}">'
        f'<path fill-rule="evenodd" d="{path}"/></symbol>'
        for name, path in ICONS.items()
        if name in used
    )
    return mark_safe(f'<svg class="sprite" aria-hidden="true"><defs>{PATTERNS}</defs>{symbols}</svg>')
