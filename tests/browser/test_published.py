"""A reader whose page is older than what was published meanwhile: new figures under the new name at the next click."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from data_access import editions
from tests.browser.reading import WATCH, serving, settle
from tests.living import embedded_stand_in, small_edition

NAME, TILE = "#edition", ".tile-head"
FILE = "[data-panel=gap] .acts > a[download]"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("published")
    small_edition(made, embedded_stand_in())
    small_edition(made, "small-000000000007", times=7)
    return made


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    editions.point(folder, editions.kept(folder)[0])
    with serving(folder, IIF_WORKERS="1") as reached:
        yield reached


@pytest.fixture
def page(contexts: Callable[..., BrowserContext], folder: Path, address: str) -> Iterator[Page]:
    show(folder, editions.kept(folder)[0])
    opened = contexts(1440).new_page()
    opened.add_init_script(WATCH)
    opened.set_default_timeout(15_000)
    yield opened
    opened.close()


def show(folder: Path, name: str) -> None:
    editions.point(folder, name)
    time.sleep(1)


def visit(page: Page, address: str) -> None:
    page.goto(address)
    settle(page)


def test_the_next_click_brings_the_new_figures_under_the_new_name(page: Page, folder: Path, address: str) -> None:
    first, second = editions.kept(folder)
    visit(page, f"{address}/")
    assert page.locator(NAME).inner_text() == first
    assert f"edition={first}" in (page.locator(FILE).get_attribute("href") or "")
    before = page.locator("#headline").inner_text()
    show(folder, second)
    page.locator("[data-panel=gap] .opener").click()
    settle(page)
    assert page.locator(NAME).inner_text() == first
    exact = page.request.get(f"{address}/export/gap.csv?edition={first}").text().split("committed,")[1].split(".")[0]
    shown = page.locator("[data-panel=gap] .twin").text_content() or ""
    assert exact in shown.replace(",", ""), "a table opened below a panel is of that panel's edition"
    page.locator(TILE).first.click()
    settle(page)
    assert page.locator(NAME).inner_text() == second
    assert f"edition={second}" in (page.locator(FILE).get_attribute("href") or "")
    assert second in page.locator("#permalink").inner_text()
    page.locator(TILE).first.click()
    settle(page)
    assert page.locator("#headline").inner_text() != before


def test_a_pinned_page_is_named_in_the_top_bar_and_a_chip_lets_go_of_it(page: Page, folder: Path, address: str) -> None:
    first, second = editions.kept(folder)
    visit(page, f"{address}/?edition={second}")
    assert page.locator(NAME).inner_text() == second
    pinned = page.locator("#headline").inner_text()
    page.locator("#chips button[data-key=edition]").click()
    settle(page)
    assert page.locator(NAME).inner_text() == first and "edition=" not in page.url
    assert page.locator("#headline").inner_text() != pinned


def test_a_link_to_an_edition_that_is_gone_says_what_is_shown_instead(page: Page, folder: Path, address: str) -> None:
    visit(page, f"{address}/?edition=2001-01-01-00000000")
    assert page.locator(NAME).inner_text() == editions.kept(folder)[0]
    assert "edition=2001-01-01-00000000 is not known" in page.locator("#chips").inner_text()


def test_another_page_names_its_edition_too(page: Page, folder: Path, address: str) -> None:
    first, second = editions.kept(folder)
    visit(page, f"{address}/methods")
    assert page.locator(NAME).inner_text() == first and f"Edition {first}." in page.locator("#content").inner_text()
    show(folder, second)
    page.locator("a.brand").click()
    settle(page)
    assert page.locator(NAME).inner_text() == second
