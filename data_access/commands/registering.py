"""`registry`: the commitments as a spreadsheet, out and in again."""

from __future__ import annotations

import argparse
import json
import sys
from functools import partial
from pathlib import Path

from dashboard.config import settings
from data_access.commands import ruling
from data_access.commands.arguments import BadInput, Commands, home, home_option
from data_access.cube import Cube
from data_access.editions import current
from data_access.library import Library
from data_access.measuring.placing import Placing
from data_access.measuring.proposing import unusable
from data_access.registry.exchange import exporting, importing
from data_access.registry.opening import open_registry
from data_access.registry.store import NoState, Registry
from data_access.registry.verifying import verify
from data_access.registry.writing import Noted, Refused

DONE, REFUSED = 0, 2
SHOWN = 20  # faults, and records that differ, that are printed; --json gives all
SHORT = 60  # characters of a cell


def add(commands: Commands) -> None:
    """Make the command known."""
    made = commands.add_parser("registry", help=registry.__doc__)
    actions = made.add_subparsers(required=True, metavar="action")
    out = actions.add_parser("export", help="writes the registry: .xlsx, .csv (commitments alone) or .zip (CSV files)")
    out.add_argument("file", type=Path)
    out.add_argument("--state", default="", help="an earlier state; else the current one")
    out.add_argument("--template", action="store_true", help="without commitments, to be filled in")
    out.set_defaults(run=export)
    into = actions.add_parser("import", help="reads a file and saves what is new, all of it or nothing")
    into.add_argument("file", type=Path)
    into.add_argument("--dry-run", action="store_true", help="say what would change, save nothing")
    into.add_argument("--who", default="", help="who makes the change; without it nothing is saved")
    into.add_argument("--why", default="", help="the reason; without it nothing is saved")
    into.add_argument("--json", action="store_true", help="the outcome as JSON on standard output")
    into.set_defaults(run=bring_in)
    listed = actions.add_parser("states", help="lists the changes, newest first")
    listed.set_defaults(run=states)
    checked = actions.add_parser("verify", help="checks that all is as it was written")
    checked.set_defaults(run=check)
    made_ready = actions.add_parser("ready", help="measures every commitment and runs the checks, for a server to show")
    made_ready.set_defaults(run=ready)
    ruling.add(actions)
    for one in (out, into, listed, checked, made_ready):
        home_option(one)


def registry(given: argparse.Namespace) -> int:
    """The commitments: export them, import a file, list the changes, verify them, edit a counting rule."""
    raise BadInput("registry needs an action: export, import, states, verify, ready or rule.")


def export(given: argparse.Namespace) -> int:
    """Exit code 0; 2 where there is no such state or format."""
    opened = _opened(given)
    try:
        exporting.write(given.file, opened.held(given.state), template=given.template)
    except (ValueError, NoState) as wrong:
        raise BadInput(str(wrong)) from wrong
    finally:
        opened.close()
    print(f"{given.file}: {given.file.stat().st_size:,} bytes, state {given.state or opened.state()}.")
    return DONE


def bring_in(given: argparse.Namespace) -> int:
    """Exit code 0, whether something changed or nothing did; 2 where the file has a fault, and nothing was saved."""
    if not given.file.is_file():
        raise BadInput(f"{given.file} is not a file.")
    if not given.dry_run:
        ruling.check_signed(given, "An import")
    at_hand = bool(settings().edition or current(home(given)))  # else none is built for the sake of a file
    opened, library = _opened(given), _library(given) if at_hand else None
    try:
        return _brought_in(given, opened, library.cube() if library else None)
    except Refused as why:
        raise BadInput(str(why)) from why
    finally:
        opened.close()
        if library:
            library.close()


def _brought_in(given: argparse.Namespace, opened: Registry, cube: Cube | None) -> int:
    check, noted = partial(unusable, cube) if cube else None, Noted(given.who, given.why)
    outcome = importing.bring_in(opened, given.file, noted, dry=given.dry_run, check=check)
    (_as_json if given.json else _told)(outcome, dry=given.dry_run)
    if outcome.saved and cube:
        print("Measuring the commitments as they are now ...", file=sys.stderr)
        ruling.measure(opened, cube)
    return REFUSED if outcome.faults else DONE


def states(given: argparse.Namespace) -> int:
    """Exit code 0."""
    opened = _opened(given)
    for change in opened.changes():
        print(f"{change.state}  {change.at}  {change.who}: {change.why}")
    opened.close()
    return DONE


def check(given: argparse.Namespace) -> int:
    """Exit code 0; 2 where something is not as it was written, a sentence each."""
    opened = _opened(given)
    found, changes = verify(opened), len(opened.changes())
    opened.close()
    for sentence in found:
        print(sentence, file=sys.stderr)
    if not found:
        print(f"{changes} change{'s' if changes > 1 else ''}, every revision and the tables are as they were written.")
    return REFUSED if found else DONE


def ready(given: argparse.Namespace) -> int:
    """Exit code 0. What is made lies beside the answers; done here, it takes no memory of a server that reads it."""
    opened, library = _opened(given), _library(given)
    ruling.measure(opened, library.cube())
    Placing().of(library.cube())
    library.close()
    opened.close()
    return DONE


def _library(given: argparse.Namespace) -> Library:
    return Library(home(given), fixed=settings().edition)


def _opened(given: argparse.Namespace) -> Registry:
    return open_registry(home(given), settings().registry)


def _as_json(outcome: importing.Outcome, *, dry: bool) -> None:
    told = {"saved": outcome.saved, "dry_run": dry, "state": outcome.state, "notes": outcome.notes}
    faults = [fault.as_json() for fault in outcome.faults]
    differences = [difference.as_json() for difference in outcome.differences]
    print(json.dumps(told | {"faults": faults, "differences": differences}, ensure_ascii=False))


def _told(outcome: importing.Outcome, *, dry: bool) -> None:
    for note in outcome.notes:
        print(note, file=sys.stderr)
    if outcome.faults:
        for fault in outcome.faults[:SHOWN]:
            print(fault, file=sys.stderr)
        count = len(outcome.faults)
        more = f"{count - SHOWN} more are in --json. " if count > SHOWN else ""
        print(f"{count} cell{'s' if count > 1 else ''} cannot be kept. {more}Nothing was saved.", file=sys.stderr)
        return
    for difference in outcome.differences[:SHOWN]:
        print(f"{difference.kind} {difference.record}: {difference.action}")
        if difference.action == "changed":
            for name, (before, after) in difference.cells.items():
                print(f"  {name}: {_short(before)} -> {_short(after)}")
    count = len(outcome.differences)
    if not count:
        print(f"Nothing in the file is new. The registry stays as it is, state {outcome.state}.")
    elif dry:
        print(f"{count} record{'s' if count > 1 else ''} would change. Nothing was saved: this was a dry run.")
    else:
        print(f"{count} record{'s' if count > 1 else ''} saved. The registry is now in state {outcome.state}.")


def _short(text: str) -> str:
    told = " ".join(text.split()) or "(empty)"
    return told if len(told) <= SHORT else told[: SHORT - 1] + "…"
