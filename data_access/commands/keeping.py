"""`editions`: what is kept, what is shown, what is let go, and whether it still is what was loaded."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from dashboard.config import settings
from data_access import editions, parts, soundness
from data_access.commands.arguments import BadInput, Commands, home, home_option
from data_access.locks import alone

MEGABYTE = 1_000_000


def add(commands: Commands) -> None:
    """Make the command known."""
    shown = commands.add_parser("editions", help=keep.__doc__)
    shown.add_argument("action", choices=tuple(ACTIONS), metavar="action", help=", ".join(ACTIONS))
    shown.add_argument("name", nargs="?", default="", help="an edition, for publish, drop and verify")
    home_option(shown)
    shown.set_defaults(run=keep)


def keep(given: argparse.Namespace) -> int:
    """Editions that are kept: list them, publish or drop one, verify one or all; `ready` builds one where none is."""
    logging.basicConfig(format="%(message)s", stream=sys.stderr)
    takes_name, run = ACTIONS[given.action]
    if given.name and not takes_name:
        raise BadInput(f"editions {given.action} takes no name.")
    if takes_name == "needed" and not given.name:
        raise BadInput(f"editions {given.action} needs the name of an edition; there is {_there_is(home(given))}.")
    return run(home(given), given.name)


def ready(folder: Path, _: str) -> int:
    """The name of the edition that a server shows, built or mended where it is missing."""
    current, fixed = editions.ensure(folder), settings().edition
    wrong = editions.amiss(folder, fixed) if fixed else ""
    if wrong:
        raise editions.NoEdition(f"IIF_EDITION names an edition that cannot be shown: {wrong}")
    print(fixed or current)
    return 0


def list_all(folder: Path, _: str) -> int:
    """Every edition with its sources, their parts and sizes."""
    shown = editions.current(folder)
    for name in editions.kept(folder):
        edition = editions.read(folder, name)
        print(f"{name}{' (current)' if name == shown else ''}, made {edition.made} by {edition.why}")
        for part, sources in _by_part(edition.parts).items():
            print(f"  {part}  {_megabytes(folder, part)}  {', '.join(sources)}")
    for part in editions.unnamed(folder):
        print(f"No edition names {part} ({_megabytes(folder, part)}).")
    if not editions.kept(folder):
        print(f"No edition is kept under {folder} yet; `editions ready` builds the embedded one.", file=sys.stderr)
    return 0


def publish(folder: Path, name: str) -> int:
    """Make an edition the one that readers get."""
    with alone(folder):
        before = editions.current(folder)
        editions.point(folder, name)
    print(f"{name} was the current edition already." if before == name else f"{name} is now the current edition.")
    return 0


def drop(folder: Path, name: str) -> int:
    """Remove an edition and the parts that no other names."""
    with alone(folder):
        sizes = {part: _bytes(folder, part) for part in parts.kept(folder)}
        gone = editions.drop(folder, name)
    freed = sum(sizes.get(part, 0) for part in gone) / MEGABYTE
    removed = f"with {', '.join(gone)}: {freed:,.1f} MB are free again" if gone else "and all its parts stay in others"
    print(f"{name} has been removed, {removed}.")
    return 0


def verify(folder: Path, name: str) -> int:
    """Whether editions still are what was loaded: one sentence for each finding, and exit code 2 where there is one."""
    findings, seen = list[str](), set[str]()
    for each in (name,) if name else editions.kept(folder):
        try:
            found = soundness.edition(folder, each, seen)
        except editions.NoEdition as why:
            found = [str(why)]
        findings += found
        if not found:
            print(f"{each} is whole: bytes, sums and rollups of its parts are as they were loaded.")
    if not name and editions.current(folder) not in editions.kept(folder):
        findings.append(f"{folder / 'current'} names no edition that is kept; publish one, or start the server.")
    for sentence in findings:
        print(sentence, file=sys.stderr)
    return 2 if findings else 0


ACTIONS: Mapping[str, tuple[str, Callable[[Path, str], int]]] = {  # action -> whether it takes a name, what it does
    "list": ("", list_all),
    "ready": ("", ready),
    "publish": ("needed", publish),
    "drop": ("needed", drop),
    "verify": ("allowed", verify),
}


def _by_part(named: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for source, part in sorted(named.items()):
        found.setdefault(part, []).append(source)
    return found


def _there_is(folder: Path) -> str:
    return ", ".join(editions.kept(folder)) or "none yet"


def _bytes(folder: Path, part: str) -> int:
    path = parts.file_of(folder, part)
    return path.stat().st_size if path.is_file() else 0


def _megabytes(folder: Path, part: str) -> str:
    return f"{_bytes(folder, part) / MEGABYTE:,.1f} MB" if parts.file_of(folder, part).is_file() else "missing"
