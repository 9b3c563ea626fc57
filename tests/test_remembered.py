"""Pages drawn lately: drawn once while they are held, and never held with a failure in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from callbacks import remembered
from callbacks.drawings import shown_on
from callbacks.remembered import Remembered, Shown, digest
from dashboard.selection import Selection
from data_access.cube import Cube
from data_access.shelf import Shelf
from layouts.pages import find


def page(whole: bool = True) -> Shown:
    return Shown({"map/head/": "[]"}, whole)


def test_a_page_is_drawn_once_while_it_is_held() -> None:
    memory, first = Remembered(), page()
    assert memory.page(("a",), lambda: first) is first
    assert memory.page(("a",), page) is first


def test_a_page_with_a_failure_is_drawn_again() -> None:
    memory, failed, whole = Remembered(), page(False), page()
    assert memory.page(("a",), lambda: failed) is failed
    assert memory.page(("a",), lambda: whole) is whole


def test_the_oldest_page_is_let_go_first() -> None:
    memory, a, b, again = Remembered(most=1), page(), page(), page()
    memory.page(("a",), lambda: a)
    memory.page(("b",), lambda: b)
    assert memory.page(("a",), lambda: again) is again


def test_pages_of_different_selections_are_kept_apart(small: Cube) -> None:
    memory = Remembered()
    overview, goal = find("/")
    assert overview is not None
    all_of_it = shown_on(memory, small, overview, goal, Selection())
    fewer = shown_on(memory, small, overview, goal, Selection(donor=("GBR",)))
    assert all_of_it.marks != fewer.marks
    assert shown_on(memory, small, overview, goal, Selection()) is all_of_it


def test_a_page_drawn_by_one_worker_is_known_to_the_other(tmp_path: Path) -> None:
    drawn = page()
    Remembered(Shelf(tmp_path)).page(("a",), lambda: drawn)
    found = Remembered(Shelf(tmp_path)).page(("a",), lambda: pytest.fail("drawn twice"))
    assert found == drawn
    assert found.marks == drawn.marks


def test_a_page_with_a_failure_is_not_handed_to_the_other_worker(tmp_path: Path) -> None:
    Remembered(Shelf(tmp_path)).page(("a",), lambda: page(False))
    whole = page()
    assert Remembered(Shelf(tmp_path)).page(("a",), lambda: whole) is whole


def test_a_page_drawn_by_another_release_is_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Remembered(Shelf(tmp_path)).page(("a",), page)
    monkeypatch.setattr(remembered, "digest", lambda: "another")
    fresh = page()
    assert Remembered(Shelf(tmp_path)).page(("a",), lambda: fresh) is fresh


def test_garbage_on_the_shelf_is_drawn_again(tmp_path: Path) -> None:
    shelf, fresh = Shelf(tmp_path), page()
    for garbage in (b"{", b"[]", b'["other", {}]', b"7"):
        shelf.put(f"page {digest()} a", garbage)
        assert Remembered(shelf, most=0).page(("a",), lambda: fresh) is fresh


def test_the_digest_changes_with_the_code_that_draws(tmp_path: Path) -> None:
    (tmp_path / "dashboard").mkdir()
    before = digest(tmp_path)
    (tmp_path / "dashboard" / "words.py").write_text("said = 1")
    assert digest(tmp_path) != before
