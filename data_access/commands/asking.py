"""`totals` and `rows`: every question of the pages, asked without them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

import pandas as pd

from dashboard.questions import Unanswerable, best_source, in_order, why_not
from dashboard.selection import Selection, read
from data_access import printing
from data_access.commands.arguments import BadInput, Commands, Parser, home, home_option, whole
from data_access.cube import BY, STAGES, Cube
from data_access.engine import Limits
from data_access.library import open_cube

Head = dict[str, object]
PATIENT = Limits(seconds=60, threads=2, running=1, waiting=0)
ORDER = in_order(("iati-goals", "crs-sectors", "crs-purposes", "crs-donors", "dac1", "dac5"))
FOLLOWED = "; the rest of the link is followed."  # true of an address, not here: nothing is printed
CHOICE = "Where the selection names no source, the first that can answer is read: " + ", ".join(ORDER) + "."


def add(commands: Commands) -> None:
    """Make the commands known."""
    summed = commands.add_parser(
        "totals", parents=[_asked()], help=totals.__doc__, epilog=f"{CHOICE} {printing.ROUNDING}"
    )
    summed.add_argument("--by", default="", help=f"comma-joined: source, {', '.join(BY)}")
    summed.set_defaults(run=totals)
    listed = commands.add_parser("rows", parents=[_asked()], help=rows.__doc__, epilog=CHOICE)
    listed.add_argument("--limit", type=whole, default=100)
    listed.add_argument("--offset", type=whole, default=0)
    listed.set_defaults(run=rows)


def totals(given: argparse.Namespace) -> None:
    """Sums under a selection, in US dollars with cents."""
    cube = _cube(given)
    selection, by = _selection(given, cube), _by(given.by)
    dimensions = tuple(name for name in by if name != "source")
    if "source" in by:
        frames = _per_source(cube, selection, dimensions)
    else:
        selection = selection.change(source=best_source(cube, selection, ORDER, dimensions).code)
        frames = [_one(cube, selection, dimensions)]
    frame = pd.concat(frames, ignore_index=True)[["source", *dimensions, *STAGES]]
    for title in dict.fromkeys(cube.codes.sources[code].title for code in frame["source"]) or ["No rows"]:
        print(f"{title}: {_terms(cube, selection)}", file=sys.stderr)
    last: tuple[object, ...] = ()
    head = _head(cube, selection) | {"rounding": printing.ROUNDING}
    if "source" not in by:
        sums = {stage: printing.exact_sum(list(frame[stage])) for stage in STAGES}
        head["total"] = {stage: None if sums[stage] is None else f"{sums[stage]:f}" for stage in STAGES}
        if given.format == "table" and dimensions:
            last = ("Total", *("" for _ in dimensions), *sums.values())
    _print(given, frame, head, last)


def rows(given: argparse.Namespace) -> None:
    """The rows behind a selection, with file and line."""
    cube = _cube(given)
    selection = _selection(given, cube)
    selection = selection.change(source=best_source(cube, selection, ORDER).code)
    found, counted = cube.rows(selection, given.limit, given.offset), cube.counts(selection)
    print(
        f"{len(found):,} of {counted.rows:,} rows from row {given.offset:,}; --limit and --offset show others. "
        f"part is the amount ({_terms(cube, selection)}) that counts; the parts of all rows sum to the totals.",
        file=sys.stderr,
    )
    _print(given, found, _head(cube, selection) | {"of": counted.rows})


def _per_source(cube: Cube, selection: Selection, dimensions: Sequence[str]) -> list[pd.DataFrame]:
    """One frame for each source that can answer; they are never added."""
    names = [selection.source] if selection.source else sorted(cube.codes.sources)
    reasons = {name: why_not(cube.codes.sources[name], selection, dimensions) for name in names}
    for reason in filter(None, reasons.values()):
        print(reason, file=sys.stderr)
    able = [name for name, reason in reasons.items() if not reason]
    if not able:
        raise Unanswerable("No source of this edition can answer this.")
    print("Figures of different sources are never added together.", file=sys.stderr)
    return [_one(cube, selection.change(source=name), dimensions) for name in able]


def _one(cube: Cube, selection: Selection, dimensions: Sequence[str]) -> pd.DataFrame:
    frame = printing.cents(cube.totals(selection, dimensions), STAGES)
    frame.insert(0, "source", selection.source)
    return frame


def _selection(given: argparse.Namespace, cube: Cube) -> Selection:
    selection, refused = read(given.selection, cube.codes)
    if refused:
        raise BadInput(" ".join(refusal.sentence.replace(FOLLOWED, ".") for refusal in refused))
    if selection.edition not in ("", cube.edition):
        raise BadInput(f"edition={selection.edition} is not the one asked; --edition {selection.edition} opens it.")
    if given.source:
        if given.source not in cube.codes.sources:
            raise BadInput(f"source={given.source} is not known; it can be {', '.join(sorted(cube.codes.sources))}.")
        return selection.change(source=given.source)
    return selection


def _by(written: str) -> tuple[str, ...]:
    names, known = tuple(name for name in written.split(",") if name), ("source", *BY)
    unknown = [name for name in names if name not in known]
    if unknown:
        raise BadInput(f"--by {unknown[0]} is not a dimension; it can be {', '.join(known)}.")
    if len(set(names)) < len(names):
        raise BadInput("--by names a dimension twice.")
    return names


def _terms(cube: Cube, selection: Selection) -> str:
    constant = f"constant {cube.codes.base_year} US dollars"
    return constant if selection.prices == "constant" else "current US dollars"


def _head(cube: Cube, selection: Selection) -> Head:
    return {"edition": cube.edition, "selection": selection.write(), "unit": _terms(cube, selection)}


def _print(given: argparse.Namespace, frame: pd.DataFrame, head: Head, last: tuple[object, ...] = ()) -> None:
    if given.format == "json":
        sys.stdout.write(printing.as_json(frame, head))
    else:
        sys.stdout.write(printing.as_csv(frame) if given.format == "csv" else printing.as_table(frame, last))


def _cube(given: argparse.Namespace) -> Cube:
    return open_cube(home(given), given.edition, PATIENT)


def _asked() -> Parser:
    asked = Parser(add_help=False)
    asked.add_argument("selection", nargs="?", default="", help="as in an address: 'donor=GBR&since=2005'")
    asked.add_argument("--source", default="", help=CHOICE)
    asked.add_argument("--edition", default="", help="an edition that is kept; else the current one")
    asked.add_argument("--format", choices=("csv", "json", "table"), default="table")
    home_option(asked)
    return asked
