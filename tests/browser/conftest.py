"""The real app, served as it ships, and a reader at Debian's Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.reading import FLAGS, Watch, chromium, serving, settle, violations

Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": chromium(), "args": FLAGS}


@pytest.fixture(scope="session")
def served(home: Path) -> Iterator[str]:
    """Address of the app, served by gunicorn with its own configuration over the embedded edition."""
    with serving(home) as address:
        yield address


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """One context for each width and kind, kept, so that scripts are fetched and read once."""
    made: dict[str, BrowserContext] = {}

    def context(width: int, **options: Any) -> BrowserContext:
        key = f"{width} {sorted(options.items())}"
        if key not in made:
            made[key] = browser.new_context(viewport={"width": width, "height": 900}, **options)
        return made[key]

    yield context
    for one in made.values():
        one.close()


@pytest.fixture
def reader(contexts: Callable[..., BrowserContext], served: str) -> Iterator[Open]:
    """Opens a path at a width, painted. At the end: no console error, no violation, nothing asked of another host."""
    watch, pages = Watch(), list[Page]()

    def open_(path: str = "/", width: int = 1440, **options: Any) -> Page:
        page = contexts(width, **options).new_page()
        pages.append(page)
        page.set_default_timeout(15_000)
        watch.over(page)
        page.goto(served + path)
        settle(page)
        return page

    yield open_
    found = watch.found() + [broken for page in pages for broken in violations(page)]
    for page in pages:
        page.close()
    assert not found
