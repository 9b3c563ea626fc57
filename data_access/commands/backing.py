"""`backup` and `restore`: what cannot be made again, in one file, and back; `backup --check` reads one through."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import rich.console
import rich.progress

from dashboard.config import settings
from data_access.backup.archives import Progress, Told, Unsound, opened
from data_access.backup.restoring import check, restore
from data_access.backup.writing import write
from data_access.commands.arguments import BadInput, Commands, home, home_option
from data_access.registry.opening import open_registry


def add(commands: Commands) -> None:
    """Make the commands known."""
    one = commands.add_parser(
        "backup", help="writes the register, people, contributions, surveys and evidence to a file"
    )
    one.add_argument("file", type=Path)
    one.add_argument("--check", action="store_true", help="reads a backup through, and writes nothing")
    one.add_argument("--without-editions", action="store_true", help="leaves the flows out; they can be loaded again")
    home_option(one)
    one.set_defaults(run=back_up)
    back = commands.add_parser("restore", help="puts a backup back into an empty data folder")
    back.add_argument("file", type=Path)
    home_option(back)
    back.set_defaults(run=put_back)


def back_up(given: argparse.Namespace) -> int:
    """Exit code 0; 2 where it cannot be made or is not sound."""
    began = time.monotonic()
    if given.check:
        with _watched(_size(given.file)) as progress:
            return _said("is sound", given.file, _sound(lambda: check(given.file, progress)), began)
    if given.file.exists():
        raise BadInput(f"{given.file} is there already; please name a new file.")
    registry = open_registry(home(given), settings().registry)
    try:
        with _watched(None) as progress:
            told = write(home(given), registry, given.file, progress, editions=not given.without_editions)
    finally:
        registry.close()
    return _said("was written", given.file, told, began)


def put_back(given: argparse.Namespace) -> int:
    """Exit code 0; 2 where it cannot be put back; nothing is left then."""
    began = time.monotonic()
    with _watched(_size(given.file)) as progress:
        told = _sound(lambda: restore(given.file, home(given), settings().registry, progress))
    return _said(f"was put back into {home(given)}", given.file, told, began)


def _sound(do: Callable[[], Told]) -> Told:
    try:
        return do()
    except Unsound as why:
        raise BadInput(str(why)) from why


def _size(file: Path) -> int:
    def size() -> Told:
        with opened(file) as (_, told):
            return told

    return _sound(size).size


@contextmanager
def _watched(total: int | None) -> Iterator[Progress]:
    """A bar with the rate and the time left, on standard error."""
    columns = (
        rich.progress.BarColumn(),
        rich.progress.DownloadColumn(),
        rich.progress.TransferSpeedColumn(),
        rich.progress.TimeRemainingColumn(),
    )
    with rich.progress.Progress(*columns, console=rich.console.Console(file=sys.stderr)) as shown:
        task = shown.add_task("", total=total)
        yield lambda size: shown.advance(task, size)


def _said(what: str, file: Path, told: Told, began: float) -> int:
    number, digest = told.audit
    print(
        f"{file} {what}: {len(told.parts)} parts, {told.size / 1e6:,.1f} MB, in {time.monotonic() - began:.1f} s. "
        f"Register {told.state}; record of audit {number} rows, last {digest[:12]}."
    )
    return 0
