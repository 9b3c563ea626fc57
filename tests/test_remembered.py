"""Pages drawn lately: drawn once while they are held, and never held with a failure in them."""

from __future__ import annotations

from callbacks.drawings import shown_on
from callbacks.remembered import Remembered, Shown
from dashboard.selection import Selection
from data_access.cube import Cube
from layouts.pages import find


def page(whole: bool = True) -> Shown:
    return Shown({}, {}, [], {}, whole)


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
