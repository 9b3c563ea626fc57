"""`export`: the files of the pages, written without them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from dashboard import series_file
from dashboard.catalogue import PANELS
from dashboard.config import settings
from dashboard.figures.listings import sourced, wanted
from dashboard.questions import Unanswerable
from dashboard.selection import GRID, Selection, read
from dashboard.things import thing
from dashboard.words import several
from data_access.commands import register_files, survey_results
from data_access.commands.arguments import BadInput, Commands, home, home_option
from data_access.commands.asking import FOLLOWED, PATIENT
from data_access.commands.promised import LADDER, above
from data_access.cube import Cube
from data_access.formats import FORMATS
from data_access.formats.flows import of_rows
from data_access.formats.streams import Stream, of_table
from data_access.formats.values import of_values
from data_access.library import open_cube

ROWS, VALUES = ("rows", "flows"), ("series", "indicators")
NAMES = (*PANELS, *ROWS[1:], *VALUES, *register_files.NAMES, survey_results.NAME)


def add(commands: Commands) -> None:
    """Make the command known."""
    shown = commands.add_parser("export", help=export.__doc__)
    shown.add_argument("name", choices=NAMES, metavar="name", help=f"one of {', '.join(NAMES)}")
    shown.add_argument("selection", nargs="?", default="", help="as in an address: 'donor=GBR&since=2005'")
    shown.add_argument("-o", "--output", required=True, help=f"the file: its ending ({', '.join(FORMATS)}) says how")
    shown.add_argument("--format", choices=tuple(FORMATS), default="", help="other than the ending says")
    shown.add_argument("--edition", default="", help="an edition that is kept; else the current one")
    home_option(shown)
    shown.set_defaults(run=export)


def export(given: argparse.Namespace) -> None:
    """The rows of a panel, all rows behind a selection, the values of series, a table of the register (commitments,
    gaps, findings, needs, causes), or published results of a survey, as CSV, XLSX, Parquet or JSON."""
    path = Path(given.output)
    form = FORMATS.get(given.format or path.suffix.removeprefix(".").lower())
    if form is None:
        raise BadInput(f"{path.name} does not end with a format that is known: {', '.join(FORMATS)}; or say --format.")
    stream = _asked(given)
    if form.refuses(stream.count):
        raise BadInput(f"No file was made. {form.refuses(stream.count)}")
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file, _bar() as bar:
            shown = bar.add_task("", total=stream.count)
            for piece in form.write(replace(stream, lots=_shown(stream, bar, shown))):
                file.write(piece)
        part.replace(path)  # a file of that name is whole
    finally:
        part.unlink(missing_ok=True)
    count, title = several(stream.count), stream.one.title
    said = title if title.startswith(count) else f"{count}. {title}"
    print(f"{path}: {said}. {stream.one.source_line}.", file=sys.stderr)


def _asked(given: argparse.Namespace) -> Stream:
    if given.name == survey_results.NAME:
        return survey_results.stream(home(given), given.selection)
    cube = open_cube(home(given), given.edition, PATIENT)
    if given.name in register_files.NAMES:
        return register_files.stream(home(given), cube, given.name, given.selection)
    return _stream(home(given), cube, given.name, given.selection)


def _stream(folder: Path, cube: Cube, name: str, query: str) -> Stream:
    public = settings().address
    if name in VALUES:
        asked = series_file.read(query, cube.codes)
        if asked[-1]:
            raise BadInput(f"No file was made: {asked[-1]}")
        values = of_values(cube, asked, query)
        if values is None or values.table is None:
            raise Unanswerable("No value of this series is held for that country and these years.")
        return of_table(values, values.table, public)
    selection = _selection(cube, query)
    if name in ROWS:
        chosen = selection.without("page")
        source, counts = sourced(cube, chosen)
        named = chosen.change(source=source.code)
        return of_rows(thing(cube, "rows", chosen), cube, named, wanted(named), counts, public)
    asked_ = selection.without(*GRID)
    one = thing(cube, name, asked_, *(above(folder, cube, asked_) if name == LADDER else ()))
    if one.table is None:
        raise Unanswerable((one.drawing and one.drawing.empty) or "This panel has no table.")
    return of_table(one, one.table, public)


def _selection(cube: Cube, query: str) -> Selection:
    selection, refused = read(query, cube.codes)
    if refused:
        raise BadInput(" ".join(refusal.sentence.replace(FOLLOWED, ".") for refusal in refused))
    if selection.edition not in ("", cube.edition):
        raise BadInput(f"edition={selection.edition} is not the one asked; --edition {selection.edition} opens it.")
    return selection


def _bar() -> Progress:
    columns = (TextColumn("{task.completed:,} of {task.total:,} rows"), BarColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


def _shown(stream: Stream, bar: Progress, task: TaskID) -> Iterator[pa.Table]:
    for lot in stream.lots:
        yield lot
        bar.advance(task, len(lot))
