"""Panels drawn two at a time: the order stays, faults are told, a busy process draws all the same."""

from __future__ import annotations

from threading import Barrier, Event, current_thread

import pytest

from callbacks.abreast import HELPERS, abreast


def test_what_is_made_stands_in_the_order_in_which_it_was_wanted() -> None:
    assert abreast(lambda number: number * number, range(50)) == [number * number for number in range(50)]
    assert abreast(str, []) == []


def test_two_are_made_at_the_same_time() -> None:
    both = Barrier(2, timeout=10)  # broken, and raising, where one waits for the other in vain
    threads = abreast(lambda _: (both.wait(), current_thread().name)[1], range(2))
    assert len(set(threads)) == 2


@pytest.mark.parametrize("place", [0, 1, 7])
def test_a_fault_reaches_the_caller_whoever_meets_it(place: int) -> None:
    def make(number: int) -> int:
        if number == place:
            raise LookupError(f"{number} cannot be drawn")
        return number

    with pytest.raises(LookupError, match=f"{place} cannot be drawn"):
        abreast(make, range(8))


def test_where_every_helper_is_busy_the_caller_makes_all_by_itself() -> None:
    free, held = Event(), [HELPERS.submit(lambda: None) for _ in range(4)]
    held += [HELPERS.submit(free.wait, 30) for _ in range(8)]
    try:
        assert set(abreast(lambda _: current_thread().name, range(5))) == {current_thread().name}
    finally:
        free.set()
    assert all(one.result(30) in (None, True) for one in held)
