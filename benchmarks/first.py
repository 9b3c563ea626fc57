"""How soon a reader has something to read: each kind of page of the embedded edition, in a Chromium that kept nothing.

Two times of every visit, from the navigation on: the first contentful paint, and when the page's own words were painted
(its heading and what stands under it, written by the server or by the script, not the frame with `Loading`). Worst and
median of VISITS visits; the first of them is the first that the server ever answers.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from benchmarks.verdicts import Verdict, print_verdicts
from data_access import editions
from tests.browser.reading import FLAGS, WATCH, chromium, serving, settle

VISITS = 5
MOST = 1_000.0  # milliseconds
PAGES = {
    "overview": "/",
    "goal": "/goal/5",
    "Goal 8": "/goal/8",
    "rows": "/rows?goal=5",
    "data": "/data",
    "commitments": "/commitments",
    "commitment": "/commitment/gleneagles-2005-oda",
    "commitment, by country": "/commitment/un-oda-07-gni",
    "rule": "/commitment/gleneagles-2005-oda/rule",
    "forum": "/forum/muskoka-2010",
    "donor": "/donor/GBR",
    "recipient": "/recipient/KEN",
    "findings": "/findings",
    "gaps": "/gaps",
    "changes": "/changes",
    "needs": "/needs",
    "overlaps": "/overlaps",
    "methods": "/methods",
}
WORDS = """(() => {
  window.__words = 0;
  const look = () => {
    const page = document.getElementById("first") || document.getElementById("page");
    const head = page && !page.querySelector(".opening") && page.querySelector("h1");
    if (!head || !head.textContent.trim() || page.textContent.trim().length < 100) return;
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => { window.__words = performance.now(); }));  // after the paint
  };
  const watch = new MutationObserver(look);
  watch.observe(document, {subtree: true, childList: true, characterData: true});
})();"""
TIMES = "() => [performance.getEntriesByName('first-contentful-paint')[0].startTime, window.__words]"


@dataclass(frozen=True)
class Visit:
    """Milliseconds from the navigation on."""

    painted: float
    words: float


def visit(browser: Browser, address: str) -> Visit:
    """One visit with nothing kept."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.add_init_script(WATCH)
    page.add_init_script(WORDS)
    page.goto(address)
    page.wait_for_function("() => window.__words > 0", timeout=30_000)
    settle(page)  # what is still drawn does not slow the next visit
    painted, words = page.evaluate(TIMES)
    context.close()
    return Visit(float(painted), float(words))


def told(name: str, visits: list[Visit]) -> list[Verdict]:
    """Both times of a kind of page, the worst beside the median."""
    found = []
    for what in ("painted", "words"):
        times: list[float] = [getattr(one, what) for one in visits]
        about = {"painted": "first contentful paint", "words": "its words"}[what]
        detail = f"median {median(times):.0f} ms of {len(times)} visits"
        found.append(Verdict(f"{name}: {about}, worst", max(times), MOST, "ms", detail=detail))
    return found


def verdicts(home: Path, pages: dict[str, str] | None = None, visits: int = VISITS) -> list[Verdict]:
    """Every kind of page of a data folder."""
    held: dict[str, list[Visit]] = {}
    with serving(home) as served, sync_playwright() as playwright:
        browser: Any = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        browser.new_page().goto(f"{served}/healthz")  # the start of the browser itself is none of a page's time
        for name, path in (pages or PAGES).items():
            held[name] = [visit(browser, served + path) for _ in range(visits)]
        browser.close()
    return [one for name, times in held.items() for one in told(name, times)]


def main() -> None:
    """On the embedded edition, built for it."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir()
        editions.ensure(home)
        print_verdicts("First content on the embedded edition, cold browser, 1440", verdicts(home))


if __name__ == "__main__":
    main()
