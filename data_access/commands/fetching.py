"""`fetch`: a release downloaded from its publisher, to be loaded afterwards."""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
from pathlib import Path
from types import ModuleType

from data_access.commands.arguments import BadInput, Commands

LIBRARY, INSTALL = "oda_reader", "pip install -r requirements-fetch.txt"
FOUND, LOST = 0, 2


def add(commands: Commands) -> None:
    """Make the command known."""
    made = commands.add_parser("fetch", help=fetch.__doc__)
    made.add_argument("source", choices=("crs",))
    made.add_argument("folder", type=Path, help="where the file is put")
    made.set_defaults(run=fetch)


def fetch(given: argparse.Namespace) -> int:
    """Downloads the OECD's bulk file of the CRS (about 1 GB) into a folder; `load crs` reads it there."""
    reader = _library()
    given.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=given.folder, prefix=".fetching-") as beside:
        try:
            reader.bulk_download_crs(save_to_path=beside)
        except OSError as error:  # of requests: no network, no such host, no such file, broken off
            print(
                f"The OECD's server could not be reached ({_first(error)}). {_by_hand(given.folder)}", file=sys.stderr
            )
            return LOST
        files = [path for path in sorted(Path(beside).rglob("*")) if path.is_file()]
        if not files:
            print(f"The OECD's server gave no file. {_by_hand(given.folder)}", file=sys.stderr)
            return LOST
        for path in files:
            path.replace(given.folder / path.name)
            print(f"{given.folder / path.name}: {(given.folder / path.name).stat().st_size:,} bytes")
    print(f"To load it: python -m data_access load crs {given.folder}")
    return FOUND


def _library() -> ModuleType:
    try:
        return importlib.import_module(LIBRARY)
    except ImportError:
        raise BadInput(f"Fetching needs the package oda-reader, which is not installed: {INSTALL}.") from None


def _by_hand(folder: Path) -> str:
    return (
        "Where this machine has no network, download the CRS bulk file from https://data-explorer.oecd.org/ elsewhere, "
        f"put it into {folder}, and load it from there."
    )


def _first(error: Exception) -> str:
    words = " ".join(str(error).split()) or type(error).__name__
    return words if len(words) <= 160 else words[:159] + "…"
