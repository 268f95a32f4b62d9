"""The README's picture: the running product with its demo, its service broken, as the console shows it."""

import re
import shutil
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from tools.product import ROOT, own_product

TARGET = ROOT / "docs" / "pictures" / "console.png"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
SECONDS_UP, SECONDS_DOWN = 25, 40


def main() -> int:
    """Take the picture; 2 where there is no browser to take it with."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("no Chromium is installed; apt-get install chromium", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder, own_product(Path(folder) / "home", "--demo") as product:
        opened = "the desk of the demo is open"
        product.wait_until(lambda: opened in product.log.read_text(errors="replace"), "the demo's desk is open")
        link = re.search(r"/set-up/\S+", product.log.read_text(errors="replace"))
        assert link
        with sync_playwright() as started:
            browser = started.chromium.launch(executable_path=chromium, headless=True, args=FLAGS)
            page = browser.new_page(viewport={"width": 1360, "height": 980})
            page.goto(product.address + link[0])
            page.fill("input[name=person]", "Mara Ellis")
            page.fill("input[name=email]", "mara@provider.example")
            page.fill("input[name=password]", "a long pass phrase of one's own")
            page.click("main button")
            time.sleep(SECONDS_UP)
            product.do("demo", "break")
            time.sleep(SECONDS_DOWN)
            page.goto(f"{product.address}/now")
            TARGET.parent.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=TARGET)
            browser.close()
    print(f"{TARGET.relative_to(ROOT)}, {TARGET.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
