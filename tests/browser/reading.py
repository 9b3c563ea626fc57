"""A reader at a browser: opens pages of the served app, knows when they are painted, and notes what went wrong.

Shared by the browser tests, the benchmarks and the screenshots.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page

ROOT = Path(__file__).parent.parent.parent
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars",
]  # fmt: skip

WATCH = """(() => {
  window.__asked = 0; window.__answered = 0; window.__violations = [];
  document.addEventListener("securitypolicyviolation", (e) =>
    window.__violations.push(e.violatedDirective + " " + e.blockedURI));
  const fetched = window.fetch;
  window.fetch = function (...given) {
    const url = String(given[0] && given[0].url || given[0]);
    if (!url.includes("_dash-update-component")) return fetched.apply(this, given);
    window.__asked += 1;
    return fetched.apply(this, given).finally(() => { window.__answered += 1; });
  };
})();"""

PAINTED = """() => {
  const loading = document.querySelector(".opening") || document.querySelector("[data-dash-is-loading=true]");
  const graphs = [...document.querySelectorAll(".dash-graph")];
  const drawn = graphs.every((g) => { const p = g.querySelector(".js-plotly-plot"); return p && p._fullLayout; });
  return window.__asked > 0 && window.__asked === window.__answered && !loading && drawn &&
    document.title !== "Updating...";
}"""

SEEN = """() => {
  const text = (e) => e.innerText.replace(/\\s+/g, " ").trim();
  const all = (selector, read) => [...document.querySelectorAll(selector)].map(read);
  const traces = (gd) => (gd.data || []).map((t) => [t.type, t.x, t.y, t.z, t.locations, t.customdata, t.text]);
  return {
    address: location.pathname + location.search,
    title: document.title,
    chips: all("#chips > *", text),
    filters: all(".filters .value", text),
    values: all(".filters input:checked, .filters select",
      (e) => e.tagName === "SELECT" ? e.value : e.closest("label, div").textContent),
    headline: all("#headline", text),
    panels: all("[data-panel]", (p) => [p.dataset.panel,
      ...[...p.querySelectorAll(".head, .parts, .source")].map((e) => e.textContent),
      ...[...p.querySelectorAll("[data-key]")].map(
        (e) => [e.dataset.key, e.dataset.code, e.getAttribute("aria-pressed")].join()),
      ...[...p.querySelectorAll(".js-plotly-plot")].map((gd) => JSON.stringify(traces(gd)))]),
  };
}"""


class NoBrowser(RuntimeError):
    """Chromium is not installed here."""


def chromium() -> str:
    """Where Debian's Chromium is. Raises NoBrowser."""
    found = shutil.which("chromium")
    if not found:
        raise NoBrowser("Chromium is missing; on Debian: apt-get install chromium. Tests of the page cannot run.")
    return found


@contextmanager
def serving(home: Path, app: str = "app:server", **environ: str) -> Iterator[str]:
    """The app as it ships, under gunicorn on a free port of this machine. Yields its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = {**os.environ, "HOST": "127.0.0.1", "PORT": str(port), "IIF_HOME": str(home), **environ}
    log = home / "server.log"
    with log.open("ab") as out:
        command = [sys.executable, "-m", "gunicorn", app]
        server = subprocess.Popen(command, cwd=ROOT, env=given, stdout=out, stderr=out)
    try:
        _wait(f"http://127.0.0.1:{port}/healthz", server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        try:
            server.wait(timeout=40)
        finally:
            server.kill()


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 90
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The app did not start:\n{log.read_text()[-3000:]}")


@dataclass
class Watch:
    """What a page did that it should not: errors it wrote, policies it broke, hosts it asked."""

    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    allowed: tuple[int, ...] = ()

    def over(self, page: Page) -> None:
        page.add_init_script(WATCH)
        page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda asked: self._ask(asked.url))
        page.on("response", lambda got: self.failed.append(f"{got.status} {got.url}") if got.status >= 400 else None)

    def _ask(self, url: str) -> None:
        if urlsplit(url).scheme not in ("data", "blob", "about") and urlsplit(url).hostname != "127.0.0.1":
            self.outside.append(url)

    def found(self) -> list[str]:
        return [*self.errors, *self.outside, *self.failed]


# what a page is asked for by `evaluate` it may owe for ever
FRAMES = """() => new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60, true))))"""


def settle(page: Page, timeout: float = 30_000) -> None:
    """Waits until everything asked is answered and every figure is painted, and stays so for two frames."""
    page.wait_for_function(PAINTED, timeout=timeout)
    page.wait_for_function(FRAMES, timeout=timeout)
    page.wait_for_function(PAINTED, timeout=timeout)


def seen(page: Page) -> dict[str, Any]:
    """What a reader sees: address, chips, filters, and every panel with the data of its figures."""
    return dict(page.evaluate(SEEN))


def violations(page: Page) -> list[str]:
    return list(page.evaluate("() => window.__violations"))
