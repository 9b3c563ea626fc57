"""What axe-core can tell of the pages, and what it cannot: names, keys, headings, no word to the outside."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.reading import settle

Open = Callable[..., Page]
Unfold = Callable[[Page], Page]
WIDTHS = (390, 1440)  # of windows
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = ["/", "/goal/5", "/methods"]
STATES = ["/?donor=GBR&recipient=KEN&since=2005", "/?gender=2", "/?donor=NOBODY&colour=red", "/goal/2?donor=FRA"]
VISITS = [(path, width) for path in PAGES for width in WIDTHS] + [(path, 1440) for path in STATES]
HEADINGS = """() => [...document.querySelectorAll('h1,h2,h3,h4')]
  .filter((h) => h.checkVisibility()).map((h) => Number(h.tagName[1]))"""
FOUND = """([rules, within]) => axe
  .run(within || document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})
  .then((answer) => answer.violations)"""  # the rest of the answer, of every element, takes longer than to find it
FIGURES = """() => [...document.querySelectorAll('[role=img][aria-labelledby]')]
  .map((f) => document.getElementById(f.getAttribute('aria-labelledby')).textContent)"""


def problems(page: Page, within: str = "") -> list[str]:
    """Every violation that axe-core finds, with the elements it finds it at. within: of an element alone."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    found: list[dict[str, Any]] = page.wait_for_function(FOUND, arg=[RULES, within], timeout=60_000).json_value()
    return [
        f"{violation['id']}: {violation['help']} at {[node['target'] for node in violation['nodes']][:4]}"
        for violation in found
    ]


def unfolded(page: Page) -> Page:
    """Everything that is folded, unfolded; menus stay closed, as only one of them can be open."""
    page.evaluate("() => document.querySelectorAll('main details:not(.acts-more)').forEach((one) => (one.open = true))")
    settle(page)
    return page


def resized(page: Page, width: int) -> Page:
    """In a window of another width, laid out anew."""
    page.set_viewport_size({"width": width, "height": 900})
    page.wait_for_function("(width) => window.innerWidth === width", arg=width)
    page.wait_for_timeout(300)  # figures are drawn again a moment after their frame has its size
    settle(page)
    return page


def assert_sound(page: Page, unfold: Unfold = unfolded) -> None:
    """A page that was opened in a narrow window, there and once that is widened: axe-core finds nothing, nothing is
    wider than the window, and headings are in order."""
    assert page.evaluate("() => window.innerWidth") == WIDTHS[0]
    for width in WIDTHS:
        unfold(resized(page, width) if width != WIDTHS[0] else page)
        levels = page.evaluate(HEADINGS)
        assert problems(page) == [], width
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width
        assert levels[0] == 1 and all(after - before <= 1 for before, after in pairwise(levels)), width


@pytest.mark.parametrize(("path", "width"), VISITS)
def test_a_page_is_in_order_and_axe_finds_nothing(reader: Open, path: str, width: int) -> None:
    """No wider than its window, its headings in order, its language named, its figures said in words, its policy kept
    (the reader sees to that, and to console errors and other hosts)."""
    page = reader(path, width)
    assert problems(page) == []
    levels, named = page.evaluate(HEADINGS), page.evaluate(FIGURES)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    assert page.evaluate("() => document.documentElement.lang") == "en"
    assert levels[:1] == [1]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(len(sentence) > 15 for sentence in named)
    assert page.locator("main").count() == 1
    assert page.locator(".modebar-btn").count() == 0


def test_axe_finds_nothing_with_tables_open(reader: Open) -> None:
    page = reader("/")
    for name in page.evaluate("() => [...document.querySelectorAll('[data-panel]')].map((p) => p.dataset.panel)"):
        page.evaluate("(n) => document.querySelector(`[data-panel=${n}] button.opener`).click()", name)
        page.wait_for_selector(f"[data-panel={name}] .twin table")
    settle(page)
    assert problems(page) == []


def test_a_page_that_does_not_exist_says_so(browser: Browser, served: str) -> None:
    page = browser.new_page()
    answer = page.goto(f"{served}/nothing")
    assert answer and answer.status == 404
    assert page.locator("h1").inner_text() == "This page does not exist"
    page.locator("a").click()
    assert page.url == f"{served}/"
    page.close()
