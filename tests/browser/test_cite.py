"""Links that stay and citations, in the menu of a panel and at the foot of a page."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.reading import settle

PANEL = "[data-panel=gap]"


def test_a_panel_and_its_page_are_linked_and_cited_as_they_are_shown(reader: Open) -> None:
    page = reader("/goal/5?donor=GBR")
    page.locator(f"{PANEL} .acts-more > summary").click()
    edition = page.locator("#edition").inner_text()
    pinned = address(page, f"{PANEL} [data-cite=pinned]")
    assert parse_qs(urlsplit(pinned).query)["edition"] == [edition]
    assert "edition" not in parse_qs(urlsplit(address(page, f"{PANEL} [data-cite=newest]")).query)
    for form in ("txt", "bib", "ris", "json"):
        answer = page.request.get(absolute(page, address(page, f"{PANEL} [data-cite={form}]")))
        assert answer.status == 200 and edition in answer.text(), form
    page.locator(f"{PANEL} [data-short=pinned]").click()
    followed(page, f"{PANEL} .group-cite .told", pinned)
    page.keyboard.press("Escape")
    page.locator(".cite-page > summary").click()
    assert address(page, ".cite-page [data-cite=pinned]") == page.locator(".permalink a").first.get_attribute("href")
    said = page.request.get(absolute(page, address(page, ".cite-page [data-cite=txt]"))).text()
    assert "Goal 5: improve maternal health" in said and "United Kingdom (GBR)" in said
    page.locator(".cite-page [data-short=newest]").click()
    followed(page, ".cite-page .told", "/goal/5?donor=GBR")


def test_a_commitment_is_cited_with_its_state(reader: Open) -> None:
    page = reader("/commitment/muskoka-2010")
    page.locator(".cite-page > summary").click()
    pinned = address(page, ".cite-page [data-cite=pinned]")
    assert set(parse_qs(urlsplit(pinned).query)) == {"edition", "registry"}
    assert address(page, ".cite-page [data-cite=newest]") == "/commitment/muskoka-2010"
    item = page.request.get(absolute(page, address(page, ".cite-page [data-cite=json]"))).json()[0]
    assert item["URL"].endswith(pinned)
    page.locator(".cite-page [data-cite=newest]").click()
    settle(page)
    assert urlsplit(page.url).query == ""


def address(page: Page, where: str) -> str:
    """Written when what holds it is opened, a moment later."""
    expect(page.locator(where)).not_to_have_attribute("href", "#")
    return page.locator(where).get_attribute("href") or ""


def absolute(page: Page, path: str) -> str:
    return urlsplit(page.url)._replace(path="", query="", fragment="").geturl() + path


def followed(page: Page, where: str, address: str) -> None:
    """The short link that is told leads to the address."""
    expect(page.locator(where)).to_contain_text("/s/")
    mark = page.locator(where).inner_text().rpartition("/s/")[2]
    answer = page.request.get(absolute(page, f"/s/{mark}"), max_redirects=0)
    assert (answer.status, answer.headers["location"]) == (302, address)
