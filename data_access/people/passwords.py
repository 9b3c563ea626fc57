"""Passwords: argon2id, the costs that OWASP asks for at least; few at a time, as each takes memory and a core."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dashboard.questions import Busy

T = TypeVar("T")
AT_ONCE, PATIENCE = 2, 10.0  # of one process: 38 MB; seconds that one waits
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_THREADS = ThreadPoolExecutor(AT_ONCE, "passwords")  # the same ones: each keeps the memory that it has used
_NOBODY = _HASHER.hash("of nobody's account")


def hashed(password: str) -> str:
    """As it is kept. Raises Busy."""
    return _within(lambda: _HASHER.hash(password))


def fits(password: str, held: str) -> bool:
    """Whether it is the password; takes as long where there is none. Raises Busy."""
    return _within(lambda: _verified(held or _NOBODY, password)) and bool(held)


def _verified(held: str, password: str) -> bool:
    try:
        return _HASHER.verify(held, password)
    except (VerificationError, InvalidHashError):
        return False


def _within(do: Callable[[], T]) -> T:
    working = _THREADS.submit(do)
    try:
        return working.result(PATIENCE)
    except TimeoutError:
        working.cancel()
        raise Busy(10, "Many people are signing in. Please try again in some seconds.") from None
