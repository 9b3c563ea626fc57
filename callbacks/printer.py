"""A briefing's page as PDF and as pictures, by a Chromium that is started for it and ended with it."""

from __future__ import annotations

import base64
import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from callbacks import chromium, page_files
from callbacks.chromium import Died, Tab
from dashboard.questions import Busy

LOG = logging.getLogger(__name__)
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
NONE = "none"  # of the setting: nothing is printed here
LIMIT = 20.0  # seconds for one document, from start to end
AGAIN = 30  # seconds until it is worth asking again
TRIES = 2  # a Chromium that ends by itself is started once more
DOT = 96  # pixels of a page to an inch
WIDE, HIGH, MARGIN = 210 / 25.4, 297 / 25.4, 14 / 25.4  # inches: A4
BOTTOM = 16 / 25.4  # where the number of the page stands
EACH = 0.92  # of what stands on a sheet of its own, so that a map or a commitment finds room with its foot
SMALLEST = 0.5  # of one page: below it no letter can be read
FIT = 800  # pixels of a page that is to stand on one sheet, before it is made smaller (`briefing.css`)
PAGE = "/briefing"
DRAWN = """new Promise(done => { const look = () => document.documentElement?.classList.contains("drawn")
  ? document.fonts.ready.then(() => setTimeout(done, 50)) : setTimeout(look, 20); look(); })"""
TALL = "Math.ceil(document.body.getBoundingClientRect().height)"
SAID = """document.querySelectorAll(".slot").forEach(slot => {
  const [first, ...layers] = slot.querySelectorAll("svg");
  if (!first) return;
  first.setAttribute("role", "img");
  first.setAttribute("aria-label", slot.getAttribute("aria-label"));
  layers.forEach(one => one.setAttribute("aria-hidden", "true"));
  slot.removeAttribute("role"); slot.removeAttribute("aria-label"); })"""
NOTED = "document.querySelectorAll('.body .parts > .note').forEach(one => one.remove())"  # said beside the picture
BODIES = """(() => { const sheets = Array.from(document.querySelectorAll(".sheet"));
  return Array.from(document.querySelectorAll(
    ".panel > .body:not(:has(.empty)), .drawn-of > .body"), one => {
    const { x, y, width, height } = one.getBoundingClientRect();
    return [sheets.indexOf(one.closest(".sheet")), { x, y: y + window.scrollY, width, height }]; }); })()"""
NUMBERED = (
    '<div style="width:100%;margin:0 14mm;font:7px sans-serif;color:#596673;text-align:right">'
    '<span class="pageNumber"></span> of <span class="totalPages"></span></div>'
)
Made = TypeVar("Made")


class NoPrinter(RuntimeError):
    """Nothing here prints."""


class Printer:
    def __init__(self, named: str = "", limit: float = LIMIT) -> None:
        """named: the program, or `none`; empty: whichever is found."""
        found = (shutil.which(name) for name in ((named,) if named else NAMES))
        self.program = "" if named == NONE else next(filter(None, found), "")
        self._limit = limit

    def pdf(self, page: str, fit: bool = False) -> bytes:
        """A4, tagged, with the title and language of the page; its sheets are wide. fit: all on one upright sheet, its
        letters smaller. Raises NoPrinter, Busy."""

        def make(tab: Tab) -> bytes:
            if fit:
                return _printed(tab, (WIDE, HIGH), _laid(tab))
            _show(tab, round((HIGH - 2 * MARGIN) * DOT / EACH))
            return _printed(tab, (HIGH, WIDE), EACH)

        return self._twice(page, make)

    def pictures(self, page: str, width: int = 760) -> list[tuple[int, bytes]]:
        """What is drawn, in the order of the page: the number of its sheet, and a PNG at twice its size. Raises
        NoPrinter, Busy."""

        def make(tab: Tab) -> list[tuple[int, bytes]]:
            _show(tab, width)
            tab.value(NOTED)
            _size(tab, width, tab.value(TALL) + 1)
            return [(sheet, _pictured(tab, box)) for sheet, box in tab.value(BODIES)]

        return self._twice(page, make)

    def _twice(self, page: str, make: Callable[[Tab], Made]) -> Made:
        for last in (False, True)[-TRIES:]:
            try:
                with self._opened(page) as tab:
                    return make(tab)
            except TimeoutError as why:
                raise Busy(AGAIN, f"It could not be made within {self._limit:g} seconds.") from why
            except Died as why:
                LOG.warning("Chromium ended while it made a briefing: %s", why)
                if last:
                    raise Busy(AGAIN, "What makes it stopped twice.") from why
        raise AssertionError

    @contextmanager
    def _opened(self, page: str) -> Iterator[Tab]:
        if not self.program:
            raise NoPrinter("No Chromium is installed beside the app.")
        content = page.encode(), "text/html; charset=utf-8"

        def files(path: str) -> tuple[bytes, str] | None:
            return content if path == PAGE else page_files.held(path)

        with chromium.tab(self.program, self._limit, files) as tab:
            yield tab


def _show(tab: Tab, width: int) -> None:
    """The page, drawn for a sheet of that many pixels."""
    tab.ask("Emulation.setEmulatedMedia", media="print")
    _size(tab, width)
    tab.ask("Page.navigate", url=chromium.HOST + PAGE)
    tab.value(DRAWN)


def _size(tab: Tab, width: int, height: int = 1000) -> None:
    tab.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)


def _printed(tab: Tab, paper: tuple[float, float], scale: float) -> bytes:
    tab.value(SAID)  # what a figure shows, once for all the layers that it is made of
    said = tab.ask(
        "Page.printToPDF",
        printBackground=True,
        scale=scale,
        paperWidth=paper[0],
        paperHeight=paper[1],
        marginTop=MARGIN,
        marginBottom=BOTTOM,
        marginLeft=MARGIN,
        marginRight=MARGIN,
        generateTaggedPDF=True,
        generateDocumentOutline=True,
        displayHeaderFooter=True,
        headerTemplate="<span></span>",
        footerTemplate=NUMBERED,
    )
    return base64.b64decode(said["data"])


def _laid(tab: Tab) -> float:
    """Draws the page as wide as its own style wants it; how much smaller it must be to stand on one sheet."""
    _show(tab, FIT)
    width, high = WIDE - 2 * MARGIN, HIGH - MARGIN - BOTTOM
    fits = min(width * DOT / FIT, high * DOT / (tab.value(TALL) + 1))
    return max(SMALLEST, min(1.0, int(fits * 1000) / 1000))


def _pictured(tab: Tab, box: dict[str, float]) -> bytes:
    clip = box | {"scale": 2}
    return base64.b64decode(tab.ask("Page.captureScreenshot", clip=clip)["data"])
