"""From a click to all panels painted, in headless Chromium, over the floor of `benchmarks/floor.py`.

Each selection is clicked on the floor and on the real app in turn, first when the app was never asked for it, then on a
fresh visit when it was. Also: first paint of the overview in a cold browser. Any data folder can be measured.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.verdicts import Verdict, print_verdicts
from data_access import editions
from tests.browser.reading import FLAGS, WATCH, chromium, serving, settle

FIRST = ["KEN", "ETH", "IND", "BGD", "VNM", "PAK", "NGA", "TZA", "UGA", "GHA"]
SECOND = ["NPL", "HTI", "AFG", "IDN", "CHN", "MOZ", "ZMB", "RWA", "MLI", "SEN"]
OTHERS = [("goal", "2"), ("goal", "6"), ("donor", "GBR"), ("donor", "SWE"), ("open", "recipient"), ("rank", "donor")]
CLICKS = [("recipient", code) for code in (*FIRST, *SECOND)] + OTHERS
WARM = [("recipient", "BRA"), ("recipient", "PER"), ("recipient", "BRA")]
OWN = shutil.ignore_patterns("cache", "*.log")  # of each data folder alone
LOADS = 5
UNSEEN, UNSEEN_TAIL, AGAIN = 1.4, 2.2, 1.1  # times the floor: median, 95th percentile, and when remembered
TIMER = """(() => {
  window.__draws = 0; window.__kept = 0; window.__last = 0;
  const fetched = window.fetch;
  window.fetch = function (...given) {
    const body = String(given[1] && given[1].body || "");
    const answer = fetched.apply(this, given);
    if (!body.includes('drawn.data')) return answer;
    return answer.then((got) => {
      window.__kept += got.headers.get("X-Floor") === "kept";
      window.__draws += 1;
      return got;
    });
  };
  new MutationObserver(() => { window.__last = performance.now(); })
    .observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
  window.__click = (key, code) => new Promise((done) => {
    const began = performance.now(), before = window.__draws;
    window.dash_clientside.set_props("gesture", {data: {key: key, codes: [code], add: false, at: Date.now()}});
    const look = () => {
      const now = performance.now();
      const still = window.__draws > before && window.__asked === window.__answered && now - window.__last > 200;
      if (still || now - began > 20000) done(window.__last - began); else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
})();"""


def visit(browser: Browser, address: str) -> Page:
    page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page.add_init_script(WATCH)
    page.add_init_script(TIMER)
    page.goto(address)
    settle(page)
    page.wait_for_timeout(300)
    return page


def click(page: Page, key: str, code: str) -> float:
    """Milliseconds from the click until the page last changed."""
    return float(page.evaluate("([key, code]) => window.__click(key, code)", [key, code]))


def first_paint(browser: Browser, address: str) -> tuple[float, float]:
    """Milliseconds to the first paint and to all panels painted, in a browser that has kept nothing."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.add_init_script(WATCH)
    page.add_init_script(TIMER)
    page.goto(address)
    settle(page)
    page.wait_for_timeout(300)
    times: Any = page.evaluate(
        "() => [performance.getEntriesByName('first-contentful-paint')[0].startTime, window.__last]"
    )
    context.close()
    return float(times[0]), float(times[1])


@dataclass(frozen=True)
class Walk:
    """Milliseconds of the same clicks on the floor and on the real app."""

    floor: list[float]
    real: list[float]

    def verdicts(self, name: str, most: float, most_tail: float) -> list[Verdict]:
        middle, tail = (f"{of(self.real):.0f} ms over {of(self.floor):.0f}" for of in (median, p95))
        return [
            Verdict(f"{name}, median", median(self.real) / median(self.floor), most, detail=middle),
            Verdict(f"{name}, 95th percentile", p95(self.real) / p95(self.floor), most_tail, detail=tail),
        ]


def walk(browser: Browser, floor: str, real: str) -> Walk:
    """The same clicks on fresh visits to both, in turn."""
    on_floor, on_real = visit(browser, floor), visit(browser, real)
    for key, code in WARM:
        click(on_floor, key, code)
        click(on_real, key, code)
    pairs = [(click(on_floor, *said), click(on_real, *said)) for said in CLICKS]
    kept = on_floor.evaluate("() => window.__kept / window.__draws")
    print(f"  (the floor answered {kept:.0%} of its draws from memory)")
    on_floor.close()
    on_real.close()
    return Walk([pair[0] for pair in pairs], [pair[1] for pair in pairs])


def p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]


@contextmanager
def alike(home: Path) -> Iterator[Path]:
    """A second data folder with the same editions, sharing the bytes of the parts and remembering by itself."""
    with tempfile.TemporaryDirectory(dir=home.parent, prefix=f"{home.name}-alike-") as folder:
        other = Path(folder)
        forget(home)
        shutil.copytree(home, other, ignore=OWN, copy_function=os.link, dirs_exist_ok=True)
        yield other


def forget(home: Path) -> None:
    """Empties what a data folder remembers of its answers."""
    shutil.rmtree(home / "cache", ignore_errors=True)


def learn(browser: Browser, floor: str) -> None:
    """The floor is asked everything once."""
    page = visit(browser, floor)
    for key, code in [*WARM, *CLICKS]:
        click(page, key, code)
    page.close()


def verdicts(home: Path, query: str = "") -> list[Verdict]:
    """Clicks on the overview of a data folder, under an address's query, over the floor on the same folder."""
    with (
        alike(home) as other,
        serving(other, "benchmarks.floor:server", IIF_WORKERS="1") as floor,
        serving(home) as real,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        addresses = f"{floor}/{query}", f"{real}/{query}"
        told_first([(first_paint(browser, addresses[0]), first_paint(browser, addresses[1])) for _ in range(LOADS)])
        learn(browser, addresses[0])
        unseen, again = walk(browser, *addresses), walk(browser, *addresses)
        browser.close()
    found = unseen.verdicts("click to all panels, never asked, over the floor", UNSEEN, UNSEEN_TAIL)
    return found + again.verdicts("click to all panels, remembered, over the floor", AGAIN, AGAIN)


def told_first(loads: list[tuple[tuple[float, float], tuple[float, float]]]) -> None:
    """Prints the first paints: pairs of the floor's and the real app's."""
    for name, place in (("real", 1), ("floor", 0)):
        first, painted = (median(load[place][which] for load in loads) for which in (0, 1))
        print(f"first paint of the overview, cold browser, {name}: {first:.0f} ms; all panels {painted:.0f} ms")


def main() -> None:
    """The same on the embedded edition."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir()
        editions.ensure(home)
        print_verdicts("Clicks on the embedded edition", verdicts(home))


if __name__ == "__main__":
    main()
