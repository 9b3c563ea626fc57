"""Findings, gaps, changes, needs and methods at a browser: what they say aloud, how they fit, where they lead."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.reading import settle
from tests.browser.test_accessibility import assert_sound

Open = Callable[..., Page]
SHOWN = [
    "/findings?severity=medium,high",
    "/findings?check=sources-disagree&colour=red",
    "/gaps?donor=GBR,FRA,DEU",
    "/gaps?goal=4&commitment=gleneagles-2005-oda",
    "/overlaps",
    "/changes",
    "/changes?by=goal&source=crs-purposes&prices=constant",
    "/needs?goal=4&need=2",
    "/methods",
]

FOUND = ".overlap-mx .disagrees a[href^='/findings']"


def findings(reader: Open, path: str = "/findings", width: int = 1440, shown: str = ".findings") -> Page:
    """The page once the checks have run, which they do once for each edition."""
    page = reader(path, width)
    for _ in range(40):
        if page.locator(shown).count():
            return page
        page.wait_for_timeout(1000)
        page.reload()
        settle(page)
    raise AssertionError("The checks have not come to an end in time.")


@pytest.mark.parametrize("path", SHOWN)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(reader: Open, path: str) -> None:
    waited = {"/findings": ".findings", "/overlaps": FOUND}.get(path.partition("?")[0])
    assert_sound(findings(reader, path, 390, waited) if waited else reader(path, 390))


def test_a_filter_narrows_the_findings_and_back_undoes_it(reader: Open) -> None:
    page = findings(reader)
    before = page.locator("h1").inner_text()
    page.locator("#menu-severity summary").click()
    page.locator("#menu-severity a", has_text="High").click()
    settle(page)
    assert urlsplit(page.url).query == "severity=high"
    assert " of " in page.locator("h1").inner_text()
    assert page.locator(".sev-high").count() == page.locator(".findings > li").count()
    page.go_back()
    settle(page)
    assert page.locator("h1").inner_text() == before


def test_a_finding_opens_to_two_figures_two_sources_and_its_commitment(reader: Open) -> None:
    page = findings(reader, "/findings?check=two-windows")
    page.locator(".finding summary").first.click()
    assert page.locator(".finding[open] .sides b").count() == 2
    assert page.locator(".finding[open] .source-said").all_inner_texts()[0]
    link = page.locator(".finding[open] a[href^='/commitment/']").first
    href = link.get_attribute("href") or ""
    link.click()
    settle(page)
    assert urlsplit(page.url).path == urlsplit(href).path
    assert page.locator("main h1").is_visible()


def test_a_link_to_one_finding_opens_it(reader: Open) -> None:
    page = findings(reader, "/findings?check=swapped")
    page.locator(".finding summary").first.click()
    page.locator(".finding[open] a", has_text="this finding").click()
    settle(page)
    assert "finding" in parse_qs(urlsplit(page.url).query)
    page.reload()
    settle(page)
    assert page.locator(".finding[open]").count() == 1


def test_a_cell_leads_to_its_rows_and_to_the_finding(reader: Open) -> None:
    page = findings(reader, "/overlaps", shown=FOUND)
    cell = page.locator(".overlap-mx .disagrees").first
    assert "not declared" in cell.inner_text() and "no tie is declared" in (cell.get_attribute("title") or "")
    href = cell.locator("a[href^='/rows']").get_attribute("href") or ""
    cell.locator("a[href^='/findings']").click()
    settle(page)
    assert page.locator(".finding[open]").count() == 1
    page.go_back()
    settle(page)
    page.locator(f".overlap-mx a[href='{href}']").click()
    settle(page)
    assert (urlsplit(page.url).path, urlsplit(page.url).query) == ("/rows", urlsplit(href).query)


def test_a_filter_narrows_the_matrix_and_the_list_and_leaves_the_totals(reader: Open) -> None:
    page = findings(reader, "/overlaps", shown=FOUND)
    totals = page.locator(".p-totals").inner_text()
    page.locator("#menu-standing summary").click()
    page.locator("#menu-standing a", has_text="Computed, not declared").click()
    settle(page)
    assert urlsplit(page.url).query == "standing=undeclared"
    assert page.locator(".overlap-mx tbody tr").count() == 2 and page.locator(".pairs-of tbody tr").count() == 1
    assert page.locator(".p-totals").inner_text() == totals


def test_the_matrix_scrolls_in_its_own_box_on_a_phone(reader: Open) -> None:
    page = findings(reader, "/overlaps", 390, FOUND)
    box = page.locator(".p-matrix .heat-box")
    assert box.evaluate("(one) => one.scrollWidth > one.clientWidth")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_a_maker_more_stands_side_by_side_in_counts(reader: Open) -> None:
    page = reader("/gaps?donor=GBR")
    page.locator("#menu-donor summary").click()
    page.locator("#menu-donor a", has_text="France").first.click()
    settle(page)
    assert parse_qs(urlsplit(page.url).query)["donor"] == ["GBR,FRA"]
    assert page.locator(".p-side-donor tbody tr").count() == 2
    assert page.locator(".js-plotly-plot").count() == 1
    page.locator(".chip .let-go").first.click()
    settle(page)
    assert parse_qs(urlsplit(page.url).query)["donor"] == ["FRA"]


def test_other_weights_are_in_the_address_and_in_the_formula(reader: Open) -> None:
    page = reader("/needs?goal=5")
    page.locator("#menu-need summary").click()
    page.locator("#menu-need a", has_text="3").click()
    settle(page)
    assert parse_qs(urlsplit(page.url).query)["need"] == ["3"]
    assert "(3 × need + 1 × lack of funding) ÷ (3 + 1)" in page.locator(".formula-said").inner_text()


def test_where_one_edition_is_kept_the_page_of_changes_says_so(reader: Open) -> None:
    page = reader("/changes")
    said = page.locator("main").inner_text()
    assert "One edition is kept here" in said or "From edition" in said


def test_the_navigation_leaves_what_belongs_to_one_page(reader: Open) -> None:
    page = reader("/gaps?donor=GBR")
    page.get_by_role("link", name="Needs", exact=True).click()
    settle(page)
    assert (urlsplit(page.url).path, urlsplit(page.url).query) == ("/needs", "")
    assert page.locator(".chip.bad").count() == 0


def test_findings_print_without_their_filters(reader: Open) -> None:
    page = findings(reader, "/findings?severity=high")
    page.emulate_media(media="print")
    assert page.locator(".finding").first.is_visible()
    assert not page.locator(".termbar").is_visible()
    page.emulate_media(media="screen")
