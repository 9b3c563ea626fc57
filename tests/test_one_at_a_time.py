"""What takes long is made one at a time and stands in nobody's way: who asks meanwhile is told when to come again."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import chain
from pathlib import Path
from threading import Event, current_thread, get_native_id
from time import monotonic
from typing import Any

import pytest
from dash import Dash

from app import create_app
from callbacks.book import Book
from callbacks.commitments import filled
from callbacks.drawings import drawing
from callbacks.files import BEGUN
from callbacks.writer import Writer
from dashboard.catalogue import PANELS
from dashboard.config import FILES, Settings
from dashboard.pledges import Pledge
from dashboard.questions import Busy
from dashboard.selection import Selection
from data_access.cube import Cube
from data_access.measuring import found as finding
from data_access.measuring import kept as keeping
from data_access.measuring.kept import Kept, Register
from data_access.places import SEARCHES, Places
from data_access.registry.opening import open_registry
from data_access.registry.writing import Edits, Noted
from layouts.panels import Failure
from tests.test_layouts import flat
from tests.waiting import until

QUICK = 5.0  # seconds in which what is quick has been answered


class Slow:
    """A step that waits until it is told to go on, and counts how often it was begun."""

    def __init__(self, step: Any) -> None:
        self.step, self.begun, self.go, self.count = step, Event(), Event(), 0

    def __call__(self, *given: Any) -> Any:
        self.count += 1
        self.begun.set()
        assert self.go.wait(60)
        return self.step(*given)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    """Measuring all commitments of a state."""
    made = Slow(keeping.measured)
    monkeypatch.setattr(keeping, "measured", made)
    yield made
    made.go.set()


@pytest.fixture
def few(book: Book) -> dict[str, Pledge]:
    return dict(list(book.registry.pledges().items())[:2])


def test_what_is_held_is_answered_while_another_state_is_measured(
    embedded: Cube, few: dict[str, Pledge], slow: Slow
) -> None:
    kept = Kept()
    slow.go.set()
    held = kept.soon(embedded, "held", few)
    slow.go.clear()
    with pytest.raises(Busy, match="are being measured"):
        kept.soon(embedded, "one", few, wait=0.01)
    begun = monotonic()
    assert kept.soon(embedded, "held", few) is held and kept.at_hand(embedded, "held", few) is held
    assert monotonic() - begun < QUICK


def test_one_state_is_measured_at_a_time_and_each_once(embedded: Cube, few: dict[str, Pledge], slow: Slow) -> None:
    kept = Kept()
    for state in ("once", "once", "other", "third"):
        with pytest.raises(Busy):
            kept.soon(embedded, state, few, wait=0.01)
        assert kept.at_hand(embedded, state, few) is None
    assert slow.count == 1
    slow.go.set()
    assert set(kept.register(embedded, "once", few).outcomes) == set(few)
    assert isinstance(kept.soon(embedded, "other", few), Register)


def test_two_readers_wait_and_a_third_is_told_at_once(embedded: Cube, few: dict[str, Pledge], slow: Slow) -> None:
    kept = Kept()
    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(kept.soon, embedded, "awaited", few, 30) for _ in range(2)]
        assert slow.begun.wait(30)
        until(lambda: not kept._waiting._free._value)
        begun = monotonic()
        with pytest.raises(Busy):
            kept.soon(embedded, "awaited", few, 30)
        assert monotonic() - begun < QUICK
        slow.go.set()
        assert {set(one.result().outcomes) == set(few) for one in waiting} == {True}


def test_a_busy_engine_is_no_outcome_and_is_not_kept(
    embedded: Cube, few: dict[str, Pledge], monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: Any) -> Any:
        raise Busy(1)

    with monkeypatch.context() as patched:
        patched.setattr(keeping, "measure", busy)
        with pytest.raises(Busy):
            Kept().register(embedded, "never", few)
    assert "" in {outcome.why for outcome in Kept().register(embedded, "never", few).outcomes.values()}


def test_what_fails_is_raised_to_who_asks(
    embedded: Cube, few: dict[str, Pledge], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "standings", lambda *_: 1 / 0)
    with pytest.raises(RuntimeError, match="could not be measured"):
        Kept().soon(embedded, "unsound", few)


@pytest.fixture
def two(tmp_path: Path, home: Path, embedded: Cube) -> tuple[Dash, str]:
    """An app of its own whose register has an earlier state that nobody has measured, and that state."""
    for one in ("editions", "parts", "current"):
        (tmp_path / one).symlink_to(home / one)
    registry = open_registry(tmp_path)
    first = registry.pledges()["muskoka-2010"]
    registry.write(Edits((replace(first, title="Another title"),)), Noted("A moderator", "A test"))
    states = [change.state for change in registry.changes()]
    registry.write(Edits((first,)), Noted("A moderator", "As it was"))
    registry.close()
    return create_app(Settings(home=tmp_path)), states[0]


def test_the_site_answers_while_a_state_is_measured(two: tuple[Dash, str], slow: Slow) -> None:
    app, state = two
    client = app.server.test_client

    def file(_: int) -> Any:
        return client().get(f"/export/commitments.csv?registry={state}")

    with ThreadPoolExecutor(4) as pool:  # as many as a worker has
        asked = [pool.submit(file, one) for one in range(8)]
        assert slow.begun.wait(30)
        begun = monotonic()
        assert [pool.submit(client().get, path).result().status_code for path in ("/healthz", "/")] == [200, 200]
        assert monotonic() - begun < 4 * QUICK
        slow.go.set()
        answers = [one.result() for one in asked]
    assert {answer.status_code for answer in answers} <= {200, 503} and slow.count == 1
    refused = [answer for answer in answers if answer.status_code == 503]
    assert refused and all(int(answer.headers["Retry-After"]) for answer in refused)
    assert all("are being measured" in answer.text or "Please try again" in answer.text for answer in refused)


def test_the_page_says_that_its_state_is_being_measured(
    book: Book, slow: Slow, embedded: Cube, few: dict[str, Pledge]
) -> None:
    kept, cube = Kept(), embedded.forgetful()
    with pytest.raises(Busy):
        kept.soon(cube, "another", few, wait=0.01)
    other = Book(book.library, book.registry, kept=kept)
    said = str(flat(filled(other, cube, "/commitments", "")))
    assert "are being measured. Please try again in" in said and "Not in the register" not in said


def test_checks_are_run_of_one_state_at_a_time(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    made, cube, held = Slow(lambda *_: ()), book.library.cube(), book.registry.held()
    monkeypatch.setattr(finding, "run", made)
    found = finding.Found()
    for state in ("one", "two", "three"):
        assert found.found(cube, replace(held, state=state, pledges={}), book.registry, "none", wait=0.01) is None
    assert made.begun.wait(30)
    assert made.count == 1
    made.go.set()
    assert found.found(cube, replace(held, state="two", pledges={}), book.registry, "none", wait=60) == ()


def test_who_finds_no_place_is_told_so_and_a_place_left_is_free_again() -> None:
    whole = Places(1, 7)
    one, other = Places(2, 3, within=whole), Places(2, 3, within=whole)
    with one.taken(), pytest.raises(Busy, match="in 7 seconds"):
        other.enter()
    with other.taken():
        pass


def test_files_of_rows_leave_threads_for_the_site(real: Dash, monkeypatch: pytest.MonkeyPatch) -> None:
    slow, client = Slow(Cube.every), real.server.test_client
    monkeypatch.setattr(Cube, "every", slow)
    path = "/export/rows.csv?source=crs-donors&donor=GBR&recipient=KEN"
    with ThreadPoolExecutor(4 + FILES) as pool:  # as many as a worker has
        asked = [pool.submit(lambda: client().get(path)) for _ in range(FILES + 2)]
        assert slow.begun.wait(30)
        begun = monotonic()
        assert [pool.submit(client().get, one).result().status_code for one in ("/healthz", "/")] == [200, 200]
        assert monotonic() - begun < 4 * QUICK
        slow.go.set()
        answers = [one.result() for one in asked]
    refused = [answer for answer in answers if answer.status_code == 503]
    assert 1 <= slow.count <= FILES + 2 - len(refused) and len(refused) >= 2
    assert all("As many files of rows" in one.text and one.headers["Retry-After"] == "30" for one in refused)


def test_a_place_is_kept_until_the_file_is_sent_or_let_go(real: Dash) -> None:
    client, path = real.server.test_client(), "/export/rows.csv?source=crs-donors&donor=GBR&recipient=KEN"
    held = [client.get(path, buffered=False) for _ in range(FILES)]
    assert client.get(path).status_code == 503
    held[0].close()
    assert client.get(path).status_code == 200 and client.get(path.replace("KEN", "QQQ")).status_code == 400
    for file in held[1:]:
        file.close()
    assert [client.get(path).status_code for _ in range(3)] == [200, 200, 200]


def test_texts_are_searched_for_one_at_a_time_and_the_rest_is_answered_meanwhile(real: Dash) -> None:
    client, path = real.server.test_client(), "/embed/rows?source=iati-goals"
    with SEARCHES.taken():
        refused = client.get(f"{path}&text=wells")
        assert refused.status_code == 503 and "As many texts are being searched for" in refused.text
        assert refused.headers["Retry-After"] == "20"
        assert client.get(path).status_code == 200 and client.get("/api/v1/flows?limit=1").status_code == 200
        assert client.get("/api/v1/flows?source=iati-goals&text=wells").status_code == 503
    assert client.get(f"{path}&text=wells").status_code == 200


def test_a_refusal_is_one_line_of_the_log(real: Dash, book: Book, caplog: pytest.LogCaptureFixture) -> None:
    asked = Selection(source="iati-goals", text="wells")
    with SEARCHES.taken(), caplog.at_level(logging.WARNING):
        shown = drawing(book.library.cube(), PANELS["rows"], asked, "the rows")
    [line] = caplog.records
    assert isinstance(shown, Failure) and shown.reference in line.getMessage() and line.exc_info is None


def test_files_are_written_by_one_thread_a_piece_of_each_in_turn_behind_all_others() -> None:
    def written(name: str, pieces: int) -> Iterator[bytes]:
        for _ in range(pieces):
            begun.append((name, current_thread().name, os.getpriority(os.PRIO_PROCESS, get_native_id())))
            yield name.encode()

    begun = list[tuple[str, str, int]]()
    writer, own = Writer(), os.getpriority(os.PRIO_PROCESS, 0)
    one, other = writer.pieces(written("a", 2)), writer.pieces(written("b", 3))
    assert b"".join(chain.from_iterable(zip(one, other, strict=False))) + b"".join(other) == b"ababb"
    assert {thread for _, thread, _ in begun} == {"writer_0"} and {nice for _, _, nice in begun} == {min(own + 10, 19)}
    assert os.getpriority(os.PRIO_PROCESS, 0) == own


def test_what_fails_while_a_file_is_written_fails_where_it_is_sent() -> None:
    def written() -> Iterator[bytes]:
        yield b"a"
        raise ValueError("broken")

    pieces = Writer().pieces(written())
    assert next(pieces) == b"a"
    with pytest.raises(ValueError, match="broken"):
        next(pieces)


def test_files_of_what_is_searched_for_keep_no_other_file_waiting(real: Dash) -> None:
    client, path = real.server.test_client, "/export/rows.csv?source=crs-donors&donor=GBR&recipient=KEN"
    with ThreadPoolExecutor(1) as pool, BEGUN:
        assert pool.submit(lambda: client().get(f"{path}&text=wells").status_code).result(60) == 200
    with SEARCHES.taken():
        assert client().get(path).status_code == 200
        refused = client().get(f"{path}&text=wells")
    assert refused.status_code == 503 and "As many texts are being searched for" in refused.text
