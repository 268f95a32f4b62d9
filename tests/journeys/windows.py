"""Windows of people in the system's Chromium: each signed in as somebody, each page looked at by axe where it is visited."""

from typing import Any
from urllib.parse import urlsplit

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCHEMES = ("light", "dark")
OPENED = "document.querySelectorAll('details:not([hx-get])').forEach(each => { each.open = true })"
WAIT_MS = 20_000


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


class Window:
    """One person's window on the desk at `address`. `complaints` is what the browser had to say."""

    def __init__(self, browser: Any, address: str, width: int = 1360, **context: Any) -> None:
        self.address = address
        self.context = browser.new_context(viewport={"width": width, "height": 900}, **context)
        self.page: Any = self.context.new_page()
        self.page.set_default_timeout(WAIT_MS)
        self.complaints: list[str] = []
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def close(self) -> None:
        """Nothing was stopped by the strict policy, and no script failed; a refusal that was awaited is no complaint."""
        self.context.close()
        told = [line for line in self.complaints if "Failed to load resource" not in line]
        assert told == []

    def sign_in(self, name: str, password: str) -> None:
        self.go("/sign-in")
        self.page.fill("#f-name", name)
        self.page.fill("#f-password", password)
        self.page.click("main button")
        self.page.wait_for_url(lambda url: "sign-in" not in url)

    def go(self, place: str) -> "Window":
        """Open a page by its path."""
        self.page.goto(f"{self.address}{place}")
        return self

    @property
    def place(self) -> str:
        return urlsplit(str(self.page.url)).path

    @property
    def heading(self) -> str:
        return plain(self.page.inner_text("h1"))

    @property
    def toast(self) -> str:
        return plain(self.page.inner_text(".toast"))

    def read(self, selector: str = "main") -> str:
        """What stands there; what is folded away is read as well."""
        return plain(self.page.text_content(selector))

    def section(self, anchor: str) -> str:
        return self.read(f"section[aria-labelledby={anchor}]")

    def click(self, words: str) -> "Window":
        """A link or a button by its whole words."""
        self.page.locator("main").locator("a, button, summary").filter(has_text=words).first.click()
        self.page.wait_for_load_state()
        return self

    def open_form(self, words: str) -> "Window":
        """A deed that is folded away."""
        self.page.locator("summary", has_text=words).first.click()
        return self

    def send(self, button: str, **fields: str) -> "Window":
        """Fill the form that has this button, and press it; names of fields are those of the form."""
        form = self.page.locator("form").filter(has=self.page.get_by_role("button", name=button, exact=True)).last
        for name, value in fields.items():
            field = form.locator(f"[name='{name.replace('_', '-')}']").first
            if field.evaluate("each => each.tagName") == "SELECT":
                field.select_option(value)
            elif field.get_attribute("type") == "radio":
                form.locator(f"[name={name}][value='{value}']").check()
            else:
                field.fill(value)
        form.get_by_role("button", name=button, exact=True).click()
        self.page.wait_for_load_state()
        return self

    def find_faults(self) -> list[tuple[object, ...]]:
        """What axe finds on the page as it stands, in light and in dark, and whether it scrolls sideways."""
        from axe_playwright_python.sync_playwright import Axe

        found: list[tuple[object, ...]] = []
        self.page.evaluate(OPENED)
        for scheme in SCHEMES:
            self.page.emulate_media(color_scheme=scheme)
            answer = Axe().run(self.page, options={"runOnly": RULES, "resultTypes": ["violations"]})
            for wrong in answer.response["violations"]:
                found.append((self.place, scheme, wrong["id"], [node["target"] for node in wrong["nodes"]][:3]))
        self.page.emulate_media(color_scheme="light")
        if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append((self.place, "scrolls sideways"))
        return found
