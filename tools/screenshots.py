"""Pictures of the pages as they are: `python -m tools.screenshots docs` writes them."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.reading import FLAGS, WATCH, chromium, serving, settle

PICTURES = {"overview": "/", "goal": "/goal/5", "commitment": "/commitment/gleneagles-2005-oda"}
WIDTHS = (1440, 390)


def main(folder: Path) -> None:
    """Writes `overview-1440.png` and its like into the folder."""
    with (
        tempfile.TemporaryDirectory() as home,
        serving(Path(home)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for width in WIDTHS:
            page = browser.new_page(viewport={"width": width, "height": 900}, reduced_motion="reduce")
            page.add_init_script(WATCH)
            for name, path in PICTURES.items():
                page.goto(address + path)
                settle(page)
                page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
                print(folder / f"{name}-{width}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
