"""Explain this number, at a browser: opened, downloaded, followed to rows and values, and made again from these."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.analyst import Analyst, is_shown_as, lines, printed
from tests.browser.reading import settle

Open = Callable[..., Page]


def fetching(page: Page) -> Callable[[str], str]:
    """Files as the browser gets them, from the address that the page is of."""
    parts = urlsplit(page.url)

    def fetch(address: str) -> str:
        answer = page.request.get(f"{parts.scheme}://{parts.netloc}{address}")
        assert answer.ok, (address, answer.status)
        return answer.text()

    return fetch


@pytest.mark.parametrize("id_", ["gleneagles-2005-oda", "un-oda-07-gni", "istanbul-2011-ldc"])
def test_a_figure_is_made_again_from_what_its_page_offers(reader: Open, id_: str) -> None:
    page = reader(f"/commitment/{id_}")
    page.locator("details.explain > summary").click()
    shown = page.locator("details.explain .formula b").inner_text()
    fetch = fetching(page)
    link = page.locator("details.explain .ways a").get_attribute("href") or ""
    file = lines(fetch(link))
    found = Analyst(fetch).figures(file)
    assert is_shown_as(found["delivered"][0], shown)
    assert found["delivered"] == printed(file, "delivered") and found["gap"] == printed(file, "gap")
    held = page.locator("details.explain tbody tr td:last-child a").evaluate_all("(all) => all.map((a) => a.href)")
    offered = {urlsplit(line["Rows behind it"]).query for line in file if line["Counted"] == "yes"}
    assert held and {urlsplit(one).query for one in held} <= offered


def test_the_rows_of_a_term_are_a_page_whose_file_holds_them_all(reader: Open) -> None:
    page = reader("/rows?source=dac1&donor=GBR&since=2013&until=2014")
    link = page.get_by_role("link", name="CSV of all rows")
    file = lines(fetching(page)(link.get_attribute("href") or ""))
    assert f"of {len(file):,}" in page.locator("#title-rows").inner_text()
    page.locator("th a[href*='sort=']").first.click()
    settle(page)
    again = lines(fetching(page)(link.get_attribute("href") or ""))
    assert sorted(line["Row"] for line in again) == sorted(line["Row"] for line in file)
