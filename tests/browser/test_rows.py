"""From a figure to its rows, through the list, down to one row, and back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.reading import seen, settle
from tests.browser.test_accessibility import assert_sound, problems

Open = Callable[..., Page]
VISITS = [
    ("/rows?goal=5&sort=-usd&columns=donor,title&page=3&source=iati-goals", 1440),
    ("/rows?text=nothing+holds+this", 1440),
    ("/rows?page=0&sort=colour&text=" + "x" * 200, 390),
    ("/rows/crs-donors/1", 390),
    ("/rows/nothing/5", 1440),
]
COLUMN = """(label) => [...document.querySelectorAll(".rowlist tbody [data-label]")]
  .filter((cell) => cell.dataset.label === label).map((cell) => cell.firstChild.textContent)"""

TICK = """(code) => [...document.querySelectorAll(".f-recipient input[type=checkbox]")]
  .find((box) => box.value === code).click()"""


def column(page: Page, label: str) -> list[str]:
    """What a column of the list holds on this page."""
    return [str(text) for text in page.evaluate(COLUMN, label)]


def amounts(page: Page) -> list[int]:
    return [int(text.replace(",", "").replace("\N{MINUS SIGN}", "-")) for text in column(page, "US dollars")]


def follow(page: Page, selector: str) -> None:
    page.locator(selector).first.click()
    settle(page)


def test_a_reader_walks_from_a_panel_to_a_row_and_back(reader: Open) -> None:
    page = reader("/?recipient=KEN")
    follow(page, "[data-panel=gap] .to-rows")
    assert page.url.split("?")[0].endswith("/rows")
    assert "source=iati-goals" in page.url and "recipient=KEN" in page.url
    assert set(column(page, "Recipient")) == {"Kenya"}

    follow(page, ".rowlist th a:text-is('US dollars')")
    assert "sort=-usd" in page.url
    first = amounts(page)
    assert first == sorted(first, reverse=True) and len(first) == 100

    follow(page, ".pager a:text-is('Next')")
    assert "page=2" in page.url and page.locator("[data-panel=rows] h2").inner_text().startswith("Rows 101–200")
    assert amounts(page)[0] <= first[-1]

    page.locator("[data-panel=rows] .choices button:text-is('disbursed')").click()
    settle(page)
    assert "stage=disbursed" in page.url and "page=" not in page.url
    assert set(column(page, "Stage")) == {"Disbursed"}

    listed = seen(page)
    follow(page, ".rowlist tbody a")
    assert page.locator("h1").inner_text() in column_text(listed)
    assert page.locator(".formula").inner_text()
    page.go_back()
    settle(page)
    assert seen(page) == listed


def column_text(shown: dict[str, object]) -> str:
    return str(shown["panels"]) + str(shown)


def test_a_figure_of_a_ranking_leads_to_the_rows_it_is_the_sum_of(reader: Open) -> None:
    page = reader("/")
    link = page.locator("[data-panel=ranking] .ranking tbody td a").first
    name = page.locator("[data-panel=ranking] .ranking tbody th").first.inner_text().split(",")[0]
    link.click()
    settle(page)
    assert set(column(page, "Recipient")) == {name}
    assert set(column(page, "Stage")) == {"Committed"}


def test_a_row_of_a_table_leads_to_its_rows(reader: Open) -> None:
    page = reader("/")
    page.locator("[data-panel=years] button.opener").click()
    page.wait_for_selector("[data-panel=years] .twin table")
    year = page.locator("[data-panel=years] .twin tbody th").first.inner_text()
    follow(page, "[data-panel=years] .twin tbody a")
    assert set(column(page, "Year")) == {year}


def test_a_text_is_searched_for_by_the_form_and_let_go_of_by_its_chip(reader: Open) -> None:
    page = reader("/rows?source=iati-goals&page=2")
    page.locator(".seek input[type=search]").fill("water & <b>")
    page.locator(".seek button").click()
    settle(page)
    assert "text=water+%26+%3Cb%3E" in page.url and "page" not in page.url and "source=iati-goals" in page.url
    assert "holds “water & <b>”" in page.locator(".empty").inner_text()
    page.locator(".chip:has-text('Text') button").click()
    settle(page)
    assert "text=" not in page.url and column(page, "Year")


def test_columns_are_chosen_by_links_and_kept_in_the_address(reader: Open) -> None:
    page = reader("/rows?source=iati-goals")
    page.locator(".columns-of summary").click()
    follow(page, ".columns-of a:has-text('Donor')")
    assert "columns=" in page.url and not column(page, "Donor")
    page.reload()
    settle(page)
    assert not column(page, "Donor") and column(page, "Recipient")


def test_a_filter_goes_back_to_the_first_page_and_leaving_forgets_the_list(reader: Open) -> None:
    page = reader("/rows?source=crs-sectors&page=4&sort=-year")
    page.evaluate(TICK, "ETH")
    settle(page)
    assert "page=" not in page.url and "sort=-year" in page.url and "recipient=ETH" in page.url
    page.locator(".nav a:text-is('Overview')").click()
    settle(page)
    assert "sort=" not in page.url and "recipient=ETH" in page.url


@pytest.mark.parametrize(("path", "width"), VISITS)
def test_axe_finds_nothing_on_rows(reader: Open, path: str, width: int) -> None:
    page = reader(path, width)
    assert problems(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", ["/rows", "/rows/iati-goals/91129?goal=5"])
def test_axe_finds_nothing_on_rows_in_narrow_windows_and_wide_ones(reader: Open, path: str) -> None:
    assert_sound(reader(path, 390), lambda page: page)


def test_a_long_file_tells_how_far_it_is_and_can_be_stopped(reader: Open) -> None:
    page = reader("/rows?source=iati-goals")
    menu = page.locator("[data-panel=rows] .acts-more")
    menu.locator("summary").click()
    page.wait_for_selector("[data-panel=rows] [data-form=csv][data-size]")
    with page.expect_download() as got:
        menu.locator("[data-form=csv]").click()
    page.wait_for_selector("[data-panel=rows] .group-files .told:has-text('CSV: the file is whole, 19 MB.')")
    assert got.value.suggested_filename == "rows.csv"
    assert got.value.path().read_bytes().count(b"\r\n") == 61_813
    menu.locator("[data-form=json]").evaluate("(link) => { link.click(); link.click(); }")
    page.wait_for_selector("[data-panel=rows] .group-files .told:has-text('JSON: stopped.')")
    described = menu.locator("[data-described]").get_attribute("href") or ""
    assert described.startswith("/export/rows.csv-metadata.json?source=iati-goals&edition=")
