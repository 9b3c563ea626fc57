"""The page of data at a browser: what it says aloud, how it fits, where its cells and choices lead."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.reading import settle
from tests.browser.test_accessibility import assert_sound

Open = Callable[..., Page]
SHOWN = ["/data", "/data?source=crs-sectors&stage=committed", "/data?source=dac1&sort=name", "/data?colour=red"]
ROWS = ".heat tbody:not(.together) tr"
CELL = ".heat tbody:not(.together) tr:first-child td.amount a"


def opened(page: Page) -> Page:
    """Everything that is folded, unfolded."""
    page.evaluate("() => { for (const one of document.querySelectorAll('.data details')) one.open = true; }")
    settle(page)
    return page


@pytest.mark.parametrize("path", SHOWN)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(reader: Open, path: str) -> None:
    assert_sound(reader(path, 390), opened)


def test_every_cell_has_its_heads_and_every_absence_its_name(reader: Open) -> None:
    page = reader("/data")
    assert page.locator(".heat caption").count() == 1
    assert page.locator(".heat thead th:not([scope=col])").count() == 0
    assert page.locator(".heat tbody tr").count() == page.locator(".heat tbody th[scope=row]").count()
    marks = page.locator(".heat td.not-reported img").evaluate_all("(found) => found.map((mark) => mark.alt)")
    assert set(marks) == {"not reported"}
    outside = page.locator(".heat td.outside").evaluate_all("(found) => found.map((cell) => cell.textContent)")
    assert set(outside) == {"the source begins in 2012"}


def test_every_donor_can_be_reached(reader: Open) -> None:
    page = reader("/data")
    assert page.locator(ROWS).count() == 16
    page.locator(".more").click()
    settle(page)
    assert page.locator(ROWS).count() == 89
    assert page.locator(".more").inner_text() == "show fewer"


def test_a_choice_changes_the_coverage_and_the_address_and_back_undoes_it(reader: Open) -> None:
    page = reader("/data")
    before = page.locator(".coverage h2").inner_text()
    page.get_by_role("link", name="OECD DAC1, official development assistance").click()
    settle(page)
    assert urlsplit(page.url).query == "source=dac1"
    assert page.locator(".coverage h2").inner_text() == "390 of 390 donor-years are reported"
    page.go_back()
    settle(page)
    assert page.locator(".coverage h2").inner_text() == before


def test_a_cell_leads_to_its_rows(reader: Open) -> None:
    page = reader("/data?source=dac1")
    cell = page.locator(CELL).first
    href, said = cell.get_attribute("href") or "", cell.get_attribute("title") or ""
    terms = parse_qs(urlsplit(href).query)
    assert urlsplit(href).path == "/rows"
    assert (terms["source"], terms["donor"], terms["since"], terms["until"]) == (["dac1"], ["USA"], ["2010"], ["2010"])
    assert said.startswith("United States, 2010: $") and said.endswith("1 row")
    cell.click()
    settle(page)
    assert urlsplit(page.url).path == "/rows"
    assert said.split(": $")[1].split(".")[0] in page.locator("main").inner_text()


def test_the_navigation_carries_the_source_and_leaves_the_rest(reader: Open) -> None:
    page = reader("/data?source=dac1&sort=name")
    page.get_by_role("link", name="Overview", exact=True).click()
    settle(page)
    assert urlsplit(page.url).query == "source=dac1"
    page.get_by_role("link", name="Data", exact=True).click()
    settle(page)
    assert (urlsplit(page.url).path, urlsplit(page.url).query) == ("/data", "source=dac1")
    assert page.locator(".chip.bad").count() == 0


def test_a_pinned_edition_is_named_at_the_top(reader: Open) -> None:
    page = reader("/data")
    name = page.locator(".listing .badge").first.locator("xpath=preceding-sibling::span").inner_text()
    page.locator(f"a[href='/data?edition={name}']").first.click()
    settle(page)
    assert urlsplit(page.url).query == f"edition={name}"
    assert page.locator("#edition").inner_text() == name


def test_it_prints_in_one_piece(reader: Open) -> None:
    page = reader("/data")
    page.emulate_media(media="print")
    assert page.locator(".heat td.amount").first.is_visible()
    assert not page.locator(".terms-of").is_visible()
    page.emulate_media(media="screen")
