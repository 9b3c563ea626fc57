"""The queue in front of the engine."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from dashboard.questions import Busy
from data_access.admission import Admission
from tests.waiting import until


class Door:
    """Readers who hold their turn until it opens; remembers who got one, in order."""

    def __init__(self, gate: Admission) -> None:
        self.gate, self.opened, self.order = gate, threading.Event(), list[int]()

    def ask(self, name: int) -> bool:
        with self.gate.turn() as waited:
            self.order.append(name)
            self.opened.wait(10)
        return waited


def queue_up(pool: ThreadPoolExecutor, door: Door, names: range) -> list[Future[bool]]:
    """Readers who ask one after another, each once the one before stands in the queue."""
    asked = []
    for name in names:
        before = door.gate.waiting() + len(door.order)
        asked.append(pool.submit(door.ask, name))
        until(lambda before=before: door.gate.waiting() + len(door.order) == before + 1)
    return asked


def test_no_more_run_at_once_than_allowed() -> None:
    gate, now, most = Admission(3, 100, 10), list[int](), list[int]()

    def ask(name: int) -> None:
        with gate.turn():
            now.append(name)
            most.append(len(now))
            time.sleep(0.002)
            now.remove(name)

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(ask, range(100)))
    assert len(most) == 100 and max(most) == 3


def test_turns_come_in_the_order_of_asking() -> None:
    door = Door(Admission(1, 20, 10))
    with ThreadPoolExecutor(12) as pool:
        asked = queue_up(pool, door, range(12))
        door.opened.set()
        waited = [future.result() for future in asked]
    assert door.order == list(range(12))
    assert waited == [False] + [True] * 11


def test_past_its_length_the_queue_refuses_at_once_and_says_when_to_try_again() -> None:
    door = Door(Admission(2, 3, 4))
    with ThreadPoolExecutor(5) as pool:
        asked = queue_up(pool, door, range(5))
        began = time.monotonic()
        with pytest.raises(Busy, match=r"try again in 8 seconds") as refusal, door.gate.turn():
            pass
        assert time.monotonic() - began < 0.5
        assert refusal.value.retry_after == 8  # four questions of four seconds, two at once
        door.opened.set()
        assert all(future.exception() is None for future in asked)
    with door.gate.turn() as waited:
        assert not waited


def test_an_error_gives_the_turn_back() -> None:
    gate = Admission(1, 0, 1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), gate.turn():
            _ = 1 // 0
    with gate.turn() as waited:
        assert not waited


def test_who_waits_too_long_leaves_the_queue_without_taking_a_place() -> None:
    door = Door(Admission(1, 5, 0.05))
    with ThreadPoolExecutor(3) as pool:
        first = queue_up(pool, door, range(1))
        with pytest.raises(Busy), door.gate.turn():
            pass
        assert door.gate.waiting() == 0
        door.opened.set()
        assert first[0].result() is False
    with door.gate.turn() as waited:
        assert not waited
