"""The command line: every question of the pages, asked without them. `python -m data_access --help`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import pandas as pd

from dashboard.config import Misconfigured, settings
from dashboard.questions import Busy, Unanswerable, best_source, why_not
from dashboard.selection import Selection, read
from data_access import editions, printing
from data_access.cube import BY, STAGES, Cube
from data_access.engine import Limits
from data_access.library import open_cube

Head = dict[str, object]
PATIENT = Limits(seconds=60, threads=2, running=1, waiting=0)
ORDER = ("iati-goals", "crs-sectors", "crs-purposes", "crs-donors", "dac1")
FOLLOWED = "; the rest of the link is followed."  # true of an address, not here: nothing is printed
CHOICE = "Where the selection names no source, the first that can answer is read: " + ", ".join(ORDER) + "."


class BadInput(ValueError):
    """What was typed cannot be followed; the message is a sentence."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, without the whole usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{message[:1].upper()}{message[1:]}; --help says what can be asked.\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. Exit code 0; 2 where what was typed cannot be followed, with one line on standard error."""
    given = _parser().parse_args(arguments)
    try:
        given.run(given)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read us has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (BadInput, Unanswerable, Busy, TimeoutError, Misconfigured, editions.NoEdition, OSError) as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 2
    return 0


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


def list_editions(given: argparse.Namespace) -> None:
    """Names of the editions kept, the current one marked; `ready`: the current one alone, built where it is missing."""
    current = editions.ensure(_home(given))
    if given.action == "ready":
        print(current)
        return
    for name in editions.kept(_home(given)):
        print(f"{name}{' (current)' if name == current else ''}")


def build_reference(given: argparse.Namespace) -> None:
    """Compiles the published files into the embedded reference figures."""
    from data_access.compile import bar, compile_reference

    if not given.path.is_dir():
        raise BadInput(f"{given.path} is not a folder of published files.")
    with bar() as progress:
        compile_reference(given.path, editions.REFERENCE, progress)


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


def _home(given: argparse.Namespace) -> Path:
    return Path(given.home) if given.home else settings().home


def _cube(given: argparse.Namespace) -> Cube:
    return open_cube(_home(given), given.edition, PATIENT)


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="python -m data_access", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    summed = commands.add_parser(
        "totals", parents=[_asked()], help=totals.__doc__, epilog=f"{CHOICE} {printing.ROUNDING}"
    )
    summed.add_argument("--by", default="", help=f"comma-joined: source, {', '.join(BY)}")
    summed.set_defaults(run=totals)
    listed = commands.add_parser("rows", parents=[_asked()], help=rows.__doc__, epilog=CHOICE)
    listed.add_argument("--limit", type=_whole, default=100)
    listed.add_argument("--offset", type=_whole, default=0)
    listed.set_defaults(run=rows)
    shown = commands.add_parser("editions", help=list_editions.__doc__)
    shown.add_argument("action", choices=("list", "ready"))
    shown.add_argument("--home", default="", help="the data folder; else IIF_HOME")
    shown.set_defaults(run=list_editions)
    made = commands.add_parser("build-reference", help=build_reference.__doc__)
    made.add_argument("path", type=Path, help="the folder of the published files")
    made.set_defaults(run=build_reference)
    return parser


def _asked() -> Parser:
    asked = Parser(add_help=False)
    asked.add_argument("selection", nargs="?", default="", help="as in an address: 'donor=GBR&since=2005'")
    asked.add_argument("--source", default="", help=CHOICE)
    asked.add_argument("--edition", default="", help="an edition that is kept; else the current one")
    asked.add_argument("--format", choices=("csv", "json", "table"), default="table")
    asked.add_argument("--home", default="", help="the data folder; else IIF_HOME")
    return asked


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number.")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
