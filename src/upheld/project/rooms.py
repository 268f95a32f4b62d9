"""Which parts of the house stand: the apps with their rows, and the interfaces with their pages, found by their folders."""

from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent

# From below to above, so that tables are made before the tables that point at them.
APPS = (
    "ledger",
    "parties",
    "fleet",
    "oncall",
    "approvals",
    "agreements",
    "probes",
    "maintenance",
    "duties",
    "witnesses",
    "recovery",
    "desk",
    "findings",
    "billing",
    "statements",
    "erasure",
)
INTERFACES = ("console", "portal", "status", "api", "cli", "worker")
PAGES = {"status": "status/", "portal": "portal/", "api": "api/", "console": ""}
"""Where the addresses of each interface begin. The console comes last: it has the root."""


def list_apps() -> list[str]:
    """The installed apps, from below to above."""
    return [f"upheld.apps.{name}" for name in APPS if (HOUSE / "apps" / name / "__init__.py").is_file()]


def list_interfaces() -> list[str]:
    """The interfaces that bring something which Django looks for: templates, static files, commands, template tags."""
    looked_for = ("templates", "static", "management", "templatetags")
    return [
        f"upheld.interfaces.{name}"
        for name in INTERFACES
        if any((HOUSE / "interfaces" / name / folder).is_dir() for folder in looked_for)
    ]


def list_static_folders() -> list[Path]:
    """Where style sheets and scripts lie: with the pages, and with an interface that has its own."""
    rooms = [HOUSE / "pages", *(HOUSE / "interfaces" / name for name in INTERFACES)]
    return [folder for room in rooms if (folder := room / "static").is_dir()]


def list_frames() -> list[str]:
    """What each interface with pages for people who sign in puts around them; who may see two is at home in the first."""
    frames = [name for name in INTERFACES if (HOUSE / "interfaces" / name / "frame.py").is_file()]
    return [f"upheld.interfaces.{name}.frame.FRAME" for name in frames]


def list_addresses() -> list[tuple[str, str]]:
    """Where the pages of each interface begin, and the module that has their addresses."""
    return [
        (begin, f"upheld.interfaces.{name}.urls")
        for name, begin in PAGES.items()
        if (HOUSE / "interfaces" / name / "urls.py").is_file()
    ]
