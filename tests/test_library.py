"""A server's library: the current edition picked up, pinned ones kept open, files let go; and what damage does."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dashboard.selection import Selection
from data_access import editions, library, parts
from data_access.cube import Cube
from data_access.editions import NoEdition
from data_access.library import Library
from tests.living import EVERY, copied, small_edition, small_part

ONCE, SEVEN = "small-000000000001", "small-000000000007"
GRACE = 0.05
SOON = 3.0  # seconds
INSTANCES = 2  # of the engine: that of the pages and that of the files


@pytest.fixture
def reference(tmp_path: Path) -> Path:
    """An empty folder: nothing is built at the start."""
    return tmp_path / "reference"


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two editions; all amounts of the second are seven times those of the first, which is shown."""
    folder = tmp_path_factory.mktemp("two")
    first = small_edition(folder, ONCE)
    small_edition(folder, SEVEN, times=7)
    editions.point(folder, first)
    return folder


@pytest.fixture
def home(two: Path, tmp_path: Path) -> Path:
    return copied(two, tmp_path / "home")


@pytest.fixture
def shelf(home: Path, reference: Path) -> Iterator[Library]:
    opened = Library(home, reference=reference, grace=GRACE)
    yield opened
    opened.close()


def holding(home: Path, part: str) -> str:
    """The edition that names one part for everything."""
    return next(name for name in editions.kept(home) if set(editions.read(home, name).parts.values()) == {part})


def once(home: Path) -> str:
    return holding(home, ONCE)


def seven(home: Path) -> str:
    return holding(home, SEVEN)


def total(cube: Cube) -> Decimal:
    frame = cube.totals(Selection(source="iati-goals", since=1990, until=2025), ())
    return Decimal(frame["committed"].iloc[0])


def comes(wanted: str, shelf: Library) -> bool:
    """Whether an edition is shown before long."""
    end = time.monotonic() + SOON
    while time.monotonic() < end:
        if shelf.cube().edition == wanted:
            return True
        time.sleep(0.02)
    return False


def held_open(home: Path, part: str) -> int:
    """How often this process has a part's file of a data folder open."""
    links = [str(link.readlink()) for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    return sum(str(home) in link and part in link for link in links)


def test_what_is_published_is_shown_before_long_and_readers_keep_what_they_took(shelf: Library, home: Path) -> None:
    before = shelf.cube()
    amount = total(before)
    editions.point(home, seven(home))
    assert comes(seven(home), shelf)
    assert total(shelf.cube()) == 7 * amount
    assert before.edition == once(home) and total(before) == amount


def test_a_pinned_edition_is_answered_from_itself(shelf: Library, home: Path) -> None:
    assert total(shelf.cube(seven(home))) == 7 * total(shelf.cube())
    assert shelf.cube(seven(home)) is shelf.cube(seven(home)), "it stays open"


@pytest.mark.parametrize("name", ["gone", "../current", "/etc/passwd", ".", "x" * 5000, "a\0b"])
def test_an_edition_that_is_not_kept_is_refused(shelf: Library, name: str) -> None:
    with pytest.raises(NoEdition, match="is not kept here"):
        shelf.cube(name)


def test_a_fixed_edition_stays_whatever_is_published(home: Path, reference: Path) -> None:
    fixed = Library(home, reference=reference, fixed=once(home))
    editions.point(home, seven(home))
    assert not comes(seven(home), fixed)
    fixed.close()


def test_a_dropped_edition_is_let_go_and_its_file_closed(shelf: Library, home: Path) -> None:
    total(shelf.cube(seven(home)))
    assert held_open(home, SEVEN) == INSTANCES
    assert editions.drop(home, seven(home)) == [SEVEN]
    end = time.monotonic() + SOON
    while held_open(home, SEVEN) and time.monotonic() < end:
        shelf.cube()
        time.sleep(0.02)
    assert held_open(home, SEVEN) == 0
    assert held_open(home, ONCE) == INSTANCES


def test_only_some_editions_stay_open_and_shared_parts_are_open_once(
    home: Path, reference: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "OPEN", 2)
    pair = dict.fromkeys(EVERY, ONCE) | {"dac1": SEVEN}
    both = editions.make(home, pair, "a test")
    shelf = Library(home, reference=reference, grace=GRACE)
    assert total(shelf.cube(both)) == total(shelf.cube())
    assert (held_open(home, ONCE), held_open(home, SEVEN)) == (INSTANCES, INSTANCES)
    fourth = small_part(home, "small-000000000004", 4)
    shelf.cube(editions.make(home, dict.fromkeys(EVERY, fourth), "a test"))
    time.sleep(2 * GRACE)
    shelf.cube(shelf.cube().edition)
    assert (held_open(home, ONCE), held_open(home, SEVEN)) == (INSTANCES, 0)
    assert total(shelf.cube(both)) == total(shelf.cube()), "and can be opened again"
    shelf.close()


def test_nobody_waits_while_another_edition_is_opened(
    shelf: Library, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = library.cube_of

    def slow(*given: Any) -> Cube:
        time.sleep(0.6)
        return plain(*given)

    monkeypatch.setattr(library, "cube_of", slow)
    editions.point(home, seven(home))
    time.sleep(library.LOOK)
    with ThreadPoolExecutor(1) as other:
        turned = other.submit(shelf.cube)
        time.sleep(0.1)
        began = time.monotonic()
        assert shelf.cube().edition == once(home)
        assert time.monotonic() - began < 0.3
        assert turned.result().edition == seven(home)


def test_a_current_edition_that_cannot_be_opened_leaves_the_shown_one(
    shelf: Library, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    parts.file_of(home, SEVEN).unlink()
    (home / "current").write_text(seven(home) + "\n")
    time.sleep(library.LOOK)
    for _ in range(3):
        assert shelf.cube().edition == once(home)
    said = [record.getMessage() for record in caplog.records]
    assert len(said) == 1 and "small-000000000007.duckdb is missing; load its source again." in said[0]


DAMAGES = {
    "missing": lambda path: path.unlink(),
    "truncated": lambda path: path.write_bytes(path.read_bytes()[:50_000]),
    "emptied": lambda path: path.write_bytes(b""),
    "changed": lambda path: path.write_bytes(path.read_bytes()[:-70_000] + os.urandom(70_000)),
}


def damage(home: Path, part: str, how: str) -> None:
    path = parts.file_of(home, part)
    path.chmod(0o644)
    DAMAGES[how](path)


@pytest.mark.parametrize("how", DAMAGES)
def test_a_start_with_a_damaged_part_shows_the_newest_whole_edition_and_says_so(
    home: Path, reference: Path, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    editions.point(home, seven(home))
    damage(home, SEVEN, how)
    started = Library(home, reference=reference)
    assert started.cube().edition == once(home) == editions.current(home)
    assert started.ready()
    assert f"{once(home)} is shown instead of {seven(home)}" in caplog.text
    assert "load its source again" in caplog.text
    with pytest.raises(NoEdition, match=SEVEN):
        started.cube(seven(home))
    started.close()


@pytest.mark.parametrize("how", ["missing", "truncated"])
def test_a_server_is_not_ready_while_a_part_that_it_shows_is_damaged(shelf: Library, home: Path, how: str) -> None:
    assert shelf.ready()
    damage(home, ONCE, how)
    assert not shelf.ready()


def test_a_start_without_any_whole_edition_says_what_to_do(home: Path, reference: Path) -> None:
    for part in parts.kept(home):
        damage(home, part, "truncated")
    with pytest.raises(NoEdition, match=r"No edition under .* is whole .* Load its sources again"):
        Library(home, reference=reference)


@pytest.mark.parametrize("garbage", [b"", b"{", b"[]", b'{"name": 1}', b"\xff\xfe", b'{"parts": []}'])
def test_a_manifest_that_is_garbage_stops_nothing(home: Path, reference: Path, garbage: bytes) -> None:
    (home / "editions" / "2026-01-01-00000000.json").write_bytes(garbage)
    started = Library(home, reference=reference)
    with pytest.raises(NoEdition, match="is not a readable edition; remove it"):
        started.cube("2026-01-01-00000000")
    started.close()


def test_a_copied_data_folder_whose_times_differ_is_still_whole(home: Path, reference: Path) -> None:
    for part in parts.kept(home):
        os.utime(parts.file_of(home, part), (1, 1))
    started = Library(home, reference=reference)
    assert started.cube().edition == once(home)
    started.close()


def test_a_damaged_reference_is_built_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    name = editions.ensure(tmp_path)
    [part] = parts.kept(tmp_path)
    damage(tmp_path, part, "truncated")
    assert editions.ensure(tmp_path) == name
    assert parts.damaged(tmp_path, part) == "" and "It is built again." in caplog.text
