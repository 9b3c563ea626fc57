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
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = ["/", "/goal/5", "/methods"]
STATES = ["/?donor=GBR&recipient=KEN&since=2005", "/?gender=2", "/?donor=NOBODY&colour=red", "/goal/2?donor=FRA"]
VISITS = [(path, width) for path in PAGES for width in (1440, 390)] + [(path, 1440) for path in STATES]
HEADINGS = """() => [...document.querySelectorAll('h1,h2,h3,h4')]
  .filter((h) => h.checkVisibility()).map((h) => Number(h.tagName[1]))"""
FIGURES = """() => [...document.querySelectorAll('[role=img][aria-labelledby]')]
  .map((f) => document.getElementById(f.getAttribute('aria-labelledby')).textContent)"""


def problems(page: Page) -> list[str]:
    """Every violation that axe-core finds, with the elements it finds it at."""
    page.evaluate(AXE)
    answer: dict[str, Any] = page.evaluate(
        "(rules) => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES
    )
    return [
        f"{violation['id']}: {violation['help']} at {[node['target'] for node in violation['nodes']][:4]}"
        for violation in answer["violations"]
    ]


@pytest.mark.parametrize(("path", "width"), VISITS)
def test_axe_finds_nothing(reader: Open, path: str, width: int) -> None:
    assert problems(reader(path, width, bypass_csp=True)) == []


@pytest.mark.parametrize(("path", "width"), VISITS)
def test_a_page_is_in_order(reader: Open, path: str, width: int) -> None:
    """No wider than its window, its headings in order, its language named, its figures said in words, its policy kept
    (the reader sees to that, and to console errors and other hosts)."""
    page = reader(path, width)
    levels, named = page.evaluate(HEADINGS), page.evaluate(FIGURES)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    assert page.evaluate("() => document.documentElement.lang") == "en"
    assert levels[:1] == [1]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(len(sentence) > 15 for sentence in named)
    assert page.locator("main").count() == 1
    assert page.locator(".modebar-btn").count() == 0


def test_axe_finds_nothing_with_tables_open(reader: Open) -> None:
    page = reader("/", bypass_csp=True)
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
