"""Random walks of clicks, filters, back, forward and reload: at the end everything agrees with the address.

WALKS says how many (20 by default). What is on the screen after a walk must be what a fresh visit to the same address
shows: filter bar, chips, headline, every panel with the data of its figures. The next walk goes on from that visit:
opening a page takes as long as half a walk.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.reading import seen, settle, violations

Open = Callable[..., Page]
WALKS = int(os.environ.get("WALKS", "20"))
STEPS = 8
IN_A_ROW = 4
STARTS = (
    "/",
    "/",
    "/?donor=GBR",
    "/?goal=2&since=2005",
    "/goal/5",
    "/goal/1?recipient=KEN",
    "/?donor=NOBODY&since=2004",
)
SPEAKING = """() => [...document.querySelectorAll("main [data-key][data-code]")]
  .map((e, i) => [i, e.checkVisibility() && !e.disabled]).filter(([, shown]) => shown).map(([i]) => i)"""
PRESS = """([i, shift]) => [...document.querySelectorAll("main [data-key][data-code]")][i]
  .dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true, shiftKey: shift}))"""
POINTS = """() => [...document.querySelectorAll(".js-plotly-plot")].flatMap((gd, figure) => (gd.data || []).flatMap(
  (trace) => (Array.isArray(trace.customdata) ? trace.customdata : []).map((said) => [figure, said])))
  .filter(([, said]) => String(said).includes(":"))"""
POINT = """([figure, said, shift]) => document.querySelectorAll(".js-plotly-plot")[figure]
  .emit("plotly_click", {points: [{customdata: said}], event: {shiftKey: shift}})"""
LINKS = """() => [...document.querySelectorAll('.nav a[data-page]')].map((a, i) => [i, a.dataset.page])
  .filter(([, path]) => path === "/" || path === "/rows" || path.startsWith("/goal/"))
  .map(([i]) => i)"""  # pages of the selection; the others have addresses and filters of their own
CHOICES = """() => [...document.querySelectorAll(".filters input[type=checkbox], .filters input[type=radio]")].length"""
CHOOSE = "(i) => document.querySelectorAll('.filters input[type=checkbox], .filters input[type=radio]')[i].click()"


def press(page: Page, chance: random.Random) -> None:
    """A button: a state's code, a tile, a row, a chip, a choice of measure."""
    there = page.evaluate(SPEAKING)
    if there:
        page.evaluate(PRESS, [chance.choice(there), chance.random() < 0.2])


def point(page: Page, chance: random.Random) -> None:
    """A point of a figure: a country, a bar, a year."""
    there = page.evaluate(POINTS)
    if there:
        page.evaluate(POINT, [*chance.choice(there), chance.random() < 0.2])


def choose(page: Page, chance: random.Random) -> None:
    """A box of the filter bar."""
    page.evaluate(CHOOSE, chance.randrange(page.evaluate(CHOICES)))


def year(page: Page, chance: random.Random) -> None:
    """An end of the range of years."""
    select = chance.choice(page.locator(".filters select").all())
    select.evaluate(
        "(e, year) => { Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set.call(e, year);"
        " e.dispatchEvent(new Event('change', {bubbles: true})); }",
        str(chance.randint(1998, 2016)),
    )


def back(page: Page, chance: random.Random) -> None:
    if page.evaluate("() => history.length") > 3:
        page.evaluate("() => history.back()")


def forward(page: Page, chance: random.Random) -> None:
    page.evaluate("() => history.forward()")


def reload(page: Page, chance: random.Random) -> None:
    page.reload()


def turn(page: Page, chance: random.Random) -> None:
    """To another page of the app, with what is picked."""
    links = page.evaluate(LINKS)
    page.evaluate("(i) => document.querySelectorAll('.nav a[data-page]')[i].click()", chance.choice(links))


WAYS: tuple[Callable[[Page, random.Random], None], ...] = (
    press, press, press, point, point, choose, choose, year, back, back, forward, reload, turn,
)  # fmt: skip


def walk(page: Page, chance: random.Random) -> list[str]:
    """Takes the steps, each once the page is painted; says where each led."""
    taken = []
    for _ in range(STEPS):
        step = chance.choice(WAYS)
        step(page, chance)
        page.wait_for_timeout(80)
        settle(page)
        taken.append(f"{step.__name__} -> {page.evaluate('() => location.pathname + location.search')}")
    return taken


def agreed(page: Page, reader: Open, seed: int) -> Page:
    """A walk from a page, which is then closed: the fresh visit that it agrees with."""
    came, taken = page.url, walk(page, random.Random(seed))
    page.wait_for_timeout(300)
    settle(page)
    walked = seen(page)
    other = reader(walked["address"])
    fresh = seen(other)
    differing = [part for part in walked if walked[part] != fresh[part]]
    told = [(walked[part], fresh[part]) for part in differing if part != "panels"]
    assert not differing, (seed, came, taken, differing, told)
    assert page.evaluate("() => document.querySelectorAll('.err').length") == 0, (seed, came, taken)
    assert not violations(page), (seed, came, taken)
    page.close()
    return other


@pytest.mark.parametrize("first", range(0, WALKS, IN_A_ROW))
def test_wherever_a_walk_ends_everything_agrees(reader: Open, first: int) -> None:
    page = reader(STARTS[first // IN_A_ROW % len(STARTS)])
    for seed in range(first, min(first + IN_A_ROW, WALKS)):
        page = agreed(page, reader, seed)
