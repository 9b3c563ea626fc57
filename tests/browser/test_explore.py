"""A reader explores: clicks, filters, back, forward, reload and shared links agree; a click costs two requests."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.reading import seen, settle

Open = Callable[..., Page]
SCALES = """() => [...document.querySelectorAll('.slot-map .js-plotly-plot')]
  .map((g) => g._fullLayout.geo.projection.scale)"""
TILE, ROW = ".tile-head", "[data-panel=ranking] tbody th button"


def search(page: Page) -> str:
    return urlsplit(page.url).query


def click(page: Page, selector: str, nth: int = 0, shift: bool = False) -> None:
    page.locator(selector).nth(nth).click(modifiers=["Shift"] if shift else [])
    settle(page)


def asked(page: Page) -> int:
    count: int = page.evaluate("() => window.__asked")
    return count


@pytest.mark.parametrize("path", ["/", "/goal/5", "/methods", "/data", "/?donor=GBR&since=2005"])
def test_a_visit_asks_once(reader: Open, path: str) -> None:
    page = reader(path)
    assert asked(page) == 1


def test_a_click_asks_twice_and_lays_nothing_out_anew(reader: Open) -> None:
    page = reader("/")
    page.evaluate("() => { for (const p of document.querySelectorAll('.panel, .js-plotly-plot')) p.before_ = true; }")
    before = asked(page)
    click(page, TILE, 1)
    assert asked(page) - before == 2
    assert page.evaluate("() => [...document.querySelectorAll('.panel, .js-plotly-plot')].every((p) => p.before_)")


def test_a_second_click_lets_go(reader: Open) -> None:
    page = reader("/")
    first = seen(page)
    click(page, TILE, 1)
    assert search(page) == "goal=2"
    assert page.locator(TILE).nth(1).get_attribute("aria-pressed") == "true"
    click(page, TILE, 1)
    assert seen(page) == first


def test_shift_adds(reader: Open) -> None:
    page = reader("/")
    click(page, TILE, 0)
    click(page, TILE, 4, shift=True)
    assert search(page) == "goal=1,5"


def test_a_country_of_the_map_is_picked_let_go_and_added_to(reader: Open) -> None:
    page = reader("/?recipient=KEN")
    figure = page.locator("[data-panel=recipients] .js-plotly-plot").first
    figure.scroll_into_view_if_needed()
    box = figure.bounding_box()
    assert box
    at = (box["x"] + box["width"] * 0.525, box["y"] + box["height"] * 0.6)
    picks = []
    for keys in ((), (), ("Shift",)):
        page.mouse.move(at[0] - 3, at[1])
        page.mouse.move(*at)
        page.wait_for_timeout(200)  # plotly looks under the pointer before it takes a click
        for key in keys:
            page.keyboard.down(key)
        page.mouse.click(*at)
        for key in keys:
            page.keyboard.up(key)
        page.wait_for_timeout(400)  # and waits for a double click before it tells of one
        settle(page)
        picks.append(search(page))
    assert picks[0].startswith("recipient=") and picks[0] != "recipient=KEN"
    assert picks[1] == ""
    assert picks[2] == picks[0]


def test_back_and_forward_bring_everything_back(reader: Open) -> None:
    page = reader("/")
    states = [seen(page)]
    for step in (lambda: click(page, TILE, 1), lambda: click(page, ROW, 2), lambda: click(page, ".choices button", 2)):
        step()
        states.append(seen(page))
    for state in reversed(states[:-1]):
        page.go_back()
        settle(page)
        assert seen(page) == state
    for state in states[1:]:
        page.go_forward()
        settle(page)
        assert seen(page) == state


def test_a_shared_link_and_a_reload_show_the_same(reader: Open) -> None:
    page = reader("/")
    click(page, TILE, 1)
    click(page, ROW, 1)
    state = seen(page)
    page.reload()
    settle(page)
    assert seen(page) == state
    assert seen(reader("/?" + search(page))) == state


def test_a_filter_narrows_as_one_types_and_picks(reader: Open) -> None:
    page = reader("/")
    page.locator(".f-recipient > summary").click()
    page.locator(".f-recipient input[type=search]").fill("keny")
    shown = page.locator(".f-recipient .form-check:visible")
    assert shown.all_inner_texts() == ["Kenya"]
    shown.first.locator("label").click()
    settle(page)
    assert search(page) == "recipient=KEN"
    assert "Kenya" in page.locator("#chips").inner_text()
    assert page.locator(".f-recipient .value").inner_text() == "Kenya"


def test_chips_let_go_and_reset_lets_go_of_all(reader: Open) -> None:
    page = reader("/?goal=2&donor=GBR&since=2010&prices=constant")
    click(page, "#chips [data-key=donor]")
    assert search(page) == "goal=2&since=2010&prices=constant"
    click(page, "#chips [data-key=years]")
    assert search(page) == "goal=2&prices=constant"
    click(page, "#chips .reset")
    assert search(page) == ""


def test_an_unknown_part_of_a_link_is_named_and_the_rest_followed(reader: Open) -> None:
    page = reader("/?donor=NOBODY,GBR&colour=red")
    chips = page.locator("#chips").inner_text()
    assert "NOBODY" in chips and "colour" in chips and "United Kingdom" in chips
    click(page, "#chips .bad button")
    assert search(page) == "donor=GBR"
    assert page.locator("#chips .bad").count() == 0


def test_a_table_opens_in_place_and_follows_the_selection(reader: Open) -> None:
    page = reader("/")
    click(page, "[data-panel=ranking] .opener")
    table = page.locator("[data-panel=ranking] .twin table")
    before = table.inner_text()
    click(page, TILE, 1)
    assert table.inner_text() != before
    click(page, "[data-panel=ranking] .opener")
    assert page.locator("[data-panel=ranking] .twin table").count() == 0


def test_pages_keep_the_selection(reader: Open) -> None:
    page = reader("/?donor=GBR&since=2005")
    before = asked(page)
    click(page, ".tile .open", 1)
    assert page.url.endswith("/goal/2?donor=GBR&since=2005")
    assert asked(page) - before <= 3
    assert page.title().startswith("Goal 2")
    page.locator(".nav a", has_text="Overview").click()
    settle(page)
    assert page.url.endswith("/?donor=GBR&since=2005")
    assert "United Kingdom" in page.locator("#chips").inner_text()


def test_a_row_of_a_long_ranking_is_found_behind_show_all(reader: Open) -> None:
    page = reader("/")
    page.locator("[data-panel=ranking] .more").click()
    rows = page.locator("[data-panel=ranking] tbody tr:visible")
    assert rows.count() > 50
    rows.nth(40).locator("button").click()
    settle(page)
    assert search(page).startswith("recipient=")
    assert page.locator("[data-panel=ranking] tbody tr:visible").count() > 50


def test_the_keyboard_is_enough(reader: Open) -> None:
    page = reader("/")
    page.locator("[data-panel=recipients] .cells button").first.focus()
    page.keyboard.press("Enter")
    settle(page)
    assert search(page).startswith("recipient=")
    page.locator(".f-donor > summary").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.type") == "search"
    page.keyboard.press("Escape")
    assert page.locator(".f-donor[open]").count() == 0


def test_one_map_follows_the_zoom_of_the_other_and_keeps_it(reader: Open) -> None:
    page = reader("/")
    page.locator("[data-panel=recipients] [data-tool=together]").click()
    page.locator("[data-panel=recipients] [data-tool=in]").click()
    page.wait_for_function(f"() => ({SCALES})().every((s) => s > 1.2)")
    click(page, TILE, 1)
    assert all(scale > 1.2 for scale in page.evaluate(SCALES))


def test_pages_without_panels_are_turned_to_and_left_without_a_fault(reader: Open) -> None:
    page = reader("/?recipient=KEN")
    for path in ("/methods", "/data", "/rows", "/methods", "/"):
        page.evaluate("(path) => document.querySelector(`.nav a[data-page='${path}']`).click()", path)
        page.wait_for_function("(path) => location.pathname === path", arg=path)
        page.wait_for_timeout(400)
        settle(page)


def test_a_panel_that_empties_and_fills_again_keeps_nothing_of_before(reader: Open) -> None:
    page = reader("/")
    first = seen(page)
    for expected in (seen(reader("/?gender=2")), first):
        said = {"key": "gender", "codes": ["2"], "add": False}
        page.evaluate("(said) => dash_clientside.set_props('gesture', {data: {...said, at: Date.now()}})", said)
        settle(page)
        page.wait_for_timeout(300)
        assert seen(page)["panels"] == expected["panels"]


def test_who_picks_by_keyboard_stays_at_the_button(reader: Open) -> None:
    page = reader("/")
    page.locator(TILE).nth(1).focus()
    page.keyboard.press("Enter")
    settle(page)
    assert search(page) == "goal=2"
    assert page.evaluate("() => [document.activeElement.dataset.key, document.activeElement.dataset.code]") == [
        "goal",
        "2",
    ]
