"""What the register tells on the overview and the pages of Goals, donors and recipients, at a browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route

from dashboard.words import COUNTED
from tests.browser.reading import settle
from tests.browser.test_accessibility import assert_sound, unfolded

Open = Callable[..., Page]
SHOWN = ["/", "/?donor=JPN&goal=2", "/?sector=120", "/goal/1", "/goal/4", "/donor/GBR", "/recipient/KEN"]
FIRST = ".hero .of-register"


@pytest.mark.parametrize("path", [*SHOWN, "/commitments?record=afsi-2009,kan-2010-health"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(reader: Open, path: str) -> None:
    assert_sound(reader(path, 390), unfolded if not path.startswith("/?") else lambda page: page)


def test_the_sentence_leads_to_exactly_the_commitments_it_counts(reader: Open) -> None:
    page = reader("/")
    words = page.locator(f"{FIRST} a").first.inner_text()
    count = COUNTED.index(words.split()[0])
    page.locator(f"{FIRST} a").first.click()
    page.wait_for_selector(".promises tbody tr")
    settle(page)
    assert page.locator(".promises tbody tr").count() == count
    assert page.locator(".chip", has_text=f"{count} named by the link").count() == 1
    page.go_back()
    page.wait_for_selector(FIRST)
    settle(page)


def test_the_rung_stands_above_the_ladder_and_says_what_it_says(reader: Open) -> None:
    page = reader("/")
    said = page.locator(FIRST).first.inner_text().replace("billion", "bn").replace("\xa0", " ")
    rungs = page.locator("[data-panel=gap] .rungs")
    first = rungs.locator("li b").first.inner_text().replace("\xa0", " ")
    assert first in said
    top = rungs.bounding_box()
    figure = page.locator("[data-panel=gap] .slot").bounding_box()
    assert top and figure and top["y"] + top["height"] <= figure["y"]
    rungs.locator("summary").click()
    out = [int(re.findall(r"^\d+", one)[0]) for one in rungs.locator("details li").all_inner_texts()]
    every = int(re.findall(r"of (\d+) commitments", page.locator(".of-register-not").inner_text())[0])
    count = COUNTED.index(page.locator(f"{FIRST} a").first.inner_text().split()[0])
    assert sum(out) + count == every


def test_a_pick_changes_the_sum_and_letting_go_brings_it_back(reader: Open) -> None:
    page = reader("/")
    before = page.locator(FIRST).inner_text()
    page.locator("[data-panel=goals] button.tile-head").nth(1).click()
    page.wait_for_function(
        "([chosen, before]) => document.querySelector(chosen).innerText !== before", arg=[FIRST, before]
    )
    assert "Goal 2" in page.locator(FIRST).inner_text() or "No sum" in page.locator(FIRST).inner_text()
    page.locator("[data-panel=goals] button.tile-head").nth(1).click()
    page.wait_for_function(
        "([chosen, before]) => document.querySelector(chosen).innerText === before", arg=[FIRST, before]
    )


def test_one_row_of_each_comparison_is_the_reader_s_own(reader: Open) -> None:
    for path in ("/donor/GBR", "/recipient/KEN"):
        page = unfolded(reader(path))
        every = page.locator(".peers .panel").count()
        assert every > 1 and page.locator(".peers .own").count() == every
    page.locator(".placed tbody a").first.click()
    page.wait_for_selector(".needs-of h1")


def test_leaving_while_the_page_is_still_asking_says_no_error(reader: Open) -> None:
    """The filters of the page that is left are answered late: nothing is then asked for what is no longer there."""
    page = reader("/")

    def late(route: Route) -> None:
        if "chips.children" in (route.request.post_data or ""):
            page.wait_for_timeout(1500)
        route.continue_()

    page.route("**/_dash-update-component", late)
    page.locator(f"{FIRST} a").first.click()
    page.wait_for_selector(".promises tbody tr")
    page.wait_for_timeout(2500)
    settle(page)
    page.unroute("**/_dash-update-component")
