"""Serving the status page from its files: no rows are read, so it stands when the database does not."""

import re
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from upheld.gateways.pyz import PAGE_NAME

SECONDS_TO_KEEP = 15
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,60}(?:\.(?:html|css|js|json|svg|pyz))?")
KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".svg": "image/svg+xml",
    ".pyz": "application/octet-stream",
}
NOT_WRITTEN = "The status page is not written yet: the worker writes it within seconds of its start.\n"


def show_file(request: HttpRequest, name: str = "index.html", folder: str = "") -> HttpResponse:
    """One file of the status folder; a page may be asked for without its ending."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponse("This address is only read.\n", content_type="text/plain", status=405)
    content, kind = find_file(settings.UPHELD_STATUS, folder, name)
    if content is None:
        is_front = not folder and name == "index.html"
        words = NOT_WRITTEN if is_front else "Nothing is kept at this address.\n"
        return HttpResponse(words, content_type="text/plain; charset=utf-8", status=503 if is_front else 404)
    response = HttpResponse(content, content_type=kind)
    if PAGE_NAME in (name, f"{name}.html"):
        # To be kept and opened from the disk: what this server shows is no second opinion, and our policy stops its script.
        response["Content-Disposition"] = f'attachment; filename="{PAGE_NAME}"'
    response["Cache-Control"] = f"public, max-age={SECONDS_TO_KEEP}"
    return response


def find_file(home: Path, folder: str, name: str) -> tuple[bytes | None, str]:
    """The content of a file and its kind; nothing for a name that no file of ours can have."""
    if not NAME.fullmatch(name):
        return None, ""
    path = home / folder / (name if "." in name else f"{name}.html")
    try:
        return path.read_bytes(), KINDS[path.suffix]
    except OSError:
        return None, ""
