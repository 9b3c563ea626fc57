"""From a click to all panels painted, in headless Chromium, over the floor of `benchmarks/floor.py`.

Each selection is clicked on the floor and on the real app in turn, first when the app was never asked for it, then on a
fresh visit when it was. Also: first paint of the overview in a cold browser.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.reading import FLAGS, WATCH, chromium, serving, settle

FIRST = ["KEN", "ETH", "IND", "BGD", "VNM", "PAK", "NGA", "TZA", "UGA", "GHA"]
SECOND = ["NPL", "HTI", "AFG", "IDN", "CHN", "MOZ", "ZMB", "RWA", "MLI", "SEN"]
OTHERS = [("goal", "2"), ("goal", "6"), ("donor", "GBR"), ("donor", "SWE"), ("open", "recipient"), ("rank", "donor")]
CLICKS = [("recipient", code) for code in (*FIRST, *SECOND)] + OTHERS
WARM = [("recipient", "BRA"), ("recipient", "PER"), ("recipient", "BRA")]
LOADS = 5
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


def walk(browser: Browser, floor: str, real: str) -> tuple[list[float], list[float]]:
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
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]


def said(name: str, floor: list[float], real: list[float], most: float, most95: float) -> None:
    middle, tail = median(real) / median(floor), p95(real) / p95(floor)
    met = "met" if middle <= most and tail <= most95 else "missed"
    print(f"{name}: {median(real):.0f} ms median, {p95(real):.0f} p95; floor {median(floor):.0f}, {p95(floor):.0f}")
    print(f"  over the floor {middle:.2f} median (at most {most}), {tail:.2f} p95 (at most {most95}): {met}")


def main() -> None:
    """Prints medians, 95th percentiles and ratios."""
    with (
        tempfile.TemporaryDirectory() as one,
        tempfile.TemporaryDirectory() as two,
        serving(Path(one), "benchmarks.floor:server", IIF_WORKERS="1") as floor,
        serving(Path(two)) as real,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        loads = [(first_paint(browser, floor), first_paint(browser, real)) for _ in range(LOADS)]
        page = visit(browser, floor)  # the floor learns its answers
        for key, code in [*WARM, *CLICKS]:
            click(page, key, code)
        page.close()
        said("never asked", *walk(browser, floor, real), 1.4, 2.2)
        said("remembered", *walk(browser, floor, real), 1.1, 1.1)
        browser.close()
    first, painted = [load[1][0] for load in loads], [load[1][1] for load in loads]
    print(f"first paint of the overview, cold browser: {median(first):.0f} ms; all panels {median(painted):.0f} ms")
    print(
        f"  on the floor: {median(f[0][0] for f in loads):.0f} ms; all panels {median(f[0][1] for f in loads):.0f} ms"
    )


if __name__ == "__main__":
    main()
