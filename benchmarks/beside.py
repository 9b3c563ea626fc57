"""The overview beside an ordinary Dash app over a pandas frame of the same amounts: server time, clicks, memory.

Selections are never asked before: nothing is remembered on either side. Both are served alike.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from plotly.io.json import to_json_plotly

from benchmarks import ordinary
from benchmarks.click import FIRST, SECOND, TIMER, click, forget, visit
from benchmarks.measured import family, resident
from benchmarks.ordinary_frames import read
from benchmarks.ordinary_panels import Overview
from benchmarks.questions import selections, timed
from benchmarks.verdicts import Verdict
from callbacks.drawings import shown_on
from callbacks.remembered import Remembered
from dashboard.selection import Selection
from data_access.cube import Cube
from data_access.library import open_cube
from layouts.pages import OVERVIEW
from tests.browser.reading import FLAGS, WATCH, chromium, serving, settle

SOURCE = "crs"
ROUNDS = 24
SERVER, CLICK, WORKER = 10.0, 2.5, 400.0  # at least so many times shorter; megabytes at most
CLICKS = [("recipient", code) for code in (*FIRST, *SECOND)] + [("donor", "GBR"), ("donor", "SWE"), ("donor", "USA")]
WARM = [("recipient", "BRA"), ("recipient", "PER")]
PICK = """([id, code]) => new Promise((done) => {
  const began = performance.now(), before = window.__answered;
  window.dash_clientside.set_props(id, {clickData: {points: [{location: code}]}});
  const look = () => {
    const now = performance.now();
    const still = window.__answered > before && window.__asked === window.__answered && now - window.__last > 200;
    if (still || now - began > 60000) done(window.__last - began); else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""


def drawn(memory: Remembered, cube: Cube, selection: Selection) -> None:
    """The whole overview, with its headline, as finished JSON that is remembered."""
    shown_on(memory, cube, OVERVIEW, "", selection)


def drawn_ordinarily(overview: Overview, selection: Selection) -> None:
    """The same of the ordinary app: the answer of each of its callbacks as JSON, as Dash writes it."""
    picked = (selection.goal, selection.donor, selection.recipient, [selection.since, selection.until])
    to_json_plotly(overview.headline(*picked))
    for name in ordinary.PANELS:
        to_json_plotly(ordinary.answering(overview, name)(*picked))


def server_time(home: Path) -> list[Verdict]:
    """Both in this process, in turn, for the same selections: by the clock, and by the processor's time."""
    forget(home)
    cube, overview = open_cube(home), Overview(read(home), SOURCE)
    memory = Remembered(cube.shelf)
    asked = selections(cube.codes, cube.codes.sources[SOURCE], ROUNDS + 1, seed=23)
    ours, theirs = list[tuple[float, float]](), list[tuple[float, float]]()
    for place, selection in enumerate(asked):
        both = [
            (ours, lambda s=selection: drawn(memory, cube, s)),
            (theirs, lambda s=selection: drawn_ordinarily(overview, s)),
        ]
        for times, draw in both if place % 2 else reversed(both):
            began = time.process_time()
            took = timed(draw)
            times.append((took, (time.process_time() - began) * 1000))
    cube.close()
    found = []
    for which, (clock, limit) in enumerate((("server time", SERVER), ("processor time of it", None))):
        mine, other = (median(times[which] for times in held[1:]) for held in (ours, theirs))  # the first pays imports
        told = f"{mine:.0f} ms against {other:.0f} ms, medians of {ROUNDS} overviews"
        name = f"{clock}, shorter than the ordinary app's"
        found.append(Verdict(name, other / mine, limit, side="least", detail=told))
    return found


def opened(browser: Browser, address: str) -> Page:
    """The ordinary app's page, painted."""
    page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page.add_init_script(WATCH)
    page.add_init_script(TIMER)
    page.goto(address)
    settle(page, timeout=120_000)
    page.wait_for_timeout(300)
    return page


def pick(page: Page, key: str, code: str) -> float:
    """Milliseconds from a click on a map of the ordinary app until the page last changed."""
    return float(page.evaluate(PICK, [f"{key}s", code]))


@contextmanager
def both(home: Path) -> Iterator[tuple[str, str]]:
    """Addresses of our overview and of the ordinary app over one data folder."""
    forget(home)
    with serving(home) as ours, serving(home, "benchmarks.ordinary:server") as theirs:
        yield f"{ours}/?source={SOURCE}", theirs


def clicks(home: Path) -> list[Verdict]:
    """The same countries clicked on both, in turn; then how much memory our workers hold."""
    with both(home) as (ours, theirs), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        here, there = visit(browser, ours), opened(browser, theirs)
        for said in WARM:
            click(here, *said), pick(there, *said)
        pairs = [(click(here, *said), pick(there, *said)) for said in CLICKS]
        megabytes = max(workers("app:server"))
        browser.close()
    mine, other = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    told = f"{mine:.0f} ms against {other:.0f} ms, medians of {len(pairs)} clicks"
    return [
        Verdict("click to paint, shorter than the ordinary app's", other / mine, CLICK, side="least", detail=told),
        Verdict("memory of a web worker after the walk", megabytes, WORKER, "MB"),
    ]


def workers(app: str) -> list[float]:
    """Megabytes in memory of each of the workers of an app that this process serves."""
    found = dict[int, Any]()
    for pid in family(os.getpid())[1:]:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        if app.encode() in command:
            found[pid] = family(pid)[1:]
    return [resident(pid) / 1e6 for masters in found.values() for pid in masters if pid in found]


def verdicts(home: Path) -> list[Verdict]:
    """Everything about the comparison with an ordinary app, on a data folder that holds a loaded `crs`."""
    return [*server_time(home), *clicks(home)]
