"""What is remembered, what is refused, and that a cache never breaks an answer."""

from __future__ import annotations

import logging
import os
import pickle
import sqlite3
import stat
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from decimal import Decimal
from pathlib import Path
from typing import Any

import diskcache
import pandas as pd
import pytest

from dashboard.questions import Sums
from data_access import cache as module
from data_access.cache import Cache, from_bytes, to_bytes
from data_access.shelf import NoPickleDisk, Shelf

COLUMNS: Sums = {
    "donor": ("GBR", "FRA"),
    "year": (2010, 2011),
    "committed": (Decimal("12345678901234567890.12345678901234"), None),
    "disbursed": (None, None),
}
FRAME = pd.DataFrame(
    {
        "donor": pd.Series(["GBR", "FRA"], dtype="str"),
        "year": pd.Series([2010, 2011], dtype="int64"),
        "committed": pd.Series([Decimal("12345678901234567890.12345678901234"), None], dtype=object),
        "disbursed": pd.Series([None, None], dtype=object),
    }
)


def at_once() -> AbstractContextManager[bool]:
    return nullcontext(False)


class Source:
    """Makes the frame and counts how often it was asked to."""

    def __init__(self, seconds: float = 0, fault: Exception | None = None) -> None:
        self.asked, self.seconds, self.fault = 0, seconds, fault

    def __call__(self) -> Sums:
        self.asked += 1
        time.sleep(self.seconds)
        if self.fault:
            raise self.fault
        return COLUMNS


def ask(cache: Cache, source: Source, key: str = "question") -> pd.DataFrame:
    return cache.answer(key, at_once, source).frame()


def exactly(columns: Sums) -> dict[str, list[Any]]:
    return {name: list(values) for name, values in columns.items()}


class Bomb:
    """Leaves a file behind when it is unpickled."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> Any:
        return os.mkdir, (str(self.trace),)


def poison(directory: Path, column: str, value: bytes, mode: int) -> None:
    """Writes into the cache file as somebody would who has got hold of the directory."""
    with sqlite3.connect(directory / "cache.db") as database:
        database.execute(f"UPDATE Cache SET {column} = ?, mode = ?, size = 0", (value, mode))


def test_a_frame_is_made_once_and_then_remembered_in_the_process() -> None:
    cache, source = Cache(), Source()
    for _ in range(3):
        pd.testing.assert_frame_equal(ask(cache, source), FRAME)
    assert source.asked == 1


def test_another_process_finds_the_answer_on_disk_exactly(tmp_path: Path) -> None:
    source = Source()
    ask(Cache(Shelf(tmp_path / "cache")), source)
    found = ask(Cache(Shelf(tmp_path / "cache")), source)
    assert source.asked == 1
    pd.testing.assert_frame_equal(found, FRAME)
    assert found["committed"][0] == FRAME["committed"][0] and found["committed"][1] is None
    assert found["disbursed"][0] is None


def test_an_empty_answer_is_remembered_like_any_other(tmp_path: Path) -> None:
    empty: Sums = dict.fromkeys(COLUMNS, ())
    Cache(Shelf(tmp_path / "cache")).answer("none", at_once, lambda: empty)
    found = Cache(Shelf(tmp_path / "cache")).answer("none", at_once, Source()).frame()
    assert found.empty and list(found.columns) == list(FRAME.columns)


def test_the_answers_kept_in_the_process_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ANSWERS", 3)
    cache, source = Cache(), Source()
    for key in "abcd":
        ask(cache, source, key)
    ask(cache, source, "d")
    assert source.asked == 4
    ask(cache, source, "a")
    assert source.asked == 5


def test_many_who_ask_the_same_at_once_are_answered_by_one_computation() -> None:
    cache, source = Cache(), Source(seconds=0.1)
    with ThreadPoolExecutor(12) as readers:
        found = list(readers.map(lambda _: ask(cache, source), range(12)))
    assert source.asked == 1
    assert all(frame.equals(FRAME) for frame in found)


def test_different_questions_do_not_wait_for_each_other() -> None:
    cache, both = Cache(), threading.Barrier(2, timeout=5)

    def make() -> Sums:
        both.wait()
        return COLUMNS

    with ThreadPoolExecutor(2) as readers:
        assert len(list(readers.map(lambda key: cache.answer(key, at_once, make), ("a", "b")))) == 2


def test_a_fault_reaches_all_who_asked_and_is_not_remembered() -> None:
    cache, source = Cache(), Source(seconds=0.1, fault=TimeoutError("too long"))

    def attempt(_: int) -> str:
        with pytest.raises(TimeoutError, match="too long"):
            ask(cache, source)
        return "told"

    with ThreadPoolExecutor(6) as readers:
        assert list(readers.map(attempt, range(6))) == ["told"] * 6
    assert source.asked == 1
    source.fault = None
    pd.testing.assert_frame_equal(ask(cache, source), FRAME)


def test_who_had_to_wait_for_a_turn_looks_once_more_whether_another_process_has_answered(tmp_path: Path) -> None:
    mine, other, source = Cache(Shelf(tmp_path / "cache")), Cache(Shelf(tmp_path / "cache")), Source()

    def turn() -> AbstractContextManager[bool]:
        ask(other, source)  # what happens in the other process while this one stands in the queue
        return nullcontext(True)

    pd.testing.assert_frame_equal(mine.answer("question", turn, source).frame(), FRAME)
    assert source.asked == 1


def test_the_directory_is_for_its_owner_only_and_holds_no_pickle(tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir(0o755)
    ask(Cache(Shelf(tmp_path / "cache")), Source())
    assert stat.S_IMODE((tmp_path / "cache").stat().st_mode) == 0o700
    with sqlite3.connect(tmp_path / "cache" / "cache.db") as database:
        rows = database.execute("SELECT key, raw, mode, value FROM Cache").fetchall()
    assert [(key, raw, mode) for key, raw, mode, _ in rows] == [("question", 1, diskcache.core.MODE_RAW)]
    assert exactly(from_bytes(rows[0][3], "question")) == exactly(COLUMNS)


POISONED = [
    ("value", diskcache.core.MODE_PICKLE),
    ("value", diskcache.core.MODE_RAW),
    ("value", diskcache.core.MODE_TEXT),
    ("value", 77),
]


@pytest.mark.parametrize(("column", "mode"), POISONED)
def test_a_poisoned_value_is_not_run_and_the_question_is_asked_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, column: str, mode: int
) -> None:
    source, trace = Source(), tmp_path / "it-ran"
    ask(Cache(Shelf(tmp_path / "cache")), source)
    poison(tmp_path / "cache", column, pickle.dumps(Bomb(trace)), mode)
    with caplog.at_level(logging.WARNING):
        pd.testing.assert_frame_equal(ask(Cache(Shelf(tmp_path / "cache")), source), FRAME)
    assert source.asked == 2 and not trace.exists()
    assert "could not be read" in caplog.text
    ask(Cache(Shelf(tmp_path / "cache")), source)
    assert source.asked == 2, "the good answer has taken the place of the poisoned one"


def test_the_poison_works_where_nothing_refuses_it(tmp_path: Path) -> None:
    with diskcache.Cache(str(tmp_path / "plain")) as plain:
        plain["question"] = b"x"
        poison(tmp_path / "plain", "value", pickle.dumps(Bomb(tmp_path / "it-ran")), diskcache.core.MODE_PICKLE)
        plain.get("question")
    assert (tmp_path / "it-ran").exists()


def test_a_poisoned_key_is_not_run(tmp_path: Path) -> None:
    ask(Cache(Shelf(tmp_path / "cache")), Source())
    with sqlite3.connect(tmp_path / "cache" / "cache.db") as database:
        database.execute("UPDATE Cache SET key = ?, raw = 0", (pickle.dumps(Bomb(tmp_path / "it-ran")),))
    with diskcache.Cache(str(tmp_path / "cache"), disk=NoPickleDisk) as opened, pytest.raises(ValueError, match="key"):
        list(opened)
    assert not (tmp_path / "it-ran").exists()


def test_only_text_keys_and_bytes_go_in(tmp_path: Path) -> None:
    with diskcache.Cache(str(tmp_path / "cache"), disk=NoPickleDisk) as opened:
        for key, value in ((("a", "tuple"), b"x"), (1, b"x"), ("key", {"a": 1}), ("key", "text"), ("key", 5)):
            with pytest.raises(TypeError):
                opened.set(key, value)


def test_the_answer_to_another_question_is_not_taken_for_this_one() -> None:
    with pytest.raises(ValueError, match="another question"):
        from_bytes(to_bytes(COLUMNS, "question"), "another")


def test_large_answers_go_to_files_and_come_back(tmp_path: Path) -> None:
    large, source = {"value": tuple(Decimal(n) / 100 for n in range(100_000))}, Source()
    Cache(Shelf(tmp_path / "cache")).answer("large", at_once, lambda: large)
    assert list((tmp_path / "cache").rglob("*.val"))
    assert ask(Cache(Shelf(tmp_path / "cache")), source, "large")["value"].tolist() == list(large["value"])
    assert source.asked == 0
    for file in (tmp_path / "cache").rglob("*.val"):
        file.unlink()
    ask(Cache(Shelf(tmp_path / "cache")), source, "large")
    assert source.asked == 1


def test_a_cache_full_of_garbage_is_moved_aside(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "cache.db").write_bytes(b"\x00garbage" * 1000)
    with caplog.at_level(logging.WARNING):
        cache, source = Cache(Shelf(tmp_path / "cache")), Source()
    pd.testing.assert_frame_equal(ask(cache, source), FRAME)
    assert "cannot be used" in caplog.text
    assert len(list(tmp_path.glob("cache-broken-*"))) == 1
    ask(Cache(Shelf(tmp_path / "cache")), source)
    assert source.asked == 1


def test_a_cache_that_turns_to_garbage_while_in_use_breaks_no_answer(tmp_path: Path) -> None:
    cache, source = Cache(Shelf(tmp_path / "cache")), Source()
    ask(cache, source, "before")
    for file in (tmp_path / "cache").glob("cache.db*"):
        file.write_bytes(b"garbage" * 5000)
    for key in ("after", "later"):
        pd.testing.assert_frame_equal(ask(cache, source, key), FRAME)


def test_a_cache_whose_place_is_a_file_or_cannot_be_made_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here already")
    for place in (tmp_path / "file" / "cache", Path("/proc/cache")):
        source = Source()
        cache = Cache(Shelf(place))
        pd.testing.assert_frame_equal(ask(cache, source), FRAME)
        pd.testing.assert_frame_equal(ask(cache, source), FRAME)
        assert source.asked == 1


def test_a_full_disk_breaks_no_answer(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    cache, source = Cache(Shelf(tmp_path / "cache")), Source()
    with sqlite3.connect(tmp_path / "cache" / "cache.db") as database:
        database.execute(
            "CREATE TRIGGER full BEFORE INSERT ON Cache BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        )
    with caplog.at_level(logging.WARNING):
        pd.testing.assert_frame_equal(ask(cache, source), FRAME)
        cache.shelf.put("another", b"answer")
    assert caplog.text.count("could not be remembered on disk") == 1  # and not a line for every answer


def test_a_cache_that_another_process_holds_locked_delays_no_answer_for_long(tmp_path: Path) -> None:
    cache, source = Cache(Shelf(tmp_path / "cache")), Source()
    holder = sqlite3.connect(tmp_path / "cache" / "cache.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    began = time.monotonic()
    pd.testing.assert_frame_equal(ask(cache, source), FRAME)
    assert time.monotonic() - began < 2
    holder.close()


def test_the_disk_is_kept_below_its_size(tmp_path: Path) -> None:
    noise = [Decimal(os.urandom(8)[0] * 10**10 + n) for n in range(3000)]
    cache = Cache(Shelf(tmp_path / "cache", size=2_000_000))
    for n in range(200):
        cache.answer(f"q{n}", at_once, lambda: {"value": noise})
    kept = [file.stat().st_size for file in (tmp_path / "cache").rglob("*.val")]
    assert 0 < sum(kept) < 3_000_000 < 200 * max(kept)


def test_what_another_release_remembered_is_asked_again(tmp_path: Path) -> None:
    first, second, third = Source(), Source(), Source()
    ask(Cache(Shelf(tmp_path), "one"), first)
    ask(Cache(Shelf(tmp_path), "two"), second)
    ask(Cache(Shelf(tmp_path), "one"), third)
    assert (first.asked, second.asked, third.asked) == (1, 1, 0)


def test_what_is_answered_at_once_is_kept_in_the_process_only(tmp_path: Path) -> None:
    quick, slow = Source(), Source(seconds=0.06)
    for source, again in ((quick, 2), (slow, 1)):
        mine, other = (Cache(Shelf(tmp_path / "cache"), f"{again}", worth=0.05) for _ in range(2))
        for cache in (mine, mine, other):
            pd.testing.assert_frame_equal(ask(cache, source), FRAME)
        assert source.asked == again


def test_without_a_disk_nothing_is_made_ready_for_it(caplog: pytest.LogCaptureFixture) -> None:
    assert Cache().answer("strange", at_once, lambda: {"usd": (object(),)}).cells == 1
    assert not caplog.text


def test_amounts_of_any_kind_come_back_from_disk_as_they_were(tmp_path: Path) -> None:
    held = [Decimal("0.00000001"), None, Decimal("12345678901234.5"), Decimal("-1"), Decimal("1E+3")]
    for amounts in (held, held[::-1], [None], [Decimal(3), 4]):
        assert exactly(from_bytes(to_bytes({"usd": amounts}, "k"), "k")) == {"usd": amounts}
