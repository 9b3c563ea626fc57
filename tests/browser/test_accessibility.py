"""What axe-core can tell of the pages, and what it cannot: names, keys, headings, no word to the outside."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.reading import settle, violations

Open = Callable[..., Page]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = ["/", "/goal/5", "/methods"]
WIDTHS = [1440, 390]
STATES = ["/?donor=GBR&recipient=KEN&since=2005", "/?gender=2", "/?donor=NOBODY&colour=red", "/goal/2?donor=FRA"]


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


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(reader: Open, path: str, width: int) -> None:
    assert problems(reader(path, width, bypass_csp=True)) == []


@pytest.mark.parametrize("path", STATES)
def test_axe_finds_nothing_where_something_is_picked_refused_or_empty(reader: Open, path: str) -> None:
    assert problems(reader(path, bypass_csp=True)) == []


def test_axe_finds_nothing_with_filters_and_tables_open(reader: Open) -> None:
    page = reader("/", bypass_csp=True)
    for opener in page.locator("button.opener").all():
        opener.click()
    page.locator(".filters summary").first.click()
    settle(page)
    assert problems(page) == []


@pytest.mark.parametrize("path", [*PAGES, *STATES])
def test_a_page_keeps_its_policy_writes_no_error_and_asks_no_other_host(reader: Open, path: str) -> None:
    page = reader(path)
    assert violations(page) == []
    assert page.locator("main").count() == 1


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_is_no_wider_than_its_window(reader: Open, path: str, width: int) -> None:
    page = reader(path, width)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", PAGES)
def test_headings_come_in_order_and_the_language_is_named(reader: Open, path: str) -> None:
    page = reader(path)
    levels = page.evaluate("() => [...document.querySelectorAll('h1,h2,h3,h4')].map((h) => Number(h.tagName[1]))")
    assert page.evaluate("() => document.documentElement.lang") == "en"
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("path", ["/", "/goal/5"])
def test_every_figure_says_in_words_what_it_shows(reader: Open, path: str) -> None:
    page = reader(path)
    words = page.evaluate(
        "() => [...document.querySelectorAll('[role=img][aria-labelledby]')]"
        ".map((f) => document.getElementById(f.getAttribute('aria-labelledby')).textContent)"
    )
    assert words
    assert all(len(sentence) > 15 for sentence in words)


def test_a_page_that_does_not_exist_says_so(browser: Browser, served: str) -> None:
    page = browser.new_page()
    answer = page.goto(f"{served}/nothing")
    assert answer and answer.status == 404
    assert page.locator("h1").inner_text() == "This page does not exist"
    page.locator("a").click()
    assert page.url == f"{served}/"
    page.close()


def test_figures_offer_no_way_out_of_the_page(reader: Open) -> None:
    assert reader("/").locator(".modebar-btn").count() == 0
