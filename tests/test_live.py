"""A server that is read while another edition is published, over and over: no request fails, no answer mixes two.

LIVE_SECONDS, LIVE_PUBLISHES and LIVE_READERS make it longer (`make soak`).
"""

from __future__ import annotations

import csv
import io
import json
import os
import random
import re
import statistics
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from decimal import Decimal
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app import create_app
from callbacks.taken import HEADER
from dashboard.config import Settings
from dashboard.promised_words import AWAITED
from data_access import editions
from data_access.locks import alone
from tests.browser.reading import serving
from tests.living import copied, embedded_stand_in, small_edition
from tests.test_forged import URL, genuine

SECONDS = float(os.environ.get("LIVE_SECONDS", "4"))
PUBLISHES = int(os.environ.get("LIVE_PUBLISHES", "14"))
READERS = int(os.environ.get("LIVE_READERS", "4"))
TIMES = 7  # every amount of the other edition is as many times that of the first
SOON = 1.0  # seconds after which every worker shows what was published
READ = (
    *("/healthz", "/", "/goal/5?donor=GBR", "/methods"),
    *("/export/gap.csv", "/export/donors.csv?goal=2", "/export/recipients.csv?prices=constant", "/export/years.csv"),
    "/export/gap.csv-metadata.json",
)
Asked = tuple[str, str, str]  # method, address, body


@dataclass
class Reader:
    """One connection, kept open as a browser keeps it."""

    address: str
    connection: HTTPConnection | None = None
    used: bool = False
    seconds: list[float] = field(default_factory=list)

    def ask(self, asked: Asked) -> tuple[int, str, bytes]:
        """Status, edition of the header, body. A connection that was closed between two requests is opened again."""
        method, path, body = asked
        began = time.monotonic()
        try:
            return self._ask(method, path, body)
        except (ConnectionError, HTTPException):
            if not self.used:
                raise
            self.close()
            return self._ask(method, path, body)
        finally:
            self.seconds.append(time.monotonic() - began)

    def _ask(self, method: str, path: str, body: str) -> tuple[int, str, bytes]:
        self.connection = self.connection or HTTPConnection(urlsplit(self.address).netloc, timeout=30)
        headers = {"Content-Type": "application/json"} if body else {}
        self.connection.request(method, path, body or None, headers)
        answer = self.connection.getresponse()
        read = re.sub(rb'"end_id":"[^"]*"', b"", answer.read())  # Dash's mark of one visit
        self.used = True
        return answer.status, answer.getheader(HEADER, ""), read

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection, self.used = None, False


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two small editions; the first has the place of the embedded one, so that no start builds it."""
    folder = tmp_path_factory.mktemp("live")
    first = small_edition(folder, embedded_stand_in())
    editions.make(folder, editions.read(folder, small_edition(folder, "small-000000000007", TIMES)).parts, "a test")
    editions.point(folder, first)
    return folder


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with serving(home, IIF_WORKERS="2", IIF_THREADS="4") as reached:
        yield reached


@pytest.fixture(scope="module")
def questions(home: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Asked]:
    """Pages, files, and one body of every callback as the overview sends it; but for the list of editions, which says
    by its nature which is the current one now. They are made over a copy: what this process draws and remembers is
    equal to the server's pages, but not letter by letter."""
    app = create_app(Settings(home=copied(home, tmp_path_factory.mktemp("copy"))))
    bodies = [body for body in genuine(app, app.server.test_client()) if "data.children" not in body["output"]]
    pinned = [f"{path}?edition={name}" for path in ("/", "/export/gap.csv") for name in editions.kept(home)]
    return [*(("GET", path, "") for path in (*READ, *pinned)), *(("POST", URL, json.dumps(body)) for body in bodies)]


def taken(asked: Asked, current: str) -> str:
    """The edition that a question is to be answered from."""
    return asked[1].partition("edition=")[2] or current


def differing(one: bytes, other: bytes) -> str:
    """Where two answers differ, with what stands around."""
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"{one[max(at - 60, 0) : at + 60]!r} was expected, and came {other[max(at - 60, 0) : at + 60]!r}"


def publish(home: Path, name: str) -> None:
    with alone(home):
        editions.point(home, name)


@pytest.fixture(scope="module")
def expected(home: Path, address: str, questions: list[Asked]) -> dict[str, list[bytes]]:
    """Edition -> its answer to every question, asked while nothing changes."""
    found = {}
    for name in editions.kept(home):
        publish(home, name)
        time.sleep(SOON)
        measured(address, questions)
        found[name] = answers(address, name, questions)
    return found


def measured(address: str, questions: Sequence[Asked]) -> None:
    """Waits until each worker has the commitments at hand: the same question is answered in other words before."""
    end, told, said = time.monotonic() + 60, 0, [asked for asked in questions if asked[0] == "POST"]
    while told < 20:
        reader = Reader(address)  # another connection, so that another worker may take it
        waits = any(AWAITED.why in reader.ask(asked)[2].decode() for asked in said)
        reader.close()
        told = 0 if waits else told + 1
        assert time.monotonic() < end, "the commitments are not measured after a minute"
        time.sleep(0.0 if told else 0.1)


def answers(address: str, name: str, questions: Sequence[Asked]) -> list[bytes]:
    reader, found = Reader(address), []
    for asked in questions:
        status, edition, body = reader.ask(asked)
        assert status in (200, 204), (asked, status, body[:300])
        assert edition in (taken(asked, name), ""), f"{asked} is answered from {edition}"
        found.append(body)
    reader.close()
    return found


def cells(body: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body.decode())))


def test_every_answer_that_shows_figures_names_its_edition_in_its_header_and_body(
    home: Path, expected: dict[str, list[bytes]], questions: list[Asked], address: str
) -> None:
    name, reader = editions.current(home), Reader(address)
    named = [taken(asked, name) in body.decode() for asked, body in zip(questions, expected[name], strict=True)]
    headers = [reader.ask(asked)[1] == taken(asked, name) for asked in questions]
    reader.close()
    for asked, body, header in zip(questions, named, headers, strict=True):
        assert header or not body, f"{asked} names its edition in the body alone"
        assert header or ("/export/" not in asked[1] and asked[1] not in READ), asked


def test_the_figures_of_the_two_editions_differ_by_what_was_multiplied(
    home: Path, expected: dict[str, list[bytes]], questions: list[Asked]
) -> None:
    one, other = (expected[name] for name in sorted(editions.kept(home), key=lambda name: whose(home, name)))
    at = next(index for index, asked in enumerate(questions) if asked[1] == "/export/gap.csv")
    pairs = [
        (Decimal(a), Decimal(b))
        for row, more in zip(cells(one[at])[1:], cells(other[at])[1:], strict=True)
        for a, b in zip(row, more, strict=True)
        if a != b
    ]
    assert pairs and all(b == TIMES * a for a, b in pairs)
    changed = sum(a != b for a, b in zip(one, other, strict=True))
    assert changed >= len(READ)


def whose(home: Path, name: str) -> bool:
    return "small-000000000007" in editions.read(home, name).parts.values()


def published_over_and_over(home: Path, began: float) -> None:
    """One edition and the other in turn, at moments of chance, until the time is up."""
    chance = random.Random(20)
    moments = sorted(chance.uniform(0, SECONDS) for _ in range(PUBLISHES))
    for number, moment in enumerate(moments):
        time.sleep(max(0.0, began + moment - time.monotonic()))
        publish(home, editions.kept(home)[number % 2])
    time.sleep(max(0.0, began + SECONDS - time.monotonic()))


def test_nothing_fails_and_nothing_is_mixed_while_editions_are_published(
    home: Path, address: str, questions: list[Asked], expected: dict[str, list[bytes]]
) -> None:
    stop, wrong, seen = threading.Event(), list[str](), Counter[str]()
    readers = [Reader(address) for _ in range(READERS)]

    def read(reader: Reader, chance: random.Random) -> None:
        while not stop.is_set() and not wrong:
            at = chance.randrange(len(questions))
            try:
                status, edition, body = reader.ask(questions[at])
            except (OSError, HTTPException) as error:
                wrong.append(f"{questions[at][:2]} failed: {error!r}")
                return
            seen[edition] += 1
            known = [expected[edition]] if edition else list(expected.values())
            right = not edition or taken(questions[at], edition) == edition
            if status not in (200, 204) or not right or body not in [held[at] for held in known]:
                wrong.append(f"{questions[at]} answered {status} of {edition!r}: {differing(known[0][at], body)}")

    began = time.monotonic()
    with ThreadPoolExecutor(READERS) as pool:
        for number, reader in enumerate(readers):
            pool.submit(read, reader, random.Random(number))
        try:
            published_over_and_over(home, began)
        finally:
            stop.set()
    took, waits = time.monotonic() - began, sorted(second for reader in readers for second in reader.seconds)
    print(
        f"\n{PUBLISHES} publishes, {len(waits)} requests in {took:.1f} s ({len(waits) / took:.0f} a second), median "
        f"{statistics.median(waits) * 1000:.1f} ms, p99 {waits[len(waits) * 99 // 100] * 1000:.0f} ms, {dict(seen)}"
    )
    assert not wrong, wrong[0]
    assert all(seen[name] for name in expected), "both editions were read"
    for reader in readers:
        reader.close()


def test_what_is_published_is_shown_by_every_worker_soon(home: Path, address: str) -> None:
    waits = []
    for name in editions.kept(home):
        publish(home, name)
        began = time.monotonic()
        last = began
        while time.monotonic() < began + SOON + 0.2:
            reader = Reader(address)  # another connection, so that another worker may take it
            if reader.ask(("GET", "/healthz", ""))[1] != name:
                last = time.monotonic()
            reader.close()
            time.sleep(0.01)
        waits.append(last - began)
    print(f"\nshown everywhere after {max(waits):.2f} s at most")
    assert max(waits) < 0.9
