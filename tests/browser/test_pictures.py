"""Pictures of panels as they leave: whole, legible, with their source; and the view for the system's own screenshot."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import pytest
from playwright.sync_api import Page

from dashboard.figures.places import BOUNDARIES
from layouts.away import SHAPES
from tests.browser.conftest import Open
from tests.browser.pictured import faults, pictures

COLOURS = r"""(svg) => [...svg.matchAll(/rgba?\((\d+), ?(\d+), ?(\d+)/g)]
  .filter(([, r, g, b]) => r !== g || g !== b).map(([all]) => all)
  .concat(svg.match(/(?<=["':\s(])#(?!([0-9a-f]{2})\1\1)[0-9a-f]{6}\b/gi) || [])"""
ASPECT = {"16:9": 16 / 9, "4:3": 4 / 3, "1:1": 1}


def test_a_picture_of_any_panel_in_any_shape_is_whole_and_says_what_it_is(reader: Open) -> None:
    page = reader("/?donor=FRA,GBR&recipient=LDC&since=2005")
    made = pictures(page, list(SHAPES))
    assert len(made) == 7 * len(SHAPES)
    for one in made:
        about = f"{one['panel']} {one['shape']}"
        assert one["width"] / one["height"] == ASPECT.get(one["shape"], one["width"] / one["height"]), about
        assert faults(one) == []
        said = squeezed(one["said"])
        carried = (one["title"], one["subtitle"], one["source"]["filters"], one["source"]["line"])
        for words in (*carried, one["source"]["edition"], "/s/" + one["source"]["mark"]):
            assert squeezed(words) in said, about
        assert (squeezed(BOUNDARIES) in said) == (one["panel"] in ("donors", "recipients")), about
    page.locator("[data-panel=years] .acts-more > summary").click()
    page.locator("[data-panel=years] [data-brief]").click()
    page.locator("#brief-end").get_by_text("France (FRA) and United Kingdom").wait_for()
    assert page.url.endswith("/?donor=FRA,GBR&recipient=LDC&since=2005&view=brief")
    assert whole(page) == 6


LONG = (
    "donor=FRA,GBR,DEU,USA,SWE,NOR,DNK,NLD,JPN,ESP"
    "&recipient=KEN,ETH,TZA,UGA,MOZ,MWI,GHA,MLI,NER,BFA,BGD,NPL,AFG,IND,PAK"
)
TERMS = "since=2005&until=2014&prices=constant&method=shared"
EVERYWHERE = [
    "/commitment/gleneagles-2005-oda",
    "/",
    *(f"/goal/{goal}" for goal in range(1, 9)),
    f"/?{LONG}&{TERMS}&source=iati-goals",
    f"/goal/1?{LONG}&{TERMS}",
    "/goal/5?donor=FRA,GBR,DEU,USA,SWE&recipient=KEN,ETH,TZA,UGA,MOZ,MWI,GHA&since=2005&prices=constant",
    "/goal/6?recipient=SIDS&donor=G8",
    "/?donor=GBR&open=recipient",
    "/rows",
    "/rows?donor=GBR&recipient=KEN,ETH,TZA,UGA&source=iati-goals",
    "/commitment/un-oda-07-gni",
    "/commitment/eu-2005-collective-2010",
    "/commitment/afsi-2009",
]


@pytest.mark.parametrize("path", EVERYWHERE[: None if os.environ.get("PICTURED") else 1])
def test_no_picture_of_any_page_is_cut_or_crowded(reader: Open, path: str) -> None:
    page = reader(path)
    assert [fault for one in pictures(page, list(SHAPES)) for fault in faults(one)] == []
    if os.environ.get("PICTURED"):
        page = reader(path, 390)
        made = pictures(page, ["screen"]) + pictures(page, ["16:9"], palette="print")
        assert [fault for one in made for fault in faults(one)] == []


def test_a_picture_for_print_is_of_greys(reader: Open) -> None:
    page = reader("/goal/5?view=brief")
    assert whole(page) == 7 and page.locator(".chip.bad").count() == 0
    for one in pictures(page, ["16:9"], palette="print"):
        assert faults(one) == []
        assert page.evaluate(COLOURS, one["svg"]) == [], one["panel"]


def test_the_menu_saves_and_copies(reader: Open, tmp_path: Path) -> None:
    page = reader("/rows?recipient=KEN", permissions=["clipboard-read", "clipboard-write"])
    page.locator(".acts-more > summary").click()
    page.locator("[data-look=shape]").select_option("4:3")
    page.locator("[data-look=scale]").select_option("3")
    with page.expect_download() as saved:
        page.locator("[data-picture=png]").click()
    mark = page.locator(".source").get_attribute("data-mark")
    assert saved.value.suggested_filename.startswith("rows-") and saved.value.suggested_filename.endswith(
        f"-{mark}.png"
    )
    saved.value.save_as(tmp_path / "rows.png")
    assert struct.unpack(">II", (tmp_path / "rows.png").read_bytes()[16:24]) == (3 * 1040, 3 * 780)
    page.locator("[data-picture=copy]").click()
    page.get_by_text("The picture has been copied.").wait_for()
    kinds = page.wait_for_function("async () => (await navigator.clipboard.read()).flatMap((one) => one.types)")
    assert kinds.json_value() == ["image/png"]


WHOLE = r"""() => {
  const end = document.querySelector("#brief-end").getBoundingClientRect(), seen = (one) => one.checkVisibility();
  const texts = [...document.querySelectorAll("#content :is(h1, h2, p, li, td, th, dd, text)")].filter(seen);
  const box = (one) => one.getBoundingClientRect();
  const scale = Number(document.querySelector("#content").style.transform.match(/[\d.]+/)[0]);
  return {
    beyond: texts.map((one) => [one.textContent, box(one)])
      .filter(([, at]) => at.width && (at.left < 0 || at.right > innerWidth + 1 || at.bottom > end.top + 1))
      .map(([words]) => words),
    controls: [...document.querySelectorAll(".top, .filters, .acts, .tools, .more, .site-foot")].filter(seen).length,
    small: texts.filter((one) => box(one).width && parseFloat(getComputedStyle(one).fontSize) * scale < 7.5)
      .map((one) => one.textContent),
    sources: [...document.querySelectorAll(".source")].filter(seen).length, end: Math.round(end.bottom),
    scrolls: document.scrollingElement.scrollHeight > innerHeight,
  };
}"""


def test_the_address_restores_the_briefing_view_and_one_leaves_it(reader: Open) -> None:
    page = reader("/commitment/gleneagles-2005-oda?view=brief")
    assert whole(page) >= 2
    page.keyboard.press("Escape")
    page.locator(".top").wait_for()
    assert page.url.endswith("/commitment/gleneagles-2005-oda")
    page.locator(".site-foot .to-brief").click()
    page.locator("#brief-end").wait_for()
    page.go_back()
    page.locator(".top").wait_for()
    assert page.locator("#brief-end").count() == 0


SEEN_BRIEFLY = ["/donor/GBR", "/recipient/KEN", "/commitment/gleneagles-2005-oda", "/"]
SEEN_BRIEFLY += [f"/goal/{goal}" for goal in range(1, 9)]


@pytest.mark.parametrize("path", SEEN_BRIEFLY[: None if os.environ.get("PICTURED") else 1])
def test_the_briefing_view_of_a_page_is_one_window_that_can_be_read(reader: Open, path: str) -> None:
    assert whole(reader(f"{path}?view=brief")) > 1


@pytest.mark.parametrize(
    "path", ["/rows?donor=GBR", "/gaps", "/commitments"][: None if os.environ.get("PICTURED") else 1]
)
def test_a_list_has_no_briefing_view_and_says_so(reader: Open, path: str) -> None:
    page = reader(f"{path}{'&' if '?' in path else '?'}view=brief")
    page.locator("#brief-not").get_by_text("too small to read, so it has no briefing view").wait_for()
    page.locator("h1").first.wait_for()
    assert page.locator("#brief-end").count() == 0 and page.locator("#content").get_attribute("style") is None
    assert page.locator(".to-brief:visible").count() == 0 and page.locator(".top").is_visible()


def whole(page: Page) -> int:
    """How many sources are named in a briefing view that holds all of it in one window and no controls."""
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.wait_for_function(
        "() => document.querySelector('#brief-end') && document.querySelector('#content').style.width"
    )
    page.wait_for_timeout(300)  # figures take their size
    told = dict(page.evaluate(WHOLE))
    sources = int(told.pop("sources"))
    assert told == {"beyond": [], "small": [], "controls": 0, "end": 1080, "scrolls": False}
    return sources


def squeezed(words: str) -> str:
    """Without spaces: a line that is broken has none."""
    return "".join(words.split())
