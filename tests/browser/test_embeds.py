"""Frames on somebody else's page: another origin, where nothing may be stored."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, Frame, Page, ViewportSize

from dashboard.catalogue import PANELS
from tests.browser.conftest import Open
from tests.browser.reading import FLAGS, chromium
from tests.browser.test_accessibility import problems

BLOCKED = {"profile": {"block_third_party_cookies": True, "cookie_controls_mode": 1}}  # as a reader sets the browser
OF_COMMITMENTS = ["/embed/commitment/muskoka-2010", "/embed/commitment/un-oda-07-gni/cause"]
FRAMES = [*(f"/embed/{name}?goal=5" for name in PANELS), *OF_COMMITMENTS]
CARRIED = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .reduce((sum, one) => sum + one.transferSize, 0)"""
DRAWN = """() => [document.querySelectorAll("[data-figure]").length,
  document.querySelectorAll("[data-figure].js-plotly-plot .main-svg").length > 0,
  [...document.querySelectorAll("[data-fill]:not(.rest)")].every((one) => one.filledWith !== undefined),
  document.body.getBoundingClientRect().height]"""

WIDER = "() => { const at = document.querySelector('dialog'); return at.scrollWidth - at.clientWidth; }"
CODE = "(wanted) => document.querySelector('.share [name=code]').value.includes(wanted)"
PATIENCE = 90_000  # milliseconds: machines are shared


@pytest.fixture(scope="module")
def host(served: str) -> Iterator[str]:
    """Address of a page of others, with every frame, and with a page of ours that is no frame."""
    frames = "".join(
        f'<iframe src="{served}{path}" width="100%" height="200" style="border: 0"></iframe>' for path in FRAMES
    )
    refused = (
        f'<iframe src="{served}/" name="refused"></iframe><iframe src="{served}/healthz" name="refused2"></iframe>'
    )
    script = f'<script src="{served}/embed/resize.js" async></script>'
    page = f'<!DOCTYPE html><title>Others</title><link rel="icon" href="data:,">{frames}{refused}{script}'.encode()

    class Host(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"  # another site than 127.0.0.1, not only another port
    server.shutdown()


def frames(page: Page) -> list[Frame]:
    """Those of ours, drawn."""
    ours = [frame for frame in page.frames if "/embed/" in frame.url]
    for frame in ours:
        frame.wait_for_selector("html.drawn", timeout=PATIENCE)
    return ours


STORED = """() => ["localStorage", "sessionStorage"].map((name) => {
  try { return String(window[name].length); } catch (why) { return why.name; } })"""


@pytest.fixture
def guarded(browser_type: BrowserType, tmp_path: Path) -> Iterator[BrowserContext]:
    """A browser that lets no third party keep anything."""
    (tmp_path / "Default").mkdir()
    (tmp_path / "Default" / "Preferences").write_text(json.dumps(BLOCKED))
    size = ViewportSize(width=900, height=900)
    context = browser_type.launch_persistent_context(tmp_path, executable_path=chromium(), args=FLAGS, viewport=size)
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


def test_every_frame_draws_on_a_page_of_others_takes_its_height_and_stores_nothing(
    guarded: BrowserContext, host: str, served: str
) -> None:
    context = guarded
    page, errors, asked = context.new_page(), list[str](), set[str]()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(f"{said.text} {said.location}") if said.type == "error" else None)
    page.on("request", lambda request: asked.add("/".join(request.url.split("/")[:3])))
    page.goto(host)
    shown = frames(page)
    assert len(shown) == len(FRAMES)
    for frame in shown:
        figures, drawn, built, height = frame.evaluate(DRAWN)
        box = frame.frame_element().bounding_box()
        assert drawn == (figures > 0) and built, frame.url
        assert box and 0 <= box["height"] - height < 1, frame.url
    assert shown[0].evaluate(STORED) == ["SecurityError", "SecurityError"]
    assert context.cookies() == [] and asked <= {served, host.rstrip("/"), "data:,"}
    for name in ("refused", "refused2"):
        refused = page.frame(name)
        assert refused is not None and not refused.url.startswith(served)
    assert errors and all("frame" in error for error in errors), errors  # of the two that are refused
    page.reload()
    assert max(frame.evaluate(CARRIED) for frame in frames(page)) < 60_000


def test_without_a_script_a_frame_shows_words_a_picture_and_the_table(browser: Browser, served: str) -> None:
    context = browser.new_context(viewport={"width": 620, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    for name in ("gap", "recipients", "goals"):
        page.goto(f"{served}/embed/{name}")
        assert page.locator("svg.still rect").count() >= 3 and page.locator("svg.still").is_visible()
        assert page.locator("tbody tr").count() >= 3 and page.locator("table").first.is_visible()
        assert page.locator(".source").is_visible() and not page.locator(".slot:visible").count()
    context.close()


def test_a_click_in_a_frame_picks_where_that_was_asked_for_alone(browser: Browser, served: str) -> None:
    context = browser.new_context(viewport={"width": 760, "height": 900})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{served}/embed/recipients?click=on")
    page.click("html.drawn button[data-key=recipient] >> nth=0")
    page.wait_for_url("**/embed/recipients?recipient=*&click=on")
    page.goto(page.url.split("?")[0])
    page.wait_for_selector("html.drawn")
    assert page.locator("button[data-key=recipient]").first.is_disabled()
    assert problems(page) == []
    assert context.storage_state() == {"cookies": [], "origins": []}
    context.close()


def test_a_panel_offers_its_link_and_the_code_for_another_page(reader: Open, served: str) -> None:
    page = reader("/?donor=GBR")
    page.click("[data-panel=years] .acts-more > summary")
    page.click("[data-panel=years] [data-share]")
    page.wait_for_function(CODE, arg="/embed/years?donor=GBR")
    assert page.input_value(".share [name=link]") == f"{served}/?donor=GBR"
    page.select_option(".share [name=edition]", "kept")
    page.wait_for_function(CODE, arg="edition=")
    assert "edition=" in page.input_value(".share [name=link]")
    page.frame_locator(".share .preview").locator("html.drawn").wait_for()
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function("(width) => window.innerWidth === width", arg=width)
        assert problems(page, "dialog.share") == []
        assert page.evaluate(WIDER) == 0
    page.keyboard.press("Escape")
    assert not page.locator(".share").is_visible()
