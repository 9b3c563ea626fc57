"""The real app, served as it ships, and a reader at Debian's Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree
from typing import Any

import oidc_provider_mock
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.people import Person, ours
from tests.browser.reading import FLAGS, WATCH, Watch, chromium, serving, settle, violations

Open = Callable[..., Page]
CUT = "net::ERR_INTERNET_DISCONNECTED"  # of what a page asks for while a test has cut the line


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
    found = watch.found() + [broken for page in pages if not page.is_closed() for broken in violations(page)]
    for page in pages:
        page.close()
    assert not found


@pytest.fixture(scope="session")
def people_folder(edition_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which people of stories write."""
    return Path(copytree(edition_home, tmp_path_factory.mktemp("story") / "home"))


@pytest.fixture(scope="session")
def people_address(people_folder: Path) -> Iterator[str]:
    """The app over it, with a provider by which one of them signs in."""
    ben = oidc_provider_mock.User(sub="ben", claims={"name": "Ben of the ministry"})
    with (
        oidc_provider_mock.run_server_in_thread(require_nonce=True, user_claims=[ben]) as provider,
        serving(
            people_folder,
            IIF_OPENID_ISSUER=f"http://localhost:{provider.server_port}",
            IIF_OPENID_CLIENT="tracking",
            IIF_OPENID_SECRET="of the tests",
            IIF_OPENID_NAME="the ministry",
        ) as served,
    ):
        yield served


@pytest.fixture
def person(browser: Browser, people_address: str) -> Iterator[Person]:
    """A browser of its own for each; at the end: no script failed, no policy was broken."""
    errors, pages = list[str](), list[Page]()

    def open_(path: str, width: int = 1440) -> Page:
        page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
        page.set_default_timeout(15_000)
        page.add_init_script(WATCH)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if ours(said, people_address) else None)
        pages.append(page)
        page.goto(people_address + path)
        return page

    yield open_
    found = [one for one in errors if not one.endswith(CUT)] + [broken for page in pages for broken in violations(page)]
    for page in pages:
        page.context.close()
    assert not found
