"""The register at a browser: opened, filtered, clicked through and back; what it says aloud, how it fits."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reading import settle
from tests.browser.test_accessibility import assert_sound

Open = Callable[..., Page]
SHOWN = [
    "/commitments",
    "/commitments?goal=5&colour=red",
    "/commitments?text=zzzz",
    "/commitment/gleneagles-2005-oda",
    "/commitment/afsi-2009-united-states",
    "/commitment/muskoka-2010-united-kingdom",
    "/commitment/abuja-2001",
    "/forum/gleneagles-2005",
    "/forum/muskoka-2010",
    "/gaps?forum=gleneagles-2005,laquila-2009",
]  # those of donors and recipients are in `test_promised`
COUNT = ".counted b"


@pytest.mark.parametrize("path", SHOWN)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(reader: Open, path: str) -> None:
    assert_sound(reader(path, 390))


def test_a_filter_a_commitment_its_forum_and_back(reader: Open) -> None:
    page = reader("/commitments")
    whole = page.locator(COUNT).inner_text()
    page.locator(".sieve select[name=goal]").select_option("5")
    page.locator(".sieve button").click()
    settle(page)
    assert urlsplit(page.url).query == "goal=5"
    fewer = page.locator(COUNT).inner_text()
    assert fewer != whole and fewer.endswith(whole.split(" of ")[1])
    link = page.locator(".promises tbody th a").first
    title = link.inner_text()
    link.click()
    settle(page)
    assert urlsplit(page.url).path.startswith("/commitment/")
    assert page.locator("h1").inner_text() == title
    page.locator(".crumb a").nth(1).click()
    settle(page)
    assert urlsplit(page.url).path.startswith("/forum/")
    page.go_back()
    settle(page)
    page.go_back()
    settle(page)
    assert page.locator(COUNT).inner_text() == fewer
    page.go_back()
    settle(page)
    assert page.locator(COUNT).inner_text() == whole


def test_a_cell_of_the_matrix_opens_its_commitments_and_a_chip_lets_go(reader: Open) -> None:
    page = reader("/commitments")
    whole = page.locator(COUNT).inner_text()
    cell = page.locator("table.mx a.cell").first
    said = cell.get_attribute("aria-label") or ""
    cell.click()
    settle(page)
    terms = parse_qs(urlsplit(page.url).query)
    assert set(terms) == {"goal", "maker"} and f"Goal {terms['goal'][0]}" in said
    assert page.locator(".chip .let-go").count() == 2
    while page.locator(".chip .let-go").count():
        page.locator(".chip .let-go").first.click()
        settle(page)
    expect(page.locator(COUNT)).to_have_text(whole)
    assert urlsplit(page.url).query == ""


def test_heads_put_the_list_in_order_and_pages_turn(reader: Open) -> None:
    page = reader("/commitments")
    page.get_by_role("link", name="Made", exact=True).click()
    settle(page)
    assert page.locator(".promises th[aria-sort=ascending]").inner_text().startswith("Made")
    first = page.locator(".promises tbody tr").first.inner_text()
    page.get_by_role("link", name="Page 2").click()
    settle(page)
    assert urlsplit(page.url).query == "sort=made&page=2"
    assert page.locator(".promises tbody tr").first.inner_text() != first


def test_a_number_explains_itself_down_to_its_rows(reader: Open) -> None:
    page = reader("/commitment/afsi-2009-united-states")
    page.locator(".explain > summary").click()
    settle(page)
    assert "sum of the amounts counted" in page.locator(".formula").inner_text()
    value = page.locator(".explained tbody tr").first.locator("td.number").inner_text()
    page.locator(".explained tbody a").first.click()
    settle(page)
    assert urlsplit(page.url).path == "/rows"
    assert value.split(".")[0] in page.locator(".tally").inner_text()


def test_the_goal_lists_its_commitments(reader: Open) -> None:
    page = reader("/goal/5")
    link = page.locator(".p-of-goal .promises tbody th a").first
    title = link.inner_text()
    link.click()
    settle(page)
    assert page.locator("h1").inner_text() == title


def test_the_navigation_keeps_the_pins_and_leaves_the_filters(reader: Open) -> None:
    page = reader("/commitment/gleneagles-2005-oda")
    pinned = page.locator(".permalink a").get_attribute("href") or ""
    page.goto(urlsplit(page.url)._replace(path="", query="").geturl() + pinned)
    settle(page)
    page.locator(".crumb a").first.click()
    settle(page)
    assert set(parse_qs(urlsplit(page.url).query)) == {"edition", "registry"}
    page.get_by_role("link", name="Overview", exact=True).click()
    settle(page)
    assert set(parse_qs(urlsplit(page.url).query)) == {"edition"}
    assert page.locator(".chip.bad").count() == 0


def test_a_forum_leads_to_its_gaps_to_rows_behind_it_and_to_one_like_it(reader: Open) -> None:
    page = reader("/forum/laquila-2009")
    page.get_by_role("link", name="These commitments on the page of gaps").click()
    settle(page)
    assert urlsplit(page.url)[2:4] == ("/gaps", "forum=laquila-2009")
    assert page.locator("h1").inner_text().startswith("Of the 14 commitments picked")
    page.go_back()
    settle(page)
    page.get_by_role("link", name="Rows behind").first.click()
    settle(page)
    assert urlsplit(page.url).path == "/rows" and page.locator(".chip.bad").count() == 0
    page.go_back()
    settle(page)
    link = page.locator(".p-near tbody th a").first
    name = link.inner_text()
    link.click()
    settle(page)
    assert page.locator("h1").inner_text() == name
