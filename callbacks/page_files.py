"""What a page of ours asks its own host for, read from where it lies: for a page that is printed, not served."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import plotly

from layouts.shell import FONTS

ROOT = Path(__file__).parent.parent
FOLDERS = {"/assets/": ROOT / "assets", "/embed/": ROOT / "layouts" / "framed"}
KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
}
SUITE = "/_dash-component-suites/plotly/"


def held(path: str) -> tuple[bytes, str] | None:
    """Content and kind of what lies at a path (its query is the mark of what is in it); None where nothing does."""
    bare = path.partition("?")[0]
    kind = KINDS.get(Path(bare).suffix)
    file = next(_places(bare), None) if kind else None
    return (file.read_bytes(), kind) if file and kind and file.is_file() else None


def _places(path: str) -> Iterator[Path]:
    if path.startswith(SUITE):  # under whatever mark of its version it is asked for
        yield Path(str(plotly.__file__)).parent / "package_data" / "plotly.min.js"
    name = path.removeprefix("/fonts/")
    if name in FONTS:
        yield Path(str(import_module(FONTS[name][0]).__file__)).parent / "files" / name
    for start, folder in FOLDERS.items():
        file = (folder / path.removeprefix(start)).resolve()
        if path.startswith(start) and file.is_relative_to(folder):
            yield file
