"""People at browsers: what several stories share. Invitations by command, letters, decisions, and pages held sound."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Page, expect

from tests.browser.reading import ROOT
from tests.browser.test_accessibility import problems

WORDS = "plum tree river"
WIDTH = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
Person = Callable[[str], Page]


def ours(said: ConsoleMessage, address: str) -> bool:
    """What a page of ours complains about; the provider's pages are not ours."""
    return said.type == "error" and said.location["url"].startswith(address)


def command(folder: Path, address: str, *words: str) -> str:
    given = {"IIF_HOME": str(folder), "IIF_ADDRESS": address, "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-m", "data_access", *words], cwd=ROOT, env=given, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def path(link: str) -> str:
    return "/" + link.split("/", 3)[3]


def sound(page: Page) -> None:
    """Axe finds nothing, and nothing is wider than the window, on a telephone neither."""
    assert problems(page) == []
    size = page.viewport_size
    page.set_viewport_size({"width": 390, "height": 844})
    assert problems(page) == [] and page.evaluate(WIDTH) <= 0, page.url
    page.set_viewport_size(size)


def newcomer(page: Page, name: str) -> None:
    sound(page)
    page.get_by_label("Your name", exact=True).fill(name)
    page.get_by_label("A password", exact=True).fill(WORDS)
    page.get_by_label("The same password again").fill(WORDS)
    page.get_by_role("button", name="Make my account").click()
    expect(page.get_by_text(f"Signed in as {name}")).to_be_visible()


def letter(folder: Path, to: str) -> str:
    """The link in the letter to somebody."""
    found = [one.read_text().replace("=\n", "") for one in (folder / "outbox").glob("*.eml")]
    [text] = [one for one in found if f"To: {to}\n" in one]
    link = re.search(r"http://\S+/invitation/\S+", text)
    assert link
    return link[0]


def decide(page: Page, decision: str, why: str) -> None:
    """Finds the one proposal that waits, and decides on it."""
    page.get_by_role("link", name="Moderation").click()
    sound(page)
    page.locator("main table a, main li a").first.click()
    expect(page.get_by_role("heading", name="Decide")).to_be_visible()
    sound(page)
    page.get_by_label("Decision").select_option(decision)
    page.get_by_label("Why").fill(why)
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(page.get_by_text("The decision is on record.")).to_be_visible()
