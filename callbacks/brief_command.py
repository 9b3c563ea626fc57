"""`brief`: briefings as files, one or many, made as the pages make them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from callbacks.bodies import Refused
from callbacks.book import Book
from callbacks.briefing_made import Maker
from callbacks.printer import Printer
from dashboard.briefing import MADE, PAGES, PLEDGE, READY, SHOW, STATE
from dashboard.config import Misconfigured, settings
from dashboard.questions import Busy
from dashboard.selection import DIMENSIONS
from dashboard.sheets import Brief
from data_access import editions
from data_access.commands.arguments import BadInput, Commands, home, home_option
from data_access.library import Library
from data_access.registry.opening import open_registry

FORMS = ("pdf", "pptx", "html")
LIMIT = 120.0  # seconds for one document: nobody's page waits for it
Terms = list[tuple[str, str]]
FAULTS = (Refused, Busy, TimeoutError)  # of one briefing: the others are made


def add(commands: Commands) -> None:
    """Make the command known."""
    shown = commands.add_parser("brief", help=brief.__doc__)
    shown.add_argument(
        "terms",
        nargs="+",
        metavar="key=value",
        help="as in an address: donor=FRA recipient=KEN since=2005 show=gap,years commitment=ID. A key that is given "
        "several times makes a briefing of each: donor=FRA donor=DEU",
    )
    shown.add_argument("-o", "--output", required=True, help=f"a file ({', '.join(FORMS)}), or a folder for several")
    shown.add_argument("--format", choices=FORMS, default="", help="other than the ending says; in a folder, pdf")
    home_option(shown)
    shown.set_defaults(run=brief)


def brief(given: argparse.Namespace) -> int:
    """Briefings as PDF, slides or HTML. Exit code 2 where one could not be made, with a sentence each."""
    try:
        every = several(given.terms)
        files = named(every, Path(given.output), given.output.endswith("/"), given.format)
        with _maker(home(given)) as maker:
            return max([0, *(_tried(maker, query, path) for query, path in _shown(files))])
    except (BadInput, Misconfigured, editions.NoEdition, OSError) as error:
        return _said(error)


def several(words: Sequence[str]) -> list[Terms]:
    """The terms of each briefing. Raises BadInput."""
    pairs = [(key, value) for key, _, value in (word.partition("=") for word in words)]
    if wrong := next((word for word in words if "=" not in word or word.startswith("=")), ""):
        raise BadInput(f"{wrong} is no term; one is written donor=FRA.")
    times = {key: [value for name, value in pairs if name == key] for key, _ in pairs}
    many = [key for key, values in times.items() if len(values) > 1]
    if len(many) > 1:
        raise BadInput(f"{' and '.join(many)} are given several times; one key can be.")
    if not many:
        return [_ready(pairs)]
    rest = [pair for pair in pairs if pair[0] != many[0]]
    return [_ready([(many[0], value), *rest]) for value in dict.fromkeys(times[many[0]])]


def _ready(terms: Terms) -> Terms:
    """Where it is not said what is shown: what is usually wanted of the first that is named."""
    said = dict(terms)
    about = next((key for key, value in terms if key in MADE and key != PLEDGE and "," not in value), "")
    if SHOW in said or READY in said or (PLEDGE in said and set(said) & set(DIMENSIONS)):
        return terms
    if PLEDGE in said:
        return [*terms, *([] if PAGES in said or "," in said[PLEDGE] else [(PAGES, "one")])]
    return [(READY, about), *terms] if about else terms


def named(every: Sequence[Terms], output: Path, folder: bool, form: str) -> list[tuple[str, Path]]:
    """The query string and the file of each briefing. Raises BadInput."""
    folder = folder or output.is_dir()
    if len(every) > 1 and not folder:
        raise BadInput(f"{len(every)} briefings need a folder: -o {output.with_suffix('')}/")
    ending = form or ("pdf" if folder else output.suffix.removeprefix(".").lower())
    if ending not in FORMS:
        raise BadInput(f"{output.name} does not end with a format that is known: {', '.join(FORMS)}; or say --format.")
    if folder:
        output.mkdir(parents=True, exist_ok=True)
    return [(urlencode(one, safe=","), output / f"{_stem(one)}.{ending}" if folder else output) for one in every]


def _stem(terms: Terms) -> str:
    """`donor-FRA`: of letters that every system takes in a name."""
    first = next((pair for pair in terms if pair[0] not in (READY, PAGES, STATE)), ("briefing", ""))
    return "".join(letter if letter.isalnum() or letter == "-" else "-" for letter in "-".join(filter(None, first)))


@contextmanager
def _maker(folder: Path) -> Iterator[Maker]:
    """The library and the register of a data folder, opened for as long as briefings are made."""
    given = settings()
    editions.ensure(folder)
    library, registry = Library(folder, fixed=given.edition), open_registry(folder, given.registry)
    try:
        book = Book(library, registry, given.address)
        with Flask("brief").app_context():
            yield Maker(book, Printer(given.chromium, LIMIT))
    finally:
        registry.close()
        library.close()


def _tried(maker: Maker, query: str, path: Path) -> int:
    try:
        made = _made(maker, query, path.suffix.removeprefix("."))
    except FAULTS as error:
        return _said(f"{path.name}: {error}")
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(made)
    part.replace(path)  # a file of that name is whole
    print(path)
    return 0


def _made(maker: Maker, query: str, form: str) -> bytes:
    asked = maker.read(query)
    if asked.opened:
        maker.book.kept.register(asked.cube, asked.state, asked.opened.held.pledges)  # waits until all is measured
    makes: dict[str, Callable[[Brief], bytes]] = {"pdf": maker.pdf, "pptx": maker.pptx, "html": maker.html}
    return makes[form](maker.brief(asked))


def _said(error: object) -> int:
    print(" ".join(str(error).split()), file=sys.stderr)
    return 2


def _shown(files: Sequence[tuple[str, Path]]) -> Iterator[tuple[str, Path]]:
    """Each in turn, with a bar where there are several."""
    columns = (TextColumn("{task.completed} of {task.total} briefings"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=len(files) < 2) as bar:
        shown = bar.add_task("", total=len(files))
        for one in files:
            yield one
            bar.advance(shown)
