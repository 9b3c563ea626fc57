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


@pytest.fixture
def reader(browser: Browser, served: str) -> Iterator[Open]:
    """Opens a path at a width, painted. At the end: no console error, no violation, nothing asked of another host."""
    contexts, watch, pages = list[BrowserContext](), Watch(), list[Page]()

    def open_(path: str = "/", width: int = 1440, **options: Any) -> Page:
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, **options))
        page = contexts[-1].new_page()
        pages.append(page)
        watch.over(page)
        page.goto(served + path)
        settle(page)
        return page

    yield open_
    found = watch.found() + [broken for page in pages for broken in violations(page)]
    for context in contexts:
        context.close()
    assert not found
