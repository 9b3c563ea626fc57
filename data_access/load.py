"""A load: files in; a new part and a new edition out, or nothing at all.

The files are named by their content, read by the reader of their source into a part of their own, compared with an
independent plain reading, and published in one step. What was loaded before is known again and changes nothing.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb

from data_access import editions, finishing, heading, parts
from data_access.ingest.checks import unsummed
from data_access.ingest.faults import Fault, printable
from data_access.ingest.given import States, changed, names, states
from data_access.ingest.readers import Part, Reader
from data_access.ingest.report import Report, Tell, silent
from data_access.locks import alone, loading
from data_access.lookups import read_lookups
from data_access.verifying import Counting, Uncounted, disagreement

MOST_REFUSED = 0.001  # share of the records read that may be refused and the rest still be published
SPACE, SPARE = 2.5, 200_000_000  # a part and its staging need this times the files, and this more
SPACES = {".txt": 1.2, ".parquet": 6.0}  # of the largest releases: a million records took 0.52 and 3.5 times their file
MEMORY = "2GB"
ONCE = (  # what is written stays as it was written: nothing is written again before the part is whole, nor afterwards
    "checkpoint_threshold = '1TB'", "checkpoint_on_detach = 'DISABLED'", "max_vacuum_tasks = 0",
)  # fmt: skip
MEGABYTE = 1_000_000
Say = Callable[[str], None]


class NotLoaded(ValueError):
    """Nothing was published; the message is a sentence, the faults say where."""

    def __init__(self, sentence: str, faults: Sequence[Fault] = (), report: Report | None = None) -> None:
        super().__init__(sentence)
        self.faults, self.report = tuple(faults), report


@dataclass(frozen=True)
class Order:
    """What is to be loaded, and how."""

    home: Path
    reader: Reader
    files: tuple[Path, ...]
    most_refused: float = MOST_REFUSED
    publish: bool = True
    tell: Tell = silent  # bytes read
    begin: Callable[[Report], None] = field(default=lambda _: None)  # given the account before the first byte is read
    say: Say = field(default=lambda _: None)  # a few words for each step


@dataclass(frozen=True)
class Loaded:
    """What came of it. `changed`: whether a part was made; `edition`: the one that holds it; `report`: as kept."""

    part: str
    edition: str
    changed: bool
    published: bool
    report: dict[str, Any]


def load(order: Order) -> Loaded:
    """Load files. Raises Fault (a file cannot be read), NotLoaded, Running, OSError; then nothing has changed."""
    base = editions.ensure(order.home)
    with loading(order.home, order.reader.source):
        order = replace(order, files=tuple(sorted(order.files, key=_placed)))  # whatever their order, the same part
        before = states([path for path in order.files if path.is_file()])
        known = _identified(order)
        order.say("files known by their content")
        part = _named(order, known, editions.read(order.home, base).parts[editions.CODES])
        changed = bool(parts.amiss(order.home, part))  # missing, or damaged since: made again
        if changed:
            _room(order)
            with parts.making(order.home, part) as folder:
                _made(order, folder, part, known, before)
        edition = _edition(order, part)
        told = parts.report(order.home, part)
        return Loaded(part, edition, changed, editions.current(order.home) == edition, told)


def _identified(order: Order) -> list[dict[str, Any]]:
    """Each file by name, SHA-256 and size."""
    known: dict[str, dict[str, Any]] = {}
    for path, name in zip(order.files, names(order.files), strict=True):
        if name in known or (Path(name).name != name and not order.reader.by_folder):
            raise NotLoaded(
                f"Two files are called {printable(path.name)}; rows could not say which they come from. Rename one."
            )
        if not path.is_file():
            raise NotLoaded(f"{printable(str(path))} is not a file.")
        if not name.isascii() and name.encode("utf-8", "replace").decode() != name:
            raise NotLoaded(f"The name of {printable(name)} is not UTF-8, so no row could say it; rename the file.")
        day = datetime.fromtimestamp(path.stat().st_mtime, UTC).date().isoformat()
        known[name] = {"sha256": parts.digest(path), "bytes": path.stat().st_size, "retrieved": day}
    if not known:
        raise NotLoaded(f"There is no file of {order.reader.source} to load.")
    return [{"file": name, **told} for name, told in known.items()]


def _placed(path: Path) -> tuple[str, Path]:
    return path.name, path


def _named(order: Order, known: list[dict[str, Any]], codes: str) -> str:
    """The name of the part that these files make: with this code and these codes, always the same. Codes themselves are
    not read with others: loaded again, they change nothing."""
    codes = "" if order.reader.source == editions.CODES else codes
    made = sha256(f"{order.reader.source} {finishing.digest()} {codes}\n".encode())
    for told in sorted(known, key=lambda told: str(told["file"])):
        made.update(f"{told['file']} {told['sha256']}\n".encode())
    return f"{order.reader.source}-{made.hexdigest()[:12]}"


def _made(order: Order, folder: Path, part: str, known: list[dict[str, Any]], before: States) -> None:
    began, rejects = time.monotonic(), folder / "rejects.csv"
    report = Report(rejects=rejects, tell=order.tell)
    order.begin(report)
    codes = parts.file_of(order.home, editions.read(order.home, editions.current(order.home)).parts[editions.CODES])
    try:
        lookups = read_lookups(codes)
        with Counting(order.reader, order.files, lookups) as counting, _staged(folder) as connection:
            given = Part(connection, lookups, report, folder)
            order.reader.fill(given, order.files)
            order.say(f"{report.read:,} records read, {report.refused:,} refused")
            _enough(order, report)
            if wrong := unsummed(given, order.reader, order.files):
                raise NotLoaded(wrong[0], [*wrong[1], *report.listed], report)
            described = order.reader.describe(given, order.files)
            files = [told | {"licence": described.licence, "published": described.address} for told in known]
            finishing.finish(given, described, files)
            heading.keep(given, order.files)
            order.say("rows laid out and summed")
            plain = counting.result()
            _unchanged(before)
            if said := disagreement(connection, report, plain):
                raise NotLoaded(f"{said} Nothing was published; please report this with the file.", (), report)
            order.say("compared with a plain reading of the files")
        told = {"reader": order.reader.source, "made": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", "files": known}
        told |= {"seconds": round(time.monotonic() - began, 1), "max_refused": order.most_refused} | report.as_json()
        parts.keep(order.home, folder / "part.duckdb", part, told)
    except Uncounted as error:
        raise NotLoaded(f"{error} Nothing was published.", (), report) from error
    except (Fault, NotLoaded):
        raise
    except (duckdb.Error, OSError, ValueError, MemoryError) as error:
        _unchanged(before)  # which explains whatever came of it
        raise _explained(error, order) from error
    finally:
        _keep_rejects(order.home, rejects, part)


def _unchanged(before: States) -> None:
    """A part is named by what its files held before they were read; they must hold it still."""
    file = changed(before)
    if file:
        raise NotLoaded(
            f"{printable(file)} was changed while it was read. Nothing was published; load it once it is whole."
        )


@contextmanager
def _staged(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the new part in which `flow` is a staging table of its own: rows come in as they are read, and
    are laid out afterwards."""
    connection = parts.create(folder / "part.duckdb")
    try:
        for setting in (f"memory_limit = '{MEMORY}'", f"temp_directory = {parts.quoted(f'{folder}/spill')}", *ONCE):
            connection.execute(f"SET {setting}")
        connection.execute(f"ATTACH {parts.quoted(f'{folder}/staged.duckdb')} AS staged")
        connection.execute("CREATE TABLE staged.flow AS FROM part.main.flow LIMIT 0")
        connection.execute("SET search_path = 'staged.main,part.main'")
        yield connection
        connection.execute("DETACH staged")
        connection.execute("CHECKPOINT part")
    finally:
        connection.close()


def _enough(order: Order, report: Report) -> None:
    if report.refused > order.most_refused * report.read:
        share = f"{100 * report.refused / max(report.read, 1):.3g}%"
        raise NotLoaded(
            f"{report.refused:,} of {report.read:,} records ({share}) were refused, more than --max-refused "
            f"{100 * order.most_refused:g}% allows. Nothing was published; the rejects file names each.",
            report.listed, report,
        )  # fmt: skip
    if not report.kept:
        raise NotLoaded("No record was kept. Nothing was published.", report.listed, report)


def _edition(order: Order, part: str) -> str:
    """The edition that has this part in its place beside what stays, published unless that was not wanted."""
    with alone(order.home):
        wrong = parts.amiss(order.home, part)  # another may have dropped an edition that named it
        if wrong:
            raise NotLoaded(f"{wrong} Nothing was published.")
        held = editions.read(order.home, editions.current(order.home)).parts
        names = ", ".join(path.name for path in order.files[:3]) + (", …" if len(order.files) > 3 else "")
        own = order.reader.replaces or (order.reader.source,)
        edition = editions.make(order.home, {**held, **dict.fromkeys(own, part)}, f"load {order.reader.source} {names}")
        if order.publish and editions.current(order.home) != edition:
            editions.point(order.home, edition)
        return edition


def _room(order: Order) -> None:
    needed = int(sum(path.stat().st_size * SPACES.get(path.suffix.lower(), SPACE) for path in order.files)) + SPARE
    free = shutil.disk_usage(order.home).free
    if free < needed:
        raise NotLoaded(
            f"{order.home} has {free // MEGABYTE:,} MB free and this load needs about {needed // MEGABYTE:,} MB. "
            "Nothing was changed; make room (editions drop) or name another folder with --home."
        )


def _explained(error: Exception, order: Order) -> Exception:
    words = str(error)
    if "No space left" in words or getattr(error, "errno", 0) == 28:
        free = shutil.disk_usage(order.home).free // MEGABYTE
        return NotLoaded(f"No space is left under {order.home} ({free:,} MB free). Nothing was published; make room.")
    if isinstance(error, duckdb.Error):
        line = (words.splitlines() or [type(error).__name__])[0][:300]
        return NotLoaded(f"The engine could not go on ({line}). Nothing was published.")
    if isinstance(error, MemoryError):
        return NotLoaded("There is not enough memory for this load. Nothing was published.")
    return error if isinstance(error, OSError) else NotLoaded(f"{words} Nothing was published.")


def _keep_rejects(home: Path, rejects: Path, part: str) -> None:
    if rejects.is_file():
        (home / "rejects").mkdir(exist_ok=True)
        shutil.move(rejects, home / "rejects" / f"{part}.csv")
