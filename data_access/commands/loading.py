"""`load`: files of a source into a new edition, with a bar while it goes and the account of it when it is done."""

from __future__ import annotations

import argparse
import json
import logging
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from types import FrameType

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from dashboard.config import Misconfigured
from data_access.commands.arguments import BadInput, Commands, home, home_option
from data_access.editions import NoEdition
from data_access.ingest.catalogue import READERS
from data_access.ingest.faults import Fault
from data_access.ingest.readers import Reader
from data_access.ingest.report import Report
from data_access.load import MOST_REFUSED, Loaded, NotLoaded, Order, load
from data_access.locks import Running

EXPECTED = (OSError, NoEdition, Misconfigured)  # said in one line by whoever called
CLEAN, WARNED, NOTHING, BUSY, STOPPED = 0, 1, 2, 75, 130
SHOWN = 10  # faults printed; the report holds more, the rejects file all
LOG = logging.getLogger(__name__)
MILLION = Decimal(1_000_000)


def add(commands: Commands) -> None:
    """Make the command known."""
    made = commands.add_parser("load", help=load_files.__doc__)
    made.add_argument("source", choices=sorted(READERS))
    made.add_argument("paths", type=_path, nargs="+", help="files, or folders of them")
    made.add_argument("--max-refused", type=_share, default=MOST_REFUSED, help="share of records, as 0.1%% or 0.001")
    made.add_argument("--no-publish", action="store_true", help="make the edition without showing it")
    made.add_argument("--json", action="store_true", help="the report as JSON on standard output")
    home_option(made)
    made.set_defaults(run=load_files)


def load_files(given: argparse.Namespace) -> int:
    """Loads files into a new edition and publishes it. Exit code 0; 1 with warnings or refused records; 2 where nothing
    was published; 75 while another load runs."""
    reader = READERS[given.source]
    files = tuple(file for path in given.paths for file in _files(reader, path))
    stopped: list[int] = []
    try:
        with _stoppable(stopped), _bar(given.source, files) as bar:
            said = (bar.tell, bar.begin, bar.say)
            loaded = load(Order(home(given), reader, files, given.max_refused, not given.no_publish, *said))
    except Running as why:
        print(why, file=sys.stderr)
        return BUSY
    except (Fault, NotLoaded, KeyboardInterrupt, *EXPECTED) as wrong:
        return _unpublished(given, wrong, stopped)
    except Exception as wrong:
        if not stopped:
            LOG.exception("An unexpected fault stopped the load.")
        return _unpublished(given, wrong, stopped)
    _told(given, loaded)
    return WARNED if loaded.report.get("faults") else CLEAN


def _files(reader: Reader, path: Path) -> Iterator[Path]:
    if path.is_dir():
        found = sorted(reader.files(path))
        if not found:
            raise BadInput(f"{path} holds no file of {reader.source}.")
        yield from found
    elif path.is_file():
        yield path
    else:
        raise BadInput(f"{path} is neither a file nor a folder.")


def _unpublished(given: argparse.Namespace, wrong: BaseException, stopped: list[int]) -> int:
    """What is said where nothing was published. What nobody foresaw must not end as a load with warnings does."""
    if stopped or isinstance(wrong, KeyboardInterrupt):  # the engine says in ways of its own that it was stopped
        print("Stopped. Nothing was published.", file=sys.stderr)
        return STOPPED
    if isinstance(wrong, Fault):
        return _refused(given, "Nothing was published.", [wrong])
    if isinstance(wrong, NotLoaded):
        return _refused(given, str(wrong), list(wrong.faults))
    if isinstance(wrong, EXPECTED):
        raise wrong
    return _refused(given, f"{type(wrong).__name__}: {wrong}. Nothing was published.", [])


@contextmanager
def _stoppable(stopped: list[int]) -> Iterator[None]:
    """A request to end, by hand or by the system, ends the load: what was begun is cleared away. One that is ignored
    stays so, as in a job of a shell's background."""

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.append(number)
        raise KeyboardInterrupt

    before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}
    heard = [one for one, handler in before.items() if handler is not signal.SIG_IGN]
    for one in heard:
        signal.signal(one, stop)
    try:
        yield
    finally:
        for one in heard:
            signal.signal(one, before[one])


class _Bar:
    """Records and bytes read of all, records a second, time left; each finished step in a line above."""

    def __init__(self, shown: Progress, source: str, size: int) -> None:
        self._shown, self._report, self._began = shown, Report(), time.monotonic()
        self._task = shown.add_task(f"loading {source}", total=size, records="", rate="")

    def begin(self, report: Report) -> None:
        self._report, self._began = report, time.monotonic()

    def tell(self, read: int) -> None:
        rate = self._report.read / max(time.monotonic() - self._began, 0.1)
        records = f"{self._report.read:,} records"
        self._shown.update(self._task, advance=read, records=records, rate=f"{rate:,.0f} a second")

    def say(self, words: str) -> None:
        self._shown.console.print(words, highlight=False)


@contextmanager
def _bar(source: str, files: tuple[Path, ...]) -> Iterator[_Bar]:
    words = ("{task.description}", "{task.fields[records]}", "{task.fields[rate]}")
    name, records, rate = (TextColumn(text) for text in words)
    columns = (name, BarColumn(), records, rate, TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as shown:
        yield _Bar(shown, source, sum(file.stat().st_size for file in files))


def _stopped() -> int:
    print("Stopped. Nothing was published.", file=sys.stderr)
    return STOPPED


def _refused(given: argparse.Namespace, sentence: str, faults: list[Fault]) -> int:
    if given.json:
        print(json.dumps({"published": False, "why": sentence, "faults": [fault.as_json() for fault in faults]}))
    for fault in faults[:SHOWN]:
        print(fault, file=sys.stderr)
    print(sentence, file=sys.stderr)
    return NOTHING


def _told(given: argparse.Namespace, loaded: Loaded) -> None:
    if given.json:
        state = {"edition": loaded.edition, "changed": loaded.changed, "published": loaded.published}
        print(json.dumps(state | loaded.report, ensure_ascii=False))
        return
    report = loaded.report
    if not loaded.changed:
        print(f"These files are loaded already, as {loaded.part}.")
    else:
        counts = ", ".join(f"{report[name]:,} {name}" for name in ("read", "kept", "refused"))
        print(f"{loaded.part}: {counts}, in {report['seconds']:,} s ({_rate(report)}).")
    first = {fault["code"]: fault for fault in reversed(report["first"])}
    for code, count in report["faults"].items():
        met = f"{'this one' if count == 1 else 'the first'}: {Fault(**first[code])}" if code in first else ""
        print("; ".join(filter(None, (f"  {code}: {count:,}", met))))
    for note in report["notes"]:
        print(f"  {note}")
    for row in report["sums"]:
        print(f"  {row['year']} {row['stage']:<10} {Decimal(row['usd']) / MILLION:>16,.2f} million US dollars")
    shown = "is published" if loaded.published else "is kept and not published; editions publish shows it"
    print(f"Edition {loaded.edition} {shown}.")


def _rate(report: dict[str, object]) -> str:
    read, seconds = int(str(report["read"])), float(str(report["seconds"]))
    return f"{read / max(seconds, 0.1):,.0f} records a second"


def _path(text: str) -> Path:
    """An empty word, of a variable that was never set, is not the folder one happens to be in."""
    if not text:
        raise argparse.ArgumentTypeError("one of the paths is empty")
    return Path(text)


def _share(text: str) -> float:
    """0.1% or 0.001."""
    try:
        share = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a share, as 0.1% or 0.001")
    return share
